using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Neighbours;

public class NearestRowsTests
{
    private static MixedRows Rows(int count, string name, int numbers, params int[] levels)
    {
        var random = new RandomStream(1, name);
        int[] all = [.. Enumerable.Range(0, count)];
        return MixedRows.Of(count,
            [.. Enumerable.Range(0, numbers).Select(c => all.Select(i => (float)Math.Round(random.Uniform(i, c), 2)).ToArray())],
            [.. levels.Select((l, c) => all.Select(i => random.Below(l, i, 100 + c)).ToArray())], levels);
    }

    public static TheoryData<MixedMetric, int, int, int, int[]> Shapes => new()
    {
        { MixedMetric.Manhattan, 1, 7, 6, [9, 16, 300, 2] },
        { MixedMetric.Manhattan, 500, 130, 0, [3, 2, 5] },
        { MixedMetric.SquaredEuclidean, 3000, 65, 5, [9, 16, 7, 2, 42] },
        { MixedMetric.SquaredEuclidean, 300, 64, 9, [] },
        { MixedMetric.Manhattan, 64, 64, 3, [70_000] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Nearest_and_counts_equal_brute_force(MixedMetric metric, int references, int queries, int numbers, int[] levels)
    {
        MixedRows reference = Rows(references, "reference", numbers, levels), query = Rows(queries, "query", numbers, levels);
        var (distances, rows) = NearestRows.Find(reference, query, metric, 3);
        float[] radii = [.. Enumerable.Range(0, queries).Select(q => distances[3 * q + 2])];
        int[] counts = NearestRows.CountWithin(reference, query, metric, [.. radii.Select(r => float.IsInfinity(r) ? 1e6f : r)]);
        for (int q = 0; q < queries; q++)
        {
            var expected = Enumerable.Range(0, references)
                .Select(r => (Distance: MixedRows.Distance(query, q, reference, r, metric), Row: r))
                .OrderBy(d => d.Distance).ToArray();
            float[] row = NearestRows.Distances(reference, query, q, metric);
            for (int k = 0; k < Math.Min(3, references); k++)
            {
                Assert.Equal(expected[k].Distance, distances[3 * q + k], 1e-4);
                Assert.Equal(expected[k].Distance, row[rows[3 * q + k]], 1e-4);
            }
            double limit = float.IsInfinity(radii[q]) ? 1e6 : radii[q];
            Assert.InRange(counts[q], expected.Count(e => e.Distance <= limit - 1e-4), expected.Count(e => e.Distance <= limit + 1e-4));
        }
    }

    [Fact]
    public void A_row_is_not_its_own_neighbour_but_its_double_is()
    {
        var rows = MixedRows.Of(4, [[0, 0, 1, 5]], [[1, 1, 0, 0]], [2]);
        var (distances, nearest) = NearestRows.Find(rows, rows, MixedMetric.Manhattan, 1, sameRows: true);
        Assert.Equal([0f, 0, 2, 4], distances);
        Assert.Equal([1, 0, 0, 2], nearest);
    }

    [Fact]
    public void Too_few_references_leave_infinity()
    {
        var one = MixedRows.Of(1, [[0f]], [], []);
        Assert.Equal([0f, float.PositiveInfinity], NearestRows.Find(one, one, MixedMetric.Manhattan, 2).Distances);
        Assert.Equal([float.PositiveInfinity], NearestRows.Find(one, one, MixedMetric.Manhattan, 1, sameRows: true).Distances);
    }

    [Fact]
    public void Threads_and_order_of_work_change_no_bit()
    {
        MixedRows reference = Rows(5000, "reference", 6, 9, 5, 3), query = Rows(700, "query", 6, 9, 5, 3);
        var one = NearestRows.Find(reference, query, MixedMetric.SquaredEuclidean, 5);
        var four = NearestRows.Find(
            reference, query, MixedMetric.SquaredEuclidean, 5, false, Work.Loop(RunContext.Quiet(0, 4)));
        Assert.Equal(one.Distances, four.Distances);
        Assert.Equal(one.Rows, four.Rows);
    }

    [Fact]
    public void Rows_of_other_columns_are_refused() => Assert.Throws<ArgumentException>(
        () => NearestRows.Find(Rows(3, "a", 2), Rows(3, "b", 1, 4), MixedMetric.Manhattan));
}
