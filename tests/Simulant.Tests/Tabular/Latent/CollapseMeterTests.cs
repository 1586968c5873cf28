using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Latent;

public class CollapseMeterTests
{
    private const int Rows = 4000;

    private static readonly ModelColumn[] Columns = [new("a", 4, false, 0, false), new("b", 4, false, 0, false)];

    /// <summary>Four levels each; b is a in three of four rows.</summary>
    private static int[][] Real(ulong seed)
    {
        var stream = new RandomStream(seed, "collapse");
        int[] a = [.. Enumerable.Range(0, Rows).Select(i => stream.Below(4, i, 0))];
        int[] b = [.. a.Select((x, i) => stream.Uniform(i, 1) < 0.75 ? x : stream.Below(4, i, 2))];
        return [a, b];
    }

    private static TrainingCurve Curve => new([], []) { Epochs = 9, Kept = 9, Ending = "done" };

    [Fact]
    public void Rows_of_the_same_law_have_all_of_its_variety()
    {
        var variety = new CollapseMeter(Real(1), [4, 4], Rows).Measure(Real(2));
        Assert.Equal((1.0, 1.0), (variety.Levels, variety.Pairs));
        Assert.Equal(1, variety.Entropy, 0.01);
        Assert.InRange(variety.Distance, 0, 0.045);
        Assert.False(variety.IsCollapsed);
        Assert.Empty(variety.Warn(Curve, Columns).Events);
    }

    [Fact]
    public void Missing_levels_and_pairs_are_counted()
    {
        int[][] real = Real(1), drawn = Real(2);
        int[] kept = [.. Enumerable.Range(0, Rows).Where(r => drawn[0][r] == drawn[1][r] && drawn[0][r] != 3)];
        var variety = new CollapseMeter(real, [4, 4], Rows).Measure([.. drawn.Select(column => kept.Select(r => column[r]).ToArray())]);
        Assert.Equal(6.0 / 8, variety.Levels);   // level 3 of both is gone
        Assert.Equal(3.0 / 16, variety.Pairs);   // only three equal pairs are left of sixteen
        Assert.Equal(Math.Log(3) / Math.Log(4), variety.Entropy, 0.01);
        // Total variation: the mass of the thirteen pairs that are gone.
        double gone = Enumerable.Range(0, Rows).Count(r => real[0][r] != real[1][r] || real[0][r] == 3) / (double)Rows;
        Assert.Equal(gone, variety.Distance, 0.02);
        Assert.True(variety.IsCollapsed);
    }

    [Fact]
    public void A_column_that_is_always_the_same_is_named_in_the_warning()
    {
        int[][] drawn = Real(2);
        var variety = new CollapseMeter(Real(1), [4, 4], Rows).Measure([drawn[0], new int[Rows]]);
        Assert.Equal((1, 0.0), (variety.Poorest, variety.PoorestEntropy));
        var curve = variety.Warn(Curve, Columns);
        Assert.True(curve.HasWarnings);
        Assert.Contains("mode collapse", curve.Events.Single().Text);
        Assert.Contains("'b' has 0 % of its entropy", curve.Events.Single().Text);
    }

    [Fact]
    public void What_is_too_rare_for_the_sample_is_not_asked_for()
    {
        int[][] real = Real(1);
        real[0][0] = 4;
        var meter = new CollapseMeter(real, [5, 4], Rows);
        Assert.Equal(1, meter.Measure(Real(2)).Levels);
    }
}
