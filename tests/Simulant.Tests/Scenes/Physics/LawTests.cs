using System.Numerics;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

/// <summary>The engine beside closed forms of mechanics.</summary>
public class LawTests
{
    private const double G = 9.81f;

    [Theory]
    [InlineData(.3f)]
    [InlineData(.6f)]
    [InlineData(1f)]
    public void A_box_holds_on_a_slope_below_the_friction_angle_and_slides_above_it(float friction)
    {
        foreach (double factor in (double[])[.97, 1.03])
        {
            float slope = (float)Math.Atan(friction * factor);
            var tilt = Pose.Turn(Vector3.UnitZ, -slope);
            var box = Worlds.Box(new(.4f, .2f, .4f), default) with
            {
                Pose = tilt with { Translation = tilt.Direction(new(0, .1f, 0)) },
                Surface = new(friction),
            };
            var world = new PhysicsWorld(new([Worlds.Floor(friction, 0, tilt), box], null, new() { SleepAfter = double.PositiveInfinity }),
                Worlds.Run());
            Worlds.Steps(world, .2);
            Vec3 from = world.CentreOf(1), speed = world.VelocityOf(1);
            Worlds.Steps(world, 2);
            double slid = (world.CentreOf(1) - from).Length;
            if (factor < 1) Assert.InRange(slid, 0, 1e-4);
            else
            {
                double a = G * (Math.Sin(slope) - friction * Math.Cos(slope));
                Assert.Equal(speed.Length * 2 + a * 2, slid, 5e-3);
            }
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(.5f)]
    [InlineData(.8f)]
    [InlineData(1f)]
    public void A_ball_bounces_to_the_height_of_its_restitution(float restitution)
    {
        var ball = Worlds.Sphere(.05f, new(0, 1.05f, 0)) with { Surface = new(.5f, restitution) };
        var world = Worlds.Of(Worlds.Floor(), ball);
        double top = 0;
        bool fell = false;
        for (int step = 0; step < 240; step++)
        {
            double before = world.VelocityOf(1).Y;
            world.Step(1.0 / 240);
            fell |= before < 0 && world.VelocityOf(1).Y >= 0;
            if (fell) top = Math.Max(top, world.CentreOf(1).Y - .05);
            if (fell && world.VelocityOf(1).Y < 0) break;
        }
        Assert.Equal(restitution * restitution, top, .01);
    }

    [Fact]
    public void A_ball_without_restitution_stays_down_and_sinks_in_less_than_a_millimetre()
    {
        var world = Worlds.Of(Worlds.Floor(), Worlds.Sphere(.05f, new(0, 3, 0)));
        double least = 1, most = 0;
        for (int step = 0; step < 180; step++)
        {
            world.Step(1.0 / 60);
            least = Math.Min(least, world.CentreOf(1).Y - .05);
            if (step > 60) most = Math.Max(most, world.CentreOf(1).Y - .05);
        }
        Assert.InRange(least, -1e-3, 1e-6);
        Assert.InRange(most, -1e-3, 1e-6);
        Assert.True(world.AtRest);
    }

    [Fact]
    public void Fast_small_things_do_not_pass_through_thin_ones()
    {
        var wall = new RigidBody("wall", new BoxCollider(new(2, 2, .002f)), Pose.Identity) { Kind = BodyKind.Static };
        var bullet = Worlds.Sphere(.005f, new(.1f, .2f, -3)) with { Velocity = new(0, 0, 200) };
        var world = new PhysicsWorld(new([wall, bullet], default(Vector3)), Worlds.Run());
        Worlds.Steps(world, 1);
        Assert.InRange(world.CentreOf(1).Z, -.1, -.0059);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(.5f)]
    [InlineData(1f)]
    public void A_ball_that_strikes_its_equal_hands_on_its_momentum(float restitution)
    {
        SurfaceContact surface = new(0, restitution);
        RigidBody one = Worlds.Sphere(.1f, new(-1, 0, 0)) with { Velocity = new(2, 0, 0), Surface = surface },
            other = Worlds.Sphere(.1f, default) with { Surface = surface };
        var world = new PhysicsWorld(new([one, other], default(Vector3)), Worlds.Run());
        Vec3 before = world.Momentum();
        Worlds.Steps(world, 1);
        double e = surface.Restitution;
        Assert.Equal(2 * (1 - e) / 2, world.VelocityOf(0).X, 1e-9);
        Assert.Equal(2 * (1 + e) / 2, world.VelocityOf(1).X, 1e-9);
        Assert.InRange((world.Momentum() - before).Length, 0, 1e-12 * before.Length);
    }

    [Fact]
    public void A_ball_rolls_down_a_slope_at_five_sevenths()
    {
        float slope = .2f;
        var tilt = Pose.Turn(Vector3.UnitZ, -slope);
        var ball = Worlds.Sphere(.1f, tilt.Direction(new(0, .1f, 0))) with { Surface = new(1) };
        var world = Worlds.Of(Worlds.Floor(1, 0, tilt), ball);
        Worlds.Steps(world, 2);
        Assert.Equal(5.0 / 7 * G * Math.Sin(slope) * 2, world.VelocityOf(1).Length, .02);
        Assert.Equal(world.VelocityOf(1).Length / .1, world.SpinOf(1).Length, .05);
    }

    [Fact]
    public void Resistance_brings_a_rolling_ball_to_rest_where_it_should()
    {
        // Rolling decelerates by (5/7) g c, c being the arm of the resistance by the radius.
        var ball = Worlds.Sphere(.1f, new(0, .1f, 0)) with
        {
            Velocity = new(1, 0, 0),
            Spin = new(0, 0, -10),
            Surface = new(1, 0, .02f),
        };
        var world = Worlds.Of(Worlds.Floor(1), ball);
        Worlds.Steps(world, 10);
        Assert.Equal(1 / (2 * 5.0 / 7 * G * .02), world.CentreOf(1).X, .1);
        Assert.True(world.AtRest);
    }

    [Fact]
    public void What_falls_freely_falls_as_it_should_and_keeps_its_energy()
    {
        var body = Worlds.Box(new(.1f, .2f, .3f), new(0, 100, 0)) with { Velocity = new(1, 2, 3), Spin = new(1, 2, 3) };
        var world = Worlds.Of(body);
        double before = world.KineticEnergy() + world.PotentialEnergy();
        Worlds.Steps(world, 4);
        // Velocities are exact; places lag by half a substep of falling.
        Assert.Equal(2 - G * 4, world.VelocityOf(0).Y, 1e-9);
        Assert.Equal(100 + 8 - G * 8, world.CentreOf(0).Y, G * 4 / 480 * 1.01);
        double drift = (world.KineticEnergy() + world.PotentialEnergy() - before) / before;
        Assert.InRange(Math.Abs(drift), 0, 1e-3);
    }

    [Fact]
    public void Spin_without_a_torque_precesses_and_keeps_energy_and_angular_momentum()
    {
        // A flat top: about its axis of symmetry y, spin vectors turn in the body at (I3 - I1) / I1 w3 (Euler's equations).
        var body = Worlds.Box(new(.4f, .1f, .4f), default) with { Spin = new(2, 6, 0) };
        var world = new PhysicsWorld(new([body], default(Vector3)), Worlds.Run());
        double i1 = .1 * .1 + .4 * .4, i3 = 2 * .4 * .4, rate = (i3 - i1) / i1 * 6;
        Vec3 momentum = world.AngularMomentum();
        double energy = world.KineticEnergy(), worst = 0;
        for (int step = 1; step <= 600; step++)
        {
            world.Step(1.0 / 60);
            var spin = world.Bodies.States[0].Rotation.Back(world.SpinOf(0));
            double angle = rate * step / 60;
            worst = Math.Max(worst, (spin - new Vec3(2 * Math.Cos(angle), 6, -2 * Math.Sin(angle))).Length);
        }
        Assert.InRange(worst, 0, .02);
        Assert.InRange((world.AngularMomentum() - momentum).Length / momentum.Length, 0, 1e-12);
        Assert.InRange(Math.Abs(world.KineticEnergy() / energy - 1), 0, 1e-4);
    }

    [Fact]
    public void A_body_spun_about_its_middle_axis_turns_over_and_keeps_what_it_has()
    {
        var body = Worlds.Box(new(.3f, .2f, .1f), default) with { Spin = new(0, 8, .01f) };
        var world = new PhysicsWorld(new([body], default(Vector3)), Worlds.Run());
        var momentum = world.AngularMomentum();
        double energy = world.KineticEnergy(), least = 1;
        for (int step = 0; step < 1200; step++)
        {
            world.Step(1.0 / 60);
            least = Math.Min(least, world.Bodies.States[0].Rotation.Y.Y);
        }
        Assert.InRange(least, -1, -.95);
        Assert.InRange((world.AngularMomentum() - momentum).Length / momentum.Length, 0, 1e-10);
        Assert.InRange(Math.Abs(world.KineticEnergy() / energy - 1), 0, 1e-3);
    }

    [Fact]
    public void Forces_held_on_a_body_move_it_by_its_mass()
    {
        var body = Worlds.Box(new(.5f), default) with { Mass = 3 };
        var world = new PhysicsWorld(new([body], default(Vector3)), Worlds.Run());
        for (int step = 0; step < 60; step++)
        {
            world.Apply(0, new(6, 0, 0), new(0, .1, 0));
            world.Step(1.0 / 60);
        }
        Assert.Equal(2, world.VelocityOf(0).X, 1e-9);
        Assert.Equal(.1 / (3 * .25 / 6), world.SpinOf(0).Y, 1e-6);
        world.Step(1.0 / 60);
        Assert.Equal(2, world.VelocityOf(0).X, 1e-9);
    }
}
