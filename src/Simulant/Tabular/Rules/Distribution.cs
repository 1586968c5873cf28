using Simulant.Data;
using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Rules;

/// <summary>
/// A distribution on the line, drawn by its quantile function: one uniform number gives one value, so that truncation is exact
/// (the uniform number is drawn between the distribution function's values at the ends).
/// </summary>
internal abstract class QuantileDistribution : NumberRule
{
    private double _low, _high = 1;
    private double _minimum = double.NegativeInfinity, _maximum = double.PositiveInfinity;

    public sealed override double Number(in Address at, int row)
    {
        double u = at.Uniform();
        // 0 is no probability of an open interval; half of the grid's step stands in for it.
        if (u == 0) u = 1.0 / (1L << 54);
        return Math.Clamp(Quantile(_low + u * (_high - _low)), _minimum, _maximum);
    }

    public abstract double Quantile(double p);

    public abstract double Cumulative(double x);

    /// <summary>Keeps to [minimum, maximum]; false where hardly any probability (under 1e-9) is left.</summary>
    public bool Truncate(double minimum, double maximum)
    {
        (_minimum, _maximum) = (minimum, maximum);
        _low = double.IsNegativeInfinity(minimum) ? 0 : Cumulative(minimum);
        _high = double.IsPositiveInfinity(maximum) ? 1 : Cumulative(maximum);
        return _high - _low > 1e-9;
    }
}

internal sealed class NormalRule(double mean, double deviation) : QuantileDistribution
{
    public override double Quantile(double p) => mean + deviation * NormalQuantile.At(p);
    public override double Cumulative(double x) => MathNet.Numerics.Distributions.Normal.CDF(mean, deviation, x);
}

internal sealed class LogNormalRule(double mu, double sigma) : QuantileDistribution
{
    public override double Quantile(double p) => Math.Exp(mu + sigma * NormalQuantile.At(p));
    public override double Cumulative(double x) => x <= 0 ? 0 : MathNet.Numerics.Distributions.Normal.CDF(mu, sigma, Math.Log(x));
}

internal sealed class UniformRule(double low, double high) : QuantileDistribution
{
    public override double Quantile(double p) => low + p * (high - low);
    public override double Cumulative(double x) => Math.Clamp((x - low) / (high - low), 0, 1);
}

internal sealed class ExponentialRule(double mean) : QuantileDistribution
{
    public override double Quantile(double p) => -mean * double.LogP1(-p);
    public override double Cumulative(double x) => x <= 0 ? 0 : 1 - Math.Exp(-x / mean);
}

internal sealed class WeibullRule(double shape, double scale) : QuantileDistribution
{
    public override double Quantile(double p) => scale * Math.Pow(-double.LogP1(-p), 1 / shape);
    public override double Cumulative(double x) => x <= 0 ? 0 : 1 - Math.Exp(-Math.Pow(x / scale, shape));
}

internal sealed class ParetoRule(double shape, double scale) : QuantileDistribution
{
    public override double Quantile(double p) => scale * Math.Pow(1 - p, -1 / shape);
    public override double Cumulative(double x) => x <= scale ? 0 : 1 - Math.Pow(scale / x, shape);
}

internal sealed class TriangularRule(double low, double mode, double high) : QuantileDistribution
{
    private readonly double _split = (mode - low) / (high - low);

    public override double Quantile(double p) => p < _split
        ? low + Math.Sqrt(p * (high - low) * (mode - low))
        : high - Math.Sqrt((1 - p) * (high - low) * (high - mode));

    public override double Cumulative(double x) => x <= low ? 0 : x >= high ? 1
        : x < mode ? (x - low) * (x - low) / ((high - low) * (mode - low))
        : 1 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

internal sealed class LogisticRule(double location, double scale) : QuantileDistribution
{
    public override double Quantile(double p) => location + scale * Math.Log(p / (1 - p));
    public override double Cumulative(double x) => 1 / (1 + Math.Exp((location - x) / scale));
}

/// <summary>Given quantiles, joined by straight lines: probabilities rise from 0 to 1, values do not fall.</summary>
internal sealed class QuantileTableRule(double[] probabilities, double[] values) : QuantileDistribution
{
    public override double Quantile(double p) => Interpolate(probabilities, values, p);
    public override double Cumulative(double x) => Interpolate(values, probabilities, x);

    private static double Interpolate(double[] from, double[] to, double at)
    {
        if (at <= from[0]) return to[0];
        if (at >= from[^1]) return to[^1];
        int above = Array.BinarySearch(from, at);
        if (above >= 0) return to[above];
        above = ~above;
        double share = (at - from[above - 1]) / (from[above] - from[above - 1]);
        return to[above - 1] + share * (to[above] - to[above - 1]);
    }
}

/// <summary>A distribution that is drawn by rejection; truncated by drawing again, at most 10,000 times.</summary>
internal abstract class RejectionDistribution : NumberRule
{
    private const int MaximumDraws = 10_000;

    private double _minimum = double.NegativeInfinity, _maximum = double.PositiveInfinity;

    public sealed override double Number(in Address at, int row)
    {
        var draws = at.Draws();
        for (int i = 0; i < MaximumDraws; i++)
        {
            double value = Draw(ref draws);
            if (value >= _minimum && value <= _maximum) return value;
        }
        // Truncate admits only ranges of at least one part in a hundred: this is never reached by chance.
        return Math.Clamp(0, _minimum, _maximum);
    }

    protected abstract double Draw(ref Simulant.Numerics.Random.DrawSequence draws);

    public abstract double Cumulative(double x);

    /// <summary>Keeps to [minimum, maximum]; false where less than 1 % of the probability is left.</summary>
    public bool Truncate(double minimum, double maximum)
    {
        (_minimum, _maximum) = (minimum, maximum);
        return Cumulative(maximum) - (double.IsNegativeInfinity(minimum) ? 0 : Cumulative(minimum)) >= 0.01;
    }
}

internal sealed class GammaRule(double shape, double scale) : RejectionDistribution
{
    protected override double Draw(ref Simulant.Numerics.Random.DrawSequence draws) => scale * GammaDraw.Next(ref draws, shape);

    public override double Cumulative(double x) => x <= 0 ? 0
        : double.IsPositiveInfinity(x) ? 1 : MathNet.Numerics.Distributions.Gamma.CDF(shape, 1 / scale, x);
}

/// <summary>Beta on [low, high].</summary>
internal sealed class BetaRule(double a, double b, double low, double high) : RejectionDistribution
{
    protected override double Draw(ref Simulant.Numerics.Random.DrawSequence draws) =>
        low + (high - low) * GammaDraw.Beta(ref draws, a, b);

    public override double Cumulative(double x) =>
        MathNet.Numerics.Distributions.Beta.CDF(a, b, Math.Clamp((x - low) / (high - low), 0, 1));
}

/// <summary>A choice among distributions by weight.</summary>
internal sealed class MixtureRule(double[] cumulative, NumberRule[] parts) : NumberRule
{
    public override ColumnKind NaturalKind =>
        Array.TrueForAll(parts, part => part.NaturalKind == ColumnKind.Integer) ? ColumnKind.Integer : ColumnKind.Decimal;

    public override double Number(in Address at, int row)
    {
        double u = at.Slot(1).Uniform();
        int part = 0;
        while (part < parts.Length - 1 && u >= cumulative[part]) part++;
        return parts[part].Number(at, row);
    }
}

/// <summary>The same number for every item.</summary>
internal sealed class ConstantRule(double value) : NumberRule
{
    public override ColumnKind NaturalKind => value == Math.Floor(value) ? ColumnKind.Integer : ColumnKind.Decimal;
    public override double Number(in Address at, int row) => value;
}
