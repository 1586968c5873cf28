using Simulant.Augment;
using Simulant.Images;
using Simulant.Numerics.Random;

namespace Simulant.Tests.Augment;

/// <summary>Labelled pictures for tests.</summary>
internal static class Pictures
{
    public sealed class Pool(params Labelled[] pictures) : IPicturePool
    {
        public long Count => pictures.Length;

        public Labelled Get(long index) => pictures[index];
    }

    /// <summary>Waves and a star of ten corners, which the map of classes holds too; a keypoint at its top.</summary>
    public static Labelled Star(int width, int height, int item = 0, int channels = 3, double inner = 0.5)
    {
        var stream = new RandomStream(11, "pictures");
        var image = new Raster<byte>(width, height, channels);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                    image[x, y, c] = (byte)(128 + 90 * Math.Sin(0.11 * x + c + item) * Math.Cos(0.07 * y - c) + stream.Below(20,
                        y * width + x, c));
        double middleX = width * (0.4 + 0.2 * stream.Uniform(item, 9)), middleY = height * 0.5, size = 0.32 * Math.Min(width, height);
        Spot[] star = [.. Enumerable.Range(0, 10).Select(i => new Spot(middleX + (i % 2 == 0 ? size : inner * size)
            * Math.Sin(i * Math.PI / 5),
            middleY - (i % 2 == 0 ? size : inner * size) * Math.Cos(i * Math.PI / 5)))];
        var map = new Raster<byte>(width, height, 1, ColourSpace.Data);
        for (int p = 0; p < width * height; p++)
            if (Holds(star, p % width + 0.5, p / width + 0.5)) map.Samples[p] = 1;
        return new Labelled(image)
        {
            Map = map,
            Subjects = [Subject.Outlined(1, star) with { Keypoints = [new(star[0].X, star[0].Y, 2), new(star[4].X, star[4].Y, 2)] }],
            Weights = new Dictionary<int, double> { [item] = 1 },
        };
    }

    /// <summary>Whether a ray to the right crosses the outline an odd number of times.</summary>
    public static bool Holds(Spot[] outline, double x, double y)
    {
        bool inside = false;
        for (int i = 0; i < outline.Length; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
            if (a.Y <= y != b.Y <= y && x < a.X + (b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) inside = !inside;
        }
        return inside;
    }

    /// <summary>The box of all pixels of a map that are not 0; null where there are none.</summary>
    public static Box? Extent(Raster<byte> map)
    {
        Spot[] corners = [.. Enumerable.Range(0, map.Samples.Length).Where(p => map.Samples[p] != 0)
            .SelectMany(p => new[] { new Spot(p % map.Width, p / map.Width), new Spot(p % map.Width + 1, p / map.Width + 1) })];
        return corners.Length == 0 ? null : Box.Of(corners);
    }
}
