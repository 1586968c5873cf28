using Simulant.Scenes.Worlds.Drawing;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

public class DistributionTests
{
    public static TheoryData<Distribution> Continuous =>
    [
        new Uniform(-2, 5), new LogUniform(0.1, 30), new CutNormal(1, 2, -1, 4), new CutNormal(0, 1, -8, 8),
    ];

    [Theory]
    [MemberData(nameof(Continuous))]
    public void The_part_below_a_value_is_the_one_that_gives_it(Distribution distribution)
    {
        for (double u = 0.001; u < 1; u += 0.007) Assert.Equal(u, distribution.Below(distribution.At(u)), 1e-9);
        // Near the upper end a number of double precision has 16 digits to tell a normal's far tail with.
        Assert.Equal(distribution.Range.Low, distribution.At(0), 1e-6);
        Assert.Equal(distribution.Range.High, distribution.At(Math.BitDecrement(1.0)), 0.05);
    }

    [Fact]
    public void Moments_are_those_of_the_textbook()
    {
        // Means by the midpoint rule over u against closed forms.
        Assert.Equal(1.5, Mean(new Uniform(-2, 5)), 1e-9);
        Assert.Equal((30 - 0.1) / Math.Log(300), Mean(new LogUniform(0.1, 30)), 1e-4);
        // A standard normal cut at -1 and 2: (phi(-1) - phi(2)) / (Phi(2) - Phi(-1)).
        double phi(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        Assert.Equal((phi(1) - phi(2)) / (0.9772498680518208 - 0.15865525393145705), Mean(new CutNormal(0, 1, -1, 2)), 1e-6);
        Assert.Equal(4, Mean(new Whole(2, 6)), 1e-9);
        Assert.Equal(0.25 * 1 + 0.5 * 2, Mean(new Choice(["a", "b", "c"], [1, 1, 2])), 1e-9);
    }

    private static double Mean(Distribution distribution) =>
        Enumerable.Range(0, 200_000).Average(i => distribution.At((i + 0.5) / 200_000));

    [Fact]
    public void Levels_without_weight_never_come()
    {
        var choice = new Choice(["a", "b", "c"], [0, 3, 0]);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(1, choice.At(i / 100.0)));
        Assert.Equal(1, choice.At(Math.BitDecrement(1.0)));
    }

    [Fact]
    public void Cells_have_the_chances_that_draws_show()
    {
        Distribution[] all = [new Uniform(0, 1), new LogUniform(1, 9), new CutNormal(0, 1, -2, 2), new Whole(1, 4), new Whole(0, 99),
            new Choice(["a", "b"], [1, 3]), new Fixed(2)];
        foreach (var distribution in all)
        {
            var cells = new Cells(new Law(distribution), 10);
            double[] found = new double[cells.Chances.Count];
            for (int i = 0; i < 20_000; i++) found[cells.Of(distribution.At((i + 0.5) / 20_000))] += 1 / 20_000.0;
            Assert.Equal(1, cells.Chances.Sum(), 1e-9);
            Assert.All(found.Zip(cells.Chances), f => Assert.Equal(f.Second, f.First, 1e-3));
            Assert.All(Enumerable.Range(0, found.Length), c => Assert.NotEmpty(cells.Label(c)));
        }
        // Two equally likely cells and three draws: 1 - 1/8.
        Assert.Equal(0.875, new Cells(new Law(new Whole(0, 1)), 10).Expected(3), 1e-12);
    }
}
