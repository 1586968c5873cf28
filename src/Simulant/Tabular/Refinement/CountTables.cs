namespace Simulant.Tabular.Refinement;

/// <summary>A table of counts: a row's cell is the sum of three of its bytes, each times its stride.</summary>
/// <param name="Weight">Of a squared step in one of its cells. A single column's counts are few and everybody's first look.</param>
/// <param name="Margin">In standard errors: see <see cref="Specs.RefineSpec.Margin"/>.</param>
internal readonly record struct CountTable(
    int A, int StrideA, int B, int StrideB, int C, int StrideC, int Cells, float Weight, double Margin)
{
    public int CellOf(ReadOnlySpan<byte> codes) => codes[A] * StrideA + codes[B] * StrideB + codes[C] * StrideC;
}

/// <summary>
/// Counts of rows over bins of one, two and three columns, all tables in one array of cells. A cell holds how far the chosen
/// rows are from their goal, and what a squared step away from it costs.
/// </summary>
internal sealed class CountTables
{
    /// <summary>Cells expected to hold less than this weigh no more than one that holds it.</summary>
    private const float LeastExpected = 4;

    private struct Cell
    {
        public float Residual;
        public float Weight;
    }

    private readonly CountTable[] _tables;
    private readonly int[] _offsets;
    private readonly CancellationToken _cancel;
    private readonly int _cellCount;
    private Cell[] _cells = [];

    public CountTables(IEnumerable<CountTable> tables, CancellationToken cancel)
    {
        _cancel = cancel;
        _tables = [.. tables];
        _offsets = new int[_tables.Length];
        for (int t = 0; t < _tables.Length; t++)
        {
            _offsets[t] = _cellCount;
            _cellCount += _tables[t].Cells;
        }
    }

    public int Count => _tables.Length;

    /// <summary>
    /// Sets the goals, and the residuals to no row chosen yet. A goal is the pool's own count, moved towards the training
    /// part's by positive-part shrinkage (James and Stein 1961, cell by cell): a difference d of standard error s moves it by
    /// d * max(0, 1 - (margin * s / d)^2). What chance explains is left to the engine: to follow it would be to learn the
    /// training rows themselves.
    /// </summary>
    /// <param name="trainingWeights">What each training row counts; their sum is the number of rows to choose.</param>
    /// <param name="poolWeights">The same of the pool's rows.</param>
    public void SetGoals(BinnedRows training, float[] trainingWeights, BinnedRows pool, float[] poolWeights)
    {
        double[] goals = new double[_cellCount], drawn = new double[_cellCount];
        Add(training, trainingWeights, goals);
        Add(pool, poolWeights, drawn);
        // A training row counts for so many; a count of n such rows has the variance of a Poisson count, times its square.
        double each = trainingWeights.Sum(w => (double)w * w) / Math.Max(1e-9, trainingWeights.Sum(w => (double)w));
        _cells = new Cell[_cellCount];
        for (int i = 0; i < _tables.Length; i++)
        {
            double margin = _tables[i].Margin * _tables[i].Margin;
            for (int c = _offsets[i]; c < End(i); c++)
            {
                double difference = goals[c] - drawn[c], noise = margin * each * Math.Max(drawn[c], each * 0.5);
                double goal = drawn[c] + (difference * difference <= noise ? 0 : difference - noise / difference);
                _cells[c] = new Cell
                {
                    Residual = -(float)goal, Weight = _tables[i].Weight / Math.Max(LeastExpected, (float)goal),
                };
            }
        }
    }

    private void Add(BinnedRows rows, float[] weights, double[] into)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            if ((row & 4095) == 0) _cancel.ThrowIfCancellationRequested();
            if (weights[row] == 0) continue;
            var codes = rows.Row(row);
            for (int t = 0; t < _tables.Length; t++) into[_offsets[t] + _tables[t].CellOf(codes)] += weights[row];
        }
    }

    /// <summary>Counts a row in (+1) or out (-1).</summary>
    public void Move(ReadOnlySpan<byte> codes, int by)
    {
        for (int t = 0; t < _tables.Length; t++) _cells[_offsets[t] + _tables[t].CellOf(codes)].Residual += by;
    }

    /// <summary>By how much the cost changes when the row is counted in (+1) or out (-1).</summary>
    public double Change(ReadOnlySpan<byte> codes, int by)
    {
        float sum = 0;
        for (int t = 0; t < _tables.Length; t++)
        {
            ref readonly var cell = ref _cells[_offsets[t] + _tables[t].CellOf(codes)];
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
        double[] distances = new double[_tables.Length];
        for (int i = 0; i < distances.Length; i++)
            for (int c = _offsets[i]; c < End(i); c++)
                distances[i] += (real[c] - drawn[c]) * (real[c] - drawn[c]) / Math.Max(LeastExpected, real[c]);
        return distances;
    }

    private int End(int table) => _offsets[table] + _tables[table].Cells;
}
