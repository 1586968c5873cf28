using System.Numerics;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

public class JointTests
{
    private const double G = 9.81f;

    // About z: the joint's y axis turned there.
    private static readonly Pose AboutZ = Pose.Turn(Vector3.UnitX, MathF.PI / 2);

    private static RigidBody Post(Vector3 at) => new("post", new BoxCollider(new(.1f)), Pose.At(at)) { Kind = BodyKind.Static };

    [Theory]
    [InlineData(JointKind.Ball)]
    [InlineData(JointKind.Hinge)]
    public void A_pendulum_swings_at_its_period_and_keeps_its_energy(JointKind kind)
    {
        // A ball on a rod of a metre: T = 2 pi sqrt(I / (m g L)), I = m (L^2 + 2/5 r^2), and sine's correction for 0.1 rad.
        var ball = Worlds.Sphere(.1f, new((float)Math.Sin(.1), 2 - (float)Math.Cos(.1), 0));
        var world = new PhysicsWorld(new([Post(new(0, 2, 0)), ball], null, new() { SleepAfter = double.PositiveInfinity })
        {
            Joints = [new(kind, 0, 1, AboutZ with { Translation = new(0, 2, 0) })],
        }, Worlds.Run());
        double expected = 2 * Math.PI * Math.Sqrt(1.004 / G) * (1 + .01 / 16), energy = world.KineticEnergy() + world.PotentialEnergy();
        var crossings = new List<double>();
        for (int step = 0; step < 1300; step++)
        {
            double before = world.CentreOf(1).X;
            world.Step(1.0 / 60);
            double after = world.CentreOf(1).X;
            if (before > 0 && after <= 0) crossings.Add(world.Time - after / (after - before) / 60);
            Assert.Equal(1, (world.CentreOf(1) - new Vec3(0, 2, 0)).Length, 1e-3);
        }
        double period = (crossings[^1] - crossings[0]) / (crossings.Count - 1);
        Assert.Equal(1, period / expected, 2e-3);
        double drift = (world.KineticEnergy() + world.PotentialEnergy() - energy) / (world.MassOf(1) * G * (1 - Math.Cos(.1)));
        Assert.InRange(drift, -.1, .01);
    }

    [Fact]
    public void A_motor_turns_a_wheel_at_its_speed_and_a_weak_one_speeds_it_up_by_its_torque()
    {
        var wheel = Worlds.Sphere(.2f, new(0, 1, 0)) with { Mass = 5 };
        foreach (double force in (double[])[100, .01])
        {
            var world = new PhysicsWorld(new([Post(new(0, 1, 0)), wheel])
            {
                Joints = [new(JointKind.Hinge, 0, 1, AboutZ with { Translation = new(0, 1, 0) })
                    { MotorSpeed = 10, MotorForce = (float)force }],
            }, Worlds.Run());
            Worlds.Steps(world, 2);
            double inertia = .4 * 5 * .04, speed = Math.Min(10, force * 2 / inertia);
            Assert.Equal(speed, Math.Abs(world.SpinOf(1).Z), 1e-3);
            Assert.InRange(world.CentreOf(1).Y, 1 - 1e-3, 1 + 1e-3);
            if (force > 1) Assert.Equal(20, Math.Abs(world.JointPosition(0)), .2);
        }
    }

    [Fact]
    public void A_hinge_stops_at_its_limit()
    {
        var arm = Worlds.Box(new(1, .1f, .1f), new(.5f, 2, 0));
        var world = new PhysicsWorld(new([Post(new(0, 2, 0)), arm])
        {
            Joints = [new(JointKind.Hinge, 0, 1, AboutZ with { Translation = new(0, 2, 0) }) { Low = -.5f, High = .5f }],
        }, Worlds.Run());
        Assert.True(world.Settle(10));
        Assert.Equal(.5, Math.Abs(world.JointPosition(0)), 2e-3);
        Assert.Equal(2 - .5 * Math.Sin(.5), world.CentreOf(1).Y, 2e-3);
    }

    [Fact]
    public void A_slide_moves_along_its_axis_only_to_its_limit_and_lifts_what_its_motor_can()
    {
        var box = Worlds.Box(new(.2f), new(1, 1, 0)) with { Mass = 2 };
        var world = new PhysicsWorld(new([Post(new(1, 0, 0)), box])
        {
            Joints = [new(JointKind.Slide, 0, 1, Pose.At(new(1, 1, 0))) { Low = -.3f, High = .4f, MotorSpeed = .5f, MotorForce = 15 }],
        }, Worlds.Run());
        // 15 N do not hold 2 kg up.
        Worlds.Steps(world, 2);
        Assert.Equal(-.3, world.JointPosition(0), 1e-3);
        world.Drive(0, .5, 30);
        Worlds.Steps(world, 1);
        // Half a metre a second, but for what getting there at (30 N - m g) / m costs.
        Assert.Equal(.2 - .25 / 2 / (15 - G), world.JointPosition(0), 2e-3);
        Worlds.Steps(world, 1);
        Assert.Equal(.4, world.JointPosition(0), 2e-3);
        Assert.InRange((world.CentreOf(1) - new Vec3(1, 1.4, 0)).Length, 0, 3e-3);
        Assert.InRange(world.SpinOf(1).Length, 0, 1e-3);
    }

    [Fact]
    public void What_is_fixed_together_flies_and_lands_as_one()
    {
        RigidBody one = Worlds.Box(new(.2f), new(0, 1, 0)) with { Spin = new(0, 0, 3) }, other = Worlds.Box(new(.2f), new(.2f, 1, 0));
        var world = new PhysicsWorld(new([Worlds.Floor(), one, other])
        {
            Joints = [new(JointKind.Fixed, 1, 2, Pose.At(new(.1f, 1, 0)))],
        }, Worlds.Run());
        for (int step = 0; step < 180; step++)
        {
            world.Step(1.0 / 60);
            Assert.Equal(.2, (world.CentreOf(1) - world.CentreOf(2)).Length, 2e-3);
        }
        Assert.True(world.Settle(5));
        Assert.Equal(.1, world.CentreOf(1).Y, 2e-3);
        Assert.Equal(.1, world.CentreOf(2).Y, 2e-3);
    }

    [Fact]
    public void A_cart_on_four_driven_wheels_rolls_without_slipping()
    {
        var bodies = new List<RigidBody> { Worlds.Floor(1), Worlds.Box(new(1, .2f, .5f), new(0, .35f, 0)) with { Mass = 20 } };
        var joints = new List<Joint>();
        foreach (float x in (float[])[-.4f, .4f])
            foreach (float z in (float[])[-.35f, .35f])
            {
                var place = new Vector3(x, .2f, z);
                bodies.Add(Worlds.Sphere(.2f, place) with { Mass = 2, Surface = new(1) });
                joints.Add(new(JointKind.Hinge, 1, bodies.Count - 1, AboutZ with { Translation = place })
                    { MotorSpeed = 5, MotorForce = 20 });
            }
        var world = new PhysicsWorld(new(bodies) { Joints = joints }, Worlds.Run());
        Worlds.Steps(world, 3);
        Assert.Equal(1, Math.Abs(world.VelocityOf(1).X), .01);
        Assert.InRange(Math.Abs(world.VelocityOf(1).Z), 0, .01);
        Assert.Equal(.35, world.CentreOf(1).Y, 5e-3);
    }

    [Fact]
    public void Joints_that_cannot_be_are_refused()
    {
        RigidBody[] bodies = [Post(default), Worlds.Sphere(.1f, default), Post(new(1, 0, 0))];
        Joint good = new(JointKind.Hinge, 0, 1, Pose.Identity);
        Joint[] bad =
        [
            good with { First = 3 }, good with { Second = -1 }, good with { Second = 0 }, good with { Second = 2 },
            good with { At = Pose.Identity with { X = default } }, good with { Low = .1f }, good with { High = float.NaN },
            good with { MotorForce = -1 }, good with { Kind = JointKind.Ball, MotorForce = 1 }, good with { Kind = JointKind.Fixed,
                Low = 0 },
        ];
        Assert.All(bad, joint => Assert.Single(new WorldSpec(bodies) { Joints = [joint] }.Faults()));
        var world = new PhysicsWorld(new(bodies) { Joints = [good with { Kind = JointKind.Ball }] }, Worlds.Run());
        Assert.Throws<ArgumentException>(() => world.Drive(0, 1, 1));
        world = new(new(bodies) { Joints = [good] }, Worlds.Run());
        Assert.Throws<ArgumentException>(() => world.Drive(0, double.NaN, 1));
        Assert.Throws<ArgumentException>(() => world.Drive(0, 1, -1));
    }
}
