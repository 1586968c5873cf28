using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>What was really stored, read back as any user will read it.</summary>
/// <param name="Digest">Of all rows.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Sample">The rows that are judged: all, or an evenly spread seeded sample of <see cref="MostJudged"/>.</param>
internal sealed record StoredRows(string Digest, long Rows, Table Sample)
{
    /// <summary>Judged at most: beyond this, figures gain no digit that their references have.</summary>
    public const int MostJudged = 200_000;

    /// <summary>The seed that the judged rows were chosen under.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many of the judged rows lie before a place among all rows.</summary>
    public int JudgedBefore(long place) => Rows <= MostJudged ? (int)Math.Min(place, Rows)
        : new Spread(Rows, MostJudged, Seed).Within(0, Math.Min(place, Rows)).Length;

    /// <summary>One file at a time, so memory does not grow with their number.</summary>
    /// <exception cref="MiscountException">A file has not the rows it is listed with.</exception>
    public static StoredRows Read(
        string folder, ModelFile model, IReadOnlyList<FinishedFile> files, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        long total = files.Sum(f => f.Rows), before = 0;
        var pick = new Spread(total, MostJudged, model.Header.SampleSeed);
        using var digest = new LogicalDigest(model.Schema);
        var parts = new List<Table>();
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("reading back", before, total, "rows"));
            var rows = ReadFile(Path.Combine(folder, file.Name), model.Schema, cancel);
            if (rows.RowCount != file.Rows)
                throw new MiscountException($"{file.Name} was written with {file.Rows} rows and reads as {rows.RowCount}");
            digest.Append(rows);
            parts.Add(total <= MostJudged ? rows : rows.Take(pick.Within(before, file.Rows)));
            before += file.Rows;
        }
        return new StoredRows(digest.Finish(), total, Tables.Concat(parts)) { Seed = model.Header.SampleSeed };
    }

    /// <summary>
    /// A data file under the schema it was written with. Each column's own missing text stands for missing and nothing else
    /// does: what marks a gap in one column may be a value of another.
    /// </summary>
    public static Table ReadFile(string path, TableSchema schema, CancellationToken cancel) =>
        TableReader.ReadAs(path, schema, new ReadOptions { MissingTexts = [] }, cancel);
}

/// <summary>A data file holds another number of rows than its listing says: our fault in a run, a difference in a check.</summary>
internal sealed class MiscountException(string message) : Exception(message);

/// <summary>
/// A sample of <paramref name="most"/> of <paramref name="total"/> rows, one at a seeded place in each of equally long stretches.
/// </summary>
internal sealed class Spread(long total, int most, ulong seed)
{
    private readonly RandomStream _stream = new(seed, "judged rows");

    /// <summary>The chosen rows within [start, start + count), counted from start.</summary>
    public int[] Within(long start, long count)
    {
        var chosen = new List<int>();
        if (total == 0) return [];
        int first = (int)Math.Max(0, (long)((Int128)start * most / total) - 1);
        for (int k = first; k < most; k++)
        {
            long row = Place(k);
            if (row >= start + count) break;
            if (row >= start) chosen.Add((int)(row - start));
        }
        return [.. chosen];
    }

    private long Place(int k)
    {
        long low = (long)((Int128)k * total / most), high = (long)((Int128)(k + 1) * total / most);
        return low + (long)((high - low) * _stream.Uniform(k, 0));
    }
}
