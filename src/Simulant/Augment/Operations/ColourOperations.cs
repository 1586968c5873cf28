using Simulant.Images;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that change colours, pixel by pixel. On grey pictures those that mix colours do nothing.</summary>
internal static class ColourOperations
{
    /// <summary>Weights of red, green and blue in brightness (ITU-R BT.601).</summary>
    private static readonly float[] Luma = [0.299f, 0.587f, 0.114f];

    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("brightness", "Multiplies all samples.", [Limit(0.2)], (s, o, d) => Table(s, Line(1 + d.Either(o.Number("limit")), 0))),
        Of("contrast", "Stretches samples away from their mean, or draws them to it.", [Limit(0.2)], (s, o, d) =>
            Contrast(s, 1 + d.Either(o.Number("limit")))),
        Of("gamma", "Raises samples to a power.", [Number("least", 0.8, 0.05, 20, "Least power."), Number("most", 1.25, 0.05, 20,
            "Greatest power.")],
            (s, o, d) =>
            {
                double power = d.Uniform(o.Number("least"), o.Number("most"));
                return Table(s, v => 255 * Math.Pow(v / 255.0, power));
            }),
        Of("saturation", "Draws colours away from grey, or to it.", [Limit(0.3)], (s, o, d) =>
            Matrix(s, Saturated(1 + d.Either(o.Number("limit"))))),
        Of("hue", "Turns colours about the axis of grey.", [Number("limit", 18, 0, 180, "Greatest angle, degrees.")],
            (s, o, d) => Matrix(s, Turned(d.Either(o.Number("limit"))))),
        Of("colour-jitter", "Changes brightness, contrast, saturation and hue at once.",
        [
            Number("brightness", 0.2, 0, 1, "Greatest change."), Number("contrast", 0.2, 0, 1, "Greatest change."),
            Number("saturation", 0.2, 0, 1, "Greatest change."), Number("hue", 18, 0, 180, "Greatest angle, degrees."),
        ], Jitter),
        Of("channel-shuffle", "Exchanges red, green and blue.", [], (s, _, d) => Shuffle(s, d)),
        Of("channel-shift", "Adds a number to each channel.", [Number("limit", 20, 0, 255, "Greatest change, steps of a byte.")],
            (s, o, d) => Channels(s, Moves(d, o.Number("limit")))),
        Of("channel-dropout", "Makes one channel black.", [], (s, _, d) =>
        {
            float[] keep = [1, 1, 1];
            keep[d.Below(3)] = 0;
            return Matrix(s, [keep[0], 0, 0, 0, keep[1], 0, 0, 0, keep[2]]);
        }),
        Of("grey", "Takes the colour away.", [], (s, _, _) => Matrix(s, Saturated(0))),
        Of("sepia", "Tints as old photographs are.", [],
            (s, _, _) => Matrix(s, [0.393f, 0.769f, 0.189f, 0.349f, 0.686f, 0.168f, 0.272f, 0.534f, 0.131f])),
        Of("invert", "Turns light to dark.", [], (s, _, _) =>
        {
            byte[] to = s.Room();
            ByteTable.Invert(s.Image.Samples, to);
            return s.Painted(to);
        }),
        Of("solarise", "Inverts samples above a threshold.", [Integer("threshold", 128, 0, 255, "Least sample inverted.")],
            (s, o, _) => Table(s, v => v >= o.Integer("threshold") ? 255 - v : v)),
        Of("posterise", "Keeps the upper bits of samples.", [Integer("bits", 4, 1, 8, "Bits kept.")],
            (s, o, _) => Table(s, v => v >> 8 - o.Integer("bits") << 8 - o.Integer("bits"))),
        Of("equalise", "Makes values of each channel evenly frequent.", [], (s, _, _) => Each(s, counts => Histograms.Equalise(counts))),
        Of("auto-contrast", "Stretches each channel to the full range.", [], (s, _, _) => Each(s, Stretched)),
        Of("clahe", "Evens brightness out tile by tile, contrast limited.",
            [Integer("tiles", 8, 1, 64, "Tiles of a side."), Number("limit", 4, 1, 40, "Most counts of a value, in means.")], Clahe),
        Of("tone-curve", "Bends light and dark by a random curve.", [Number("limit", 0.2, 0, 0.5, "Greatest movement of its two handles.")],
            ToneCurve),
        Of("planckian", "Lights anew by a glowing body of random temperature.",
            [Number("least", 3000, 1667, 25_000, "Kelvin."), Number("most", 12_000, 1667, 25_000, "Kelvin.")], Planckian),
    ];

    public static Labelled Table(Labelled s, Func<int, double> map)
    {
        byte[] to = s.Room();
        ByteTable.Apply(s.Image.Samples, to, Bytes(map));
        return s.Painted(to);
    }

    /// <summary>The factors that bring neutral light to the colour of a black body (Kim and others, 2002: cubic fit of the locus), greatest
    /// 1.</summary>
    public static float[] BlackBody(double kelvin)
    {
        double t = 1000 / kelvin;
        double x = kelvin < 4000 ? -0.2661239 * t * t * t - 0.2343589 * t * t + 0.8776956 * t + 0.179910
            : -3.0258469 * t * t * t + 2.1070379 * t * t + 0.2226347 * t + 0.240390;
        double y = kelvin < 2222 ? -1.1063814 * x * x * x - 1.34811020 * x * x + 2.18555832 * x - 0.20219683
            : kelvin < 4000 ? -0.9549476 * x * x * x - 1.37418593 * x * x + 2.09137015 * x - 0.16748867
            : 3.0817580 * x * x * x - 5.87338670 * x * x + 3.75112997 * x - 0.37001483;
        double red = 3.2404542 * x / y - 1.5371385 - 0.4985314 * (1 - x - y) / y;
        double green = -0.9692660 * x / y + 1.8760108 + 0.0415560 * (1 - x - y) / y;
        double blue = 0.0556434 * x / y - 0.2040259 + 1.0572252 * (1 - x - y) / y;
        // Files hold the sRGB curve: near a power of 1 / 2.2, so that factors of light become that power of themselves.
        double[] curve = [.. new[] { red, green, blue }.Select(v => Math.Pow(Math.Max(v, 0), 1 / 2.2))];
        return [.. curve.Select(v => (float)(v / curve[1]))];
    }

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Colour, meaning, options, apply);

    private static EngineOption Limit(double value) => Number("limit", value, 0, 1, "Greatest change either way.");

    private static Func<int, double> Line(double slope, double shift) => v => v * slope + shift;

    private static byte[] Bytes(Func<int, double> map) =>
        [.. Enumerable.Range(0, 256).Select(v => (byte)Math.Clamp(Math.Floor(map(v) + 0.5), 0, 255))];

    private static Labelled Matrix(Labelled s, float[] matrix, float shift = 0)
    {
        if (s.Image.Channels != 3) return s;
        byte[] to = s.Room();
        ColourMatrix.Apply(s.Image.Samples, to, matrix, [shift, shift, shift]);
        return s.Painted(to);
    }

    private static float[] Saturated(double by) =>
        [.. Enumerable.Range(0, 9).Select(i => (float)(Luma[i % 3] * (1 - by) + (i / 3 == i % 3 ? by : 0)))];

    /// <summary>Rotation about (1, 1, 1) (Rodrigues' formula).</summary>
    private static float[] Turned(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double same = cos + (1 - cos) / 3, before = (1 - cos) / 3 - sin / Math.Sqrt(3), behind = (1 - cos) / 3 + sin / Math.Sqrt(3);
        return [(float)same, (float)before, (float)behind, (float)behind, (float)same, (float)before, (float)before, (float)behind,
            (float)same];
    }

    private static double Mean(Labelled s)
    {
        double mean = 0;
        var all = Counts(s);
        for (int c = 0; c < s.Image.Channels; c++)
        {
            int[] counts = all[c];
            long sum = 0;
            for (int v = 0; v < 256; v++) sum += (long)v * counts[v];
            mean += (s.Image.Channels == 3 ? Luma[c] : 1.0 / s.Image.Channels) * sum / (s.Width * (double)s.Height);
        }
        return mean;
    }

    private static Labelled Contrast(Labelled s, double by)
    {
        double mean = Mean(s);
        return Table(s, Line(by, mean * (1 - by)));
    }

    private static Labelled Jitter(Labelled s, OptionValues o, Dice d)
    {
        double light = 1 + d.Either(o.Number("brightness")), contrast = 1 + d.Either(o.Number("contrast"));
        double saturation = 1 + d.Either(o.Number("saturation")), hue = d.Either(o.Number("hue"));
        double shift = Mean(s) * light * (1 - contrast);
        if (s.Image.Channels != 3) return Table(s, Line(light * contrast, shift));
        float[] a = Turned(hue), b = Saturated(saturation), product = new float[9];
        for (int i = 0; i < 9; i++)
            for (int k = 0; k < 3; k++) product[i] += (float)(a[i / 3 * 3 + k] * b[k * 3 + i % 3] * light * contrast);
        return Matrix(s, product, (float)shift);
    }

    private static Labelled Shuffle(Labelled s, Dice d)
    {
        int[][] orders = [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        int[] order = orders[d.Below(5)];
        return Matrix(s, [.. Enumerable.Range(0, 9).Select(i => i % 3 == order[i / 3] ? 1f : 0f)]);
    }

    private static double[] Moves(Dice d, double limit) => [d.Either(limit), d.Either(limit), d.Either(limit)];

    private static Labelled Channels(Labelled s, double[] moves)
    {
        byte[][] tables = [.. Enumerable.Range(0, s.Image.Channels).Select(c => Bytes(Line(1, moves[c])))];
        return ByChannel(s, tables);
    }

    private static Labelled Each(Labelled s, Func<int[], byte[]> table) =>
        ByChannel(s, [.. Counts(s).Select(table)]);

    private static int[][] Counts(Labelled s) => s.Image.Channels == 3 ? Histograms.CountColours(s.Image.Samples)
        : [.. Enumerable.Range(0, s.Image.Channels).Select(c => Histograms.Count(s.Image.Samples, s.Image.Channels, c))];

    private static Labelled ByChannel(Labelled s, byte[][] tables)
    {
        byte[] from = s.Image.Samples, to = s.Room();
        int channels = tables.Length;
        if (channels == 3)
        {
            ByteTable.ApplyColours(from, to, tables[0], tables[1], tables[2]);
        }
        else
            for (int i = 0; i < from.Length; i++) to[i] = tables[i % channels][from[i]];
        return s.Painted(to);
    }

    private static byte[] Stretched(int[] counts)
    {
        int least = Array.FindIndex(counts, c => c > 0), most = Array.FindLastIndex(counts, c => c > 0);
        return most <= least ? Bytes(v => v) : Bytes(v => (v - least) * 255.0 / (most - least));
    }

    // Brightness is evened out; the difference is given to all three colours, so that they keep their differences.
    private static Labelled Clahe(Labelled s, OptionValues o, Dice d)
    {
        int pixels = s.Width * s.Height, channels = s.Image.Channels;
        byte[] from = s.Image.Samples, plane = new byte[pixels], even = new byte[pixels], to = s.Room();
        for (int p = 0; p < pixels; p++)
            plane[p] = channels == 3 ? (byte)(19595 * from[3 * p] + 38470 * from[3 * p + 1] + 7471 * from[3 * p + 2] + 32768 >> 16)
                : from[p];
        Histograms.Clahe(plane, even, s.Width, s.Height, o.Integer("tiles"), o.Number("limit"));
        if (channels != 3) return s.Painted(even);
        for (int p = 0, i = 0; p < pixels; p++, i += 3)
        {
            int more = even[p] - plane[p];
            to[i] = (byte)Math.Clamp(from[i] + more, 0, 255);
            to[i + 1] = (byte)Math.Clamp(from[i + 1] + more, 0, 255);
            to[i + 2] = (byte)Math.Clamp(from[i + 2] + more, 0, 255);
        }
        return s.Painted(to);
    }

    private static Labelled ToneCurve(Labelled s, OptionValues o, Dice d)
    {
        double low = 1 / 3.0 + d.Either(o.Number("limit")), high = 2 / 3.0 + d.Either(o.Number("limit"));
        return Table(s, v =>
        {
            double t = v / 255.0, u = 1 - t;
            return 255 * (3 * u * u * t * low + 3 * u * t * t * high + t * t * t);
        });
    }

    private static Labelled Planckian(Labelled s, OptionValues o, Dice d)
    {
        float[] by = BlackBody(d.Uniform(o.Number("least"), o.Number("most")));
        return Matrix(s, [by[0], 0, 0, 0, by[1], 0, 0, 0, by[2]]);
    }
}
