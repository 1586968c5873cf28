using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Frame;

/// <summary>Areas under the standard normal.</summary>
internal static class NormalTail
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) * 0.3989422804014327;

    public static double Below(double x) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>Probability of [a, b], from the nearer tail, so that it is exact far out.</summary>
    public static double Between(double a, double b) => a > 0 ? Below(-a) - Below(-b) : Below(b) - Below(a);

    /// <summary>A normal within [a, b] by the share <paramref name="u"/> of its probability.</summary>
    public static double Truncated(double a, double b, double u)
    {
        if (a > 0) return -Truncated(-b, -a, 1 - u);
        double low = Below(a), high = Below(b);
        return Math.Clamp(NormalQuantile.At(low + u * (high - low)), Math.Max(a, -37), Math.Min(b, 37));
    }
}
