using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Xunit;

namespace Simulant.Tests.Numerics.Rays;

public class RayTreeTests
{
    private static readonly RandomStream Random = new(3, "tests/rays");

    private static Vector3 Point(long item, int slot, float scale = 1)
    {
        var (x, y) = Random.UniformPair(item, slot);
        return new Vector3((float)(2 * x - 1), (float)(2 * y - 1), (float)(2 * Random.Uniform(item, slot, 1) - 1)) * scale;
    }

    private static TriangleTree Soup(int triangles, float size, int slot)
    {
        var positions = new Vector3[3 * triangles];
        for (int i = 0; i < triangles; i++)
            for (int k = 0; k < 3; k++) positions[3 * i + k] = Point(i, slot) + Point(i, slot + 1 + k, size);
        return new(positions, [.. Enumerable.Range(0, positions.Length)]);
    }

    /// <summary>A level square of cells by cells squares at y = 0, corners on whole numbers: rays down its edges are exact.</summary>
    private static TriangleTree Grid(int cells)
    {
        var positions = new List<Vector3>();
        var indices = new List<int>();
        for (int z = 0; z <= cells; z++)
            for (int x = 0; x <= cells; x++) positions.Add(new(x, 0, z));
        for (int z = 0; z < cells; z++)
            for (int x = 0; x < cells; x++)
            {
                int at = z * (cells + 1) + x;
                indices.AddRange([at, at + 1, at + cells + 1, at + 1, at + cells + 2, at + cells + 1]);
            }
        return new([.. positions], [.. indices]);
    }

    private static InstanceTree World() => new(
        [Soup(300, .2f, 0), Grid(6), Soup(40, 1, 8), Soup(300, .2f, 0), new([], [])],
        [Pose.Identity, Pose.Turn(new(1, 2, 3), .7f, new(0, -1, 2)), Pose.At(new(.5f, 0, 3)),
            Pose.Turn(Vector3.UnitY, 2, new(-1, 1, 4)), Pose.At(new(9, 9, 9))]);

    [Fact]
    public void A_moved_meshs_box_holds_it_and_not_much_more()
    {
        for (int i = 0; i < 40; i++)
        {
            Vector3[] points = [.. Enumerable.Range(0, 900).Select(k => Vector3.Normalize(Point(k / 3, 60 + i)) + Point(k, 200 + i, .02f))];
            var tree = new TriangleTree(points, [.. Enumerable.Range(0, points.Length)]);
            var pose = Pose.Turn(Point(i, 50), i, Point(i, 51, 30));
            var box = new InstanceTree([tree], [pose]).Box;
            var tight = Bounds.Of([.. points.Select(p => pose.Point(p))]);
            Assert.Equal(box, box.With(tight));
            Assert.InRange(box.HalfArea / tight.HalfArea, 1, 1.6);
        }
        Assert.Equal(new Vector3(1, 2, 3), new InstanceTree([new([], [])], [Pose.At(new(1, 2, 3))]).Box.Min);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void Rays_that_just_touch_a_round_thing_find_what_trying_every_triangle_finds(float away)
    {
        Vector3[] points = [.. Enumerable.Range(0, 600).Select(k => Vector3.Normalize(Point(k / 3, 70)) + Point(k, 71, .3f))];
        var world = new InstanceTree([new(points, [.. Enumerable.Range(0, points.Length)])],
            [Pose.Turn(new(1, 2, 3), 1, new(away, -away, away / 2))]);
        var middle = world.Box.Centre;
        int met = 0;
        for (int i = 0; i < 600; i += 16)
        {
            RayPacket packet = default, shadows = default;
            var rays = new Ray[16];
            for (int lane = 0; lane < 16; lane++)
            {
                // Towards its outline from near, from far and from within.
                var from = middle + Point(i + lane, 72, i % 3 == 0 ? 1.5f : 40);
                var aside = Vector3.Normalize(Vector3.Cross(middle - from, Point(i + lane, 73)));
                rays[lane] = new(from, (middle + aside * (.85f + .012f * lane) - from) * (lane % 2 == 0 ? 1 : .01f));
                packet.Set(lane, from, rays[lane].Direction);
                shadows.Set(lane, from, rays[lane].Direction);
            }
            world.Closest(ref packet);
            uint any = world.Any(ref shadows);
            for (int lane = 0; lane < 16; lane++)
            {
                var expected = world.BruteForce(rays[lane]);
                Assert.Equal(expected, world.Closest(rays[lane]));
                Assert.Equal(expected.IsHit, world.Any(rays[lane]));
                Assert.Equal(expected.IsHit, (any >> lane & 1) == 1);
                if (expected.IsHit) Assert.Equal(expected, packet.Hit(lane));
                if (expected.IsHit) met++;
            }
        }
        Assert.InRange(met, 50, 550);
    }

    [Theory]
    [InlineData(0, .5f)]
    [InlineData(1, .1f)]
    [InlineData(7, .3f)]
    [InlineData(1000, .1f)]
    public void A_tree_finds_what_trying_every_triangle_finds(int triangles, float size)
    {
        var tree = Soup(triangles, size, 0);
        int met = 0;
        for (int i = 0; i < 2000; i++)
        {
            Vector3 from = Point(i, 20, 2), to = Point(i, 21);
            var ray = new Ray(from, to - from, i % 3 * .2f, i % 5 == 0 ? .9f : float.PositiveInfinity);
            var hit = tree.BruteForce(ray);
            Assert.Equal(hit, tree.Closest(ray));
            Assert.Equal(hit.IsHit, tree.Any(ray));
            if (hit.IsHit) met++;
        }
        if (triangles >= 7) Assert.InRange(met, 30, 1990);
    }

    [Fact]
    public void Two_levels_find_what_trying_everything_finds()
    {
        var world = World();
        for (int i = 0; i < 3000; i++)
        {
            Vector3 from = Point(i, 20, 6), to = Point(i, 21, 3) + new Vector3(0, 0, 2);
            var ray = new Ray(from, to - from);
            var hit = world.BruteForce(ray);
            Assert.Equal(hit, world.Closest(ray));
            Assert.Equal(hit.IsHit, world.Any(ray));
            if (hit.IsHit) Assert.Equal(hit, world.ClosestOf(hit.Instance, ray));
        }
    }

    [Fact]
    public void Rays_along_axes_pass_through_no_edge_or_corner()
    {
        var grid = Grid(8);
        for (int x = 0; x <= 32; x++)
            for (int z = 0; z <= 32; z++)
            {
                var down = new Ray(new(x * .25f, 3, z * .25f), -Vector3.UnitY);
                var hit = grid.Closest(down);
                Assert.True(hit.IsHit, $"{x} {z}");
                Assert.Equal(3, hit.T);
                Assert.Equal(grid.BruteForce(down), hit);
                // Within the plane a triangle has no area; a hair beside it nothing is met.
                Assert.False(grid.Any(new Ray(new(x * .25f, 0, -1), Vector3.UnitZ)));
                Assert.False(grid.Any(new Ray(new(x * .25f, 1e-6f, -1), Vector3.UnitZ)));
            }
    }

    [Fact]
    public void A_closed_surface_lets_no_ray_out()
    {
        // Rays from inside at corners and edges, where a test that rounds each triangle for itself leaks.
        var positions = new List<Vector3>();
        for (int i = 0; i < 2000; i++) positions.Add(Spatial.Unit(Point(i, 30)));
        var (corners, indices) = Sphere(24);
        var tree = new TriangleTree(corners, indices);
        for (int i = 0; i < indices.Length; i++)
        {
            Vector3 a = corners[indices[i]], b = corners[indices[i / 3 * 3 + (i + 1) % 3]];
            for (int k = 0; k < 3; k++)
            {
                var from = Point(i, 40 + k, .4f);
                Assert.True(tree.Any(new Ray(from, a - from)));
                Assert.True(tree.Any(new Ray(from, (a + b) * .5f - from)));
                Assert.True(tree.Any(new Ray(from * 1e-3f, a + (b - a) * (float)Random.Uniform(i, 50, k) - from * 1e-3f)));
            }
        }
    }

    private static (Vector3[], int[]) Sphere(int rings)
    {
        var points = new List<Vector3>();
        var indices = new List<int>();
        for (int r = 0; r <= rings; r++)
            for (int s = 0; s < 2 * rings; s++)
            {
                double down = Math.PI * r / rings, round = Math.PI * s / rings;
                float around = r == 0 || r == rings ? 0 : (float)Math.Sin(down);
                points.Add(new(around * (float)Math.Cos(round), (float)Math.Cos(down), around * (float)Math.Sin(round)));
            }
        int next(int s) => (s + 1) % (2 * rings);
        for (int r = 0; r < rings; r++)
            for (int s = 0; s < 2 * rings; s++)
            {
                int a = r * 2 * rings;
                indices.AddRange([a + s, a + 2 * rings + s, a + next(s), a + next(s), a + 2 * rings + s, a + 2 * rings + next(s)]);
            }
        return ([.. points], [.. indices]);
    }

    [Fact]
    public void Triangles_without_area_are_never_met_and_hide_nothing()
    {
        Vector3[] corners = [new(0, 0, 1), new(0, 0, 1), new(0, 0, 1), new(-1, -1, 1), new(0, 0, 1), new(1, 1, 1),
            new(-1, -1, 2), new(3, -1, 2), new(-1, 3, 2)];
        var tree = new TriangleTree(corners, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        var hit = tree.Closest(new Ray(default, Vector3.UnitZ));
        Assert.Equal((2, 2f), (hit.Primitive, hit.T));
    }

    [Fact]
    public void Of_surfaces_at_one_place_the_lowest_instance_and_triangle_is_met()
    {
        Vector3[] corners = [new(-1, -1, 2), new(3, -1, 2), new(-1, 3, 2)];
        var mesh = new TriangleTree(corners, [.. Enumerable.Range(0, 60).Select(i => i % 3)]);
        var world = new InstanceTree([.. Enumerable.Repeat(mesh, 20)], [.. Enumerable.Repeat(Pose.Identity, 20)]);
        var hit = world.Closest(new Ray(default, new(.1f, .2f, 1)));
        Assert.Equal((0, 0), (hit.Instance, hit.Primitive));
        var packet = Packet(lane => (default, new Vector3(.01f * lane, .2f, 1)));
        world.Closest(ref packet);
        for (int lane = 0; lane < RayPacket.Count; lane++)
            Assert.Equal((0, 0), (packet.Hit(lane).Instance, packet.Hit(lane).Primitive));
    }

    private static RayPacket Packet(Func<int, (Vector3 Origin, Vector3 Direction)> ray, Func<int, float>? far = null)
    {
        RayPacket packet = default;
        for (int lane = 0; lane < RayPacket.Count; lane++)
            packet.Set(lane, ray(lane).Origin, ray(lane).Direction, far?.Invoke(lane) ?? float.PositiveInfinity);
        return packet;
    }

    [Theory]
    [InlineData(.02f, 0)]
    [InlineData(.02f, .1f)]
    [InlineData(.5f, 0)]
    [InlineData(3, 2)]
    public void Packets_find_what_single_rays_find_to_the_bit(float spread, float shift)
    {
        var world = World();
        int met = 0;
        for (int i = 0; i < 600; i++)
        {
            Vector3 from = Point(i, 20, 6), to = Point(i, 21, 2) + new Vector3(0, 0, 2);
            (Vector3, Vector3) ray(int lane) => (from + Point(i, 60 + lane, shift), to - from + Point(i, 90 + lane, spread));
            float far(int lane) => lane == 5 ? float.NegativeInfinity : lane == 7 ? 1 : float.PositiveInfinity;
            RayPacket closest = Packet(ray, far), any = Packet(ray, far), alone = Packet(ray, far);
            closest.Near = any.Near = alone.Near = .01f;
            world.Closest(ref closest);
            world.ClosestOf(i % 5, ref alone);
            uint hits = world.Any(ref any);
            for (int lane = 0; lane < RayPacket.Count; lane++)
            {
                var (origin, direction) = ray(lane);
                var single = new Ray(origin, direction, .01f, far(lane));
                var expected = world.Closest(single);
                Assert.Equal(expected, closest.Hit(lane));
                Assert.Equal(expected.IsHit, (hits >> lane & 1) == 1);
                Assert.Equal(world.ClosestOf(i % 5, single), alone.Hit(lane));
                if (expected.IsHit) met++;
            }
        }
        Assert.InRange(met, 500, 600 * 15);
    }

    [Fact]
    public void A_mesh_of_unequal_corners_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TriangleTree([default], [0, 0]));
}
