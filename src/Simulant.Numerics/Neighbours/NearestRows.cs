using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Neighbours;

/// <summary>
/// Exact nearest neighbours by brute force over blocks of 64 rows. A block's category mismatches are counted in bytes first;
/// since they bound the distance from below, numbers are read only for groups of 16 rows that may still come nearer.
/// Distances are single precision, summed in column order, hence the same for any tile and thread count.
/// </summary>
public static class NearestRows
{
    // Rows of one tile of references: its bytes stay in the first cache level while a chunk of queries passes.
    private const int TileRows = 2048;
    private const int QueryChunk = 64;

    /// <summary>The k nearest rows of each query.</summary>
    /// <param name="sameRows">The queries are the references: a row is not its own neighbour.</param>
    /// <param name="k">At least 1. Where there are fewer references, the rest is +infinity and index -1.</param>
    /// <returns>Distances ascending, [queries * k], and the references' rows; ties go to the lower row.</returns>
    public static (float[] Distances, int[] Rows) Find(
        MixedRows references, MixedRows queries, MixedMetric metric, int k = 1, bool sameRows = false, ParallelLoop? loop = null,
        CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        CheckShapes(references, queries);
        float[] distances = new float[queries.Rows * k];
        int[] rows = new int[queries.Rows * k];
        Array.Fill(distances, float.PositiveInfinity);
        Array.Fill(rows, -1);
        Pass(references, queries, metric, loop, (kernel, q, from, to) =>
            kernel.Nearest(q, from, to, sameRows ? q : -1, distances.AsSpan(q * k, k), rows.AsSpan(q * k, k)), cancel);
        return (distances, rows);
    }

    /// <summary>How many references lie within each query's own radius (at most that far).</summary>
    public static int[] CountWithin(
        MixedRows references, MixedRows queries, MixedMetric metric, float[] radii, ParallelLoop? loop = null,
        CancellationToken cancel = default)
    {
        CheckShapes(references, queries);
        int[] counts = new int[queries.Rows];
        Pass(references, queries, metric, loop,
            (kernel, q, from, to) => counts[q] += kernel.Within(q, from, to, radii[q]), cancel);
        return counts;
    }

    /// <summary>Shows each query every tile of references [from, to), in order; chunks of queries on all threads.</summary>
    private static void Pass(MixedRows references, MixedRows queries, MixedMetric metric, ParallelLoop? loop,
        Action<Kernel, int, int, int> visit, CancellationToken cancel)
    {
        (loop ?? ParallelLoop.Sequential).Run((queries.Rows + QueryChunk - 1) / QueryChunk, chunk =>
        {
            cancel.ThrowIfCancellationRequested();
            var kernel = new Kernel(references, queries, metric);
            int first = chunk * QueryChunk, end = Math.Min(first + QueryChunk, queries.Rows);
            for (int tile = 0; tile < references.Rows; tile += TileRows)
                for (int q = first; q < end; q++) visit(kernel, q, tile, Math.Min(tile + TileRows, references.Rows));
        });
    }

    /// <summary>The distances of one query to every reference.</summary>
    public static float[] Distances(MixedRows references, MixedRows queries, int query, MixedMetric metric)
    {
        CheckShapes(references, queries);
        float[] distances = new float[references.Rows];
        new Kernel(references, queries, metric).All(query, distances);
        return distances;
    }

    private static void CheckShapes(MixedRows a, MixedRows b)
    {
        if (a.Numbers.Length != b.Numbers.Length || a.Codes.Length != b.Codes.Length || a.Wide.Length != b.Wide.Length)
            throw new ArgumentException("rows of different columns");
    }

    private readonly struct Kernel(MixedRows references, MixedRows queries, MixedMetric metric)
    {
        private readonly bool _manhattan = metric == MixedMetric.Manhattan;
        private readonly float _weight = metric == MixedMetric.Manhattan ? 1 : 2;

        public void Nearest(int q, int from, int to, int self, Span<float> best, Span<int> bestRow)
        {
            for (int block = from; block < to; block += MixedRows.Block)
            {
                float limit = best[^1];
                var mismatches = Mismatches(q, block);
                ulong candidates = Candidates(mismatches, limit, block, to);
                while (candidates != 0)
                {
                    int group = BitOperations.TrailingZeroCount(candidates) / 16;
                    ulong groupBits = candidates & 0xFFFFUL << 16 * group;
                    candidates ^= groupBits;
                    limit = best[^1];
                    var distance = Distances(q, block + 16 * group, mismatches, group, limit);
                    ulong nearer = Vector512.LessThan(distance, Vector512.Create(limit)).ExtractMostSignificantBits()
                        & groupBits >> 16 * group;
                    for (; nearer != 0; nearer &= nearer - 1)
                    {
                        int lane = BitOperations.TrailingZeroCount(nearer), row = block + 16 * group + lane;
                        if (row != self) Insert(distance[lane], row, best, bestRow);
                    }
                }
            }
        }

        public int Within(int q, int from, int to, float radius)
        {
            int count = 0;
            float beyond = MathF.BitIncrement(radius);
            for (int block = from; block < to; block += MixedRows.Block)
            {
                var mismatches = Mismatches(q, block);
                ulong candidates = Candidates(mismatches, beyond, block, to);
                while (candidates != 0)
                {
                    int group = BitOperations.TrailingZeroCount(candidates) / 16;
                    ulong groupBits = candidates & 0xFFFFUL << 16 * group;
                    candidates ^= groupBits;
                    var distance = Distances(q, block + 16 * group, mismatches, group, beyond);
                    ulong inside = Vector512.LessThan(distance, Vector512.Create(beyond)).ExtractMostSignificantBits();
                    count += BitOperations.PopCount(inside & groupBits >> 16 * group);
                }
            }
            return count;
        }

        public void All(int q, float[] distances)
        {
            Span<float> lanes = stackalloc float[16];
            for (int block = 0; block < distances.Length; block += MixedRows.Block)
            {
                var mismatches = Mismatches(q, block);
                for (int row = block; row < Math.Min(block + MixedRows.Block, distances.Length); row += 16)
                {
                    Distances(q, row, mismatches, (row - block) / 16, float.PositiveInfinity).CopyTo(lanes);
                    lanes[..Math.Min(16, distances.Length - row)].CopyTo(distances.AsSpan(row));
                }
            }
        }

        private static void Insert(float distance, int row, Span<float> best, Span<int> bestRow)
        {
            int at = best.Length - 1;
            if (!(distance < best[at])) return;
            for (; at > 0 && best[at - 1] > distance; at--)
            {
                best[at] = best[at - 1];
                bestRow[at] = bestRow[at - 1];
            }
            best[at] = distance;
            bestRow[at] = row;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector512<byte> Mismatches(int q, int block)
        {
            byte[][] mine = queries.Codes, theirs = references.Codes;
            var sum = Vector512.Create((byte)mine.Length);
            for (int c = 0; c < mine.Length; c++) // equal lanes are 255, that is -1
                sum += Vector512.Equals(Vector512.LoadUnsafe(ref theirs[c][block]), Vector512.Create(mine[c][q]));
            return sum;
        }

        /// <summary>Rows of the block, one bit each, whose mismatches alone leave them nearer than the limit.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ulong Candidates(Vector512<byte> mismatches, float limit, int block, int to)
        {
            ulong real = to - block >= MixedRows.Block ? ulong.MaxValue : (1UL << to - block) - 1;
            float allowed = MathF.Ceiling(limit / _weight); // mismatches below it
            if (!(allowed > 0)) return 0;
            if (allowed > 255) return real;
            return Vector512.LessThan(mismatches, Vector512.Create((byte)allowed)).ExtractMostSignificantBits() & real;
        }

        /// <summary>Distances of 16 rows; lanes beyond the limit may hold less than the whole sum, but never less than the limit.</summary>
        private Vector512<float> Distances(int q, int row, Vector512<byte> mismatches, int group, float limit)
        {
            var bytes = (group & 2) == 0 ? mismatches.GetLower() : mismatches.GetUpper();
            var half = (group & 1) == 0 ? bytes.GetLower() : bytes.GetUpper();
            var (shortLow, shortHigh) = Vector128.Widen(half);
            var (low, high) = Vector256.Widen(Vector256.Create(shortLow, shortHigh));
            var sum = Vector512.ConvertToSingle(Vector512.Create(low, high).AsInt32()) * _weight;
            float[][] mine = queries.Numbers, theirs = references.Numbers;
            var bound = Vector512.Create(limit);
            for (int c = 0; c < mine.Length; c++)
            {
                var d = Vector512.LoadUnsafe(ref theirs[c][row]) - Vector512.Create(mine[c][q]);
                sum += _manhattan ? Vector512.Abs(d) : d * d;
                if ((c & 3) == 3 && !Vector512.LessThanAny(sum, bound)) return sum;
            }
            float[][] mineWide = queries.Wide, theirsWide = references.Wide;
            for (int c = 0; c < mineWide.Length; c++)
            {
                var equal = Vector512.Equals(Vector512.LoadUnsafe(ref theirsWide[c][row]), Vector512.Create(mineWide[c][q]));
                sum += Vector512.AndNot(Vector512.Create(_weight), equal);
            }
            return sum;
        }
    }
}
