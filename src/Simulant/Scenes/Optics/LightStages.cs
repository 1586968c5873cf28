using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Scenes.Description;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Optics;

/// <summary>What happens to light before it reaches the photosites; 1 fills a well.</summary>
internal static class LightStages
{
    // Darker than this a pixel says nothing of how bright a picture is.
    private const double Darkest = 1e-6;

    /// <summary>Stops of exposure: the option's, or found.</summary>
    /// <param name="gain">The amplifier's: the key is a part of the white that it leaves.</param>
    public static float Stops(Exposure exposure, float gain, Vector3[] pixels, int width, int height, RunContext run)
    {
        if (!exposure.Automatic) return exposure.Ev;
        double[] rows = new double[height];
        Planes.EachRow(height, run, y =>
        {
            double sum = 0;
            for (int x = 0; x < width; x++)
            {
                double bright = Brdf.Brightness(pixels[y * width + x]);
                sum += Math.Log2(bright > Darkest ? Math.Min(bright, 1e12) : Darkest);
            }
            rows[y] = sum;
        });
        double mean = rows.Sum() / pixels.Length;
        return exposure.Ev + (float)Math.Clamp(Math.Log2(exposure.Key / gain) - mean, -exposure.Range, exposure.Range);
    }

    public static void Spread(Planes light, Glare glare, RunContext run)
    {
        Work.For(3, run, colour =>
        {
            float[] plane = light[colour], excess = new float[plane.Length];
            bool any = false;
            for (int i = 0; i < plane.Length; i++)
                if (plane[i] > 1) (excess[i], any) = (MathF.Min(plane[i], glare.Most) - 1, true);
            if (!any) return;
            float sigma = glare.Spread;
            foreach (float wide in (ReadOnlySpan<float>)[sigma, sigma / 3, sigma / 9])
            {
                float[] veil = Blur.Wide(excess, light.Width, light.Height, wide, run with { MaxThreads = 1 });
                for (int i = 0; i < plane.Length; i++) plane[i] += veil[i] * (glare.Strength / 3);
            }
        });
    }

    public static void Cover(Planes light, LensSpots spots, RunContext run)
    {
        var stream = new RandomStream(run.Seed, "scenes/lens-spots");
        float diagonal = MathF.Sqrt((float)light.Width * light.Width + (float)light.Height * light.Height);
        float[] clear = new float[light.Width * light.Height];
        Array.Fill(clear, 1);
        for (int i = 0; i < spots.Count; i++)
        {
            var (across, down) = stream.UniformPair(i, 0);
            float radius = spots.Size * diagonal * (0.5f + (float)stream.Uniform(i, 1));
            Disc(clear, light, (float)across * light.Width - 0.5f, (float)down * light.Height - 0.5f, radius, spots.Opacity);
        }
        Work.For(3, run, colour =>
        {
            float[] plane = light[colour];
            float[] around = Blur.Wide(plane, light.Width, light.Height, spots.Size * diagonal, run with { MaxThreads = 1 });
            for (int i = 0; i < plane.Length; i++) plane[i] = plane[i] * clear[i] + around[i] * ((1 - clear[i]) * spots.Scatter);
        });
    }

    // Smooth from the middle to nothing at the rim: 1 - 3 r^4 + 2 r^6 of it.
    private static void Disc(float[] clear, Planes of, float x, float y, float radius, float opacity)
    {
        for (int row = Math.Max(0, (int)(y - radius)); row <= Math.Min(of.Height - 1, (int)(y + radius) + 1); row++)
            for (int column = Math.Max(0, (int)(x - radius)); column <= Math.Min(of.Width - 1, (int)(x + radius) + 1); column++)
            {
                float dx = (column - x) / radius, dy = (row - y) / radius, square = dx * dx + dy * dy;
                if (square < 1) clear[row * of.Width + column] *= 1 - opacity * (1 - square * square * (3 - 2 * square));
            }
    }

    public static void Point(Planes light, PointSpread spread, RunContext run)
    {
        float[] sigmas = [spread.Sigma * spread.Red, spread.Sigma, spread.Sigma * spread.Blue];
        for (int colour = 0; colour < 3; colour++)
            light[colour] = Blur.Bell(light[colour], light.Width, light.Height, sigmas[colour], run);
    }

    public static void Vignette(Planes light, Vignetting vignetting, Camera camera, RunContext run)
    {
        double half = Math.Sqrt((double)light.Width * light.Width + (double)light.Height * light.Height) / 2;
        Planes.EachRow(light.Height, run, y =>
        {
            Span<float> red = light.Row(0, y), green = light.Row(1, y), blue = light.Row(2, y);
            for (int x = 0; x < light.Width; x++)
            {
                double dx = x - camera.Cx, dy = y - camera.Cy;
                float part = vignetting.At((float)(Math.Sqrt(dx * dx + dy * dy) / half));
                if (vignetting.Cosine)
                {
                    var sight = camera.Direction(x, y);
                    float tangent = 1 + sight.X * sight.X + sight.Y * sight.Y;
                    part *= 1 / (tangent * tangent);
                }
                (red[x], green[x], blue[x]) = (red[x] * part, green[x] * part, blue[x] * part);
            }
        });
    }
}
