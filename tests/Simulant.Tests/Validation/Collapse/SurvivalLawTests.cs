using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Collapse;
using Xunit;

namespace Simulant.Tests.Validation.Collapse;

public class SurvivalLawTests
{
    // Known values: extinction of a Poisson branching process by its generating function, iterated by hand to three digits.
    [Theory]
    [InlineData(1, 1, .632), InlineData(1, 5, .268), InlineData(1, 10, .158), InlineData(1, 20, .088)]
    [InlineData(5, 1, .993), InlineData(5, 5, .790), InlineData(5, 10, .577), InlineData(5, 20, .368)]
    [InlineData(10, 5, .956), InlineData(10, 10, .821), InlineData(10, 20, .600)]
    public void Under_replacement_it_is_the_exact_law_of_branching(int count, int generation, double survival) =>
        Assert.Equal(survival, new SurvivalLaw(CollapseMode.Replace, 0, 20).At(count, generation), 0.0006);

    /// <summary>Of 20,000 values of one, of five and of ten rows each, drawn again for twenty generations, as many survive as the exact
    /// table says, within two points; 1 - q^c with q of the generation, to three digits.</summary>
    [Fact]
    public void Of_many_values_as_many_survive_as_the_exact_table_says()
    {
        const int values = 20_000;
        int[] each = [1, 5, 10], bands = [0, 2, 3];
        int[] real = [.. each.SelectMany((c, group) => Enumerable.Range(0, values * c).Select(r => group * values + r / c))];
        string[] levels = [.. Enumerable.Range(0, each.Length * values).Select(v => $"v{v}")];
        Table Of(int[] codes) => new("t", [new CodedColumn(new ColumnSchema("level", ColumnKind.Category), codes, levels)]);
        var exact = new Dictionary<int, double[]>
        {
            [1] = [.632, .993, 1], [5] = [.268, .790, .956], [10] = [.158, .577, .821], [20] = [.088, .368, .600],
        };
        var random = new RandomStream(6, "tables drawn again");
        int[] newest = real;
        for (int g = 1; g <= 20; g++)
        {
            int generation = g;
            int[] before = newest;
            newest = [.. Enumerable.Range(0, real.Length).Select(r => before[random.Below(real.Length, r, generation)])];
            if (!exact.TryGetValue(g, out double[]? shares)) continue;
            var found = GenerationFigures.Of(Of(real), Of(newest), _ => 0).Bands;
            for (int k = 0; k < each.Length; k++)
            {
                Assert.Equal(values, found[bands[k]].Values);
                Assert.Equal(shares[k], found[bands[k]].Recall, 0.02);
            }
        }
    }

    [Theory]
    [InlineData(CollapseMode.Accumulate, 0), InlineData(CollapseMode.Anchor, .2)]
    public void Otherwise_it_is_what_rows_drawn_again_do(CollapseMode mode, double anchor)
    {
        // 2,000 values of three rows each, drawn again in whole tables: the multinomial law itself, not its limit.
        const int values = 2000, each = 3, generations = 6, rows = values * each;
        int[] real = [.. Enumerable.Range(0, rows).Select(r => r / each)];
        var random = new RandomStream(4, "tables drawn again");
        var pool = new List<int>(real);
        int[] newest = real;
        var law = new SurvivalLaw(mode, anchor, generations);
        for (int g = 1; g <= generations; g++)
        {
            int[] learned = g == 1 ? real : mode == CollapseMode.Accumulate ? [.. pool]
                : [.. random.Permutation(rows, 2 * g).Take((int)(anchor * rows)).Select(i => real[i]),
                    .. random.Permutation(rows, 2 * g + 1).Take(rows - (int)(anchor * rows)).Select(i => newest[i])];
            newest = [.. Enumerable.Range(0, rows).Select(r => learned[random.Below(learned.Length, r, g)])];
            pool.AddRange(newest);
            // Six standard errors of a share of 2,000, and those of 20,000 simulations.
            Assert.Equal(newest.Distinct().Count() / (double)values, law.At(each, g), 6 * Math.Sqrt(.25 / values) * 0.6);
        }
    }

    [Fact]
    public void Figures_of_a_generation_are_counted()
    {
        Table Of(double[] n, string?[] a, string[] b) => new("t",
        [
            new NumericColumn(new ColumnSchema("n", ColumnKind.Decimal), n),
            CodedColumn.From(new ColumnSchema("a", ColumnKind.Category), a),
            CodedColumn.From(new ColumnSchema("b", ColumnKind.Category), b),
        ]);
        double[] wide = [.. Enumerable.Range(0, 300).Select(i => (double)i)];
        string[] Levels(int i0, int i1) => [.. Enumerable.Range(0, 300).Select(i => i < i0 ? "rare" : i < i1 ? "some" : "much")];
        var real = Of(wide, Levels(1, 7), [.. Enumerable.Repeat("x", 150), .. Enumerable.Repeat("y", 150)]);
        var made = Of([.. wide.Select(v => Math.Clamp(v, 30, 269))], Levels(0, 10), [.. Enumerable.Repeat("x", 300)]);
        var found = GenerationFigures.Of(real, made, count => count / 1000.0);
        // a: rare in one row (lost), some in six (kept), much in 293 (kept); b: two of 150, one lost; n has more than 255 values.
        Assert.Equal([1, 0, 1, 0, 3], found.Bands.Select(b => b.Values));
        Assert.Equal([0, double.NaN, 1, double.NaN, 2 / 3.0], found.Bands.Select(b => b.Recall));
        Assert.Equal(0.001, found.Bands[0].Law, 1e-12);
        Assert.Equal((0.293 + 0.15 + 0.15) / 3, found.Bands[4].Law, 1e-12);
        double Entropy(params double[] p) => -p.Where(x => x > 0).Sum(x => x * Math.Log(x));
        Assert.Equal(Entropy(10 / 300.0, 290 / 300.0) / Entropy(1 / 300.0, 6 / 300.0, 293 / 300.0) / 2, found.Entropy, 1e-12);
        // Pairs that are: rare-x, some-x, much-x, much-y; the generation has some-x and much-x.
        Assert.Equal(0.5, found.Pairs, 1e-12);
        // Its 1% quantile is 30, below which a tenth of the real rows lie; its 99% quantile likewise: each .09 off.
        Assert.Equal(0.09, found.Tails, 0.004);
    }
}
