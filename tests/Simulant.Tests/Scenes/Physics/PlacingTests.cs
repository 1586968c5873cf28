using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Scenes.Physics;

public class PlacingTests
{
    private static readonly Mesh Cone = Shapes.Cone(.1f, .25f, 12);

    private static RigidBody[] Things(int count) => [.. Enumerable.Range(0, count).Select(i =>
        new RigidBody($"thing {i}", i % 2 == 0 ? HullCollider.Of(Cone) : new BoxCollider(new(.2f, .1f, .15f)), Pose.Identity))];

    [Fact]
    public void Dropped_things_lie_within_the_place_above_the_floor_and_the_same_again()
    {
        var place = new DropPlace(1, .8f);
        var dropped = Placing.Drop(Things(24), place, Worlds.Run());
        Assert.True(dropped.AtRest);
        Assert.Equal(24, dropped.Poses.Count);
        for (int i = 0; i < 24; i++)
        {
            var mesh = i % 2 == 0 ? Cone : Shapes.Box(new(.2f, .1f, .15f));
            foreach (var corner in mesh.Positions.Select(dropped.Poses[i].Point))
            {
                Assert.InRange(corner.X, -.501f, .501f);
                Assert.InRange(corner.Y, -.001f, 1);
                Assert.InRange(corner.Z, -.401f, .401f);
            }
        }
        Assert.Equal(dropped.Poses, Placing.Drop(Things(24), place, Worlds.Run(2)).Poses);
        Assert.NotEqual(dropped.Poses, Placing.Drop(Things(24), place, Worlds.Run() with { Seed = 2 }).Poses);
    }

    [Fact]
    public void What_a_thing_starts_as_does_not_depend_on_those_after_it()
    {
        var place = new DropPlace(1, 1, false);
        Pose[] few = [.. Placing.World(Things(5), place, 3).Bodies.Select(b => b.Pose)];
        Assert.Equal(few, Placing.World(Things(9), place, 3).Bodies.Take(6).Select(b => b.Pose));
    }

    [Fact]
    public void Motions_of_a_trajectory_make_flow_and_scene_flow()
    {
        var box = Worlds.Box(new(.4f), new(0, 1, 0)) with { Velocity = new(1, 2, 0) };
        var trajectory = Trajectory.Record(Worlds.Of(box), 5, 1.0 / 30);
        Assert.Equal(5, trajectory.Moments);
        Assert.Equal(new Motion(trajectory.At(1, 0), trajectory.At(2, 0), trajectory.At(3, 0)), trajectory.MotionAt(2, 0));
        Assert.Equal(trajectory.At(0, 0), trajectory.MotionAt(0, 0).Before);
        Assert.Equal(trajectory.At(4, 0), trajectory.MotionAt(4, 0).After);
        var scene = new Scene([new("box", 1, [new(Shapes.Box(new(.4f)))], trajectory.MotionAt(2, 0))], []);
        var camera = Camera.OfView(32, 24, 1, Motion.Still(Pose.LookAt(new(0, 1, 3), new(0, 1, 0), Vector3.UnitY)));
        var pixels = Frame.Of(scene, camera, Worlds.Run()).Pixels;
        var moved = trajectory.At(3, 0).Translation - trajectory.At(2, 0).Translation;
        Assert.Equal(1f / 30, moved.X, 1e-4);
        int middle = Array.FindIndex(pixels.Instance, i => i == 1);
        Assert.True(middle >= 0);
        Assert.InRange((pixels.SceneFlow[middle] - moved).Length(), 0, 1e-5f);
    }

    [Fact]
    public void What_cannot_be_dropped_or_recorded_is_refused()
    {
        var place = new DropPlace(1, 1);
        Assert.Throws<ArgumentException>(() => Placing.World([], place, 1));
        Assert.Throws<ArgumentException>(() => Placing.World([Worlds.Floor()], place, 1));
        Assert.Throws<ArgumentException>(() => Placing.World([Worlds.Sphere(1, default)], place, 1));
        Assert.Throws<ArgumentException>(() => Placing.World(Things(1), new(float.NaN, 1), 1));
        var world = Worlds.Of(Worlds.Sphere(1, default));
        Assert.Throws<ArgumentException>(() => Trajectory.Record(world, 0));
        Assert.Throws<ArgumentException>(() => Trajectory.Record(world, 1, -1));
        Assert.Throws<ArgumentException>(() => Trajectory.Record(world, 1, 1, 0));
    }
}
