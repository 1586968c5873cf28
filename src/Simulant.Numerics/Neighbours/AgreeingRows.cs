using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Neighbours;

/// <summary>Rows of codes, ready to be compared 64 at a time: columns of 16-bit codes, padded to whole blocks.</summary>
public sealed class CodedRows
{
    internal const int Block = 64;

    private CodedRows(int rows, ushort[][] codes) => (Rows, Codes) = (rows, codes);

    public int Rows { get; }
    public int Columns => Codes.Length;
    internal ushort[][] Codes { get; }

    /// <param name="codes">[columns][rows].</param>
    public static CodedRows Of(int rows, IReadOnlyList<ushort[]> codes)
    {
        int padded = (rows + Block - 1) / Block * Block;
        return new CodedRows(rows, [.. codes.Select(column =>
        {
            ushort[] copy = new ushort[padded];
            column.AsSpan(0, rows).CopyTo(copy);
            return copy;
        })]);
    }

    /// <summary>The weights of the columns in which two rows agree, by the plain definition: the kernel's oracle.</summary>
    public static int Agreement(CodedRows references, int reference, CodedRows queries, int query, ushort[][] weights)
    {
        int sum = 0;
        for (int c = 0; c < queries.Columns; c++)
            if (queries.Codes[c][query] == references.Codes[c][reference]) sum += weights[c][query];
        return sum;
    }
}

/// <summary>How much rows have in common, by brute force: each column in which two rows agree adds a weight of the query's own.</summary>
public static class AgreeingRows
{
    // A tile of references stays in the second cache level while a chunk of queries passes.
    private const int TileRows = 2048;
    private const int QueryChunk = 64;

    /// <summary>For each query the most that any reference agrees with it; 0 where there are no references.</summary>
    /// <param name="weights">[columns][queries]; the weights of a query sum to at most 65,535.</param>
    /// <param name="sameRows">The queries are the references: a row does not agree with itself.</param>
    public static int[] Best(CodedRows references, CodedRows queries, ushort[][] weights, bool sameRows = false,
        ParallelLoop? loop = null, CancellationToken cancel = default)
    {
        if (references.Columns != queries.Columns || weights.Length != queries.Columns)
            throw new ArgumentException("rows of different columns");
        for (int q = 0; q < queries.Rows; q++)
            if (weights.Sum(w => w[q]) > ushort.MaxValue) throw new ArgumentException("weights beyond 65,535", nameof(weights));
        int[] best = new int[queries.Rows];
        (loop ?? ParallelLoop.Sequential).Run((queries.Rows + QueryChunk - 1) / QueryChunk, chunk =>
        {
            cancel.ThrowIfCancellationRequested();
            int first = chunk * QueryChunk, end = Math.Min(first + QueryChunk, queries.Rows);
            for (int tile = 0; tile < references.Rows; tile += TileRows)
                for (int q = first; q < end; q++)
                    best[q] = Math.Max(best[q], Within(references, queries, weights, q, tile,
                        Math.Min(tile + TileRows, references.Rows), sameRows ? q : -1));
        });
        return best;
    }

    private static int Within(CodedRows references, CodedRows queries, ushort[][] weights, int q, int from, int to, int self)
    {
        ushort[][] theirs = references.Codes, mine = queries.Codes;
        var best = Vector512<ushort>.Zero;
        for (int block = from; block < to; block += CodedRows.Block)
        {
            Vector512<ushort> low = default, high = default;
            for (int c = 0; c < mine.Length; c++)
            {
                Vector512<ushort> code = Vector512.Create(mine[c][q]), weight = Vector512.Create(weights[c][q]);
                ref ushort at = ref theirs[c][block];
                low += Vector512.Equals(Vector512.LoadUnsafe(ref at), code) & weight;
                high += Vector512.Equals(Vector512.LoadUnsafe(ref at, 32), code) & weight;
            }
            int left = to - block;
            if (left < CodedRows.Block || self >= block && self < block + CodedRows.Block)
            {
                low &= Counted(0, left, self - block);
                high &= Counted(32, left, self - block);
            }
            best = Vector512.Max(best, Vector512.Max(low, high));
        }
        int most = 0;
        for (int i = 0; i < Vector512<ushort>.Count; i++) most = Math.Max(most, best[i]);
        return most;
    }

    /// <summary>All ones in the lanes that are rows, but for one.</summary>
    private static Vector512<ushort> Counted(int first, int left, int self)
    {
        Span<ushort> lanes = stackalloc ushort[Vector512<ushort>.Count];
        for (int i = 0; i < lanes.Length; i++) lanes[i] = first + i < left && first + i != self ? ushort.MaxValue : (ushort)0;
        return Vector512.Create<ushort>(lanes);
    }
}
