using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>
/// A numeric column on one latent: its marginal distribution as pieces of the latent, missing values the lowest piece. A value
/// that
/// was seen five times or more is a piece of its own and comes back exactly; rarer ones are spread evenly over the ground
/// between their neighbours and rounded to the column's grid, so that single values are not repeated.
/// </summary>
internal sealed class NumericMarginal : LatentColumn
{
    private const int AtomCount = 5;

    private readonly Thresholds _cuts;
    private readonly double[] _low;      // by piece; NaN for missing
    private readonly double[] _high;     // equal to low for an atom
    private readonly double _step;

    private NumericMarginal(Thresholds cuts, double[] low, double[] high, double step)
    {
        (_cuts, _low, _high, _step) = (cuts, low, high, step);
    }

    public override int Dimensions => 1;
    public Thresholds Cuts => _cuts;

    /// <summary>The empirical distribution of the values; with it, the piece of every row.</summary>
    public static NumericMarginal Fit(ModelColumn column, double[] values, out int[] piece)
    {
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        double[] keys = (double[])values.Clone();
        // NaN sorts first, which makes missing the lowest piece.
        Array.Sort(keys, order);
        piece = new int[values.Length];
        var distinct = new List<double>();
        var counts = new List<int>();
        for (int i = 0; i < order.Length; i++)
        {
            if (distinct.Count == 0 || !distinct[^1].Equals(keys[i]))
            {
                distinct.Add(keys[i]);
                counts.Add(0);
            }
            counts[^1]++;
            piece[order[i]] = distinct.Count - 1;
        }
        int pieces = distinct.Count, first = pieces > 0 && double.IsNaN(distinct[0]) ? 1 : 0;
        double[] shares = new double[pieces], low = new double[pieces], high = new double[pieces];
        for (int i = 0; i < pieces; i++)
        {
            shares[i] = (double)counts[i] / values.Length;
            low[i] = high[i] = distinct[i];
            bool inner = i > first && i < pieces - 1;
            if (counts[i] >= AtomCount || column.AtomsOnly || !inner) continue;
            double a = (distinct[i - 1] + distinct[i]) / 2, b = (distinct[i] + distinct[i + 1]) / 2;
            if (double.IsFinite(a) && double.IsFinite(b)) (low[i], high[i]) = (a, b);
        }
        return new NumericMarginal(Thresholds.FromShares(shares), low, high, column.Step);
    }

    /// <summary>A marginal from a table of quantiles at even steps of probability, with a share of missing values.</summary>
    public static NumericMarginal FromQuantiles(double[] quantiles, double missing, double step)
    {
        int first = missing > 0 ? 1 : 0, pieces = quantiles.Length - 1 + first;
        double[] shares = new double[pieces], low = new double[pieces], high = new double[pieces];
        if (missing > 0) (shares[0], low[0], high[0]) = (missing, double.NaN, double.NaN);
        for (int i = first; i < pieces; i++)
        {
            shares[i] = (1 - missing) / (quantiles.Length - 1);
            (low[i], high[i]) = (quantiles[i - first], quantiles[i - first + 1]);
        }
        return new NumericMarginal(Thresholds.FromShares(shares), low, high, step);
    }

    /// <summary>The piece of a value, for marginals that are not made of the values themselves.</summary>
    public int PieceOf(double value)
    {
        if (double.IsNaN(value)) return 0;
        int low = double.IsNaN(_low[0]) ? 1 : 0, high = _low.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (value > _high[middle]) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    public override void Values(ReadOnlySpan<float[]> latents, double[] into, int count)
    {
        float[] z = latents[0], edges = _cuts.Edges;
        for (int r = 0; r < count; r++)
        {
            int i = _cuts.Find(z[r]);
            double low = _low[i], high = _high[i];
            into[r] = low == high || double.IsNaN(low) ? low : Spread(z[r], edges[i], edges[i + 1], low, high);
        }
    }

    private double Spread(float z, float from, float to, double low, double high)
    {
        // Ends of the line are pieces of infinite width; half of a spread of one stands in for the rest of it.
        double share = float.IsInfinity(from) ? (float.IsInfinity(to) ? NormalTail.Below(z) : 1 - Math.Min(1, to - z))
            : float.IsInfinity(to) ? Math.Min(1, z - from) : to > from ? (z - from) / (to - from) : 0.5;
        double value = low + share * (high - low);
        if (_step <= 0) return value;
        double rounded = Math.Round(value / _step) * _step;
        return Math.Round(rounded, 12);
    }

    public override LatentChoice[] Choices(Allowed allowed)
    {
        float[] edges = _cuts.Edges;
        var choices = new List<LatentChoice>();
        for (int i = 0; i < _low.Length; i++)
        {
            double from = edges[i], to = edges[i + 1];
            if (!(from < to)) continue;
            if (_low[i] == _high[i] || double.IsNaN(_low[i]))
            {
                if (!allowed.Holds(_low[i])) continue;
            }
            else if (allowed.Values is not null)
            {
                if (!allowed.Values.Any(v => v >= _low[i] && v <= _high[i])) continue;
            }
            else
            {
                if (_high[i] < allowed.Low || _low[i] > allowed.High) continue;
                double width = to - from, span = _high[i] - _low[i];
                // Within a spread piece the latent and the value move together.
                if (double.IsFinite(width) && allowed.Low > _low[i]) from += width * (allowed.Low - _low[i]) / span;
                if (double.IsFinite(width) && allowed.High < _high[i]) to -= width * (_high[i] - allowed.High) / span;
            }
            double share = NormalTail.Between(from, to);
            if (!(share > 0)) continue;
            // Neighbouring pieces join, so that an interval of values is one interval of the latent.
            if (choices.Count > 0 && choices[^1].Intervals[0].High == from)
                choices[^1] = new(choices[^1].Share + share, [choices[^1].Intervals[0] with { High = to }]);
            else choices.Add(new(share, [new LatentInterval(0, from, to)]));
        }
        return [.. choices];
    }

    public override void Save(BinaryWriter to)
    {
        to.Write((byte)0);
        Write(to, _cuts.Edges);
        Write(to, _low);
        Write(to, _high);
    }

    public static NumericMarginal LoadBody(BinaryReader from, ModelColumn column) =>
        new(new Thresholds(ReadSingles(from)), ReadDoubles(from), ReadDoubles(from), column.Step);
}
