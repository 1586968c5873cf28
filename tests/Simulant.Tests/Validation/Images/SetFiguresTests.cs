using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Images;
using Xunit;

namespace Simulant.Tests.Validation.Images;

public class SetFiguresTests
{
    private static readonly RandomConvolutions Extractor = new(16, 16, 3);

    /// <summary>Noise about a level, so that sets differ by it.</summary>
    private static PictureSet Pictures(int count, ulong seed, double level, double spread = 25)
    {
        var stream = new RandomStream(seed, "pictures");
        byte[] pixels = new byte[count * 768];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(level + spread * stream.Normal(i, 0), 0, 255);
        return new(16, 16, 3, pixels, [], 0);
    }

    private static MeasuredPictures Measured(PictureSet set, params (string, long)[] classes) =>
        new(set, Extractor.Extract(set, RunContext.Quiet(1, 2)), classes.ToDictionary(c => c.Item1, c => c.Item2));

    private static Dictionary<string, MetricResult> Figures(MeasuredPictures made, MeasuredPictures? training = null,
        MeasuredPictures? holdout = null, int threads = 2)
    {
        var shifted = Extractor.Extract(made.Pictures, RunContext.Quiet(1, 2));
        return SetFigures.Measure(made, shifted, training, holdout, RunContext.Quiet(5, threads)).ToDictionary(m => m.Name);
    }

    [Fact]
    public void Alone_a_set_has_its_own_figures_and_no_reference()
    {
        var figures = Figures(Measured(Pictures(12, 1, 128)));
        Assert.Equal(MetricNames.Pictures.Except(MetricNames.RealPictures).Order(), figures.Keys.Order());
        Assert.All(figures.Values, f => Assert.True(double.IsNaN(f.Score.Reference)));
        Assert.Equal(128 / 255.0, figures[MetricNames.ImagesBrightness].Score.Value, 0.01);
        Assert.Equal(0, figures[MetricNames.ImagesNearDuplicates].Score.Value);
    }

    [Fact]
    public void Alike_sets_stand_near_the_reference_and_others_far_off()
    {
        var (training, holdout) = (Measured(Pictures(40, 2, 128), ("car", 30), ("bus", 10)), Measured(Pictures(40, 3, 128), ("car", 15),
            ("bus", 5)));
        var alike = Figures(Measured(Pictures(50, 4, 128), ("car", 60), ("bus", 20), ("tram", 9)), training, holdout);
        var dark = Figures(Measured(Pictures(50, 5, 60), ("car", 0), ("bus", 20)), training, holdout);
        Assert.Equal(MetricNames.Pictures.Order(), alike.Keys.Order());
        double far = dark[MetricNames.ImagesFrechet].Score.Value;
        Assert.True(far > 20 * alike[MetricNames.ImagesFrechet].Score.Value);
        Assert.InRange(alike[MetricNames.ImagesFrechet].Score.Value, 0.5 * alike[MetricNames.ImagesFrechet].Score.Reference,
            2 * alike[MetricNames.ImagesFrechet].Score.Reference);
        Assert.Equal(alike[MetricNames.ImagesFrechet].Score.Reference, dark[MetricNames.ImagesFrechet].Score.Reference);
        Assert.True(dark[MetricNames.ImagesKernel].Score.Low > alike[MetricNames.ImagesKernel].Score.High);
        Assert.Equal(0, dark[MetricNames.ImagesPrecision].Score.Value);
        Assert.Equal(0, dark[MetricNames.ImagesCoverage].Score.Value);
        Assert.True(alike[MetricNames.ImagesCoverage].Score.Value > 0.3);
        Assert.Equal((40, 40), (alike[MetricNames.ImagesPrecision].Score.Count, alike[MetricNames.ImagesFrechet].Score.Count));
        // None of 50 is no worse than none of 40: a gate against the reference holds.
        var copies = alike[MetricNames.ImagesCopies];
        Assert.Equal((0, 0), (copies.Score.Value, copies.Score.Reference));
        Assert.True(copies.Score.High <= copies.ReferenceHigh && copies.ReferenceHigh < 0.1);
        Assert.Equal(0.5, alike[MetricNames.ImagesNearer].ReferenceHigh);
        // Shares of .75 and .25 on both sides; 0 and 1 on the other.
        Assert.Equal((0, 0), (alike[MetricNames.ImagesClasses].Score.Value, alike[MetricNames.ImagesClasses].Score.Reference));
        Assert.Equal(0.75, dark[MetricNames.ImagesClasses].Score.Value, 1e-12);
        Assert.Equal(60 / 255.0, dark[MetricNames.ImagesBrightness].Score.Value, 0.01);
        Assert.Equal(128 / 255.0, dark[MetricNames.ImagesBrightness].Score.Reference, 0.01);
    }

    [Fact]
    public void Copies_and_a_set_of_one_look_are_found()
    {
        var (training, holdout) = (Measured(Pictures(30, 6, 128)), Measured(Pictures(30, 7, 128)));
        var copied = Figures(Measured(training.Pictures.Take([.. Enumerable.Range(0, 20)])), training, holdout);
        Assert.Equal(1, copied[MetricNames.ImagesCopies].Score.Value);
        Assert.Equal(0, copied[MetricNames.ImagesCopies].Score.Reference);
        Assert.Equal(1, copied[MetricNames.ImagesNearer].Score.Value);
        var one = Figures(Measured(Pictures(1, 8, 128).Take([.. Enumerable.Repeat(0, 20)])), training, holdout);
        Assert.Equal(0, one[MetricNames.ImagesSpread].Score.Value, 1e-4);
        Assert.Equal(0.95, one[MetricNames.ImagesNearDuplicates].Score.Value, 1e-12);
        Assert.True(one[MetricNames.ImagesSpread].Score.Reference > 0.01);
    }

    [Fact]
    public void Too_few_pictures_are_said_and_threads_change_nothing()
    {
        var (training, holdout) = (Measured(Pictures(40, 2, 128)), Measured(Pictures(40, 3, 128)));
        var few = Figures(Measured(Pictures(3, 4, 128)), training, holdout);
        foreach (string name in (string[])[MetricNames.ImagesKernel, MetricNames.ImagesPrecision, MetricNames.ImagesCoverage])
            Assert.Contains("pictures of each set", few[name].NotEvaluated, StringComparison.Ordinal);
        Assert.Contains("one name", few[MetricNames.ImagesClasses].NotEvaluated, StringComparison.Ordinal);
        var made = Measured(Pictures(30, 4, 120));
        var once = Figures(made, training, holdout, 1);
        foreach (var (name, figure) in Figures(made, training, holdout, 8)) Assert.Equal(once[name].Score, figure.Score);
    }

    [Fact]
    public void Features_of_another_extractor_are_refused()
    {
        var made = Measured(Pictures(12, 1, 128));
        var other = new RandomConvolutions(16, 16, 3, seed: 2);
        var set = Pictures(12, 2, 128);
        var foreign = new MeasuredPictures(set, other.Extract(set, RunContext.Quiet(1, 2)), new Dictionary<string, long>());
        Assert.Throws<ArgumentException>(() => Figures(made, foreign, foreign));
        var resized = new MeasuredPictures(set, made.Features with { Id = made.Features.Id with { Resize = "area 16x16x3" } },
            new Dictionary<string, long>());
        Assert.Contains("not compared", Assert.Throws<ArgumentException>(() => Figures(made, resized, resized)).Message,
            StringComparison.Ordinal);
    }
}
