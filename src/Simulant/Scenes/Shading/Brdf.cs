using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Shading;

/// <summary>
/// glTF's metallic-roughness surface: a Lambert base under a GGX gloss (Walter et al. 2007; height-correlated Smith masking, Heitz 2014;
/// Schlick's Fresnel); light is looked for by <see cref="ShadeTile"/>. Directions are unit and in the surface's frame, normal z.
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

    /// <summary>Value times cosine; 0 where view or light lies below the surface.</summary>
    public Vector3 Value(Vector3 view, Vector3 light)
    {
        if (!(view.Z > 0 && light.Z > 0)) return default;
        float square = _alpha * _alpha;
        var half = Spatial.Unit(view + light);
        float bent = half.Z * half.Z * (square - 1) + 1, d = square / (MathF.PI * bent * bent);
        float lambdaV = light.Z * MathF.Sqrt(view.Z * view.Z * (1 - square) + square);
        float lambdaL = view.Z * MathF.Sqrt(light.Z * light.Z * (1 - square) + square);
        var fresnel = Fresnel(Spatial.Dot(view, half));
        var gloss = fresnel * (d * 0.5f / (lambdaV + lambdaL));
        return (gloss + (Vector3.One - fresnel) * _diffuse) * light.Z;
    }

    private Vector3 Fresnel(float cos)
    {
        float x = Math.Clamp(1 - cos, 0, 1), x2 = x * x;
        return _f0 + (Vector3.One - _f0) * (x2 * x2 * x);
    }

    internal static float Brightness(Vector3 c) => 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;
}
