using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Physics;

public class RotationTests
{
    private static readonly RandomStream Draws = new(5, "rotations");

    [Fact]
    public void Angles_are_those_of_the_library()
    {
        for (int i = 0; i < 2000; i++)
        {
            double x = Draws.Normal(i, 0) * Math.Pow(10, i % 7 - 3), y = Draws.Normal(i, 1);
            Assert.Equal(Math.Atan2(y, x), Arc.Tangent(y, x), 2e-15);
        }
        Assert.Equal((0, Math.PI, Math.PI / 2, -Math.PI / 2),
            (Arc.Tangent(0, 1), Arc.Tangent(0, -1), Arc.Tangent(3, 0), Arc.Tangent(-3, 0)));
        Assert.Equal(0, Arc.Tangent(0, 0));
    }

    [Theory]
    [InlineData(.001, 1e-15)]
    [InlineData(.1, 1e-14)]
    [InlineData(1, 1e-5)]
    public void A_turn_is_that_of_its_sine_and_cosine(double angle, double within)
    {
        for (int i = 0; i < 100; i++)
        {
            var axis = new Vec3(Draws.Normal(i, 2), Draws.Normal(i, 3), Draws.Normal(i, 4)).Unit;
            var turn = Quat.Turn(axis * angle);
            Assert.Equal(Math.Cos(angle / 2), turn.W, within);
            Assert.InRange((turn.Vector - axis * Math.Sin(angle / 2)).Length, 0, within);
        }
    }

    [Fact]
    public void Quaternions_and_matrices_are_one_another()
    {
        for (int i = 0; i < 200; i++)
        {
            var q = new Quat(Draws.Normal(i, 5), Draws.Normal(i, 6), Draws.Normal(i, 7), Draws.Normal(i, 8)).Unit;
            var p = new Quat(Draws.Normal(i, 9), Draws.Normal(i, 10), Draws.Normal(i, 11), Draws.Normal(i, 12)).Unit;
            var back = Quat.Of(q.Matrix);
            double sign = back.X * q.X + back.Y * q.Y + back.Z * q.Z + back.W * q.W;
            Assert.Equal(1, Math.Abs(sign), 1e-12);
            var v = new Vec3(1, 2, 3);
            Assert.InRange(((q * p).Matrix * v - q.Matrix * (p.Matrix * v)).Length, 0, 1e-12);
            Assert.InRange((q.Matrix.Inverse() * v - q.Matrix.Back(v)).Length, 0, 1e-12);
            Assert.Equal(1, q.Matrix.Determinant, 1e-12);
        }
    }
}
