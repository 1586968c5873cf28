using Simulant.Numerics.Random;

namespace Simulant.Tabular.Rules;

/// <summary>
/// The order statistics of n independent uniforms, each reachable alone: the middle one is drawn first, Beta(k, n + 1 - k), and
/// given it, the ones below and above are again uniforms of their own intervals (David and Nagaraja, "Order Statistics",
/// 2003, section 2.5). A walk of log2(n/64) steps reaches a leaf of at most 64, which are drawn and sorted.
/// </summary>
internal sealed class OrderedUniforms(RandomStream stream, int slot, long count)
{
    private const int Leaf = 64;

    private readonly double[] _leaf = new double[Leaf];
    private long _first = -1;
    private int _filled;

    /// <summary>Order statistic number <paramref name="rank"/>, in [0, count). Keeps its leaf: for one thread, ranks
    /// rising.</summary>
    public double At(long rank)
    {
        if (_first < 0 || rank < _first || rank >= _first + _filled) Descend(rank);
        return _leaf[rank - _first];
    }

    private void Descend(long rank)
    {
        long first = 0, size = count;
        double low = 0, high = 1;
        while (size > Leaf)
        {
            long middle = size / 2;
            // The node is named by the rank of its middle, which no other node has.
            var draws = new DrawSequence(stream, first + middle, slot);
            double at = low + (high - low) * GammaDraw.Beta(ref draws, middle + 1, size - middle);
            if (rank == first + middle)
            {
                (_first, _filled, _leaf[0]) = (rank, 1, at);
                return;
            }
            if (rank < first + middle)
            {
                high = at;
                size = middle;
            }
            else
            {
                low = at;
                first += middle + 1;
                size -= middle + 1;
            }
        }
        for (int i = 0; i < size; i++) _leaf[i] = low + (high - low) * stream.Uniform(first + i, slot + 1);
        Array.Sort(_leaf, 0, (int)size);
        (_first, _filled) = (first, (int)size);
    }
}
