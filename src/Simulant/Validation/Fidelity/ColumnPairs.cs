using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>The trend of any pair of columns, a pure function of the pair: columns are prepared once, pairs are not kept.</summary>
internal sealed class ColumnPairs
{
    private const int Parts = 3;

    private readonly ComparedTables _tables;
    private readonly double _strengthThreshold;
    private readonly BinnedColumn[] _coded; // part after part
    private readonly Correlations _correlations;

    public ColumnPairs(ComparedTables tables, double strengthThreshold, RunContext run)
    {
        _tables = tables;
        _strengthThreshold = strengthThreshold;
        int count = tables.Columns.Count;
        _coded = new BinnedColumn[Parts * count];
        Work.For(_coded.Length, run, k => _coded[k] = BinnedColumn.Of(tables.Columns[k % count], (Part)(k / count)));
        _correlations = new Correlations(tables, run);
    }

    /// <param name="i">The later column.</param>
    /// <param name="j">The earlier column.</param>
    public PairTrend Measure(int i, int j)
    {
        var pair = _tables.Columns[i].IsNumeric && _tables.Columns[j].IsNumeric ? Correlated(i, j) : Contingent(i, j);
        return pair.Strength < _strengthThreshold ? pair with { Trend = double.NaN, Reference = double.NaN } : pair;
    }

    private PairTrend Correlated(int i, int j)
    {
        double real = _correlations.Of(Part.Training, i, j), made = _correlations.Of(Part.Synthetic, i, j);
        double held = _correlations.Of(Part.Holdout, i, j);
        return new PairTrend(j, i, Similar(real, made, _correlations.Rows(Part.Synthetic)),
            Similar(real, held, _correlations.Rows(Part.Holdout)), Math.Abs(real), Math.Abs(made));
    }

    /// <summary>A pair undefined in training is not evaluated; one that only the other table leaves undefined counts as r' = 0.</summary>
    private static double Similar(double real, double other, int rows) =>
        rows == 0 ? double.NaN : 1 - Math.Abs(real - (double.IsNaN(other) ? 0 : other)) / 2;

    private PairTrend Contingent(int i, int j)
    {
        Contingency training = Cells(Part.Training, i, j), synthetic = Cells(Part.Synthetic, i, j);
        return new PairTrend(j, i, 1 - training.Distance(synthetic), 1 - training.Distance(Cells(Part.Holdout, i, j)),
            training.CramersV(), synthetic.CramersV());
    }

    private Contingency Cells(Part part, int i, int j)
    {
        int first = (int)part * _tables.Columns.Count;
        return Contingency.Of(_coded[first + i], _coded[first + j]);
    }
}
