using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>
/// Gamma variates: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000), with their
/// boost for shapes under 1. Beta variates are a ratio of two.
/// </summary>
internal static class GammaDraw
{
    /// <summary>A gamma variate of unit scale.</summary>
    public static double Next(ref DrawSequence draws, double shape)
    {
        if (shape < 1) return Next(ref draws, shape + 1) * Math.Pow(1 - draws.Uniform(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = draws.Normal(), v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            double u = 1 - draws.Uniform();
            if (Math.Log(u) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v;
        }
    }

    public static double Beta(ref DrawSequence draws, double a, double b)
    {
        double x = Next(ref draws, a), y = Next(ref draws, b);
        // Both underflow only for tiny shapes, where the law is all but a coin between the ends.
        return x + y > 0 ? x / (x + y) : draws.Uniform() < a / (a + b) ? 1 : 0;
    }
}
