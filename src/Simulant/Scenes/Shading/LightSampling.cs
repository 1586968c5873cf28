using System.Numerics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Shading;

/// <summary>A way to a light from a point.</summary>
/// <param name="Direction">Unit.</param>
/// <param name="Distance">Metres; infinite for the sun.</param>
/// <param name="Radiance">From there; where <see cref="Pdf"/> is 0, irradiance on a surface that faces it.</param>
/// <param name="Pdf">Density by solid angle at which the direction was chosen; 0 where it was the only one.</param>
public readonly record struct LightSample(Vector3 Direction, float Distance, Vector3 Radiance, float Pdf);

/// <summary>A sun that fills a cone, worked out once for all its rays.</summary>
/// <param name="Axis">Towards it, unit.</param>
/// <param name="Cap">1 less the cosine of its half angle.</param>
/// <param name="Density">By solid angle, at which its directions are chosen.</param>
internal readonly record struct SunCone(Vector3 Axis, float Cap, float Density, Vector3 Radiance)
{
    public static SunCone Of(SunLight sun)
    {
        // Without the cancellation that the cosine itself would suffer.
        double sine = Math.Sin(sun.Radius / 2.0);
        float cap = (float)(2 * sine * sine), density = 1 / (2 * MathF.PI * cap);
        return new(Spatial.Unit(sun.Towards), cap, density, sun.Irradiance * density);
    }

    /// <summary>What a ray of unit direction sees of it; a density of 0 is nothing.</summary>
    public LightSample Meet(Vector3 direction, float far)
    {
        // The chord's length tells small angles apart where the cosine no longer does.
        var chord = direction - Axis;
        return float.IsPositiveInfinity(far) && Spatial.Dot(chord, chord) < 2 * Cap ? new(direction, far, Radiance, Density) : default;
    }
}

/// <summary>Chooses directions to lights, and tells how a direction found otherwise would have been chosen.</summary>
public static class LightSampling
{
    public static LightSample Sample(Light light, Vector3 from, Vector2 at)
    {
        switch (light)
        {
            case SunLight sun:
                if (!(sun.Radius > 0)) return new(Spatial.Unit(sun.Towards), float.PositiveInfinity, sun.Irradiance, 0);
                var cone = SunCone.Of(sun);
                return new(InCone(cone.Axis, cone.Cap, at), float.PositiveInfinity, cone.Radiance, cone.Density);
            case PointLight point:
                var way = point.Position - from;
                float square = Spatial.Dot(way, way);
                return square > 0 ? new(way * (1 / MathF.Sqrt(square)), MathF.Sqrt(square), point.Intensity * (1 / square), 0) : default;
            case RectangleLight plate:
                way = plate.Corner + plate.First * at.X + plate.Second * at.Y - from;
                var normal = Spatial.Cross(plate.First, plate.Second);
                float area = Spatial.Length(normal), distance = Spatial.Length(way);
                float facing = -Spatial.Dot(normal, way) / (area * distance);
                return facing > 0 ? new(way * (1 / distance), distance, plate.Radiance, distance * distance / (area * facing)) : default;
            case SphereLight ball:
                way = ball.Centre - from;
                distance = Spatial.Length(way);
                if (distance <= ball.Radius) return default;
                float cap = BallCap(ball, distance);
                var direction = InCone(way * (1 / distance), cap, at);
                return new(direction, BallDistance(ball, from, direction), ball.Radiance, 1 / (2 * MathF.PI * cap));
            default:
                throw new ArgumentException($"{light.GetType().Name} cannot be sampled");
        }
    }

    /// <summary>What a ray of unit direction meets of the light before <paramref name="far"/>; a density of 0 is nothing.</summary>
    public static LightSample Meet(Light light, Vector3 from, Vector3 direction, float far)
    {
        switch (light)
        {
            case SunLight { Radius: > 0 } sun:
                return SunCone.Of(sun).Meet(direction, far);
            case RectangleLight plate:
                var normal = Spatial.Cross(plate.First, plate.Second);
                float area = Spatial.Length(normal), facing = -Spatial.Dot(normal, direction) / area;
                if (!(facing > 0)) return default;
                float t = Spatial.Dot(normal, from - plate.Corner) / (area * facing);
                if (!(t > 0 && t < far)) return default;
                var at = from + direction * t - plate.Corner;
                float u = Spatial.Dot(Spatial.Cross(at, plate.Second), normal) / (area * area);
                float v = Spatial.Dot(Spatial.Cross(plate.First, at), normal) / (area * area);
                return u is >= 0 and <= 1 && v is >= 0 and <= 1 ? new(direction, t, plate.Radiance, t * t / (area * facing)) : default;
            case SphereLight ball:
                var way = ball.Centre - from;
                float distance = Spatial.Length(way);
                if (distance <= ball.Radius) return default;
                var chord = direction - way * (1 / distance);
                float cap = BallCap(ball, distance);
                t = BallDistance(ball, from, direction);
                return Spatial.Dot(chord, chord) < 2 * cap && t < far ? new(direction, t, ball.Radiance, 1 / (2 * MathF.PI * cap))
                    : default;
            default:
                return default;
        }
    }

    private static float BallCap(SphereLight ball, float distance)
    {
        float square = ball.Radius * ball.Radius / (distance * distance);
        return square / (1 + MathF.Sqrt(MathF.Max(0, 1 - square)));
    }

    private static float BallDistance(SphereLight ball, Vector3 from, Vector3 direction)
    {
        var way = ball.Centre - from;
        float along = Spatial.Dot(way, direction);
        var aside = way - direction * along;
        return along - MathF.Sqrt(MathF.Max(0, ball.Radius * ball.Radius - Spatial.Dot(aside, aside)));
    }

    private static Vector3 InCone(Vector3 axis, float cap, Vector2 at)
    {
        float down = at.X * cap, wide = MathF.Sqrt(MathF.Max(0, down * (2 - down)));
        var (cosine, sine) = Circle.At(at.Y);
        var (tangent, bitangent) = Spatial.Frame(axis);
        return Spatial.Unit(tangent * (wide * cosine) + bitangent * (wide * sine) + axis * (1 - down));
    }
}
