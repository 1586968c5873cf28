using Simulant.Privacy.Accounting;
using Simulant.Privacy.Mechanisms;
using Simulant.Tests.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Privacy.Accounting;

/// <summary>Noise at (1, 1e-2) on its worst case, through the session that engines use; from seeded bytes, so that runs agree.</summary>
public class EpsilonAuditTests
{
    private const double Epsilon = 1, Delta = 1e-2;
    private static readonly Rho Amount = Zcdp.Budget(Epsilon, Delta);
    private static readonly Variance Declared = Variance.For(Amount, 1);

    [Fact]
    public void The_bound_reaches_85_per_cent_of_the_tight_epsilon_with_100_000_runs()
    {
        double tight = EpsilonAudit.Tight(Declared, Delta);
        Assert.InRange(tight, 0.5, Epsilon);
        var (with, without) = Draw(50_000, 1);
        double bound = EpsilonAudit.LowerBound(with, without, Delta);
        Tell(FormattableString.Invariant($"tight epsilon {tight:F4}, lower bound {bound:F4}, {bound / tight:P1} of it"));
        Assert.True(bound >= 0.85 * tight, $"the bound {bound} is below 85% of {tight}");
        Assert.True(bound <= Epsilon, $"the bound {bound} is above the accountant's {Epsilon}");
    }

    [Fact]
    public void Small_audits_pass_the_accountant_in_few_of_200_repeats()
    {
        int above = Enumerable.Range(0, 200).Count(repeat =>
        {
            var (with, without) = Draw(2_000, 100 + (ulong)repeat);
            return EpsilonAudit.LowerBound(with, without, Delta) > Epsilon;
        });
        Tell($"{above} of 200 smaller audits pass the accountant's epsilon");
        Assert.InRange(above, 0, 10);
    }

    private static void Tell(string figures) => TestContext.Current.TestOutputHelper?.WriteLine(figures);

    [Fact]
    public void Noise_of_half_the_size_is_found_out()
    {
        var half = Variance.For(new Rho(4 * Amount.Units), 1);
        var sampler = new ExactSampler(new SeededNoise(2));
        long[] with = [.. Enumerable.Range(0, 50_000).Select(_ => 1 + sampler.Gaussian(half))];
        long[] without = [.. Enumerable.Range(0, 50_000).Select(_ => sampler.Gaussian(half))];
        Assert.True(EpsilonAudit.LowerBound(with, without, Delta) > Epsilon);
    }

    // Without discreteness: Balle and Wang 2018, Theorem 8. At this size the two laws are near each other.
    [Fact]
    public void The_tight_epsilon_is_that_of_gaussian_noise()
    {
        var variance = Variance.Of(400, 0);
        double tight = EpsilonAudit.Tight(variance, 1e-4), mu = 1 / 20.0;
        static double Normal(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
        double delta = Normal(mu / 2 - tight / mu) - Math.Exp(tight) * Normal(-mu / 2 - tight / mu);
        Assert.InRange(delta, 0.9e-4, 1.1e-4);
    }

    private static (long[] With, long[] Without) Draw(int runs, ulong seed)
    {
        ProtectedRows one = new([[0]], [1], 1, 1), none = new([[]], [1], 0, 1);
        var noise = new SeededNoise(seed);
        long[] Of(ProtectedRows rows) => [.. Enumerable.Range(0, runs).Select(_ =>
            new PrivacySession(Amount, new MemoryLog(), null, noise, null).Measure("worst case", rows, [0], Amount).Counts.Single())];
        return (Of(one), Of(none));
    }
}
