using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Bench.Speed;

/// <summary>A yard of 120 round things on the ground, some of them moving: over 100,000 triangles.</summary>
internal static class BenchScene
{
    public static Scene Yard(int things = 120, int detail = 32)
    {
        var random = new RandomStream(11, "bench/yard");
        var actors = new List<Actor> { new("ground", 1, Shapes.Plane(40, 16, new Material("asphalt", new(.6f), 0, .9f)), Pose.Identity) };
        Func<float, Material, Mesh>[] shapes =
        [
            (r, m) => Shapes.Sphere(r, detail, m), (r, m) => Shapes.Capsule(r * .6f, r * 2, detail, m),
            (r, m) => Shapes.Sphere(r, detail * 5 / 4, m), (r, m) => Shapes.Capsule(r * .5f, r * 2, detail * 3 / 2, m),
        ];
        for (int i = 0; i < things; i++)
        {
            float radius = .25f + .45f * (float)random.Uniform(i, 0);
            Vector3 colour = new((float)random.Uniform(i, 1), (float)random.Uniform(i, 2), (float)random.Uniform(i, 3));
            var material = new Material("paint", new Vector3(.1f) + colour * .8f, i % 5 == 0 ? 1 : 0, .2f
                + .6f * (float)random.Uniform(i, 4));
            var place = new Vector3((float)(random.Uniform(i, 5) - .5) * 14, radius, (float)(random.Uniform(i, 6) - .5) * 14);
            var mesh = shapes[i % shapes.Length](radius, material);
            var motion = Motion.Straight(Pose.Turn(Vector3.UnitY, i, place), i % 3 == 0 ? new(.05f, 0, .02f) : default);
            actors.Add(new($"thing {i}", 2 + i % 4, [new(mesh)], motion, [new("top", 0, mesh.Box.Max * new Vector3(0, 1, 0))]));
        }
        return new(actors, [new SunLight(new(1, 1.5f, .6f), new(4, 3.8f, 3.4f))], new Sky(new(1, 1.5f, .6f)));
    }

    public static Camera Camera(int width = 640, int height = 480)
    {
        Pose look(float x) => Pose.LookAt(new(x, 4.5f, 10), new(0, .3f, 0), Vector3.UnitY);
        return Scenes.Description.Camera.OfView(width, height, 1, new(look(-.05f), look(0), look(.05f)));
    }

    /// <summary>All triangles of the scene, in the world.</summary>
    public static (Vector3[] Positions, int[] Indices) Flat(Scene scene)
    {
        var positions = new List<Vector3>();
        var indices = new List<int>();
        foreach (var actor in scene.Actors)
            foreach (var part in actor.Parts)
            {
                int first = positions.Count;
                var pose = actor.Motion.Now.After(part.Motion.Now);
                positions.AddRange(part.Mesh.Positions.Select(p => pose.Point(p)));
                indices.AddRange(part.Mesh.Indices.Select(i => i + first));
            }
        return ([.. positions], [.. indices]);
    }
}
