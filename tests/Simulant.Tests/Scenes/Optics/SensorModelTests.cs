using System.Numerics;
using Simulant.Data;
using Simulant.Images.Codecs;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Optics;

public class SensorModelTests
{
    private static readonly RunContext Run = RunContext.Quiet(3, 2);

    /// <summary>A converter that only rounds, as finely as it can.</summary>
    private static readonly Photosites Quiet = new() { ReadNoise = 0, Dark = 0, Shot = false, Bits = 16, Black = 0 };

    private static readonly SensorOptions Plain = new() { Photosites = Quiet, Bayer = BayerPattern.None };

    private static Frame Empty(int width, int height, float angle = 1) => Frame.Of(new([], []),
        Camera.OfView(width, height, angle, Motion.Still(Pose.Identity)), Run);

    private static ColourImage Image(int width, int height, Func<int, int, Vector3> light)
    {
        var image = new ColourImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = light(i % width, i / width);
        return image;
    }

    private static Photograph Take(ColourImage image, SensorOptions options, int threads = 2, ulong seed = 3) =>
        SensorModel.Expose(Empty(image.Width, image.Height), image, options, RunContext.Quiet(seed, threads));

    private static (double Mean, double Variance) Moments(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return (mean, all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1));
    }

    [Fact]
    public void Without_noise_the_bytes_are_those_of_the_sRGB_curve()
    {
        var image = Image(64, 40, (x, y) => new(x / 63f, y / 39f, (x + y) / 102f));
        byte[] expected = image.ToBytes(), found = Take(image, Plain).Rgb;
        for (int i = 0; i < expected.Length; i++) Assert.InRange(found[i] - expected[i], -1, 1);
        Assert.InRange(expected.Zip(found).Count(p => p.First != p.Second), 0, expected.Length / 50);
        Assert.InRange(Take(Image(8, 8, (_, _) => new(.21404f)), Plain).Rgb[0], 127, 128);
    }

    [Fact]
    public void The_photon_transfer_curve_has_the_slope_of_the_gain_and_starts_at_the_reading_noise()
    {
        // Variance = K mean + (K read)^2 + 1/12 in counts, of counts above black (EMVA 1288): K counts an electron.
        var sites = new Photosites { FullWell = 8000, ReadNoise = 6, Dark = 0, Bits = 12, Black = 100, QuantumEfficiency = new(.5f) };
        double k = 1 / sites.Step;
        List<(double X, double Y)> curve = [];
        foreach (float light in (float[])[0, .02f, .1f, .25f, .5f, .75f])
        {
            var raw = Take(Image(400, 250, (_, _) => new(light)), new() { Photosites = sites }).Raw;
            var (mean, variance) = Moments(raw.Counts.Select(c => (double)c - 100));
            Assert.InRange(mean, light * 8000 * k - 1, light * 8000 * k + 1);
            curve.Add((mean, variance));
        }
        double mx = curve.Average(p => p.X), my = curve.Average(p => p.Y);
        double slope = curve.Sum(p => (p.X - mx) * (p.Y - my)) / curve.Sum(p => (p.X - mx) * (p.X - mx));
        Assert.InRange(slope / k, .985, 1.015);
        Assert.InRange(curve[0].Y / (36 * k * k + 1 / 12.0), .98, 1.02);
    }

    [Fact]
    public void Wells_overflow_and_amplified_ones_clip_early()
    {
        var sites = Quiet with { Bits = 10, Black = 20, Gain = 4 };
        int Count(float light, Photosites of) => Take(Image(2, 2, (_, _) => new(light)), Plain with { Photosites = of }).Raw.Counts[1];
        Assert.Equal(1023, Count(50, sites));
        Assert.Equal(1023, Count(.26f, sites));
        Assert.Equal(20 + (int)Math.Round(.1 * 4 * 1003), Count(.1f, sites));
        Assert.Equal(20 + (int)Math.Round(.1 * 1003), Count(.1f, sites with { Gain = 1 }));
        Assert.Equal(20, Count(0, sites));
        Assert.Equal(20, Count(float.NaN, sites));
        Assert.Equal(255, Take(Image(4, 4, (_, _) => new(9, 9, 9)), new()).Rgb.Min());
    }

    [Fact]
    public void Photosites_own_differences_are_the_same_in_every_frame()
    {
        var sites = Quiet with { Unevenness = .02f, DarkUnevenness = 40 };
        ushort[] Counts(int frame, float light) => Take(Image(200, 200, (_, _) => new(light)), Plain with { Photosites = sites,
            Frame = frame })
            .Raw.Counts;
        Assert.Equal(Counts(0, .5f), Counts(7, .5f));
        var (_, variance) = Moments(Counts(0, .5f).Where((_, i) => i % 3 == 1).Select(c => c * (double)sites.Step));
        Assert.InRange(variance / (.02 * .02 * 5000 * 5000 + 1600), .97, 1.03);
    }

    [Theory]
    [InlineData(BayerPattern.Rggb, "RGGB")]
    [InlineData(BayerPattern.Bggr, "BGGR")]
    [InlineData(BayerPattern.Grbg, "GRBG")]
    [InlineData(BayerPattern.Gbrg, "GBRG")]
    public void A_mosaic_has_the_colours_of_its_name_and_flat_fields_stay_flat(BayerPattern bayer, string name)
    {
        for (int i = 0; i < 4; i++) Assert.Equal("RGB".IndexOf(name[i], StringComparison.Ordinal), RawFrame.Colour(bayer, i % 2, i / 2));
        foreach (var way in (Demosaic[])[Demosaic.Bilinear, Demosaic.Malvar])
        {
            var photo = Take(Image(13, 9, (_, _) => new(.2f, .5f, .8f)), Plain with { Bayer = bayer, Demosaic = way });
            byte[] expected = Image(1, 1, (_, _) => new(.2f, .5f, .8f)).ToBytes();
            for (int i = 0; i < photo.Rgb.Length; i++) Assert.InRange(photo.Rgb[i] - expected[i % 3], -1, 1);
        }
        byte[] grey = Take(Image(13, 9, (_, _) => new(.3f)), Plain with { Bayer = bayer }).Rgb;
        Assert.Equal(grey.Min(), grey.Max());
    }

    // The five masks as the paper's figure 2 draws them, in eighths: green at red or blue; red at green in its row, in its column; across.
    private static readonly double[][] Masks =
    [
        [0, 0, -1, 0, 0, 0, 0, 2, 0, 0, -1, 2, 4, 2, -1, 0, 0, 2, 0, 0, 0, 0, -1, 0, 0],
        [0, 0, .5, 0, 0, 0, -1, 0, -1, 0, -1, 4, 5, 4, -1, 0, -1, 0, -1, 0, 0, 0, .5, 0, 0],
        [0, 0, -1, 0, 0, 0, -1, 4, -1, 0, .5, 0, 5, 0, .5, 0, -1, 4, -1, 0, 0, 0, -1, 0, 0],
        [0, 0, -1.5, 0, 0, 0, 2, 0, 2, 0, -1.5, 0, 6, 0, -1.5, 0, 2, 0, 2, 0, 0, 0, -1.5, 0, 0],
    ];

    [Fact]
    public void Malvars_filters_are_the_papers_masks_and_beat_means_on_a_picture()
    {
        const int Side = 48;
        Vector3 Light(int x, int y) => new(.45f + .3f * MathF.Sin(x * .9f) * MathF.Cos(y * .5f), .45f + .3f * MathF.Sin(x * .9f + .1f)
            * MathF.Cos(y * .5f), .4f + .25f * MathF.Sin(x * .9f) * MathF.Cos(y * .5f + .1f));
        var image = Image(Side, Side, Light);
        var options = Plain with { Bayer = BayerPattern.Rggb, WhiteBalance = new(false, new Vector3(1)), Photosites = Quiet with
            { QuantumEfficiency = new(.5f) } };
        var photo = Take(image, options);
        double[] raw = [.. photo.Raw.Counts.Select(c => c / 65535.0)];
        for (int y = 2; y < Side - 2; y++)
            for (int x = 2; x < Side - 2; x++)
                for (int c = 0; c < 3; c++)
                {
                    int own = RawFrame.Colour(BayerPattern.Rggb, x, y);
                    double value = raw[y * Side + x];
                    if (own != c)
                    {
                        bool alongRow = own == 1 && RawFrame.Colour(BayerPattern.Rggb, x + 1, y) == c;
                        double[] mask = Masks[c == 1 ? 0 : own != 1 ? 3 : alongRow ? 1 : 2];
                        value = 0;
                        for (int k = 0; k < 25; k++) value += mask[k] / 8 * raw[(y + k / 5 - 2) * Side + x + k % 5 - 2];
                    }
                    double expected = 255 * new ToneCurve().At((float)value);
                    Assert.InRange(photo.Rgb[3 * (y * Side + x) + c] - expected, -.51, .51);
                }
        double Error(Demosaic way)
        {
            byte[] truth = image.ToBytes(), found = Take(image, options with { Demosaic = way }).Rgb;
            return truth.Zip(found).Average(p => Math.Pow(p.First - p.Second, 2));
        }
        Assert.True(Error(Demosaic.Malvar) < .5 * Error(Demosaic.Bilinear));
    }

    [Fact]
    public void Balance_makes_grey_things_grey_and_grey_worlds_grey()
    {
        var tinted = Image(64, 64, (x, y) => new Vector3(.5f, .3f, .2f) * ((x + y) / 128f));
        byte[] balanced = Take(tinted, Plain with { WhiteBalance = WhiteBalance.Grey }).Rgb;
        for (int i = 0; i < balanced.Length; i += 3) Assert.InRange(balanced[i] - balanced[i + 2], -1, 1);
        byte[] given = Take(Image(4, 4, (_, _) => new(.2f)), Plain with { WhiteBalance = new(false, new(1, 1, 1)), Photosites = Quiet
            with { QuantumEfficiency = new(.3f, .6f, .15f) } }).Rgb;
        byte[] expected = Image(1, 1, (_, _) => new(.1f, .2f, .05f)).ToBytes();
        for (int c = 0; c < 3; c++) Assert.InRange(given[c] - expected[c], -1, 1);
    }

    [Fact]
    public void A_matrix_mixes_colours_and_a_filmic_curve_keeps_black_white_and_order()
    {
        var swap = new ColourMatrix(new(0, 1, 0), new(0, 0, 1), new(.5f, .5f, 0));
        byte[] mixed = Take(Image(2, 2, (_, _) => new(.1f, .4f, .7f)), Plain with { Matrix = swap }).Rgb;
        byte[] expected = Image(1, 1, (_, _) => new(.4f, .7f, .25f)).ToBytes();
        for (int c = 0; c < 3; c++) Assert.InRange(mixed[c] - expected[c], -1, 1);
        var film = new ToneCurve(true);
        Assert.Equal(0, film.At(0), 4);
        Assert.Equal(1, film.At(1), 4);
        for (int i = 0; i < 100; i++) Assert.True(film.At(i / 100f) < film.At((i + 1) / 100f));
        // Shadows are lifted, which is what the shoulder pays for.
        Assert.True(film.At(.1f) > new ToneCurve().At(.1f) + .05f);
    }

    [Fact]
    public void Corners_are_dimmed_by_the_fourth_power_of_the_cosine_and_by_the_polynomial()
    {
        var frame = Empty(101, 101, 1.2f);
        var image = Image(101, 101, (_, _) => new(.8f));
        ushort Count(Vignetting of, int x, int y) => SensorModel.Expose(frame, image, Plain with { Vignetting = of }, Run)
            .Raw.Counts[3 * (y * 101 + x) + 1];
        double cos = Math.Cos(Math.Atan(Math.Tan(.6) * 50 / 50.5 * Math.Sqrt(2)));
        Assert.InRange(Count(new(), 100, 100) / (.8 * 65535 * Math.Pow(cos, 4)), .9995, 1.0005);
        Assert.InRange(Count(new(), 50, 50) / (.8 * 65535), .9999, 1.0001);
        double s = 2 * 50 * 50 / (101.0 * 101 / 2);
        Assert.InRange(Count(new(false, -.3f, .1f, -.05f), 0, 100) / (.8 * 65535 * (1 - .3 * s + .1 * s * s - .05 * s * s * s)), .9995,
            1.0005);
    }

    [Theory]
    [InlineData(.8f)]
    [InlineData(2.5f)]
    public void A_point_is_spread_as_a_bell(float sigma)
    {
        var photo = Take(Image(61, 61, (x, y) => x == 30 && y == 30 ? new(.9f) : default), Plain with { PointSpread = new(sigma, 1.5f) });
        double Spread(int colour, out double total)
        {
            double sum = 0, square = 0;
            for (int i = 0; i < 61 * 61; i++)
            {
                double count = photo.Raw.Counts[3 * i + colour];
                (sum, square) = (sum + count, square + count * Math.Pow(i % 61 - 30, 2));
            }
            total = sum;
            return Math.Sqrt(square / sum);
        }
        Assert.InRange(Spread(1, out double green) / sigma, .97, 1.03);
        Assert.InRange(Spread(0, out _) / (1.5 * sigma), .97, 1.03);
        Assert.InRange(green / (.9 * 65535), .99, 1.01);
    }

    [Fact]
    public void Only_what_overfills_a_well_glares()
    {
        var options = Plain with { Glare = new(.1f, 9) };
        var dim = Image(161, 161, (x, y) => x == 80 && y == 80 ? new(.99f) : new(.001f));
        Assert.Equal(Take(dim, Plain).Raw.Counts, Take(dim, options).Raw.Counts);
        var lamp = Image(161, 161, (x, y) => x == 80 && y == 80 ? new(500) : default);
        var counts = Take(lamp, options).Raw.Counts;
        double sum = 0;
        for (int i = 0; i < 161 * 161; i++)
            if (i != 80 * 161 + 80) sum += counts[3 * i + 1] / 65535.0;
        // A tenth of 499 wells, less what fell into the lamp's own pixel and rounding took.
        Assert.InRange(sum, 42, 49.9);
        Assert.True(counts[3 * (80 * 161 + 86) + 1] > counts[3 * (80 * 161 + 100) + 1]);
        Assert.True(counts[3 * (80 * 161 + 100) + 1] > 0);
        // As far across as along, and along the diagonal.
        Assert.InRange(counts[3 * (94 * 161 + 94) + 1] / (double)counts[3 * (80 * 161 + 100) + 1], .8, 1.25);
    }

    [Fact]
    public void Spots_on_the_lens_take_their_area_of_light_and_stay()
    {
        var grey = Image(200, 150, (_, _) => new(.5f));
        double Lost(LensSpots spots, int frame = 0) => Take(grey, Plain with { Spots = spots, Frame = frame }).Raw.Counts
            .Where((_, i) => i % 3 == 1).Sum(c => 1 - c / 32767.5);
        // Small ones seldom meet: integral of 1 - 3 r^4 + 2 r^6 over a disc is half its area; the mean of (.5 + u)^2 is 13/12.
        double expected = 40 * Math.PI * Math.Pow(.01 * 250, 2) * 13 / 12 * .5 * .6;
        Assert.InRange(Lost(new(40, .01f, .6f, 0)) / expected, .8, 1.2);
        Assert.InRange(Lost(new(40, .01f, .6f, .5f)) / expected, .4, .62);
        ushort[] Counts(int frame) => Take(grey, Plain with { Spots = new(9), Frame = frame }).Raw.Counts;
        Assert.Equal(Counts(0), Counts(5));
        Assert.NotEqual(Counts(0), Take(grey, Plain with { Spots = new(9) }, 2, 4).Raw.Counts);
    }

    [Fact]
    public void Exposure_counts_in_stops_and_finds_the_key()
    {
        var image = Image(64, 48, (x, y) => new(.01f * MathF.Pow(2, (x + y) / 20f)));
        Assert.InRange(Take(image, Plain with { Exposure = new(3) }).Raw.Counts[0] / (double)Take(image, Plain).Raw.Counts[0], 7.9, 8.1);
        var found = Take(image, Plain with { Exposure = new(Automatic: true) });
        double log = image.Pixels.Average(p => Math.Log2(p.X));
        Assert.Equal(Math.Log2(.18) - log, found.Stops, 3);
        // An amplifier's white comes earlier: the same key takes less light.
        var amplified = Take(image, Plain with { Exposure = new(Automatic: true), Photosites = Quiet with { Gain = 8 } });
        Assert.Equal(found.Stops - 3, amplified.Stops, 3);
        Assert.InRange(amplified.Raw.Counts[3000] - found.Raw.Counts[3000], -2, 2);
        Assert.Equal(1, Take(Image(8, 8, (_, _) => new(1e-5f)), Plain with { Exposure = new(0, true, .18f, 1) }).Stops, 5);
    }

    [Fact]
    public void Sharpening_raises_edges_and_leaves_flats()
    {
        var edge = Image(32, 8, (x, _) => new(x < 16 ? .2f : .5f));
        byte[] plain = Take(edge, Plain).Rgb, sharp = Take(edge, Plain with { Sharpening = new(1) }).Rgb;
        Assert.Equal(plain[3 * 4], sharp[3 * 4]);
        // A quarter of the step on either side: two columns of four sixteenths each differ.
        double step = plain[3 * 16] - plain[3 * 15];
        Assert.InRange(sharp[3 * 16] - plain[3 * 16] - step / 4, -1, 1);
        Assert.InRange(plain[3 * 15] - sharp[3 * 15] - step / 4, -1, 1);
    }

    [Fact]
    public void A_compressed_picture_is_what_its_file_holds()
    {
        var image = Image(40, 32, (x, y) => new(x / 40f, y / 32f, .3f));
        Assert.Null(Take(image, Plain).File);
        byte[] plain = Take(image, Plain).Rgb;
        double Off(int quality, bool halved)
        {
            var photo = Take(image, Plain with { Compression = new(quality, halved) });
            var back = ImageFile.Read(photo.File!, "photo.jpg");
            Assert.Equal((40, 32, 3), (back.Width, back.Height, back.Channels));
            Assert.Equal(back.Samples, photo.Rgb);
            return photo.Rgb.Zip(plain).Average(p => Math.Abs(p.First - p.Second));
        }
        Assert.InRange(Off(98, false), .01, 1.5);
        Assert.True(Off(20, true) > 2 * Off(98, false));
    }

    [Fact]
    public void A_photograph_is_the_same_on_any_number_of_threads_and_differs_by_frame_and_seed()
    {
        var (scene, camera) = LabelTests.Table(101, 67);
        var frame = Frame.Of(scene, camera, Run);
        var image = Renderer.Render(frame, new(), Run);
        var options = new SensorOptions
        {
            Exposure = new(Automatic: true), Glare = new(), Spots = new(5), PointSpread = new(.7f, 1.1f, 1.2f), Vignetting = new(),
                Sharpening = new(),
            Photosites = new() { Unevenness = .01f, DarkUnevenness = 2, Gain = 4 }, WhiteBalance = WhiteBalance.Grey, Tone = new(true),
        };
        byte[] Bytes(int threads, ulong seed = 3, int number = 0) =>
            SensorModel.Expose(frame, image, options with { Frame = number }, RunContext.Quiet(seed, threads)).Rgb;
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(8));
        Assert.NotEqual(one, Bytes(2, 4));
        Assert.NotEqual(one, Bytes(2, 3, 1));
    }

    public static TheoryData<string, SensorOptions> Faulty => new()
    {
        { "exposure", Plain with { Exposure = new(99) } },
        { "glare", Plain with { Glare = new(2) } },
        { "spots", Plain with { Spots = new(-1) } },
        { "point spread", Plain with { PointSpread = new(-1) } },
        { "vignetting", Plain with { Vignetting = new(true, -3) } },
        { "full well", Plain with { Photosites = Quiet with { FullWell = 1 } } },
        { "quantum", Plain with { Photosites = Quiet with { QuantumEfficiency = new(2, .5f, .5f) } } },
        { "noise", Plain with { Photosites = Quiet with { ReadNoise = -1 } } },
        { "gain", Plain with { Photosites = Quiet with { Gain = 0 } } },
        { "bits", Plain with { Photosites = Quiet with { Bits = 12, Black = 4095 } } },
        { "gains", Plain with { WhiteBalance = new(false, new(0, 1, 1)) } },
        { "matrix", Plain with { Matrix = new(new(float.NaN), default, default) } },
        { "headroom", Plain with { Tone = new(true, 0) } },
        { "JPEG", Plain with { Compression = new(0) } },
        { "sharpening", Plain with { Sharpening = new(9) } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_no_camera_does_is_refused(string about, SensorOptions options) =>
        Assert.Contains(about, Assert.Throws<ArgumentException>(() => Take(Image(4, 4, (_, _) => new(.5f)), options)).Message);

    [Fact]
    public void An_image_of_another_size_is_refused() => Assert.Contains("4 x 4",
        Assert.Throws<ArgumentException>(() => SensorModel.Expose(Empty(5, 5), new ColourImage(4, 4), Plain, Run)).Message);
}
