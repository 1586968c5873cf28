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
        Planes.EachRow(height, run, y =>
        {
            float[] spare = new float[width];
            for (int pass = 0; pass < 3; pass++) Mean(to.AsSpan(y * width, width), spare, reach);
        });
        const int Columns = 32;
        Work.For((width + Columns - 1) / Columns, run, block =>
        {
            int first = block * Columns, count = Math.Min(Columns, width - first);
            float[] spare = new float[height * count];
            for (int pass = 0; pass < 3; pass++) Mean(to, spare, first, count, width, height, reach);
        });
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

    private static void Mean(Span<float> row, Span<float> spare, int reach)
    {
        row.CopyTo(spare);
        double sum = 0, part = 1.0 / (2 * reach + 1);
        for (int i = 0; i < Math.Min(reach, row.Length); i++) sum += spare[i];
        for (int i = 0; i < row.Length; i++)
        {
            if (i + reach < row.Length) sum += spare[i + reach];
            if (i > reach) sum -= spare[i - reach - 1];
            row[i] = (float)Math.Max(0, sum * part);
        }
    }

    // Columns side by side, so that memory is walked along its rows.
    private static void Mean(float[] plane, float[] spare, int first, int count, int width, int height, int reach)
    {
        Span<double> sums = stackalloc double[count];
        sums.Clear();
        for (int y = 0; y < height; y++) plane.AsSpan(y * width + first, count).CopyTo(spare.AsSpan(y * count));
        for (int y = -reach; y < height; y++)
        {
            if (y + reach < height) Add(sums, spare.AsSpan((y + reach) * count, count), 1);
            if (y > reach) Add(sums, spare.AsSpan((y - reach - 1) * count, count), -1);
            if (y < 0) continue;
            var row = plane.AsSpan(y * width + first, count);
            for (int x = 0; x < row.Length; x++) row[x] = (float)Math.Max(0, sums[x] * (1.0 / (2 * reach + 1)));
        }
    }

    private static void Add(Span<double> sums, ReadOnlySpan<float> row, double sign)
    {
        for (int x = 0; x < row.Length; x++) sums[x] += sign * row[x];
    }
}
