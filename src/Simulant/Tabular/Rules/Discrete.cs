using Simulant.Data;

namespace Simulant.Tabular.Rules;

/// <summary>
/// A discrete distribution over 0..n-1 by its cumulative table, inverted through an index of equal probability steps (Chen and
/// Asau, "On generating random variates from an empirical distribution", AIIE Transactions 6 (1974)).
/// </summary>
internal sealed class DiscreteTable
{
    private readonly double[] _cumulative;
    private readonly int[] _index;

    /// <param name="weights">Not negative, with a positive sum; at least one.</param>
    public DiscreteTable(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights) total += weight;
        _cumulative = new double[weights.Length];
        double sum = 0;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            _cumulative[i] = sum / total;
            if (weights[i] > 0) last = i;
        }
        for (int i = last; i < _cumulative.Length; i++) _cumulative[i] = 1;
        _index = new int[Math.Max(1, weights.Length)];
        for (int step = 0, i = 0; step < _index.Length; step++)
        {
            while (_cumulative[i] <= (double)step / _index.Length) i++;
            _index[step] = i;
        }
    }

    public int Count => _cumulative.Length;

    /// <summary>The value on which <paramref name="u"/> in [0, 1) falls.</summary>
    public int Draw(double u)
    {
        int i = _index[(int)(u * _index.Length)];
        while (u >= _cumulative[i]) i++;
        return i;
    }
}

/// <summary>Whole numbers first, first + step, … with given weights: Poisson, binomial, Zipf, geometric and given
/// values.</summary>
internal sealed class DiscreteRule(double[] values, DiscreteTable table) : NumberRule
{
    public override ColumnKind NaturalKind =>
        Array.TrueForAll(values, v => v == Math.Floor(v)) ? ColumnKind.Integer : ColumnKind.Decimal;

    public override double Number(in Address at, int row) => values[table.Draw(at.Uniform())];

    /// <summary>Whole numbers first..last by their log weights.</summary>
    public static DiscreteRule Of(long first, long last, Func<double, double> logWeight)
    {
        int count = (int)(last - first + 1);
        double[] values = new double[count], weights = new double[count];
        double largest = double.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            values[i] = first + i;
            weights[i] = logWeight(values[i]);
            largest = Math.Max(largest, weights[i]);
        }
        for (int i = 0; i < count; i++) weights[i] = Math.Exp(weights[i] - largest);
        return new DiscreteRule(values, new DiscreteTable(weights));
    }
}

/// <summary>Levels of a category with given weights.</summary>
internal sealed class CategoryRule : Rule
{
    private readonly string[] _levels;
    private readonly double[] _weights;
    private readonly DiscreteTable _table;

    public CategoryRule(string[] levels, double[] weights)
    {
        _levels = levels;
        _weights = weights;
        _table = new DiscreteTable(weights);
    }

    public override RuleStorage Storage => RuleStorage.Code;
    public override IReadOnlyList<string> Levels => _levels;
    public override ColumnKind NaturalKind =>
        _levels is ["false", "true"] or ["true", "false"] ? ColumnKind.Boolean : ColumnKind.Category;

    public override int Code(in Address at, int row) => _table.Draw(at.Uniform());

    /// <summary>The rule kept to some of its levels; null where they have no weight.</summary>
    public CategoryRule? Only(Func<string, bool> keep)
    {
        double[] weights = [.. _weights.Select((weight, i) => keep(_levels[i]) ? weight : 0)];
        return weights.Sum() > 0 ? new CategoryRule(_levels, weights) : null;
    }
}
