using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;

namespace Simulant.Scenes.Optics;

/// <summary>Bells over a plane; what lies outside is mirrored about its border pixels.</summary>
internal static class Blur
{
    /// <summary>A bell over columns and then rows, cut off at so many deviations; its weights sum to 1.</summary>
    public static float[] Bell(float[] plane, int width, int height, float sigma, RunContext run, double cut = 3.5)
    {
        if (!(sigma > 0.05f)) return plane;
        float[] weights = Weights(sigma, cut), to = new float[plane.Length];
        int reach = weights.Length / 2;
        Planes.EachRow(height, run, y =>
        {
            float[] row = new float[width + 2 * reach + Vector<float>.Count];
            var middle = row.AsSpan(reach, width);
            for (int k = -reach; k <= reach; k++)
                Add(plane.AsSpan(Filters.Reflect(y + k, height) * width, width), middle, weights[k + reach]);
            for (int x = 1; x <= reach; x++)
            {
                row[reach - x] = middle[Filters.Reflect(-x, width)];
                row[reach + width - 1 + x] = middle[Filters.Reflect(width - 1 + x, width)];
            }
            var target = to.AsSpan(y * width, width);
            for (int k = 0; k < weights.Length; k++) Add(row.AsSpan(k, width), target, weights[k]);
        });
        return to;
    }

    /// <summary>
    /// A wide bell: means of squares of pixels are blurred, as large ones as the bell leaves smooth, and blended back; black beyond the
    /// border.
    /// </summary>
    public static float[] Wide(float[] plane, int width, int height, float sigma, RunContext run)
    {
        int square = Math.Max(1, (int)(sigma / 3)), reach = (int)(4.5f * sigma / square) + 1;
        int columns = (width + square - 1) / square + 2 * reach, rows = (height + square - 1) / square + 2 * reach;
        float[] small = new float[columns * rows];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) small[(y / square + reach) * columns + x / square + reach] += plane[y * width + x];
        float part = 1f / (square * square);
        for (int i = 0; i < small.Length; i++) small[i] *= part;
        small = Bell(small, columns, rows, sigma / square, run, 4.5);
        float[] to = new float[plane.Length];
        Planes.EachRow(height, run, y =>
        {
            float v = (y + 0.5f) / square - 0.5f + reach;
            int top = (int)v;
            ReadOnlySpan<float> above = small.AsSpan(top * columns, columns), below = small.AsSpan((top + 1) * columns, columns);
            for (int x = 0; x < width; x++)
            {
                float u = (x + 0.5f) / square - 0.5f + reach;
                int left = (int)u;
                float a = above[left] + (above[left + 1] - above[left]) * (u - left);
                float b = below[left] + (below[left + 1] - below[left]) * (u - left);
                to[y * width + x] = a + (b - a) * (v - top);
            }
        });
        return to;
    }

    private static float[] Weights(float sigma, double cut)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(cut * sigma));
        double[] curve = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(i => Math.Exp(-i * i / (2.0 * sigma * sigma)))];
        double total = curve.Sum();
        return [.. curve.Select(w => (float)(w / total))];
    }

    private static void Add(ReadOnlySpan<float> from, Span<float> to, float weight)
    {
        int i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(to[i..]) + new Vector<float>(from[i..]) * weight).CopyTo(to[i..]);
        for (; i < to.Length; i++) to[i] += from[i] * weight;
    }
}
