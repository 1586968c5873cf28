using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Validation.Images;

/// <summary>What a network trained on made pictures is worth on real ones.</summary>
/// <param name="Made">Accuracy on real test pictures of the network trained on made ones.</param>
/// <param name="Real">The same of the network trained on real ones.</param>
/// <param name="Ratio">
/// (Made - chance) / (Real - chance), chance being 1 / classes: 1 where made pictures are worth as much as real ones.
/// </param>
public sealed record TransferFigures(Interval Made, Interval Real, Interval Ratio);

/// <summary>The synthetic-to-real transfer ratio, with intervals over test pictures that both networks were asked about.</summary>
public static class Transfer
{
    /// <param name="classes">True class of each test picture.</param>
    /// <param name="byMade">What the network trained on made pictures says.</param>
    /// <param name="byReal">What the network trained on real ones says.</param>
    public static TransferFigures Measure(IReadOnlyList<int> classes, IReadOnlyList<int> byMade, IReadOnlyList<int> byReal, int classCount,
        RunContext run, int resamples = 1000)
    {
        if (classes.Count == 0 || byMade.Count != classes.Count || byReal.Count != classes.Count)
            throw new ArgumentException("both networks answer for every test picture, and there is one at least");
        int n = classes.Count;
        double chance = 1.0 / classCount;
        double[] made = new double[resamples], real = new double[resamples], ratio = new double[resamples];
        var stream = new RandomStream(run.Seed, "images/transfer");
        (double Made, double Real, double Ratio) Of(Func<int, int> row)
        {
            int m = 0, r = 0;
            for (int i = 0; i < n; i++)
            {
                int at = row(i);
                if (byMade[at] == classes[at]) m++;
                if (byReal[at] == classes[at]) r++;
            }
            return (m / (double)n, r / (double)n, (m / (double)n - chance) / (r / (double)n - chance));
        }
        Work.For(resamples, run, k => (made[k], real[k], ratio[k]) = Of(i => stream.Below(n, i, 0, k)));
        var whole = Of(i => i);
        Interval Ends(double value, double[] drawn) => new(value, FeatureDistances.Quantile(drawn, 0.025),
            FeatureDistances.Quantile(drawn, 0.975));
        return new(Ends(whole.Made, made), Ends(whole.Real, real), Ends(whole.Ratio, ratio));
    }
}
