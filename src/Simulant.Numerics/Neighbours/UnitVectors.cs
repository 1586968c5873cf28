using Simulant.Numerics.Tensors.Products;

namespace Simulant.Numerics.Neighbours;

/// <summary>
/// Comparisons by cosine among vectors of length 1, exact, all against all by blocked products. A similarity is one chain of fused
/// multiply-adds, so results are the same for any block and thread count. Memory beside the vectors is a few blocks.
/// </summary>
public static class UnitVectors
{
    private const int Rows = 128, Columns = 512;

    /// <summary>
    /// Goes through vectors in order and keeps each that is not like one kept before: entry i is -1 for a vector that is kept, else the
    /// lowest kept index it is like.
    /// </summary>
    /// <param name="vectors">[count * dimensions], each of length 1.</param>
    /// <param name="threshold">Cosine from which two are alike, in (0, 1].</param>
    public static int[] FirstLike(ReadOnlyMemory<float> vectors, int dimensions, float threshold, ParallelLoop? loop = null,
        CancellationToken cancel = default)
    {
        int count = Count(vectors, dimensions);
        if (!(threshold is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(threshold), "a cosine above 0, at most 1");
        int[] like = new int[count];
        int keptCount = 0;
        int[] kept = new int[count];
        float[] pool = new float[Math.Min(count, Columns) * dimensions];
        for (int first = 0; first < count; first += Rows)
        {
            cancel.ThrowIfCancellationRequested();
            int rows = Math.Min(Rows, count - first);
            var block = vectors.Slice(first * dimensions, rows * dimensions);
            int[] found = AmongKept(block, pool, kept, keptCount, dimensions, threshold, loop);
            float[] inside = new float[rows * rows];
            MatrixProduct.Multiply(block.Span, false, block.Span, true, inside, rows, rows, dimensions);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < i && found[i] < 0; j++)
                    if (like[first + j] < 0 && inside[i * rows + j] >= threshold) found[i] = first + j;
                like[first + i] = found[i];
                if (found[i] >= 0) continue;
                if ((keptCount + 1) * dimensions > pool.Length)
                    Array.Resize(ref pool, (int)Math.Min((long)count * dimensions, 2L * pool.Length));
                block.Span.Slice(i * dimensions, dimensions).CopyTo(pool.AsSpan(keptCount * dimensions));
                kept[keptCount++] = first + i;
            }
        }
        return like;
    }

    /// <summary>The k greatest cosines of each query to the references, descending; -1 where there are fewer references.</summary>
    /// <param name="sameRows">The queries are the references: a vector is not its own neighbour.</param>
    /// <returns>[queries * k]</returns>
    public static float[] NearestCosines(ReadOnlyMemory<float> references, ReadOnlyMemory<float> queries, int dimensions, int k,
        bool sameRows = false, ParallelLoop? loop = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int count = Count(references, dimensions), asked = Count(queries, dimensions);
        float[] nearest = new float[asked * k];
        Array.Fill(nearest, -1);
        (loop ?? ParallelLoop.Sequential).Run((asked + Rows - 1) / Rows, piece =>
        {
            int first = piece * Rows, rows = Math.Min(Rows, asked - first);
            float[] products = new float[rows * Columns];
            for (int start = 0; start < count; start += Columns)
            {
                cancel.ThrowIfCancellationRequested();
                int columns = Math.Min(Columns, count - start);
                MatrixProduct.Multiply(queries.Span.Slice(first * dimensions, rows * dimensions), false,
                    references.Span.Slice(start * dimensions, columns * dimensions), true, products, rows, columns, dimensions);
                for (int i = 0; i < rows; i++)
                {
                    var best = nearest.AsSpan((first + i) * k, k);
                    for (int j = 0; j < columns; j++)
                        if (!sameRows || start + j != first + i) Insert(best, products[i * columns + j]);
                }
            }
        });
        return nearest;
    }

    /// <summary>
    /// Share of real vectors that have a made one at least as near as their own k-th nearest real one (coverage of Naeem and others 2020,
    /// by cosine): 1 where all of what is real is reached.
    /// </summary>
    /// <param name="real">[count * dimensions], more than k vectors of length 1.</param>
    /// <param name="made">[count * dimensions], at least one.</param>
    public static double Coverage(ReadOnlyMemory<float> real, ReadOnlyMemory<float> made, int dimensions, int k = 5,
        ParallelLoop? loop = null, CancellationToken cancel = default)
    {
        int count = Count(real, dimensions);
        if (count <= k) throw new ArgumentException($"more than {k} real vectors are needed", nameof(real));
        float[] own = NearestCosines(real, real, dimensions, k, sameRows: true, loop, cancel);
        float[] reached = NearestCosines(made, real, dimensions, 1, sameRows: false, loop, cancel);
        int covered = 0;
        for (int i = 0; i < count; i++)
            if (made.Length > 0 && reached[i] >= own[i * k + k - 1]) covered++;
        return (double)covered / count;
    }

    // For each row of a block the lowest kept index it is like, or -1.
    private static int[] AmongKept(ReadOnlyMemory<float> block, float[] pool, int[] kept, int keptCount, int dimensions, float threshold,
        ParallelLoop? loop)
    {
        int rows = block.Length / dimensions, pieces = (keptCount + Columns - 1) / Columns;
        int[] places = new int[pieces * rows];
        (loop ?? ParallelLoop.Sequential).Run(pieces, piece =>
        {
            int start = piece * Columns, columns = Math.Min(Columns, keptCount - start);
            float[] products = new float[rows * columns];
            MatrixProduct.Multiply(block.Span, false, pool.AsSpan(start * dimensions, columns * dimensions), true, products, rows, columns,
                dimensions);
            for (int i = 0; i < rows; i++)
            {
                int place = -1;
                for (int j = 0; j < columns && place < 0; j++)
                    if (products[i * columns + j] >= threshold) place = kept[start + j];
                places[piece * rows + i] = place;
            }
        });
        int[] found = new int[rows];
        Array.Fill(found, -1);
        for (int i = 0; i < rows; i++)
            for (int piece = 0; piece < pieces && found[i] < 0; piece++) found[i] = places[piece * rows + i];
        return found;
    }

    private static void Insert(Span<float> best, float value)
    {
        if (value <= best[^1]) return;
        int at = best.Length - 1;
        for (; at > 0 && best[at - 1] < value; at--) best[at] = best[at - 1];
        best[at] = value;
    }

    private static int Count(ReadOnlyMemory<float> vectors, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return vectors.Length % dimensions == 0 ? vectors.Length / dimensions
            : throw new ArgumentException($"not a whole number of vectors of {dimensions} dimensions", nameof(vectors));
    }
}
