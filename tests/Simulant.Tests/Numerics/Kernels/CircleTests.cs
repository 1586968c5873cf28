using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;
using Xunit;

namespace Simulant.Tests.Numerics.Kernels;

public sealed class CircleTests
{
    [Fact]
    public void Agrees_with_sine_and_cosine_in_double()
    {
        double worst = 0;
        for (int i = 0; i <= 1 << 20; i++)
        {
            float turn = i / (float)(1 << 20);
            var (cosine, sine) = Circle.At(turn);
            worst = Math.Max(worst, Math.Abs(cosine - Math.Cos(2 * Math.PI * turn)));
            worst = Math.Max(worst, Math.Abs(sine - Math.Sin(2 * Math.PI * turn)));
        }
        Assert.InRange(worst, 0, 1e-7);
    }

    [Fact]
    public void Quarters_of_a_turn_are_exact()
    {
        (float Turn, float Cosine, float Sine)[] quarters = [(0, 1, 0), (0.25f, 0, 1), (0.5f, -1, 0), (0.75f, 0, -1), (1, 1, 0)];
        Assert.All(quarters, q => Assert.Equal((q.Cosine, q.Sine), Circle.At(q.Turn)));
    }

    [Fact]
    public void Eight_at_once_have_the_bits_of_one()
    {
        for (int i = 0; i < 1 << 16; i++)
        {
            var turns = Vector256.Create(i / (float)(1 << 16)) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) * (1f / (1 << 20));
            var (cosines, sines) = Circle.At(turns);
            for (int lane = 0; lane < 8; lane++) Assert.Equal(Circle.At(turns[lane]), (cosines[lane], sines[lane]));
        }
    }
}
