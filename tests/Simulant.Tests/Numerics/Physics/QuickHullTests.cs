using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Numerics.Physics;

public class QuickHullTests
{
    private static readonly RandomStream Draws = new(5, "hulls");

    public static TheoryData<string> Clouds => ["ball", "cube", "grid", "sphere", "cylinder", "flat", "far", "doubles"];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_hull_is_closed_convex_and_holds_every_point(string cloud)
    {
        var points = Cloud(cloud);
        var (hull, left) = QuickHull.Of(points, 1024);
        double extent = points.Max(p => (p - points[0]).Length), near = 3e-6 * extent;
        Assert.InRange(left, 0, near);
        var walked = new Dictionary<(int, int), int>();
        int edges = 0;
        for (int f = 0; f < hull.Faces; f++)
        {
            var loop = hull.Loop(f).ToArray();
            edges += loop.Length;
            Assert.All(points, p => Assert.True(Vec3.Dot(p - hull.Vertices[loop[0]], hull.Normals[f]) <= near));
            for (int i = 0; i < loop.Length; i++)
                Assert.True(walked.TryAdd((loop[i], loop[(i + 1) % loop.Length]), f), "an edge is walked twice one way");
        }
        Assert.All(walked.Keys, e => Assert.True(walked.ContainsKey((e.Item2, e.Item1))));
        // Euler: corners - edges + faces = 2.
        Assert.Equal(2, hull.Vertices.Length - edges / 2 + hull.Faces);
    }

    [Fact]
    public void A_cube_of_many_points_is_eight_corners_and_six_squares()
    {
        var (hull, _) = QuickHull.Of(Cloud("grid"));
        Assert.Equal((8, 6), (hull.Vertices.Length, hull.Faces));
        Assert.All(Enumerable.Range(0, 6), f => Assert.Equal(4, hull.Loop(f).Length));
        var mass = MassProperties.Hull(hull, 3);
        var box = MassProperties.Box(new(4, 4, 4), 3);
        Assert.Equal(box.Mass, mass.Mass, 1e-9);
        Assert.Equal(2, mass.Centre.X, 1e-9);
        Assert.Equal(box.Inertia.Y.Y, mass.Inertia.Y.Y, 1e-9);
        Assert.Equal(0, mass.Inertia.X.Y, 1e-9);
    }

    [Fact]
    public void Mass_of_a_tetrahedron_is_that_of_its_closed_form()
    {
        // Corner at the origin with legs of 1 along the axes: volume 1/6, centre at 1/4, second moments of x x 1/60 and of x y 1/120.
        var mass = MassProperties.Hull(QuickHull.Of([default, Vec3.UnitX, Vec3.UnitY, Vec3.UnitZ]).Hull, 1);
        Assert.Equal(1.0 / 6, mass.Mass, 1e-12);
        Assert.Equal(.25, mass.Centre.Z, 1e-12);
        Assert.Equal(2 * (1.0 / 60 - 1.0 / 96), mass.Inertia.X.X, 1e-12);
        Assert.Equal(-(1.0 / 120 - 1.0 / 96), mass.Inertia.X.Y, 1e-12);
    }

    [Fact]
    public void Mass_of_round_shapes_is_that_of_fine_hulls_of_them()
    {
        var points = new List<Vec3>();
        for (int i = 0; i < 36; i++)
            for (int j = 0; j <= 24; j++)
            {
                double a = Math.PI * i / 18, b = Math.PI * j / 24, r = .5 * Math.Sin(b);
                points.Add(new(r * Math.Cos(a), .5 * Math.Cos(b) + (j < 12 ? .4 : -.4), r * Math.Sin(a)));
                points.Add(new(.5 * Math.Cos(a), -.4, .5 * Math.Sin(a)));
            }
        var hull = MassProperties.Hull(QuickHull.Of([.. points], 1024).Hull, 1);
        var capsule = MassProperties.Capsule(.4, .5, 1);
        Assert.InRange(hull.Mass / capsule.Mass, .98, 1);
        Assert.InRange(hull.Inertia.Y.Y / capsule.Inertia.Y.Y, .96, 1);
        Assert.InRange(hull.Inertia.X.X / capsule.Inertia.X.X, .96, 1);
    }

    [Fact]
    public void Fewer_vertices_leave_out_what_is_stated()
    {
        var points = Cloud("sphere");
        var (hull, left) = QuickHull.Of(points, 20);
        Assert.InRange(hull.Vertices.Length, 12, 20);
        double outside = points.Max(p => Enumerable.Range(0, hull.Faces)
            .Max(f => Vec3.Dot(p - hull.Vertices[hull.Loop(f)[0]], hull.Normals[f])));
        Assert.Equal(outside, left, 1e-6);
        Assert.InRange(left, .01, .5);
    }

    [Fact]
    public void What_has_no_hull_is_refused()
    {
        Vec3 x = Vec3.UnitX, y = Vec3.UnitY;
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, y]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, y, x + y]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, x * 2, x * 3]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([x, x, x, x]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, y, new(0, 0, double.NaN)]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, y, new(0, 0, double.PositiveInfinity)]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of([default, x, y, new(0, 0, 1e10)]));
        Assert.Throws<ArgumentException>(() => QuickHull.Of(Cloud("ball"), 3));
        Assert.Throws<ArgumentException>(() => QuickHull.Of(Cloud("ball"), 1025));
    }

    private static Vec3[] Cloud(string name) => name switch
    {
        "ball" => Many(300, i => Direction(i) * Draws.Uniform(i, 4)),
        "cube" => Many(300, i => new(Draws.Uniform(i, 5), Draws.Uniform(i, 6), Draws.Uniform(i, 7))),
        "grid" => Many(125, i => new(i % 5, i / 5 % 5, i / 25)),
        "sphere" => Many(400, Direction),
        "cylinder" => Many(64, i => new(Math.Cos(Math.PI * (i / 2) / 16), i % 2, Math.Sin(Math.PI * (i / 2) / 16))),
        "flat" => Many(200, i => new(Draws.Uniform(i, 5), Draws.Uniform(i, 6), 1e-3 * Draws.Uniform(i, 7))),
        "far" => Many(200, i => Direction(i) + new Vec3(1e4, -2e4, 3e4)),
        _ => Many(200, i => Direction(i % 40) * (1 + 1e-12 * i)),
    };

    private static Vec3[] Many(int count, Func<int, Vec3> of) => [.. Enumerable.Range(0, count).Select(of)];

    private static Vec3 Direction(int i) => new Vec3(Draws.Normal(i, 1), Draws.Normal(i, 2), Draws.Normal(i, 3)).Unit;
}
