using Simulant.Scenes.Worlds.Drawing;
using Xunit;

namespace Simulant.Tests.Scenes.Worlds;

public class ParameterDrawTests
{
    private static readonly Parameter[] Three =
        [new("a", "A.", new Uniform(0, 1)), new("b", "B.", new Uniform(-1, 1)), new("c", "C.", Choice.Even("x", "y"))];

    private static readonly Dictionary<string, Law> None = [];

    [Fact]
    public void Values_depend_on_seed_name_and_item_alone()
    {
        var draw = new ParameterDraw(Three, None, 5, 1000, even: false);
        var fewer = new ParameterDraw([Three[1]], None, 5, 10, even: false);
        var other = new ParameterDraw(Three, None, 6, 1000, even: false);
        int same = 0;
        for (long i = 0; i < 200; i++)
        {
            Assert.Equal(draw.At(i).Number("b"), fewer.At(i).Number("b"));
            if (draw.At(i).Number("b") == other.At(i).Number("b")) same++;
        }
        Assert.InRange(same, 0, 3);
        var again = Enumerable.Range(0, 50).Select(i => draw.At(i).Number("a")).ToList();
        Assert.Equal(again, Enumerable.Range(0, 50).Reverse().Select(i => draw.At(i).Number("a")).Reverse());
    }

    [Fact]
    public void Even_draws_leave_no_part_of_a_distribution_out()
    {
        const int items = 64;
        var draw = new ParameterDraw(Three, None, 9, items, even: true);
        var values = Enumerable.Range(0, items).Select(i => draw.At(i)).ToList();
        // One in each of 64 equally likely parts; rounding to four digits may move a value over an edge by no more than that.
        Assert.Equal(Enumerable.Range(0, items), values.Select(v => (int)(v.Number("a") * items * 0.999_9)).Order());
        Assert.Equal(items / 2, values.Count(v => v.Is("c", "x")));
        // The orders of two parameters are their own: no more alike than chance, by Pearson's correlation.
        Assert.InRange(Correlation([.. values.Select(v => v.Number("a"))], [.. values.Select(v => v.Number("b"))]), -0.4, 0.4);
    }

    [Theory]
    [InlineData(0.8, false)]
    [InlineData(-0.5, false)]
    [InlineData(0.8, true)]
    public void What_follows_is_correlated_by_as_much_and_keeps_its_own_distribution(double by, bool even)
    {
        var laws = new Dictionary<string, Law> { ["b"] = new(new Uniform(-1, 1), "a", by) };
        var draw = new ParameterDraw(Three, laws, 3, 4000, even);
        var values = Enumerable.Range(0, 4000).Select(i => draw.At(i)).ToList();
        double[] a = [.. values.Select(v => v.Number("a"))], b = [.. values.Select(v => v.Number("b"))];
        // Spearman's correlation of a Gaussian copula is 6 / pi asin(rho / 2); of uniform values it is Pearson's.
        Assert.Equal(6 / Math.PI * Math.Asin(by / 2), Correlation(a, b), 0.04);
        Assert.Equal(0, b.Average(), 0.04);
        Assert.Equal(1.0 / 3, b.Average(x => x * x), 0.03);
    }

    private static double Correlation(double[] a, double[] b)
    {
        double ma = a.Average(), mb = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
            (ab, aa, bb) = (ab + (a[i] - ma) * (b[i] - mb), aa + (a[i] - ma) * (a[i] - ma), bb + (b[i] - mb) * (b[i] - mb));
        return ab / Math.Sqrt(aa * bb);
    }
}
