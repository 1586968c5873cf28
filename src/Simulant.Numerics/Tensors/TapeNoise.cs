using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// Random tensors by address: column c of row r is word (c mod 64) / 16 of the bits at (first item + r, slot,
/// draw c / 64 * 16 + c mod 16), so a row's numbers depend on its item and not on the batch it is drawn in.
/// </summary>
public sealed partial class Tape
{
    /// <summary>Uniform numbers, on the odd points of a grid of 2^-24 in (0, 1).</summary>
    public Tensor Uniform(int rows, int columns, RandomStream stream, long firstItem, int slot) =>
        Random(rows, columns, stream, firstItem, slot, new UniformOf());

    /// <summary>Standard normal numbers.</summary>
    public Tensor Normal(int rows, int columns, RandomStream stream, long firstItem, int slot) =>
        Random(rows, columns, stream, firstItem, slot, new NormalOf());

    /// <summary>Standard Gumbel numbers: -log(-log u). The greatest of logits plus these is a draw of their softmax.</summary>
    public Tensor Gumbel(int rows, int columns, RandomStream stream, long firstItem, int slot) =>
        Random(rows, columns, stream, firstItem, slot, new GumbelOf());

    /// <summary>Drops each number with probability <paramref name="rate"/>, and scales the others so that the mean stays.</summary>
    /// <param name="firstItem">Address of the first row: another for every step, rows apart.</param>
    public Tensor Dropout(Tensor x, float rate, RandomStream stream, long firstItem, int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        return rate == 0 ? x : Multiply(x, Random(x.Rows, x.Columns, stream, firstItem, slot, new KeepOf(rate)));
    }

    private Tensor Random<T>(int rows, int columns, RandomStream stream, long firstItem, int slot, T of) where T : struct, IBitsMap
    {
        var made = New(rows, columns);
        var (k0, k1) = stream.Key;
        var lanes = Vector512.Create(0u, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        for (int r = 0; r < rows; r++)
        {
            long item = firstItem + r;
            var low = Vector512.Create((uint)item);
            var high = Vector512.Create((uint)((ulong)item >> 32));
            var row = made.Row(r);
            for (int c = 0; c < columns; c += 64)
            {
                var (a, b, d, e) = NormalLanes.Block(low, high, Vector512.Create((uint)slot),
                    lanes + Vector512.Create((uint)(c / 4)), k0, k1);
                Map.StorePart(of.Of(a), row[c..]);
                if (columns - c > 16) Map.StorePart(of.Of(b), row[(c + 16)..]);
                if (columns - c > 32) Map.StorePart(of.Of(d), row[(c + 32)..]);
                if (columns - c > 48) Map.StorePart(of.Of(e), row[(c + 48)..]);
            }
        }
        return made;
    }

    private interface IBitsMap
    {
        Vector512<float> Of(Vector512<uint> bits);
    }

    private readonly struct UniformOf : IBitsMap
    {
        public Vector512<float> Of(Vector512<uint> bits) => Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle((bits >>> 9).AsInt32()), Vector512.Create(1f / (1 << 23)), Vector512.Create(0.5f / (1 << 23)));
    }

    private readonly struct NormalOf : IBitsMap
    {
        public Vector512<float> Of(Vector512<uint> bits) => NormalLanes.Normal(bits);
    }

    private readonly struct GumbelOf : IBitsMap
    {
        public Vector512<float> Of(Vector512<uint> bits) => -Lanes.LogNormal(-Lanes.LogNormal(default(UniformOf).Of(bits)));
    }

    private readonly struct KeepOf(float rate) : IBitsMap
    {
        private readonly Vector512<uint> _least = Vector512.Create((uint)(rate * 4294967296.0));
        private readonly Vector512<float> _scale = Vector512.Create(1 / (1 - rate));

        public Vector512<float> Of(Vector512<uint> bits) =>
            _scale & Vector512.GreaterThanOrEqual(bits, _least).AsSingle();
    }
}
