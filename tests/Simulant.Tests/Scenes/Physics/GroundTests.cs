using System.Numerics;
using Simulant.Numerics.Physics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

public class GroundTests
{
    private static RigidBody Ground(Collider collider, float friction = .5f) =>
        new("ground", collider, Pose.Identity) { Kind = BodyKind.Static, Surface = new(friction) };

    private static HeightfieldCollider Field(int side, float cell, Func<float, float, float> height)
    {
        var heights = new float[side * side];
        for (int i = 0; i < heights.Length; i++)
            heights[i] = height((i % side - (side - 1) / 2f) * cell, (i / side - (side - 1) / 2f) * cell);
        return new(side, side, cell, heights);
    }

    [Fact]
    public void What_slides_over_level_triangles_does_not_trip_over_their_seams()
    {
        // Frictionless, so that any loss of speed is a seam's doing.
        foreach (var collider in (Collider[])[new BoxCollider(new(.2f)), new SphereCollider(.1f), new CapsuleCollider(.1f, .4f)])
        {
            var body = new RigidBody("body", collider, Pose.Turn(Vector3.UnitX, MathF.PI / 2, new(-4, .1f, .03f)))
            { Velocity = new(2, 0, .3f), Surface = new(0) };
            var world = Worlds.Of(Ground(Field(41, .25f, (_, _) => 0), 0), body);
            Worlds.Steps(world, 3);
            Assert.Equal(2, world.VelocityOf(1).X, 1e-2);
            Assert.Equal(.3, world.VelocityOf(1).Z, 1e-2);
            Assert.Equal(.1, world.CentreOf(1).Y, 1e-3);
        }
    }

    [Fact]
    public void A_ball_in_a_bowl_comes_to_rest_at_its_lowest_place()
    {
        var field = Field(41, .1f, (x, z) => .2f * (x * x + z * z));
        var ball = Worlds.Sphere(.15f, new(1, .5f, .3f)) with { Surface = new(.5f, 0, .05f) };
        var world = Worlds.Of(Ground(field), ball);
        Assert.True(world.Settle(30));
        Assert.InRange(new Vec3(world.CentreOf(1).X, 0, world.CentreOf(1).Z).Length, 0, .25);
        Assert.InRange(OverlapAudit.Deepest(world, Worlds.Run()).Gap, -1e-3, 1e-3);
    }

    [Fact]
    public void Hulls_and_boxes_come_to_rest_on_rough_ground_without_sinking_in()
    {
        var field = Field(31, .2f, (x, z) => .15f * MathF.Sin(2.1f * x) * MathF.Cos(1.7f * z));
        var bodies = new List<RigidBody> { Ground(field) };
        for (int i = 0; i < 9; i++)
        {
            var place = new Vector3(i % 3 - 1, .6f, i / 3 - 1);
            bodies.Add(new($"b{i}", i % 2 == 0 ? new BoxCollider(new(.3f, .2f, .25f)) : HullCollider.Of(Shapes.Cone(.2f, .3f, 12)),
                Pose.Turn(new(1, i, 2), .7f, place)));
        }
        var world = new PhysicsWorld(new(bodies), Worlds.Run());
        Assert.True(world.Settle(20));
        Assert.InRange(OverlapAudit.Deepest(world, Worlds.Run()).Gap, -1e-3, 1e-3);
        for (int i = 1; i < world.Count; i++) Assert.InRange(world.CentreOf(i).Y, -.15, .5);
    }

    [Fact]
    public void A_mesh_is_ground_where_its_fronts_are()
    {
        // A ramp of 30 degrees: what stands on it slides as on a plane.
        float angle = MathF.PI / 6;
        var ramp = new RigidBody("ramp", new MeshCollider(Shapes.Plane(20, 7)), Pose.Turn(Vector3.UnitZ, -angle))
        { Kind = BodyKind.Static, Surface = new(.2f) };
        var up = ramp.Pose.Direction(new(0, .1f, 0));
        var box = new RigidBody("box", new BoxCollider(new(.4f, .2f, .4f)), ramp.Pose with { Translation = up }) { Surface = new(.2f) };
        var world = Worlds.Of(ramp, box);
        Worlds.Steps(world, 1);
        Assert.Equal((float)9.81 * (Math.Sin(angle) - .2 * Math.Cos(angle)), world.VelocityOf(1).Length, .05);
        var under = Worlds.Of(Ground(new MeshCollider(Shapes.Plane(20))),
            Worlds.Sphere(.1f, new(0, -1, 0)) with { Velocity = new(0, 8, 0) });
        Worlds.Steps(under, .4);
        Assert.True(under.CentreOf(1).Y > .5);
    }

    [Fact]
    public void Triangles_in_a_box_are_those_found_one_by_one()
    {
        var field = Field(17, .5f, (x, z) => MathF.Sin(x) + MathF.Cos(2 * z));
        var found = new List<int>();
        for (int k = 0; k < 60; k++)
        {
            Vec3 low = new(k % 7 - 3.5, k % 3 - 1.5, k % 5 - 3), high = low + new Vec3(.1 * k, .3, .7);
            found.Clear();
            field.Ground.Within(low, high, found);
            var expected = Enumerable.Range(0, field.Ground.Count).Where(t =>
            {
                Vec3 a = field.Ground.Corner(t, 0), b = field.Ground.Corner(t, 1), c = field.Ground.Corner(t, 2);
                Vec3 l = Vec3.Min(a, Vec3.Min(b, c)), h = Vec3.Max(a, Vec3.Max(b, c));
                return Enumerable.Range(0, 3).All(axis => l[axis] <= high[axis] && h[axis] >= low[axis]);
            });
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void What_cannot_collide_or_be_simulated_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new SphereCollider(0));
        Assert.Throws<ArgumentException>(() => new SphereCollider(float.NaN));
        Assert.Throws<ArgumentException>(() => new BoxCollider(new(1, 0, 1)));
        Assert.Throws<ArgumentException>(() => new CapsuleCollider(1, 1));
        Assert.Throws<ArgumentException>(() => new HullCollider([default, Vector3.UnitX, Vector3.UnitY]));
        Assert.Throws<ArgumentException>(() => new HullCollider(Shapes.Box(new(1e-6f)).Positions));
        Assert.Throws<ArgumentException>(() => new HeightfieldCollider(2, 2, 1, [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new HeightfieldCollider(1, 2, 1, [0, 0]));
        Assert.Throws<ArgumentException>(() => new HeightfieldCollider(2, 2, 1, [0, 0, 0, float.NaN]));
        Assert.Throws<ArgumentException>(() => new HeightfieldCollider(2, 2, 0, [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>(() => new MeshCollider(new Mesh([default], [])));
        var good = Worlds.Sphere(1, default);
        RigidBody[] bad =
        [
            good with { Density = 0 }, good with { Mass = float.NaN }, good with { Pose = default }, good with { Surface = new(-1) },
            good with { Surface = new(1, 2) }, good with { Surface = new(1, 0, -1) }, good with { Velocity = new(float.NaN) },
            good with { Spin = new(1e9f) }, good with { Drag = -1 }, good with { Kind = BodyKind.Static, Velocity = Vector3.One },
            good with { Collider = new PlaneCollider() }, good with { Collider = Field(2, 1, (_, _) => 0), Kind = BodyKind.Kinematic },
        ];
        Assert.All(bad, body => Assert.Single(new WorldSpec([body]).Faults()));
        Assert.Throws<ArgumentException>(() => Worlds.Of(bad));
        StepOptions[] options =
        [
            new() { Substeps = 0 }, new() { Substeps = 65 }, new() { Slop = -1 }, new() { Foresight = 0 }, new() { ContactHertz = 0 },
            new() { ContactDamping = double.NaN }, new() { JointHertz = -1 }, new() { PushOut = 0 }, new() { SleepAfter = double.NaN },
        ];
        Assert.All(options, o => Assert.Single(new WorldSpec([good], null, o).Faults()));
        Assert.Single(new WorldSpec([good], new(float.NaN)).Faults());
        var world = Worlds.Of(good);
        Assert.Throws<ArgumentException>(() => world.Step(0));
        Assert.Throws<ArgumentException>(() => world.Step(2));
        Assert.Throws<ArgumentException>(() => world.Settle(-1));
        Assert.Throws<ArgumentException>(() => world.Apply(0, new(double.NaN, 0, 0)));
    }

    [Fact]
    public void A_kinematic_belt_moves_on_and_carries_what_lies_on_it()
    {
        var belt = new RigidBody("belt", new BoxCollider(new(10, .2f, 1)), Pose.Identity)
        { Kind = BodyKind.Kinematic, Velocity = new(.5f, 0, 0) };
        var world = Worlds.Of(belt, Worlds.Box(new(.2f), new(0, .2f, 0)));
        Worlds.Steps(world, 2);
        Assert.Equal(1, world.CentreOf(0).X, 1e-9);
        Assert.Equal(.5, world.VelocityOf(1).X, 1e-3);
        Assert.Equal(.2, world.CentreOf(1).Y, 1e-3);
    }
}
