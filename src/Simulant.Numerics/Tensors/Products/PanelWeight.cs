using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Products;

/// <summary>
/// A weight packed once, to be multiplied by many <see cref="Panels"/>. Products are those of <see cref="MatrixProduct"/> turned: units
/// are the rows of a tile, rows of the batch its columns; each result is the same chain, and has the same bits.
/// </summary>
public sealed unsafe class PanelWeight
{
    private const int BlockDepth = 256;

    private readonly float[] _packed; // [block of inputs][tile of units][input][unit]
    private readonly int _first, _inputs, _units, _stride;

    /// <param name="weight">[input, unit], row by row.</param>
    public PanelWeight(ReadOnlySpan<float> weight, int inputs, int units)
    {
        if (weight.Length != (long)inputs * units) throw new ArgumentException($"{weight.Length} weights are not {inputs} x {units}");
        (_inputs, _units, _stride) = (inputs, units, (units + Panels.Units - 1) / Panels.Units * Panels.Units);
        _packed = GC.AllocateArray<float>(checked(inputs * _stride + 16), pinned: true);
        _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_packed, 0) & 63) / sizeof(float);
        fixed (float* from = weight, to = _packed)
            for (int p = 0; p < inputs; p += BlockDepth)
                Packing.Pack(from + (nint)p * units, units, true, units, Math.Min(BlockDepth, inputs - p), Panels.Units,
                    to + _first + (nint)p * _stride);
    }

    /// <summary>into += x weight, row by row; the chains go on from what is there.</summary>
    /// <param name="panels">How many of them, from the first.</param>
    /// <param name="rectify">Whether negative results become 0 then.</param>
    public void Add(Panels x, Panels into, int panels, bool rectify = false)
    {
        if (x.Numbers != _inputs || into.Numbers != _units || panels > x.Count || panels > into.Count)
            throw new ArgumentException($"{panels} panels of {x.Numbers} numbers into {into.Numbers} do not fit {_inputs} x {_units}");
        if (Vector512.IsHardwareAccelerated) Add<Kernel512>(x, into, panels, rectify);
        else Add<Kernel256>(x, into, panels, rectify);
    }

    private void Add<TKernel>(Panels x, Panels into, int panels, bool rectify) where TKernel : struct, IGemmKernel
    {
        int lanes = TKernel.Columns, tall = TKernel.Rows;
        fixed (float* packed = &_packed[_first])
        {
            for (int p = 0; p < _inputs; p += BlockDepth)
            {
                int deep = Math.Min(BlockDepth, _inputs - p);
                for (int q = 0; q < panels; q++)
                {
                    var results = into.Part(q, 0, _stride);
                    fixed (float* from = x.Part(q, p, deep), to = results)
                        for (int u = 0; u < _stride; u += tall)
                            TKernel.Run(packed + (nint)p * _stride + (nint)u * deep, from, to + u * lanes, lanes, deep, load: true);
                    if (rectify && p + deep == _inputs) Panels.Rectify(results);
                }
            }
        }
    }
}
