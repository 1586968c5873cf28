using Simulant.Data;
using Simulant.Validation;
using Simulant.Validation.Comparison;
using Simulant.Validation.Fidelity;
using Xunit;

namespace Simulant.Tests.Validation.Fidelity;

public class WholeTableTests
{
    [Fact]
    public void Mmd_equals_brute_force()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 60), SurveyTables.Draw(60, 40), SurveyTables.Draw(500, 50));
        var embedding = new Embedding(tables, flagMissing: false);
        var mmd = Mmd.Of(tables, embedding, Part.Synthetic, RunContext.Quiet(1))!;
        double[][] x = OneHot.Rows(tables, Part.Training), y = OneHot.Rows(tables, Part.Synthetic);
        double[] spread = [.. x.SelectMany((a, i) => x.Take(i).Select(b => OneHot.Squared(a, b))).Order()];
        double median = spread[spread.Length / 2];
        double Mean(double[][] a, double[][] b, bool same) => a.SelectMany((p, i) => b.Where((_, j) => !same || i != j)
            .Select(q => Math.Exp(-OneHot.Squared(p, q) / median))).Average();
        Assert.Equal(Mean(x, x, true) + Mean(y, y, true) - 2 * Mean(x, y, false), mmd.Value(), 1e-5);
    }

    [Fact]
    public void Summaries_are_those_of_the_textbook()
    {
        var column = ComparedColumn.OfNumbers(
            new ColumnSchema("n", ColumnKind.Decimal), [1, 2, 3, 4, double.NaN], [2, 2], [double.PositiveInfinity, 0]);
        var found = ColumnSummaries.Compare(column, 1, 1);
        Assert.Equal((5, 0.2, 4, 2.5), (found.Training.Count, found.Training.Missing, found.Training.Distinct, found.Training.Mean));
        Assert.Equal(5.0 / 3, found.Training.Variance, 1e-12);
        Assert.Equal([1, 1.75, 2.5, 3.25, 4], [.. new[] { 0, 3, 4, 5, 8 }.Select(i => found.Training.Quantiles[i])]);
        Assert.Equal(0, found.Synthetic.Mean);
        Assert.Equal(0.8, found.TrainingShares.Sum(), 1e-12);
        Assert.Equal(1, found.SyntheticShares.Sum(), 1e-12);
    }

    [Fact]
    public void Distances_of_moments_follow_their_definitions()
    {
        var real = ColumnSummaries.Compare(ComparedColumn.OfNumbers(
            new ColumnSchema("n", ColumnKind.Decimal), [0, 0, 10, 10], [], [5, 5, 25, 25]), 1, 1);
        (ColumnSummary, ColumnSummary)[] pair = [(real.Training, real.Synthetic)];
        Assert.Equal(10 / Math.Sqrt(100.0 / 3), MomentDistances.Mean(pair).Value, 1e-12);
        Assert.Equal(Math.Log(2), MomentDistances.Variance(pair).Value, 1e-12);
        Assert.Equal((3 * 0.5 + 1.0 + 3 * 1.5) / 7, MomentDistances.Quantiles(pair).Value, 1e-12);
        Assert.Equal(0, MomentDistances.Missing(pair).Value);
    }

    [Fact]
    public void Tails_count_rare_values_by_band()
    {
        string?[] training = [.. Enumerable.Repeat("common", 150), "one", "two", "two", .. Enumerable.Repeat("ten", 10)];
        var schema = new ColumnSchema("c", ColumnKind.Category);
        CodedColumn Column(params string?[] values) => CodedColumn.From(schema, values);
        var table = new Table("t", [Column(training)]);
        var tables = SurveyTables.Compared(table,
            new Table("t", [Column("one", "ten", "common")]), new Table("t", [Column("two", "ten", "common")]));
        var bands = Tails.Measure(tables, 1);
        Assert.Equal([1, 1, 1, 0], bands.Select(b => b.Values));
        Assert.Equal([0, 1, 1, double.NaN], bands.Select(b => b.Synthetic));
        Assert.Equal([1, 0, 1, double.NaN], bands.Select(b => b.Holdout));
    }

    [Fact]
    public void Extremes_of_continuous_columns_are_tails()
    {
        Table Make(int from, int to) => new("t", [SurveyTables.Number(
            "n", ColumnKind.Decimal, [.. Enumerable.Range(from, to - from).Select(i => i + 0.5)])]);
        var bands = Tails.Measure(SurveyTables.Compared(Make(0, 1000), Make(0, 1000), Make(3, 995)), 1);
        Assert.Equal([2, 2, 2, 2], bands.Select(b => b.Values));
        Assert.Equal([0, 0.5, 1, 1], bands.Select(b => b.Synthetic)); // lost: the 3 least and the 5 greatest
        Assert.Equal([1, 1, 1, 1], bands.Select(b => b.Holdout));
    }

    [Fact]
    public void The_plane_shows_each_table_and_its_axes_explain_most()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 900), SurveyTables.Draw(900, 300), SurveyTables.Draw(2000, 700));
        var scatter = PrincipalPlane.Of(tables, 1)!;
        Assert.Equal((500, 300, 500), (scatter.Training.Count, scatter.Holdout.Count, scatter.Synthetic.Count));
        Assert.True(scatter.Explained[0] >= scatter.Explained[1] && scatter.Explained[1] > 0);
        Assert.All(scatter.Synthetic, p => Assert.True(double.IsFinite(p.X) && double.IsFinite(p.Y)));
    }
}
