using System.Runtime.InteropServices;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// Counts of rows over bins of one, two and three columns, all tables in one array of cells. A cell holds how far the chosen
/// rows are from their goal, and what a squared step away from it costs.
/// </summary>
internal sealed class CountTables
{
    /// <summary>Cells expected to hold less than this weigh no more than one that holds it.</summary>
    private const float LeastExpected = 4;

    /// <summary>Weight of a table of one, two and three columns. A single column's counts are few and everybody's first look.</summary>
    private static readonly float[] Weights = [16, 4, 1];

    private readonly record struct CountTable(int Offset, int A, int B, int C, int StrideA, int StrideB, int Columns);

    private struct Cell
    {
        public float Residual;
        public float Weight;
    }

    private readonly List<CountTable> _tables = [];
    private readonly CancellationToken _cancel;
    private readonly int _cellCount;
    private Cell[] _cells = [];

    /// <param name="subsets">Columns of each table: one, two or three, ascending.</param>
    public CountTables(Binning bins, IEnumerable<int[]> subsets, CancellationToken cancel)
    {
        _cancel = cancel;
        int end = 0;
        foreach (int[] s in subsets)
        {
            int r = s.Length - 1;
            int At(int k) => s[Math.Min(k, r)] * Binning.Resolutions + r;
            int b1 = r >= 1 ? bins.Bins(s[^1], r) : 0;
            var table = r switch
            {
                0 => new CountTable(end, At(0), At(0), At(0), 0, 0, 1),
                1 => new CountTable(end, At(0), At(1), At(1), b1, 0, 2),
                _ => new CountTable(end, At(0), At(1), At(2), bins.Bins(s[1], r) * b1, b1, 3),
            };
            _tables.Add(table);
            int cells = 1;
            foreach (int c in s) cells *= bins.Bins(c, r) + (r == 0 ? 1 : 0);
            end += cells;
        }
        _cellCount = end;
    }

    public int Count => _tables.Count;

    /// <summary>
    /// Sets the goals, and the residuals to no row chosen yet. A goal is the pool's own count, moved towards the training
    /// part's by positive-part shrinkage (James and Stein 1961, cell by cell): a difference d of standard error s moves it by
    /// d * max(0, 1 - (margin * s / d)^2). What chance explains is left to the engine: to follow it would be to learn the
    /// training rows themselves.
    /// </summary>
    /// <param name="trainingWeights">What each training row counts; their sum is the number of rows to choose.</param>
    /// <param name="poolWeights">The same of the pool's rows.</param>
    /// <param name="margin">In standard errors; 0 takes the training counts as they are.</param>
    public void SetGoals(BinnedRows training, float[] trainingWeights, BinnedRows pool, float[] poolWeights, double margin)
    {
        double[] goals = new double[_cellCount];
        Add(training, trainingWeights, goals);
        if (margin > 0)
        {
            double[] drawn = new double[_cellCount];
            Add(pool, poolWeights, drawn);
            // A training row counts for so many; a count of n such rows has the variance of a Poisson count, times its square.
            double each = trainingWeights.Sum(w => (double)w * w) / Math.Max(1e-9, trainingWeights.Sum(w => (double)w));
            for (int c = 0; c < goals.Length; c++)
            {
                double difference = goals[c] - drawn[c], variance = each * Math.Max(drawn[c], each * 0.5);
                double noise = margin * margin * variance;
                goals[c] = drawn[c] + (difference * difference <= noise ? 0 : difference - noise / difference);
            }
        }
        _cells = new Cell[_cellCount];
        for (int i = 0; i < _tables.Count; i++)
        {
            float weight = Weights[_tables[i].Columns - 1];
            for (int c = _tables[i].Offset; c < End(i); c++)
                _cells[c] = new Cell { Residual = -(float)goals[c], Weight = weight / Math.Max(LeastExpected, (float)goals[c]) };
        }
    }

    private void Add(BinnedRows rows, float[] weights, double[] into)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if ((row & 4095) == 0) _cancel.ThrowIfCancellationRequested();
            if (weights[row] == 0) continue;
            var codes = rows.Row(row);
            foreach (var t in _tables) into[CellOf(t, codes)] += weights[row];
        }
    }

    /// <summary>Counts a row in (+1) or out (-1).</summary>
    public void Move(ReadOnlySpan<byte> codes, int by)
    {
        foreach (var t in _tables) _cells[CellOf(t, codes)].Residual += by;
    }

    /// <summary>By how much the cost changes when the row is counted in (+1) or out (-1).</summary>
    public double Change(ReadOnlySpan<byte> codes, int by)
    {
        float sum = 0;
        foreach (ref readonly var t in CollectionsMarshal.AsSpan(_tables))
        {
            ref readonly var cell = ref _cells[CellOf(t, codes)];
            sum += cell.Weight * (2 * by * cell.Residual + 1);
        }
        return sum;
    }

    /// <summary>Weighted squared distance of all counts from their goals.</summary>
    public double Cost()
    {
        double sum = 0;
        foreach (var cell in _cells) sum += (double)cell.Weight * cell.Residual * cell.Residual;
        return sum;
    }

    /// <summary>By table, how far the pool's counts are from the training part's: the weighted sum of squares.</summary>
    public double[] Distances(BinnedRows training, float[] trainingWeights, BinnedRows pool, float[] poolWeights)
    {
        double[] real = new double[_cellCount], drawn = new double[_cellCount];
        Add(training, trainingWeights, real);
        Add(pool, poolWeights, drawn);
        double[] distances = new double[_tables.Count];
        for (int i = 0; i < distances.Length; i++)
            for (int c = _tables[i].Offset; c < End(i); c++)
                distances[i] += (real[c] - drawn[c]) * (real[c] - drawn[c]) / Math.Max(LeastExpected, real[c]);
        return distances;
    }

    private int End(int table) => table + 1 < _tables.Count ? _tables[table + 1].Offset : _cellCount;

    private static int CellOf(in CountTable t, ReadOnlySpan<byte> codes) =>
        t.Offset + codes[t.A] * t.StrideA + codes[t.B] * t.StrideB + codes[t.C];
}
