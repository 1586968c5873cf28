using System.Xml.Linq;

namespace Simulant.Images.Vector;

/// <summary>Reads gradients, each with what it inherits from those it refers to.</summary>
internal sealed class SvgGradients(SvgStyles styles, Func<string, XElement> target, Func<XElement, string?> href, double width,
    double height)
{
    private const int LongestChain = 16, MostStops = 1000;

    public Paint Read(XElement element, double opacity, Ink colour, PathShape shape, Affine placed)
    {
        var chain = new List<XElement> { element };
        while (href(chain[^1]) is { } next)
        {
            if (chain.Count == LongestChain) throw new SvgFault("gradients refer to each other without end");
            chain.Add(target(next));
        }
        if (chain.Any(e => e.Name.LocalName is not ("linearGradient" or "radialGradient")))
            throw new SvgFault($"'{chain[^1].Name.LocalName}' is no gradient; patterns are not read");
        string? Said(string name) => chain.Select(e => e.Attribute(name)?.Value).FirstOrDefault(v => v is not null);
        var stops = Stops(chain.FirstOrDefault(e => e.Elements().Any(s => s.Name.LocalName == "stop")), opacity, colour);
        if (stops.Count == 0) return new FlatPaint(default);
        if (stops.Count == 1) return new FlatPaint(stops[0].Ink);
        bool own = Said("gradientUnits") == "userSpaceOnUse";
        var plane = own ? placed : placed * Box(shape);
        if (Said("gradientTransform") is { } moved) plane *= SvgText.Transform(moved);
        // Where the plane is squashed the last colour is all there is.
        if (plane.Inverse() is not { } back) return new FlatPaint(stops[^1].Ink);
        var spread = Said("spreadMethod") switch { "reflect" => Spread.Reflect, "repeat" => Spread.Repeat, _ => Spread.Pad };
        double across = own ? width : 1, down = own ? height : 1, diagonal = own ? Math.Sqrt((width * width + height * height) / 2) : 1;
        double At(string name, double whole, double share) => Said(name) is { } v ? SvgText.Length(v, whole) : share * whole;
        if (element.Name.LocalName == "linearGradient")
        {
            Place from = new(At("x1", across, 0), At("y1", down, 0)), to = new(At("x2", across, 1), At("y2", down, 0));
            return from == to ? new FlatPaint(stops[^1].Ink) : new LinearGradient(from, to, back, stops, spread);
        }
        var centre = new Place(At("cx", across, 0.5), At("cy", down, 0.5));
        double radius = At("r", diagonal, 0.5);
        if (!(radius > 0)) return new FlatPaint(stops[^1].Ink);
        var focus = new Place(Said("fx") is null ? centre.X : At("fx", across, 0), Said("fy") is null ? centre.Y : At("fy", down, 0));
        // A focus outside is taken to the rim.
        if ((focus - centre).Length is var off && off > 0.999 * radius) focus = centre + (focus - centre) * (0.999 * radius / off);
        return new RadialGradient(centre, radius, focus, back, stops, spread);
    }

    /// <summary>From the unit square to the box round a shape.</summary>
    public static Affine Box(PathShape shape)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (var line in shape.Flattened(1e-3))
            foreach (var p in line.Places)
            {
                (left, top) = (Math.Min(left, p.X), Math.Min(top, p.Y));
                (right, bottom) = (Math.Max(right, p.X), Math.Max(bottom, p.Y));
            }
        return Affine.Shift(left, top) * Affine.Scale(right - left, bottom - top);
    }

    private List<Stop> Stops(XElement? holder, double opacity, Ink colour)
    {
        var stops = new List<Stop>();
        foreach (var element in holder?.Elements().Where(e => e.Name.LocalName == "stop") ?? [])
        {
            if (stops.Count == MostStops) throw new SvgFault($"a gradient has more than {MostStops} stops");
            var said = styles.Of(element);
            double offset = Math.Clamp(SvgText.Length(said.GetValueOrDefault("offset") ?? "0", 1), 0, 1);
            var ink = SvgColours.Read(said.GetValueOrDefault("stop-color") ?? "black", colour);
            double alpha = Math.Clamp(SvgText.Length(said.GetValueOrDefault("stop-opacity") ?? "1", 1), 0, 1);
            // Offsets never fall.
            stops.Add(new(stops.Count > 0 ? Math.Max(offset, stops[^1].Offset) : offset, ink with { Alpha = ink.Alpha * alpha * opacity }));
        }
        return stops;
    }
}
