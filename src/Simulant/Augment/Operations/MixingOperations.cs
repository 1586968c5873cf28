using Simulant.Images;
using Simulant.Specs;
using static Simulant.Augment.Operation;

namespace Simulant.Augment.Operations;

/// <summary>Operations that join several pictures. Others are brought to the size and channels of the first.</summary>
internal static class MixingOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Of("mosaic", "Puts four pictures about a random middle, each cut to its quarter.",
            [Number("least", 0.3, 0.05, 0.5, "Least place of the middle, parts of a side.")], Mosaic),
        Of("mixup", "Mixes two pictures; the labels of both stay (Zhang and others, 2018).",
            [Number("alpha", 8, 0.05, 100, "Both parameters of the beta distribution of the mixture.")], MixUp),
        Of("cutmix", "Puts a rectangle of another picture in (Yun and others, 2019).",
            [Number("alpha", 1, 0.05, 100, "Both parameters of the beta distribution of the area kept.")], CutMix),
        Of("copy-paste", "Copies outlined subjects of another picture in (Ghiasi and others, 2021).",
            [Integer("most", 3, 1, 100, "Most subjects.")], CopyPaste),
    ];

    private static Operation Of(string name, string meaning, IReadOnlyList<EngineOption> options, OperationBody apply) =>
        new(name, OperationGroup.Mixing, meaning, options, apply);

    private static Labelled Other(Labelled s, Dice d)
    {
        var other = d.Other();
        // Places in space are of the other picture's camera.
        if (other.Subjects.Any(t => t.Space is not null)) other =
            other with { Subjects = [.. other.Subjects.Select(t => t with { Space = null })] };
        if (other.Image.Channels != s.Image.Channels)
        {
            var image = new Raster<byte>(other.Width, other.Height, s.Image.Channels, other.Image.Space);
            for (int p = 0; p < other.Width * other.Height; p++)
                for (int c = 0; c < image.Channels; c++) image.Samples[p * image.Channels + c] =
                    other.Image.Samples[p * other.Image.Channels + (other.Image.Channels == 1 ? 0 : 1)];
            other = other with { Image = image };
        }
        return other.Width == s.Width && other.Height == s.Height ? other : GeometricOperations.Resize(other, s.Width, s.Height);
    }

    private static void Paste(Labelled from, Raster<byte> to, Raster<byte>? map, (int Left, int Top, int Width, int Height) part)
    {
        for (int y = part.Top; y < part.Top + part.Height; y++)
        {
            from.Image.Row(y).Slice(part.Left * to.Channels, part.Width * to.Channels).CopyTo(to.Row(y)[(part.Left * to.Channels)..]);
            if (map is not null && from.Map is not null) from.Map.Row(y).Slice(part.Left, part.Width).CopyTo(map.Row(y)[part.Left..]);
        }
    }

    /// <summary>Subjects by what of them lies in a part of the frame.</summary>
    private static IReadOnlyList<Subject> Within(Labelled s, (int Left, int Top, int Width, int Height) part)
    {
        var cut = Labels.Move(s.Subjects, p => new Spot(p.X - part.Left, p.Y - part.Top), part.Width, part.Height);
        return Labels.Move(cut, p => new Spot(p.X + part.Left, p.Y + part.Top), s.Width, s.Height);
    }

    private static Dictionary<int, double> Weights(params IEnumerable<(Labelled Sample, double Part)> parts)
    {
        var sums = new Dictionary<int, double>();
        foreach (var (sample, part) in parts)
            foreach (var (number, weight) in sample.Weights) sums[number] = sums.GetValueOrDefault(number) + weight * part;
        return sums;
    }

    private static Labelled Mosaic(Labelled s, OptionValues o, Dice d)
    {
        double least = o.Number("least");
        int x = Math.Clamp((int)(d.Uniform(least, 1 - least) * s.Width), 1, Math.Max(1, s.Width - 1));
        int y = Math.Clamp((int)(d.Uniform(least, 1 - least) * s.Height), 1, Math.Max(1, s.Height - 1));
        Labelled[] four = [s, Other(s, d), Other(s, d), Other(s, d)];
        var image = s.Image.Clone();
        var map = s.Map?.Clone();
        var subjects = new List<Subject>();
        var shares = new List<(Labelled, double)>();
        for (int i = 0; i < 4; i++)
        {
            var part = (Left: i % 2 == 0 ? 0 : x, Top: i / 2 == 0 ? 0 : y, Width: i % 2 == 0 ? x : s.Width - x, Height: i / 2 == 0 ? y
                : s.Height - y);
            if (part.Width == 0 || part.Height == 0) continue;
            Paste(four[i], image, map, part);
            subjects.AddRange(Within(four[i], part));
            shares.Add((four[i], part.Width * (double)part.Height / (s.Width * (double)s.Height)));
        }
        return s with { Image = image, Map = map, Subjects = subjects, Weights = Weights(shares) };
    }

    private static Labelled MixUp(Labelled s, OptionValues o, Dice d)
    {
        float kept = (float)Beta(d, o.Number("alpha"));
        var other = Other(s, d);
        byte[] a = s.Image.Samples, b = other.Image.Samples, to = s.Room();
        for (int i = 0; i < to.Length; i++) to[i] = (byte)(a[i] * kept + b[i] * (1 - kept) + 0.5f);
        return s.Painted(to) with { Subjects = [.. s.Subjects, .. other.Subjects], Weights = Weights((s, kept), (other, 1 - kept)) };
    }

    private static Labelled CutMix(Labelled s, OptionValues o, Dice d)
    {
        double side = Math.Sqrt(1 - Beta(d, o.Number("alpha")));
        int width = (int)(s.Width * side), height = (int)(s.Height * side), x = d.Below(s.Width), y = d.Below(s.Height);
        int left = Math.Max(0, x - width / 2), top = Math.Max(0, y - height / 2);
        var part = (Left: left, Top: top, Width: Math.Min(s.Width, x + width / 2) - left, Height: Math.Min(s.Height, y + height / 2) - top);
        var other = Other(s, d);
        if (part.Width <= 0 || part.Height <= 0) return s;
        var image = s.Image.Clone();
        var map = s.Map?.Clone();
        Paste(other, image, map, part);
        double share = part.Width * (double)part.Height / (s.Width * (double)s.Height);
        // Of a subject that is known by its box alone, what shows beside the rectangle is not known: only one covered whole goes.
        var left2 = s.Subjects.Where(t => !(t.Box.Left >= part.Left && t.Box.Top >= part.Top && t.Box.Right <= part.Left + part.Width
            && t.Box.Bottom <= part.Top + part.Height));
        return s with { Image = image, Map = map, Subjects = [.. left2, .. Within(other, part)], Weights = Weights((s, 1 - share),
            (other, share)) };
    }

    private static Labelled CopyPaste(Labelled s, OptionValues o, Dice d)
    {
        var other = Other(s, d);
        Subject[] able = [.. other.Subjects.Where(t => t.Polygons.Count > 0)];
        var image = s.Image.Clone();
        var map = s.Map?.Clone();
        var subjects = s.Subjects.ToList();
        int count = Math.Min(able.Length, d.Whole(1, o.Integer("most")));
        for (int i = 0; i < count; i++)
        {
            int chosen = i + d.Below(able.Length - i);
            (able[i], able[chosen]) = (able[chosen], able[i]);
            Outlines.Fill(able[i].Polygons, s.Width, s.Height, p =>
            {
                other.Image.Samples.AsSpan(p * image.Channels, image.Channels).CopyTo(image.Samples.AsSpan(p * image.Channels));
                if (map is not null && other.Map is not null) map.Samples[p] = other.Map.Samples[p];
            });
            var box = able[i].Box;
            subjects.RemoveAll(t => t.Box.Left >= box.Left && t.Box.Top >= box.Top && t.Box.Right <= box.Right
                && t.Box.Bottom <= box.Bottom);
            subjects.Add(able[i]);
        }
        return s with { Image = image, Map = map, Subjects = subjects };
    }

    /// <summary>Of two gamma variates (Marsaglia and Tsang, 2000; below 1 by the power of a uniform).</summary>
    private static double Beta(Dice d, double alpha)
    {
        double a = Gamma(d, alpha), b = Gamma(d, alpha);
        return a + b > 0 ? a / (a + b) : 0.5;
    }

    private static double Gamma(Dice d, double shape)
    {
        if (shape < 1) return Gamma(d, shape + 1) * Math.Pow(1 - d.Uniform(0, 1), 1 / shape);
        double whole = shape - 1.0 / 3, scale = 1 / Math.Sqrt(9 * whole);
        while (true)
        {
            double normal = d.Normal(), cube = Math.Pow(1 + scale * normal, 3), uniform = 1 - d.Uniform(0, 1);
            if (cube > 0 && Math.Log(uniform) < normal * normal / 2 + whole - whole * cube + whole * Math.Log(cube)) return whole * cube;
        }
    }
}
