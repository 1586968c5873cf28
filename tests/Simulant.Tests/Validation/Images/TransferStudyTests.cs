using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Images;
using Xunit;

namespace Simulant.Tests.Validation.Images;

public class TransferStudyTests
{
    private const int Side = 16;

    private static RunContext Run(int threads = 2) => RunContext.Quiet(3, threads);

    /// <summary>Class c is a bar, upright or level, in noise; or noise alone.</summary>
    private static PictureSet Bars(int count, ulong seed, bool told = true)
    {
        var stream = new RandomStream(seed, "bars");
        byte[] pixels = new byte[count * Side * Side * 3];
        for (int i = 0; i < count; i++)
        {
            int at = 3 + stream.Below(10, i, 0);
            for (int y = 0; y < Side; y++)
                for (int x = 0; x < Side; x++)
                    for (int c = 0; c < 3; c++)
                    {
                        int k = (y * Side + x) * 3 + c;
                        bool bar = told && Math.Abs((i % 2 == 0 ? x : y) - at) < 2;
                        pixels[i * Side * Side * 3 + k] = (byte)((bar ? 150 : 40) + 60 * stream.Uniform(i, 1, k));
                    }
        }
        return new(Side, Side, 3, pixels, [.. Enumerable.Range(0, count).Select(i => i % 2)], 2);
    }

    [Fact]
    public void Pictures_that_teach_the_same_have_a_ratio_of_one_and_noise_has_none()
    {
        PictureSet real = Bars(60, 1), held = Bars(80, 2);
        var (ratio, curve) = TransferStudy.Measure(Bars(60, 3), real, held, 60, Run());
        Assert.InRange(ratio.Score.Value, 0.9, 1.1);
        Assert.Equal((1, 80), (ratio.Score.Reference, ratio.Score.Count));
        Assert.Matches("^Networks of 60 steps named this share of 80 held-out objects of 2 classes: [01]\\.\\d{3} by made ones alone, "
            + "[01]\\.\\d{3} with 10 real, [01]\\.\\d{3} with 60 real; [01]\\.\\d{3} by the real ones alone\\.$", curve);
        var noise = TransferStudy.Measure(Bars(60, 4, told: false), real, held, 60, Run());
        Assert.InRange(noise.Ratio.Score.Value, -1, 0.6);
        Assert.True(noise.Ratio.Score.High < ratio.Score.Low, $"{noise.Ratio.Score.High}, {ratio.Score.Low}");
        Assert.Equal(curve, TransferStudy.Measure(Bars(60, 3), real, held, 60, Run(1)).Curve);
    }

    [Fact]
    public void What_cannot_be_measured_says_why()
    {
        PictureSet some = Bars(60, 1), few = Bars(19, 2);
        string? Why(PictureSet made, PictureSet training, PictureSet holdout) =>
            TransferStudy.Measure(made, training, holdout, 20, Run()).Ratio.NotEvaluated;
        Assert.Contains("19 held-out objects", Why(some, some, few), StringComparison.Ordinal);
        Assert.Contains("19 made objects", Why(few, some, some), StringComparison.Ordinal);
        var one = some with { Classes = new int[60], ClassCount = 1 };
        Assert.Contains("two classes", Why(one, one, one), StringComparison.Ordinal);
        var noise = TransferStudy.Measure(some, Bars(60, 4, told: false), Bars(80, 5, told: false), 20, Run());
        Assert.Contains("no better than chance", noise.Ratio.NotEvaluated, StringComparison.Ordinal);
        Assert.NotNull(noise.Curve);
    }
}
