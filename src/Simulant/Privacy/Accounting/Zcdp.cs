using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Accounting;

/// <summary>
/// Zero-concentrated differential privacy and (epsilon, delta): Canonne, Kamath and Steinke, "The Discrete Gaussian for
/// Differential Privacy" (2020), Corollary 13 with the best order alpha. Every search ends on the side that was verified, so an
/// answer never claims more than the bound gives. Nothing here sees data.
/// </summary>
public static class Zcdp
{
    private const int Halvings = 1000;

    /// <summary>The least delta shown for an epsilon: a mechanism of rho-zCDP is (epsilon, delta)-DP.</summary>
    /// <param name="rho">At least 0.</param>
    /// <param name="epsilon">At least 0.</param>
    public static double Delta(double rho, double epsilon)
    {
        Check(rho, nameof(rho));
        Check(epsilon, nameof(epsilon));
        if (rho == 0) return 0;
        // Any order above 1 gives a valid bound; the derivative's sign leads to the best one.
        double low = 1.01, high = (epsilon + 1) / (2 * rho) + 2, order = low;
        for (int i = 0; i < Halvings; i++)
        {
            order = (low + high) / 2;
            if ((2 * order - 1) * rho - epsilon + LogOnePlus(-1 / order) < 0) low = order;
            else high = order;
        }
        double delta = Math.Exp((order - 1) * (order * rho - epsilon) + order * LogOnePlus(-1 / order)) / (order - 1);
        return Math.Min(1, delta);
    }

    /// <summary>The least epsilon shown for a delta.</summary>
    /// <param name="delta">In (0, 1).</param>
    public static double Epsilon(double rho, double delta)
    {
        Check(rho, nameof(rho));
        CheckDelta(delta);
        if (rho == 0) return 0;
        double low = 0, high = rho + 2 * Math.Sqrt(rho * Math.Log(1 / delta));
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Delta(rho, middle) <= delta) high = middle;
            else low = middle;
        }
        return high;
    }

    /// <summary>The greatest rho that is shown to be (epsilon, delta)-DP.</summary>
    public static double Rho(double epsilon, double delta)
    {
        Check(epsilon, nameof(epsilon));
        CheckDelta(delta);
        double low = 0, high = epsilon + 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (Delta(middle, epsilon) <= delta) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>What may be spent in all for (epsilon, delta), rounded down to whole units.</summary>
    public static Rho Budget(double epsilon, double delta) => new((long)Math.Floor(Math.ScaleB(Rho(epsilon, delta), Mechanisms.Rho.Bits)));

    /// <summary>The epsilon of what was spent; units are exact in a double up to 2^53, and rounded up past that.</summary>
    public static double Epsilon(Rho spent, double delta) => Epsilon(Value(spent), delta);

    /// <summary>Units as a number, never less than they are.</summary>
    public static double Value(Rho rho)
    {
        double units = rho.Units;
        return Math.ScaleB((Int128)units < rho.Units ? Math.BitIncrement(units) : units, -Mechanisms.Rho.Bits);
    }

    /// <summary>log(1 + x) where x is near 0 too: Kahan's correction of the rounded sum.</summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }

    private static void Check(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "finite, and at least 0");
    }

    private static void CheckDelta(double delta)
    {
        if (!(delta > 0 && delta < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "between 0 and 1");
    }
}
