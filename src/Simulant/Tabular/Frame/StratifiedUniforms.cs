using System.Runtime.Intrinsics;
using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Uniform draws, one a candidate, that are stratified over blocks of items (Latin hypercube sampling: McKay, Beckman, Conover
/// 1979): of the <see cref="BlockItems"/> items of a block, each falls into a cell of its own of [0, 1). Every single draw is
/// uniform and a pure function of its address, while the block as a whole follows the distribution more evenly than
/// independent draws would.
/// </summary>
public static class StratifiedUniforms
{
    /// <summary>Items of one block; a power of two.</summary>
    public const int BlockItems = 1 << BlockBits;

    private const int BlockBits = 12;
    private const uint Mask = BlockItems - 1;
    private const int CellSlot = -1;

    /// <summary>Fills into[r] for candidate r. Attempts after the first are independent: they replace single rows.</summary>
    public static void Fill(double[] into, DrawBatch batch, int slot)
    {
        UniformLanes.Fill(batch.Stream, batch.Items, batch.Attempts, slot, into);
        Span<uint> cells = stackalloc uint[16];
        for (int start = 0, end; start < batch.Count; start = end)
        {
            end = start + 1;
            if (batch.Attempts[start] != 0) continue;
            long block = batch.Items[start] >> BlockBits;
            while (end < batch.Count && batch.Attempts[end] == 0 && batch.Items[end] >> BlockBits == block) end++;
            var (a, b, _, _) = batch.Stream.Bits(block, slot, CellSlot);
            for (int r = start; r < end; r += cells.Length)
            {
                int count = Math.Min(cells.Length, end - r);
                for (int i = 0; i < count; i++) cells[i] = (uint)batch.Items[r + i] & Mask;
                Scatter(Vector512.Create<uint>(cells), a, b).CopyTo(cells);
                for (int i = 0; i < count; i++) into[r + i] = (cells[i] + into[r + i]) / BlockItems;
            }
        }
    }

    /// <summary>A keyed bijection of 0..BlockItems-1: each step (xor, odd multiply, add, xor-shift) is one.</summary>
    private static Vector512<uint> Scatter(Vector512<uint> i, uint a, uint b)
    {
        var mask = Vector512.Create(Mask);
        for (int round = 0; round < 3; round++)
        {
            i = (i ^ Vector512.Create(a)) & mask;
            i = (i * (b | 1)) & mask;
            i ^= i >>> 5;
            i = (i + Vector512.Create(b)) & mask;
            i = (i * 0x9E3779B1) & mask;
            i ^= i >>> 7;
            a = a * 747796405 + 2891336453;
            b = b * 277803737 + 1;
        }
        return i;
    }
}
