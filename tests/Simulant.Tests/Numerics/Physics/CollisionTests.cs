using Simulant.Numerics.Physics;
using Simulant.Numerics.Random;
using Simulant.Scenes.Physics;
using Xunit;

namespace Simulant.Tests.Numerics.Physics;

/// <summary>Distances, depths and manifolds beside the slow and exact measure over all directions.</summary>
public class CollisionTests
{
    private static readonly RandomStream Draws = new(5, "collision");

    private static readonly Polytope[] Shapes =
    [
        Polytope.Sphere(.3), Polytope.Capsule(.4, .2), Polytope.Box(new(.5, .2, .3)), Polytope.Box(new(.05, .6, .4)), Rock(0), Rock(1),
    ];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int i = 0; i < Shapes.Length; i++)
                for (int j = i; j < Shapes.Length; j++) data.Add(i, j);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_gap_between_any_two_shapes_is_that_over_all_directions(int first, int second)
    {
        var collision = new Collision();
        int near = 0, deep = 0;
        for (int trial = 0; trial < 40; trial++)
        {
            var a = Put(Shapes[first], trial, 0, default);
            var b = Put(Shapes[second], trial, 1, Direction(trial, 2) * (1.3 * Draws.Uniform(trial, 3)));
            double truth = OverlapAudit.Gap(a.Shape, a.Vertices, b.Shape, b.Vertices);
            Assert.True(collision.Between(a.View, b.View, 10, out var found));
            double gap = found.Gap - a.Shape.Radius - b.Shape.Radius;
            // Bodies deep within one another have many ways out that are nearly as short; rounded cores that cross have only their radii.
            bool crossed = truth < -(a.Shape.Radius + b.Shape.Radius) && Shapes[first].Faces + Shapes[second].Faces == 0;
            if (!crossed) Assert.Equal(truth, gap, truth > 1e-3 ? 1e-7 : 1.1e-5);
            Assert.Equal(1, found.Normal.Length, 1e-9);
            if (truth > 0) near++;
            else deep++;
            // The gap holds along the normal: moved by it, the bodies just touch.
            double moved = OverlapAudit.Gap(a.Shape, a.Vertices, b.Shape, [.. b.Vertices.Select(v => v - found.Normal * gap)]);
            if (!crossed) Assert.InRange(moved, -1e-6, 1e-5 + (truth > 0 ? 1e-6 : 0));
        }
        Assert.True(near > 3 && deep > 3, $"{near} apart, {deep} within");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Points_of_contact_lie_on_both_surfaces_and_the_deepest_is_the_gap(int first, int second)
    {
        var collision = new Collision();
        for (int trial = 0; trial < 24; trial++)
        {
            var a = Put(Shapes[first], trial, 5, default);
            var way = Direction(trial, 6);
            var b = Put(Shapes[second], trial, 7, way * 3);
            // Brought to touch, or to overlap by a millimetre.
            double want = trial % 2 == 0 ? 1e-3 : -1e-3;
            for (int k = 0; k < 60; k++)
            {
                double gap = OverlapAudit.Gap(a.Shape, a.Vertices, b.Shape, b.Vertices);
                if (Math.Abs(gap - want) < 1e-9) break;
                b = new(b.Shape, [.. b.Vertices.Select(v => v - way * (gap - want))], b.Normals, b.Centre - way * (gap - want));
            }
            var manifold = new Manifold();
            Assert.True(collision.Find(a.View, b.View, .01, ref manifold));
            double deepest = 1;
            for (int p = 0; p < manifold.Count; p++)
            {
                var (place, gap) = manifold.Points[p];
                deepest = Math.Min(deepest, gap);
                Assert.Equal(-gap / 2, Inside(a, place), 1e-2);
                Assert.Equal(-gap / 2, Inside(b, place), 1e-2);
            }
            Assert.Equal(OverlapAudit.Gap(a.Shape, a.Vertices, b.Shape, b.Vertices), deepest, 2e-5);
        }
    }

    [Fact]
    public void A_box_on_a_box_touches_at_the_four_corners_of_what_they_share()
    {
        Body a = At(Polytope.Box(new(1, .5, 1)), default), b = At(Polytope.Box(new(.5, .5, 2)), new(.7, .999, 0));
        var manifold = new Manifold();
        Assert.True(new Collision().Find(a.View, b.View, .01, ref manifold));
        Assert.Equal(new Vec3(0, 1, 0), manifold.Normal);
        var places = Enumerable.Range(0, manifold.Count).Select(p => manifold.Points[p]).ToList();
        Assert.All(places, p => Assert.Equal(-.001, p.Gap, 1e-12));
        (double, double)[] expected = [(.2, -1), (.2, 1), (1, -1), (1, 1)];
        Assert.Equal(expected, places.Select(p => (Math.Round(p.Place.X, 9), Math.Round(p.Place.Z, 9))).Order());
    }

    [Fact]
    public void Bodies_beyond_the_margin_have_no_points()
    {
        var manifold = new Manifold();
        foreach (var one in Shapes)
            foreach (var other in Shapes)
                Assert.False(new Collision().Find(At(one, default).View, At(other, new(3, .1, .2)).View, .05, ref manifold));
    }

    [Fact]
    public void Cores_that_meet_in_one_place_are_parted_by_their_radii()
    {
        var collision = new Collision();
        foreach (var (a, b) in ((Polytope, Polytope)[])[(Shapes[0], Shapes[0]), (Shapes[1], Shapes[1]), (Shapes[0], Shapes[1])])
        {
            Assert.True(collision.Between(At(a, default).View, At(b, default).View, .1, out var near));
            Assert.Equal(0, near.Gap, 1e-12);
            Assert.Equal(1, near.Normal.Length, 1e-12);
        }
    }

    private sealed record Body(Polytope Shape, Vec3[] Vertices, Vec3[] Normals, Vec3 Centre)
    {
        public Placed View => new(Shape, Vertices, Normals, Centre);
    }

    private static Body At(Polytope shape, Vec3 place) => new(shape, [.. shape.Vertices.Select(v => v + place)], shape.Normals, place);

    private static Body Put(Polytope shape, int trial, int slot, Vec3 place)
    {
        var (u, v) = Draws.UniformPair(trial, slot, 8);
        var (w, x) = Draws.UniformPair(trial, slot, 9);
        var m = new Quat(u - .5, v - .5, w - .5, x - .5).Unit.Matrix;
        return new(shape, [.. shape.Vertices.Select(p => m * p + place)], [.. shape.Normals.Select(n => m * n)], place);
    }

    private static Vec3 Direction(int trial, int slot) =>
        new Vec3(Draws.Normal(trial, slot, 1), Draws.Normal(trial, slot, 2), Draws.Normal(trial, slot, 3)).Unit;

    // How far a point lies within a body; below zero outside.
    private static double Inside(Body body, Vec3 point) => -OverlapAudit.Gap(body.Shape, body.Vertices, Polytope.Sphere(0), [point]);

    private static Polytope Rock(int which)
    {
        var points = new Vec3[24];
        for (int i = 0; i < points.Length; i++) points[i] = Direction(i, 20 + which) * (.4 + .1 * which);
        return QuickHull.Of(points).Hull;
    }
}
