using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Rays;

/// <summary>
/// A ball round a mesh in the world: round things fill little of their boxes, and a ray that misses the ball need not be brought into the
/// mesh's space. Rays that rounding leaves in doubt are let through.
/// </summary>
internal readonly struct Ball(Vector3 centre, float radius)
{
    // Rounding of a distance, as a part of the way from the ray's start to the centre, squared.
    private const float Slack = 4e-6f;

    private readonly Vector3 _centre = centre;
    private readonly float _square = radius * radius * (1 + 1e-5f);

    /// <summary>Whether the ray may meet what is inside.</summary>
    /// <param name="length">The direction's length, squared.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Meets(Vector3 origin, Vector3 direction, float length)
    {
        var way = _centre - origin;
        float far = Spatial.Dot(way, way), along = Spatial.Dot(way, direction), most = _square + far * Slack;
        return far * length - along * along <= most * length && (along >= 0 || far <= most);
    }

    /// <summary>Whether any of sixteen may.</summary>
    public unsafe bool MeetsAny(float* origins, float* directions)
    {
        for (int h = 0; h < RayPacket.Count; h += 8)
        {
            Pack way = Pack.Of(_centre) - Pack.At(origins + h), direction = Pack.At(directions + h);
            Vector256<float> far = way.Dot(way), along = way.Dot(direction), length = direction.Dot(direction);
            var most = Vector256.Create(_square) + far * Vector256.Create(Slack);
            var meets = Vector256.LessThanOrEqual(far * length - along * along, most * length)
                & (Vector256.GreaterThanOrEqual(along, Vector256<float>.Zero) | Vector256.LessThanOrEqual(far, most));
            if (meets.ExtractMostSignificantBits() != 0) return true;
        }
        return false;
    }
}
