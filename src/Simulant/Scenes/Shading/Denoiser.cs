using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>
/// Smooths sampling noise by the edge-avoiding à-trous wavelet (Dammertz et al., HPG 2010) under the labels' depth and normals, on light
/// without albedo, with the brightness weight scaled by each pixel's own variance (Schied et al., "SVGF", HPG 2017).
/// </summary>
internal static class Denoiser
{
    private const int Levels = 4;
    private const float Sharpness = 3, DepthSlack = 1;

    // A surface this dark has no colour to divide by.
    private const float Least = 0.02f;

    public static ColourImage Smooth(ColourImage noisy, PixelLabels labels, RunContext run)
    {
        int count = noisy.Pixels.Length;
        Vector3[] light = new Vector3[count], next = new Vector3[count];
        float[] variance = new float[count], nextVariance = new float[count];
        for (int i = 0; i < count; i++)
        {
            var shade = Vector3.Max(noisy.Albedo[i], new Vector3(Least));
            light[i] = noisy.Pixels[i] / shade;
            float bright = Brdf.Brightness(shade);
            variance[i] = noisy.Variance[i] / (bright * bright);
        }
        for (int level = 0; level < Levels; level++)
        {
            var pass = new Pass(labels, light, variance, next, nextVariance, 1 << level);
            Work.For((noisy.Height + 7) / 8, run, band =>
            {
                for (int y = 8 * band; y < Math.Min(8 * band + 8, noisy.Height); y++)
                    for (int x = 0; x < noisy.Width; x++) pass.Pixel(x, y);
            });
            (light, next, variance, nextVariance) = (next, light, nextVariance, variance);
        }
        var pixels = new Vector3[count];
        // Where nothing is, nothing was noisy.
        for (int i = 0; i < count; i++)
            pixels[i] = labels.Instance[i] == 0 && noisy.Variance[i] == 0
                ? noisy.Pixels[i] : light[i] * Vector3.Max(noisy.Albedo[i], new Vector3(Least));
        return noisy with { Pixels = pixels };
    }

    private readonly struct Pass(PixelLabels labels, Vector3[] light, float[] variance, Vector3[] to, float[] toVariance, int step)
    {
        public void Pixel(int x, int y)
        {
            int width = labels.Width, at = y * width + x;
            ushort instance = labels.Instance[at];
            var normal = labels.Normal[at];
            float depth = labels.Depth[at], centre = Brdf.Brightness(light[at]);
            float spread = 1 / (Sharpness * MathF.Sqrt(Around(x, y)) + 1e-3f);
            // Depth changes along a slope by this for each pixel; where it cannot be told, nothing but the instance divides.
            float slope = Slope(x, y, at, depth);
            Vector3 sum = default;
            float weights = 0, squares = 0;
            for (int j = -2; j <= 2; j++)
            {
                int row = y + j * step;
                if ((uint)row >= (uint)labels.Height) continue;
                for (int i = -2; i <= 2; i++)
                {
                    int column = x + i * step;
                    if ((uint)column >= (uint)width) continue;
                    int other = row * width + column;
                    if (labels.Instance[other] != instance) continue;
                    float weight = Kernel(i) * Kernel(j);
                    if (instance != 0 && other != at)
                    {
                        float along = Spatial.Dot(normal, labels.Normal[other]);
                        if (!(along > 0)) continue;
                        float turned = along * along;
                        turned *= turned;
                        turned *= turned;
                        turned *= turned;
                        float off = MathF.Abs(labels.Depth[other] - depth) / (DepthSlack * slope * step * (MathF.Abs(i) + MathF.Abs(j))
                            + 1e-3f * depth);
                        weight *= turned * turned * Falling(off) * Falling(MathF.Abs(Brdf.Brightness(light[other]) - centre) * spread);
                    }
                    sum += light[other] * weight;
                    squares += variance[other] * weight * weight;
                    weights += weight;
                }
            }
            to[at] = sum * (1 / weights);
            toVariance[at] = squares / (weights * weights);
        }

        private static float Kernel(int i) => i == 0 ? 0.375f : i is 1 or -1 ? 0.25f : 0.0625f;

        // Near exp(-x), of products alone.
        private static float Falling(float x)
        {
            float y = 1 + x * (0.25f + x * 0.03125f);
            y *= y;
            return 1 / (y * y);
        }

        private float Slope(int x, int y, int at, float depth)
        {
            float most = 0;
            if (x > 0 && x < labels.Width - 1) most = MathF.Min(Gap(at - 1, depth), Gap(at + 1, depth));
            if (y > 0 && y < labels.Height - 1)
                most = MathF.Max(most, MathF.Min(Gap(at - labels.Width, depth), Gap(at + labels.Width, depth)));
            return most;
        }

        private float Gap(int other, float depth)
        {
            float gap = MathF.Abs(labels.Depth[other] - depth);
            return float.IsFinite(gap) ? gap : 0;
        }

        // Single pixels' variances are rough: the mean over 3 by 3 is used.
        private float Around(int x, int y)
        {
            float sum = 0;
            int count = 0;
            for (int row = Math.Max(0, y - 1); row <= Math.Min(labels.Height - 1, y + 1); row++)
                for (int column = Math.Max(0, x - 1); column <= Math.Min(labels.Width - 1, x + 1); column++, count++)
                    sum += variance[row * labels.Width + column];
            return sum / count;
        }
    }
}
