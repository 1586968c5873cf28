namespace Simulant.Images.Vector;

/// <summary>A colour in sRGB, not premultiplied, each part 0 to 1.</summary>
public readonly record struct Ink(double Red, double Green, double Blue, double Alpha)
{
    public static Ink Black { get; } = new(0, 0, 0, 1);

    public static Ink Mix(Ink a, Ink b, double t) => new(a.Red + (b.Red - a.Red) * t, a.Green + (b.Green - a.Green) * t,
        a.Blue + (b.Blue - a.Blue) * t, a.Alpha + (b.Alpha - a.Alpha) * t);
}

/// <summary>What an area is filled with.</summary>
public abstract record Paint
{
    /// <summary>The colour at a place of the picture.</summary>
    public abstract Ink At(Place p);
}

public sealed record FlatPaint(Ink Ink) : Paint
{
    public override Ink At(Place p) => Ink;
}

/// <summary>How a gradient goes on beyond its ends.</summary>
public enum Spread { Pad, Reflect, Repeat }

/// <summary>A colour at a part of a gradient's way, 0 to 1.</summary>
public readonly record struct Stop(double Offset, Ink Ink);

/// <summary>Colours along a way.</summary>
/// <param name="Back">From the picture to the gradient's own plane.</param>
/// <param name="Stops">At least one, offsets rising.</param>
public abstract record Gradient(Affine Back, IReadOnlyList<Stop> Stops, Spread Spread) : Paint
{
    /// <summary>How far along the way a place of the gradient's own plane lies.</summary>
    protected abstract double Along(Place p);

    public override Ink At(Place p)
    {
        double t = Along(Back.Send(p));
        if (!double.IsFinite(t)) t = 1;
        t = Spread switch
        {
            Spread.Repeat => t - Math.Floor(t),
            Spread.Reflect => Math.Abs(t - 2 * Math.Floor(t / 2 + 0.5)),
            _ => Math.Clamp(t, 0, 1),
        };
        if (t <= Stops[0].Offset) return Stops[0].Ink;
        for (int i = 1; i < Stops.Count; i++)
        {
            if (t >= Stops[i].Offset) continue;
            double gap = Stops[i].Offset - Stops[i - 1].Offset;
            return Ink.Mix(Stops[i - 1].Ink, Stops[i].Ink, gap > 0 ? (t - Stops[i - 1].Offset) / gap : 1);
        }
        return Stops[^1].Ink;
    }
}

/// <summary>Along a straight way.</summary>
public sealed record LinearGradient(Place From, Place To, Affine Back, IReadOnlyList<Stop> Stops, Spread Spread)
    : Gradient(Back, Stops, Spread)
{
    protected override double Along(Place p) => Place.Dot(p - From, To - From) / Place.Dot(To - From, To - From);
}

/// <summary>From a focus within a circle to the circle.</summary>
public sealed record RadialGradient(Place Centre, double Radius, Place Focus, Affine Back, IReadOnlyList<Stop> Stops, Spread Spread)
    : Gradient(Back, Stops, Spread)
{
    // The t at which the circle about (1 - t) focus + t centre of radius t r passes through p.
    protected override double Along(Place p)
    {
        Place from = p - Focus, axis = Centre - Focus;
        double a = Radius * Radius - Place.Dot(axis, axis), b = Place.Dot(from, axis), c = Place.Dot(from, from);
        if (!(a > 0)) return 1;
        return (Math.Sqrt(Math.Max(0, b * b + a * c)) - b) / a;
    }
}
