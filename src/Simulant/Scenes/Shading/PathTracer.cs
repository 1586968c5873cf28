using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Shading;

/// <summary>
/// Light along paths from the eye (Kajiya 1986): at each place one light is asked and one direction followed, weighed together by the
/// balance heuristic (Veach and Guibas 1995), and dim paths end by Russian roulette.
/// </summary>
internal static class PathTracer
{
    /// <summary>Light that leaves a camera ray's first hit towards the eye.</summary>
    public static Vector3 Radiance(Moment moment, RayHit hit, Vector3 direction, int bounces, ref PixelRandom random)
    {
        var scene = moment.Stage.Scene;
        Vector3 light = default, weight = Vector3.One;
        for (int bounce = 0; ; bounce++)
        {
            var point = moment.Point(hit, direction);
            light += weight * point.Emission;
            if (scene.Lights.Count > 0) light += weight * Asked(moment, point, bounce == bounces, ref random);
            if (bounce == bounces) return light;
            if (!point.Sample(ref random, out direction, out var factor, out float pdf)) return light;
            weight *= factor;
            if (bounce > 0 && !Survives(ref weight, ref random)) return light;
            var from = point.Start;
            hit = moment.Tree.Closest(new Ray(from, direction));
            light += weight * Met(scene, from, direction, hit.T, pdf);
            if (!hit.IsHit) return light + weight * (scene.Sky?.Quick(direction) ?? default);
        }
    }

    private static bool Survives(ref Vector3 weight, ref PixelRandom random)
    {
        float most = MathF.Min(0.95f, MathF.Max(weight.X, MathF.Max(weight.Y, weight.Z)));
        if (random.Pair().X >= most) return false;
        weight *= 1 / most;
        return true;
    }

    private static Vector3 Asked(Moment moment, in ShadingPoint point, bool last, ref PixelRandom random)
    {
        var lights = moment.Stage.Scene.Lights;
        int which = lights.Count == 1 ? 0 : Math.Min(lights.Count - 1, (int)(random.Pair().X * lights.Count));
        var sample = LightSampling.Sample(lights[which], point.Position, random.Pair());
        var value = Unblocked(point, sample, out float pdf) * lights.Count;
        if (value == default) return default;
        // Both ways to this light: asked for it, or met by chance; the last place of a path only asks.
        if (sample.Pdf > 0 && !last) value *= sample.Pdf / (sample.Pdf + pdf * lights.Count);
        var start = point.Start;
        return moment.Tree.Any(Shadow(start, sample)) ? default : value;
    }

    /// <summary>What a light sample would give were nothing in its way; the surface's density for it.</summary>
    public static Vector3 Unblocked(in ShadingPoint point, LightSample sample, out float pdf)
    {
        pdf = 0;
        if (sample.Radiance == default) return default;
        var value = point.Value(sample.Direction, out pdf) * sample.Radiance;
        return sample.Pdf > 0 ? value * (1 / sample.Pdf) : value;
    }

    public static Ray Shadow(Vector3 start, LightSample sample) =>
        new(start, sample.Direction, 0, float.IsInfinity(sample.Distance) ? sample.Distance : sample.Distance * 0.9999f);

    private static Vector3 Met(Scene scene, Vector3 from, Vector3 direction, float far, float pdf)
    {
        Vector3 sum = default;
        foreach (var light in scene.Lights)
        {
            var met = LightSampling.Meet(light, from, direction, far);
            if (met.Pdf > 0) sum += met.Radiance * (pdf * scene.Lights.Count / (met.Pdf + pdf * scene.Lights.Count));
        }
        return sum;
    }
}
