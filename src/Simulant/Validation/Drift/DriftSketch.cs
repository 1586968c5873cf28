using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;

namespace Simulant.Validation.Drift;

/// <summary>
/// Counts of a table under a plan: bins of each column, pairs of groups, moments of pairs of scores. All are whole numbers, so
/// sketches of parts add up to the sketch of the whole exactly, whatever the parts and their order. Memory depends on the columns
/// alone.
/// </summary>
internal sealed class DriftSketch
{
    /// <summary>New levels remembered of a column; those with the least hashes, which does not depend on the order of rows.</summary>
    public const int MostNewLevels = 64;

    /// <summary>Rows counted at a time: their scores stay in the processor's cache.</summary>
    private const int Lot = 4096;

    private readonly (int First, int Second)[] _pairs;

    public DriftSketch(DriftPlan plan)
    {
        Plan = plan;
        int n = plan.Columns.Count;
        _pairs = [.. from a in Enumerable.Range(0, n) from b in Enumerable.Range(a + 1, n - a - 1) select (a, b)];
        Bins = [.. plan.Columns.Select(c => new long[c.Bins + 1])];
        NewLevels = [.. plan.Columns.Select(_ => new SortedDictionary<(ulong Hash, string Level), long>())];
        Pairs = [.. _pairs.Select(p => new PairCounts(plan.Columns[p.First], plan.Columns[p.Second]))];
    }

    public DriftPlan Plan { get; }

    public long Rows { get; set; }

    /// <summary>[column][bin]; the last bin is that of missing values.</summary>
    public long[][] Bins { get; }

    /// <summary>[column]: levels that the plan does not know, and their rows.</summary>
    public SortedDictionary<(ulong Hash, string Level), long>[] NewLevels { get; }

    /// <summary>Of every two columns, the first one's place first: (0, 1), (0, 2), …, (1, 2), …</summary>
    public PairCounts[] Pairs { get; }

    public IReadOnlyList<(int First, int Second)> PairColumns => _pairs;

    /// <summary>Adds the rows of a table that has the plan's columns, in its order.</summary>
    public void Add(Table table, int threads, CancellationToken cancel)
    {
        int columns = Plan.Columns.Count;
        ushort[][] bins = new ushort[columns][];
        Work.For(columns, threads, c => bins[c] = BinsOf(c, table.Columns[c]), cancel);
        // Pairs are divided among threads, never rows: each sum has one owner.
        int owners = Math.Min(threads, Math.Max(1, _pairs.Length));
        Work.For(owners, threads, owner =>
        {
            var lot = new ScoreLot(columns, Lot);
            for (int start = 0; start < table.RowCount; start += Lot)
            {
                int count = Math.Min(Lot, table.RowCount - start);
                lot.Fill(Plan, bins, start, count);
                for (int p = owner; p < _pairs.Length; p += owners)
                    Pairs[p].Add(lot, _pairs[p].First, _pairs[p].Second, count);
            }
        }, cancel);
        Rows += table.RowCount;
    }

    /// <summary>Adds another sketch of the same plan.</summary>
    public void Add(DriftSketch other)
    {
        Rows += other.Rows;
        for (int c = 0; c < Bins.Length; c++)
        {
            for (int b = 0; b < Bins[c].Length; b++) Bins[c][b] += other.Bins[c][b];
            foreach (var (key, count) in other.NewLevels[c]) Remember(c, key, count);
        }
        for (int p = 0; p < Pairs.Length; p++) Pairs[p].Add(other.Pairs[p]);
    }

    /// <summary>The bin of every row, and what the columns' own counts need.</summary>
    private ushort[] BinsOf(int c, Column column)
    {
        var plan = Plan.Columns[c];
        ushort[] bins = new ushort[column.Count];
        if (column is NumericColumn numeric)
        {
            var values = numeric.Values;
            for (int r = 0; r < bins.Length; r++)
                bins[r] = (ushort)(double.IsNaN(values[r]) ? plan.Missing : plan.BinOf(values[r]));
        }
        else
        {
            var coded = (CodedColumn)column;
            int[] binOf = BinsOfLevels(c, coded);
            var codes = coded.Codes;
            for (int r = 0; r < bins.Length; r++) bins[r] = (ushort)(codes[r] < 0 ? plan.Missing : binOf[codes[r]]);
        }
        long[] counts = Bins[c];
        foreach (ushort bin in bins) counts[bin]++;
        return bins;
    }

    private int[] BinsOfLevels(int c, CodedColumn column)
    {
        var plan = Plan.Columns[c];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int l = 0; l < plan.Levels.Length; l++) known[plan.Levels[l]] = l;
        long[] counts = new long[column.Levels.Count];
        foreach (int code in column.Codes)
            if (code >= 0) counts[code]++;
        int[] binOf = new int[counts.Length];
        for (int l = 0; l < binOf.Length; l++)
        {
            string level = column.Levels[l];
            binOf[l] = known.TryGetValue(level, out int bin) ? bin
                : Array.BinarySearch(plan.Rare, level, StringComparer.Ordinal) >= 0 ? plan.OtherLevels : plan.NewLevels;
            if (binOf[l] == plan.NewLevels && counts[l] > 0) Remember(c, (HashOf(level), level), counts[l]);
        }
        return binOf;
    }

    /// <summary>
    /// Keeps the levels of the least hashes. One that is dropped never comes back, since the limit only falls; so every count kept
    /// is complete.
    /// </summary>
    private void Remember(int c, (ulong Hash, string Level) key, long count)
    {
        var levels = NewLevels[c];
        levels[key] = levels.GetValueOrDefault(key) + count;
        if (levels.Count > MostNewLevels) levels.Remove(levels.Keys.Last());
    }

    private static ulong HashOf(string level) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(level)));
}

/// <summary>Groups and scores of some rows, laid out for sums over pairs.</summary>
internal sealed class ScoreLot(int columns, int rows)
{
    public const int Powers = 4;

    public byte[][] Groups { get; } = [.. Enumerable.Range(0, columns).Select(_ => new byte[rows])];

    /// <summary>[power][column][row] of the scores; 0 where missing, and of the zeroth power 1 where present.</summary>
    public double[][][] Scores { get; } =
        [.. Enumerable.Range(0, Powers + 1).Select(_ => Enumerable.Range(0, columns).Select(_ => new double[rows]).ToArray())];

    /// <summary>[power][column]: sums over the lot.</summary>
    public double[][] Sums { get; } = [.. Enumerable.Range(0, Powers + 1).Select(_ => new double[columns])];

    /// <summary>Whether no value of the column is missing in the lot.</summary>
    public bool[] Complete { get; } = new bool[columns];

    public void Fill(DriftPlan plan, ushort[][] bins, int start, int count)
    {
        for (int c = 0; c < columns; c++)
        {
            var column = plan.Columns[c];
            var from = bins[c].AsSpan(start, count);
            byte[] groups = Groups[c];
            for (int i = 0; i < from.Length; i++) groups[i] = (byte)column.GroupOf[from[i]];
            if (!column.IsNumeric) continue;
            for (int i = 0; i < from.Length; i++)
            {
                bool present = from[i] < column.Missing;
                double score = present ? column.Scores[from[i]] : 0;
                Scores[0][c][i] = present ? 1 : 0;
                Scores[1][c][i] = score;
                Scores[2][c][i] = score * score;
                Scores[3][c][i] = score * score * score;
                Scores[4][c][i] = score * score * score * score;
            }
            for (int p = 0; p <= Powers; p++) Sums[p][c] = TensorPrimitives.Sum<double>(Scores[p][c].AsSpan(0, count));
            Complete[c] = Sums[0][c] == count;
        }
    }
}

/// <summary>What two columns show together.</summary>
internal sealed class PairCounts
{
    /// <summary>The moments kept: powers of the first score and of the second, over rows where both are present.</summary>
    public static readonly (int X, int Y)[] MomentPowers =
        [(0, 0), (1, 0), (0, 1), (2, 0), (0, 2), (1, 1), (2, 1), (1, 2), (2, 2), (3, 0), (0, 3), (3, 1), (1, 3), (4, 0), (0, 4)];

    private readonly int _groups;

    public PairCounts(ColumnPlan first, ColumnPlan second)
    {
        _groups = second.Groups;
        Cells = new long[first.Groups * second.Groups];
        Moments = first.IsNumeric && second.IsNumeric ? new Int128[MomentPowers.Length] : [];
    }

    /// <summary>[first group x groups of the second + second group].</summary>
    public long[] Cells { get; }

    /// <summary>By <see cref="MomentPowers"/>, sums in powers of 1/64; empty unless both are numeric.</summary>
    public Int128[] Moments { get; }

    public void Add(PairCounts other)
    {
        for (int i = 0; i < Cells.Length; i++) Cells[i] += other.Cells[i];
        for (int i = 0; i < Moments.Length; i++) Moments[i] += other.Moments[i];
    }

    public void Add(ScoreLot lot, int first, int second, int count)
    {
        byte[] a = lot.Groups[first], b = lot.Groups[second];
        for (int i = 0; i < count; i++) Cells[a[i] * _groups + b[i]]++;
        if (Moments.Length == 0) return;
        // A product of up to four scores is below 2^34, and a lot has 2^12 rows: every sum is exact in a double.
        for (int m = 0; m < Moments.Length; m++)
        {
            var (x, y) = MomentPowers[m];
            Moments[m] += (Int128)(y == 0 && lot.Complete[second] ? lot.Sums[x][first]
                : x == 0 && lot.Complete[first] ? lot.Sums[y][second]
                : TensorPrimitives.Dot(lot.Scores[x][first].AsSpan(0, count), lot.Scores[y][second].AsSpan(0, count)));
        }
    }
}
