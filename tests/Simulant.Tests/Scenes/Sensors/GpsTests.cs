using Simulant.Data;
using Simulant.Scenes.Sensors;
using Xunit;

namespace Simulant.Tests.Scenes.Sensors;

public class GpsTests
{
    private static readonly RunContext Run = RunContext.Quiet(9);

    [Theory]
    [InlineData(0, 0, 0, 6378137, 0, 0)]
    [InlineData(90, 0, 0, 0, 0, 6356752.314245)]
    [InlineData(-90, 0, 100, 0, 0, -6356852.314245)]
    [InlineData(0, 90, 1000, 0, 6379137, 0)]
    public void Poles_and_equator_lie_where_the_axes_end(double latitude, double longitude, double height, double x, double y, double z)
    {
        var p = GeoPoint.Degrees(latitude, longitude, height);
        Assert.InRange((Geodesy.Centred(p) - new Triple(x, y, z)).Length, 0, 1e-6);
        var back = Geodesy.Geodetic(new(x, y, z));
        Assert.Equal(p.Latitude, back.Latitude, 12);
        Assert.Equal(p.Height, back.Height, 6);
    }

    [Fact]
    public void There_and_back_is_exact_to_a_micrometre_and_a_billionth_of_a_degree()
    {
        for (int latitude = -90; latitude <= 90; latitude += 9)
            for (int longitude = -180; longitude < 180; longitude += 40)
                foreach (double height in (double[])[-400, 0, 8848, 400_000])
                {
                    var p = GeoPoint.Degrees(latitude, longitude, height);
                    var back = Geodesy.Geodetic(Geodesy.Centred(p));
                    Assert.InRange(Math.Abs(back.LatitudeDegrees - latitude), 0, 1e-9);
                    Assert.InRange(Math.Abs(back.Height - height), 0, 1e-6);
                    if (Math.Abs(latitude) < 90) Assert.InRange(Math.Abs(back.LongitudeDegrees - longitude), 0, 1e-9);
                    var enu = new Triple(120, -340, 56);
                    Assert.InRange((Geodesy.Local(p, Geodesy.At(p, enu)) - enu).Length, 0, 1e-5);
                }
    }

    [Fact]
    public void A_metre_north_and_east_is_an_angle_by_the_radii_of_curvature()
    {
        foreach (double degrees in (double[])[0, 37, -62])
        {
            var origin = GeoPoint.Degrees(degrees, 11);
            double sin = Math.Sin(origin.Latitude), w = 1 - Geodesy.Eccentricity2 * sin * sin;
            double meridian = Geodesy.Radius * (1 - Geodesy.Eccentricity2) / Math.Pow(w, 1.5), normal = Geodesy.Radius / Math.Sqrt(w);
            Assert.InRange((Geodesy.At(origin, new(0, 1, 0)).Latitude - origin.Latitude) * meridian, 1 - 1e-6, 1 + 1e-6);
            Assert.InRange((Geodesy.At(origin, new(1, 0, 0)).Longitude - origin.Longitude) * normal * Math.Cos(origin.Latitude), 1 - 1e-6,
                1 + 1e-6);
            Assert.Equal(1, Geodesy.At(origin, new(0, 0, 1)).Height, 6);
        }
    }

    private static Trajectory Drive(double seconds)
    {
        // North at 20 m/s, climbing 1: the world's z is south, its y up.
        double[] times = [0, seconds / 3, seconds / 2, seconds];
        return Trajectory.Through(times, [.. times.Select(t => new Triple(0, t, -20 * t))], Enumerable.Repeat(Attitude.Identity,
            4).ToArray());
    }

    [Fact]
    public void Without_errors_fixes_are_the_way_itself()
    {
        var origin = GeoPoint.Degrees(48.1, 11.5, 520);
        var gps = new Gps(origin) { Level = 0, Upright = 0, White = 0, Speed = 0, Rate = 5 };
        var fixes = gps.Read(Drive(60), Run);
        Assert.Equal(301, fixes.Length);
        foreach (var fix in fixes)
        {
            Assert.InRange((Geodesy.Local(origin, fix.Place) - new Triple(0, 20 * fix.Time, fix.Time)).Length, 0, 1e-5);
            Assert.InRange((fix.Velocity - new Triple(0, 20, 1)).Length, 0, 1e-9);
            Assert.Equal(fix.Truth, fix.Place);
        }
    }

    [Fact]
    public void Errors_have_their_size_and_last_as_long_as_they_should()
    {
        var gps = new Gps(GeoPoint.Degrees(48, 11)) { Level = 2, Upright = 4, Correlation = 20, White = 0, Speed = .1, Rate = 2,
            Missing = 0 };
        var fixes = gps.Read(Drive(40_000), Run);
        Triple[] off = [.. fixes.Select(f => Geodesy.Local(f.Truth, f.Place))];
        Assert.InRange(Math.Sqrt(off.Average(o => o.X * o.X)), 1.8, 2.2);
        Assert.InRange(Math.Sqrt(off.Average(o => o.Z * o.Z)), 3.6, 4.4);
        // After the correlation time 1/e is left.
        double kept = off.Zip(off.Skip(40)).Average(p => p.First.Y * p.Second.Y) / off.Average(o => o.Y * o.Y);
        Assert.InRange(kept, .30, .44);
        Assert.InRange(Math.Sqrt(fixes.Average(f => Math.Pow(f.Velocity.X, 2))), .098, .102);
        var white = (gps with { Level = 0, Upright = 0, White = .5 }).Read(Drive(5000), Run).Select(f => Geodesy.Local(f.Truth,
            f.Place).X).ToArray();
        Assert.InRange(Math.Sqrt(white.Average(w => w * w)), .48, .52);
        Assert.InRange(white.Zip(white.Skip(1)).Average(p => p.First * p.Second), -.02, .02);
        Assert.InRange((gps with { Missing = .3 }).Read(Drive(5000), Run).Length / 10_001.0, .68, .72);
    }

    [Fact]
    public void What_no_receiver_does_is_refused() => Assert.Throws<ArgumentException>(() =>
        new Gps(GeoPoint.Degrees(100, 0)).Read(Drive(1), Run));
}
