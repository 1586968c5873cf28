using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Physics;

/// <summary>A place to drop things into.</summary>
/// <param name="Width">Metres along x, about the origin.</param>
/// <param name="Depth">Metres along z.</param>
/// <param name="Walls">Whether unseen walls keep things within; without them they may roll away.</param>
public sealed record DropPlace(float Width, float Depth, bool Walls = true)
{
    /// <summary>What stands there and holds still: a floor of y = 0 where none is given.</summary>
    public IReadOnlyList<RigidBody>? Ground { get; init; }

    /// <summary>Height above which things start, in metres.</summary>
    public float From { get; init; } = 0.1f;
}

/// <summary>How things came to lie.</summary>
/// <param name="Poses">Of each, in the order given.</param>
/// <param name="AtRest">Whether everything came to rest in time.</param>
/// <param name="Seconds">Of the world's time.</param>
public sealed record Dropped(IReadOnlyList<Pose> Poses, bool AtRest, double Seconds);

/// <summary>Puts things into scenes as they would come to lie.</summary>
public static class Placing
{
    /// <summary>No more things than this are dropped at once.</summary>
    public const int Most = 20_000;

    // Of the largest thing's reach: so far apart that none touch as they start, whichever way they are turned.
    private const float Room = 2.05f;

    /// <summary>
    /// Drops things from layers above a place, each turned at random and shifted within its cell, and waits until all lie still. What
    /// thing i starts as depends on the seed and i alone.
    /// </summary>
    /// <param name="things">Of dynamic bodies; their poses are not used.</param>
    /// <param name="seconds">Longest time of the world.</param>
    /// <exception cref="ArgumentException">Nothing to drop, too much, a thing too large for the place, or a fault of a body.</exception>
    public static Dropped Drop(IReadOnlyList<RigidBody> things, DropPlace place, RunContext run, double seconds = 20)
    {
        var spec = World(things, place, run.Seed);
        var world = new PhysicsWorld(spec, run);
        bool rest = world.Settle(seconds);
        return new([.. Enumerable.Range(spec.Bodies.Count - things.Count, things.Count).Select(world.PoseOf)], rest, world.Time);
    }

    /// <summary>The world before it is stepped: ground, walls, then the things.</summary>
    public static WorldSpec World(IReadOnlyList<RigidBody> things, DropPlace place, ulong seed)
    {
        if (things.Count is < 1 or > Most) throw new ArgumentException($"{things.Count} things are not 1 to {Most}");
        if (!(place.Width is > 0 and <= 1e4f && place.Depth is > 0 and <= 1e4f && MathF.Abs(place.From) <= 1e4f))
            throw new ArgumentException($"a place of {place.Width} by {place.Depth} m, from {place.From} m up, is not within 10,000 m");
        if (things.FirstOrDefault(t => t.Kind != BodyKind.Dynamic || t.Collider.Convex is null) is { } still)
            throw new ArgumentException($"{still.Name} does not move, so that it cannot be dropped");
        float reach = (float)things.Max(t => t.Collider.Convex!.Reach + t.Collider.MassOf(1).Centre.Length), cell = Room * reach;
        int across = (int)(place.Width / cell), along = (int)(place.Depth / cell);
        if (across < 1 || along < 1)
            throw new ArgumentException($"a thing of {2 * reach} m does not fit into {place.Width} by {place.Depth} m; make room");
        var bodies = new List<RigidBody>(place.Ground ?? [new("floor", new PlaneCollider(), Pose.Identity) { Kind = BodyKind.Static }]);
        if (place.Walls) bodies.AddRange(Walls(place, place.From + cell * (1 + things.Count / (across * along)) + reach));
        var draws = new RandomStream(seed, "physics/drop");
        for (int i = 0; i < things.Count; i++)
        {
            int layer = i / (across * along), row = i / across % along, column = i % across;
            var (u, v) = draws.UniformPair(i, 0);
            float Within(int k, int cells, float size, double draw) =>
                ((k + 0.5f) / cells - 0.5f) * size + (size / cells - 2 * reach) * ((float)draw - 0.5f);
            float x = Within(column, across, place.Width, u), z = Within(row, along, place.Depth, v);
            var at = new Vector3(x, place.From + reach + layer * cell, z);
            var axis = new Vector3((float)draws.Normal(i, 1), (float)draws.Normal(i, 2), (float)draws.Normal(i, 3) + 1e-6f);
            bodies.Add(things[i] with { Pose = Pose.Turn(axis, (float)(2 * Math.PI * draws.Uniform(i, 4)), at) });
        }
        return new(bodies);
    }

    private static IEnumerable<RigidBody> Walls(DropPlace place, float height)
    {
        const float Thick = 0.5f;
        float x = (place.Width + Thick) / 2, z = (place.Depth + Thick) / 2;
        RigidBody Wall(Vector3 size, Vector3 at) => new("wall", new BoxCollider(size), Pose.At(at with { Y = height / 2 }))
        { Kind = BodyKind.Static, Surface = new(0.2f) };
        yield return Wall(new(Thick, height, place.Depth), new(-x, 0, 0));
        yield return Wall(new(Thick, height, place.Depth), new(x, 0, 0));
        yield return Wall(new(place.Width + 2 * Thick, height, Thick), new(0, 0, -z));
        yield return Wall(new(place.Width + 2 * Thick, height, Thick), new(0, 0, z));
    }
}
