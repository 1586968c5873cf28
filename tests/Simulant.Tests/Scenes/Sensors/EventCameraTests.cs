using Simulant.Data;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class EventCameraTests
{
    private static readonly RunContext Run = RunContext.Quiet(1, 2);
    private static readonly EventCamera Exact = new() { Mismatch = 0, Brighter = .25f, Darker = .2f };

    private static ColourImage Of(int width, int height, Func<int, int, double> log)
    {
        var image = new ColourImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = new((float)Math.Exp(log(i % width, i / width)));
        return image;
    }

    [Fact]
    public void A_ramp_gives_as_many_events_as_it_crosses_thresholds_at_the_times_it_does()
    {
        // Logarithms rise by 1.1 in .5 s in column 0 and fall by 1.1 in column 1.
        var events = Exact.Record([Of(2, 1, (_, _) => -1), Of(2, 1, (x, _) => x == 0 ? .1 : -2.1)], [2, 2.5], Run);
        var up = events.Where(e => e.X == 0).ToArray();
        Assert.Equal(4, up.Length);
        for (int k = 0; k < 4; k++)
        {
            Assert.True(up[k].Brighter);
            Assert.Equal(2 + .5 * .25 * (k + 1) / 1.1, up[k].Time, 5);
        }
        var down = events.Where(e => e.X == 1).ToArray();
        Assert.Equal(5, down.Length);
        for (int k = 0; k < 5; k++)
        {
            Assert.False(down[k].Brighter);
            Assert.Equal(2 + .5 * .2 * (k + 1) / 1.1, down[k].Time, 5);
        }
    }

    [Fact]
    public void The_reference_is_kept_from_picture_to_picture()
    {
        // Steps of .1 alone reach no threshold; together they do, and a way back of less than a threshold is silent.
        double[] logs = [0, .1, .2, .3, .35, .2, .1, .04];
        var events = Exact.Record([.. logs.Select(l => Of(1, 1, (_, _) => l))], [.. logs.Select((_, i) => (double)i)], Run);
        Assert.Equal([true, false], events.Select(e => e.Brighter));
        Assert.Equal(2.5, events[0].Time, 5);
        // From the reference of .25 down to .05 between .1 at 6 and .04 at 7.
        Assert.Equal(6 + .05 / .06, events[1].Time, 4);
    }

    [Fact]
    public void After_an_event_a_pixel_rests()
    {
        ColourImage[] images = [Of(1, 1, (_, _) => 0), Of(1, 1, (_, _) => 2.6)];
        Assert.Equal(10, Exact.Record(images, [0, 1], Run).Length);
        var rested = (Exact with { Refractory = .2 }).Record(images, [0, 1], Run);
        // Crossings come every .09615 s; the first after .2 s is the third.
        Assert.Equal(4, rested.Length);
        Assert.All(rested.Zip(rested.Skip(1)), p => Assert.InRange(p.Second.Time - p.First.Time, .2, .3));
    }

    [Fact]
    public void Noise_leak_and_mismatch_have_their_size()
    {
        ColourImage[] still = [Of(100, 80, (_, _) => -1), Of(100, 80, (_, _) => -1)];
        var noise = (Exact with { NoiseRate = 5 }).Record(still, [0, 2], Run);
        Assert.InRange(noise.Length / (10.0 * 8000), .985, 1.015);
        Assert.InRange(noise.Count(e => e.Brighter) / (double)noise.Length, .49, .51);
        Assert.InRange(noise.Average(e => e.Time), .98, 1.02);
        var leak = (Exact with { LeakRate = 3 }).Record(still, [0, 2.1], Run);
        Assert.Equal(6 * 8000, leak.Length);
        Assert.All(leak, e => Assert.True(e.Brighter));
        ColourImage[] rise = [Of(100, 80, (_, _) => 0), Of(100, 80, (_, _) => .25)];
        // Half of all pixels have a threshold below its mean.
        var half = (Exact with { Mismatch = .05f }).Record(rise, [0, 1], Run);
        Assert.InRange(half.Length / 8000.0, .48, .52);
    }

    [Fact]
    public void Events_are_in_order_and_the_same_on_any_number_of_threads()
    {
        ColourImage[] images = [Of(41, 23, (x, y) => Math.Sin(x * .3)), Of(41, 23, (x, y) => Math.Sin(x * .3 + 1) + y * .02),
            Of(41, 23, (x, y) => Math.Cos(y * .2))];
        var camera = Exact with { NoiseRate = 2, LeakRate = .5, Mismatch = .03f, Refractory = .01 };
        var one = camera.Record(images, [0, .1, .3], RunContext.Quiet(1, 1));
        Assert.Equal(one, camera.Record(images, [0, .1, .3], RunContext.Quiet(1, 2)));
        Assert.Equal(one, camera.Record(images, [0, .1, .3], RunContext.Quiet(1, 8)));
        Assert.True(one.Zip(one.Skip(1)).All(p => p.First.Time <= p.Second.Time));
        Assert.NotEqual(one, camera.Record(images, [0, .1, .3], RunContext.Quiet(2, 1)));
    }

    [Fact]
    public void What_cannot_be_recorded_is_refused()
    {
        ColourImage image = new(2, 2);
        void Refused(string about, EventCamera camera, ColourImage[] images, double[] times) =>
            Assert.Contains(about, Assert.Throws<ArgumentException>(() => camera.Record(images, times, Run)).Message);
        Refused("thresholds", Exact with { Brighter = 0 }, [image, image], [0, 1]);
        Refused("refractory", Exact with { NoiseRate = -1 }, [image, image], [0, 1]);
        Refused("pictures", Exact, [image], [0]);
        Refused("another size", Exact, [image, new(3, 2)], [0, 1]);
        Refused("after", Exact, [image, image], [1, 1]);
    }
}
