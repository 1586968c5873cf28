using System.Numerics;
using Simulant.Numerics.Physics;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Physics;

/// <summary>The convex hull of points, in the body's space.</summary>
public sealed record HullCollider : Collider
{
    private readonly Polytope _hull, _centred;
    private readonly MassProperties _mass;

    /// <param name="points">At least four, not all in one plane; finite.</param>
    /// <param name="mostVertices">4 to 1,024; where the hull has more, those furthest out are kept.</param>
    /// <exception cref="ArgumentException">What is no hull of a size that can collide.</exception>
    public HullCollider(IEnumerable<Vector3> points, int mostVertices = 64)
    {
        (_hull, LeftOut) = QuickHull.Of([.. points.Select(Vec3.Of)], mostVertices);
        _mass = MassProperties.Hull(_hull, 1);
        _centred = _hull.About(_mass.Centre);
        Checked((float)_centred.Reach, "a hull's reach");
        if (!(_mass.Mass > (double)Least * Least * Least)) throw new ArgumentException($"a hull of {_mass.Mass} m3 is too flat to collide");
    }

    /// <summary>
    /// How far the furthest point lies outside the hull, in metres: above zero where there were more vertices than were wanted.
    /// </summary>
    public double LeftOut { get; }

    public int Vertices => _hull.Vertices.Length;

    /// <summary>The hull of a mesh's vertices.</summary>
    public static HullCollider Of(Mesh mesh, int mostVertices = 64) => new(mesh.Positions, mostVertices);

    internal override Polytope Convex => _centred;

    internal override MassProperties MassOf(double density) => new(_mass.Mass * density, _mass.Centre, _mass.Inertia * density);
}
