using System.Buffers;
using Simulant.Data;
using Simulant.Images;
using Simulant.Numerics.Pixels;

namespace Simulant.Augment;

/// <summary>Pictures, maps of classes and labels moved together.</summary>
internal static class Moving
{
    private static readonly byte[] Black = new byte[4];

    /// <summary>Sends each place where <paramref name="forward"/> says; <see cref="Border"/> fills what nothing went to.</summary>
    public static Labelled By(Homography forward, Labelled s, int width, int height, Border border = Border.Constant)
    {
        var back = forward.Inverse();
        Spot Send(Spot p) => forward.Send(p);
        return back.IsAffine ? By(back.Affine(), Send, s, width, height, border) : By(back.Perspective(), Send, s, width, height, border);
    }

    /// <param name="back">Where each new pixel comes from.</param>
    /// <param name="forward">Where each old place goes.</param>
    public static Labelled By<TMap>(TMap back, Func<Spot, Spot> forward, Labelled s, int width, int height, Border border)
        where TMap : struct, IWarpMap
    {
        var image = Room(s.Image, width, height);
        Warping.Bilinear(s.Image.Samples, s.Width, s.Height, s.Image.Channels, image.Samples, width, height, back, border, Black);
        Raster<byte>? map = null;
        if (s.Map is { } classes)
        {
            map = new Raster<byte>(width, height, 1, ColourSpace.Data);
            Warping.Nearest(classes.Samples, s.Width, s.Height, map.Samples, width, height, back, 0);
        }
        return s with { Image = image, Map = map, Subjects = Labels.Move(s.Subjects, forward, width, height) };
    }

    /// <summary>A picture moved without interpolation: each pixel exactly, labels by the map.</summary>
    public static Labelled Exactly(Labelled s, Func<Raster<byte>, Raster<byte>> pixels, Homography forward)
    {
        var image = pixels(s.Image);
        return s with
        {
            Image = image,
            Map = s.Map is { } map ? pixels(map) : null,
            Subjects = Labels.Move(s.Subjects, forward.Send, image.Width, image.Height),
        };
    }

    /// <summary>Writes how far across and down each new pixel's source lies from it, row after row.</summary>
    public delegate void Field(Span<float> across, Span<float> down);

    /// <summary>
    /// Moves by displacements: new pixel (x, y) comes from (x, y) + (across, down) there. Labels find where they go by the fixed point of
    /// q = p - displacement(q), which is unique while neighbours' displacements differ by less than their distance.
    /// </summary>
    public static Labelled ByDisplacement(Labelled s, Field field, Border border)
    {
        int width = s.Width, height = s.Height, pixels = width * height;
        float[] across = ArrayPool<float>.Shared.Rent(pixels), down = ArrayPool<float>.Shared.Rent(pixels);
        field(across.AsSpan(0, pixels), down.AsSpan(0, pixels));
        Spot Forward(Spot p)
        {
            var q = p;
            for (int step = 0; step < 60; step++)
            {
                var next = new Spot(p.X - At(across, width, height, q), p.Y - At(down, width, height, q));
                bool still = Math.Abs(next.X - q.X) + Math.Abs(next.Y - q.Y) < 1e-4;
                q = next;
                if (still) break;
            }
            return q;
        }
        var moved = By(new DisplacementMap(width, across, down), Forward, s, width, height, border);
        ArrayPool<float>.Shared.Return(across);
        ArrayPool<float>.Shared.Return(down);
        return moved;
    }

    /// <summary>A picture of another size whose samples are still to be written.</summary>
    public static Raster<byte> Room(Raster<byte> like, int width, int height) => new(width, height, like.Channels,
        KeptArrays<byte>.Take(checked(width * height * like.Channels)), like.Space);

    private static double At(float[] field, int width, int height, Spot p)
    {
        double x = Math.Clamp(p.X - 0.5, 0, width - 1), y = Math.Clamp(p.Y - 0.5, 0, height - 1);
        int x0 = (int)x, y0 = (int)y, x1 = Math.Min(x0 + 1, width - 1), y1 = Math.Min(y0 + 1, height - 1);
        double u = x - x0, v = y - y0;
        return (field[y0 * width + x0] * (1 - u) + field[y0 * width + x1] * u) * (1 - v)
            + (field[y1 * width + x0] * (1 - u) + field[y1 * width + x1] * u) * v;
    }
}
