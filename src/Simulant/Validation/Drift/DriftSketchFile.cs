using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Simulant.Data;

namespace Simulant.Validation.Drift;

/// <summary>
/// A sketch as a file: its plan and its counts, as JSON in gzip. Equal sketches give equal bytes. It holds no rows, but it does hold
/// levels and quantiles of the data.
/// </summary>
internal static class DriftSketchFile
{
    public const int Format = 1;

    /// <summary>First bytes of any gzip file; what follows decides.</summary>
    private const byte Magic1 = 0x1F, Magic2 = 0x8B;

    public static void Write(DriftSketch sketch, Stream to)
    {
        var columns = sketch.Plan.Columns.Select((p, c) => new StoredColumn(p.Name, p.Kind, p.Edges, p.Levels, p.Rare, p.Scores, p.GroupOf,
            sketch.Bins[c], [.. sketch.NewLevels[c].Select(l => new StoredLevel(l.Key.Hash, l.Key.Level, l.Value))]));
        var pairs = sketch.Pairs.Select(p => new StoredPair(p.Cells, [.. p.Moments.Select(m => m.ToString())]));
        using var zip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true);
        JsonSerializer.Serialize(zip, new StoredSketch("simulant drift sketch", Format, sketch.Rows, [.. columns], [.. pairs]),
            DriftJson.Default.StoredSketch);
    }

    /// <summary>Whether a file begins as a sketch does; a gzip of data is told apart by what it holds.</summary>
    public static bool Is(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.ReadByte() != Magic1 || file.ReadByte() != Magic2) return false;
            file.Position = 0;
            using var zip = new GZipStream(file, CompressionMode.Decompress);
            Span<byte> head = stackalloc byte[64];
            int got = zip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return head[..got].IndexOf("simulant drift sketch"u8) >= 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <exception cref="DataException">The file is damaged, or of another version.</exception>
    public static DriftSketch Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var zip = new GZipStream(file, CompressionMode.Decompress);
            var stored = JsonSerializer.Deserialize(zip, DriftJson.Default.StoredSketch);
            if (stored is null || stored.Format != Format)
                throw new DataException(
                    $"{path}: a sketch of format {stored?.Format}, and this program reads {Format}; sketch the data again", path);
            return Restored(stored);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException or FormatException or OverflowException)
        {
            throw new DataException($"{path}: not a readable sketch ({e.Message.Split('\n')[0].TrimEnd('.')})", path, inner: e);
        }
    }

    private static DriftSketch Restored(StoredSketch stored)
    {
        var plan = new DriftPlan([.. stored.Columns.Select(c =>
            new ColumnPlan(c.Name, c.Kind, c.Edges, c.Levels, c.Scores, c.GroupOf) { Rare = c.Rare })]);
        foreach (var p in plan.Columns)
            if (p.GroupOf.Length != p.Bins + 1 || (p.IsNumeric && p.Scores.Length != p.Bins) || p.GroupOf.Any(g => g < 0 || g >= p.Groups))
                throw new InvalidDataException($"its plan of column '{p.Name}' contradicts itself");
        var sketch = new DriftSketch(plan) { Rows = stored.Rows };
        if (stored.Pairs.Length != sketch.Pairs.Length) throw new InvalidDataException("it lacks pairs of columns");
        for (int c = 0; c < stored.Columns.Length; c++)
        {
            Fill(stored.Columns[c].Bins, sketch.Bins[c]);
            foreach (var l in stored.Columns[c].NewLevels) sketch.NewLevels[c][(l.Hash, l.Level)] = l.Rows;
        }
        for (int p = 0; p < stored.Pairs.Length; p++)
        {
            Fill(stored.Pairs[p].Cells, sketch.Pairs[p].Cells);
            Fill([.. stored.Pairs[p].Moments.Select(m => Int128.Parse(m, System.Globalization.CultureInfo.InvariantCulture))],
                sketch.Pairs[p].Moments);
        }
        return sketch;
    }

    private static void Fill<T>(T[] from, T[] to)
    {
        if (from.Length != to.Length) throw new InvalidDataException("its counts do not fit its plan");
        from.CopyTo(to, 0);
    }
}

internal sealed record StoredSketch(string Kind, int Format, long Rows, StoredColumn[] Columns, StoredPair[] Pairs);

internal sealed record StoredColumn(string Name, ColumnKind Kind, double[] Edges, string[] Levels, string[] Rare, int[] Scores,
    int[] GroupOf, long[] Bins, StoredLevel[] NewLevels);

internal sealed record StoredLevel(ulong Hash, string Level, long Rows);

internal sealed record StoredPair(long[] Cells, string[] Moments);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredSketch))]
internal sealed partial class DriftJson : JsonSerializerContext;
