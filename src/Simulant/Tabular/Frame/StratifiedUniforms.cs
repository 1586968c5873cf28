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
        long keyBlock = -1;
        uint a = 0, b = 0;
        for (int r = 0; r < batch.Count; r++)
        {
            long item = batch.Items[r];
            double u = batch.Stream.Uniform(item, slot, batch.Attempts[r]);
            if (batch.Attempts[r] != 0)
            {
                into[r] = u;
                continue;
            }
            if (item >> BlockBits != keyBlock)
            {
                keyBlock = item >> BlockBits;
                (a, b, _, _) = batch.Stream.Bits(keyBlock, slot, CellSlot);
            }
            into[r] = (Scatter((uint)item & Mask, a, b) + u) / BlockItems;
        }
    }

    /// <summary>A keyed bijection of 0..BlockItems-1: each step (xor, odd multiply, add, xor-shift) is one.</summary>
    private static uint Scatter(uint i, uint a, uint b)
    {
        for (int round = 0; round < 3; round++)
        {
            i = (i ^ a) & Mask;
            i = (i * (b | 1)) & Mask;
            i ^= i >> 5;
            i = (i + b) & Mask;
            i = (i * 0x9E3779B1) & Mask;
            i ^= i >> 7;
            a = a * 747796405 + 2891336453;
            b = b * 277803737 + 1;
        }
        return i;
    }
}
