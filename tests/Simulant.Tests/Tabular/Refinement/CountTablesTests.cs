using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Refinement;
using Xunit;

namespace Simulant.Tests.Tabular.Refinement;

public class CountTablesTests
{
    private static readonly int[][] Subsets = [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]];
    private static readonly RandomStream Stream = new(5, "count tables");

    [Fact]
    public void What_a_row_changes_is_the_difference_of_two_whole_costs()
    {
        var (counts, pool, _) = Counts(margin: 2);
        for (int row = 0; row < 100; row++) counts.Move(pool.Row(row), 1);
        for (int row = 90; row < 110; row++)
        {
            int by = row < 100 ? -1 : 1;
            double before = counts.Cost(), told = counts.Change(pool.Row(row), by);
            counts.Move(pool.Row(row), by);
            double after = counts.Cost();
            Assert.Equal(after - before, told, 1e-3 * Math.Max(1, Math.Abs(told)));
            counts.Move(pool.Row(row), -by);
        }
    }

    [Fact]
    public void Without_a_margin_the_training_rows_themselves_cost_nothing()
    {
        var (counts, _, training) = Counts(margin: 0);
        for (int row = 0; row < training.Count; row++) counts.Move(training.Row(row), 1);
        Assert.Equal(0, counts.Cost(), 1e-6);
    }

    [Fact]
    public void A_great_margin_leaves_the_goals_to_the_pool()
    {
        var (counts, pool, _) = Counts(margin: 10);
        for (int row = 0; row < 200; row++) counts.Move(pool.Row(row), 1);
        Assert.Equal(0, counts.Cost(), 1e-6);
    }

    [Fact]
    public void Values_fall_into_the_bins_of_the_training_rows()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => i < 900 ? 0.0 : i)];
        var column = new ColumnSchema("n", ColumnKind.Decimal);
        var training = new Table("t", [new NumericColumn(column, values)]);
        var bins = new Binning(training, ["n"]);
        var coded = bins.Apply(new Table("t", [new NumericColumn(column,
            [-5, 0, 0.5, 950, 1e9, double.PositiveInfinity, double.NaN])]), RunContext.Quiet(1));
        byte[] coarse = [.. Enumerable.Range(0, 7).Select(r => coded.Row(r)[2])];
        Assert.Equal((coarse[0], coarse[4]), (coarse[1], coarse[5])); // below the heavy value with it, beyond the last with the last
        Assert.True(coarse[1] < coarse[2] && coarse[2] <= coarse[3] && coarse[3] <= coarse[4] && coarse[5] < coarse[6]);
    }

    /// <summary>200 rows of three columns as goals, and a pool of 200 others.</summary>
    private static (CountTables Counts, BinnedRows Pool, BinnedRows Training) Counts(double margin)
    {
        Table Draw(int slot) => new("t",
        [
            new NumericColumn(new ColumnSchema("a", ColumnKind.Decimal),
                [.. Enumerable.Range(0, 200).Select(i => Stream.Normal(i, slot))]),
            new NumericColumn(new ColumnSchema("b", ColumnKind.Integer),
                [.. Enumerable.Range(0, 200).Select(i => (double)Stream.Below(5, i, slot + 1))]),
            CodedColumn.From(new ColumnSchema("c", ColumnKind.Category),
                [.. Enumerable.Range(0, 200).Select(i => Stream.Uniform(i, slot + 2) < 0.2 ? null : "c" + Stream.Below(3, i, slot + 3))]),
        ]);
        var run = RunContext.Quiet(1);
        var training = Draw(0);
        var bins = new Binning(training, ["a", "b", "c"]);
        var (real, pool) = (bins.Apply(training, run), bins.Apply(Draw(10), run));
        var counts = new CountTables(
            Subsets.Select(s => bins.Count(s, margin)), CancellationToken.None);
        float[] ones = [.. Enumerable.Repeat(1f, 200)];
        counts.SetGoals(real, ones, pool, ones);
        return (counts, pool, real);
    }
}
