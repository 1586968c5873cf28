using Simulant.Data;
using Simulant.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors.Products;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

public class MatrixProductTests
{
    private static readonly ProductKernel[] Kernels = [ProductKernel.Fastest, ProductKernel.Vector256, ProductKernel.Vector512];

    private static float[] Numbers(int count, string name)
    {
        var stream = new RandomStream(1, name);
        float[] made = new float[count];
        for (int i = 0; i < count; i++) made[i] = (float)stream.Normal(i, 0);
        return made;
    }

    private static float[] Product(float[] a, bool ta, float[] b, bool tb, int m, int n, int k, ProductKernel kernel,
        float[]? onto = null, ParallelLoop? loop = null)
    {
        float[] c = onto is null ? new float[m * n] : [.. onto];
        if (onto is null) Array.Fill(c, float.NaN);
        MatrixProduct.Multiply(a, ta, b, tb, c, m, n, k, onto is not null, loop, kernel);
        return c;
    }

    // Sizes around the edges of tiles (6, 12, 16, 32) and of blocks (192, 256, 512).
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 33, 7)]
    [InlineData(12, 32, 16)]
    [InlineData(13, 31, 5)]
    [InlineData(25, 70, 3)]
    [InlineData(6, 16, 257)]
    [InlineData(200, 3, 300)]
    [InlineData(7, 530, 260)]
    [InlineData(197, 40, 513)]
    public void Every_kernel_gives_the_bits_of_three_loops(int m, int n, int k)
    {
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b"), onto = Numbers(m * n, "c");
        foreach (bool ta in (bool[])[false, true])
        {
            foreach (bool tb in (bool[])[false, true])
            {
                float[] expected = Product(a, ta, b, tb, m, n, k, ProductKernel.Naive);
                float[] added = Product(a, ta, b, tb, m, n, k, ProductKernel.Naive, onto);
                foreach (var kernel in Kernels)
                {
                    Assert.Equal(expected, Product(a, ta, b, tb, m, n, k, kernel));
                    Assert.Equal(added, Product(a, ta, b, tb, m, n, k, kernel, onto));
                }
            }
        }
    }

    [Fact]
    public void The_oracle_is_the_sum_in_double_precision()
    {
        const int m = 5, n = 4, k = 90;
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b");
        float[] product = Product(a, true, b, true, m, n, k, ProductKernel.Naive);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0, size = 0;
                for (int p = 0; p < k; p++)
                {
                    double term = (double)a[p * m + i] * b[j * k + p];
                    sum += term;
                    size += Math.Abs(term);
                }
                Assert.InRange(product[i * n + j], sum - 1e-5 * size, sum + 1e-5 * size);
            }
        }
    }

    [Theory]
    [InlineData(700, 120, 300)]
    [InlineData(90, 800, 300)]
    public void Threads_change_no_bit(int m, int n, int k)
    {
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b");
        foreach (bool turned in (bool[])[false, true])
        {
            float[] one = Product(a, turned, b, !turned, m, n, k, ProductKernel.Fastest);
            foreach (int threads in (int[])[2, 8])
                Assert.Equal(one, Product(a, turned, b, !turned, m, n, k, ProductKernel.Fastest,
                    loop: Work.Loop(RunContext.Quiet(0, threads))));
        }
    }

    [Fact]
    public void A_row_alone_has_the_bits_it_has_in_a_batch()
    {
        const int m = 100, n = 50, k = 270;
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b");
        float[] whole = Product(a, false, b, false, m, n, k, ProductKernel.Fastest);
        foreach (int row in (int[])[0, 11, 12, 99])
            Assert.Equal(whole[(row * n)..((row + 1) * n)],
                Product(a[(row * k)..((row + 1) * k)], false, b, false, 1, n, k, ProductKernel.Fastest));
    }

    [Fact]
    public void Without_terms_the_sum_is_zero_or_what_was_there()
    {
        Assert.Equal([0f, 0f], Product([], false, [], false, 1, 2, 0, ProductKernel.Fastest));
        Assert.Equal([3f, 4f], Product([], false, [], false, 1, 2, 0, ProductKernel.Fastest, [3, 4]));
        Assert.Empty(Product([], false, [1, 2], false, 0, 2, 1, ProductKernel.Fastest));
    }

    [Fact]
    public void Infinities_and_missing_values_stay_in_their_row()
    {
        const int m = 13, n = 33, k = 5;
        float[] a = Numbers(m * k, "a"), b = Numbers(k * n, "b");
        (a[0], a[k]) = (float.PositiveInfinity, float.NaN);
        float[] product = Product(a, false, b, false, m, n, k, ProductKernel.Fastest);
        Assert.All(product[..n], x => Assert.True(float.IsInfinity(x)));
        Assert.All(product[n..(2 * n)], x => Assert.True(float.IsNaN(x)));
        Assert.All(product[(2 * n)..], x => Assert.True(float.IsFinite(x)));
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused() =>
        Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[5], false, new float[6], false, new float[4], 2, 2, 3));
}
