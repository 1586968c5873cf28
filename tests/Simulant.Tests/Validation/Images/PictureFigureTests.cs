using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Images;
using Xunit;

namespace Simulant.Tests.Validation.Images;

public class PictureFigureTests
{
    private static readonly RunContext Run = RunContext.Quiet(3), Many = RunContext.Quiet(3, 4);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-2)]
    public void The_slope_of_a_made_spectrum_is_found(double slope)
    {
        // A picture whose wave of frequency (u, v) has power f^slope, phases at random.
        const int Side = 64;
        var stream = new RandomStream(5, "waves");
        double[] samples = new double[Side * Side];
        for (int u = 0; u < Side / 2; u++)
            for (int v = -Side / 2; v < Side / 2; v++)
            {
                double f = Math.Sqrt(u * u + v * v), phase = 2 * Math.PI * stream.Uniform(u, v + Side);
                if (f is < 0.5 or >= Side / 2) continue;
                double amplitude = Math.Pow(f, slope / 2);
                for (int i = 0; i < samples.Length; i++)
                    samples[i] += amplitude * Math.Cos(2 * Math.PI * (u * (i % Side) + v * (i / Side)) / Side + phase);
            }
        Assert.Equal(slope, PictureStatistics.SpectrumSlope(samples, Side, Side), 0.25);
    }

    [Fact]
    public void Power_stands_in_the_ring_of_its_frequency()
    {
        double[] wave = [.. Enumerable.Range(0, 32 * 32).Select(i => Math.Cos(2 * Math.PI * 6 * (i % 32) / 32.0))];
        double[] power = PictureStatistics.RadialPower(wave, 32, 32);
        Assert.Equal(6, Array.IndexOf(power, power.Max()));
        Assert.True(power[6] > 1e4 * power[12]);
        Assert.True(double.IsNaN(PictureStatistics.SpectrumSlope(new double[32 * 32], 32, 32)));
    }

    [Fact]
    public void Light_and_colour_of_plain_pictures_are_known()
    {
        var half = Pictures(2, (i, x, _, c) => (byte)(i == 0 ? x < 4 ? 0 : 255 : c == 0 ? 255 : 0));
        var figures = PictureStatistics.Of(half);
        Assert.Equal((0.5 + 0.299) / 2, figures.Brightness.Mean, 1e-9);
        Assert.Equal(0.25, figures.Contrast.Mean, 1e-9);
        Assert.Equal(0.3 * Math.Sqrt(1.25) / 2, figures.Colour.Mean, 1e-9);
        Assert.Throws<ArgumentException>(() => PictureStatistics.Of(half.Take([])));
    }

    [Fact]
    public void Copies_and_near_copies_are_found()
    {
        var noise = Noise(40, "train");
        Assert.Equal(0, PictureMemory.Duplicates(noise));
        Assert.Equal(0.2, PictureMemory.Duplicates(noise.Take([0, 1, 2, 1, 4])));
        var near = PictureMemory.NearDuplicates(FeatureFigureTests.Set(1, [0, 5, 5.5f, 9, 0.1f]), 0.6, Many);
        Assert.Equal([(2, 1), (4, 0)], near);
    }

    [Fact]
    public void Remembered_pictures_show_beside_held_out_ones()
    {
        PictureSet train = Noise(150, "train"), holdout = Noise(150, "holdout"), fresh = Noise(150, "fresh");
        var extractor = new RandomConvolutions(8, 8, 3);
        var honest = PictureMemory.Measure(train, holdout, fresh, extractor, Run);
        Assert.InRange(0.5, honest.Nearer.Low, honest.Nearer.High);
        Assert.Equal((0, 0), (honest.Copies, honest.HoldoutCopies));
        Assert.InRange(honest.Close, 0, 0.15);
        // Half of them training pictures, a level brighter here and there.
        var stream = new RandomStream(9, "nudge");
        var copied = fresh with
        {
            Pixels = [.. fresh.Pixels.Select((p, i) => i < fresh.Pixels.Length / 2
                ? (byte)Math.Min(255, train.Pixels[i] + (stream.Uniform(i, 0) < 0.1 ? 1 : 0)) : p)],
        };
        var caught = PictureMemory.Measure(train, holdout, copied, extractor, Many);
        Assert.True(caught.Nearer.Low > 0.6 && caught.Close > 0.45, $"{caught}");
        Assert.Equal(1, PictureMemory.Measure(train, holdout, train, extractor, Run).Copies);
    }

    [Fact]
    public void Extractors_say_what_they_are_and_do_the_same_anywhere()
    {
        var set = Noise(20, "set");
        RandomConvolutions one = new(8, 8, 3, 1), other = new(8, 8, 3, 2);
        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(one.Extract(set, Run).Values, one.Extract(set, Many).Values);
        Assert.Equal(one.Extract(set.Take([7]), Run).Values, one.Extract(set, Run).Row(7).ToArray());
        Assert.Throws<ArgumentException>(() => one.Extract(set with { Width = 4, Height = 16 }, Run));
        Assert.Throws<ArgumentException>(() => new RandomConvolutions(4, 8, 3));
    }

    [Fact]
    public void A_network_learns_bars_and_is_the_same_on_any_number_of_threads()
    {
        PictureSet Bars(string name) => Noise(120, name) with
        {
            Pixels = [.. Enumerable.Range(0, 120).SelectMany(i => Bar(i, name))], Classes = [.. Enumerable.Range(0, 120).Select(i =>
                i % 3)],
            ClassCount = 3,
        };
        PictureSet train = Bars("train"), test = Bars("test");
        var options = new PictureTrainingOptions(60, 16) { Shape = new([32, 32, 32, 32, 32], 16), Jitter = PictureJitter.None };
        var net = PictureTraining.Train([train], options, Run);
        Assert.InRange(PictureTraining.Accuracy(net, test, Run), 0.9, 1);
        var again = PictureTraining.Train([train], options, Many);
        Assert.Equal(net.Store.Values.ToArray(), again.Store.Values.ToArray());
        Assert.Equal(PictureTraining.Predict(net, test, Run), PictureTraining.Predict(net, test, Many));
        Assert.Equal(PictureTraining.Features(net, test.Take([5]), Run), new NetExtractor(net).Extract(test, Many).Row(5).ToArray());
        Assert.NotEqual(new NetExtractor(net).Id, new NetExtractor(PictureTraining.Train([train], options with { Steps = 59 }, Run)).Id);
    }

    [Fact]
    public void Shares_of_a_batch_are_kept_and_faults_named()
    {
        PictureSet a = Noise(4, "a") with { Classes = [0, 0, 0, 0], ClassCount = 2 }, b = a with { Classes = [1, 1, 1, 1] };
        var options = new PictureTrainingOptions(25, 16) { Shape = new([32, 32, 32, 32, 32], 8), Jitter = PictureJitter.None, Dropout = 0 };
        // The same pictures under two classes: what is seen more often is what is said.
        var net = PictureTraining.Train([a, b], options, Run, [1, 15]);
        Assert.Equal([1, 1, 1, 1], PictureTraining.Predict(net, a, Run));
        Assert.Throws<ArgumentException>(() => PictureTraining.Train([a, b], options, Run, [1, 0]));
        Assert.Throws<ArgumentException>(() => PictureTraining.Train([a with { Classes = [] }], options, Run));
        Assert.Throws<ArgumentException>(() => PictureTraining.Train([a with { Classes = [0, 0, 0, 2] }], options, Run));
        Assert.Throws<ArgumentException>(() => new PictureNet(8, 8, 3, 2, 1, new([8, 32, 32, 32, 32], 8)));
    }

    [Fact]
    public void Jitter_moves_as_it_says()
    {
        var stream = new RandomStream(1, "jitter");
        var set = Noise(1, "one");
        float[] into = new float[set.Length];
        PictureJitter.None.Apply(set.Picture(0), 8, 8, 3, stream, 5, into);
        Assert.Equal(set.Pixels.Select(p => (float)p), into);
        // A dot's middle of mass moves by the shift alone.
        var dot = Pictures(1, (_, x, y, _) => (byte)(x is 3 or 4 && y is 3 or 4 ? 200 : 0));
        var only = PictureJitter.None with { Shift = 0.2 };
        for (long item = 0; item < 10; item++)
        {
            only.Apply(dot.Picture(0), 8, 8, 3, stream, item, into);
            double mass = 0, mx = 0;
            for (int i = 0; i < into.Length; i += 3) (mass, mx) = (mass + into[i], mx + into[i] * (i / 3 % 8));
            double shift = 0.2 * 8 * (2 * stream.Uniform(item, 0, 4) - 1);
            Assert.Equal(3.5 - shift, mx / mass, 0.1);
        }
    }

    [Fact]
    public void Jitter_changes_sharpness_tone_and_light_as_it_says()
    {
        var stream = new RandomStream(3, "jitter");
        var set = Noise(1, "three");
        float[] into = new float[set.Length];
        float At(int x, int y, int c) => set.Pixels[(y * 8 + x) * 3 + c];
        for (long item = 0; item < 20; item++)
        {
            (PictureJitter.None with { Tone = 0.5 }).Apply(set.Picture(0), 8, 8, 3, stream, item, into);
            double exponent = Math.Exp(0.5 * (2 * stream.Uniform(item, 0, 11) - 1));
            for (int i = 0; i < into.Length; i++) Assert.Equal(255 * Math.Pow(set.Pixels[i] / 255.0, exponent), into[i], 1e-2);

            (PictureJitter.None with { Sharpness = 0.8 }).Apply(set.Picture(0), 8, 8, 3, stream, item, into);
            double by = 0.8 * (2 * stream.Uniform(item, 0, 12) - 1), mean = 0;
            for (int y = -1; y < 2; y++)
                for (int x = -1; x < 2; x++) mean += (2 - Math.Abs(x)) * (2 - Math.Abs(y)) * At(4 + x, 3 + y, 1) / 16;
            double moved = At(4, 3, 1) + (by < 0 ? 0.75 * by : by) * (mean - At(4, 3, 1));
            Assert.Equal(Math.Clamp(moved, 0, 255), into[(3 * 8 + 4) * 3 + 1], 1e-2);
            Assert.Equal(At(0, 5, 2), into[5 * 8 * 3 + 2]);

            // Light falls off along one direction and is left as it was in the middle.
            var flat = Pictures(1, (_, _, _, _) => 100);
            (PictureJitter.None with { Shade = 0.5 }).Apply(flat.Picture(0), 8, 8, 3, stream, item, into);
            Assert.Equal(100.0, into.Average(), 1e-3);
            double angle = Math.PI * (2 * stream.Uniform(item, 0, 13) - 1), strength = 0.5 * (2 * stream.Uniform(item, 0, 14) - 1);
            Assert.Equal(100 * (1 + 2 * strength * (3.5 * Math.Cos(angle) - 1.5 * Math.Sin(angle)) / 8), into[(2 * 8 + 7) * 3], 1e-2);
        }
    }

    [Fact]
    public void Jitter_lays_a_rectangle_over_a_third()
    {
        var stream = new RandomStream(4, "jitter");
        var flat = Pictures(1, (_, _, _, c) => (byte)(100 + c));
        float[] into = new float[flat.Length];
        int covered = 0;
        for (long item = 0; item < 300; item++)
        {
            (PictureJitter.None with { Cover = 0.9 }).Apply(flat.Picture(0), 8, 8, 3, stream, item, into);
            int[] changed = [.. Enumerable.Range(0, 64).Where(p => into[3 * p] != 100)];
            if (changed.Length == 0) continue;
            covered++;
            int wide = changed.Max(p => p % 8) - changed.Min(p => p % 8) + 1, high = changed[^1] / 8 - changed[0] / 8 + 1;
            Assert.Equal(wide * high, changed.Length);
            Assert.InRange(wide, 1, 7);
            Assert.All(changed, p => Assert.Equal(into[3 * changed[0] + 1], into[3 * p + 1]));
        }
        Assert.InRange(covered, 50, 110);
    }

    private static PictureSet Pictures(int count, Func<int, int, int, int, byte> sample) => new(8, 8, 3, [.. Enumerable.Range(0,
        count * 192)
        .Select(i => sample(i / 192, i / 3 % 8, i / 24 % 8, i % 3))], [], 0);

    private static PictureSet Noise(int count, string name)
    {
        var stream = new RandomStream(2, name);
        return Pictures(count, (i, x, y, c) => (byte)(stream.Uniform(i, y * 8 + x, c) * 256));
    }

    // A bright bar, level, upright or aslant, somewhere on noise.
    private static IEnumerable<byte> Bar(int i, string name)
    {
        var stream = new RandomStream(4, name);
        int at = 2 + stream.Below(4, i, 0);
        for (int p = 0; p < 64; p++)
        {
            int x = p % 8, y = p / 8;
            bool on = (i % 3) switch { 0 => x == at, 1 => y == at, _ => (x + y) % 8 == at };
            for (int c = 0; c < 3; c++) yield return (byte)(60 * stream.Uniform(i, 1 + p, c) + (on ? 180 : 0));
        }
    }
}
