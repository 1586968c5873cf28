using System.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Tests.Scenes.Shading;

/// <summary>Numbers of one sample of one pixel, from the definitions: Sobol's matrices, and scrambling bit by bit.</summary>
internal sealed class OnePathsNumbers(RandomStream stream, int frame, int pixel, int sample)
{
    private readonly (uint A, uint B, uint C, uint D) _key = stream.Bits((long)frame << 32 | (uint)pixel, 0, 0);

    public Vector2 Pair(int pair)
    {
        uint key = Mixed(_key.A ^ unchecked((uint)pair * 0x9E3779B9u));
        uint index = Scrambled((uint)sample, key);
        uint across = 0, along = 0, column = 1u << 31;
        for (int bit = 0; bit < 32; bit++)
        {
            if ((index >> bit & 1) != 0) (across, along) = (across ^ 1u << (31 - bit), along ^ column);
            // The next direction number of the polynomial x + 1: twice the one before, plus itself.
            column ^= column >> 1;
        }
        unchecked
        {
            across = Scrambled(across, _key.B + key * 0x2545F491u);
            along = Scrambled(along, _key.C + key * 0xDA942043u);
        }
        return new((across >> 8) / (float)(1 << 24), (along >> 8) / (float)(1 << 24));
    }

    // Every bit may be turned over, by a hash of the bits above it.
    private static uint Scrambled(uint value, uint key)
    {
        uint v = Turned(value);
        unchecked
        {
            v += key;
            foreach (uint factor in (uint[])[0x6C50B47C, 0xB82F1E52, 0xC7AFE638, 0x8D22F6E6]) v ^= v * factor;
        }
        return Turned(v);
    }

    private static uint Turned(uint v) => Convert.ToUInt32(new string([.. Convert.ToString(v, 2).PadLeft(32, '0').Reverse()]), 2);

    private static uint Mixed(uint v)
    {
        unchecked
        {
            v = (v ^ v >> 16) * 0x85EBCA6B;
            v = (v ^ v >> 13) * 0xC2B2AE35;
            return v ^ v >> 16;
        }
    }
}

/// <summary>A place on a surface, its frame, and what it does with light: the scalar form of <see cref="ShadeTile"/>.</summary>
internal readonly struct OnePlace
{
    public readonly ShadingPoint Point;
    public readonly Vector3 Albedo, Emission;
    private readonly Vector3 _x, _y, _mirror, _matt;
    private readonly Brdf _brdf;
    private readonly float _alpha;

    public OnePlace(Moment moment, RayHit hit, Vector3 direction)
    {
        var surface = moment.Stage.Surfaces[hit.Instance];
        Point = moment.Point(hit, direction);
        var material = surface.Mesh.MaterialAt(hit.Primitive);
        Albedo = material.ColourAt(surface.Local(hit.Primitive, hit.U, hit.V), surface.Uv(hit.Primitive, hit.U, hit.V));
        Emission = material.Emission;
        (_x, _y) = Spatial.Frame(Point.Normal);
        _brdf = new(Albedo, material.Metallic, material.Roughness);
        _alpha = MathF.Pow(MathF.Max(material.Roughness, .03f), 2);
        _mirror = Vector3.Lerp(new(.04f), Albedo, material.Metallic);
        _matt = Albedo * (1 - material.Metallic);
    }

    /// <summary>Off the surface by more than rounding.</summary>
    public Vector3 Start
    {
        get
        {
            var far = Vector3.Abs(Point.Position);
            return Point.Position + Point.Flat * (1e-4f + MathF.Max(far.X, MathF.Max(far.Y, far.Z)) * 1e-5f);
        }
    }

    public Vector3 Value(Vector3 light) =>
        Spatial.Dot(light, Point.Flat) > 0 ? _brdf.Value(In(Point.View), In(light)) : default;

    /// <summary>The density of the directions that <see cref="Sample"/> gives (Heitz 2018, equations 3 and 17).</summary>
    public float Density(Vector3 light)
    {
        Vector3 v = In(Point.View), l = In(light);
        if (!(v.Z > 0 && l.Z > 0)) return 0;
        double square = (double)_alpha * _alpha, z = Vector3.Normalize(v + l).Z, bent = z * z * (square - 1) + 1;
        double normals = square / (Math.PI * bent * bent), masking = 2 * v.Z / (v.Z + Math.Sqrt(square + (1 - square) * v.Z * v.Z));
        return (float)(Shine(v) * masking * normals / (4 * v.Z) + (1 - Shine(v)) * l.Z / Math.PI);
    }

    public Vector3 Sample(float choice, Vector2 at)
    {
        var view = In(Point.View);
        Vector3 light;
        if (choice < Shine(view))
        {
            var half = VisibleNormal(view, at);
            light = 2 * Vector3.Dot(view, half) * half - view;
        }
        else
        {
            float radius = MathF.Sqrt(at.X);
            light = new(radius * MathF.Cos(MathF.Tau * at.Y), radius * MathF.Sin(MathF.Tau * at.Y), MathF.Sqrt(MathF.Max(0, 1 - at.X)));
        }
        return _x * light.X + _y * light.Y + Point.Normal * light.Z;
    }

    private float Shine(Vector3 view)
    {
        var fresnel = _mirror + (Vector3.One - _mirror) * MathF.Pow(Math.Clamp(1 - view.Z, 0, 1), 5);
        float gloss = Brdf.Brightness(fresnel), matt = Brdf.Brightness(_matt);
        return gloss + matt > 0 ? Math.Clamp(gloss / (gloss + matt), .1f, matt > 0 ? .9f : 1) : .5f;
    }

    private Vector3 VisibleNormal(Vector3 view, Vector2 at)
    {
        var stretched = Vector3.Normalize(new(_alpha * view.X, _alpha * view.Y, view.Z));
        float flat = stretched.X * stretched.X + stretched.Y * stretched.Y;
        var first = flat > 0 ? new Vector3(-stretched.Y, stretched.X, 0) / MathF.Sqrt(flat) : Vector3.UnitX;
        var second = Vector3.Cross(stretched, first);
        float radius = MathF.Sqrt(at.X), x = radius * MathF.Cos(MathF.Tau * at.Y), y = radius * MathF.Sin(MathF.Tau * at.Y);
        float s = .5f * (1 + stretched.Z);
        y = (1 - s) * MathF.Sqrt(MathF.Max(0, 1 - x * x)) + s * y;
        var normal = first * x + second * y + stretched * MathF.Sqrt(MathF.Max(0, 1 - x * x - y * y));
        return Vector3.Normalize(new(_alpha * normal.X, _alpha * normal.Y, MathF.Max(1e-6f, normal.Z)));
    }

    private Vector3 In(Vector3 v) => new(Spatial.Dot(v, _x), Spatial.Dot(v, _y), Spatial.Dot(v, Point.Normal));
}

/// <summary>Light along one path, place after place, ray by ray: what <see cref="PathTracer"/> must come to.</summary>
internal static class PathsOneByOne
{
    public static Vector3 Radiance(Moment moment, Vector3 from, Vector3 direction, int bounces, OnePathsNumbers numbers)
    {
        var scene = moment.Stage.Scene;
        Vector3 light = default, weight = Vector3.One;
        float density = 0;
        for (int place = 0; ; place++)
        {
            var hit = moment.Tree.Closest(new Ray(from, direction));
            if (place > 0)
                foreach (var lamp in scene.Lights)
                    if (LightSampling.Meet(lamp, from, direction, hit.T) is { Pdf: > 0 } met)
                        light += weight * met.Radiance * (density * scene.Lights.Count / (met.Pdf + density * scene.Lights.Count));
            if (!hit.IsHit) return light + weight * (scene.Sky?.Quick(Spatial.Unit(direction)) ?? default);
            var at = new OnePlace(moment, hit, direction);
            int pair = 2 + 4 * place;
            light += weight * at.Emission;
            if (scene.Lights.Count > 0) light += weight * Asked(moment, at, place == bounces, numbers, pair);
            if (place == bounces) return light;
            direction = at.Sample(numbers.Pair(pair).Y, numbers.Pair(pair + 2));
            density = at.Density(direction);
            if (!(density > 0) || !(Spatial.Dot(direction, at.Point.Flat) > 0)) return light;
            weight *= at.Value(direction) / density;
            if (place > 0)
            {
                float most = MathF.Min(.95f, MathF.Max(weight.X, MathF.Max(weight.Y, weight.Z)));
                if (numbers.Pair(pair + 3).X >= most) return light;
                weight /= most;
            }
            from = at.Start;
        }
    }

    private static Vector3 Asked(Moment moment, OnePlace at, bool last, OnePathsNumbers numbers, int pair)
    {
        var lights = moment.Stage.Scene.Lights;
        int which = lights.Count == 1 ? 0 : Math.Min(lights.Count - 1, (int)(numbers.Pair(pair).X * lights.Count));
        var sample = LightSampling.Sample(lights[which], at.Point.Position, numbers.Pair(pair + 1));
        var value = Unblocked(at, sample) * lights.Count;
        if (value == default) return default;
        if (sample.Pdf > 0 && !last) value *= sample.Pdf / (sample.Pdf + at.Density(sample.Direction) * lights.Count);
        return moment.Tree.Any(Shadow(at.Start, sample)) ? default : value;
    }

    /// <summary>What a light sample would give were nothing in its way.</summary>
    public static Vector3 Unblocked(in OnePlace at, LightSample sample)
    {
        var value = at.Value(sample.Direction) * sample.Radiance;
        return sample.Pdf > 0 ? value * (1 / sample.Pdf) : value;
    }

    public static Ray Shadow(Vector3 start, LightSample sample) =>
        new(start, sample.Direction, 0, float.IsInfinity(sample.Distance) ? sample.Distance : sample.Distance * .9999f);
}
