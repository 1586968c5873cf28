using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Labels;

/// <summary>A part of an actor at its places in the world.</summary>
/// <param name="Actor">Index of the actor.</param>
public readonly record struct Surface(int Actor, Mesh Mesh, Pose Before, Pose Now, Pose After)
{
    /// <summary>The point of a triangle with weights (1 - u - v, u, v), in the mesh's space.</summary>
    public Vector3 Local(int primitive, float u, float v)
    {
        int[] indices = Mesh.Indices;
        int at = 3 * primitive;
        return Mesh.Positions[indices[at]] * (1 - u - v) + Mesh.Positions[indices[at + 1]] * u + Mesh.Positions[indices[at + 2]] * v;
    }

    /// <summary>The triangle's own unit normal, in the mesh's space, on its front.</summary>
    public Vector3 Normal(int primitive) => Mesh.Flat[primitive];

    /// <summary>Texture coordinates; (0, 0) where the mesh has none.</summary>
    public Vector2 Uv(int primitive, float u, float v)
    {
        if (Mesh.Uvs is not { } uvs) return default;
        int[] indices = Mesh.Indices;
        int at = 3 * primitive;
        return uvs[indices[at]] * (1 - u - v) + uvs[indices[at + 1]] * u + uvs[indices[at + 2]] * v;
    }
}

/// <summary>A scene made ready for one camera: hierarchies built, motions worked out. Any number of threads may ask it.</summary>
public sealed class Stage
{
    public Stage(Scene scene, Camera camera)
    {
        if (scene.Faults(camera) is { Count: > 0 } faults) throw new ArgumentException(string.Join("; ", faults));
        (Scene, Camera) = (scene, camera);
        Surfaces =
        [
            .. scene.Actors.SelectMany((actor, i) => actor.Parts.Select(part =>
            {
                var motion = actor.Motion.Carry(part.Motion);
                return new Surface(i, part.Mesh, motion.Before, motion.Now, motion.After);
            })),
        ];
        Tree = new([.. Surfaces.Select(s => s.Mesh.Tree)], [.. Surfaces.Select(s => s.Now)]);
        WorldToCamera = camera.Pose.Inverse();
    }

    public Scene Scene { get; }

    public Camera Camera { get; }

    public Surface[] Surfaces { get; }

    public InstanceTree Tree { get; }

    public Pose WorldToCamera { get; }

    /// <summary>The ray through image coordinates; its t is depth z.</summary>
    public Ray RayThrough(float u, float v) => new(Camera.Pose.Translation, Camera.Pose.Direction(Camera.Direction(u, v)));
}
