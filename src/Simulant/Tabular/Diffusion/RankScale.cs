using Simulant.Numerics.Kernels;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// A number and its normal score: the standard normal's quantile at the number's rank. A value that many rows share takes a
/// stretch of ranks and is spread evenly over it (the randomised probability integral transform); a number on a grid is spread
/// half a step each way. Point masses, values far more frequent than their neighbours, are told apart as categories too.
/// </summary>
internal sealed class RankScale
{
    /// <summary>A point mass has this share of the rows, and so many times the rows of the column's average value or stretch.</summary>
    private const double LeastMass = 0.02, TimesAverage = 2.5;

    private const double Reach = 5.5;

    private readonly ModelColumn _column;
    private readonly ColumnBins _bins;
    private readonly ColumnBins.Segment[] _segments;
    private readonly int[] _massOf;      // segment -> point mass, or -1
    private readonly double[] _before;   // rows before each segment; the last is all

    public RankScale(ModelColumn column, ColumnBins bins)
    {
        (_column, _bins) = (column, bins);
        _segments = [.. bins.Segments];
        _before = new double[_segments.Length + 1];
        _massOf = new int[_segments.Length];
        double total = _segments.Sum(s => (double)s.Count);
        var masses = new List<double>();
        for (int i = 0; i < _segments.Length; i++)
        {
            var segment = _segments[i];
            bool mass = segment.Low == segment.High && segment.Count >= LeastMass * total
                && segment.Count >= TimesAverage * total / _segments.Length;
            _massOf[i] = mass ? masses.Count : -1;
            if (mass) masses.Add(segment.Low);
            _before[i + 1] = _before[i] + segment.Count;
        }
        PointMasses = masses;
    }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<double> PointMasses { get; }

    /// <summary>Values and stretches there are.</summary>
    public int Segments => _segments.Length;

    /// <summary>Whether every value is kept as it is, none spread.</summary>
    public bool AllKept => Array.TrueForAll(_segments, s => s.Low == s.High);

    /// <summary>All kept values, ascending, with their rows.</summary>
    public IEnumerable<(double Value, int Count)> Kept => _segments.Select(s => (s.Low, s.Count));

    /// <summary>Rows of a point mass.</summary>
    public int CountOf(int mass) => _segments[Array.IndexOf(_massOf, mass)].Count;

    /// <param name="u">Uniform in [0, 1): where in the value's own stretch.</param>
    public double Score(double value, double u)
    {
        int i = Find(value);
        var segment = _segments[i];
        double share = u;
        if (segment.Low < segment.High)
        {
            double at = _column.Step > 0 ? Math.Clamp(value + (u - 0.5) * _column.Step, segment.Low, segment.High) : value;
            share = (at - segment.Low) / (segment.High - segment.Low);
            share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0.5;
        }
        double p = (_before[i] + share * segment.Count) / _before[^1];
        return Math.Clamp(NormalQuantile.At(p), -Reach, Reach);
    }

    private int Find(double value)
    {
        int low = 0, high = _segments.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (value > _segments[middle].High) low = middle + 1;
            else high = middle;
        }
        // Where a stretch ends on a kept value, the kept value is meant.
        return low + 1 < _segments.Length && _segments[low].Low < value && _segments[low + 1].Low == value
            && _segments[low + 1].High == value ? low + 1 : low;
    }

    /// <summary>The value at a score, of those that are no point mass: point masses are told by their category.</summary>
    public double ValueAt(double score)
    {
        double rank = NormalTail.Below(score) * _before[^1];
        int i = Array.BinarySearch(_before, rank);
        i = Math.Clamp(i < 0 ? ~i - 1 : i, 0, _segments.Length - 1);
        double share = Math.Clamp((rank - _before[i]) / _segments[i].Count, 0, 1 - 1e-12);
        if (_massOf[i] >= 0)
        {
            // Between its neighbours, at the nearer one's end.
            int step = share < 0.5 ? -1 : 1, at = i;
            while (at >= 0 && at < _segments.Length && _massOf[at] >= 0) at += step;
            if (at < 0 || at == _segments.Length)
            {
                (at, step) = (i, -step);
                while (_massOf[at] >= 0) at += step;
            }
            (i, share) = (at, step < 0 ? 1 - 1e-12 : 0);
        }
        return _bins.Within(_segments[i], share);
    }
}
