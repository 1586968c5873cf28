using Simulant.Images;
using Simulant.Numerics.Pixels;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that add noise; each sample's is addressed by its place.</summary>
internal static class NoiseOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("gaussian-noise", "Adds normal noise.", [Number("most", 12, 0, 255, "Greatest sigma, steps of a byte.")],
            (s, o, d) => Noisy(s, d, (float)d.Uniform(0, o.Number("most")), 0)),
        Of("shot-noise", "Adds noise that grows with the root of light, as photons make.",
            [Number("most", 0.02, 0, 1, "Greatest share of one photon in full light.")], ShotNoise),
        Of("iso-noise", "Adds noise of brightness, and of colour, as a sensor makes at high gain.",
            [Number("light", 10, 0, 100, "Greatest sigma of brightness."), Number("colour", 6, 0, 100, "Greatest sigma of each colour.")],
                IsoNoise),
        Of("salt-and-pepper", "Makes single pixels white or black.", [Number("most", 0.02, 0, 1, "Greatest part of the pixels.")],
            (s, o, d) =>
            {
                double part = d.Uniform(0, o.Number("most"));
                return Pixels(s, d, part, v => (byte)(v % 2 == 0 ? 0 : 255));
            }),
        Of("speckle", "Adds noise in proportion to each sample.", [Number("most", 0.15, 0, 2, "Greatest sigma, parts of the sample.")],
            (s, o, d) => Noisy(s, d, 0, (float)d.Uniform(0, o.Number("most")))),
        Of("multiplicative-noise", "Multiplies each channel of each row by a number of its own.",
            [Number("limit", 0.08, 0, 1, "Greatest change.")], Rows),
    ];

    /// <summary>Overwrites a part of the pixels; which, and what stands there, follow from each one's place.</summary>
    public static Labelled Pixels(Labelled s, Dice d, double part, Func<uint, byte> value)
    {
        int channels = s.Image.Channels;
        uint[] bits = new uint[s.Width * s.Height];
        PixelNoise.Bits(d.Places, 0, bits);
        byte[] to = [.. s.Image.Samples];
        ulong below = (ulong)(part * 4294967296.0);
        for (int p = 0; p < bits.Length; p++)
            if (bits[p] < below) to.AsSpan(p * channels, channels).Fill(value(bits[p]));
        return s.Painted(to);
    }

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Noise, meaning, options, apply);

    private static Labelled Noisy(Labelled s, Dice d, float shift, float slope)
    {
        byte[] to = s.Room();
        PixelNoise.AddNormals(d.Places, 0, s.Image.Samples, to, shift, slope);
        return s.Painted(to);
    }

    private static Labelled ShotNoise(Labelled s, OptionValues o, Dice d)
    {
        // A photon is worth 255 q: light v comes of v / (255 q) photons, whose count has that variance. Near a normal from few on.
        double share = d.Uniform(0, o.Number("most"));
        float[] sigma = [.. Enumerable.Range(0, 256).Select(v => (float)Math.Sqrt(v * 255 * share))],
            normals = new float[s.Image.Samples.Length];
        PixelNoise.Normals(d.Places, 0, 0, normals);
        byte[] from = s.Image.Samples, to = s.Room();
        for (int i = 0; i < to.Length; i++) to[i] = (byte)Math.Clamp(from[i] + sigma[from[i]] * normals[i] + 0.5f, 0f, 255f);
        return s.Painted(to);
    }

    private static Labelled IsoNoise(Labelled s, OptionValues o, Dice d)
    {
        float light = (float)d.Uniform(0, o.Number("light")), colour = (float)d.Uniform(0, o.Number("colour"));
        int channels = s.Image.Channels, pixels = s.Width * s.Height;
        float[] shared = new float[pixels], own = new float[pixels * channels];
        PixelNoise.Normals(d.Places, 0, 0, shared);
        PixelNoise.Normals(d.Places, 1, 0, own);
        byte[] from = s.Image.Samples, to = s.Room();
        for (int p = 0, i = 0; p < pixels; p++)
            for (int c = 0; c < channels; c++, i++) to[i] = (byte)Math.Clamp(from[i] + light * shared[p] + colour * own[i] + 0.5f, 0f,
                255f);
        return s.Painted(to);
    }

    private static Labelled Rows(Labelled s, OptionValues o, Dice d)
    {
        var places = d.Places;
        int channels = s.Image.Channels;
        float[] by = new float[channels];
        byte[] to = s.Room();
        for (int y = 0; y < s.Height; y++)
        {
            for (int c = 0; c < channels; c++) by[c] = (float)(1 + o.Number("limit") * (2 * places.Uniform(y, c) - 1));
            var row = s.Image.Row(y);
            for (int i = 0; i < row.Length; i++) to[y * row.Length + i] = (byte)Math.Min(row[i] * by[i % channels] + 0.5f, 255f);
        }
        return s.Painted(to);
    }
}
