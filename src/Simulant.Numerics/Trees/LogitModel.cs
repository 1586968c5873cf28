using System.Runtime.CompilerServices;

namespace Simulant.Numerics.Trees;

/// <summary>A set of byte codes.</summary>
public readonly record struct Mask256(ulong A, ulong B, ulong C, ulong D)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(byte code)
    {
        ulong word = (code >> 6) switch { 0 => A, 1 => B, 2 => C, _ => D };
        return (word >> (code & 63) & 1) != 0;
    }

    public static Mask256 Of(ReadOnlySpan<int> codes)
    {
        Span<ulong> words = stackalloc ulong[4];
        foreach (int code in codes) words[code >> 6] |= 1UL << (code & 63);
        return new(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Codes 0..last.</summary>
    public static Mask256 UpTo(int last)
    {
        Span<ulong> words = stackalloc ulong[4];
        for (int w = 0; w < 4; w++)
        {
            int bits = Math.Clamp(last + 1 - w * 64, 0, 64);
            words[w] = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        }
        return new(words[0], words[1], words[2], words[3]);
    }
}

/// <summary>A split (its two children stand side by side) or a leaf.</summary>
public readonly record struct LogitNode(Mask256 Left, int Child, float Value, ushort Feature)
{
    public bool IsLeaf => Child == 0;
    public static LogitNode Leaf(float value) => new(default, 0, value, 0);
    public static LogitNode Split(ushort feature, Mask256 left, int child) => new(left, child, 0, feature);
}

/// <summary>A boosted logistic model over byte-coded features; immutable.</summary>
public sealed class LogitModel(double intercept, int[] roots, LogitNode[] nodes)
{
    public double Intercept => intercept;
    public ReadOnlySpan<int> Roots => roots;
    public ReadOnlySpan<LogitNode> Nodes => nodes;

    /// <summary>Log-odds of "right" for each listed row of a row-major block.</summary>
    /// <param name="block">Codes, <paramref name="stride"/> bytes a row.</param>
    public void Score(ReadOnlySpan<byte> block, int stride, ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores[..rows.Length].Fill((float)intercept);
        foreach (int root in roots)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                var codes = block.Slice(rows[i] * stride, stride);
                int at = root;
                while (nodes[at].Child is var child && child != 0)
                    at = nodes[at].Left.Contains(codes[nodes[at].Feature]) ? child : child + 1;
                scores[i] += nodes[at].Value;
            }
        }
    }

    /// <summary>The same for codes kept column by column.</summary>
    /// <param name="codes">[feature][row].</param>
    public void Score(byte[][] codes, ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores[..rows.Length].Fill((float)intercept);
        foreach (int root in roots)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int at = root;
                while (nodes[at].Child is var child && child != 0)
                    at = nodes[at].Left.Contains(codes[nodes[at].Feature][rows[i]]) ? child : child + 1;
                scores[i] += nodes[at].Value;
            }
        }
    }
}
