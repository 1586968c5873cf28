using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Description;

/// <summary>A named place of an actor, in the space of one of its parts.</summary>
/// <param name="Within">How far it lies under the actor's skin, in metres: it is seen where nothing stands further before it.</param>
public sealed record Keypoint(string Name, int Part, Vector3 Position, float Within = 0.01f);

/// <summary>A mesh within an actor, in the actor's space: a body stands still in it, a wheel turns.</summary>
public sealed record Part(Mesh Mesh, Motion Motion)
{
    public Part(Mesh mesh) : this(mesh, Motion.Still(Pose.Identity))
    {
    }
}

/// <summary>One thing that is labelled as a whole.</summary>
/// <param name="Class">Number of its semantic class, 1 to 65535; 0 is where nothing is.</param>
/// <param name="Motion">From its own space to the world.</param>
public sealed record Actor(string Name, int Class, IReadOnlyList<Part> Parts, Motion Motion, IReadOnlyList<Keypoint>? Keypoints = null)
{
    public Actor(string name, int kind, Mesh mesh, Pose pose) : this(name, kind, [new(mesh)], Motion.Still(pose))
    {
    }

    /// <summary>The box round all parts as they stand now, in the actor's space.</summary>
    public Bounds Box
    {
        get
        {
            var box = Bounds.Empty;
            foreach (var part in Parts)
                if (part.Motion.Now == Pose.Identity) box = box.With(part.Mesh.Box);
                else foreach (int index in part.Mesh.Indices) box = box.With(part.Motion.Now.Point(part.Mesh.Positions[index]));
            return box;
        }
    }
}

/// <summary>
/// What is there to see, for any renderer: metres, radians, right-handed axes, y up. Immutable. Actor i is number i + 1 in instance masks;
/// 0 is the sky.
/// </summary>
/// <param name="Ambient">
/// Irradiance from everywhere, unshadowed, that stands in for light from surface to surface where pictures have direct light alone; paths
/// find that light themselves and leave it out.
/// </param>
public sealed record Scene(IReadOnlyList<Actor> Actors, IReadOnlyList<Light> Lights, Sky? Sky = null, Fog? Fog = null,
    Vector3 Ambient = default)
{
    /// <summary>Every fault, each with the actor it belongs to; empty where the scene and camera can be rendered.</summary>
    public IReadOnlyList<string> Faults(Camera camera)
    {
        var faults = new List<string>();
        if (camera.Fault() is { } of) faults.Add(of);
        if (Fog is not null && !(Fog.Density >= 0 && float.IsFinite(Fog.Density))) faults.Add($"fog of density {Fog.Density}");
        if (Actors.Count > 65535) faults.Add($"{Actors.Count} actors; instance masks count to 65535");
        for (int i = 0; i < Actors.Count; i++)
        {
            var actor = Actors[i];
            string who = $"actor {i + 1} ({actor.Name}): ";
            if (actor.Class is < 1 or > 65535) faults.Add($"{who}class {actor.Class} is not within 1 to 65535");
            if (!actor.Motion.IsRigid || actor.Parts.Any(p => !p.Motion.IsRigid)) faults.Add($"{who}its motion is not rigid");
            foreach (var material in actor.Parts.SelectMany(p => p.Mesh.Materials).Distinct())
                if (material.Fault() is { } fault) faults.Add($"{who}material {material.Name}: {fault}");
            foreach (var point in actor.Keypoints ?? [])
                if ((uint)point.Part >= (uint)actor.Parts.Count)
                    faults.Add($"{who}keypoint {point.Name} is on part {point.Part} of {actor.Parts.Count}");
        }
        return faults;
    }
}
