using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Simulant.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Privacy.Mechanisms;

/// <summary>Draws against the exact probabilities, by chi-square over cells and by the greatest distance of the distribution functions,
/// each at 1e-6; the seam is not replaced here, so these are the operating system's bytes.</summary>
public class ExactSamplerTests
{
    private const double Alpha = 1e-6;
    private const int Draws = 20_000;
    private readonly ExactSampler _sampler = new(new SystemNoise());

    [Theory]
    [InlineData(1ul, 20)]        // sigma 0.001: always 0
    [InlineData(300_000ul, 20)]  // sigma 0.53
    [InlineData(1ul << 20, 20)]  // 1
    [InlineData(100ul, 3)]       // 3.5
    [InlineData(1_500ul, 0)]     // 38.7
    [InlineData(1ul << 50, 10)]  // 2^20, the most
    public void Gaussian_noise_follows_its_law(ulong numerator, int shift)
    {
        var variance = Variance.Of(numerator, shift);
        double sigma2 = numerator / Math.ScaleB(1, shift);
        Follows(() => _sampler.Gaussian(variance), x => -x * x / (2 * sigma2), Math.Sqrt(sigma2));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 4)]
    [InlineData(50, 1)]
    [InlineData(1000, 7)]
    public void Laplace_noise_follows_its_law(int t, int s) =>
        Follows(() => _sampler.Laplace((ulong)t, (ulong)s), x => -Math.Abs(x) * s / t, 1.5 * t / s);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    public void Coins_fall_with_their_probability(int numerator, int denominator)
    {
        double p = Math.Exp(-(double)numerator / denominator);
        int heads = 0;
        for (int i = 0; i < Draws; i++)
            if (_sampler.BernoulliExp((UInt128)numerator, (UInt128)denominator)) heads++;
        if (numerator == 0) Assert.Equal(Draws, heads);
        else Assert.InRange((heads - p * Draws) / Math.Sqrt(Draws * p * (1 - p)), -5, 5);
    }

    [Fact]
    public void Uniform_draws_are_uniform_where_the_bound_is_no_power_of_two()
    {
        foreach (UInt128 bound in new UInt128[] { 1, 3, 200, ((UInt128)1 << 100) + 1 })
        {
            double[] counts = new double[3];
            for (int i = 0; i < Draws; i++)
            {
                UInt128 drawn = _sampler.Below(bound);
                Assert.True(drawn < bound);
                counts[(int)(drawn / (bound / 3 + 1))]++;
            }
            double[] shares = bound == 1 ? [1, 0, 0] : bound == 3 ? [2 / 3.0, 1 / 3.0, 0] : [1 / 3.0, 1 / 3.0, 1 / 3.0];
            if (bound == 200) shares = [67 / 200.0, 67 / 200.0, 66 / 200.0];
            Assert.True(ChiSquareP(counts, shares) > Alpha);
        }
    }

    [Fact]
    public void Choices_follow_the_exponential_mechanism()
    {
        long[] scores = [100, 90, 90, 0, -500];
        const long sensitivity = 5;
        var epsilon = new ChoiceEpsilon(1ul << ChoiceEpsilon.Bits); // 1
        double[] shares = [.. scores.Select(s => Math.Exp(s / (2.0 * sensitivity)))];
        double total = shares.Sum();
        double[] counts = new double[scores.Length];
        for (int i = 0; i < Draws; i++) counts[_sampler.Choose(scores, sensitivity, epsilon)]++;
        Assert.True(ChiSquareP(counts, [.. shares.Select(s => s / total)]) > Alpha);
        Assert.Throws<ArgumentException>(() => _sampler.Choose([], 1, epsilon));
    }

    [Fact]
    public void The_tests_notice_noise_that_is_a_tenth_too_small()
    {
        var small = Variance.Of((ulong)(1500 * 0.9 * 0.9), 0);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() =>
            Follows(() => _sampler.Gaussian(small), x => -x * x / (2 * 1500.0), Math.Sqrt(1500)));
    }

    [Fact]
    public void Equal_bytes_give_equal_noise_and_other_bytes_other_noise()
    {
        long[] Of(INoiseSource source)
        {
            var sampler = new ExactSampler(source);
            return [.. Enumerable.Range(0, 50).Select(_ => sampler.Gaussian(Variance.Of(1500, 0)))];
        }
        Assert.Equal(Of(new SeededNoise(1)), Of(new SeededNoise(1)));
        Assert.NotEqual(Of(new SeededNoise(1)), Of(new SeededNoise(2)));
        Assert.NotEqual(Of(new SystemNoise()), Of(new SystemNoise()));
    }

    private static void Follows(Func<long> draw, Func<double, double> logShare, double scale)
    {
        long[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => draw()).Order()];
        // Where there are very many values, sums over them are integrals; cells of many values then keep the test quick.
        long step = Math.Max(1, (long)(scale / 200)), reach = (long)(14 * scale) / step + 2;
        double[] shares = [.. Sequence(reach).Select(k => Cell(k, step, logShare))];
        double total = shares.Sum();
        long[] cells = [.. Sequence(reach)];
        double[] counts = new double[shares.Length];
        foreach (long x in drawn) counts[(int)(Math.Clamp(Math.Floor((double)x / step), -reach, reach) + reach)]++;
        double[] p = [.. shares.Select(s => s / total)];
        double far = 0, expected = 0, seen = 0;
        for (int k = 0; k < p.Length; k++) far = Math.Max(far, Math.Abs((expected += p[k]) - (seen += counts[k] / Draws)));
        Assert.True(far < Math.Sqrt(Math.Log(2 / Alpha) / (2.0 * Draws)), $"the distribution functions lie {far} apart");
        double value = ChiSquareP(counts, p);
        Assert.True(value > Alpha, $"chi-square p = {value}");
    }

    private static IEnumerable<long> Sequence(long reach)
    {
        for (long k = -reach; k <= reach; k++) yield return k;
    }

    private static double Cell(long k, long step, Func<double, double> logShare)
    {
        if (step == 1) return Math.Exp(logShare(k));
        double sum = 0; // Simpson's rule on a slowly varying density, over the values k step .. k step + step - 1
        for (int i = 0; i <= 4; i++)
            sum += (i is 0 or 4 ? 1 : i == 2 ? 2 : 4) * Math.Exp(logShare(k * (double)step - 0.5 + i * step / 4.0));
        return sum * step / 12;
    }

    /// <summary>Cells of too few expected draws are joined with their neighbours.</summary>
    private static double ChiSquareP(double[] counts, double[] shares)
    {
        double statistic = 0, expected = 0, seen = 0;
        int cells = 0;
        for (int k = 0; k < counts.Length; k++)
        {
            expected += shares[k] * Draws;
            seen += counts[k];
            bool rest = shares.Skip(k + 1).Sum() * Draws < 10;
            if (expected < 10 || rest && k < counts.Length - 1) continue;
            statistic += (seen - expected) * (seen - expected) / expected;
            (expected, seen) = (0, 0);
            cells++;
        }
        return cells < 2 ? 1 : SpecialFunctions.GammaUpperRegularized((cells - 1) / 2.0, statistic / 2);
    }
}
