using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Simulant.Numerics.Rays;

/// <summary>
/// Numbers that stand still in memory and begin at a cache line, so that no eight of them that are loaded together lie across two.
/// </summary>
internal sealed unsafe class LineFloats
{
    private const int LineBytes = 64;

    private readonly float[] _held;
    private readonly int _first, _count;

    /// <summary>Not set to anything.</summary>
    public LineFloats(int count)
    {
        _count = count;
        _held = GC.AllocateUninitializedArray<float>(count + LineBytes / sizeof(float), pinned: true);
        long at = (long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_held));
        _first = (int)((-at & (LineBytes - 1)) / sizeof(float));
        Start = (float*)at + _first;
    }

    /// <summary>Valid for as long as this is held.</summary>
    public float* Start { get; }

    public Span<float> All => _held.AsSpan(_first, _count);
}
