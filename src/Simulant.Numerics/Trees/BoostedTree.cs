namespace Simulant.Numerics.Trees;

/// <summary>One tree over bin codes. Node 0 is the root; children of a split node stand at Left and Left + 1.</summary>
public sealed class BoostedTree
{
    private readonly List<int> _feature = [], _left = [];
    private readonly List<double> _value = [], _gain = [];
    private readonly List<ulong> _masks = []; // four words a node: bit b set sends bin b left

    internal int AddNode()
    {
        _feature.Add(-1);
        _left.Add(-1);
        _value.Add(0);
        _gain.Add(0);
        for (int i = 0; i < 4; i++) _masks.Add(0);
        return _feature.Count - 1;
    }

    /// <summary>Splits a leaf and returns its left child; the right one follows it.</summary>
    internal int Split(int node, int feature, ReadOnlySpan<byte> goesLeft, double gain)
    {
        int left = AddNode();
        AddNode();
        _feature[node] = feature;
        _left[node] = left;
        _gain[node] = gain;
        for (int b = 0; b < goesLeft.Length; b++)
            if (goesLeft[b] != 0) _masks[4 * node + (b >> 6)] |= 1UL << (b & 63);
        return left;
    }

    internal void SetValue(int node, double value) => _value[node] = value;

    public int NodeCount => _feature.Count;

    /// <summary>Feature that a node splits on, -1 for a leaf.</summary>
    public int Feature(int node) => _feature[node];

    public int Left(int node) => _left[node];

    /// <summary>Loss that a split gained.</summary>
    public double Gain(int node) => _gain[node];

    /// <summary>A leaf's weight, learning rate included.</summary>
    public double Value(int node) => _value[node];

    public bool GoesLeft(int node, int bin) => (_masks[4 * node + (bin >> 6)] >> (bin & 63) & 1) != 0;

    internal FlatTree Flatten()
    {
        int[] feature = [.. _feature], left = [.. _left];
        ulong[] masks = [.. _masks];
        for (int node = 0; node < feature.Length; node++)
        {
            if (feature[node] >= 0) continue;
            feature[node] = 0; // a leaf leads to itself whatever the bin
            left[node] = node;
            masks.AsSpan(4 * node, 4).Fill(ulong.MaxValue);
        }
        return new FlatTree(feature, left, masks, [.. _value], Depth(0));
    }

    private int Depth(int node) => _feature[node] < 0 ? 0 : 1 + Math.Max(Depth(_left[node]), Depth(_left[node] + 1));
}

/// <summary>
/// The same tree as arrays, for prediction. Leaves lead to themselves, so every row takes Depth steps without a branch, and
/// rows that walk side by side hide each other's latency.
/// </summary>
internal sealed record FlatTree(int[] Feature, int[] Left, ulong[] Masks, double[] Value, int Depth)
{
    /// <summary>Adds each row's leaf weight at [i * stride + offset].</summary>
    public void AddTo(ReadOnlySpan<byte> bins, int width, ReadOnlySpan<int> rows, double[] margins, int stride, int offset)
    {
        int i = 0;
        for (; i + 4 <= rows.Length; i += 4)
        {
            int a = 0, b = 0, c = 0, d = 0;
            int rowA = rows[i] * width, rowB = rows[i + 1] * width, rowC = rows[i + 2] * width, rowD = rows[i + 3] * width;
            for (int step = 0; step < Depth; step++)
            {
                a = Next(a, bins[rowA + Feature[a]]);
                b = Next(b, bins[rowB + Feature[b]]);
                c = Next(c, bins[rowC + Feature[c]]);
                d = Next(d, bins[rowD + Feature[d]]);
            }
            margins[i * stride + offset] += Value[a];
            margins[(i + 1) * stride + offset] += Value[b];
            margins[(i + 2) * stride + offset] += Value[c];
            margins[(i + 3) * stride + offset] += Value[d];
        }
        for (; i < rows.Length; i++)
        {
            int node = 0, row = rows[i] * width;
            for (int step = 0; step < Depth; step++) node = Next(node, bins[row + Feature[node]]);
            margins[i * stride + offset] += Value[node];
        }
    }

    /// <summary>Each row's leaf.</summary>
    public void Find(ReadOnlySpan<byte> bins, int width, ReadOnlySpan<int> rows, Span<int> nodes)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int node = 0, row = rows[i] * width;
            for (int step = 0; step < Depth; step++) node = Next(node, bins[row + Feature[node]]);
            nodes[i] = node;
        }
    }

    private int Next(int node, int bin) => Left[node] + 1 - (int)(Masks[4 * node + (bin >> 6)] >> (bin & 63) & 1);
}
