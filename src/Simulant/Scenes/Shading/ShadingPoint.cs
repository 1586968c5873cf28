using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>A place on a surface that a ray met, in the world: what <see cref="ShadeTile"/> finds for sixteen at once.</summary>
internal readonly struct ShadingPoint
{
    /// <summary>Where; the triangle's unit normal and the smooth one, on the viewer's side; and the direction to the viewer.</summary>
    public readonly Vector3 Position, Flat, Normal, View;

    /// <param name="pose">Where the surface is at this sample's time.</param>
    /// <param name="direction">Of the ray that met it; any length.</param>
    public ShadingPoint(in Surface surface, in Pose pose, RayHit hit, Vector3 direction)
    {
        Position = pose.Point(surface.Local(hit.Primitive, hit.U, hit.V));
        View = -Spatial.Unit(direction);
        Flat = pose.Direction(surface.Normal(hit.Primitive));
        Normal = Flat;
        if (surface.Mesh.Normals is { } normals)
        {
            int[] indices = surface.Mesh.Indices;
            int at = 3 * hit.Primitive;
            var smooth = Spatial.Unit(normals[indices[at]] * (1 - hit.U - hit.V) + normals[indices[at + 1]] * hit.U
                + normals[indices[at + 2]] * hit.V);
            if (smooth != default) Normal = pose.Direction(smooth);
        }
        if (Spatial.Dot(Flat, View) < 0) Flat = -Flat;
        if (Spatial.Dot(Normal, Flat) < 0) Normal = -Normal;
        // A smooth normal that looks away from the viewer is bent back until the view lies just above the surface.
        float above = Spatial.Dot(Normal, View);
        if (above < 0.01f) Normal = Spatial.Unit(Normal + View * (0.011f - above));
    }
}
