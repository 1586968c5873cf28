using System.Numerics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// A ray: points Origin + t Direction with Near &lt; t &lt;= Far. The direction need not be of length 1; t counts in its lengths.
/// </summary>
public record struct Ray(Vector3 Origin, Vector3 Direction, float Near = 0, float Far = float.PositiveInfinity);

/// <summary>
/// Where a ray meets a surface. <see cref="U"/> and <see cref="V"/> are the weights of a triangle's second and third vertex. Of hits at the
/// same T the lowest (instance, primitive) is the one reported, so that results do not depend on the order of search.
/// </summary>
public record struct RayHit(int Instance, int Primitive, float T, float U, float V)
{
    public static RayHit None => new(-1, -1, float.PositiveInfinity, 0, 0);

    public readonly bool IsHit => Instance >= 0;

    internal readonly bool Yields(float t, int instance, int primitive) =>
        t < T || t == T && (instance < Instance || instance == Instance && primitive < Primitive);
}
