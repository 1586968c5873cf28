using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Neighbours;

public class AgreeingRowsTests
{
    private static readonly RandomStream Random = new(3, "agreeing rows");

    private static ushort[][] Columns(int columns, int rows, int levels, int slot) => [.. Enumerable.Range(0, columns)
        .Select(c => Enumerable.Range(0, rows).Select(i => (ushort)Random.Below(levels, i, slot + c)).ToArray())];

    [Theory, InlineData(1, 1, 1), InlineData(7, 130, 63), InlineData(12, 2_100, 65), InlineData(3, 64, 200)]
    public void The_best_agreement_equals_brute_force(int columns, int references, int queries)
    {
        var reference = CodedRows.Of(references, Columns(columns, references, 4, 0));
        var query = CodedRows.Of(queries, Columns(columns, queries, 4, 100));
        ushort[][] weights = Columns(columns, queries, 5_000, 200);
        int[] best = AgreeingRows.Best(reference, query, weights);
        for (int q = 0; q < queries; q++)
            Assert.Equal(Enumerable.Range(0, references).Max(r => CodedRows.Agreement(reference, r, query, q, weights)), best[q]);
    }

    [Fact]
    public void A_row_does_not_agree_with_itself_but_with_its_double()
    {
        var rows = CodedRows.Of(3, [[7, 7, 9], [1, 1, 2]]);
        Assert.Equal([30, 30, 0], AgreeingRows.Best(rows, rows, [[10, 10, 10], [20, 20, 20]], sameRows: true));
    }

    [Fact]
    public void Padding_agrees_with_nothing() =>
        Assert.Equal([0], AgreeingRows.Best(CodedRows.Of(1, [[5]]), CodedRows.Of(1, [[0]]), [[9]]));

    [Fact]
    public void Weights_that_would_overflow_and_other_columns_are_refused()
    {
        var rows = CodedRows.Of(1, [[0], [0]]);
        Assert.Throws<ArgumentException>(() => AgreeingRows.Best(rows, rows, [[40_000], [40_000]]));
        Assert.Throws<ArgumentException>(() => AgreeingRows.Best(rows, rows, [[1]]));
    }
}
