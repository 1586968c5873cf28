using Simulant.Privacy.Mechanisms;

namespace Simulant.Runs.Replays;

/// <summary>Whether noise follows its law and no two processes share it: the part of an audit that replaying cannot see.</summary>
internal static class SamplerLaw
{
    private const int Draws = 20_000;
    private const double Alpha = 1e-9;

    /// <summary>What is wrong, or null.</summary>
    public static string? Check()
    {
        byte[] one = new byte[64], other = new byte[64];
        new SystemNoise().Fill(one);
        new SystemNoise().Fill(other);
        if (one.AsSpan().SequenceEqual(other) || one.Distinct().Count() < 16) return "the noise of two sessions is the same";
        if (new PrivacySession(Rho.Zero, new Transcript(Rho.Zero, 0, 0, null)).Noise is not SystemNoise)
            return "sessions draw noise from elsewhere than the operating system";
        var sampler = new ExactSampler(new SystemNoise());
        foreach (var (numerator, shift) in new[] { (3ul << 18, 20), (30ul, 0) })
        {
            double sigma2 = Math.ScaleB(numerator, -shift);
            var variance = Variance.Of(numerator, shift);
            if (Apart(() => sampler.Gaussian(variance), x => Math.Exp(-x * x / (2 * sigma2))))
                return $"noise of variance {sigma2} does not follow it";
        }
        long[] scores = [0, 20, 40];
        int chosen = 0;
        for (int k = 0; k < Draws; k++)
            if (sampler.Choose(scores, 10, new ChoiceEpsilon(1ul << ChoiceEpsilon.Bits)) == 2) chosen++;
        double p = Math.Exp(2) / (Math.Exp(2) + Math.Exp(1) + 1);
        return Math.Abs(chosen - p * Draws) > 7 * Math.Sqrt(Draws * p * (1 - p)) ? "choices do not follow the exponential mechanism" : null;
    }

    /// <summary>The greatest distance of the distribution functions, by Massart's bound.</summary>
    private static bool Apart(Func<long> draw, Func<double, double> weight)
    {
        const int reach = 200;
        double[] counts = new double[2 * reach + 1];
        for (int k = 0; k < Draws; k++) counts[Math.Clamp(draw(), -reach, reach) + reach]++;
        double total = Enumerable.Range(-reach, counts.Length).Sum(x => weight(x)), expected = 0, seen = 0, far = 0;
        for (int x = -reach; x <= reach; x++)
            far = Math.Max(far, Math.Abs((expected += weight(x) / total) - (seen += counts[x + reach] / Draws)));
        return far > Math.Sqrt(Math.Log(2 / Alpha) / (2.0 * Draws));
    }
}
