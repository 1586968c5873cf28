namespace Simulant.Validation.Images;

/// <summary>What light and detail a set of pictures holds, each the mean over pictures with the deviation between them.</summary>
/// <param name="Brightness">Mean luma of a picture, 0 to 1.</param>
/// <param name="Contrast">Deviation of luma within a picture.</param>
/// <param name="Colour">Colourfulness (Hasler and Suesstrunk 2003), samples 0 to 1; 0 for grey.</param>
/// <param name="Slope">
/// Slope of power against frequency, both in logarithms: about -2 for photographs (Field 1987); nearer 0 with noise, further with blur.
/// </param>
public sealed record StatisticsFigures((double Mean, double Deviation) Brightness, (double Mean, double Deviation) Contrast,
    (double Mean, double Deviation) Colour, (double Mean, double Deviation) Slope);

public static class PictureStatistics
{
    public static StatisticsFigures Of(PictureSet set)
    {
        if (set.Count == 0) throw new ArgumentException("a set of no pictures has no statistics", nameof(set));
        double[] brightness = new double[set.Count], contrast = new double[set.Count], colour = new double[set.Count],
            slope = new double[set.Count];
        for (int i = 0; i < set.Count; i++)
        {
            double[] luma = Luma(set, i);
            brightness[i] = luma.Average();
            contrast[i] = Deviation(luma);
            colour[i] = Colourfulness(set, i);
            slope[i] = SpectrumSlope(luma, set.Width, set.Height);
        }
        return new(Both(brightness), Both(contrast), Both(colour), Both([.. slope.Where(double.IsFinite)]));
    }

    /// <summary>
    /// Slope of the mean power in rings of whole frequencies, 1 to half the smaller side less 1, by least squares in logarithms. The mean
    /// is taken off and a raised cosine laid over the picture, so that its edges count for nothing. NaN for a picture of one colour.
    /// </summary>
    /// <param name="samples">[row][column].</param>
    public static double SpectrumSlope(ReadOnlySpan<double> samples, int width, int height)
    {
        double[] power = RadialPower(samples, width, height);
        int last = power.Length - 1;
        double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (int f = 1; f <= last; f++)
        {
            if (!(power[f] > 1e-14)) return double.NaN;
            double x = Math.Log(f), y = Math.Log(power[f]);
            (n, sx, sy, sxx, sxy) = (n + 1, sx + x, sy + y, sxx + x * x, sxy + x * y);
        }
        return n < 2 ? double.NaN : (n * sxy - sx * sy) / (n * sxx - sx * sx);
    }

    /// <summary>Mean squared magnitude in rings about whole frequencies 0 to half the smaller side less 1, by their definition.</summary>
    internal static double[] RadialPower(ReadOnlySpan<double> samples, int width, int height)
    {
        double mean = 0;
        foreach (double v in samples) mean += v / samples.Length;
        double[] real = new double[samples.Length], imaginary = new double[samples.Length];
        for (int i = 0; i < samples.Length; i++) real[i] = (samples[i] - mean) * Window(i % width, width) * Window(i / width, height);
        for (int y = 0; y < height; y++) Transform(real, imaginary, y * width, 1, width);
        for (int x = 0; x < width; x++) Transform(real, imaginary, x, width, height);
        int rings = Math.Min(width, height) / 2;
        double[] sums = new double[rings], counts = new double[rings];
        for (int i = 0; i < samples.Length; i++)
        {
            // Frequencies of the shorter side's units, so that rings are round.
            double u = Signed(i % width, width) * Math.Min(1, (double)height / width), v = Signed(i / width, height) * Math.Min(1,
                (double)width / height);
            int ring = (int)Math.Round(Math.Sqrt(u * u + v * v));
            if (ring >= rings) continue;
            sums[ring] += real[i] * real[i] + imaginary[i] * imaginary[i];
            counts[ring]++;
        }
        for (int r = 0; r < rings; r++) sums[r] /= Math.Max(1, counts[r]);
        return sums;
    }

    private static double Signed(int i, int n) => i <= n / 2 ? i : i - n;

    private static double Window(int i, int n) => 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / n);

    // Small sides: the sum itself, with each angle looked up.
    private static void Transform(double[] real, double[] imaginary, int from, int step, int n)
    {
        double[] a = new double[n], b = new double[n], cos = new double[n], sin = new double[n];
        for (int i = 0; i < n; i++)
        {
            (a[i], b[i]) = (real[from + i * step], imaginary[from + i * step]);
            (sin[i], cos[i]) = Math.SinCos(-2 * Math.PI * i / n);
        }
        for (int f = 0; f < n; f++)
        {
            double re = 0, im = 0;
            for (int i = 0; i < n; i++)
            {
                int at = (int)((long)f * i % n);
                re += a[i] * cos[at] - b[i] * sin[at];
                im += a[i] * sin[at] + b[i] * cos[at];
            }
            (real[from + f * step], imaginary[from + f * step]) = (re, im);
        }
    }

    private static double[] Luma(PictureSet set, int i)
    {
        var p = set.Picture(i);
        double[] luma = new double[set.Width * set.Height];
        for (int k = 0; k < luma.Length; k++)
            luma[k] = (set.Channels == 1 ? p[k] : 0.299 * p[3 * k] + 0.587 * p[3 * k + 1] + 0.114 * p[3 * k + 2]) / 255;
        return luma;
    }

    private static double Colourfulness(PictureSet set, int i)
    {
        if (set.Channels == 1) return 0;
        var p = set.Picture(i);
        double[] rg = new double[p.Length / 3], yb = new double[p.Length / 3];
        for (int k = 0; k < rg.Length; k++)
            (rg[k], yb[k]) = ((p[3 * k] - p[3 * k + 1]) / 255.0, (0.5 * (p[3 * k] + p[3 * k + 1]) - p[3 * k + 2]) / 255);
        double a = Deviation(rg), b = Deviation(yb), c = rg.Average(), d = yb.Average();
        return Math.Sqrt(a * a + b * b) + 0.3 * Math.Sqrt(c * c + d * d);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
    }

    private static (double, double) Both(double[] values) => values.Length == 0 ? (double.NaN, double.NaN) : (values.Average(),
        Deviation(values));
}
