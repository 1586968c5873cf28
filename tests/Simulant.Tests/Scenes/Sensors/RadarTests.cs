using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class RadarTests
{
    private static readonly RunContext Run = RunContext.Quiet(2, 2);
    private static readonly Material Steel = new("steel", new(.9f), 1, .5f);
    private static readonly Radar Silent = new() { Floor = 0, Ranges = 128, RaysAcross = 512, RaysUp = 64, Beam = 0, Across = .5f,
        Azimuths = 32 };

    private static RadarFrame Scan(Scene scene, Radar radar, Motion? mount = null, int frame = 0, int threads = 2) =>
        RadarScanner.Scan(new Stage(scene, Camera.OfView(4, 4, 1, Motion.Still(Pose.Identity))), radar,
            mount ?? Motion.Still(Lidar.Upright(default, Vector3.UnitX)), frame, RunContext.Quiet(2, threads));

    // Sensor axes x, y (left), z (up) to the world's x, y up, z right.
    private static Actor Ball(float radius, float x, float left, Vector3 perMoment = default, Material? material = null) =>
        new("ball", 5, [new(Shapes.Sphere(radius, 128, material ?? Steel))], Motion.Straight(Pose.At(new(x, 0, -left)), perMoment));

    /// <summary>A ball's cross-section by integrating the reflectance function over its face.</summary>
    private static double Section(double radius, Material material, Radar radar)
    {
        var brdf = new Brdf(new(radar.Plain + (1 - radar.Plain) * material.Metallic), material.Metallic, Math.Max(material.Roughness,
            radar.Roughest));
        double sum = 0;
        const int Steps = 20_000;
        for (int i = 0; i < Steps; i++)
        {
            double angle = (i + .5) / Steps * Math.PI / 2, cos = Math.Cos(angle);
            var view = new Vector3((float)Math.Sin(angle), 0, (float)cos);
            sum += 4 * Math.PI * brdf.Value(view, view).X * 2 * Math.PI * radius * radius
                * Math.Sin(angle) * cos * Math.PI / 2 / Steps;
        }
        return sum;
    }

    [Fact]
    public void A_ball_returns_its_cross_section_by_the_fourth_power_of_range()
    {
        foreach (var material in (Material[])[Steel, Material.Matt(.5f, .5f, .5f)])
        {
            double expected = Section(.8, material, Silent);
            foreach (float range in (float[])[16, 32])
            {
                // One coarse cell holds the whole ball, whose middle lies in the middle of it.
                var coarse = Silent with { RangeStep = 8, Ranges = 8, Azimuths = 4, Spread = 1.5f, RaysAcross = 2048, RaysUp = 256 };
                var frame = Scan(new([Ball(.8f, range + .4f, .125f * range, default, material)], []), coarse);
                double azimuth = Math.Atan(.125), off = (azimuth + .5) / .25 - .5 - 2;
                double r = range * Math.Sqrt(1 + .125 * .125) / 8 - range / 8;
                double bell = Math.Exp(-(off * off + r * r) / (2 * 1.5 * 1.5));
                double power = frame.Power[frame.Cell(2, (int)range / 8, 32)];
                Assert.InRange(power * Math.Pow(range * Math.Sqrt(1 + .125 * .125), 4) / (expected * bell), .93, 1.07);
            }
        }
        // A matt ball's, were it without gloss, is 8/3 of albedo by its disc: the sum holds the closed form.
        double matt = 0;
        for (int i = 0; i < 1000; i++)
        {
            double angle = (i + .5) / 1000 * Math.PI / 2, cos = Math.Cos(angle);
            matt += 4 * Math.PI * (.3 / Math.PI) * cos * 2 * Math.PI * .64 * Math.Sin(angle) * cos * Math.PI / 2000;
        }
        Assert.InRange(matt / (8.0 / 3 * .3 * Math.PI * .64), .999, 1.001);
        Assert.InRange(Section(.8, Material.Matt(.5f, .5f, .5f), Silent) / matt, .9, 1.5);
    }

    [Theory]
    [InlineData(-1.2f, 0, -12)]
    [InlineData(.7f, 0, 7)]
    [InlineData(0, 1.5f, -15)]
    [InlineData(.5f, .5f, 0)]
    [InlineData(2.6f, 0, -14)]
    public void Speed_has_the_sign_and_size_of_the_distances_growth(float away, float driven, float expected)
    {
        var mount = Motion.Straight(Lidar.Upright(default, Vector3.UnitX), new(driven, 0, 0));
        var frame = Scan(new([Ball(.3f, 20, 0, new(away, 0, 0))], []), Silent, mount);
        var peak = frame.Detections.MaxBy(d => d.Power);
        // 26 m/s away is 14 m/s nearing where speeds fold at 20.
        Assert.InRange(peak.Speed - expected, -.15f, .15f);
        Assert.Equal((1, 5), (peak.Instance, peak.Class));
    }

    [Fact]
    public void Only_the_part_of_speed_along_the_line_counts()
    {
        var frame = Scan(new([Ball(.3f, 20, 5, new(0, 0, -1))], []), Silent);
        // Leftwards at 10 m/s, at azimuth atan(5 / 20).
        Assert.InRange(frame.Detections.MaxBy(d => d.Power).Speed - 10 * Math.Sin(Math.Atan(.25)), -.15, .15);
    }

    [Theory]
    [InlineData(12.3f, 1.7f)]
    [InlineData(30.1f, -8.2f)]
    [InlineData(45.7f, 0)]
    public void Peaks_stand_at_range_and_azimuth(float x, float left)
    {
        var frame = Scan(new([Ball(.05f, x, left)], []), Silent with { RaysAcross = 4096, RaysUp = 128, Up = .02f });
        var peak = frame.Detections.MaxBy(d => d.Power);
        double range = Math.Sqrt(x * x + left * left) - .05;
        Assert.InRange(peak.Range - range, -.06, .06);
        Assert.InRange(peak.Azimuth - Math.Atan2(left, x), -.1 * Silent.AzimuthStep, .1 * Silent.AzimuthStep);
    }

    [Fact]
    public void Noise_has_its_floor_and_passes_the_threshold_as_often_as_stated()
    {
        var radar = new Radar { FalseAlarm = 1e-3, Floor = 2e-8f };
        var frame = Scan(new([], []), radar);
        Assert.InRange(frame.Power.Average(p => (double)p) / 2e-8, .99, 1.01);
        // Exponential: half lie below ln 2 of the mean.
        Assert.InRange(frame.Power.Count(p => p < 2e-8 * Math.Log(2)) / (double)frame.Power.Length, .495, .505);
        // Of passes only those higher than all 26 neighbours are peaks, which nearly all are.
        Assert.InRange(frame.Detections.Length / (frame.Power.Length * 1e-3), .85, 1.1);
        Assert.All(frame.Detections, d => Assert.Equal((0, 0), (d.Instance, d.Class)));
    }

    [Fact]
    public void A_car_stands_out_of_the_noise_and_an_aerial_looks_ahead()
    {
        var car = new Actor("car", 7, [new(Shapes.Box(new(4, 1.5f, 1.8f), Steel))], Motion.Straight(Pose.At(new(40, 0, -4)),
            new(-1, 0, 0)));
        var radar = new Radar { FalseAlarm = 1e-7 };
        var found = Scan(new([car], []), radar).Detections;
        var best = found.MaxBy(d => d.OverNoise);
        Assert.Equal((1, 7), (best.Instance, best.Class));
        Assert.InRange(best.Range, 37, 43);
        Assert.InRange(best.Speed, -10.5f, -9.3f);
        Assert.InRange(found.Count(d => d.Instance == 0), 0, 4);
        // Peaks that are called the car's stand where it does.
        Assert.All(found.Where(d => d.Instance == 1), d => Assert.InRange(d.Range * Math.Cos(d.Azimuth), 36, 44));
        // Summed over cells, since a peak's own height depends on where between bins it stands.
        double Sum(float x, float left) => Scan(new([Ball(.5f, x, left)], []), Silent with { Beam = 4 }).Power.Sum(p => (double)p);
        Assert.InRange(Sum(18.54f, 7.5f) / Sum(20, 0) / Math.Pow(Math.Cos(Math.Atan2(7.5, 18.54)), 4), .97, 1.03);
    }

    [Fact]
    public void A_frame_is_the_same_on_any_number_of_threads_and_differs_by_number()
    {
        var scene = new Scene([Ball(1, 12, 2, new(.3f, 0, 0)), Ball(.5f, 9, -2)], []);
        var radar = new Radar { Ranges = 64, Azimuths = 16, Speeds = 16, RaysAcross = 99, RaysUp = 13 };
        var one = Scan(scene, radar, null, 0, 1);
        foreach (int threads in (int[])[2, 8])
        {
            var many = Scan(scene, radar, null, 0, threads);
            Assert.Equal(one.Power, many.Power);
            Assert.Equal(one.Strongest, many.Strongest);
            Assert.Equal(one.Detections, many.Detections);
        }
        Assert.NotEqual(one.Power, Scan(scene, radar, null, 1).Power);
    }

    public static TheoryData<string, Radar> Faulty => new()
    {
        { "view", new() { Across = 2 } },
        { "cells", new() { Ranges = 1 } },
        { "cells", new() { Ranges = 4096, Azimuths = 512, Speeds = 512 } },
        { "range bins", new() { RangeStep = 0 } },
        { "spread", new() { Spread = 3 } },
        { "rays", new() { RaysUp = 0 } },
        { "floor", new() { Floor = -1 } },
        { "false alarms", new() { FalseAlarm = 0 } },
        { "reflectance", new() { Plain = 2 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_cannot_be_a_radar_is_refused(string about, Radar radar) =>
        Assert.Contains(about, Assert.Throws<ArgumentException>(() => Scan(new([], []), radar)).Message);
}
