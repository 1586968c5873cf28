namespace Simulant.Images.Vector;

/// <summary>A stretch of an outline.</summary>
/// <param name="First">First control place of a cubic curve; unused for a line.</param>
/// <param name="Second">Second control place.</param>
/// <param name="End">Where it ends.</param>
public readonly record struct Stretch(bool IsCurve, Place First, Place Second, Place End);

/// <summary>An outline in one stroke of the pen.</summary>
/// <param name="Closed">Whether it was closed by the author; fills close it anyhow.</param>
public sealed record Outline(Place Start, IReadOnlyList<Stretch> Stretches, bool Closed);

/// <summary>A polygon that stands for an outline.</summary>
public sealed record Polyline(Place[] Places, bool Closed)
{
    /// <summary>Twice the signed area halved: positive clockwise as seen, y down.</summary>
    public double Area
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Places.Length; i++) sum += Place.Cross(Places[i], Places[(i + 1) % Places.Length]);
            return sum / 2;
        }
    }
}

/// <summary>Outlines of straight lines and cubic curves, filled together.</summary>
public sealed record PathShape(IReadOnlyList<Outline> Outlines)
{
    private const int Deepest = 16;

    public PathShape Moved(Affine by) => new([.. Outlines.Select(o => o with
    {
        Start = by.Send(o.Start),
        Stretches = [.. o.Stretches.Select(s => new Stretch(s.IsCurve, by.Send(s.First), by.Send(s.Second), by.Send(s.End)))],
    })]);

    /// <summary>Curves halved until their control places lie within the tolerance of the chord.</summary>
    public Polyline[] Flattened(double tolerance)
    {
        var lines = new List<Polyline>(Outlines.Count);
        foreach (var outline in Outlines)
        {
            var places = new List<Place> { outline.Start };
            foreach (var s in outline.Stretches)
            {
                if (s.IsCurve) Halve(places, places[^1], s.First, s.Second, s.End, tolerance * tolerance, 0);
                else places.Add(s.End);
            }
            lines.Add(new([.. places], outline.Closed));
        }
        return [.. lines];
    }

    private static void Halve(List<Place> into, Place a, Place b, Place c, Place d, double square, int depth)
    {
        if (depth == Deepest || (Away(b, a, d) <= square && Away(c, a, d) <= square))
        {
            into.Add(d);
            return;
        }
        Place ab = (a + b) * 0.5, bc = (b + c) * 0.5, cd = (c + d) * 0.5, left = (ab + bc) * 0.5, right = (bc + cd) * 0.5;
        var middle = (left + right) * 0.5;
        Halve(into, a, ab, left, middle, square, depth + 1);
        Halve(into, middle, right, cd, d, square, depth + 1);
    }

    // Squared distance from a stretch, not from its line: a control place beyond an end bends the curve out there.
    private static double Away(Place p, Place a, Place b)
    {
        Place along = b - a, from = p - a;
        double length = Place.Dot(along, along), at = length > 0 ? Math.Clamp(Place.Dot(from, along) / length, 0, 1) : 0;
        var off = from - along * at;
        return Place.Dot(off, off);
    }
}

/// <summary>Builds outlines with a pen.</summary>
internal sealed class Pen
{
    // Control places of a quarter of a circle (the distance that keeps its middle on the circle).
    private const double Quarter = 0.5522847498307936;

    private readonly List<Outline> _done = [];
    private List<Stretch> _stretches = [];
    private Place _start;
    private bool _down;

    public Place At { get; private set; }

    public void Move(Place to)
    {
        Lift(closed: false);
        (_start, At) = (to, to);
    }

    public void Line(Place to) => Add(new(false, default, default, to));

    public void Curve(Place first, Place second, Place to) => Add(new(true, first, second, to));

    public void Quadratic(Place control, Place to) =>
        Curve(At + (control - At) * (2 / 3.0), to + (control - to) * (2 / 3.0), to);

    public void Close()
    {
        if (_down && At != _start) Line(_start);
        Lift(closed: true);
        At = _start;
    }

    /// <summary>An elliptical arc as SVG gives it (SVG 1.1, appendix F.6), by cubic curves of at most a quarter turn.</summary>
    public void Arc(double rx, double ry, double degrees, bool large, bool sweep, Place to)
    {
        if (At == to) return;
        (rx, ry) = (Math.Abs(rx), Math.Abs(ry));
        if (rx == 0 || ry == 0)
        {
            Line(to);
            return;
        }
        var turn = Affine.Turn(degrees);
        var half = Affine.Turn(-degrees).Send((At - to) * 0.5);
        double needed = half.X * half.X / (rx * rx) + half.Y * half.Y / (ry * ry);
        if (needed > 1) (rx, ry) = (rx * Math.Sqrt(needed), ry * Math.Sqrt(needed));
        double a = rx * rx * half.Y * half.Y + ry * ry * half.X * half.X;
        double off = Math.Sqrt(Math.Max(0, (rx * rx * ry * ry - a) / a)) * (large == sweep ? -1 : 1);
        Place centred = new(off * rx * half.Y / ry, -off * ry * half.X / rx), centre = turn.Send(centred) + (At + to) * 0.5;
        double from = Math.Atan2((half.Y - centred.Y) / ry, (half.X - centred.X) / rx);
        double span = Math.Atan2((-half.Y - centred.Y) / ry, (-half.X - centred.X) / rx) - from;
        if (sweep && span < 0) span += 2 * Math.PI;
        if (!sweep && span > 0) span -= 2 * Math.PI;
        var unit = Affine.Shift(centre.X, centre.Y) * turn * Affine.Scale(rx, ry);
        int pieces = Math.Max(1, (int)Math.Ceiling(Math.Abs(span) / (Math.PI / 2) - 1e-9));
        double step = span / pieces, reach = 4.0 / 3 * Math.Tan(step / 4);
        for (int i = 0; i < pieces; i++)
        {
            var (s0, c0) = Math.SinCos(from + i * step);
            var (s1, c1) = Math.SinCos(from + (i + 1) * step);
            Curve(unit.Send(new(c0 - reach * s0, s0 + reach * c0)), unit.Send(new(c1 + reach * s1, s1 - reach * c1)),
                i == pieces - 1 ? to : unit.Send(new(c1, s1)));
        }
    }

    public void Ellipse(double cx, double cy, double rx, double ry)
    {
        double x = rx * Quarter, y = ry * Quarter;
        Move(new(cx + rx, cy));
        Curve(new(cx + rx, cy + y), new(cx + x, cy + ry), new(cx, cy + ry));
        Curve(new(cx - x, cy + ry), new(cx - rx, cy + y), new(cx - rx, cy));
        Curve(new(cx - rx, cy - y), new(cx - x, cy - ry), new(cx, cy - ry));
        Curve(new(cx + x, cy - ry), new(cx + rx, cy - y), new(cx + rx, cy));
        Close();
    }

    public void Rectangle(double x, double y, double width, double height, double rx, double ry)
    {
        (rx, ry) = (Math.Min(rx, width / 2), Math.Min(ry, height / 2));
        if (rx <= 0 || ry <= 0) (rx, ry) = (0, 0);
        Move(new(x + rx, y));
        Line(new(x + width - rx, y));
        if (rx > 0) Arc(rx, ry, 0, false, true, new(x + width, y + ry));
        Line(new(x + width, y + height - ry));
        if (rx > 0) Arc(rx, ry, 0, false, true, new(x + width - rx, y + height));
        Line(new(x + rx, y + height));
        if (rx > 0) Arc(rx, ry, 0, false, true, new(x, y + height - ry));
        Line(new(x, y + ry));
        if (rx > 0) Arc(rx, ry, 0, false, true, new(x + rx, y));
        Close();
    }

    public PathShape Done()
    {
        Lift(closed: false);
        return new([.. _done]);
    }

    private void Add(Stretch stretch)
    {
        // After a closed outline the next begins where that one did.
        if (!_down) _start = At;
        _down = true;
        _stretches.Add(stretch);
        At = stretch.End;
    }

    private void Lift(bool closed)
    {
        if (_down) _done.Add(new(_start, _stretches, closed));
        (_stretches, _down) = ([], false);
    }
}
