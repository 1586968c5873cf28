using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Pixels;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>Smooths sampling noise under the guidance of the labels, on light without albedo: <see cref="GuidedSmoothing"/>.</summary>
internal static class Denoiser
{
    // A surface this dark has no colour to divide by.
    private const float Least = 0.02f;

    private const int Band = 8;

    /// <summary>The smoothed picture; it takes over variance and albedo of the noisy one, whose pixels are given back.</summary>
    public static ColourImage Smooth(ColourImage noisy, PixelLabels labels, RunContext run)
    {
        int width = noisy.Width, height = noisy.Height;
        float[] memory = KeptArrays<float>.Take(checked((int)GuidedSmoothing.Floats(width, height)));
        var smoothing = new GuidedSmoothing(width, height, memory);
        void Rows(Action<int> row) => Work.For((height + Band - 1) / Band, run, band =>
        {
            for (int y = Band * band; y < Math.Min(Band * band + Band, height); y++) row(y);
        });
        Rows(y => Fill(smoothing, noisy, labels, y));
        Rows(smoothing.Prepare);
        for (int level = 0; level < GuidedSmoothing.Levels; level++)
        {
            Rows(y => smoothing.Pass(y, level));
            smoothing.Turn();
        }
        var pixels = KeptArrays<Vector3>.Take(noisy.Pixels.Length);
        Rows(y => Take(smoothing, noisy, labels, y, pixels));
        KeptArrays<float>.Give(memory);
        KeptArrays<Vector3>.Give(noisy.Pixels);
        return noisy with { Pixels = pixels };
    }

    private static Vector3 Shade(Vector3 albedo) => Vector3.Max(albedo, new Vector3(Least));

    private static void Fill(GuidedSmoothing smoothing, ColourImage noisy, PixelLabels labels, int y)
    {
        Span<float> red = smoothing.Row(SmoothingPlane.Red, y), green = smoothing.Row(SmoothingPlane.Green, y),
            blue = smoothing.Row(SmoothingPlane.Blue, y), variance = smoothing.Row(SmoothingPlane.Variance, y),
            thing = smoothing.Row(SmoothingPlane.Thing, y), depth = smoothing.Row(SmoothingPlane.Depth, y);
        Span<float> nx = smoothing.Row(SmoothingPlane.NormalX, y), ny = smoothing.Row(SmoothingPlane.NormalY, y),
            nz = smoothing.Row(SmoothingPlane.NormalZ, y);
        for (int x = 0, at = y * noisy.Width; x < noisy.Width; x++, at++)
        {
            var shade = Shade(noisy.Albedo[at]);
            var light = noisy.Pixels[at] / shade;
            float bright = Brdf.Brightness(shade);
            (red[x], green[x], blue[x], variance[x]) = (light.X, light.Y, light.Z, noisy.Variance[at] / (bright * bright));
            (thing[x], depth[x]) = (labels.Instance[at], labels.Depth[at]);
            (nx[x], ny[x], nz[x]) = (labels.Normal[at].X, labels.Normal[at].Y, labels.Normal[at].Z);
        }
    }

    private static void Take(GuidedSmoothing smoothing, ColourImage noisy, PixelLabels labels, int y, Vector3[] pixels)
    {
        Span<float> red = smoothing.Row(SmoothingPlane.Red, y), green = smoothing.Row(SmoothingPlane.Green, y),
            blue = smoothing.Row(SmoothingPlane.Blue, y);
        // Where nothing is, nothing was noisy.
        for (int x = 0, at = y * noisy.Width; x < noisy.Width; x++, at++)
            pixels[at] = labels.Instance[at] == 0 && noisy.Variance[at] == 0 ? noisy.Pixels[at]
                : new Vector3(red[x], green[x], blue[x]) * Shade(noisy.Albedo[at]);
    }
}
