using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Text.Filters;

namespace Simulant.Runs.Records;

/// <summary>Which fields of a record hold what filters ask for; null where there is none.</summary>
internal sealed record TextFields(string Text, string? Input, string? Output)
{
    private static readonly string[] Texts = ["text", "instruction", "question", "prompt", "content"];
    private static readonly string[] Outputs = ["output", "answer", "response", "completion"];

    /// <summary>Fields as named, else by the names that such files usually have.</summary>
    /// <exception cref="DataException">There is no field of a name that was given, or none to guess.</exception>
    public static TextFields In(IReadOnlyList<string> names, TextFields? given, string file, bool strict = true)
    {
        string? Named(string? name) => name is null ? null : names.Contains(name) ? name : !strict ? null
            : throw new DataException($"there is no field '{name}'; there are {string.Join(", ", names.Take(20))}", file);
        string text = Named(given?.Text is "" ? null : given?.Text) ?? Texts.FirstOrDefault(names.Contains)
            ?? throw new DataException($"none of its fields ({string.Join(", ", names.Take(20))}) is named {string.Join(", ", Texts)}; "
                + "say with --text which one to judge", file);
        return new TextFields(text, Named(given?.Input) ?? (text == "input" ? null : names.FirstOrDefault(n => n == "input")),
            Named(given?.Output) ?? Outputs.FirstOrDefault(n => n != text && names.Contains(n)));
    }
}

/// <summary>The records of a file, read as often as asked for and always the same.</summary>
internal abstract class TextRecords
{
    protected const int BatchSize = 4096;

    /// <summary>A batch ends early where its texts take so many characters, so that memory does not follow the longest texts.</summary>
    protected const long BatchCharacters = 1 << 26;

    public abstract TextFields Fields { get; }

    public abstract IEnumerable<IReadOnlyList<TextItem>> Batches();

    /// <summary>Writes the records that are kept, in their order.</summary>
    public abstract void Write(Stream to, Func<long, bool> kept);

    /// <summary>Writes changed copies of every record, in their order: all fields as they stand but for the judged one.</summary>
    /// <param name="originals">Whether each record stands before its copies.</param>
    /// <param name="texts">The copies' texts, by record.</param>
    public abstract void WriteChanged(Stream to, bool originals, Func<long, IReadOnlyList<string>> texts);

    /// <summary>Records by number from 0, each with its line or row (from 1) and its fields as JSON.</summary>
    public abstract IEnumerable<(long Record, long Line, JsonNode Fields)> Chosen(Func<long, bool> chosen);

    /// <summary>Opens a file. JSON lines that stay JSON lines are streamed and copied byte for byte; all else is read as a table.</summary>
    /// <param name="given">Names that were given; an empty text name means the usual ones.</param>
    /// <param name="strict">Whether a name that was given must be there.</param>
    public static TextRecords Open(string path, TextFields? given, string outputFormat, int threads, CancellationToken cancel,
        bool strict = true)
    {
        var files = SourceFiles.Find(path);
        return files.Count == 1 && outputFormat == "jsonl" && SourceFiles.FormatOf(files[0], null) == "jsonl"
            ? new JsonLineRecords(files[0], given, strict, cancel)
            : new TableRecords(path, given, outputFormat, strict, threads, cancel);
    }

    /// <summary>Every text of a file, in order.</summary>
    public IEnumerable<string> Texts() => Batches().SelectMany(batch => batch.Select(item => item.Text));
}
