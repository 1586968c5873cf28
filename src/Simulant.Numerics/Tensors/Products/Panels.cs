using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>
/// Rows of numbers as kernels read them: <see cref="Lanes"/> rows side by side, [panel][number][lane]. A layer's results lie as the next
/// layer reads them, so that nothing is packed between the two, and what is done to the numbers of one row is done to a panel of rows at
/// once. For networks that draw; training has <see cref="Tensor"/>. Each row's results have the bits that it has in a tensor.
/// </summary>
public sealed unsafe partial class Panels
{
    private readonly float[] _values, _rows;
    private readonly int _first;

    /// <param name="rows">How many it can hold.</param>
    /// <param name="numbers">Of each row.</param>
    public Panels(int rows, int numbers)
    {
        (Count, Numbers) = ((rows + Lanes - 1) / Lanes, numbers);
        Stride = (numbers + Units - 1) / Units * Units;
        // Pinned, and begun at a cache line, so that no vector straddles two.
        _values = GC.AllocateArray<float>(checked(Count * Stride * Lanes + 16), pinned: true);
        _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) & 63) / sizeof(float);
        _rows = new float[Lanes * numbers];
    }

    /// <summary>Rows of a panel: 16, or 32 where vectors have 512 bits.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? Kernel512.Columns : Kernel256.Columns;

    /// <summary>Results of a tile of a product.</summary>
    internal static int Units => Vector512.IsHardwareAccelerated ? Kernel512.Rows : Kernel256.Rows;

    public int Numbers { get; }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>Numbers of a row as stored: filled up to whole tiles, with zeros.</summary>
    internal int Stride { get; }

    /// <summary>Some of a panel's numbers: [number][lane].</summary>
    public Span<float> Part(int panel, int from, int numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)panel, (uint)(Count - 1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)from + (uint)numbers, (uint)Stride);
        return _values.AsSpan(_first + (panel * Stride + from) * Lanes, numbers * Lanes);
    }

    /// <summary>Row i becomes row which[i] of a table of as many columns as a row has numbers.</summary>
    public void Gather(ReadOnlySpan<float> table, ReadOnlySpan<int> which)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(which.Length, Count * Lanes);
        for (int start = 0; start < which.Length; start += Lanes)
        {
            int count = Math.Min(Lanes, which.Length - start);
            for (int lane = 0; lane < count; lane++)
                table.Slice(which[start + lane] * Numbers, Numbers).CopyTo(_rows.AsSpan(lane * Numbers, Numbers));
            fixed (float* from = _rows, to = Part(start / Lanes, 0, Stride))
                Packing.Pack(from, Numbers, false, count, Numbers, Lanes, to);
        }
    }

    /// <summary>Some of a row's numbers.</summary>
    public void CopyRow(int row, int from, Span<float> to)
    {
        var part = Part(row / Lanes, from, to.Length);
        for (int i = 0, at = row % Lanes; i < to.Length; i++, at += Lanes) to[i] = part[at];
    }
}
