using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>Sums of a table's rows: a linear layer on inputs of which few are not zero, each beside its derivative.</summary>
public sealed partial class Tape
{
    /// <summary>
    /// Row r is the sum over k of factors[r each + k] times row rows[r each + k] of the table, in the order of k: the product of a
    /// sparse matrix with the table, at the cost of what is not zero in it.
    /// </summary>
    /// <param name="rows">each a row of the result; -1 adds nothing. Not to be changed while the tape lives.</param>
    /// <param name="factors">As many as rows, or null for 1 throughout; no derivative is taken through them.</param>
    /// <param name="each">Terms of a sum, at least 1.</param>
    /// <param name="onto">What the sums are added to, as many rows; nothing if null.</param>
    public Tensor Bag(Tensor table, int[] rows, float[]? factors, int each, Tensor? onto = null)
    {
        CheckBag(rows, factors, each);
        if (onto is not null && (onto.Rows != rows.Length / each || onto.Columns != table.Columns))
            throw new ArgumentException($"{onto} does not take {rows.Length / each} sums of {table.Columns} numbers", nameof(onto));
        var y = onto is null ? Full(rows.Length / each, table.Columns, 0) : Constant(onto.Rows, onto.Columns, onto.Values);
        foreach (int row in rows)
            if (row < -1 || row >= table.Rows) throw new ArgumentOutOfRangeException(nameof(rows), $"row {row} of a table of {table.Rows}");
        for (int r = 0; r < y.Rows; r++)
            AddRows(table, rows.AsSpan(r * each, each), factors is null ? default : factors.AsSpan(r * each, each), y.Row(r));
        return Record(y, onto is null ? [table] : [table, onto], (g, i) => i == 0 ? ScatterBag(g, rows, factors, each, table.Rows) : g,
            (g, i, into, fresh) =>
            {
                if (i > 0) return false;
                if (fresh) into.Clear();
                Scatter(g, rows, factors, each, into);
                return true;
            });
    }

    /// <summary>The transposed sparse matrix times x: a table to whose rows those of x are added, in the order of terms.</summary>
    private Tensor ScatterBag(Tensor x, int[] rows, float[]? factors, int each, int tableRows)
    {
        var y = Full(tableRows, x.Columns, 0);
        Scatter(x, rows, factors, each, y.Values);
        return Record(y, [x], (g, _) => Bag(g, rows, factors, each));
    }

    private static void Scatter(Tensor x, int[] rows, float[]? factors, int each, Span<float> into)
    {
        int columns = x.Columns;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i + Ahead < rows.Length && rows[i + Ahead] >= 0) Prefetch(into.Slice(rows[i + Ahead] * columns, columns));
            if (rows[i] >= 0) AddScaled(factors is null ? 1 : factors[i], x.Row(i / each), into.Slice(rows[i] * columns, columns));
        }
    }

    /// <summary>Sixty-four columns at a time stay in registers while the terms pass.</summary>
    private static void AddRows(Tensor table, ReadOnlySpan<int> rows, ReadOnlySpan<float> factors, Span<float> to)
    {
        ref float from = ref MemoryMarshal.GetReference(table.Values), into = ref MemoryMarshal.GetReference(to);
        int c = 0;
        for (; c + 64 <= to.Length; c += 64)
        {
            nuint at = (nuint)c;
            Vector512<float> a = Vector512.LoadUnsafe(ref into, at), b = Vector512.LoadUnsafe(ref into, at + 16);
            Vector512<float> d = Vector512.LoadUnsafe(ref into, at + 32), e = Vector512.LoadUnsafe(ref into, at + 48);
            for (int i = 0; i < rows.Length; i++)
            {
                if (rows[i] < 0) continue;
                var factor = Vector512.Create(factors.IsEmpty ? 1 : factors[i]);
                nuint p = (nuint)rows[i] * (nuint)to.Length + at;
                a = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref from, p), a);
                b = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref from, p + 16), b);
                d = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref from, p + 32), d);
                e = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref from, p + 48), e);
            }
            a.StoreUnsafe(ref into, at);
            b.StoreUnsafe(ref into, at + 16);
            d.StoreUnsafe(ref into, at + 32);
            e.StoreUnsafe(ref into, at + 48);
        }
        if (c == to.Length) return;
        for (int i = 0; i < rows.Length; i++)
            if (rows[i] >= 0) AddScaled(factors.IsEmpty ? 1 : factors[i], table.Row(rows[i])[c..], to[c..]);
    }

    /// <summary>Rows of a table lie anywhere, so the next ones are asked for before they are needed.</summary>
    private const int Ahead = 2;

    private static unsafe void Prefetch(ReadOnlySpan<float> row)
    {
        if (!Sse.IsSupported) return;
        fixed (float* at = row)
            for (int i = 0; i < row.Length; i += 16) Sse.Prefetch0(at + i);
    }

    private static void CheckBag(int[] rows, float[]? factors, int each)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(each, 1);
        if (rows.Length % each != 0) throw new ArgumentException($"{rows.Length} terms do not fall into sums of {each}", nameof(rows));
        if (factors is not null && factors.Length != rows.Length)
            throw new ArgumentException($"{factors.Length} factors for {rows.Length} terms", nameof(factors));
    }

    private static void AddScaled(float factor, ReadOnlySpan<float> x, Span<float> to) => Map.Run(new ScaledAdd(factor), x, to, to);

    /// <summary>factor x + y, rounded once.</summary>
    private readonly struct ScaledAdd(float factor) : IBinary
    {
        private readonly Vector512<float> _factor = Vector512.Create(factor);

        public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => Vector512.FusedMultiplyAdd(_factor, x, y);
    }
}
