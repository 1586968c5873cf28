using System.Numerics;

namespace Simulant.Scenes.Meshes;

/// <summary>
/// Cuts polygons with holes into triangles: holes are tied to the outline by a bridge, then ears are cut (Meisters 1975; Eberly,
/// "Triangulation by ear clipping", 2002). In double precision; the order of the cuts is fixed.
/// </summary>
public static class Triangulation
{
    /// <summary>Corners in all, beyond which a shape is refused: ears are found in quadratic time.</summary>
    public const int MostCorners = 20_000;

    /// <summary>Triangles over the corners of all polygons, counted one polygon after the other; anticlockwise where y points up.</summary>
    /// <param name="polygons">The outline, then its holes; simple, apart, of at least three corners each, wound either way.</param>
    /// <exception cref="ArgumentException">There are too few or too many corners.</exception>
    public static int[] Of(IReadOnlyList<Vector2[]> polygons)
    {
        if (polygons.Count == 0 || polygons.Any(p => p.Length < 3)) throw new ArgumentException("a polygon has at least three corners");
        if (polygons.Sum(p => p.Length) is > MostCorners and var many)
            throw new ArgumentException($"{many} corners are more than the {MostCorners} that are cut; simplify the outline");
        Vector2[] corners = [.. polygons.SelectMany(p => p)];
        var ring = Ring(polygons[0], 0, anticlockwise: true);
        int first = polygons[0].Length;
        var holes = new List<List<int>>();
        for (int h = 1; h < polygons.Count; first += polygons[h++].Length) holes.Add(Ring(polygons[h], first, anticlockwise: false));
        // From the right, so that no hole lies between another and the outline.
        foreach (var hole in holes.OrderByDescending(hole => hole.Max(i => corners[i].X))) Tie(corners, ring, hole);
        return Cut(corners, ring);
    }

    /// <summary>Signed area, positive anticlockwise where y points up.</summary>
    public static double Area(IReadOnlyList<Vector2> polygon)
    {
        double sum = 0;
        for (int i = 0; i < polygon.Count; i++)
        {
            Vector2 a = polygon[i], b = polygon[(i + 1) % polygon.Count];
            sum += (double)a.X * b.Y - (double)a.Y * b.X;
        }
        return sum / 2;
    }

    private static List<int> Ring(Vector2[] polygon, int first, bool anticlockwise)
    {
        var ring = Enumerable.Range(first, polygon.Length).ToList();
        if (Area(polygon) > 0 != anticlockwise) ring.Reverse();
        return ring;
    }

    // A bridge from the hole's rightmost corner to the nearest corner of the ring that it sees.
    private static void Tie(Vector2[] corners, List<int> ring, List<int> hole)
    {
        int right = 0;
        for (int i = 1; i < hole.Count; i++)
            if (corners[hole[i]].X > corners[hole[right]].X) right = i;
        var from = corners[hole[right]];
        int best = -1;
        double nearest = double.MaxValue;
        for (int i = 0; i < ring.Count; i++)
        {
            var to = corners[ring[i]];
            double away = Vector2.DistanceSquared(from, to);
            if (away >= nearest || !Sees(corners, ring, i, from) || Crossed(corners, ring, from, to) || Crossed(corners, hole, from,
                to)) continue;
            (best, nearest) = (i, away);
        }
        if (best < 0) throw new ArgumentException("a hole does not lie within its outline");
        List<int> bridge = [.. hole[right..], .. hole[..(right + 1)], ring[best]];
        ring.InsertRange(best + 1, bridge);
    }

    // Whether a place lies inside the ring's angle at a corner: corners that bridges doubled have two.
    private static bool Sees(Vector2[] corners, List<int> ring, int at, Vector2 place)
    {
        Vector2 before = corners[ring[(at + ring.Count - 1) % ring.Count]], here = corners[ring[at]],
            after = corners[ring[(at + 1) % ring.Count]];
        bool left = Turn(before, here, place) > 0, right = Turn(here, after, place) > 0;
        return Turn(before, here, after) >= 0 ? left && right : left || right;
    }

    private static bool Crossed(Vector2[] corners, List<int> ring, Vector2 from, Vector2 to)
    {
        for (int i = 0; i < ring.Count; i++)
        {
            Vector2 a = corners[ring[i]], b = corners[ring[(i + 1) % ring.Count]];
            if (a == from || a == to || b == from || b == to) continue;
            if (Turn(from, to, a) > 0 != Turn(from, to, b) > 0 && Turn(a, b, from) > 0 != Turn(a, b, to) > 0) return true;
        }
        return false;
    }

    private static int[] Cut(Vector2[] corners, List<int> ring)
    {
        var triangles = new List<int>(3 * ring.Count);
        int at = 0, misses = 0;
        while (ring.Count > 3)
        {
            int before = (at + ring.Count - 1) % ring.Count, after = (at + 1) % ring.Count;
            // Where rounding leaves no clear ear, flat ones are cut, then any.
            if (misses > 2 * ring.Count || IsEar(corners, ring, before, at, after, misses > ring.Count))
            {
                if (Turn(corners[ring[before]], corners[ring[at]], corners[ring[after]]) > 0)
                    triangles.AddRange([ring[before], ring[at], ring[after]]);
                ring.RemoveAt(at);
                at = (at + ring.Count - 1) % ring.Count;
                misses = 0;
            }
            else
            {
                at = after;
                misses++;
            }
        }
        if (Turn(corners[ring[0]], corners[ring[1]], corners[ring[2]]) > 0) triangles.AddRange(ring);
        return [.. triangles];
    }

    private static bool IsEar(Vector2[] corners, List<int> ring, int before, int at, int after, bool flat)
    {
        Vector2 a = corners[ring[before]], b = corners[ring[at]], c = corners[ring[after]];
        double turn = Turn(a, b, c);
        if (flat ? turn < 0 : turn <= 0) return false;
        foreach (int i in ring)
        {
            var p = corners[i];
            if (p == a || p == b || p == c) continue;
            if (Turn(a, b, p) >= 0 && Turn(b, c, p) >= 0 && Turn(c, a, p) >= 0) return false;
        }
        return true;
    }

    private static double Turn(Vector2 a, Vector2 b, Vector2 c) =>
        ((double)b.X - a.X) * ((double)c.Y - a.Y) - ((double)b.Y - a.Y) * ((double)c.X - a.X);
}
