using Simulant.Privacy.Accounting;
using Simulant.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Privacy.Accounting;

public class ZcdpTests
{
    // Published values of the conversion of Canonne, Kamath and Steinke (2020), Corollary 13.
    [Theory]
    [InlineData(1, 1e-9, 0.014973057673588523)]
    [InlineData(1, 1e-5, 0.03055659519763956)]
    [InlineData(3, 1e-9, 0.12058242891101999)]
    [InlineData(10, 1e-9, 1.0907857043970155)]
    public void Rho_of_epsilon_and_delta_is_the_known_value(double epsilon, double delta, double rho) =>
        Assert.Equal(rho, Zcdp.Rho(epsilon, delta), 1e-12);

    [Fact]
    public void Epsilon_of_rho_and_delta_is_the_known_value() => Assert.Equal(5.221534444530169, Zcdp.Epsilon(0.5, 1e-6), 1e-12);

    [Theory]
    [InlineData(0.1, 1e-9)]
    [InlineData(1, 1e-2)]
    [InlineData(4, 1e-6)]
    [InlineData(30, 1e-12)]
    public void Every_rounding_is_towards_privacy(double epsilon, double delta)
    {
        double rho = Zcdp.Rho(epsilon, delta);
        Assert.True(Zcdp.Delta(rho, epsilon) <= delta);
        Assert.True(Zcdp.Delta(rho * (1 + 1e-9), epsilon) > delta);
        double back = Zcdp.Epsilon(rho, delta);
        Assert.True(Zcdp.Delta(rho, back) <= delta);
        Assert.InRange(back, epsilon * (1 - 1e-9), epsilon * (1 + 1e-9));
        var budget = Zcdp.Budget(epsilon, delta);
        Assert.True(Zcdp.Value(budget) <= rho);
        Assert.True(Zcdp.Value(budget + new Rho(1)) > rho);
    }

    // The exact delta of Gaussian noise (Balle and Wang 2018, Theorem 8) is what no valid bound may fall below.
    [Theory]
    [InlineData(0.02, 0.5)]
    [InlineData(0.5, 3)]
    [InlineData(2, 6)]
    public void No_bound_claims_more_than_gaussian_noise_gives(double rho, double epsilon)
    {
        double mu = Math.Sqrt(2 * rho);
        static double Normal(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
        double exact = Normal(mu / 2 - epsilon / mu) - Math.Exp(epsilon) * Normal(-mu / 2 - epsilon / mu);
        Assert.True(Zcdp.Delta(rho, epsilon) >= exact);
        Assert.True(Zcdp.Delta(rho, epsilon) < 20 * exact, "the bound should be near");
    }

    [Fact]
    public void What_is_spent_never_costs_more_than_was_meant()
    {
        foreach (long units in new long[] { 400_000, 3_000_000_017, 16_858_000_000_000, 1L << 50, (1L << 52) + 12345 })
        {
            var amount = new Rho(units);
            foreach (long sensitivity in new long[] { 1, 3, 10 })
            {
                var variance = Variance.For(amount, sensitivity);
                var cost = Rho.OfGaussian(sensitivity, variance);
                Assert.True(cost <= amount);
                double sigma2 = variance.Numerator / Math.ScaleB(1, variance.Shift);
                Assert.InRange(sensitivity * sensitivity / (2 * Zcdp.Value(amount)) / sigma2, 0.999, 1);
                Assert.True(Zcdp.Value(cost) >= sensitivity * sensitivity / (2 * sigma2));
            }
            var epsilon = ChoiceEpsilon.For(amount);
            Assert.True(Rho.OfChoice(epsilon) <= amount);
            double value = Math.ScaleB(epsilon.Numerator, -ChoiceEpsilon.Bits);
            Assert.InRange(value * value / 8 / Zcdp.Value(amount), 0.999, 1);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Variance.For(Rho.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Variance.For(new Rho(1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChoiceEpsilon.For(Rho.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Zcdp.Rho(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Zcdp.Delta(-1, 1));
    }
}
