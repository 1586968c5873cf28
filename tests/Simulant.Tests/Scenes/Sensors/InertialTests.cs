using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Sensors;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class InertialTests
{
    private static readonly RunContext Run = RunContext.Quiet(9);

    private static Trajectory Circle(double radius, double rate, double seconds)
    {
        // Drives anticlockwise seen from above, its x axis ahead, its y axis up, its z axis to the right.
        double[] times = [.. Enumerable.Range(0, (int)(seconds * 50) + 1).Select(i => i / 50.0)];
        return Trajectory.Through(times, [.. times.Select(t => new Triple(radius * Math.Sin(rate * t), 2, radius * Math.Cos(rate * t)))],
            [.. times.Select(t => Attitude.Turn(new(0, 1, 0), rate * t))]);
    }

    private static Trajectory Rest(double seconds) => Trajectory.Through([0, seconds / 3, seconds / 2, seconds], new Triple[4],
        [Attitude.Identity, Attitude.Identity, Attitude.Identity, Attitude.Identity]);

    [Fact]
    public void A_cubic_is_followed_exactly()
    {
        static Triple Place(double t) => new(1 + t * (2 + t * (-3 + t)), t * t * t, 5 - t);
        double[] times = [0, .4, 1.1, 1.7, 2.5, 3];
        var way = Trajectory.Through(times, [.. times.Select(Place)], [.. times.Select(_ => Attitude.Identity)]);
        for (double t = 0; t <= 3; t += .1)
        {
            Assert.InRange((way.Place(t) - Place(t)).Length, 0, 1e-12);
            Assert.InRange((way.Velocity(t) - new Triple(2 - 6 * t + 3 * t * t, 3 * t * t, -1)).Length, 0, 1e-11);
            Assert.InRange((way.Acceleration(t) - new Triple(-6 + 6 * t, 6 * t, 0)).Length, 0, 1e-10);
            Assert.InRange(way.Spin(t).Length, 0, 1e-12);
        }
    }

    [Fact]
    public void On_a_circle_force_is_gravity_and_speed_squared_over_radius_inwards()
    {
        const double Radius = 8, Rate = .9;
        foreach (var reading in new Imu { Rate = 100 }.Read(Circle(Radius, Rate, 6), Run).Skip(20).SkipLast(20))
        {
            Assert.InRange((reading.Spin - new Triple(0, Rate, 0)).Length, 0, 1e-5);
            // The centre lies to its left, which is minus z.
            Assert.InRange((reading.Force - new Triple(0, Imu.Gravity, -Radius * Rate * Rate)).Length, 0, 2e-3);
        }
    }

    [Fact]
    public void Spin_is_about_the_bodys_own_axes()
    {
        // First tilted a quarter about x, then turned about the world's y: the body's z, which the tilt brought to minus y, turns the
        // other way.
        double[] times = [.. Enumerable.Range(0, 200).Select(i => i / 100.0)];
        var tilt = Attitude.Turn(new(1, 0, 0), Math.PI / 2);
        var way = Trajectory.Through(times, new Triple[200], [.. times.Select(t => Attitude.Turn(new(0, 1, 0), 1.5 * t) * tilt)]);
        Assert.InRange((way.Spin(1) - tilt.Back.Direction(new(0, 1.5, 0))).Length, 0, 1e-6);
        Assert.InRange((way.Spin(1) - new Triple(0, 0, -1.5)).Length, 0, 1e-6);
    }

    [Fact]
    public void Poses_become_the_same_attitudes_whichever_number_is_largest()
    {
        for (int i = 0; i < 60; i++)
        {
            var axis = System.Numerics.Vector3.Normalize(new(MathF.Sin(i), MathF.Cos(i * 2), MathF.Sin(i * 3 + 1)));
            var pose = Pose.Turn(axis, i * .2f);
            var found = Attitude.Of(pose).Direction(new(1, 2, 3));
            var expected = pose.Direction(new(1, 2, 3));
            Assert.InRange((found - new Triple(expected.X, expected.Y, expected.Z)).Length, 0, 1e-5);
        }
    }

    /// <summary>The Allan deviation at a time of averaging, without overlap.</summary>
    private static double Allan(double[] values, int each)
    {
        double[] means = [.. values.Chunk(each).Where(c => c.Length == each).Select(c => c.Average())];
        return Math.Sqrt(means.Zip(means.Skip(1)).Average(p => (p.Second - p.First) * (p.Second - p.First)) / 2);
    }

    [Fact]
    public void Allan_deviations_have_the_slopes_of_the_standard()
    {
        // N / sqrt(tau) for white noise, K sqrt(tau / 3) for a rate random walk (IEEE Std 952, C.1.1 and C.1.4).
        var white = new Imu { Rate = 100, Gyroscope = new() { Noise = .002 } }.Read(Rest(1000), Run);
        foreach (int each in (int[])[1, 10, 100, 1000])
            Assert.InRange(Allan([.. white.Select(r => r.Spin.X)], each) / (.002 / Math.Sqrt(each / 100.0)),
                each == 1000 ? .7 : .9, each == 1000 ? 1.3 : 1.1);
        var walk = new Imu { Rate = 10, Accelerometer = new() { Walk = .01 } }.Read(Rest(30_000), Run);
        foreach (int each in (int[])[20, 100, 500])
            Assert.InRange(Allan([.. walk.Select(r => r.Force.Z)], each) / (.01 * Math.Sqrt(each / 30.0)), .85, 1.15);
        double[] drift = [.. new Imu { Rate = 10, Gyroscope = new() { Drift = .02, Correlation = 5 } }.Read(Rest(20_000), Run).Select(r =>
            r.Spin.Y)];
        Assert.InRange(drift.Average(d => d * d) / 4e-4, .9, 1.1);
        Assert.InRange(drift.Zip(drift.Skip(50)).Average(p => p.First * p.Second) / drift.Average(d => d * d), .31, .43);
    }

    [Fact]
    public void Bias_scale_lean_range_and_step_do_what_they_say()
    {
        double[] biases = [.. Enumerable.Range(0, 400).Select(unit => new Imu { Rate = 1, Gyroscope = new() { Bias = .1 } }.Read(Rest(2),
            Run, unit)[0]
            .Spin.X)];
        Assert.InRange(Math.Sqrt(biases.Average(b => b * b)), .09, .11);
        double[] scales = [.. Enumerable.Range(0, 400).Select(unit => new Imu { Rate = 1, Accelerometer = new() { Scale = .02 } }
            .Read(Rest(2), Run,
            unit)[0].Force.Y / Imu.Gravity - 1)];
        Assert.InRange(Math.Sqrt(scales.Average(b => b * b)), .018, .022);
        var leans = new Imu { Rate = 1, Accelerometer = new() { Lean = .01 } }.Read(Rest(2), Run)[0].Force;
        Assert.InRange(Math.Abs(leans.X) / Imu.Gravity, 1e-5, .05);
        Assert.Equal(Imu.Gravity, leans.Y, 12);
        var held = new Imu { Rate = 1, Accelerometer = new() { Range = 9.5, Step = .5 } }.Read(Rest(2), Run)[0].Force;
        Assert.Equal(new Triple(0, 9.5, 0), held);
        Assert.Equal(10, new Imu { Rate = 1, Accelerometer = new() { Step = .5 } }.Read(Rest(2), Run)[0].Force.Y);
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Contains("readings", Assert.Throws<ArgumentException>(() => new Imu { Rate = 0 }.Read(Rest(1), Run)).Message);
        Assert.Contains("errors", Assert.Throws<ArgumentException>(() => new Imu { Gyroscope = new() { Noise = -1 } }.Read(Rest(1),
            Run)).Message);
        Assert.Contains("at least four", Assert.Throws<ArgumentException>(() => Trajectory.Through([0, 1, 2], new Triple[3],
            new Attitude[3])).Message);
        Assert.Contains("rise", Assert.Throws<ArgumentException>(() => Trajectory.Through([0, 1, 1, 2], new Triple[4],
            Enumerable.Repeat(Attitude.Identity, 4).ToArray())).Message);
        Assert.Contains("none", Assert.Throws<ArgumentException>(() => Trajectory.Through([0, 1, 2, 3], new Triple[4],
            new Attitude[4])).Message);
    }
}
