using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Sensors;

/// <summary>A pixel told that its light changed.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="Brighter">Polarity.</param>
public readonly record struct PixelEvent(double Time, ushort X, ushort Y, bool Brighter);

/// <summary>
/// An event camera: a pixel reports each time the logarithm of its light has moved by its threshold since it last did. Between pictures
/// the logarithm is taken to go straight, so that times lie between theirs (Rebecq, Gehrig, Scaramuzza, "ESIM", CoRL 2018, section 3);
/// thresholds differ by pixel, events come by leak and by chance (Hu, Liu, Delbruck, "v2e", CVPRW 2021, section 4).
/// </summary>
public sealed record EventCamera
{
    /// <summary>Change of the natural logarithm of light that a pixel reports, brighter; .01 to 5.</summary>
    public float Brighter { get; init; } = 0.2f;

    /// <summary>The same, darker.</summary>
    public float Darker { get; init; } = 0.2f;

    /// <summary>Standard deviation of thresholds from pixel to pixel; they stay above a twentieth of the mean.</summary>
    public float Mismatch { get; init; } = 0.03f;

    /// <summary>Seconds after an event in which a pixel reports nothing, though its reference moves on.</summary>
    public double Refractory { get; init; }

    /// <summary>Events a second and pixel without cause, of either polarity.</summary>
    public double NoiseRate { get; init; }

    /// <summary>Events a second and pixel, brighter ones, by leak of the reference.</summary>
    public double LeakRate { get; init; }

    /// <summary>Light that is as good as none, above 0.</summary>
    public float Dark { get; init; } = 1e-3f;

    /// <summary>Events between the first picture and the last, by time, then row, then column; the same on any number of threads.</summary>
    /// <param name="images">Two or more of one size.</param>
    /// <param name="times">Seconds, rising.</param>
    /// <exception cref="ArgumentException">Pictures and times do not fit, or the options cannot be.</exception>
    public PixelEvent[] Record(IReadOnlyList<ColourImage> images, IReadOnlyList<double> times, RunContext run)
    {
        if (Fault() is { } fault) throw new ArgumentException(fault);
        if (images.Count < 2 || images.Count != times.Count) throw new ArgumentException($"{images.Count} pictures at {times.Count} times");
        int width = images[0].Width, height = images[0].Height;
        for (int i = 1; i < images.Count; i++)
        {
            if (images[i].Width != width || images[i].Height != height) throw new ArgumentException($"picture {i} is of another size");
            if (!(times[i] > times[i - 1]) || !double.IsFinite(times[i]))
                throw new ArgumentException($"time {i} does not come after {i - 1}");
        }
        if (width > ushort.MaxValue || height > ushort.MaxValue) throw new ArgumentException($"{width} x {height} is too large");
        RandomStream own = new(run.Seed, "scenes/event-pixels"), noise = new(run.Seed, "scenes/event-noise");
        var rows = new List<PixelEvent>[height];
        Work.For(height, run, y =>
        {
            rows[y] = [];
            for (int x = 0; x < width; x++) new Pixel(this, x, y, (long)y * width + x, own, noise).Run(images, times, rows[y]);
        });
        PixelEvent[] all = [.. rows.SelectMany(r => r)];
        // Equal ones are alike in everything, so that no sort can tell them apart.
        Array.Sort(all, (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X != b.X
            ? a.X.CompareTo(b.X) : a.Brighter.CompareTo(b.Brighter));
        return all;
    }

    private string? Fault() => !(Brighter is >= 0.01f and <= 5 && Darker is >= 0.01f and <= 5 && Mismatch is >= 0 and <= 1)
        ? $"thresholds of {Brighter} and {Darker}, apart by {Mismatch}"
        : !(Refractory >= 0 && NoiseRate is >= 0 and <= 1e6 && LeakRate is >= 0 and <= 1e6) || !(Dark > 0 && float.IsFinite(Dark))
            ? $"a refractory time of {Refractory} s, {NoiseRate} and {LeakRate} events a second, darkness of {Dark}" : null;

    private struct Pixel(EventCamera camera, int x, int y, long index, RandomStream own, RandomStream noise)
    {
        private readonly double _up = Threshold(camera.Brighter, camera.Mismatch, own, index, 0),
            _down = Threshold(camera.Darker, camera.Mismatch, own, index, 1);

        private double _reference, _last = double.NegativeInfinity;

        public void Run(IReadOnlyList<ColourImage> images, IReadOnlyList<double> times, List<PixelEvent> into)
        {
            double before = Log(images[0]);
            _reference = before;
            for (int i = 1; i < images.Count; i++)
            {
                double after = Log(images[i]);
                Between(before, after, times[i - 1], times[i], into);
                int stray = camera.NoiseRate > 0 ? Poisson.At(noise, index, 2 * i, camera.NoiseRate * (times[i] - times[i - 1])) : 0;
                for (int s = 0; s < stray; s++)
                {
                    var (when, which) = noise.UniformPair(index, 2 * i + 1, s);
                    into.Add(Event(times[i - 1] + when * (times[i] - times[i - 1]), which < 0.5));
                }
                before = after;
            }
        }

        private static double Threshold(double mean, double mismatch, RandomStream own, long index, int slot) =>
            mismatch > 0 ? Math.Max(mean / 20, mean + mismatch * own.Normal(index, slot)) : mean;

        private readonly double Log(ColourImage image)
        {
            float light = Brdf.Brightness(image.Pixels[index]);
            return Math.Log(light > camera.Dark ? Math.Min(light, 1e30f) : camera.Dark);
        }

        // The leak lets the reference sink, which is as if light rose.
        private void Between(double before, double after, double from, double to, List<PixelEvent> into)
        {
            double start = before - _reference, slope = (after - before) / (to - from) + _up * camera.LeakRate;
            double end = slope * (to - from), step = slope > 0 ? _up : -_down;
            for (; slope != 0 && Math.Abs(step - start) <= Math.Abs(end); start -= step)
            {
                double time = from + (step - start) / slope;
                if (time - _last < camera.Refractory) continue;
                into.Add(Event(time, slope > 0));
                _last = time;
            }
            _reference = after - (start + end);
        }

        private readonly PixelEvent Event(double time, bool brighter) => new(time, (ushort)x, (ushort)y, brighter);
    }
}
