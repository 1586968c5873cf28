using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Rays;

/// <summary>A box along the axes; empty where a minimum exceeds its maximum.</summary>
public readonly record struct Bounds(Vector3 Min, Vector3 Max)
{
    public static Bounds Empty { get; } = new(new(float.PositiveInfinity), new(float.NegativeInfinity));

    public bool IsEmpty => !(Min.X <= Max.X && Min.Y <= Max.Y && Min.Z <= Max.Z);

    public Vector3 Centre => (Min + Max) * 0.5f;

    public Vector3 Size => Max - Min;

    /// <summary>Half the surface; 0 where empty.</summary>
    public float HalfArea
    {
        get
        {
            if (IsEmpty) return 0;
            var d = Max - Min;
            return d.X * d.Y + d.Y * d.Z + d.Z * d.X;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bounds With(Vector3 point) => new(Vector3.Min(Min, point), Vector3.Max(Max, point));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Bounds With(Bounds other) => new(Vector3.Min(Min, other.Min), Vector3.Max(Max, other.Max));

    /// <summary>Corner 0 to 7: bit 0 chooses x, bit 1 y, bit 2 z.</summary>
    public Vector3 Corner(int index) =>
        new((index & 1) == 0 ? Min.X : Max.X, (index & 2) == 0 ? Min.Y : Max.Y, (index & 4) == 0 ? Min.Z : Max.Z);

    public static Bounds Of(ReadOnlySpan<Vector3> points)
    {
        var all = Empty;
        foreach (var point in points) all = all.With(point);
        return all;
    }
}
