using Simulant.Augment;
using Simulant.Images;
using Simulant.Images.Codecs.Jpeg;
using Xunit;

namespace Simulant.Tests.Augment;

/// <summary>What every operation promises, and what each does against loops or closed forms.</summary>
public class OperationTests
{
    public static TheoryData<string> Names => [.. OperationTable.All.Select(o => o.Name)];

    private static Labelled Done(string name, Labelled s, long item = 0, string options = "") =>
        Policy.Only(name, options.Length > 0 ? options : Sized(name)).Apply(s, 5, item, new Pictures.Pool(s, Pictures.Star(60, 80, 1),
            Pictures.Star(90, 50, 2)));

    private static string Sized(string name) => OperationTable.All.Single(o => o.Name == name).Options.Any(o => o.Name == "width")
        ? name == "pad" ? "width: 100, height: 90" : "width: 70, height: 60" : "";

    [Fact]
    public void There_are_at_least_forty_operations_with_names_of_their_own()
    {
        Assert.True(OperationTable.All.Count >= 40);
        Assert.Equal(OperationTable.All.Count, OperationTable.All.Select(o => o.Name).Distinct().Count());
        Assert.All(OperationTable.All, o => Assert.EndsWith(".", o.Meaning, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_item_gives_the_same_bytes_and_the_input_stays(string name)
    {
        var s = Pictures.Star(83, 61);
        byte[] before = [.. s.Image.Samples];
        var first = Done(name, s, 3);
        for (int i = 0; i < 3; i++) Done(name, s, i);
        var again = Done(name, s, 3);
        Assert.Equal(before, s.Image.Samples);
        Assert.Equal(first.Image.Samples, again.Image.Samples);
        Assert.Equal(first.Subjects.Select(t => t.Box), again.Subjects.Select(t => t.Box));
        bool certain = OperationTable.All.Single(o => o.Name == name).Options.Count > 1;
        if (certain && Enumerable.Range(0, 8).All(i => Done(name, s, i).Image.Samples.AsSpan().SequenceEqual(s.Image.Samples)))
            Assert.Fail("nothing was changed in eight pictures");
    }

    [Theory, MemberData(nameof(Names))]
    public void Grey_and_tiny_pictures_pass_and_labels_stay_inside(string name)
    {
        foreach (var s in new[] { Pictures.Star(37, 29, 0, 1), Pictures.Star(1, 1), Pictures.Star(2, 9) })
        {
            var made = Done(name, s, 4);
            Assert.Equal(s.Image.Channels, made.Image.Channels);
            Assert.All(made.Subjects, t => Assert.True(t.Box is { Left: >= 0, Top: >= 0 } && t.Box.Right <= made.Width
                && t.Box.Bottom <= made.Height));
            if (made.Map is { } map) Assert.Equal((made.Width, made.Height), (map.Width, map.Height));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Boxes_are_those_of_the_warped_mask(string name)
    {
        if (OperationTable.All.Single(o => o.Name == name).Group != OperationGroup.Geometric) return;
        // Tips thinner than a pixel are in no mask: corners here are blunt.
        var s = Pictures.Star(640, 480, inner: 0.9);
        string options = Sized(name).Length > 0 ? name == "pad" ? "width: 700, height: 500" : "width: 500, height: 400" : name == "elastic"
            ? "alpha: 6" : "";
        int compared = 0;
        for (int item = 0; item < 5; item++)
        {
            var made = Done(name, s, item, options);
            if (Pictures.Extent(made.Map!) is not { } expected || made.Subjects is not [var subject]) continue;
            Assert.True(subject.Box.Overlap(expected) >= 0.99, $"{subject.Box} and {expected}: {subject.Box.Overlap(expected)}");
            compared++;
        }
        Assert.True(compared >= 4);
    }

    [Theory]
    [InlineData("rotate", ""), InlineData("affine", ""), InlineData("perspective", ""), InlineData("elastic", "alpha: 5")]
    [InlineData("grid-distortion", ""), InlineData("optical-distortion", ""), InlineData("resize", "width: 300, height: 200")]
    [InlineData("horizontal-flip", ""), InlineData("vertical-flip", ""), InlineData("transpose", ""), InlineData("rotate90", "")]
    public void Keypoints_follow_a_dot_of_light(string name, string options)
    {
        // A soft dot is drawn; its centre of light must be where the keypoint goes.
        var image = new Raster<byte>(400, 300, 1);
        const double X = 181.3, Y = 122.8;
        for (int y = 0; y < 300; y++)
            for (int x = 0; x < 400; x++)
                image[x, y, 0] = (byte)(250 * Math.Exp(-(Math.Pow(x + 0.5 - X, 2) + Math.Pow(y + 0.5 - Y, 2)) / 18) + 0.5);
        var s = new Labelled(image) { Subjects = [new Subject(0, new Box(150, 100, 210, 150)) { Keypoints = [new(X, Y, 2)] }] };
        for (int item = 0; item < 5; item++)
        {
            var made = Done(name, s, item, options);
            double sum = 0, across = 0, down = 0;
            for (int p = 0; p < made.Image.Samples.Length; p++)
            {
                double light = made.Image.Samples[p];
                (sum, across, down) = (sum + light, across + light * (p % made.Width + 0.5), down + light * (p / made.Width + 0.5));
            }
            var point = Assert.Single(Assert.Single(made.Subjects).Keypoints);
            Assert.InRange(point.X, across / sum - 0.35, across / sum + 0.35);
            Assert.InRange(point.Y, down / sum - 0.35, down / sum + 0.35);
        }
    }

    [Fact]
    public void A_box_alone_becomes_the_box_of_its_turned_outline()
    {
        var s = new Labelled(new Raster<byte>(200, 200, 1)) { Subjects = [new Subject(0, new Box(80, 90, 120, 110))] };
        for (int item = 0; item < 5; item++)
        {
            var made = Assert.Single(Done("rotate", s, item).Subjects).Box;
            // The outline's corners lie at (20, 10) from the middle: the box of a turned rectangle in closed form.
            double width = made.Right - made.Left, height = made.Bottom - made.Top;
            double angle = Enumerable.Range(0, 30_001).Select(i => i / 1000.0 * Math.PI / 180)
                .MinBy(a => Math.Abs(40 * Math.Cos(a) + 20 * Math.Sin(a) - width) + Math.Abs(40 * Math.Sin(a) + 20 * Math.Cos(a) - height));
            Assert.Equal(40 * Math.Cos(angle) + 20 * Math.Sin(angle), width, 0.01);
            Assert.Equal(40 * Math.Sin(angle) + 20 * Math.Cos(angle), height, 0.01);
        }
    }

    [Fact]
    public void Exact_movements_undo_themselves()
    {
        var s = Pictures.Star(31, 20);
        foreach (string name in new[] { "horizontal-flip", "vertical-flip", "transpose", "invert" })
        {
            var twice = Done(name, Done(name, s));
            Assert.Equal(s.Image.Samples, twice.Image.Samples);
            Assert.Equal(s.Map!.Samples, twice.Map!.Samples);
            Assert.True(s.Subjects[0].Box.Overlap(twice.Subjects[0].Box) > 0.999999);
        }
    }

    [Fact]
    public void Keypoints_change_sides_in_a_mirror()
    {
        var s = Pictures.Star(40, 40) with { Mirrored = [1, 0] };
        var made = Done("horizontal-flip", s).Subjects[0].Keypoints;
        Assert.Equal(40 - s.Subjects[0].Keypoints[1].X, made[0].X, 1e-9);
        Assert.Equal(40 - s.Subjects[0].Keypoints[0].X, made[1].X, 1e-9);
    }

    [Fact]
    public void Colours_are_as_their_formulas_say()
    {
        var s = Pictures.Star(50, 40);
        byte[] from = s.Image.Samples;
        Assert.Equal(from.Select(v => (byte)(v >= 100 ? 255 - v : v)), Done("solarise", s, 0, "threshold: 100").Image.Samples);
        Assert.Equal(from.Select(v => (byte)(v & 0xE0)), Done("posterise", s, 0, "bits: 3").Image.Samples);
        byte[] grey = Done("grey", s).Image.Samples;
        for (int p = 0; p < grey.Length; p += 3)
        {
            Assert.Equal((grey[p], grey[p]), (grey[p + 1], grey[p + 2]));
            Assert.InRange(grey[p] - (0.299 * from[p] + 0.587 * from[p + 1] + 0.114 * from[p + 2]), -0.501, 0.501);
        }
        byte[] wide = Done("auto-contrast", s).Image.Samples;
        for (int c = 0; c < 3; c++)
        {
            byte[] channel = [.. wide.Where((_, i) => i % 3 == c)];
            Assert.Equal((0, 255), (channel.Min(), channel.Max()));
        }
        // A turn about the axis of grey keeps the sum of the colours, where none is clipped.
        byte[] turned = Done("hue", s, 1, "limit: 12").Image.Samples;
        int kept = 0;
        for (int p = 0; p < from.Length; p += 3)
        {
            if (turned[p] is 0 or 255 || turned[p + 1] is 0 or 255 || turned[p + 2] is 0 or 255) continue;
            Assert.InRange(turned[p] + turned[p + 1] + turned[p + 2] - from[p] - from[p + 1] - from[p + 2], -2, 2);
            kept++;
        }
        Assert.True(kept > 1000);
    }

    [Fact]
    public void Noise_has_the_spread_asked_for()
    {
        var flat = new Labelled(new Raster<byte>(200, 200, 1));
        flat.Image.Samples.AsSpan().Fill(128);
        double[] spreads = [.. Enumerable.Range(0, 30).Select(i => Spread(Done("gaussian-noise", flat, i, "most: 20").Image.Samples))];
        Assert.InRange(spreads.Average(), 7, 13);
        Assert.InRange(spreads.Max(), 14, 20.5);
        byte[] dots = Done("salt-and-pepper", flat, 2, "most: 0.5").Image.Samples;
        Assert.Equal(new byte[] { 0, 128, 255 }, dots.Distinct().Order());
        Assert.InRange(dots.Count(v => v == 0) / (double)dots.Count(v => v == 255), 0.85, 1.18);
    }

    [Fact]
    public void Mixing_keeps_weights_and_labels()
    {
        var s = Pictures.Star(90, 80);
        var pool = new Pictures.Pool(s, Pictures.Star(90, 80, 1));
        foreach (string name in new[] { "mixup", "cutmix", "mosaic" })
            for (int item = 0; item < 6; item++)
            {
                var made = Policy.Only(name).Apply(s, 9, 2 * item, pool);
                Assert.Equal(1, made.Weights.Values.Sum(), 1e-6);
                Assert.NotEmpty(made.Subjects);
                double other = made.Weights.GetValueOrDefault(1);
                if (name == "mixup")
                    Assert.All(Enumerable.Range(0, 100), i => Assert.InRange(
                        made.Image.Samples[i] - (s.Image.Samples[i] * (1 - other) + pool.Get(1).Image.Samples[i] * other), -0.51, 0.51));
                if (name == "cutmix")
                    Assert.InRange(other - Enumerable.Range(0, 7200).Count(p => made.Image.Samples[3 * p] == pool.Get(1).Image.Samples[3
                        * p]
                        && made.Image.Samples[3 * p] != s.Image.Samples[3 * p]) / 7200.0, -0.001, 0.05);
            }
        var pasted = Policy.Only("copy-paste").Apply(s, 9, 0, pool);
        var star = pool.Get(1).Subjects[0].Polygons[0];
        for (int p = 0; p < 7200; p++)
        {
            var source = Pictures.Holds(star, p % 90 + 0.5, p / 90 + 0.5) ? pool.Get(1) : s;
            Assert.Equal(source.Image.Samples[3 * p], pasted.Image.Samples[3 * p]);
        }
    }

    [Fact]
    public void Packing_is_that_of_the_codec()
    {
        var s = Pictures.Star(64, 48);
        byte[] made = Done("jpeg", s, 0, "least: 70, most: 70").Image.Samples;
        Assert.Equal(JpegReader.Read(JpegWriter.Write(s.Image, 70), "a").Samples, made);
    }

    private static double Spread(byte[] samples)
    {
        double mean = samples.Average(v => v);
        return Math.Sqrt(samples.Average(v => (v - mean) * (v - mean)));
    }
}
