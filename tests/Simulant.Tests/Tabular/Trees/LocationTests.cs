using Simulant.Numerics.Trees;
using Simulant.Tabular.Trees;
using Xunit;

namespace Simulant.Tests.Tabular.Trees;

public class LocationTests
{
    private static readonly double[] Edge = [-1.2, -0.4, 0.3, 1.1, double.PositiveInfinity];

    [Theory]
    [InlineData(0, 2, 5)]
    [InlineData(0, 1, 2)]
    [InlineData(1, 3, 4)]
    [InlineData(3, 4, 5)]
    public void Odds_are_those_of_a_logistic_law_within_the_question(int from, int cut, int to)
    {
        var location = new Location(Nothing, Nothing, Edge);
        foreach (double mean in new[] { -2.0, 0, 0.7 })
        {
            foreach (double spread in new[] { 0.1, 0.55, 2 })
            {
                double F(int bin) => bin == 0 ? 0 : 1 / (1 + Math.Exp(-(Edge[bin - 1] - mean) / spread));
                double right = F(to) - F(cut), left = F(cut) - F(from);
                // Far in a tail the differences cancel; there the closed form is the better of the two.
                if (left < 1e-6 || right < 1e-6) continue;
                Assert.Equal(Math.Log(right / left), location.LogOdds((from, cut, to), mean, spread), 1e-4);
            }
        }
    }

    [Fact]
    public void Odds_stay_finite_however_far_the_law_lies()
    {
        var location = new Location(Nothing, Nothing, Edge);
        foreach (double mean in new[] { -40.0, 40 })
            Assert.True(float.IsFinite(location.LogOdds((1, 2, 4), mean, Location.Spread(-100))));
    }

    [Fact]
    public void A_spread_is_the_scale_of_that_variance() =>
        // The logistic law's variance is (scale * pi)^2 / 3.
        Assert.Equal(0.49, Math.Pow(Location.Spread(Math.Log(0.49)) * Math.PI, 2) / 3, 1e-6);

    [Fact]
    public void Middles_lie_between_edges_and_halve_the_bins_masses()
    {
        var (edge, middle) = Location.Scores([10, 20, 10]);
        Assert.Equal(0, middle[1], 1e-12);
        Assert.Equal(-0.6744897501960817, edge[0], 1e-9); // a quarter of the normal law lies below
        Assert.Equal(edge[1], -edge[0], 1e-12);
        Assert.True(double.IsPositiveInfinity(edge[2]));
    }

    [Fact]
    public void Whether_a_value_is_missing_is_not_asked_of_it()
    {
        var location = new Location(Nothing, Nothing, Edge);
        Assert.True(location.Speaks((0, 2, 5)));
        Assert.False(location.Speaks((0, 5, 6)));
    }

    private static LogitModel Nothing => new(0, [], []);
}
