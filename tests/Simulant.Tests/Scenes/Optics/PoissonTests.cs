using Simulant.Numerics.Random;
using Simulant.Scenes.Optics;
using Xunit;

namespace Simulant.Tests.Scenes.Optics;

public class PoissonTests
{
    [Theory]
    [InlineData(.05)]
    [InlineData(3)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(1234.5)]
    public void Counts_are_those_of_the_distribution(double mean)
    {
        const int Count = 200_000;
        var stream = new RandomStream(2, "tests/poisson");
        var seen = new SortedDictionary<int, int>();
        for (int i = 0; i < Count; i++)
        {
            int k = Poisson.At(stream, i, 0, mean);
            seen[k] = seen.GetValueOrDefault(k) + 1;
        }
        double average = seen.Sum(p => (double)p.Key * p.Value) / Count;
        double variance = seen.Sum(p => Math.Pow(p.Key - average, 2) * p.Value) / Count;
        Assert.InRange((average - mean) / Math.Sqrt(mean / Count), -4.5, 4.5);
        Assert.InRange(variance / mean, .97, 1.03);
        // Chi-square over all counts expected at least ten times; probabilities by summed logarithms.
        double chi = 0, log = -mean;
        int cells = 0;
        for (int k = 0; k < 3 * mean + 60; k++)
        {
            if (k > 0) log += Math.Log(mean / k);
            double expected = Count * Math.Exp(log);
            if (expected < 10) continue;
            chi += Math.Pow(seen.GetValueOrDefault(k) - expected, 2) / expected;
            cells++;
        }
        Assert.InRange(chi, 0, cells + 5 * Math.Sqrt(2.0 * cells) + 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void Without_a_mean_there_is_nothing(double mean) => Assert.Equal(0, Poisson.At(new(1, "x"), 0, 0, mean));

    [Fact]
    public void Counts_belong_to_their_address()
    {
        var stream = new RandomStream(2, "tests/poisson");
        Assert.Equal(Enumerable.Range(0, 50).Select(i => Poisson.At(stream, i, 0, 20)),
            Enumerable.Range(0, 50).Reverse().Select(i => Poisson.At(stream, i, 0, 20)).Reverse());
    }
}
