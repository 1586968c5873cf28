using Simulant.Images;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that move pixels.</summary>
internal static class GeometricOperations
{
    private static readonly EngineOption BorderOption = Choice("border", "What fills what nothing came to.", "constant", "reflect",
        "nearest");

    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("horizontal-flip", "Mirrors left and right.", [], (s, _, _) => Flip(s, across: true)),
        Of("vertical-flip", "Mirrors top and bottom.", [], (s, _, _) => Flip(s, across: false)),
        Of("transpose", "Exchanges rows and columns.", [], (s, _, _) => Transpose(s)),
        Of("rotate90", "Turns by one, two or three right angles.", [], Rotate90),
        Of("rotate", "Turns about the middle.", [Number("limit", 30, 0, 180, "Greatest angle either way, degrees."), BorderOption],
            (s, o, d) => About(s, Homography.Turn(d.Either(o.Number("limit"))), Filling(o))),
        Of("shift", "Moves sideways, up or down.", [Number("limit", 0.1, 0, 1, "Greatest part of a side."), BorderOption],
            (s, o, d) => Moving.By(Homography.Shift(d.Either(o.Number("limit")) * s.Width, d.Either(o.Number("limit")) * s.Height), s,
                s.Width,
                s.Height, Filling(o))),
        Of("scale", "Enlarges or shrinks about the middle.", [Number("limit", 0.2, 0, 0.9, "Greatest change of a side either way."),
            BorderOption],
            (s, o, d) =>
            {
                double by = 1 + d.Either(o.Number("limit"));
                return About(s, Homography.Scale(by, by), Filling(o));
            }),
        Of("shear", "Slants either way.", [Number("limit", 15, 0, 60, "Greatest angle, degrees."), BorderOption],
            (s, o, d) => About(s, Homography.Shear(Slope(d, o), Slope(d, o) / 2), Filling(o))),
        Of("affine", "Turns, enlarges, slants and moves at once.",
        [
            Number("rotate", 15, 0, 180, "Greatest angle, degrees."), Number("scale", 0.1, 0, 0.9, "Greatest change of size."),
            Number("shear", 5, 0, 60, "Greatest slant, degrees."), Number("shift", 0.06, 0, 1, "Greatest part of a side."), BorderOption,
        ], Affine),
        Of("perspective", "Moves the four corners inwards, each by itself.",
            [Number("scale", 0.1, 0, 0.4, "Greatest part of a side."), BorderOption], Perspective),
        Of("crop", "Cuts a piece of given size out at random.", [Side("width"), Side("height")],
            (s, o, d) =>
            {
                int w = Math.Min(o.Integer("width"), s.Width), h = Math.Min(o.Integer("height"), s.Height);
                return Crop(s, d.Whole(0, s.Width - w), d.Whole(0, s.Height - h), w, h);
            }),
        Of("centre-crop", "Cuts a piece of given size out of the middle.", [Side("width"), Side("height")],
            (s, o, _) =>
            {
                int w = Math.Min(o.Integer("width"), s.Width), h = Math.Min(o.Integer("height"), s.Height);
                return Crop(s, (s.Width - w) / 2, (s.Height - h) / 2, w, h);
            }),
        Of("random-resized-crop", "Cuts out a piece of random area and shape, and brings it to a size.",
        [
            Side("width"), Side("height"), Number("least", 0.08, 0.0001, 1, "Least part of the area."),
            Number("most", 1, 0.0001, 1, "Greatest part of the area."), Number("stretch", 1.333, 1, 10, "Greatest quotient of the sides."),
        ], RandomResizedCrop),
        Of("resize", "Brings to a size; pixels are averaged where it shrinks.", [Side("width"), Side("height")],
            (s, o, _) => Resize(s, o.Integer("width"), o.Integer("height"))),
        Of("pad", "Widens to at least a size, the picture in the middle.", [Side("width"), Side("height"), BorderOption],
            (s, o, _) =>
            {
                int w = Math.Max(o.Integer("width"), s.Width), h = Math.Max(o.Integer("height"), s.Height);
                return Moving.By(Homography.Shift((w - s.Width) / 2, (h - s.Height) / 2), s, w, h, Filling(o));
            }),
        Of("elastic", "Moves pixels by a smooth random field.",
            [Number("alpha", 12, 0, 200, "Standard movement, pixels."),
                Number("sigma", 50, 4, 500, "Distance over which it changes, pixels."), BorderOption],
            Elastic),
        Of("grid-distortion", "Moves the lines of a grid by random amounts.",
            [Integer("steps", 5, 1, 50, "Cells of a side."), Number("limit", 0.3, 0, 0.9, "Greatest change of a cell's side."),
                BorderOption],
            GridDistortion),
        Of("optical-distortion", "Bends as a lens does, outwards or inwards.",
            [Number("limit", 0.15, 0, 0.3, "Greatest movement at half the diagonal, in halves of it."), BorderOption], OpticalDistortion),
    ];

    /// <summary>Cuts out without interpolation.</summary>
    public static Labelled Crop(Labelled s, int left, int top, int width, int height) => Moving.Exactly(s, from =>
    {
        var to = Moving.Room(from, width, height);
        for (int y = 0; y < height; y++) from.Row(top + y).Slice(left * from.Channels, width * from.Channels).CopyTo(to.Row(y));
        return to;
    }, Homography.Shift(-left, -top));

    /// <summary>Brings to a size: halved by averaging while it is more than twice as large, then interpolated.</summary>
    public static Labelled Resize(Labelled s, int width, int height)
    {
        var whole = s;
        while (s.Width >= 2 * width && s.Height >= 2 * height && s.Width % 2 == 0 && s.Height % 2 == 0)
            s = Moving.Exactly(s, from => from.Space == ColourSpace.Data ? Every(from) : Halved(from), Homography.Scale(0.5, 0.5));
        var made = s.Width == width && s.Height == height ? s
            : Moving.By(Homography.Scale(width / (double)s.Width, height / (double)s.Height), s, width, height, Border.Nearest);
        var forward = Homography.Scale(width / (double)whole.Width, height / (double)whole.Height);
        return made with { Subjects = Labels.Move(whole.Subjects, forward.Send, width, height) };
    }

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Geometric, meaning, options, apply);

    private static EngineOption Side(string name) => Integer(name, 256, 1, 16_384, "Pixels.");

    private static Border Filling(OptionValues o) => o.Text("border") switch
    {
        "constant" => Border.Constant, "reflect" => Border.Reflect, _ => Border.Nearest,
    };

    private static double Slope(Dice d, OptionValues o) => Math.Tan(d.Either(o.Number("limit")) * Math.PI / 180);

    private static Labelled About(Labelled s, Homography move, Border border) =>
        Moving.By(move.About(s.Width / 2.0, s.Height / 2.0), s, s.Width, s.Height, border);

    private static Labelled Flip(Labelled s, bool across)
    {
        var forward = across ? new Homography([-1, 0, s.Width, 0, 1, 0, 0, 0, 1]) : new Homography([1, 0, 0, 0, -1, s.Height, 0, 0, 1]);
        var moved = Moving.Exactly(s, from =>
        {
            var to = Moving.Room(from, from.Width, from.Height);
            if (across) Turning.Mirror(from.Samples, to.Samples, from.Width, from.Height, from.Channels);
            else
                for (int y = 0; y < from.Height; y++) from.Row(from.Height - 1 - y).CopyTo(to.Row(y));
            return to;
        }, forward);
        return moved with { Subjects = Labels.Mirror(moved.Subjects, s.Mirrored) };
    }

    private static Labelled Transpose(Labelled s)
    {
        var moved = Moving.Exactly(s, from =>
        {
            var to = Moving.Room(from, from.Height, from.Width);
            Turning.Transpose(from.Samples, to.Samples, from.Width, from.Height, from.Channels);
            return to;
        }, new Homography([0, 1, 0, 1, 0, 0, 0, 0, 1]));
        return moved with { Subjects = Labels.Mirror(moved.Subjects, s.Mirrored) };
    }

    private static Labelled Rotate90(Labelled s, OptionValues o, Dice d)
    {
        int turns = d.Whole(1, 3);
        for (int i = 0; i < turns; i++) s = Flip(Transpose(s), across: true);
        return s;
    }

    private static Labelled Affine(Labelled s, OptionValues o, Dice d)
    {
        double by = 1 + d.Either(o.Number("scale"));
        var move = Homography.Turn(d.Either(o.Number("rotate"))) * Homography.Shear(Math.Tan(d.Either(o.Number("shear")) * Math.PI / 180),
            0)
            * Homography.Scale(by, by);
        double x = d.Either(o.Number("shift")) * s.Width, y = d.Either(o.Number("shift")) * s.Height;
        return Moving.By(Homography.Shift(x, y) * move.About(s.Width / 2.0, s.Height / 2.0), s, s.Width, s.Height, Filling(o));
    }

    private static Labelled Perspective(Labelled s, OptionValues o, Dice d)
    {
        double across = o.Number("scale") * s.Width, down = o.Number("scale") * s.Height;
        Spot[] corners =
        [
            new(d.Uniform(0, across), d.Uniform(0, down)), new(s.Width - d.Uniform(0, across), d.Uniform(0, down)),
            new(s.Width - d.Uniform(0, across), s.Height - d.Uniform(0, down)), new(d.Uniform(0, across), s.Height - d.Uniform(0, down)),
        ];
        return Moving.By(Homography.ToCorners(s.Width, s.Height, corners), s, s.Width, s.Height, Filling(o));
    }

    private static Labelled RandomResizedCrop(Labelled s, OptionValues o, Dice d)
    {
        double area = s.Width * (double)s.Height * d.Uniform(o.Number("least"), Math.Max(o.Number("least"), o.Number("most")));
        double shape = Math.Exp(d.Either(Math.Log(o.Number("stretch"))));
        double w = Math.Clamp(Math.Sqrt(area * shape), 1, s.Width), h = Math.Clamp(Math.Sqrt(area / shape), 1, s.Height);
        int left = d.Whole(0, s.Width - (int)w), top = d.Whole(0, s.Height - (int)h);
        return Resize(Crop(s, left, top, (int)w, (int)h), o.Integer("width"), o.Integer("height"));
    }

    private static Raster<byte> Halved(Raster<byte> from)
    {
        var to = Moving.Room(from, from.Width / 2, from.Height / 2);
        Turning.Halve(from.Samples, to.Samples, from.Width, from.Height, from.Channels);
        return to;
    }

    private static Raster<byte> Every(Raster<byte> from)
    {
        var to = new Raster<byte>(from.Width / 2, from.Height / 2, 1, from.Space);
        for (int i = 0; i < to.Samples.Length; i++) to.Samples[i] = from[i % to.Width * 2, i / to.Width * 2, 0];
        return to;
    }

    // Normals at the knots of a grid, between them a cubic B-spline: smooth, and no dearer where the field is wide.
    private static Labelled Elastic(Labelled s, OptionValues o, Dice d)
    {
        double spacing = o.Number("sigma");
        int columns = SplineField.Knots(s.Width, spacing), rows = SplineField.Knots(s.Height, spacing);
        float[] knots = new float[columns * rows * 2];
        PixelNoise.Normals(d.Places, 0, 0, knots);
        // A B-spline of independent knots has standard deviation of about .48 in the plane.
        float scale = (float)(o.Number("alpha") / 0.48);
        return Moving.ByDisplacement(s, (across, down) =>
        {
            SplineField.Fill(knots.AsSpan(0, columns * rows), columns, s.Width, s.Height, spacing, scale, across);
            SplineField.Fill(knots.AsSpan(columns * rows), columns, s.Width, s.Height, spacing, scale, down);
        }, Filling(o));
    }

    private static Labelled GridDistortion(Labelled s, OptionValues o, Dice d)
    {
        float[] columns = Lines(s.Width, o, d), rows = Lines(s.Height, o, d);
        return Moving.ByDisplacement(s, (across, down) =>
        {
            for (int y = 0; y < s.Height; y++)
            {
                columns.CopyTo(across[(y * s.Width)..]);
                down.Slice(y * s.Width, s.Width).Fill(rows[y]);
            }
        }, Filling(o));
    }

    /// <summary>How far the source of each pixel of a side lies away from it, where cells change their lengths and the ends stay.</summary>
    private static float[] Lines(int side, OptionValues o, Dice d)
    {
        int steps = Math.Min(o.Integer("steps"), side);
        double[] ends = new double[steps + 1];
        for (int i = 1; i <= steps; i++) ends[i] = ends[i - 1] + 1 + d.Either(o.Number("limit"));
        float[] moves = new float[side];
        for (int x = 0; x < side; x++)
        {
            double at = (x + 0.5) * steps / side;
            int cell = Math.Min((int)at, steps - 1);
            moves[x] = (float)((ends[cell] + (ends[cell + 1] - ends[cell]) * (at - cell)) / ends[steps] * side - x - 0.5);
        }
        return moves;
    }

    private static Labelled OpticalDistortion(Labelled s, OptionValues o, Dice d)
    {
        double k = d.Either(o.Number("limit")), half = Math.Sqrt(s.Width * (double)s.Width + s.Height * (double)s.Height) / 2;
        return Moving.ByDisplacement(s, (across, down) =>
        {
            for (int row = 0, i = 0; row < s.Height; row++)
                for (int column = 0; column < s.Width; column++, i++)
                {
                    double x = column + 0.5 - s.Width / 2.0, y = row + 0.5 - s.Height / 2.0, r = (x * x + y * y) / (half * half);
                    (across[i], down[i]) = ((float)(k * r * x), (float)(k * r * y));
                }
        }, Filling(o));
    }
}
