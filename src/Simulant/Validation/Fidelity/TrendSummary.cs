namespace Simulant.Validation.Fidelity;

/// <summary>
/// What is kept of a walk over all pairs: the means, the mean of each column, the worst pairs. Pairs come in the order of their
/// second column, then of their first, so that every sum has one order.
/// </summary>
internal sealed class TrendSummary(int columns)
{
    // A bounded heap that gives up its best; ties go by place.
    private readonly PriorityQueue<PairTrend, (double, long)> _worst = new();
    private readonly double[] _sums = new double[columns];
    private readonly int[] _counts = new int[columns];
    private double _sum, _referenceSum;
    private int _references;

    public int Pairs { get; private set; }
    public double Mean => Pairs == 0 ? double.NaN : _sum / Pairs;
    public double ReferenceMean => _references == 0 ? double.NaN : _referenceSum / _references;

    public void Add(in PairTrend pair)
    {
        if (!double.IsNaN(pair.Reference))
        {
            _referenceSum += pair.Reference;
            _references++;
        }
        if (double.IsNaN(pair.Trend)) return;
        _sum += pair.Trend;
        Pairs++;
        Count(pair.Second, pair.Trend);
        Count(pair.First, pair.Trend);
        var priority = (-pair.Trend, -((long)pair.First * columns + pair.Second));
        if (_worst.Count < PairTrends.MostWorst) _worst.Enqueue(pair, priority);
        else _worst.EnqueueDequeue(pair, priority);
    }

    private void Count(int column, double trend)
    {
        _sums[column] += trend;
        _counts[column]++;
    }

    /// <summary>Worst first. Empties the summary's list.</summary>
    public IReadOnlyList<PairTrend> Worst()
    {
        var worst = new PairTrend[_worst.Count];
        for (int i = worst.Length; i-- > 0;) worst[i] = _worst.Dequeue();
        return worst;
    }

    /// <summary>The columns of the lowest mean trend, lowest first; those without an evaluated pair last, ties in table order.</summary>
    public int[] Telling(int most)
    {
        double MeanOf(int c) => _counts[c] == 0 ? double.PositiveInfinity : _sums[c] / _counts[c];
        return [.. Enumerable.Range(0, columns).OrderBy(MeanOf).ThenBy(c => c).Take(most)];
    }
}
