using Simulant.Numerics.Pixels;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Pixels;

public class BlockTransformTests
{
    [Fact]
    public void It_is_the_sum_of_the_standard_and_its_inverse_undoes_it()
    {
        var stream = new RandomStream(2, "block");
        float[] given = [.. Enumerable.Range(0, 64).Select(i => (float)stream.Below(256, i, 0) - 128)], block = [.. given];
        BlockTransform.Forward(block);
        for (int v = 0; v < 8; v++)
            for (int u = 0; u < 8; u++)
            {
                double sum = 0;
                for (int y = 0; y < 8; y++)
                    for (int x = 0; x < 8; x++)
                        sum += given[8 * y + x] * Math.Cos((2 * x + 1) * u * Math.PI / 16) * Math.Cos((2 * y + 1) * v * Math.PI / 16);
                double scale = (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4;
                Assert.Equal(sum * scale, block[8 * v + u], 1e-3);
            }
        BlockTransform.Inverse(block);
        for (int i = 0; i < 64; i++) Assert.Equal(given[i], block[i], 1e-3);
    }

    [Fact]
    public void Lanes_give_the_bits_of_numbers_one_by_one()
    {
        var stream = new RandomStream(4, "block");
        float[] block = [.. Enumerable.Range(0, 64).Select(i => (float)(2000 * stream.Normal(i, 0)))], half = new float[64],
            expected = new float[64];
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
            {
                float sum = BlockTransform.Basis[8 * i] * block[j];
                for (int k = 1; k < 8; k++) sum += BlockTransform.Basis[8 * i + k] * block[8 * k + j];
                half[8 * i + j] = sum;
            }
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
            {
                float sum = half[8 * i] * BlockTransform.Basis[8 * j];
                for (int k = 1; k < 8; k++) sum += half[8 * i + k] * BlockTransform.Basis[8 * j + k];
                expected[8 * i + j] = sum;
            }
        BlockTransform.Forward(block);
        Assert.Equal(expected, block);
    }
}
