namespace Simulant.Scenes.Sensors;

/// <summary>A place on the ellipsoid WGS 84: radians, and metres above it.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude, double Height)
{
    private const double Degree = Math.PI / 180;

    public static GeoPoint Degrees(double latitude, double longitude, double height = 0) => new(latitude * Degree, longitude * Degree,
        height);

    public double LatitudeDegrees => Latitude / Degree;

    public double LongitudeDegrees => Longitude / Degree;
}

/// <summary>
/// WGS 84 (NGA.STND.0036): between geodetic coordinates, earth-centred ones (x to the equator at Greenwich, z north) and a local level
/// frame of east, north and up.
/// </summary>
public static class Geodesy
{
    /// <summary>Metres of the equator's radius, and the flattening.</summary>
    public const double Radius = 6_378_137, Flattening = 1 / 298.257223563;

    /// <summary>Square of the eccentricity.</summary>
    public const double Eccentricity2 = Flattening * (2 - Flattening);

    public static Triple Centred(GeoPoint p)
    {
        double sin = Math.Sin(p.Latitude), cos = Math.Cos(p.Latitude), normal = Radius / Math.Sqrt(1 - Eccentricity2 * sin * sin);
        return new((normal + p.Height) * cos * Math.Cos(p.Longitude), (normal + p.Height) * cos * Math.Sin(p.Longitude),
            (normal * (1 - Eccentricity2) + p.Height) * sin);
    }

    /// <summary>Back, by Bowring's formula (Survey Review 23, 1976) gone through until it stands still.</summary>
    public static GeoPoint Geodetic(Triple p)
    {
        const double Minor = Radius * (1 - Flattening), Second = Eccentricity2 / (1 - Eccentricity2);
        double around = Math.Sqrt(p.X * p.X + p.Y * p.Y), tangent = p.Z * Radius, across = around * Minor, latitude = 0;
        for (int i = 0; i < 5; i++)
        {
            double length = Math.Sqrt(tangent * tangent + across * across), sin = length > 0 ? tangent / length : 0,
                cos = length > 0 ? across / length : 1;
            double next = Math.Atan2(p.Z + Second * Minor * sin * sin * sin, around - Eccentricity2 * Radius * cos * cos * cos);
            if (i > 0 && next == latitude) break;
            latitude = next;
            (tangent, across) = ((1 - Flattening) * Math.Sin(latitude), Math.Cos(latitude));
        }
        double s = Math.Sin(latitude), c = Math.Cos(latitude);
        // Along the normal: well behaved at the poles, where the distance from the axis tells nothing.
        double height = around * c + p.Z * s - Radius * Math.Sqrt(1 - Eccentricity2 * s * s);
        return new(latitude, Math.Atan2(p.Y, p.X), height);
    }

    /// <summary>A place so many metres east, north and up of an origin.</summary>
    public static GeoPoint At(GeoPoint origin, Triple enu)
    {
        var (east, north, up) = Axes(origin);
        return Geodetic(Centred(origin) + east * enu.X + north * enu.Y + up * enu.Z);
    }

    /// <summary>Metres east, north and up of an origin.</summary>
    public static Triple Local(GeoPoint origin, GeoPoint p)
    {
        var (east, north, up) = Axes(origin);
        var way = Centred(p) - Centred(origin);
        return new(Dot(way, east), Dot(way, north), Dot(way, up));
    }

    private static (Triple East, Triple North, Triple Up) Axes(GeoPoint at)
    {
        double sl = Math.Sin(at.Longitude), cl = Math.Cos(at.Longitude), sp = Math.Sin(at.Latitude), cp = Math.Cos(at.Latitude);
        return (new(-sl, cl, 0), new(-sp * cl, -sp * sl, cp), new(cp * cl, cp * sl, sp));
    }

    private static double Dot(Triple a, Triple b) => a.X * b.X + a.Y * b.Y + a.Z * b.Z;
}
