using System.Text.Json;
using Simulant.Data;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes;

/// <summary>What candidates begin with.</summary>
public interface ISource
{
    IReadOnlyList<string> Writes { get; }

    /// <summary>How many different beginnings there are; null for no end.</summary>
    long? Count { get; }

    /// <summary>Sets the first fields of a candidate; a pure function of its index.</summary>
    void Begin(Draft draft);

    void Foresee(Forecast forecast);
}

/// <summary>Candidates that begin with nothing; each index is a sample of its own.</summary>
public sealed class NoSource : ISource
{
    public static NoSource Instance { get; } = new();

    public IReadOnlyList<string> Writes => [];
    public long? Count => null;

    public void Begin(Draft draft) => draft.Pass = draft.Index;

    public void Foresee(Forecast forecast)
    {
    }
}

/// <summary>Candidates that begin with the rows of a list, over and over; the second time round asks for second samples.</summary>
/// <param name="ids">Names of the rows for histories, or null for <c>row:0</c>, <c>row:1</c>, ….</param>
public sealed class RowSource(IReadOnlyList<TextRecord> rows, IReadOnlyList<string>? ids = null) : ISource
{
    public IReadOnlyList<string> Writes { get; } =
        rows.Count == 0 ? [] : [.. rows[0].Fields.Select(f => f.Key).Where(k => rows.All(r => r.Find(k) is not null))];

    public long? Count => rows.Count;

    public void Begin(Draft draft)
    {
        int row = (int)(draft.Index % rows.Count);
        draft.Pass = draft.Index / rows.Count;
        draft.Replace(rows[row].Only(Writes));
        draft.AddParent(ids?[row] ?? $"row:{row}");
    }

    /// <summary>
    /// Every record with the fields of all, in the order they first appear in; what one lacks is empty, so that a field which only some
    /// have is not lost with the others.
    /// </summary>
    /// <param name="needed">Not filled: without it in every record a recipe cannot go.</param>
    public static IReadOnlyList<TextRecord> Filled(IReadOnlyList<TextRecord> rows, string? needed = null)
    {
        List<string> fields = [.. rows.SelectMany(r => r.Fields.Select(f => f.Key)).Distinct(StringComparer.Ordinal)
            .Where(f => f != needed || rows.All(r => r.Find(f) is not null))];
        return [.. rows.Select(r => TextRecord.Of(fields.Select(f => KeyValuePair.Create(f, r.Find(f) ?? ""))))];
    }

    public void Foresee(Forecast forecast)
    {
        foreach (string field in Writes) forecast[field] = rows.Average(r => (double)TokenCount.Estimate(r[field]));
    }
}

/// <summary>Reads lists of records from files.</summary>
public static class RecordFiles
{
    private const int MostRows = 5_000_000;

    /// <summary>JSON lines, a JSON array of objects, or lines of text (field <c>text</c>); values that are no texts are JSON.</summary>
    /// <exception cref="DataException">With file and line.</exception>
    public static IReadOnlyList<TextRecord> Read(string path)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".jsonl" or ".ndjson" => Lines(path),
                ".json" => Array(path),
                ".txt" => [.. File.ReadLines(path).Where(l => l.Trim().Length > 0)
                    .Select(l => TextRecord.Of(KeyValuePair.Create("text", l.Trim())))],
                var other => throw new DataException($"{path}: '{other}' is not read here; give .jsonl, .json or .txt"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: {e.Message}");
        }
    }

    private static List<TextRecord> Lines(string path)
    {
        var rows = new List<TextRecord>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Trim().Length == 0) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                rows.Add(Of(document.RootElement) ?? throw new DataException($"{path}:{number}: not an object of JSON"));
            }
            catch (JsonException e)
            {
                throw new DataException($"{path}:{number}: {Specs.Nearest.Printable(e.Message)}");
            }
            if (rows.Count > MostRows) throw new DataException($"{path}: more than {MostRows} records");
        }
        return rows.Count > 0 ? rows : throw new DataException($"{path}: no records");
    }

    private static List<TextRecord> Array(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Array) throw new DataException($"{path}: not an array of objects");
            List<TextRecord> rows = [.. document.RootElement.EnumerateArray()
                .Select(e => Of(e) ?? throw new DataException($"{path}: an entry is no object"))];
            return rows.Count > 0 ? rows : throw new DataException($"{path}: no records");
        }
        catch (JsonException e)
        {
            throw new DataException($"{path}: {Specs.Nearest.Printable(e.Message)}");
        }
    }

    private static TextRecord? Of(JsonElement row) => row.ValueKind != JsonValueKind.Object ? null
        : TextRecord.Of(row.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, TextList.TextOf(m.Value))));
}
