using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Sensors;

/// <param name="Time">Seconds.</param>
/// <param name="Place">As found, errors and all.</param>
/// <param name="Velocity">Metres a second east, north, up, as found.</param>
/// <param name="Truth">The place without errors.</param>
public readonly record struct GpsFix(double Time, GeoPoint Place, Triple Velocity, GeoPoint Truth);

/// <summary>
/// A satellite receiver on a body that follows a trajectory. The world's x is east, its y up, its z south, its origin at a place on the
/// earth. Errors are of two kinds: white ones, and ones that last (orbits, clocks, air), a first-order Gauss-Markov process each way.
/// </summary>
/// <param name="Origin">Where the world's origin lies.</param>
public sealed record Gps(GeoPoint Origin)
{
    /// <summary>Fixes a second, above 0 to 1000.</summary>
    public double Rate { get; init; } = 10;

    /// <summary>Metres, standard deviation of the lasting error, east and north each.</summary>
    public double Level { get; init; } = 1.5;

    /// <summary>The same upwards.</summary>
    public double Upright { get; init; } = 3;

    /// <summary>Seconds in which the lasting error falls to 1/e of itself.</summary>
    public double Correlation { get; init; } = 300;

    /// <summary>Metres, standard deviation of the white error, each way.</summary>
    public double White { get; init; } = 0.3;

    /// <summary>Metres a second, standard deviation of the velocity's white error, each way.</summary>
    public double Speed { get; init; } = 0.05;

    /// <summary>Part of fixes that are missing, 0 to 1.</summary>
    public double Missing { get; init; }

    /// <exception cref="ArgumentException">The options cannot be.</exception>
    public GpsFix[] Read(Trajectory way, RunContext run, int unit = 0)
    {
        if (!(Rate is > 0 and <= 1000) || !(Level >= 0 && Upright >= 0 && White >= 0 && Speed >= 0 && Correlation > 0
            && Missing is >= 0 and <= 1)
            || !double.IsFinite(Level + Upright + White + Speed + Correlation) || !(Math.Abs(Origin.Latitude) <= Math.PI / 2)
            || !double.IsFinite(Origin.Longitude + Origin.Height))
            throw new ArgumentException("a receiver has 0 to 1000 fixes a second, deviations of 0 or more, and an origin on the earth");
        var stream = new RandomStream(run.Seed, "scenes/gps");
        int count = checked((int)Math.Floor((way.End - way.Start) * Rate + 1e-9) + 1);
        var fixes = new List<GpsFix>(count);
        long own = (long)unit << 40;
        double keep = Math.Exp(-1 / (Rate * Correlation)), fresh = Math.Sqrt(1 - keep * keep);
        Span<double> lasting = stackalloc double[3];
        for (int i = 0; i < count; i++)
        {
            if ((i & 1023) == 0) run.Cancel.ThrowIfCancellationRequested();
            double time = way.Start + i / Rate;
            for (int axis = 0; axis < 3; axis++)
                lasting[axis] = i == 0 ? stream.Normal(own, axis) : keep * lasting[axis] + fresh * stream.Normal(own + i, axis);
            if (Missing > 0 && stream.Uniform(own + i, 9) < Missing) continue;
            Triple place = Enu(way.Place(time)), speed = Enu(way.Velocity(time));
            var off = new Triple(Level * lasting[0], Level * lasting[1], Upright * lasting[2]) + Normals(stream, own + i, 3) * White;
            fixes.Add(new(time, Geodesy.At(Origin, place + off), speed + Normals(stream, own + i, 6) * Speed, Geodesy.At(Origin, place)));
        }
        return [.. fixes];
    }

    /// <summary>From the world's axes to east, north, up.</summary>
    public static Triple Enu(Triple world) => new(world.X, -world.Z, world.Y);

    private static Triple Normals(RandomStream stream, long item, int slot) =>
        new(stream.Normal(item, slot), stream.Normal(item, slot + 1), stream.Normal(item, slot + 2));
}
