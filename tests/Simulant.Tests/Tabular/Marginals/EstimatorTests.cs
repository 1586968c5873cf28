using Simulant.Data;
using Simulant.Tabular.Marginals.Inference;
using Xunit;

namespace Simulant.Tests.Tabular.Marginals;

public class EstimatorTests
{
    private static readonly int[] Sizes = [4, 3, 2];

    private static readonly int[] Coarse = [0, 1, 1, 0];

    /// <summary>A joint table of three columns with dependence of every pair.</summary>
    private static double Truth(int a, int b, int c) => 40 + 30 * (Coarse[a] == b % 2 ? 1 : 0) + 25 * (a % 2 == c ? 1 : 0) + 10 * b * c + a;

    [Fact]
    public void Pairs_under_coarser_codings_give_the_most_even_table_that_has_their_counts()
    {
        var nodes = new Nodes(Sizes);
        nodes.Add(0, Coarse, 2);
        int coarse = nodes.Count - 1;
        double total = Joint(Truth).Sum();
        var estimator = new Estimator(nodes, total, 1e-6);
        int[][] asked = [[0], [1], [2], [0, 2], [coarse, 1], [1, 2]];
        foreach (int[] set in asked)
        {
            double[] counts = Counted(Joint(Truth), nodes, set);
            estimator.Add(new Measurement(set, counts, [.. counts.Select(_ => 1e-3)]));
        }
        estimator.Fit(2000, CancellationToken.None);
        double[] raked = Raked(nodes, asked);
        double[][][] pairs = estimator.Tables.Pairs(RunContext.Quiet(1));
        foreach (var (a, b) in (ReadOnlySpan<(int, int)>)[(0, 1), (0, 2), (1, 2)])
        {
            double[] expected = Counted(raked, nodes, [a, b]);
            for (int cell = 0; cell < expected.Length; cell++) Assert.Equal(expected[cell], pairs[a][b][cell], 0.02);
        }
        // The pair that was measured coarsely keeps its coarse counts, and its fine ones are not the true ones.
        Assert.Equal(Counted(Joint(Truth), nodes, [coarse, 1])[0], nodes.Joined(pairs[0][1], coarse, 1)[0], 0.02);
        Assert.Contains(Counted(Joint(Truth), nodes, [0, 1]).Zip(pairs[0][1]), c => Math.Abs(c.First - c.Second) > 0.5);
    }

    [Fact]
    public void A_coarser_coding_makes_a_smaller_tree()
    {
        var nodes = new Nodes([20, 20, 20]);
        nodes.Add(0, [.. Enumerable.Range(0, 20).Select(k => k / 10)], 2);
        // The loop of all three under the finest coding is one clique; under the coarse one the first column hangs on its coding.
        Assert.Equal(8000, JunctionTree.CellsFor(nodes, [[0, 1], [1, 2], [0, 2]]));
        Assert.Equal(2 * 20 * 20 + 20, JunctionTree.CellsFor(nodes, [[3, 1], [1, 2], [3, 2]]));
        // Where the first column itself meets another, its table with that one needs no axis for the coding.
        Assert.Equal(2 * 20 * 20 + 20 * 20, JunctionTree.CellsFor(nodes, [[3, 1], [1, 2], [3, 2], [0, 1]]));
    }

    [Fact]
    public void Codings_that_do_not_nest_are_refused()
    {
        var nodes = new Nodes([4]);
        nodes.Add(0, [0, 0, 1, 1], 2);
        Assert.Throws<InvalidDataException>(() => nodes.Add(0, [0, 1, 1, 1], 2));
        Assert.Throws<InvalidDataException>(() => nodes.Add(0, [0, 0, 2, 2], 2));
        Assert.Throws<InvalidDataException>(() => nodes.Add(0, [0, 0, 0], 1));
        nodes.Add(0, [0, 0, 0, 0], 1);
        Assert.Equal([0, 0], nodes.Between(1, 2));
        Assert.Equal([0], nodes.Axes([2, 1, 0]));
        Assert.True(nodes.Tells([1], 2));
        Assert.False(nodes.Tells([2], 1));
    }

    private static double[] Joint(Func<int, int, int, double> of) => [.. from a in Enumerable.Range(0, Sizes[0])
        from b in Enumerable.Range(0, Sizes[1]) from c in Enumerable.Range(0, Sizes[2]) select of(a, b, c)];

    private static int Cell(Nodes nodes, int[] set, int joint)
    {
        int[] codes = [joint / (Sizes[1] * Sizes[2]), joint / Sizes[2] % Sizes[1], joint % Sizes[2]];
        return set.Aggregate(0, (cell, node) => cell * nodes.Sizes[node] + nodes.CodesOf(node)[codes[nodes.ColumnOf(node)]]);
    }

    private static double[] Counted(double[] joint, Nodes nodes, int[] set)
    {
        double[] counts = new double[set.Aggregate(1, (cells, node) => cells * nodes.Sizes[node])];
        for (int cell = 0; cell < joint.Length; cell++) counts[Cell(nodes, set, cell)] += joint[cell];
        return counts;
    }

    /// <summary>Iterative proportional fitting of the whole joint table.</summary>
    private static double[] Raked(Nodes nodes, int[][] asked)
    {
        double[] joint = Joint((_, _, _) => 1);
        for (int round = 0; round < 3000; round++)
            foreach (int[] set in asked)
            {
                double[] goal = Counted(Joint(Truth), nodes, set), now = Counted(joint, nodes, set);
                for (int cell = 0; cell < joint.Length; cell++)
                    joint[cell] *= goal[Cell(nodes, set, cell)] / now[Cell(nodes, set, cell)];
            }
        return joint;
    }
}
