using Simulant.Images;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that draw weather and light into pictures. What they draw hides no label.</summary>
internal static class WeatherOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("rain", "Draws slanting streaks, and dims.",
            [Integer("drops", 400, 1, 10_000, "Streaks of a picture of 512 x 512."),
                Integer("length", 20, 2, 200, "Greatest length, pixels."),
                Number("slant", 15, 0, 60, "Greatest angle off the vertical, degrees.")], Rain),
        Of("snow", "Draws flakes, and bleaches what is light.",
            [Integer("flakes", 300, 1, 10_000, "Flakes of a picture of 512 x 512."),
                Number("bleach", 0.3, 0, 1, "Greatest part of the way to white.")], Snow),
        Of("fog", "Draws patches of grey, thicker in the upper part.", [Number("most", 0.6, 0, 1, "Greatest thickness.")], Fog),
        Of("sun-flare", "Draws a bright disc and its reflections through the middle.",
            [Number("radius", 0.3, 0.02, 1, "Greatest radius, parts of a side.")], Flare),
        Of("shadow", "Darkens a polygon.", [Number("most", 0.6, 0, 1, "Greatest part of light taken."),
            Integer("corners", 5, 3, 12, "Corners.")], Shadow),
    ];

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Weather, meaning, options, apply);

    /// <summary>Each sample mixed with a grey by a weight of its pixel, 0 to 1.</summary>
    private static Labelled Mixed(Labelled s, float[] weights, float grey)
    {
        int channels = s.Image.Channels;
        byte[] from = s.Image.Samples, to = s.Room();
        for (int p = 0, i = 0; p < weights.Length; p++)
            for (int c = 0; c < channels; c++, i++) to[i] = (byte)(from[i] + (grey - from[i]) * weights[p] + 0.5f);
        return s.Painted(to);
    }

    private static int Scaled(Labelled s, int count) => Math.Max(1, (int)Math.Min(1e6, count * (s.Width * (double)s.Height) / (512 * 512)));

    private static Labelled Rain(Labelled s, OptionValues o, Dice d)
    {
        float[] weights = new float[s.Width * s.Height];
        double slant = Math.Tan(d.Either(o.Number("slant")) * Math.PI / 180);
        int drops = Scaled(s, o.Integer("drops"));
        for (int i = 0; i < drops; i++)
        {
            double x = d.Uniform(0, s.Width), y = d.Uniform(-o.Integer("length"), s.Height);
            int length = d.Whole(Math.Max(2, o.Integer("length") / 2), o.Integer("length"));
            for (int k = 0; k < length; k++)
            {
                int u = (int)Math.Floor(x + slant * k), v = (int)Math.Floor(y) + k;
                if (u >= 0 && v >= 0 && u < s.Width && v < s.Height) weights[v * s.Width + u] = 0.45f;
            }
        }
        return Mixed(ColourOperations.Table(s, v => v * 0.85), weights, 200);
    }

    private static Labelled Snow(Labelled s, OptionValues o, Dice d)
    {
        double bleach = d.Uniform(0, o.Number("bleach"));
        float[] weights = new float[s.Width * s.Height];
        int flakes = Scaled(s, o.Integer("flakes"));
        for (int i = 0; i < flakes; i++) Spread(weights, s.Width, s.Height, new Spot(d.Uniform(0, s.Width), d.Uniform(0, s.Height)),
            d.Uniform(0.6, 2.5), 0.9);
        return Mixed(ColourOperations.Table(s, v => v + (255 - v) * bleach * Math.Clamp((v - 64) / 128.0, 0, 1)), weights, 250);
    }

    /// <summary>A soft disc: the weight falls to 0 at its rim. Weights are joined as what lets light through.</summary>
    private static void Spread(float[] weights, int width, int height, Spot middle, double radius, double most)
    {
        int left = Math.Max(0, (int)(middle.X - radius)), right = Math.Min(width - 1, (int)(middle.X + radius));
        int top = Math.Max(0, (int)(middle.Y - radius)), bottom = Math.Min(height - 1, (int)(middle.Y + radius));
        for (int y = top; y <= bottom; y++)
            for (int x = left; x <= right; x++)
            {
                double u = (x + 0.5 - middle.X) / radius, v = (y + 0.5 - middle.Y) / radius, r = u * u + v * v;
                if (r < 1) weights[y * width + x] = (float)(1 - (1 - weights[y * width + x]) * (1 - most * (1 - r)));
            }
    }

    private static Labelled Fog(Labelled s, OptionValues o, Dice d)
    {
        // Patches: random weights of a coarse grid, interpolated in between.
        const int Cells = 6;
        double thick = d.Uniform(o.Number("most") / 3, o.Number("most"));
        var places = d.Places;
        float[] weights = new float[s.Width * s.Height];
        for (int y = 0; y < s.Height; y++)
        {
            double v = (y + 0.5) / s.Height * Cells, t = v - (int)v;
            for (int x = 0; x < s.Width; x++)
            {
                double u = (x + 0.5) / s.Width * Cells, a = u - (int)u;
                int at = (int)v * (Cells + 1) + (int)u;
                double patch = (places.Uniform(at, 0) * (1 - a) + places.Uniform(at + 1, 0) * a) * (1 - t)
                    + (places.Uniform(at + Cells + 1, 0) * (1 - a) + places.Uniform(at + Cells + 2, 0) * a) * t;
                weights[y * s.Width + x] = (float)(thick * (0.5 + 0.5 * patch) * (1 - 0.5 * v / Cells));
            }
        }
        return Mixed(s, weights, 225);
    }

    private static Labelled Flare(Labelled s, OptionValues o, Dice d)
    {
        float[] weights = new float[s.Width * s.Height];
        double radius = Math.Min(s.Width, s.Height) * d.Uniform(o.Number("radius") / 2, o.Number("radius"));
        var sun = new Spot(d.Uniform(0, s.Width), d.Uniform(0, s.Height / 2.0));
        Spread(weights, s.Width, s.Height, sun, radius, 0.95);
        // Reflections lie on the line through the sun and the middle of the picture.
        for (int i = 0; i < 4; i++)
        {
            double along = d.Uniform(0.4, 2);
            var at = new Spot(sun.X + (s.Width / 2.0 - sun.X) * along, sun.Y + (s.Height / 2.0 - sun.Y) * along);
            Spread(weights, s.Width, s.Height, at, Math.Max(1, radius * d.Uniform(0.05, 0.25)), 0.35);
        }
        return Mixed(s, weights, 255);
    }

    private static Labelled Shadow(Labelled s, OptionValues o, Dice d)
    {
        float[] weights = new float[s.Width * s.Height];
        double most = d.Uniform(o.Number("most") / 3, o.Number("most")), x = d.Uniform(0, s.Width), y = d.Uniform(0, s.Height);
        double[] angles = [.. Enumerable.Range(0, o.Integer("corners")).Select(_ => d.Uniform(0, 2 * Math.PI)).Order()];
        Spot[] corners = [.. angles.Select(a => new Spot(x + Math.Cos(a) * d.Uniform(0.15, 0.5) * s.Width, y + Math.Sin(a) * d.Uniform(0.15,
            0.5) * s.Height))];
        Outlines.Fill([corners], s.Width, s.Height, p => weights[p] = (float)most);
        return Mixed(s, weights, 0);
    }
}
