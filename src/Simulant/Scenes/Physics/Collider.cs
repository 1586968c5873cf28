using System.Numerics;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics;

/// <summary>
/// The shape that collides, in its body's space: metres, y up. Solid ones have mass and may move; planes, heightfields and meshes are
/// ground,
/// and stand still. Immutable.
/// </summary>
public abstract record Collider
{
    /// <summary>No shape is thinner or smaller than this, in metres: below it contacts would be rounding.</summary>
    public const float Least = 1e-4f;

    /// <summary>No shape is larger than this, in metres.</summary>
    public const float Most = 1e5f;

    private protected Collider()
    {
    }

    /// <summary>The convex body about its centre of mass; none for ground.</summary>
    internal abstract Polytope? Convex { get; }

    /// <summary>Mass properties at a density; of no mass for ground.</summary>
    internal abstract MassProperties MassOf(double density);

    private protected static float Checked(float size, string what) => size >= Least && size <= Most
        ? size : throw new ArgumentException($"{what} of {size} m is not within {Least} to {Most} m");
}

/// <param name="Radius">Metres.</param>
public sealed record SphereCollider(float Radius) : Collider
{
    public float Radius { get; } = Checked(Radius, "a radius");

    internal override Polytope Convex => Polytope.Sphere(Radius);

    internal override MassProperties MassOf(double density) => MassProperties.Sphere(Radius, density);
}

/// <param name="Size">Whole lengths of the sides in metres; the box lies about its centre.</param>
public sealed record BoxCollider(Vector3 Size) : Collider
{
    public Vector3 Size { get; } = new(Checked(Size.X, "a side"), Checked(Size.Y, "a side"), Checked(Size.Z, "a side"));

    internal override Polytope Convex => Polytope.Box(Vec3.Of(Size) * 0.5);

    internal override MassProperties MassOf(double density) => MassProperties.Box(Vec3.Of(Size), density);
}

/// <summary>About its centre, along y.</summary>
/// <param name="Height">From end to end, at least twice the radius.</param>
public sealed record CapsuleCollider(float Radius, float Height) : Collider
{
    public float Radius { get; } = Checked(Radius, "a radius");

    public float Height { get; } = Checked(Height, "a height") >= 2 * Radius
        ? Height : throw new ArgumentException($"a capsule of radius {Radius} is at least {2 * Radius} high, not {Height}");

    private double Half => Height / 2.0 - Radius;

    internal override Polytope Convex => Half > 0 ? Polytope.Capsule(Half, Radius) : Polytope.Sphere(Radius);

    internal override MassProperties MassOf(double density) => MassProperties.Capsule(Half, Radius, density);
}

/// <summary>The half space below y = 0 of the body's space. Only for bodies that stand still.</summary>
public sealed record PlaneCollider : Collider
{
    internal override Polytope? Convex => null;

    internal override MassProperties MassOf(double density) => default;
}
