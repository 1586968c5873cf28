using System.Numerics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Shading;

/// <summary>
/// glTF's metallic-roughness surface: a Lambert base under a GGX gloss (Walter et al. 2007; height-correlated Smith masking, Heitz 2014;
/// Schlick's Fresnel; visible normals sampled after Heitz, JCGT 7(4), 2018). Directions are unit and in the surface's frame, normal z.
/// </summary>
public readonly struct Brdf
{
    private readonly Vector3 _diffuse, _f0;
    private readonly float _alpha;

    public Brdf(Vector3 baseColour, float metallic, float roughness)
    {
        _f0 = new Vector3(0.04f) + (baseColour - new Vector3(0.04f)) * metallic;
        _diffuse = baseColour * ((1 - metallic) / MathF.PI);
        float r = MathF.Max(roughness, 0.03f);
        _alpha = r * r;
    }

    /// <summary>Value times cosine, and the density at which <see cref="Sample"/> would choose the direction.</summary>
    public Vector3 Value(Vector3 view, Vector3 light, out float pdf)
    {
        pdf = 0;
        if (!(view.Z > 0 && light.Z > 0)) return default;
        var value = Value(view, light, _alpha * _alpha, out float d);
        float square = _alpha * _alpha, shine = Shine(view);
        float masking = 2 * view.Z / (view.Z + MathF.Sqrt(square + (1 - square) * view.Z * view.Z));
        pdf = shine * masking * d / (4 * view.Z) + (1 - shine) * light.Z / MathF.PI;
        return value;
    }

    /// <summary>Value times cosine alone.</summary>
    public Vector3 Value(Vector3 view, Vector3 light) =>
        view.Z > 0 && light.Z > 0 ? Value(view, light, _alpha * _alpha, out _) : default;

    private Vector3 Value(Vector3 view, Vector3 light, float square, out float d)
    {
        var half = Spatial.Unit(view + light);
        float toHalf = Spatial.Dot(view, half);
        float bent = half.Z * half.Z * (square - 1) + 1;
        d = square / (MathF.PI * bent * bent);
        float lambdaV = light.Z * MathF.Sqrt(view.Z * view.Z * (1 - square) + square);
        float lambdaL = view.Z * MathF.Sqrt(light.Z * light.Z * (1 - square) + square);
        var fresnel = Fresnel(toHalf);
        var gloss = fresnel * (d * 0.5f / (lambdaV + lambdaL));
        return (gloss + (Vector3.One - fresnel) * _diffuse) * light.Z;
    }

    /// <summary>A direction to look for light in; false where it falls below the surface.</summary>
    public bool Sample(Vector3 view, ref PixelRandom random, out Vector3 light, out Vector3 weight, out float pdf)
    {
        Vector2 choice = random.Pair(), at = random.Pair();
        if (choice.X < Shine(view))
        {
            var half = VisibleNormal(view, at);
            light = half * (2 * Spatial.Dot(view, half)) - view;
        }
        else
        {
            float radius = MathF.Sqrt(at.X);
            var (cosine, sine) = Circle.At(at.Y);
            light = new(radius * cosine, radius * sine, MathF.Sqrt(MathF.Max(0, 1 - at.X)));
        }
        weight = Value(view, light, out pdf);
        if (!(pdf > 0)) return false;
        weight *= 1 / pdf;
        return true;
    }

    private Vector3 Fresnel(float cos)
    {
        float x = Math.Clamp(1 - cos, 0, 1), x2 = x * x;
        return _f0 + (Vector3.One - _f0) * (x2 * x2 * x);
    }

    // How often the gloss is sampled: its share of what this view gets back, kept off 0 and 1.
    private float Shine(Vector3 view)
    {
        float gloss = Brightness(Fresnel(view.Z)), matt = Brightness(_diffuse) * MathF.PI;
        return gloss + matt > 0 ? Math.Clamp(gloss / (gloss + matt), 0.1f, matt > 0 ? 0.9f : 1) : 0.5f;
    }

    private Vector3 VisibleNormal(Vector3 view, Vector2 at)
    {
        var stretched = Spatial.Unit(new Vector3(_alpha * view.X, _alpha * view.Y, view.Z));
        float flat = stretched.X * stretched.X + stretched.Y * stretched.Y;
        var first = flat > 0 ? new Vector3(-stretched.Y, stretched.X, 0) * (1 / MathF.Sqrt(flat)) : Vector3.UnitX;
        var second = Spatial.Cross(stretched, first);
        var (cosine, sine) = Circle.At(at.Y);
        float radius = MathF.Sqrt(at.X), x = radius * cosine, y = radius * sine;
        float s = 0.5f * (1 + stretched.Z);
        y = (1 - s) * MathF.Sqrt(MathF.Max(0, 1 - x * x)) + s * y;
        var normal = first * x + second * y + stretched * MathF.Sqrt(MathF.Max(0, 1 - x * x - y * y));
        return Spatial.Unit(new Vector3(_alpha * normal.X, _alpha * normal.Y, MathF.Max(1e-6f, normal.Z)));
    }

    internal static float Brightness(Vector3 c) => 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;
}
