using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>The actors of a scene as they come on, with the numbers of their classes.</summary>
internal sealed class Cast(SceneClasses classes)
{
    public List<Actor> Actors { get; } = [];

    public int Class(string name) => classes.All.FirstOrDefault(c => c.Name == name)?.Number
        ?? throw new ArgumentException($"the world has no class '{name}'", nameof(name));

    public void Add(string kind, Mesh mesh, Pose pose) => Actors.Add(new(Name(kind), Class(kind), mesh, pose));

    public void Add(string kind, Mesh mesh, Vector3 at) => Add(kind, mesh, Pose.At(at));

    public void Add(string kind, IReadOnlyList<Part> parts, Motion motion) => Actors.Add(new(Name(kind), Class(kind), parts, motion));

    public void Add(string kind, Func<string, int, Actor> make) => Actors.Add(make(Name(kind), Class(kind)));

    /// <summary>The pose of what stands at a place and is turned about the vertical.</summary>
    public static Pose Standing(Vector3 at, float turn) => Pose.Turn(Vector3.UnitY, turn, at);

    private string Name(string kind) => $"{kind} {Actors.Count(a => a.Class == Class(kind)) + 1}";
}
