using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;

namespace Simulant.Scenes.Optics;

/// <summary>Bells over a plane; what lies outside is mirrored about its border pixels.</summary>
internal static class Blur
{
    /// <summary>A bell cut off at three and a half deviations, over columns and then rows; its weights sum to 1.</summary>
    public static float[] Bell(float[] plane, int width, int height, float sigma, RunContext run)
    {
        if (!(sigma > 0.05f)) return plane;
        float[] weights = Weights(sigma), to = new float[plane.Length];
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
    /// A wide bell as three running means each way (Wells, PAMI 8(2), 1986), whose variances sum to the bell's; black beyond the border.
    /// </summary>
    public static float[] Wide(float[] plane, int width, int height, float sigma, RunContext run)
    {
        int side = Math.Max(1, (int)Math.Round(Math.Sqrt(4 * sigma * sigma + 1))) | 1, reach = side / 2;
        float[] to = [.. plane];
        for (int pass = 0; pass < 3; pass++)
        {
            Planes.EachRow(height, run, y => Mean(to, y * width, 1, width, reach));
            Work.For(width, run, x => Mean(to, x, width, height, reach));
        }
        return to;
    }

    private static float[] Weights(float sigma)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(3.5 * sigma));
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

    private static void Mean(float[] plane, int first, int step, int count, int reach)
    {
        float[] line = new float[count];
        for (int i = 0; i < count; i++) line[i] = plane[first + i * step];
        double sum = 0, part = 1.0 / (2 * reach + 1);
        for (int i = 0; i < Math.Min(reach, count); i++) sum += line[i];
        for (int i = 0; i < count; i++)
        {
            if (i + reach < count) sum += line[i + reach];
            if (i > reach) sum -= line[i - reach - 1];
            plane[first + i * step] = (float)Math.Max(0, sum * part);
        }
    }
}
