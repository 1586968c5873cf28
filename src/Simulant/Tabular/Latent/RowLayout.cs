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
    private readonly RowLayout _layout;

    public EncodedRows(RowLayout layout, ModelTable training, RunContext run)
    {
        _layout = layout;
        Count = training.Rows;
        Codes = new int[layout.Columns.Count][];
        Places = new float[layout.Columns.Count][];
        var random = new RandomStream(run.Seed, "latent modes");
        Work.For(layout.Columns.Count, run, c =>
        {
            var (codes, places) = (new int[Count], new float[Count]);
            for (int r = 0; r < Count; r++)
                (codes[r], places[r]) = layout.Columns[c].Encode(training.Values[c][r], random.Uniform(r, c));
            (Codes[c], Places[c]) = (codes, places);
        });
    }

    public int Count { get; }

    /// <summary>[column][row]</summary>
    public int[][] Codes { get; }

    /// <summary>[column][row]; 0 where the column has no modes.</summary>
    public float[][] Places { get; }

    /// <summary>A row as the terms of a sparse sum: which numbers are not zero, and what they are.</summary>
    /// <param name="first">Where the row's numbers begin.</param>
    public void Terms(int row, int first, Span<int> numbers, Span<float> factors)
    {
        int columns = _layout.Columns.Count;
        for (int c = 0; c < columns; c++)
        {
            numbers[c] = first + _layout.Offsets[c] + Codes[c][row];
            factors[c] = 1;
            if (_layout.PlaceOf[c] is not (>= 0 and var place)) continue;
            numbers[columns + place] = first + _layout.Codes + place;
            factors[columns + place] = Places[c][row];
        }
    }
}
