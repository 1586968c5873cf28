using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

/// <summary>What engines are measured beside has to work itself: chained equations and the isolation forest.</summary>
public class RivalsTests
{
    private static readonly RandomStream Stream = new(5, "rivals");

    /// <summary>A number, its double, and a category that says on which side of 5 it is; x is known or follows from the others.</summary>
    private static Table Tied(int rows, int from = 0)
    {
        double[] x = [.. Enumerable.Range(from, rows).Select(r => Math.Floor(10 * Stream.Uniform(r, 0)))];
        int[] side = [.. x.Select(v => v < 5 ? 0 : 1)];
        return new Table("tied",
        [
            new NumericColumn(new ColumnSchema("x", ColumnKind.Integer), x),
            new NumericColumn(new ColumnSchema("y", ColumnKind.Integer), [.. x.Select(v => 2 * v)]),
            new CodedColumn(new ColumnSchema("side", ColumnKind.Category), side, ["low", "high"]),
        ]);
    }

    [Fact]
    public void Chained_equations_find_what_follows_from_the_other_cells()
    {
        var like = Tied(600);
        string[] names = ["x", "y", "side"];
        var training = CellTable.Of(like, names, like);
        var table = CellTable.Of(Tied(200, 600), names, like);
        // Of each row one cell is hidden, in turn.
        bool[][] hidden = [.. names.Select((_, c) => Enumerable.Range(0, 200).Select(r => r % 3 == c).ToArray())];
        var chained = new ChainedEquations(training, RunContext.Quiet(1, 2));
        double[][] filled = chained.Fill(table, hidden, 5);
        for (int c = 0; c < names.Length; c++)
            for (int r = 0; r < 200; r++)
                Assert.Equal(table.Values[c][r], filled[c][r], hidden[c][r] && c < 2 ? 0.5 : 0);
        // Where only y is known, the side starts at the commonest, is trusted, and not always found; the mean would miss x by 2.5.
        hidden = [.. names.Select((_, c) => Enumerable.Repeat(c != 1, 200).ToArray())];
        filled = chained.Fill(table, hidden, 5);
        Assert.InRange(Enumerable.Range(0, 200).Average(r => Math.Abs(filled[0][r] - table.Values[0][r])), 0, 1.75);
    }

    [Fact]
    public void A_level_that_was_not_learned_counts_as_missing_and_the_commonest_is_typical()
    {
        var like = Tied(600);
        var foreign = new Table("t", [new CodedColumn(new ColumnSchema("side", ColumnKind.Category), [0, 1, -1], ["new", "high"])]);
        var cells = CellTable.Of(foreign, ["side"], like);
        Assert.Equal([2, 1, 2], cells.Values[0]);
        Assert.Equal(3, cells.Levels[0]);
        var all = CellTable.Of(like, ["x", "side"], like);
        Assert.Equal(((NumericColumn)like["x"]).Values.ToArray().Average(), all.Typical[0], 1e-9);
        Assert.Equal(all.Values[1].Average() > 0.5 ? 1 : 0, all.Typical[1]);
    }

    [Fact]
    public void What_lies_apart_is_isolated_early()
    {
        const int rows = 800;
        double[][] columns = [[.. Enumerable.Range(0, rows).Select(r => Stream.Normal(r, 1))],
            [.. Enumerable.Range(0, rows).Select(r => Stream.Normal(r, 2))]];
        var forest = new IsolationForest(columns, RunContext.Quiet(1, 2));
        double far = forest.Depth(_ => 6), near = forest.Depth(_ => 0);
        // The mean depth of a search among 256 is about 10; the middle lies deeper, and what is far ends after a few questions.
        Assert.InRange(far, 1, 7);
        Assert.InRange(near, 9, 16);
        double least = Enumerable.Range(0, rows).Min(r => forest.Depth(c => columns[c][r]));
        Assert.True(far < least + 1, $"{far} {least}");
        Assert.Equal(near, new IsolationForest(columns, RunContext.Quiet(1)).Depth(_ => 0));
    }
}
