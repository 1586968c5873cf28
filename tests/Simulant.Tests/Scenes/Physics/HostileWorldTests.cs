using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

/// <summary>Worlds that no one would mean: whatever they do, states stay finite and steps return.</summary>
public class HostileWorldTests
{
    private static readonly RandomStream Draws = new(6, "hostile");

    [Fact]
    public void States_stay_finite_whatever_the_world()
    {
        for (int trial = 0; trial < 40; trial++)
        {
            int count = 2 + Draws.Below(8, trial, 0);
            var bodies = new List<RigidBody> { Worlds.Floor() };
            for (int i = 0; i < count; i++) bodies.Add(Body(trial, i));
            var joints = new List<Joint>();
            if (trial % 3 == 0)
                joints.Add(new((JointKind)(trial / 3 % 4), 1, 2, Pose.At(new(0, trial, 0))));
            var world = new PhysicsWorld(new(bodies) { Joints = joints }, Worlds.Run());
            for (int step = 0; step < 30; step++) world.Step(trial % 2 == 0 ? 1.0 / 60 : 1.0 / 7);
            for (int i = 0; i < world.Count; i++)
                Assert.True(world.CentreOf(i).IsFinite && world.VelocityOf(i).IsFinite && world.SpinOf(i).IsFinite && world.PoseOf(i)
                .IsRigid,
                    $"trial {trial}, body {i}: {world.CentreOf(i)}, {world.VelocityOf(i)}, {world.SpinOf(i)}");
        }
    }

    // Sizes over three decades, masses over nine, many in one place, some fast, some turned to lie exactly on others.
    private static RigidBody Body(int trial, int i)
    {
        float U(int slot) => (float)Draws.Uniform(trial * 16 + i, slot);
        float size = MathF.Pow(10, 3 * U(1) - 2.5f);
        Collider collider = ((trial + i) % 5) switch
        {
            0 => new SphereCollider(size),
            1 => new BoxCollider(new(size, size * .01f + .001f, size)),
            2 => new CapsuleCollider(size * .1f, size),
            3 => new BoxCollider(new(size)),
            _ => new HullCollider([default, new(size, 0, 0), new(0, size, 0), new(0, 0, size), new(size)]),
        };
        var place = trial % 4 == 0 ? new Vector3(0, .5f, 0) : new Vector3(U(2), 2 * U(3), U(4));
        return new($"body {i}", collider, trial % 5 == 0 ? Pose.At(place) : Pose.Turn(new(U(5), U(6), U(7) + .01f), 6 * U(8), place))
        {
            Mass = MathF.Pow(10, 9 * U(9) - 5),
            Velocity = U(10) < .3f ? new(1000 * U(11), -500 * U(12), 0) : default,
            Spin = U(13) < .3f ? new(5000 * U(14), 0, 300) : default,
            Surface = new(2 * U(15), U(16), U(17) < .5f ? 0 : .1f),
        };
    }
}
