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

    internal FlatTree Flatten() => new([.. _feature], [.. _left], [.. _masks], [.. _value]);
}

/// <summary>The same tree as arrays, for prediction.</summary>
internal sealed record FlatTree(int[] Feature, int[] Left, ulong[] Masks, double[] Value)
{
    public double Predict(ReadOnlySpan<byte> codes)
    {
        int node = 0;
        while (Feature[node] is >= 0 and int feature)
        {
            int bin = codes[feature];
            ulong left = Masks[4 * node + (bin >> 6)] >> (bin & 63) & 1;
            node = Left[node] + 1 - (int)left;
        }
        return Value[node];
    }
}
