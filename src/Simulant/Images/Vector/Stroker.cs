namespace Simulant.Images.Vector;

/// <summary>
/// Outlines of drawn lines, to be filled by the non-zero rule: a polygon for each stretch, corner and end, all wound alike.
/// </summary>
internal static class Stroker
{
    private const int MostPieces = 2_000_000;

    public static List<Polyline> Outline(IEnumerable<Polyline> lines, StrokeStyle style, double tolerance)
    {
        var made = new List<Polyline>();
        foreach (var line in lines)
            foreach (var part in Dashed(line, style)) Draw(made, part, style, tolerance);
        return made;
    }

    private static IEnumerable<Polyline> Dashed(Polyline line, StrokeStyle style)
    {
        double whole = style.Dashes.Sum();
        if (!(whole > 0)) return [line];
        var parts = new List<Polyline>();
        double at = style.DashOffset % whole;
        if (at < 0) at += whole;
        int dash = 0;
        while (at >= style.Dashes[dash % style.Dashes.Count])
        {
            at -= style.Dashes[dash % style.Dashes.Count];
            dash++;
        }
        double left = style.Dashes[dash % style.Dashes.Count] - at;
        List<Place>? drawn = dash % 2 == 0 ? [line.Places[0]] : null;
        int count = line.Closed ? line.Places.Length : line.Places.Length - 1;
        for (int i = 0; i < count; i++)
        {
            Place a = line.Places[i], b = line.Places[(i + 1) % line.Places.Length];
            double length = (b - a).Length, done = 0;
            while (length - done > left)
            {
                done += left;
                var place = a + (b - a) * (done / length);
                if (drawn is not null)
                {
                    drawn.Add(place);
                    parts.Add(new([.. drawn], false));
                    if (parts.Count > MostPieces) throw new SvgFault("there are too many dashes; make them longer");
                    drawn = null;
                }
                else drawn = [place];
                dash++;
                left = style.Dashes[dash % style.Dashes.Count];
                if (!(left > 1e-9 * whole)) left = 1e-9 * whole;
            }
            left -= length - done;
            drawn?.Add(b);
        }
        if (drawn is { Count: > 1 }) parts.Add(new([.. drawn], false));
        return parts;
    }

    private static void Draw(List<Polyline> made, Polyline line, StrokeStyle style, double tolerance)
    {
        Place[] p = [.. line.Places.Where((place, i) => i == 0 || place != line.Places[i - 1])];
        bool closed = line.Closed && p.Length > 2;
        if (closed && p[0] == p[^1]) p = p[..^1];
        double half = style.Width / 2;
        if (p.Length == 1)
        {
            // A dot: seen where ends are round or square.
            if (style.Cap == LineCap.Round) Round(made, p[0], half, tolerance);
            if (style.Cap == LineCap.Square) Quad(made, p[0] - new Place(half, 0), p[0] + new Place(half, 0), half);
            return;
        }
        int count = closed ? p.Length : p.Length - 1;
        for (int i = 0; i < count; i++)
        {
            Place a = p[i], b = p[(i + 1) % p.Length], along = (b - a) * (half / (b - a).Length);
            if (style.Cap == LineCap.Square && !closed)
                Quad(made, i == 0 ? a - along : a, i == count - 1 ? b + along : b, half);
            else Quad(made, a, b, half);
            if (i > 0 || closed) Join(made, p[(i + p.Length - 1) % p.Length], a, b, style, tolerance);
            if (made.Count > MostPieces) throw new SvgFault("the line is too long to draw; simplify it");
        }
        if (closed || style.Cap != LineCap.Round) return;
        Round(made, p[0], half, tolerance);
        Round(made, p[^1], half, tolerance);
    }

    private static void Join(List<Polyline> made, Place before, Place at, Place after, StrokeStyle style, double tolerance)
    {
        double half = style.Width / 2;
        if (style.Join == LineJoin.Round)
        {
            Round(made, at, half, tolerance);
            return;
        }
        Place u = Unit(at - before), v = Unit(after - at);
        double turn = Place.Cross(u, v), cos = Place.Dot(u, v), side = turn > 0 ? -1 : 1;
        Place a = at + new Place(-u.Y, u.X) * (half * side), b = at + new Place(-v.Y, v.X) * (half * side);
        // A miter is as long as 1 / sin(angle / 2) half widths, and cos is minus the angle's cosine.
        double sine = Math.Sqrt(Math.Max(0, (1 + cos) / 2));
        if (style.Join == LineJoin.Miter && sine > 0 && 1 / sine <= style.MiterLimit && cos > -1 + 1e-12)
        {
            var tip = at + (a + b - at * 2) * (1 / (1 + cos));
            Put(made, [at, a, tip, b]);
        }
        else Put(made, [at, a, b]);
    }

    private static void Quad(List<Polyline> made, Place a, Place b, double half)
    {
        var u = Unit(b - a);
        var off = new Place(-u.Y, u.X) * half;
        Put(made, [a + off, a - off, b - off, b + off]);
    }

    private static void Round(List<Polyline> made, Place at, double radius, double tolerance)
    {
        double step = 2 * Math.Acos(Math.Max(0, 1 - Math.Min(1, tolerance / Math.Max(radius, 1e-12))));
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.PI / Math.Max(step, 1e-3)), 8, 4096);
        Put(made, [.. Enumerable.Range(0, count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / count);
            return at + new Place(cos, sin) * radius;
        })]);
    }

    private static void Put(List<Polyline> made, Place[] places)
    {
        var polygon = new Polyline(places, true);
        if (polygon.Area < 0) Array.Reverse(places);
        made.Add(polygon);
    }

    private static Place Unit(Place p) => p.Length is > 0 and var length ? p * (1 / length) : default;
}
