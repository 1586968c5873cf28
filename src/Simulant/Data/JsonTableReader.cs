using System.Text;
using System.Text.Json;

namespace Simulant.Data;

/// <summary>
/// Reads records from JSON: an array of objects, or one object a line. Columns are the keys in order of first appearance; a
/// key that a record lacks is missing there. Numbers keep their written text until they are typed; nested values are kept as
/// their JSON text.
/// </summary>
internal static class JsonTableReader
{
    private static readonly JsonReaderOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 256 };

    public static RawTable Read(IReadOnlyList<string> files, string format, ReadOptions options, CancellationToken cancel)
    {
        RowSampler? sampler = null;
        if (options.SampleRows is not null)
        {
            var counter = new Records(null);
            foreach (string file in files) ReadFile(file, format, options, counter, cancel);
            sampler = new RowSampler(counter.Seen, options.SampleRows, options.SampleSeed);
        }
        var records = new Records(sampler);
        foreach (string file in files) ReadFile(file, format, options, records, cancel);
        if (records.Seen == 0 && records.Columns.Count == 0) throw new DataException($"{files[0]}: no record in the file", files[0]);
        var notes = new List<string>();
        string[] names = [.. records.Columns.Select(c => c.Name)];
        HeaderNames.MakeUnique(names, notes);
        return new RawTable
        {
            Name = options.TableName ?? SourceFiles.TableName(files[0]),
            Columns = [.. records.Columns.Select((c, i) => c.ToRaw(names[i], records.Kept))],
            RowCount = records.Kept,
            SourceRows = sampler?.Rows,
            Notes = notes,
            Source = new SourceFacts(format, files, records.Seen) { Encoding = options.Encoding?.ToLowerInvariant() ?? "utf-8" },
        };
    }

    /// <summary>Columns as they grow.</summary>
    private sealed class Records(RowSampler? sampler)
    {
        private readonly Dictionary<string, Growing> _index = new(StringComparer.Ordinal);

        public List<Growing> Columns { get; } = [];
        public int Kept { get; private set; }
        public long Seen { get; private set; }
        public bool Keeping { get; private set; }

        public void Begin()
        {
            Seen++;
            Keeping = sampler is null || sampler.Next();
        }

        public void End()
        {
            if (Keeping) Kept++;
        }

        /// <summary>The key's column, filled up with missing to the current record; null where the record has it already.</summary>
        public Growing? At(string key)
        {
            if (!_index.TryGetValue(key, out var column))
            {
                _index.Add(key, column = new Growing(key));
                Columns.Add(column);
            }
            if (column.Store.Count > Kept) return null;
            column.FillTo(Kept);
            return column;
        }
    }

    private sealed class Growing(string name)
    {
        private bool _numbers, _strings, _booleans;

        public string Name { get; } = name;
        public TextStore Store { get; } = new();

        public void FillTo(int rows)
        {
            while (Store.Count < rows) Store.AddMissing();
        }

        public void Add(JsonTokenType token, ReadOnlySpan<byte> text)
        {
            bool number = token == JsonTokenType.Number || (token == JsonTokenType.String && IsSpecialNumber(text));
            if (token is JsonTokenType.True or JsonTokenType.False) _booleans = true;
            else if (number) _numbers = true;
            else if (token == JsonTokenType.String && !ValueText.IsStrongMarker(text.Length <= 16 ? Encoding.UTF8.GetString(text)
                : "long")) _strings = true;
            if (text.IsEmpty) Store.AddMissing();
            else if (Store.Add(text) && !System.Text.Unicode.Utf8.IsValid(text)) throw new InvalidOperationException("invalid UTF-8");
        }

        public RawTexts ToRaw(string name, int rows)
        {
            FillTo(rows);
            return new RawTexts(name, Store) { NumbersAllowed = _numbers && !_strings && !_booleans,
                Declared = _booleans && !_numbers && !_strings };
        }

        // JSON has no token for these; writers put them in quotes.
        private static bool IsSpecialNumber(ReadOnlySpan<byte> text) =>
            text.SequenceEqual("Infinity"u8) || text.SequenceEqual("-Infinity"u8) || text.SequenceEqual("NaN"u8);
    }

    private static void ReadFile(string file, string format, ReadOptions options, Records records, CancellationToken cancel)
    {
        using var stream = OpenText(file, options);
        try
        {
            if (format == "json") ReadWhole(stream, file, records, cancel);
            else ReadLines(stream, file, records, cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(file, e);
        }
    }

    private static Stream OpenText(string file, ReadOptions options)
    {
        var stream = SourceFiles.Open(file);
        var other = options.Encoding is { } name ? SourceFiles.EncodingNamed(name, file) : null;
        return new MarklessStream(other is null ? stream : Encoding.CreateTranscodingStream(stream, other, new UTF8Encoding(false)));
    }

    private static void ReadWhole(Stream stream, string file, Records records, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        var text = all.GetBuffer().AsSpan(0, (int)all.Length);
        var start = text.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) throw new DataException($"{file}: the file is empty; an array of records was expected", file);
        // Records one after the other, without an array, are accepted as well: the name says .json, the content lines.
        var reader = new Utf8JsonReader(text, Strict with { AllowMultipleValues = start[0] == '{' });
        try
        {
            if (start[0] == '[')
            {
                reader.Read();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadRecord(ref reader, file, text, records, cancel);
                while (reader.Read()) { }
            }
            else
            {
                while (reader.Read()) ReadRecord(ref reader, file, text, records, cancel);
            }
        }
        catch (JsonException e)
        {
            throw Fault(file, (e.LineNumber ?? 0) + 1, $"not JSON ({Reason(e)})");
        }
        catch (InvalidOperationException)
        {
            throw Fault(file, LineOf(text, reader.TokenStartIndex, 0), "a text that is not valid Unicode");
        }
    }

    private static void ReadLines(Stream stream, string file, Records records, CancellationToken cancel)
    {
        byte[] buffer = new byte[1 << 18];
        int end = 0, at = 0;
        long line = 0;
        bool ended = false;
        while (!ended || at < end)
        {
            int length = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            if (length < 0 && !ended)
            {
                buffer.AsSpan(at, end - at).CopyTo(buffer);
                end -= at;
                at = 0;
                if (end == buffer.Length)
                {
                    if (buffer.Length > 1 << 29) throw Fault(file, line + 1, "a line of more than 512 MB");
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
                int got = stream.Read(buffer, end, buffer.Length - end);
                end += got;
                ended = got == 0;
                continue;
            }
            if (length < 0) length = end - at;
            line++;
            var text = buffer.AsSpan(at, length);
            at = Math.Min(at + length + 1, end);
            if (!text.TrimStart(" \t\r"u8).IsEmpty) ReadLine(text, file, line, records, cancel);
        }
    }

    private static void ReadLine(Span<byte> text, string file, long line, Records records, CancellationToken cancel)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Strict);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) throw Fault(file, line, "an object was expected on each line");
            ReadRecord(ref reader, file, text, records, cancel, line);
            reader.Read();                                                  // throws where more follows
        }
        catch (JsonException e)
        {
            throw Fault(file, line, $"not JSON ({Reason(e)})");
        }
        catch (InvalidOperationException)
        {
            throw Fault(file, line, "a text that is not valid Unicode");
        }
    }

    private static void ReadRecord(ref Utf8JsonReader reader, string file, ReadOnlySpan<byte> text, Records records,
        CancellationToken cancel, long line = 0)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault(file, LineOf(text, reader.TokenStartIndex, line),
                $"an array of objects was expected, not of {Named(reader.TokenType)}");
        records.Begin();
        if ((records.Seen & 0x3FF) == 1) cancel.ThrowIfCancellationRequested();
        if (!records.Keeping)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            var column = records.At(key)
                ?? throw Fault(file, LineOf(text, reader.TokenStartIndex, line), $"key {MessageText.Quote(key)} stands twice in a record");
            reader.Read();
            AddValue(ref reader, text, column);
        }
        records.End();
    }

    private static void AddValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, Growing column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                column.Store.AddMissing();
                return;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                int start = (int)reader.TokenStartIndex;
                var token = reader.TokenType;
                reader.Skip();
                column.Add(token, text[start..(int)reader.BytesConsumed]);
                return;
            case JsonTokenType.String when reader.ValueIsEscaped:
                byte[] plain = new byte[reader.ValueSpan.Length];
                column.Add(JsonTokenType.String, plain.AsSpan(0, reader.CopyString(plain)));
                return;
            default:
                column.Add(reader.TokenType, reader.ValueSpan);
                return;
        }
    }

    private static long LineOf(ReadOnlySpan<byte> text, long index, long line) => line > 0 ? line : text[..(int)index]
        .Count((byte)'\n') + 1;

    private static DataException Fault(string file, long line, string what) => new($"{file}:{line}: {what}", file, line);

    private static string Reason(JsonException e) => e.Message.Split(" LineNumber")[0].Split('\n')[0].TrimEnd('.', ' ');

    private static string Named(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "arrays",
        JsonTokenType.String => "texts",
        JsonTokenType.Number => "numbers",
        _ => token.ToString().ToLowerInvariant(),
    };
}
