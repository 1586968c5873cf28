using System.Text.Json;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Text.Filters;

namespace Simulant.Runs.Records;

/// <summary>Records of a JSON-lines file: never all in memory, and what is kept is the line as it stood.</summary>
internal sealed class JsonLineRecords : TextRecords
{
    private readonly string _file;
    private readonly CancellationToken _cancel;

    /// <exception cref="DataException">The file is empty, or has not the fields.</exception>
    public JsonLineRecords(string file, TextFields? given, bool strict, CancellationToken cancel)
    {
        (_file, _cancel) = (file, cancel);
        IReadOnlyList<string>? names = null;
        foreach (var line in JsonLines.Read(file, cancel))
        {
            names = JsonLines.Names(line.Bytes.Span);
            break;
        }
        Fields = TextFields.In(names ?? throw new DataException("the file is empty; one object a line was expected", file), given, file,
            strict);
    }

    public override TextFields Fields { get; }

    public override IEnumerable<IReadOnlyList<TextItem>> Batches()
    {
        string?[] names = [Fields.Text, Fields.Input, Fields.Output];
        var batch = new List<TextItem>();
        long characters = 0;
        foreach (var line in JsonLines.Read(_file, _cancel))
        {
            string?[] values = JsonLines.Values(line.Bytes.Span, names);
            string text = values[0] ?? throw new DataException($"the record has no field '{Fields.Text}'", _file, line.Line);
            batch.Add(new TextItem(text, values[1], values[2]));
            characters += text.Length + (values[1]?.Length ?? 0) + (values[2]?.Length ?? 0);
            if (batch.Count < BatchSize && characters < BatchCharacters) continue;
            yield return batch;
            batch = [];
            characters = 0;
        }
        if (batch.Count > 0) yield return batch;
    }

    public override void Write(Stream to, Func<long, bool> kept)
    {
        long record = 0;
        using var buffered = new BufferedStream(to, 1 << 16);
        foreach (var line in JsonLines.Read(_file, _cancel))
        {
            if (!kept(record++)) continue;
            buffered.Write(line.Bytes.Span);
            buffered.WriteByte((byte)'\n');
        }
        buffered.Flush();
    }

    public override void WriteChanged(Stream to, bool originals, Func<long, IReadOnlyList<string>> texts)
    {
        long record = 0;
        using var buffered = new BufferedStream(to, 1 << 16);
        foreach (var line in JsonLines.Read(_file, _cancel))
        {
            if (originals)
            {
                buffered.Write(line.Bytes.Span);
                buffered.WriteByte((byte)'\n');
            }
            var fields = JsonNode.Parse(line.Bytes.Span)!;
            foreach (string text in texts(record++))
            {
                fields[Fields.Text] = text;
                using (var writer = new Utf8JsonWriter(buffered, PlainJson.Writer)) fields.WriteTo(writer);
                buffered.WriteByte((byte)'\n');
            }
        }
        buffered.Flush();
    }

    public override IEnumerable<(long Record, long Line, JsonNode Fields)> Chosen(Func<long, bool> chosen)
    {
        long record = -1;
        foreach (var line in JsonLines.Read(_file, _cancel))
            if (chosen(++record)) yield return (record, line.Line, JsonNode.Parse(line.Bytes.Span)!);
    }
}
