using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>A place on a surface that light comes to, in the world.</summary>
internal readonly struct ShadingPoint
{
    public readonly Vector3 Position, Flat, Albedo, Emission, View;
    private readonly Vector3 _x, _y, _z;
    private readonly Brdf _brdf;

    /// <param name="pose">Where the surface is at this sample's time.</param>
    /// <param name="direction">Of the ray that met it; any length.</param>
    public ShadingPoint(in Surface surface, in Pose pose, RayHit hit, Vector3 direction)
    {
        var local = surface.Local(hit.Primitive, hit.U, hit.V);
        Position = pose.Point(local);
        View = -Spatial.Unit(direction);
        var material = surface.Mesh.MaterialAt(hit.Primitive);
        Albedo = material.ColourAt(local, material.Texture is null ? default : surface.Uv(hit.Primitive, hit.U, hit.V));
        Emission = material.Emission;
        Flat = pose.Direction(surface.Normal(hit.Primitive));
        _z = Flat;
        if (surface.Mesh.Normals is { } normals)
        {
            int[] indices = surface.Mesh.Indices;
            int at = 3 * hit.Primitive;
            var smooth = Spatial.Unit(normals[indices[at]] * (1 - hit.U - hit.V) + normals[indices[at + 1]] * hit.U
                + normals[indices[at + 2]] * hit.V);
            if (smooth != default) _z = pose.Direction(smooth);
        }
        if (Spatial.Dot(Flat, View) < 0) Flat = -Flat;
        if (Spatial.Dot(_z, Flat) < 0) _z = -_z;
        // A smooth normal that looks away from the viewer is bent back until the view lies just above the surface.
        float above = Spatial.Dot(_z, View);
        if (above < 0.01f) _z = Spatial.Unit(_z + View * (0.011f - above));
        (_x, _y) = Spatial.Frame(_z);
        _brdf = new(Albedo, material.Metallic, material.Roughness);
    }

    public Vector3 Normal => _z;

    /// <summary>Where rays from here start: off the surface by more than single precision's error of place.</summary>
    public Vector3 Start
    {
        get
        {
            float far = MathF.Max(MathF.Abs(Position.X), MathF.Max(MathF.Abs(Position.Y), MathF.Abs(Position.Z)));
            return Position + Flat * (1e-4f + far * 1e-5f);
        }
    }

    public Vector3 Value(Vector3 light, out float pdf)
    {
        pdf = 0;
        return Spatial.Dot(light, Flat) > 0 ? _brdf.Value(In(View), In(light), out pdf) : default;
    }

    public bool Sample(ref PixelRandom random, out Vector3 light, out Vector3 weight, out float pdf)
    {
        bool found = _brdf.Sample(In(View), ref random, out var within, out weight, out pdf);
        light = _x * within.X + _y * within.Y + _z * within.Z;
        return found && Spatial.Dot(light, Flat) > 0;
    }

    private Vector3 In(Vector3 v) => new(Spatial.Dot(v, _x), Spatial.Dot(v, _y), Spatial.Dot(v, _z));
}
