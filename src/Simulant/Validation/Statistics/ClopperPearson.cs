using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Simulant.Validation.Statistics;

/// <summary>Exact bounds of a share, each side by itself. Source: Clopper and Pearson (1934).</summary>
public static class ClopperPearson
{
    /// <summary>The least share under which so many successes or more have probability <paramref name="alpha"/>.</summary>
    public static double Low(int successes, int trials, double alpha) =>
        successes <= 0 || trials <= 0 ? 0 : Inverse(alpha, successes, trials - successes + 1);

    /// <summary>The greatest share under which so many successes or fewer have probability <paramref name="alpha"/>.</summary>
    public static double High(int successes, int trials, double alpha) =>
        successes >= trials ? 1 : Inverse(1 - alpha, successes + 1, trials - successes);

    private static double Inverse(double p, double a, double b) =>
        a == 1 ? 1 - Math.Pow(1 - p, 1 / b)
        : b == 1 ? Math.Exp(Math.Log(p) / a)
        : Brent.FindRoot(x => SpecialFunctions.BetaRegularized(a, b, x) - p, 0, 1, 1e-13, 200);
}
