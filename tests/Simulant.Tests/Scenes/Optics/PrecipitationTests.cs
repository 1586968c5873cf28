using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Optics;

public class PrecipitationTests
{
    private static readonly RunContext Run = RunContext.Quiet(3, 2);
    private static readonly Precipitation Rain = new(Falling.Rain, 25) { Far = 4, Light = new(1) };

    private static Frame Look(float wall = 0, Motion? motion = null)
    {
        Actor[] actors = wall > 0 ? [new("wall", 1, Shapes.Box(new(90, 90, .1f)), Pose.At(new(0, 0, -wall - .05f)))] : [];
        return Frame.Of(new(actors, []), Camera.OfView(160, 120, 1, motion ?? Motion.Still(Pose.LookAt(default, -Vector3.UnitZ,
            Vector3.UnitY))), Run);
    }

    [Fact]
    public void As_many_drops_are_in_the_air_as_Marshall_and_Palmer_counted()
    {
        // By summing the distribution in small steps of diameter.
        double sum = 0;
        for (double d = 1.2; d < 12; d += .001) sum += 8000 * Math.Exp(-4.1 * Math.Pow(25, -.21) * (d + .0005)) * .001;
        Assert.InRange(Rain.Density / sum, .999, 1.001);
        Assert.InRange(Rain.Speed(2), 6.4, 6.7);
        Assert.InRange(new Precipitation(Falling.Snow, 2).Speed(2), .9, 1.1);
        // Those within the pyramid of sight; its volume has a closed form.
        double tangent = Math.Tan(.5), volume = 4 * tangent * tangent * .75 * (Math.Pow(4, 3) - Math.Pow(.15, 3)) / 3;
        var frame = Look();
        int within = Strokes.Of(frame, Rain, Run).Count(s => s.From.X is > -.5f and < 159.5f && s.From.Y is > -.5f and < 119.5f);
        Assert.InRange(within / (Rain.Density * volume), .95, 1.05);
    }

    [Fact]
    public void A_drop_hides_its_own_area_in_the_mean_over_its_stroke()
    {
        var frame = Look();
        var strokes = Strokes.Of(frame, Rain with { Shutter = .02f }, Run);
        var few = strokes.Where(s => s.From.Y > 5 && s.To.Y < 115 && s.From.X is > 5 and < 155 && s.To.Y > s.From.Y + 4).ToArray();
        Assert.True(few.Length > 50);
        double expected = 0, found = 0;
        foreach (var stroke in few)
        {
            float length = Vector2.Distance(new(stroke.From.X, stroke.From.Y), new(stroke.To.X, stroke.To.Y));
            expected += stroke.Part * (2 * stroke.Radius * length + MathF.PI * stroke.Radius * stroke.Radius);
        }
        var image = Strokes.Over(frame, new ColourImage(160, 120), Rain with { Shutter = .02f }, Run);
        // All strokes of the picture together, by their closed areas, clipped at its border.
        double whole = strokes.Sum(s => Clipped(s));
        found = image.Sum(p => p.X);
        Assert.InRange(found / whole, .93, 1.07);
        Assert.True(expected < whole);
        double twice = Strokes.Over(frame, new ColourImage(160, 120), Rain with { Shutter = .02f, Strength = 2 }, Run).Sum(p => p.X);
        Assert.InRange(twice / found, 1.9, 2.05);
    }

    // The part of a stroke's light within the picture, by points along it.
    private static double Clipped(Stroke s)
    {
        float length = Vector2.Distance(new(s.From.X, s.From.Y), new(s.To.X, s.To.Y));
        double area = s.Part * (2 * s.Radius * length + MathF.PI * s.Radius * s.Radius);
        int inside = 0;
        for (int i = 0; i < 100; i++)
        {
            var at = Vector3.Lerp(s.From, s.To, (i + .5f) / 100);
            if (at.X is > -.5f and < 159.5f && at.Y is > -.5f and < 119.5f) inside++;
        }
        return area * inside / 100;
    }

    [Fact]
    public void Strokes_are_as_long_as_the_fall_and_point_down()
    {
        var frame = Look();
        foreach (var stroke in Strokes.Of(frame, Rain, Run).Where(s => s.From.Z > 1))
        {
            Assert.InRange(stroke.To.X - stroke.From.X, -.01f, .01f);
            float metres = (stroke.To.Y - stroke.From.Y) * stroke.From.Z / frame.Stage.Camera.Fy;
            // Speeds of drops of 1.2 mm and up lie between 4.6 and 9.65 m/s.
            Assert.InRange(metres / Rain.Shutter, 4.5f, 9.7f);
        }
        var blown = Strokes.Of(frame, Rain with { Wind = new(5, 0, 0) }, Run);
        Assert.All(blown.Where(s => s.From.Z > 1), s => Assert.True(s.To.X > s.From.X));
    }

    [Fact]
    public void A_camera_that_drives_into_snow_sees_it_fly_outwards()
    {
        Pose at(float z) => Pose.LookAt(new(0, 0, z), new(0, 0, -99), Vector3.UnitY);
        var driving = new Motion(at(.7f), at(0), at(-.7f));
        var snow = new Precipitation(Falling.Snow, 3) { Shutter = 1 / 60f, Far = 6 };
        foreach (var s in Strokes.Of(Look(0, driving), snow, Run).Where(s => Math.Abs(s.From.X - 79.5f) > 30 && s.From.Z > 1))
        {
            Assert.True(Math.Abs(s.To.X - 79.5f) > Math.Abs(s.From.X - 79.5f));
            Assert.InRange(s.From.Z - s.To.Z, .34f, .36f);
        }
    }

    [Fact]
    public void Nothing_falls_behind_a_wall_and_flakes_fall_on_from_frame_to_frame()
    {
        var black = new ColourImage(160, 120);
        var near = Strokes.Over(Look(.1f), black, Rain, Run);
        Assert.All(near, p => Assert.Equal(default, p));
        double half = Strokes.Over(Look(2), black, Rain, Run).Sum(p => p.X), whole = Strokes.Over(Look(), black, Rain, Run).Sum(p => p.X);
        Assert.InRange(half / whole, .2, .9);
        var snow = new Precipitation(Falling.Snow, 3) { Far = 4, Shutter = .05f };
        var first = Strokes.Of(Look(), snow, Run);
        var later = Strokes.Of(Look(), snow with { Time = .05f }, Run);
        // A flake begins its next stroke where the last one ended.
        var some = first.Take(200).ToArray();
        int followed = some.Count(s => later.Any(t => Vector3.Distance(s.To, t.From) < .02f));
        Assert.InRange(followed / (double)some.Length, .8, 1);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(12.7, 3, 40)]
    [InlineData(-5.1, 0, -1000)]
    public void Wherever_the_camera_stands_and_whenever_sight_is_as_full(double time, float height, float along)
    {
        // Cells out of sight are passed over; none in sight may be, wherever the cube's repetition cuts them.
        var look = Motion.Still(Pose.LookAt(new(along, height, 1), new(along - 3, height + 1, -2), Vector3.UnitY));
        var frame = Look(0, look);
        double tangent = Math.Tan(.5), volume = 4 * tangent * tangent * .75 * (Math.Pow(4, 3) - Math.Pow(.15, 3)) / 3;
        var strokes = Strokes.Of(frame, Rain with { Time = time, Rate = 50, Shutter = .002f }, Run)
            .Where(s => s.From.X is > -.5f and < 159.5f && s.From.Y is > -.5f and < 119.5f).ToArray();
        double density = (Rain with { Rate = 50 }).Density;
        Assert.InRange(strokes.Length / (density * volume), .95, 1.05);
        // No quarter of the picture, and no depth, is emptier than others.
        for (int q = 0; q < 4; q++)
            Assert.InRange(strokes.Count(s => s.From.X < 79.5f == (q & 1) > 0 && s.From.Y < 59.5f == q > 1) / (double)strokes.Length, .22,
                .28);
        // A little further off, corners of the picture would look beyond the cube.
        double far = strokes.Count(s => s.From.Z is > 3 and < 3.4f) / (density * 4 * tangent * tangent * .75 * (Math.Pow(3.4, 3) - 27) / 3);
        Assert.InRange(far, .9, 1.1);
    }

    [Fact]
    public void A_picture_in_rain_is_the_same_on_any_number_of_threads()
    {
        var frame = Look(3);
        byte[] Bytes(int threads) => SensorModel.Expose(frame, new ColourImage(160, 120), new() { Precipitation = Rain },
            RunContext.Quiet(3, threads)).Rgb;
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(8));
    }

    public static TheoryData<string, Precipitation> Faulty => new()
    {
        { "mm/h", Rain with { Rate = -1 } },
        { "drops of", Rain with { Near = 9 } },
        { "shutter", Rain with { Shutter = float.NaN } },
        { "strength", Rain with { Strength = 0 } },
        { "too many", Rain with { Least = .01f, Far = 50 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_cannot_fall_is_refused(string about, Precipitation falling) => Assert.Contains(about,
        Assert.Throws<ArgumentException>(() =>
        SensorModel.Expose(Look(), new ColourImage(160, 120), new() { Precipitation = falling }, Run)).Message);
}
