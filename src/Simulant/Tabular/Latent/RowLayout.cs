using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Latent;

/// <summary>
/// How a row lies in a network's numbers: first the codes of every column, one number a code, column after column; then one place
/// for each column that has modes.
/// </summary>
internal sealed class RowLayout
{
    public RowLayout(IReadOnlyList<ColumnModes> columns)
    {
        Columns = columns;
        Offsets = new int[columns.Count + 1];
        PlaceOf = new int[columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            Offsets[c + 1] = Offsets[c] + columns[c].Codes;
            PlaceOf[c] = columns[c].IsDiscrete ? -1 : Places++;
        }
    }

    public IReadOnlyList<ColumnModes> Columns { get; }

    /// <summary>Column c has the numbers Offsets[c] to Offsets[c + 1] - 1.</summary>
    public int[] Offsets { get; }

    /// <summary>Numbers of all codes.</summary>
    public int Codes => Offsets[^1];

    /// <summary>Columns with modes.</summary>
    public int Places { get; }

    /// <summary>By column: which place is its own; -1 where it has none.</summary>
    public int[] PlaceOf { get; }

    public int Width => Codes + Places;

    /// <summary>Numbers of a row that may not be zero: a one for each column's code, and the places.</summary>
    public int Terms => Columns.Count + Places;

    public static RowLayout Fit(ModelTable training, RunContext run)
    {
        var columns = new ColumnModes[training.Columns.Count];
        Work.For(columns.Length, run, c => columns[c] = ColumnModes.Fit(training.Columns[c], training.Values[c]));
        return new RowLayout(columns);
    }

    /// <summary>A code of each column by its logits: the greatest with Gumbel noise added.</summary>
    /// <param name="logits">[row, code]</param>
    /// <returns>[column][row]</returns>
    public int[][] DrawCodes(Tape tape, Tensor logits, Tensor gumbel)
    {
        var noisy = tape.Add(logits, gumbel);
        int[][] drawn = [.. Columns.Select(_ => new int[noisy.Rows])];
        for (int r = 0; r < noisy.Rows; r++)
            for (int c = 0; c < drawn.Length; c++)
            {
                var of = noisy.Row(r)[Offsets[c]..Offsets[c + 1]];
                int best = 0;
                for (int k = 1; k < of.Length; k++)
                    if (of[k] > of[best]) best = k;
                drawn[c][r] = best;
            }
        return drawn;
    }

    public void Save(BinaryWriter to)
    {
        foreach (var column in Columns) column.Save(to);
    }

    public static RowLayout Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) =>
        new([.. columns.Select(c => ColumnModes.Load(from, c))]);
}

/// <summary>Training rows under a layout.</summary>
internal sealed class EncodedRows
{
    // Row by row, because training reads rows in an order of chance.
    private readonly int[] _numbers;
    private readonly float[] _factors;
    private readonly int _terms;

    public EncodedRows(RowLayout layout, ModelTable training, RunContext run)
    {
        (Count, _terms) = (training.Rows, layout.Terms);
        Codes = new int[layout.Columns.Count][];
        _numbers = new int[checked(Count * _terms)];
        _factors = new float[_numbers.Length];
        var random = new RandomStream(run.Seed, "latent modes");
        Work.For(layout.Columns.Count, run, c =>
        {
            var codes = Codes[c] = new int[Count];
            int place = layout.PlaceOf[c];
            for (int r = 0, at = 0; r < Count; r++, at += _terms)
            {
                (codes[r], float within) = layout.Columns[c].Encode(training.Values[c][r], random.Uniform(r, c));
                (_numbers[at + c], _factors[at + c]) = (layout.Offsets[c] + codes[r], 1);
                if (place < 0) continue;
                int term = at + layout.Columns.Count + place;
                (_numbers[term], _factors[term]) = (layout.Codes + place, within);
            }
        });
    }

    public int Count { get; }

    /// <summary>[column][row]</summary>
    public int[][] Codes { get; }

    /// <summary>
    /// A row as the terms of a sparse sum: which numbers are not zero, and what they are; codes of all columns, then places.
    /// </summary>
    /// <param name="first">Where the row's numbers begin.</param>
    public void Terms(int row, int first, Span<int> numbers, Span<float> factors)
    {
        var own = _numbers.AsSpan(row * _terms, _terms);
        for (int i = 0; i < own.Length; i++) numbers[i] = first + own[i];
        _factors.AsSpan(row * _terms, _terms).CopyTo(factors);
    }
}
