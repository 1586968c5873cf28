using System.Numerics;
using Simulant.Bench.Speed;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

/// <summary>Many bodies of every shape, dropped into a bin.</summary>
public class DropTests
{
    private static readonly RandomStream Draws = new(9, "drop");

    [Fact]
    public void Dropped_bodies_come_to_rest_and_overlap_by_less_than_a_millimetre() => Drop(Bin(60), 20);

    [Fact, Trait("Suite", "long")]
    public void A_thousand_dropped_bodies_come_to_rest_and_overlap_by_less_than_a_millimetre() => Drop(PhysicsBench.PileOf(1000), 20);

    [Fact]
    public void States_are_the_same_to_the_bit_on_any_number_of_threads()
    {
        string[] hashes = [.. ((int[])[1, 2, 8]).Select(threads =>
        {
            var world = new PhysicsWorld(Bin(300), Worlds.Run(threads));
            Worlds.Steps(world, .7);
            return world.StateHash();
        })];
        Assert.Single(hashes.Distinct());
    }

    private static void Drop(WorldSpec spec, double most)
    {
        var world = new PhysicsWorld(spec, Worlds.Run(2));
        Assert.True(world.Settle(most), $"not at rest after {most} s");
        var deepest = OverlapAudit.Deepest(world, Worlds.Run(2));
        Assert.InRange(deepest.Gap, -1e-3, 1e-3);
        for (int i = 5; i < world.Count; i++) Assert.True(Math.Abs(world.CentreOf(i).X) < 2 && Math.Abs(world.CentreOf(i).Z) < 2);
    }

    internal static WorldSpec Bin(int count)
    {
        int side = (int)MathF.Ceiling(MathF.Cbrt(count));
        float inner = .11f * side, wide = inner + .1f;
        RigidBody Wall(Vector3 size, Vector3 at) => new("wall", new BoxCollider(size), Pose.At(at)) { Kind = BodyKind.Static };
        var bodies = new List<RigidBody>
        {
            Worlds.Floor(),
            Wall(new(.2f, 4, 2 * wide), new(-wide, 2, 0)),
            Wall(new(.2f, 4, 2 * wide), new(wide, 2, 0)),
            Wall(new(2 * wide, 4, .2f), new(0, 2, -wide)),
            Wall(new(2 * wide, 4, .2f), new(0, 2, wide)),
        };
        for (int i = 0; i < count; i++)
        {
            float x = (i % side + .5f) / side, z = (i / side % side + .5f) / side;
            var place = new Vector3((2 * x - 1) * inner, .3f + .22f * (i / (side * side)), (2 * z - 1) * inner);
            var turn = Pose.Turn(new((float)Draws.Normal(i, 0), (float)Draws.Normal(i, 1), (float)Draws.Normal(i, 2)), 2, place);
            bodies.Add(new($"body {i}", Shape(i), turn) { Surface = new(.5f, 0, .02f) });
        }
        return new(bodies);
    }

    private static Collider Shape(int i)
    {
        float U(int slot) => .05f + .05f * (float)Draws.Uniform(i, slot);
        return (i % 4) switch
        {
            0 => new SphereCollider(U(4)),
            1 => new BoxCollider(new(2 * U(4) / 1.8f, 2 * U(5) / 1.8f, 2 * U(6) / 1.8f)),
            2 => new CapsuleCollider(U(4) / 2, U(4) + U(5)),
            _ => new HullCollider(Enumerable.Range(0, 14).Select(k =>
                U(4) * Vector3.Normalize(new((float)Draws.Normal(i, 7, k), (float)Draws.Normal(i, 8, k), (float)Draws.Normal(i, 9, k))))),
        };
    }
}
