using Simulant.Numerics.Random;

namespace Simulant.Validation.Collapse;

/// <summary>What each generation is learned from.</summary>
public enum CollapseMode
{
    /// <summary>The generation before it, alone.</summary>
    Replace,

    /// <summary>The real rows and all generations before it.</summary>
    Accumulate,

    /// <summary>A share of real rows, filled up from the generation before it.</summary>
    Anchor,
}

/// <summary>
/// How likely a value of c real rows still occurs after so many generations where each draws as many rows as there were real ones
/// from its training rows, one by one and with replacement: what chance alone does, whatever the engine.
/// </summary>
public sealed class SurvivalLaw
{
    /// <summary>Values of more rows than this do not die by chance in any number of generations worth waiting for.</summary>
    private const int MostCounted = 200;

    private const int Draws = 20_000;

    private readonly CollapseMode _mode;
    private readonly double _anchor;
    private readonly int _generations;
    private readonly Dictionary<int, double[]> _known = [];

    /// <param name="anchor">Under <see cref="CollapseMode.Anchor"/>: the share of real rows, in (0, 1).</param>
    public SurvivalLaw(CollapseMode mode, double anchor, int generations) => (_mode, _anchor, _generations) = (mode, anchor, generations);

    /// <summary>
    /// Under <see cref="CollapseMode.Replace"/> exact in the limit of many rows: the lines of descent of c rows are independent
    /// branching processes with one Poisson child on average, each extinct after g generations with probability q(g) =
    /// exp(q(g - 1) - 1), q(0) = 0 (Watson and Galton 1875), so the value survives with 1 - q(g)^c. Otherwise by simulation of
    /// 20,000 such processes, always the same ones.
    /// </summary>
    public double At(int count, int generation)
    {
        if (count > MostCounted) return 1;
        if (_mode == CollapseMode.Replace)
        {
            double extinct = 0;
            for (int g = 0; g < generation; g++) extinct = Math.Exp(extinct - 1);
            return 1 - Math.Pow(extinct, count);
        }
        if (!_known.TryGetValue(count, out double[]? survival)) _known[count] = survival = Simulate(count);
        return survival[generation - 1];
    }

    private double[] Simulate(int count)
    {
        var random = new RandomStream((ulong)count, "survival");
        double[] alive = new double[_generations];
        for (int draw = 0; draw < Draws; draw++)
        {
            // Accumulated: rows so far, in units of real tables' worth; anchored: the mean of the next generation.
            double pool = count, parts = 1, mean = count;
            for (int g = 0; g < _generations; g++)
            {
                int newest = Poisson(_mode == CollapseMode.Accumulate ? pool / parts : mean, random.Uniform(draw, 0, g));
                if (newest > 0) alive[g] += 1.0 / Draws;
                (pool, parts) = (pool + newest, parts + 1);
                // Rows to learn from are taken without being put back, so of so many there are.
                mean = Binomial(count, _anchor, random.Uniform(draw, 1, g)) + Binomial(newest, 1 - _anchor, random.Uniform(draw, 2, g));
            }
        }
        return alive;
    }

    /// <summary>By inversion, from the end that is nearer.</summary>
    private static int Binomial(int n, double p, double uniform)
    {
        if (p > 0.5) return n - Binomial(n, 1 - p, 1 - uniform);
        double chance = Math.Pow(1 - p, n), sum = chance;
        int k = 0;
        while (uniform > sum && k < n)
        {
            chance *= (n - k) * p / (++k * (1 - p));
            sum += chance;
        }
        return k;
    }

    /// <summary>By inversion.</summary>
    private static int Poisson(double mean, double uniform)
    {
        double p = Math.Exp(-mean), sum = p;
        int k = 0;
        while (uniform > sum && k < mean + 40 * Math.Sqrt(mean + 1))
        {
            p *= mean / ++k;
            sum += p;
        }
        return k;
    }
}
