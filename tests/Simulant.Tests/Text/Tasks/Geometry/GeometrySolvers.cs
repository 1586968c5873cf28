using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Geometry;

internal static class Plane
{
    public static (int X, int Y)[] Points(string text) =>
        [.. Asked.All(text, @"\((-?\d+), (-?\d+)\)").Select(m => (int.Parse(m[0]), int.Parse(m[1])))];

    /// <summary>Whether the point lies on the segment.</summary>
    public static bool On((int X, int Y) p, (int X, int Y) a, (int X, int Y) b) =>
        (long)(b.X - a.X) * (p.Y - a.Y) == (long)(b.Y - a.Y) * (p.X - a.X)
        && p.X >= Math.Min(a.X, b.X) && p.X <= Math.Max(a.X, b.X) && p.Y >= Math.Min(a.Y, b.Y) && p.Y <= Math.Max(a.Y, b.Y);

    public static ((int X, int Y) A, (int X, int Y) B)[] Edges((int X, int Y)[] p) => [.. p.Select((a, i) => (a, p[(i + 1) % p.Length]))];

    /// <summary>All grid points of the bounding box.</summary>
    public static IEnumerable<(int X, int Y)> Box((int X, int Y)[] p)
    {
        for (int x = p.Min(q => q.X); x <= p.Max(q => q.X); x++)
            for (int y = p.Min(q => q.Y); y <= p.Max(q => q.Y); y++) yield return (x, y);
    }
}

/// <summary>Pick's theorem: grid points inside and on the boundary, counted one by one.</summary>
internal sealed class PolygonAreaSecond() : Second("polygon-area", question =>
{
    var p = Plane.Points(question);
    var edges = Plane.Edges(p);
    int inside = 0, on = 0;
    foreach (var q in Plane.Box(p))
    {
        if (edges.Any(e => Plane.On(q, e.A, e.B))) on++;
        // A ray to the right crosses the boundary an odd number of times from inside.
        else if (edges.Count(e => e.A.Y > q.Y != e.B.Y > q.Y
            && (long)(q.X - e.A.X) * (e.B.Y - e.A.Y) < (long)(e.B.X - e.A.X) * (q.Y - e.A.Y) == e.B.Y > e.A.Y) % 2 == 1) inside++;
    }
    return new Fraction(2 * inside + on - 2, 2).ToString();
});

/// <summary>Steps along every edge, column by column, and asks whether its height there is whole.</summary>
internal sealed class BoundaryPointsSecond() : Second("boundary-points", question =>
{
    int count = 0;
    foreach (var (a, b) in Plane.Edges(Plane.Points(question)))
    {
        if (a.X == b.X) count += Math.Abs(b.Y - a.Y);
        for (int x = Math.Min(a.X, b.X); x < Math.Max(a.X, b.X); x++)
            if ((b.Y - a.Y) * (x - a.X) % (b.X - a.X) == 0) count++;
    }
    return count.ToString();
});

/// <summary>A corner is a point that lies in no triangle, and on no segment, of the others.</summary>
internal sealed class ConvexHullSecond() : Second("convex-hull", question =>
{
    var p = Plane.Points(question[..question.IndexOf("List them")]);
    static long Turn((int X, int Y) a, (int X, int Y) b,
        (int X, int Y) c) => (long)(b.X - a.X) * (c.Y - a.Y) - (long)(b.Y - a.Y) * (c.X - a.X);
    bool Covered((int X, int Y) q)
    {
        var others = p.Where(o => o != q).ToArray();
        for (int a = 0; a < others.Length; a++)
            for (int b = a + 1; b < others.Length; b++)
            {
                if (Plane.On(q, others[a], others[b])) return true;
                for (int c = b + 1; c < others.Length; c++)
                {
                    long one = Turn(others[a], others[b], q), two = Turn(others[b], others[c], q), three = Turn(others[c], others[a], q);
                    if (one > 0 && two > 0 && three > 0 || one < 0 && two < 0 && three < 0) return true;
                }
            }
        return false;
    }
    return string.Join(", ", p.Where(q => !Covered(q)));
});

/// <summary>By a sweep from left to right that looks back no further than the least distance so far.</summary>
internal sealed class ClosestPairSecond() : Second("closest-pair", question =>
{
    var p = Asked.All(question, @"([A-Z]) \((-?\d+), (-?\d+)\)").Select(m => (Name: m[0], X: int.Parse(m[1]), Y: int.Parse(m[2])))
        .OrderBy(q => q.X).ToArray();
    double least = double.MaxValue;
    string best = "";
    for (int i = 0; i < p.Length; i++)
        for (int j = i - 1; j >= 0 && p[i].X - p[j].X < least; j--)
            if (Math.Sqrt(Math.Pow(p[i].X - p[j].X, 2) + Math.Pow(p[i].Y - p[j].Y, 2)) is var d && d < least)
                (least, best) = (d, $"{p[i].Name}, {p[j].Name}");
    return best;
});

/// <summary>Complex numbers: each turn multiplies the direction by i or -i.</summary>
internal sealed class WalkDistanceSecond() : Second("walk-distance", question =>
{
    var first = Regex.Match(question, @"(\d+) metres (north|east|south|west)");
    Complex direction = first.Groups[2].Value switch { "north" => Complex.ImaginaryOne, "east" => 1, "south" => -Complex.ImaginaryOne,
        _ => -1 };
    var place = direction * int.Parse(first.Groups[1].Value);
    foreach (string[] leg in Asked.All(question, @"turns (left|right) and goes (\d+) metres"))
    {
        direction *= leg[0] == "left" ? Complex.ImaginaryOne : -Complex.ImaginaryOne;
        place += direction * int.Parse(leg[1]);
    }
    return Math.Round(place.Magnitude, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);
});

/// <summary>Solves for the common point of the lines, and asks whether it lies within both segments.</summary>
internal sealed class SegmentCrossingsSecond() : Second("segment-crossings", question =>
{
    var p = Plane.Points(question);
    int count = 0;
    for (int i = 0; i < p.Length; i += 2)
        for (int j = i + 2; j < p.Length; j += 2)
        {
            var (u, v, w) = ((X: p[i + 1].X - p[i].X, Y: p[i + 1].Y - p[i].Y), (X: p[j + 1].X - p[j].X, Y: p[j + 1].Y - p[j].Y),
                (X: p[j].X - p[i].X, Y: p[j].Y - p[i].Y));
            int det = u.X * v.Y - u.Y * v.X;
            if (det == 0) continue;
            Fraction s = new(w.X * v.Y - w.Y * v.X, det), t = new(w.X * u.Y - w.Y * u.X, det);
            if (s >= 0 && s <= 1 && t >= 0 && t <= 1) count++;
        }
    return count.ToString();
});

/// <summary>By distances themselves, in floating point.</summary>
internal sealed class CircleOverlapsSecond() : Second("circle-overlaps", question =>
{
    var c = Asked.All(question, @"\((-?\d+), (-?\d+)\) with radius (\d+)").Select(m => m.Select(double.Parse).ToArray()).ToArray();
    return c.SelectMany((a, i) => c.Skip(i + 1).Select(b => (a, b))).Count(p =>
        Math.Sqrt(Math.Pow(p.a[0] - p.b[0], 2) + Math.Pow(p.a[1] - p.b[1], 2)) is var d && d < p.a[2] + p.b[2]
            && d > Math.Abs(p.a[2] - p.b[2])).ToString();
});

/// <summary>Counts unit squares.</summary>
internal sealed class RectangleUnionSecond() : Second("rectangle-union", question =>
{
    var p = Plane.Points(question);
    var squares = new HashSet<(int, int)>();
    for (int i = 0; i < p.Length; i += 2)
        for (int x = p[i].X; x < p[i + 1].X; x++)
            for (int y = p[i].Y; y < p[i + 1].Y; y++) squares.Add((x, y));
    return squares.Count.ToString();
});

/// <summary>Multiplies the moves together as matrices first.</summary>
internal sealed class PointTransformationsSecond() : Second("point-transformations", question =>
{
    question = question[..question.IndexOf("Answer like")];
    var start = Plane.Points(question)[0];
    int[,] all = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
    foreach (Match move in Regex.Matches(question,
        @"counterclockwise|(?<!counter)clockwise|x-axis|y-axis|line y = x|(point|shifted by) \((-?\d+), (-?\d+)\)(?= ?[;.?]|\?)"))
    {
        if (move.Index < question.IndexOf(" is ")) continue;
        int a = move.Groups[2].Success ? int.Parse(move.Groups[2].Value) : 0, b = move.Groups[3].Success ? int.Parse(move.Groups[3].Value)
            : 0;
        int[,] m = move.Value switch
        {
            "counterclockwise" => new[,] { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } },
            "clockwise" => new[,] { { 0, 1, 0 }, { -1, 0, 0 }, { 0, 0, 1 } },
            "x-axis" => new[,] { { 1, 0, 0 }, { 0, -1, 0 }, { 0, 0, 1 } },
            "y-axis" => new[,] { { -1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
            "line y = x" => new[,] { { 0, 1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } },
            _ => move.Groups[1].Value == "point" ? new[,] { { -1, 0, 2 * a }, { 0, -1, 2 * b }, { 0, 0, 1 } }
                : new[,] { { 1, 0, a }, { 0, 1, b }, { 0, 0, 1 } },
        };
        var next = new int[3, 3];
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
                for (int k = 0; k < 3; k++) next[r, c] += m[r, k] * all[k, c];
        all = next;
    }
    return $"({all[0, 0] * start.X + all[0, 1] * start.Y + all[0, 2]}, {all[1, 0] * start.X + all[1, 1] * start.Y + all[1, 2]})";
});

/// <summary>By the angle opposite the longest side, from its cosine.</summary>
internal sealed class TriangleCensusSecond() : Second("triangle-census", question =>
{
    var counts = new int[4];
    foreach (string[] t in Asked.All(question, @"(\d+), (\d+), (\d+)"))
    {
        double[] s = [.. t.Select(double.Parse).Order()];
        double cosine = (s[0] * s[0] + s[1] * s[1] - s[2] * s[2]) / (2 * s[0] * s[1]);
        counts[cosine <= -1 + 1e-12 ? 3 : Math.Abs(cosine) < 1e-12 ? 1 : cosine > 0 ? 0 : 2]++;
    }
    return string.Join(", ", counts);
});

/// <summary>Sets up every cube and counts faces without a neighbour.</summary>
internal sealed class BlockSurfaceSecond() : Second("block-surface", question =>
{
    int[][] h = [.. Asked.Lines(question, @"\d+(?: \d+)+").Select(l => l.Split(' ').Select(int.Parse).ToArray())];
    bool Full(int r, int c, int z) => r >= 0 && r < h.Length && c >= 0 && c < h[0].Length && z >= 0 && z < h[r][c];
    int faces = 0;
    for (int r = 0; r < h.Length; r++)
        for (int c = 0; c < h[0].Length; c++)
            for (int z = 0; z < h[r][c]; z++)
                foreach (var (dr, dc, dz) in ((int, int, int)[])[(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)])
                    if (!Full(r + dr, c + dc, z + dz)) faces++;
    return faces.ToString();
});

/// <summary>Simpson's rule over the cross-sections, which is exact for these solids.</summary>
internal sealed class SolidsInPiSecond() : Second("solids-in-pi", question =>
{
    Fraction sum = 0;
    foreach (Match m in Regex.Matches(question,
        @"(cylinder|truncated cone|cone|ball) of radi(?:us|i) (\d+)(?: and (\d+))?(?: and height (\d+))?"))
    {
        Fraction r = int.Parse(m.Groups[2].Value), top = m.Groups[3].Success ? int.Parse(m.Groups[3].Value) : 0;
        Fraction h = m.Groups[4].Success ? int.Parse(m.Groups[4].Value) : 2 * r;
        // Squared radii of the sections at the bottom, in the middle and at the top.
        var middle = (r + top) / 2;
        (Fraction low, Fraction mid, Fraction high) = m.Groups[1].Value switch
        {
            "cylinder" => (r * r, r * r, r * r),
            "ball" => (0, r * r, 0),
            _ => (r * r, middle * middle, top * top),
        };
        sum += h / 6 * (low + 4 * mid + high);
    }
    return sum.ToString();
});
