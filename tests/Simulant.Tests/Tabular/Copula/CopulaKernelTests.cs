using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Tabular.Copula;
using Xunit;

namespace Simulant.Tests.Tabular.Copula;

public class CopulaKernelTests
{
    [Fact]
    public void Lanes_equal_single_addresses_at_any_cut()
    {
        var stream = new RandomStream(3, "lanes");
        long[] items = [.. Enumerable.Range(0, 77).Select(i => (long)i * 1_234_567_891_011)];
        int[] draws = [.. Enumerable.Range(0, 77).Select(i => i % 3)];
        float[][] into = [.. Enumerable.Range(0, 4).Select(_ => new float[77])];
        NormalLanes.Fill(stream, items, draws, 9, into[0], into[1], into[2], into[3]);
        for (int r = 0; r < 77; r++)
        {
            var (a, b, c, d) = stream.Bits(items[r], 9, draws[r]);
            Assert.Equal([NormalLanes.Of(a), NormalLanes.Of(b), NormalLanes.Of(c), NormalLanes.Of(d)],
                [into[0][r], into[1][r], into[2][r], into[3][r]]);
        }
    }

    [Fact]
    public void Lane_normals_are_the_quantiles_of_their_bits()
    {
        for (long bits = 0; bits <= uint.MaxValue; bits += 104_729)
        {
            double p = ((bits >> 8) + 0.5) / (1 << 24), exact = NormalQuantile.At(p);
            Assert.InRange(NormalLanes.Of((uint)bits) - exact, -3e-6 * Math.Max(1, Math.Abs(exact)),
                3e-6 * Math.Max(1, Math.Abs(exact)));
        }
        Assert.True(float.IsFinite(NormalLanes.Of(0)) && float.IsFinite(NormalLanes.Of(uint.MaxValue)));
        Assert.Equal(-NormalLanes.Of(0), NormalLanes.Of(uint.MaxValue));
    }

    // Values of R's qnorm, 16 digits.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-300, -37.0471)]
    public void Normal_quantiles(double p, double expected) =>
        Assert.Equal(expected, NormalQuantile.At(p), p < 1e-100 ? 1e-4 : 1e-13);

    [Theory, InlineData(1), InlineData(63), InlineData(64), InlineData(300)]
    public void The_triangular_product_equals_the_plain_sums_for_any_number_of_rows(int rows)
    {
        var stream = new RandomStream(4, "product");
        const int Size = 7;
        float[][] lower = [.. Enumerable.Range(0, Size).Select(d =>
            Enumerable.Range(0, d + 1).Select(k => (float)stream.Normal(d, k)).ToArray())];
        float[][] columns = [.. Enumerable.Range(0, Size).Select(d =>
            Enumerable.Range(0, rows).Select(r => (float)stream.Normal(r, 100 + d)).ToArray())];
        float[][] expected = [.. Enumerable.Range(0, Size).Select(_ => new float[rows])];
        for (int d = 0; d < Size; d++)
            for (int r = 0; r < rows; r++)
                for (int k = 0; k <= d; k++) expected[d][r] = MathF.FusedMultiplyAdd(lower[d][k], columns[k][r], expected[d][r]);
        TriangularProduct.Apply(lower, columns, rows);
        for (int d = 0; d < Size; d++) Assert.Equal(expected[d], columns[d]);
    }

    [Fact]
    public void Thresholds_find_their_piece_and_have_the_right_scores()
    {
        var cuts = Thresholds.FromShares([0.1, 0.2, 0.0001, 0.3, 0.3999]);
        for (float z = -8; z < 8; z += 0.001f)
        {
            int piece = cuts.Find(z);
            Assert.True(z >= cuts.Edges[piece] && z < cuts.Edges[piece + 1]);
        }
        // The mean of a half normal is sqrt(2 / pi).
        Assert.Equal([-0.7978845608, 0.7978845608], Thresholds.FromShares([0.5, 0.5]).Scores().Select(s => Math.Round(s, 10)));
    }

    [Theory, InlineData(-0.9), InlineData(-0.3), InlineData(0.2), InlineData(0.6), InlineData(0.95)]
    public void A_tetrachoric_correlation_is_found_from_its_own_table(double rho)
    {
        // Two halves: P(both above) = 1/4 + asin(rho) / (2 pi) (Sheppard 1899).
        double both = 0.25 + Math.Asin(rho) / (2 * Math.PI);
        const int Rows = 400_000;
        int[] a = new int[Rows], b = new int[Rows];
        for (int r = 0; r < Rows; r++)
        {
            a[r] = r < Rows / 2 ? 1 : 0;
            bool agree = r % (Rows / 2) < both * Rows;
            b[r] = agree ? a[r] : 1 - a[r];
        }
        var cuts = Thresholds.FromShares([0.5, 0.5]);
        double[,] found = LatentCorrelation.Estimate(
            [new TrainingLatent(0, cuts, a), new TrainingLatent(1, cuts, b)], Rows, Simulant.Data.RunContext.Quiet(1));
        // The series is cut at 24 terms, which matters only near one.
        Assert.Equal(rho, found[0, 1], Math.Abs(rho) > 0.9 ? 0.02 : 0.001);
    }

    [Fact]
    public void A_broken_correlation_matrix_is_repaired_nearby()
    {
        double[,] broken = { { 1, 0.9, -0.9, 0 }, { 0.9, 1, 0.9, 0 }, { -0.9, 0.9, 1, 0.1 }, { 0, 0, 0.1, 1 } };
        Assert.Null(PositiveMatrix.Cholesky(broken));
        double[,] repaired = PositiveMatrix.Repair(broken, (i, j) => i + j == 3 && Math.Abs(i - j) == 3);
        Assert.NotNull(PositiveMatrix.Cholesky(repaired));
        for (int i = 0; i < 4; i++) Assert.Equal(1, repaired[i, i], 1e-9);
        Assert.Equal(0, repaired[0, 3]);
        Assert.True(repaired[0, 1] > 0.3 && repaired[0, 2] < -0.3);
        double[,] sound = { { 1, 0.5 }, { 0.5, 1 } };
        Assert.Same(sound, PositiveMatrix.Repair(sound));
    }
}
