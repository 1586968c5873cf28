namespace Simulant.Images.Vector;

/// <summary>Which places lie inside outlines that cross.</summary>
public enum FillRule
{
    /// <summary>Where outlines wind round in sum.</summary>
    NonZero,

    /// <summary>Where an odd number of them is crossed on the way out.</summary>
    EvenOdd,
}

/// <summary>
/// How much of each pixel outlines cover, exactly: rows are cut where outlines begin, end or cross, so that between two cuts what is inside
/// are trapezoids, and of a trapezoid's part in a pixel the area is known. Sums have one order.
/// </summary>
internal sealed class Coverage
{
    /// <summary>Steps of work beyond which outlines are refused as too intricate.</summary>
    public const long MostWork = 40_000_000;

    private readonly int _width, _height;
    private readonly FillRule _rule;
    private readonly List<Edge>[] _starting;
    private readonly double[] _area, _cover;
    private readonly List<double> _cuts = [];
    private long _work;

    private readonly record struct Edge(double Top, double Bottom, double X, double Slope, int Winding)
    {
        public double At(double y) => X + (y - Top) * Slope;
    }

    private Coverage(int width, int height, FillRule rule)
    {
        (_width, _height, _rule) = (width, height, rule);
        _starting = new List<Edge>[height];
        (_area, _cover) = (new double[width + 2], new double[width + 2]);
    }

    /// <summary>The share of each pixel that lies inside, 0 to 1, rows from the top; pixel (0, 0) spans 0 to 1 both ways.</summary>
    /// <exception cref="SvgFault">The outlines are too intricate.</exception>
    public static float[] Of(IEnumerable<Polyline> lines, FillRule rule, int width, int height)
    {
        var made = new Coverage(width, height, rule);
        foreach (var line in lines)
            for (int i = 0; i < line.Places.Length; i++) made.Add(line.Places[i], line.Places[(i + 1) % line.Places.Length]);
        return made.Run();
    }

    private void Add(Place a, Place b)
    {
        if (a.Y == b.Y || !double.IsFinite(a.X + a.Y + b.X + b.Y)) return;
        int winding = a.Y < b.Y ? 1 : -1;
        if (winding < 0) (a, b) = (b, a);
        double slope = (b.X - a.X) / (b.Y - a.Y), top = Math.Max(0, a.Y), bottom = Math.Min(_height, b.Y);
        if (!(top < bottom)) return;
        (_starting[Math.Min(_height - 1, (int)top)] ??= []).Add(new(top, bottom, a.X + (top - a.Y) * slope, slope, winding));
    }

    private float[] Run()
    {
        float[] into = new float[_width * _height];
        var active = new List<Edge>();
        for (int y = 0; y < _height; y++)
        {
            active.RemoveAll(e => e.Bottom <= y);
            if (_starting[y] is { } more) active.AddRange(more);
            if (active.Count == 0) continue;
            Array.Clear(_area);
            Array.Clear(_cover);
            Row(active, y);
            double sum = 0;
            for (int x = 0; x < _width; x++)
            {
                into[y * _width + x] = (float)Math.Clamp(sum + _area[x], 0, 1);
                sum += _cover[x];
            }
        }
        return into;
    }

    // Bands between the ends of edges.
    private void Row(List<Edge> active, int y)
    {
        _cuts.Clear();
        _cuts.Add(y);
        _cuts.Add(y + 1);
        foreach (var e in active)
        {
            if (e.Top > y) _cuts.Add(e.Top);
            if (e.Bottom < y + 1) _cuts.Add(e.Bottom);
        }
        _cuts.Sort();
        var inside = new List<Edge>();
        for (int c = 1; c < _cuts.Count; c++)
        {
            double top = _cuts[c - 1], bottom = _cuts[c];
            if (!(top < bottom)) continue;
            inside.Clear();
            foreach (var e in active)
                if (e.Top <= top && e.Bottom >= bottom) inside.Add(e);
            Spend(active.Count);
            Band(inside, top, bottom, 0);
        }
    }

    // Where two edges change sides the band is cut at the crossing, until in each piece one order holds.
    private void Band(List<Edge> edges, double top, double bottom, int depth)
    {
        if (edges.Count == 0) return;
        double middle = (top + bottom) / 2;
        var order = edges.OrderBy(e => e.At(middle)).ThenBy(e => e.Slope).ToList();
        Spend(edges.Count * 4L);
        if (depth < 64 && FirstCrossing(order, top, bottom) is { } cut)
        {
            Band(edges, top, cut, depth + 1);
            Band(edges, cut, bottom, depth + 1);
            return;
        }
        int winding = 0;
        foreach (var e in order)
        {
            bool before = Inside(winding);
            winding += e.Winding;
            bool after = Inside(winding);
            if (before != after) Side(e.At(top), e.At(bottom), bottom - top, after ? 1 : -1);
        }
    }

    // Edges ordered at the middle are ordered all through unless neighbours cross above or below it.
    private static double? FirstCrossing(List<Edge> order, double top, double bottom)
    {
        double? found = null;
        double least = (bottom - top) * 1e-9 + 1e-12, middle = (top + bottom) / 2;
        for (int i = 1; i < order.Count; i++)
        {
            Edge a = order[i - 1], b = order[i];
            double above = b.At(top) - a.At(top), below = b.At(bottom) - a.At(bottom);
            if (above >= -1e-9 && below >= -1e-9) continue;
            double y = top + (bottom - top) * above / (above - below);
            bool nearer = found is null || Math.Abs(y - middle) < Math.Abs(found.Value - middle);
            if (y - top > least && bottom - y > least && nearer) found = y;
        }
        return found;
    }

    private bool Inside(int winding) => _rule == FillRule.NonZero ? winding != 0 : (winding & 1) != 0;

    /// <summary>Adds, to everything right of a side of a trapezoid, its height; to pixels that it passes, the part right of it.</summary>
    private void Side(double x0, double x1, double height, int sign)
    {
        if (x0 > x1) (x0, x1) = (x1, x0);
        if (x0 >= _width) return;
        if (x1 <= 0)
        {
            Add(0, sign * height, sign * height);
            return;
        }
        double span = x1 - x0;
        if (span < 1e-12)
        {
            int at = (int)x0;
            Add(at, sign * height * (at + 1 - x0), sign * height);
            return;
        }
        // Left of the picture counts as its left edge, where the whole pixel lies right of the side.
        if (x0 < 0)
        {
            double part = sign * height * -x0 / span;
            Add(0, part, part);
        }
        for (int at = (int)Math.Max(0, x0); at < _width && at < x1; at++)
        {
            double from = Math.Max(x0, at), to = Math.Min(x1, at + 1), part = sign * height * (to - from) / span;
            Add(at, part * (at + 1 - (from + to) / 2), part);
            Spend(1);
        }
    }

    // What a pixel right of this one gets is the sum of covers; area is this pixel's own.
    private void Add(int at, double area, double cover)
    {
        _area[at] += area;
        _cover[at] += cover;
    }

    private void Spend(long steps)
    {
        if ((_work += steps) > MostWork) throw new SvgFault("the outlines are too intricate to fill; simplify them");
    }
}
