using System.Runtime.Intrinsics;
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
    public Tensor Bag(Tensor table, int[] rows, float[]? factors, int each)
    {
        CheckBag(rows, factors, each);
        var y = Full(rows.Length / each, table.Columns, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] == -1) continue;
            if ((uint)rows[i] >= (uint)table.Rows)
                throw new ArgumentOutOfRangeException(nameof(rows), $"row {rows[i]} of a table of {table.Rows}");
            AddScaled(factors is null ? 1 : factors[i], table.Row(rows[i]), y.Row(i / each));
        }
        return Record(y, [table], (g, _) => ScatterBag(g, rows, factors, each, table.Rows));
    }

    /// <summary>The transposed sparse matrix times x: a table to whose rows those of x are added, in the order of terms.</summary>
    private Tensor ScatterBag(Tensor x, int[] rows, float[]? factors, int each, int tableRows)
    {
        var y = Full(tableRows, x.Columns, 0);
        for (int i = 0; i < rows.Length; i++)
            if (rows[i] >= 0) AddScaled(factors is null ? 1 : factors[i], x.Row(i / each), y.Row(rows[i]));
        return Record(y, [x], (g, _) => Bag(g, rows, factors, each));
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
