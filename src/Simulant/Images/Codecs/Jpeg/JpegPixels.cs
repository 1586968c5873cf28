using Simulant.Numerics.Pixels;

namespace Simulant.Images.Codecs.Jpeg;

/// <summary>From coefficients to pixels: inverse transform, interpolation of what was sampled more coarsely, colours.</summary>
internal static class JpegPixels
{
    /// <param name="adobe">The colour transform that an Adobe segment states: 0 none, 1 YCbCr, 2 YCCK; null where there is none.</param>
    public static Raster<byte> Of(JpegComponent[] components, int width, int height, int? adobe)
    {
        int across = components.Max(c => c.Across), down = components.Max(c => c.Down);
        byte[][] planes = [.. components.Select(c => Whole(width, height, across, down, c, Plane(c)))];
        if (planes.Length == 1) return new Raster<byte>(width, height, 1, planes[0]);
        bool named = components is [{ Id: (byte)'R' }, { Id: (byte)'G' }, { Id: (byte)'B' }];
        bool plain = planes.Length == 3 ? adobe == 0 || (adobe is null && named) : adobe != 2;
        byte[] result = new byte[width * height * 3];
        for (int p = 0; p < width * height; p++)
        {
            int r = planes[0][p], g = planes[1][p], b = planes[2][p];
            if (!plain) (r, g, b) = Colours(r, g - 128, b - 128);
            if (planes.Length == 4)
            {
                int key = planes[3][p];
                // Adobe's programs store inks inverted, and say so only by their segment.
                if (adobe is null) (r, g, b, key) = (255 - r, 255 - g, 255 - b, 255 - key);
                (r, g, b) = ((r * key + 127) / 255, (g * key + 127) / 255, (b * key + 127) / 255);
            }
            (result[3 * p], result[3 * p + 1], result[3 * p + 2]) = ((byte)r, (byte)g, (byte)b);
        }
        return new Raster<byte>(width, height, 3, result);
    }

    // JFIF 1.02: R = Y + 1.402 Cr, G = Y - 0.344136 Cb - 0.714136 Cr, B = Y + 1.772 Cb, in 16 bits behind the point.
    private static (int R, int G, int B) Colours(int y, int cb, int cr)
    {
        int scaled = (y << 16) + 32768;
        return (Clamp(scaled + 91881 * cr >> 16), Clamp(scaled - 22554 * cb - 46802 * cr >> 16), Clamp(scaled + 116130 * cb >> 16));
    }

    private static int Clamp(int value) => Math.Clamp(value, 0, 255);

    private static byte[] Plane(JpegComponent c)
    {
        int stride = c.BlocksAcross * 8;
        byte[] plane = new byte[stride * c.BlocksDown * 8];
        Span<float> block = stackalloc float[64];
        for (int by = 0; by < c.BlocksDown; by++)
            for (int bx = 0; bx < c.BlocksAcross; bx++)
            {
                var stored = c.Coefficients.AsSpan((by * c.BlocksAcross + bx) * 64, 64);
                for (int i = 0; i < 64; i++) block[i] = stored[i] * c.Steps![i];
                BlockTransform.Inverse(block);
                for (int i = 0; i < 64; i++)
                    plane[(by * 8 + (i >> 3)) * stride + bx * 8 + (i & 7)] = (byte)Math.Clamp(MathF.Floor(block[i] + 128.5f), 0, 255);
            }
        return plane;
    }

    /// <summary>The plane at the picture's size. Samples lie at the middles of the areas they stand for (JFIF).</summary>
    private static byte[] Whole(int width, int height, int across, int down, JpegComponent c, byte[] plane)
    {
        int stride = c.BlocksAcross * 8;
        byte[] result = new byte[width * height];
        bool same = c.Across == across && c.Down == down;
        var columns = Places(width, c.Width, c.Across, across);
        var rows = Places(height, c.Height, c.Down, down);
        // Halves are rounded up and down in turn, as libjpeg does, so that flat areas keep their mean.
        int even = 2 * c.Across == across && c.Down == down ? 16384 : 32768;
        int odd = 2 * c.Across == across && c.Down != down ? 28672 : 32768;
        for (int y = 0; y < height; y++)
        {
            if (same)
            {
                plane.AsSpan(y * stride, width).CopyTo(result.AsSpan(y * width));
                continue;
            }
            var (y0, y1, under) = rows[y];
            for (int x = 0; x < width; x++)
            {
                var (x0, x1, over) = columns[x];
                int top = plane[y0 * stride + x0] * (256 - over) + plane[y0 * stride + x1] * over;
                int bottom = plane[y1 * stride + x0] * (256 - over) + plane[y1 * stride + x1] * over;
                result[y * width + x] = (byte)(top * (256 - under) + bottom * under + (x % 2 == 0 ? even : odd) >> 16);
            }
        }
        return result;
    }

    /// <summary>For each pixel the samples before and behind it, and the weight of the latter in 256ths.</summary>
    private static (int Before, int Behind, int Weight)[] Places(int count, int samples, int sampled, int most)
    {
        var places = new (int, int, int)[count];
        for (int i = 0; i < count; i++)
        {
            double at = Math.Clamp((i + 0.5) * sampled / most - 0.5, 0, samples - 1);
            int before = (int)at;
            places[i] = (before, Math.Min(before + 1, samples - 1), (int)Math.Round((at - before) * 256));
        }
        return places;
    }
}
