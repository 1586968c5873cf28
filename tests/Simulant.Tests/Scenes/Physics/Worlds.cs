using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Physics;

namespace Simulant.Tests.Scenes.Physics;

/// <summary>Worlds that several tests step.</summary>
internal static class Worlds
{
    public static RunContext Run(int threads = 1) => RunContext.Quiet(1, threads);

    public static RigidBody Floor(float friction = 0.5f, float restitution = 0, Pose? pose = null) =>
        new("floor", new PlaneCollider(), pose ?? Pose.Identity) { Kind = BodyKind.Static, Surface = new(friction, restitution) };

    public static RigidBody Box(Vector3 size, Vector3 at) => new("box", new BoxCollider(size), Pose.At(at));

    public static RigidBody Sphere(float radius, Vector3 at) => new("sphere", new SphereCollider(radius), Pose.At(at));

    /// <summary>Boxes of half a metre on one another, each a little apart and a little aside.</summary>
    public static WorldSpec Stack(int boxes, StepOptions? options = null) => new(
        [Floor(), .. Enumerable.Range(0, boxes).Select(i => Box(new(.5f), new(.01f * (i % 2), .25f + i * .501f, 0)))], null, options);

    public static PhysicsWorld Of(params RigidBody[] bodies) => new(new(bodies), Run());

    public static void Steps(PhysicsWorld world, double seconds, double step = 1.0 / 60)
    {
        for (double end = world.Time + seconds - step / 2; world.Time < end;) world.Step(step);
    }
}
