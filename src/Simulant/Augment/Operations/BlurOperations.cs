using Simulant.Images;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that blur or sharpen.</summary>
internal static class BlurOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("box-blur", "Averages a square about each pixel.", [Integer("reach", 3, 1, 20, "Greatest reach either way, pixels.")],
            (s, o, d) =>
        {
            int size = 2 * d.Whole(1, o.Integer("reach")) + 1;
            float[] even = [.. Enumerable.Repeat(1f / size, size)];
            return Separable(s, even);
        }),
        Of("gaussian-blur", "Blurs by a normal curve.", [Number("least", 0.5, 0.1, 20, "Least sigma, pixels."),
            Number("most", 2, 0.1, 20, "Greatest sigma.")],
            (s, o, d) => Separable(s, Filters.Gaussian(d.Uniform(o.Number("least"), o.Number("most"))))),
        Of("median-blur", "Takes the middle of the values about each pixel.", [Choice("size", "Side of the square.", "3", "5")],
            (s, o, _) =>
        {
            byte[] to = s.Room();
            Medians.Apply(s.Image.Samples, to, s.Width, s.Height, s.Image.Channels, o.Text("size") == "3" ? 3 : 5);
            return s.Painted(to);
        }),
        Of("motion-blur", "Blurs along a line, as movement does.", [Integer("length", 7, 3, 51, "Greatest length, pixels.")],
            (s, o, d) => Square(s, Streak(d.Whole(3, o.Integer("length")), d.Uniform(0, 180)))),
        Of("defocus", "Blurs by a disc, as a lens out of focus does.", [Number("radius", 3, 0.5, 15, "Greatest radius, pixels.")],
            (s, o, d) => Square(s, Disc(d.Uniform(0.5, o.Number("radius"))))),
        Of("zoom-blur", "Blurs along lines from the middle.", [Number("most", 1.1, 1, 1.5, "Greatest enlargement.")], ZoomBlur),
        Of("sharpen", "Strengthens edges.", [Number("most", 0.5, 0, 3, "Greatest part of the edges added.")], (s, o, d) =>
        {
            float a = (float)d.Uniform(0, o.Number("most"));
            return Square(s, [-a / 8, -a / 8, -a / 8, -a / 8, 1 + a, -a / 8, -a / 8, -a / 8, -a / 8]);
        }),
        Of("unsharp-mask", "Adds what a blur takes away.", [Number("sigma", 1.5, 0.3, 10, "Pixels."),
            Number("most", 1, 0, 3, "Greatest part added.")], Unsharp),
        Of("emboss", "Shows slopes as light from the upper left.", [Number("most", 0.6, 0, 2, "Greatest strength.")], (s, o, d) =>
        {
            float a = (float)d.Uniform(0, o.Number("most"));
            return Square(s, [-a, -a / 2, 0, -a / 2, 1, a / 2, 0, a / 2, a]);
        }),
    ];

    public static Labelled Square(Labelled s, float[] kernel)
    {
        byte[] to = s.Room();
        Filters.Square(s.Image.Samples, to, s.Width, s.Height, s.Image.Channels, kernel, (int)Math.Sqrt(kernel.Length));
        return s.Painted(to);
    }

    public static Labelled Separable(Labelled s, float[] weights)
    {
        byte[] to = s.Room();
        Filters.Separable(s.Image.Samples, to, s.Width, s.Height, s.Image.Channels, weights, weights);
        return s.Painted(to);
    }

    /// <summary>Weights of a line through the middle, each point of it shared out among the four pixels about it.</summary>
    public static float[] Streak(int length, double degrees)
    {
        int size = length | 1, reach = size / 2, points = 4 * length;
        double[] sums = new double[size * size];
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        for (int i = 0; i < points; i++)
        {
            double along = ((i + 0.5) / points - 0.5) * (length - 1), x = reach + along * cos, y = reach + along * sin;
            int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
            for (int k = 0; k < 4; k++)
            {
                int u = left + k % 2, v = top + k / 2;
                if (u >= 0 && v >= 0 && u < size && v < size) sums[v * size + u] += (1 - Math.Abs(x - u)) * (1 - Math.Abs(y - v));
            }
        }
        return Even(sums);
    }

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Blur, meaning, options, apply);

    private static float[] Disc(double radius)
    {
        int reach = (int)Math.Ceiling(radius), size = 2 * reach + 1;
        double[] sums = new double[size * size];
        // Pixels on the rim count by the part of 8 x 8 points that lies inside.
        for (int i = 0; i < size * size * 64; i++)
        {
            int cell = i / 64;
            double x = cell % size - reach + (i % 8 + 0.5) / 8 - 0.5, y = cell / size - reach + (i % 64 / 8 + 0.5) / 8 - 0.5;
            if (x * x + y * y <= radius * radius) sums[cell]++;
        }
        return Even(sums);
    }

    private static float[] Even(double[] sums)
    {
        double total = sums.Sum();
        return [.. sums.Select(v => (float)(v / total))];
    }

    private static Labelled ZoomBlur(Labelled s, OptionValues o, Dice d)
    {
        const int Steps = 8;
        double most = d.Uniform(1, o.Number("most"));
        int[] sums = new int[s.Image.Samples.Length];
        byte[] one = s.Room(), to = s.Room();
        for (int k = 0; k < Steps; k++)
        {
            double by = 1 + (most - 1) * k / (Steps - 1);
            var back = Homography.Scale(by, by).About(s.Width / 2.0, s.Height / 2.0).Inverse().Affine();
            Warping.Bilinear(s.Image.Samples, s.Width, s.Height, s.Image.Channels, one, s.Width, s.Height, back, Border.Nearest, []);
            for (int i = 0; i < sums.Length; i++) sums[i] += one[i];
        }
        for (int i = 0; i < sums.Length; i++) to[i] = (byte)((sums[i] + Steps / 2) / Steps);
        return s.Painted(to);
    }

    private static Labelled Unsharp(Labelled s, OptionValues o, Dice d)
    {
        float by = (float)d.Uniform(0, o.Number("most"));
        byte[] soft = Separable(s, Filters.Gaussian(o.Number("sigma"))).Image.Samples, from = s.Image.Samples, to = s.Room();
        for (int i = 0; i < to.Length; i++) to[i] = (byte)Math.Clamp(from[i] + by * (from[i] - soft[i]) + 0.5f, 0f, 255f);
        return s.Painted(to);
    }
}
