using Simulant.Data;

namespace Simulant.Images.Vector;

/// <summary>
/// Paints drawings: shapes cover pixels by exact areas and are blended over each other in sRGB, as browsers do. The same to the bit on any
/// machine: sums have one order.
/// </summary>
public static class Painter
{
    /// <summary>Pixels that curves may be off.</summary>
    private const double Tolerance = 0.02;

    private const int LargestSide = 8192;

    /// <summary>The drawing at a size, red, green, blue and alpha (not premultiplied), each 0 to 1.</summary>
    /// <param name="file">How messages name it.</param>
    /// <exception cref="DataException">The drawing is too intricate.</exception>
    public static Raster<float> Paint(Drawing drawing, int width, int height, string file = "drawing")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LargestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, LargestSide);
        var raster = new Raster<float>(width, height, 4);
        var to = Affine.Scale(width / drawing.Width, height / drawing.Height);
        try
        {
            Parts(drawing.Parts, to, raster);
        }
        catch (SvgFault fault)
        {
            throw new DataException(fault.Message, file);
        }
        float[] s = raster.Samples;
        for (int i = 0; i < s.Length; i += 4)
            if (s[i + 3] > 0)
                for (int c = 0; c < 3; c++) s[i + c] = Math.Min(1, s[i + c] / s[i + 3]);
        return raster;
    }

    /// <summary>The same as bytes.</summary>
    public static Raster<byte> Bytes(Raster<float> raster) =>
        new(raster.Width, raster.Height, raster.Channels, [.. raster.Samples.Select(s => (byte)(s * 255 + 0.5f))], raster.Space);

    // Layers hold premultiplied colours.
    private static void Parts(IReadOnlyList<DrawingPart> parts, Affine to, Raster<float> layer)
    {
        foreach (var part in parts)
        {
            if (part is DrawnGroup { Opacity: 1, Clip.Count: 0 } plain)
            {
                Parts(plain.Parts, to, layer);
                continue;
            }
            // A shape that is both filled and drawn round is blended as one, as a group is.
            bool apart = part is DrawnGroup || part is DrawnShape { Fill: not null, Stroke: not null, Opacity: < 1 };
            var target = apart ? new Raster<float>(layer.Width, layer.Height, 4) : layer;
            float[]? mask = Mask(part.Clip, to, layer);
            if (part is DrawnGroup group) Parts(group.Parts, to, target);
            else if (part is DrawnShape shape) Shape(shape, to, target, apart ? 1 : shape.Opacity, apart ? null : mask);
            if (apart) Over(target, layer, part.Opacity, mask);
        }
    }

    private static void Shape(DrawnShape shape, Affine to, Raster<float> layer, double opacity, float[]? mask)
    {
        var placed = to * shape.Placed;
        if (shape.Fill is { } fill)
            Fill(Coverage.Of(shape.Shape.Moved(placed).Flattened(Tolerance), shape.Rule, layer.Width, layer.Height), fill, to, layer,
                opacity, mask);
        if (shape is not { Stroke: { } ink, Style: { } style }) return;
        // Lines are widened in the shape's own units, so that a squeezed shape has squeezed lines.
        double tolerance = Tolerance / Math.Max(placed.Size, 1e-9);
        var pieces = Stroker.Outline(shape.Shape.Flattened(tolerance), style, tolerance)
            .Select(line => new Polyline([.. line.Places.Select(placed.Send)], true));
        Fill(Coverage.Of(pieces, FillRule.NonZero, layer.Width, layer.Height), ink, to, layer, opacity, mask);
    }

    private static float[]? Mask(IReadOnlyList<ClipShape> clips, Affine to, Raster<float> layer)
    {
        float[]? mask = null;
        foreach (var clip in clips)
        {
            float[] one = new float[layer.Width * layer.Height];
            foreach (var (shape, rule) in clip.Shapes)
            {
                float[] more = Coverage.Of(shape.Moved(to).Flattened(Tolerance), rule, layer.Width, layer.Height);
                for (int i = 0; i < one.Length; i++) one[i] += more[i] * (1 - one[i]);
            }
            if (mask is null) mask = one;
            else
                for (int i = 0; i < one.Length; i++) mask[i] *= one[i];
        }
        return mask;
    }

    private static void Fill(float[] coverage, Paint paint, Affine to, Raster<float> layer, double opacity, float[]? mask)
    {
        if (to.Inverse() is not { } back) return;
        for (int i = 0; i < coverage.Length; i++)
        {
            float part = mask is null ? coverage[i] : coverage[i] * mask[i];
            if (part <= 0) continue;
            var ink = paint.At(back.Send(new(i % layer.Width + 0.5, i / layer.Width + 0.5)));
            float alpha = (float)(ink.Alpha * opacity) * part;
            var pixel = layer.Samples.AsSpan(4 * i, 4);
            Blend(pixel, (float)ink.Red * alpha, (float)ink.Green * alpha, (float)ink.Blue * alpha, alpha);
        }
    }

    private static void Over(Raster<float> from, Raster<float> layer, double opacity, float[]? mask)
    {
        for (int i = 0; i < from.Samples.Length; i += 4)
        {
            float by = (float)opacity * (mask is null ? 1 : mask[i / 4]);
            var s = from.Samples.AsSpan(i, 4);
            if (by > 0 && s[3] > 0) Blend(layer.Samples.AsSpan(i, 4), s[0] * by, s[1] * by, s[2] * by, s[3] * by);
        }
    }

    private static void Blend(Span<float> pixel, float red, float green, float blue, float alpha)
    {
        float keep = 1 - alpha;
        pixel[0] = red + pixel[0] * keep;
        pixel[1] = green + pixel[1] * keep;
        pixel[2] = blue + pixel[2] * keep;
        pixel[3] = alpha + pixel[3] * keep;
    }
}
