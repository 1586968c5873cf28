using Simulant.Tabular.Marginals.Inference;
using Xunit;

namespace Simulant.Tests.Tabular.Marginals;

public class EstimatorTests
{
    private static Measurement Exact(int[] columns, double[] counts, int[]? joined = null) =>
        new(columns, counts, [.. counts.Select(_ => 1e-6)], joined);

    [Fact]
    public void A_pair_counted_in_joined_cells_shares_each_out_as_the_columns_alone_say()
    {
        // Columns of 4 and 3 codes; the first one's codes are counted two by two with the second. The most even table with these counts
        // is P(a | its pair) times the joined table.
        double[] joined = [120, 60, 20, 30, 90, 80], first = [50, 150, 110, 90], second = [150, 150, 100];
        var estimator = new Estimator([4, 3], 400, 0.005);
        estimator.Add(Exact([0], first));
        estimator.Add(Exact([1], second));
        estimator.Add(Exact([0, 1], joined, [.. Enumerable.Range(0, 12).Select(cell => cell / 3 / 2 * 3 + cell % 3)]));
        estimator.Fit(200, default);
        double[] fitted = estimator.Tables.Marginal([0, 1]);
        for (int a = 0; a < 4; a++)
            for (int b = 0; b < 3; b++)
                Assert.Equal(joined[a / 2 * 3 + b] * first[a] / (first[a / 2 * 2] + first[a / 2 * 2 + 1]), fitted[a * 3 + b], 1e-2);
    }

    [Fact]
    public void Columns_alone_are_not_drawn_to_even_counts()
    {
        // Under noise of variance 2,500 on joined codes: 30 parts each.
        double[] counts = [29_000, 3_000, 560];
        var estimator = new Estimator([3], 32_560, 0.005);
        estimator.Add(new Measurement([0], counts, [2_500, 75_000, 75_000]));
        estimator.Fit(50, default);
        double[] fitted = estimator.Tables.Marginal([0]);
        for (int k = 0; k < 3; k++) Assert.InRange(fitted[k] - counts[k], -40, 40);
        Assert.True(fitted.All(n => n > 0));
    }

    [Fact]
    public void Counts_below_zero_come_out_as_next_to_nothing()
    {
        var estimator = new Estimator([3], 1_000, 0.005);
        estimator.Add(new Measurement([0], [1_100, -150, 40], [2_500, 2_500, 2_500]));
        estimator.Fit(50, default);
        double[] fitted = estimator.Tables.Marginal([0]);
        Assert.InRange(fitted[1], 0, 1);
        Assert.InRange(fitted[0], 1_080, 1_110);
    }
}
