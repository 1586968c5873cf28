namespace Simulant.Images.Vector;

/// <summary>How a line is drawn.</summary>
/// <param name="Width">In the shape's own units.</param>
/// <param name="MiterLimit">Beyond it a sharp corner is cut.</param>
/// <param name="Dashes">Lengths drawn and left out by turns; none for a whole line.</param>
public sealed record StrokeStyle(double Width, LineCap Cap, LineJoin Join, double MiterLimit, IReadOnlyList<double> Dashes,
    double DashOffset);

public enum LineCap { Butt, Round, Square }

public enum LineJoin { Miter, Round, Bevel }

/// <summary>A part of a drawing, painted over what came before.</summary>
/// <param name="Opacity">0 to 1.</param>
/// <param name="Clip">Only inside of these is painted; all of them hold.</param>
public abstract record DrawingPart(double Opacity, IReadOnlyList<ClipShape> Clip);

/// <summary>Outlines, in the drawing's units, that limit what is painted.</summary>
public sealed record ClipShape(IReadOnlyList<(PathShape Shape, FillRule Rule)> Shapes);

/// <summary>Parts that are painted together and then blended as one.</summary>
public sealed record DrawnGroup(IReadOnlyList<DrawingPart> Parts, double Opacity, IReadOnlyList<ClipShape> Clip)
    : DrawingPart(Opacity, Clip);

/// <summary>One shape, in its own units.</summary>
/// <param name="Placed">From its own units to the drawing's.</param>
public sealed record DrawnShape(PathShape Shape, Affine Placed, FillRule Rule, Paint? Fill, Paint? Stroke, StrokeStyle? Style,
    double Opacity, IReadOnlyList<ClipShape> Clip) : DrawingPart(Opacity, Clip);

/// <summary>A picture of outlines. Immutable.</summary>
/// <param name="Width">In units; the picture spans 0 to Width and 0 to Height.</param>
public sealed record Drawing(double Width, double Height, IReadOnlyList<DrawingPart> Parts)
{
    /// <summary>All filled shapes in the order of painting, moved to the drawing's units.</summary>
    public IEnumerable<(PathShape Shape, FillRule Rule)> Filled => Walk(Parts);

    private static IEnumerable<(PathShape, FillRule)> Walk(IEnumerable<DrawingPart> parts) => parts.SelectMany(part => part switch
    {
        DrawnGroup group => Walk(group.Parts),
        DrawnShape { Fill: not null } shape => [(shape.Shape.Moved(shape.Placed), shape.Rule)],
        _ => [],
    });
}
