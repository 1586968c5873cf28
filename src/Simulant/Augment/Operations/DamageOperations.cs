using Simulant.Images;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that take parts of a picture away, or its quality, as cameras and files do.</summary>
internal static class DamageOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("cutout", OperationGroup.Dropout, "Blacks one square out.", [Number("side", 0.25, 0, 1, "Its side, parts of the smaller side.")],
            (s, o, d) =>
        {
            int side = Math.Max(1, (int)(o.Number("side") * Math.Min(s.Width, s.Height)));
            return Holes(s, [(d.Whole(0, s.Width - side), d.Whole(0, s.Height - side), side, side)]);
        }),
        Of("coarse-dropout", OperationGroup.Dropout, "Blacks several rectangles out.",
            [Integer("holes", 8, 1, 1000, "Most holes."), Number("side", 0.12, 0, 1, "Greatest side, parts of the picture's.")], Coarse),
        Of("grid-dropout", OperationGroup.Dropout, "Blacks the cells of a grid out.",
            [Integer("cells", 8, 1, 200, "Cells of the smaller side."), Number("part", 0.5, 0, 1, "Blacked part of a cell's side.")], Grid),
        Of("pixel-dropout", OperationGroup.Dropout, "Blacks single pixels out.",
            [Number("most", 0.03, 0, 1, "Greatest part of the pixels.")],
            (s, o, d) =>
            {
                double part = d.Uniform(0, o.Number("most"));
                return NoiseOperations.Pixels(s, d, part, _ => 0);
            }),
        Of("jpeg", OperationGroup.Quality, "Packs as JPEG and unpacks.",
            [Integer("least", 40, 1, 100, "Least quality."), Integer("most", 95, 1, 100, "Greatest quality.")], (s, o, d) =>
            {
                byte[] file = JpegWriter.Write(s.Image, d.Whole(o.Integer("least"), o.Integer("most")));
                return s with { Image = JpegReader.Read(file, "jpeg") };
            }),
        Of("downscale", OperationGroup.Quality, "Shrinks, and enlarges again.",
            [Number("least", 0.25, 0.01, 1, "Least part of a side kept.")], (s, o, d) =>
        {
            double by = d.Uniform(o.Number("least"), 1);
            var plain = new Labelled(s.Image);
            var small = GeometricOperations.Resize(plain, Math.Max(1, (int)(s.Width * by)), Math.Max(1, (int)(s.Height * by)));
            return s with { Image = GeometricOperations.Resize(small, s.Width, s.Height).Image };
        }),
        Of("bayer", OperationGroup.Sensor, "Keeps one colour a pixel, as a sensor's filters do, and interpolates the others.", [],
            (s, _, _) => Bayer(s)),
        Of("vignetting", OperationGroup.Sensor, "Darkens the corners, by the fourth power of the cosine.",
            [Number("most", 60, 0, 85, "Greatest angle of view at the corners, degrees.")], Vignetting),
        Of("chromatic-aberration", OperationGroup.Sensor, "Enlarges red and blue differently.",
            [Number("limit", 0.005, 0, 0.1, "Greatest change of size.")], Aberration),
    ];

    private static Operation Of(string name, OperationGroup group, string meaning, IReadOnlyList<EngineOption> options,
        OperationBody apply) => new(name, group, meaning, options, apply);

    private static Labelled Holes(Labelled s, IEnumerable<(int Left, int Top, int Width, int Height)> holes)
    {
        var image = s.Image.Clone();
        foreach (var (left, top, width, height) in holes)
            for (int y = Math.Max(0, top); y < Math.Min(s.Height, top + height); y++)
            {
                int from = Math.Max(0, left), to = Math.Min(s.Width, left + width);
                if (to > from) image.Row(y)[(from * image.Channels)..(to * image.Channels)].Clear();
            }
        return s with { Image = image };
    }

    private static Labelled Coarse(Labelled s, OptionValues o, Dice d)
    {
        int count = d.Whole(1, o.Integer("holes"));
        var holes = new (int, int, int, int)[count];
        for (int i = 0; i < count; i++)
        {
            int width = Math.Max(1, (int)(d.Uniform(0, o.Number("side")) * s.Width)),
                height = Math.Max(1, (int)(d.Uniform(0, o.Number("side")) * s.Height));
            holes[i] = (d.Whole(0, s.Width - width), d.Whole(0, s.Height - height), width, height);
        }
        return Holes(s, holes);
    }

    private static Labelled Grid(Labelled s, OptionValues o, Dice d)
    {
        int cell = Math.Max(2, Math.Min(s.Width, s.Height) / o.Integer("cells")), side = (int)(cell * o.Number("part"));
        int left = d.Below(cell) - cell, top = d.Below(cell) - cell;
        return Holes(s, from y in Enumerable.Range(0, s.Height / cell + 2)
            from x in Enumerable.Range(0, s.Width / cell + 2)
            select (left + x * cell, top + y * cell, side, side));
    }

    // RGGB; what a pixel lacks is the mean of the neighbours that have it, mirrored at the border.
    private static Labelled Bayer(Labelled s)
    {
        if (s.Image.Channels != 3) return s;
        byte[] to = s.Room();
        var image = s.Image;
        for (int y = 0; y < s.Height; y++)
            for (int x = 0; x < s.Width; x++)
                for (int c = 0; c < 3; c++)
                {
                    int sum = 0, count = 0;
                    for (int k = 0; k < 9 && !(count == 1 && Has(x, y, c)); k++)
                    {
                        // The pixel itself first.
                        int at = k == 0 ? 4 : k <= 4 ? k - 1 : k, u = x + at % 3 - 1, v = y + at / 3 - 1;
                        if (!Has(u, v, c)) continue;
                        sum += image[Filters.Reflect(u, s.Width), Filters.Reflect(v, s.Height), c];
                        count++;
                    }
                    to[(y * s.Width + x) * 3 + c] = (byte)((sum + count / 2) / count);
                }
        return s.Painted(to);
    }

    private static bool Has(int x, int y, int colour) => ((x & 1) + (y & 1)) == colour;

    private static Labelled Vignetting(Labelled s, OptionValues o, Dice d)
    {
        double tangent = Math.Tan(d.Uniform(0, o.Number("most")) * Math.PI / 180),
            half = (s.Width * (double)s.Width + s.Height * (double)s.Height) / 4;
        int channels = s.Image.Channels;
        byte[] from = s.Image.Samples, to = s.Room();
        for (int p = 0, i = 0; p < s.Width * s.Height; p++)
        {
            double x = p % s.Width + 0.5 - s.Width / 2.0, y = p / s.Width + 0.5 - s.Height / 2.0;
            double squared = 1 / (1 + tangent * tangent * (x * x + y * y) / half);
            float by = (float)(squared * squared);
            for (int c = 0; c < channels; c++, i++) to[i] = (byte)(from[i] * by + 0.5f);
        }
        return s.Painted(to);
    }

    private static Labelled Aberration(Labelled s, OptionValues o, Dice d)
    {
        if (s.Image.Channels != 3) return s;
        byte[] to = [.. s.Image.Samples], one = s.Room();
        foreach (int c in new[] { 0, 2 })
        {
            double by = 1 + d.Either(o.Number("limit"));
            var back = Homography.Scale(by, by).About(s.Width / 2.0, s.Height / 2.0).Inverse().Affine();
            Warping.Bilinear(s.Image.Samples, s.Width, s.Height, 3, one, s.Width, s.Height, back, Border.Nearest, []);
            for (int i = c; i < to.Length; i += 3) to[i] = one[i];
        }
        return s.Painted(to);
    }
}
