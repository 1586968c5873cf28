using Simulant.Images.Vector;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Images.Vector;

/// <summary>Areas against closed forms, and winding against counting at many places.</summary>
public class CoverageTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(17)]
    public void A_polygon_covers_its_area_and_each_pixel_its_share(int corners)
    {
        var polygon = Regular(corners, 20.3, 19.1, 14.7, 0.3);
        float[] covered = Coverage.Of([polygon], FillRule.NonZero, 40, 40);
        Assert.Equal(corners / 2.0 * 14.7 * 14.7 * Math.Sin(2 * Math.PI / corners), Sum(covered), 1e-3);
        for (int pixel = 0; pixel < covered.Length; pixel++)
            Assert.Equal(Clipped(polygon.Places, pixel % 40, pixel / 40), covered[pixel], 2e-6);
    }

    [Fact]
    public void A_circle_and_an_ellipse_cover_pi_r_r()
    {
        var pen = new Pen();
        pen.Ellipse(32, 30, 25, 12.5);
        float[] covered = Coverage.Of(pen.Done().Flattened(1e-4), FillRule.NonZero, 64, 64);
        // Four cubic curves are off a circle by 2.7 in 10,000 of the radius at most.
        Assert.Equal(Math.PI * 25 * 12.5, Sum(covered), 0.4);
    }

    [Theory]
    [InlineData(FillRule.NonZero, 1)]
    [InlineData(FillRule.NonZero, 2)]
    [InlineData(FillRule.EvenOdd, 1)]
    [InlineData(FillRule.EvenOdd, 2)]
    public void Crossing_outlines_cover_what_counting_places_says(FillRule rule, ulong seed)
    {
        var stream = new RandomStream(seed, "coverage");
        Polyline[] lines = [.. Enumerable.Range(0, 3).Select(l => new Polyline([.. Enumerable.Range(0, 9).Select(i =>
            new Place(stream.Uniform(i, l, 0) * 20 - 4, stream.Uniform(i, l, 1) * 20 - 4))], true))];
        float[] covered = Coverage.Of(lines, rule, 12, 12);
        const int Fine = 32;
        for (int pixel = 0; pixel < covered.Length; pixel++)
        {
            int inside = 0;
            for (int s = 0; s < Fine * Fine; s++)
            {
                var p = new Place(pixel % 12 + (s % Fine + 0.5) / Fine, pixel / 12 + (s / Fine + 0.5) / Fine);
                int winding = lines.Sum(l => Winding(l, p));
                if (rule == FillRule.NonZero ? winding != 0 : (winding & 1) != 0) inside++;
            }
            // An edge misjudges about one place in 32 of a row where it passes; few of the 27 pass one pixel.
            Assert.Equal(inside / (double)(Fine * Fine), covered[pixel], 0.04);
        }
        Assert.Contains(covered, c => c is > 0.1f and < 0.9f);
    }

    [Fact]
    public void A_star_is_hollow_by_one_rule_and_full_by_the_other()
    {
        var star = new Polyline([.. Enumerable.Range(0, 5).Select(i => At(16, 16, 14, 4 * Math.PI / 5 * i - Math.PI / 2))], true);
        Assert.Equal(1, Coverage.Of([star], FillRule.NonZero, 32, 32)[16 * 32 + 16]);
        Assert.Equal(0, Coverage.Of([star], FillRule.EvenOdd, 32, 32)[16 * 32 + 16]);
        // Points and pentagon: the pentagram's area by its circumradius.
        double pentagon = 5 / 2.0 * Math.Pow(14 * Math.Cos(2 * Math.PI / 5) / Math.Cos(Math.PI / 5), 2) * Math.Sin(2 * Math.PI / 5);
        double whole = Sum(Coverage.Of([star], FillRule.NonZero, 32, 32)), hollow = Sum(Coverage.Of([star], FillRule.EvenOdd, 32, 32));
        Assert.Equal(pentagon, whole - hollow, 1e-3);
    }

    [Fact]
    public void What_lies_outside_the_picture_covers_only_its_part()
    {
        var large = new Polyline([new(-50, -50), new(1000, -50), new(1000, 4.25), new(-50, 4.25)], true);
        float[] covered = Coverage.Of([large], FillRule.NonZero, 7, 9);
        Assert.Equal(7 * 4.25, Sum(covered), 1e-5);
        Assert.Equal(0.25, covered[4 * 7 + 3], 1e-6);
        var left = new Polyline([new(-9, 1), new(-2, 1), new(-2, 8), new(-9, 8)], true);
        Assert.Equal(0, Sum(Coverage.Of([left], FillRule.NonZero, 7, 9)), 1e-9);
    }

    [Fact]
    public void Outlines_too_intricate_are_refused()
    {
        var stream = new RandomStream(3, "tangle");
        var tangle = new Polyline([.. Enumerable.Range(0, 6_000).Select(i =>
            new Place(stream.Uniform(i, 0) * 64, i % 2 == 0 ? 0 : 64))], true);
        Assert.Throws<SvgFault>(() => Coverage.Of([tangle], FillRule.NonZero, 64, 64));
    }

    private static Polyline Regular(int corners, double x, double y, double radius, double turn) =>
        new([.. Enumerable.Range(0, corners).Select(i => At(x, y, radius, turn + 2 * Math.PI * i / corners))], true);

    private static Place At(double x, double y, double radius, double angle) =>
        new(x + radius * Math.Cos(angle), y + radius * Math.Sin(angle));

    private static double Sum(float[] values) => values.Sum(v => (double)v);

    private static int Winding(Polyline line, Place p)
    {
        int winding = 0;
        for (int i = 0; i < line.Places.Length; i++)
        {
            Place a = line.Places[i], b = line.Places[(i + 1) % line.Places.Length];
            if (a.Y <= p.Y != b.Y <= p.Y && a.X + (p.Y - a.Y) / (b.Y - a.Y) * (b.X - a.X) < p.X) winding += a.Y < b.Y ? 1 : -1;
        }
        return winding;
    }

    // A convex polygon's part in a pixel, cut side by side (Sutherland and Hodgman).
    private static double Clipped(Place[] polygon, int x, int y)
    {
        IReadOnlyList<Place> part = polygon;
        part = Cut(part, p => p.X - x);
        part = Cut(part, p => x + 1 - p.X);
        part = Cut(part, p => p.Y - y);
        part = Cut(part, p => y + 1 - p.Y);
        double sum = 0;
        for (int i = 0; i < part.Count; i++) sum += Place.Cross(part[i], part[(i + 1) % part.Count]);
        return Math.Abs(sum) / 2;
    }

    private static List<Place> Cut(IReadOnlyList<Place> polygon, Func<Place, double> inside)
    {
        var left = new List<Place>();
        for (int i = 0; i < polygon.Count; i++)
        {
            Place a = polygon[i], b = polygon[(i + 1) % polygon.Count];
            double da = inside(a), db = inside(b);
            if (da >= 0) left.Add(a);
            if (da >= 0 != db >= 0) left.Add(a + (b - a) * (da / (da - db)));
        }
        return left;
    }
}
