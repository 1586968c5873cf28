using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Frame;

/// <summary>Rows being finished: what the model drew, which items they are, and the tables of determined columns.</summary>
/// <param name="Values">[modelled column][row].</param>
/// <param name="LookupRows">[lookup][row]: row of the lookup's table, -1 where the determining values were never seen.</param>
internal sealed record FinishedRows(double[][] Values, long[] Items, int[][] LookupRows, IReadOnlyList<Lookup> Lookups, RandomStream Stream)
{
    public int Count => Items.Length;
}

/// <summary>How one column of the result comes about.</summary>
internal abstract record OutputColumn(ColumnSchema Schema)
{
    public abstract Column Build(FinishedRows rows);

    /// <summary>The codes of a coded column, or null for the numbers of a numeric one, built from texts and a mask.</summary>
    protected Column FromTexts(FinishedRows rows, int missingIndicator, Func<long, string> text)
    {
        string?[] values = new string?[rows.Count];
        for (int r = 0; r < values.Length; r++)
            values[r] = missingIndicator >= 0 && rows.Values[missingIndicator][r] == 1 ? null : text(rows.Items[r]);
        return CodedColumn.From(Schema, values);
    }
}

/// <summary>A column the model draws.</summary>
/// <param name="Levels">Texts of the codes; empty for numbers.</param>
internal sealed record ModelledOutput(ColumnSchema Schema, int Model, string[] Levels, ValueGrid Grid) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        double[] drawn = rows.Values[Model];
        if (!Schema.IsNumericStorage)
        {
            int[] codes = new int[drawn.Length];
            for (int r = 0; r < codes.Length; r++) codes[r] = double.IsNaN(drawn[r]) ? -1 : (int)drawn[r];
            return new CodedColumn(Schema, codes, Levels);
        }
        double[] values = new double[drawn.Length];
        for (int r = 0; r < values.Length; r++) values[r] = Grid.Snap(drawn[r]);
        return new NumericColumn(Schema, values);
    }
}

/// <summary>The grid and the range that a numeric column keeps to.</summary>
/// <param name="Step">Distance of neighbouring values; 0 for none.</param>
/// <param name="Digits">Digits after the point that a value on the grid has; -1 where unknown.</param>
internal readonly record struct ValueGrid(double Step, int Digits, double Minimum, double Maximum)
{
    public double Snap(double value)
    {
        if (!double.IsFinite(value)) return value;
        if (Step > 0)
        {
            value = Math.Round(value / Step) * Step;
            // Kills the last-bit noise of the product: 3 * 0.1 is not 0.3.
            if (Digits >= 0) value = Math.Round(value, Digits);
        }
        return Math.Clamp(value, Minimum, Maximum);
    }
}

/// <summary>The same value in every row; missing everywhere where <paramref name="Text"/> and <paramref name="Number"/> are.</summary>
internal sealed record ConstantOutput(ColumnSchema Schema, double Number, string? Text) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        if (Schema.IsNumericStorage)
        {
            double[] values = new double[rows.Count];
            Array.Fill(values, Number);
            return new NumericColumn(Schema, values);
        }
        int[] codes = new int[rows.Count];
        if (Text is null) Array.Fill(codes, -1);
        return new CodedColumn(Schema, codes, Text is null ? [] : [Text]);
    }
}

/// <summary>Fixed by other columns through a table of what was seen together.</summary>
internal sealed record DeterminedOutput(ColumnSchema Schema, int Lookup, int Column) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        var table = rows.Lookups[Lookup].Right[Column];
        int[] from = rows.LookupRows[Lookup];
        if (table is NumericColumn numbers)
        {
            double[] values = new double[from.Length];
            for (int r = 0; r < values.Length; r++) values[r] = from[r] < 0 ? double.NaN : numbers.Values[from[r]];
            return new NumericColumn(Schema, values);
        }
        var coded = (CodedColumn)table;
        int[] codes = new int[from.Length];
        for (int r = 0; r < codes.Length; r++) codes[r] = from[r] < 0 ? -1 : coded.Codes[from[r]];
        return new CodedColumn(Schema, codes, [.. coded.Levels]);
    }
}

/// <summary>One of a group of indicators of which exactly one is on; the model draws which.</summary>
internal sealed record OneHotOutput(ColumnSchema Schema, int Model, int Level, string[] Levels) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        double[] drawn = rows.Values[Model];
        if (Schema.IsNumericStorage)
        {
            double[] values = new double[drawn.Length];
            for (int r = 0; r < values.Length; r++) values[r] = drawn[r] == Level ? 1 : 0;
            return new NumericColumn(Schema, values);
        }
        int[] codes = new int[drawn.Length];
        for (int r = 0; r < codes.Length; r++) codes[r] = drawn[r] == Level ? 1 : 0;
        return new CodedColumn(Schema, codes, Levels);
    }
}

/// <summary>Personal data: made up, never learned.</summary>
/// <param name="MissingIndicator">Modelled column that says where it is missing (1), or -1.</param>
internal sealed record PersonalOutput(ColumnSchema Schema, PersonalFormat Format, bool Unique, int MissingIndicator)
    : OutputColumn(Schema)
{
    private readonly PersonalValues _values = new(Schema.Personal, Format, Unique);

    // One slot for all personal columns: they describe one person.
    private const int PersonSlot = -100;

    public override Column Build(FinishedRows rows) =>
        FromTexts(rows, MissingIndicator, item => _values.Value(rows.Stream, item, PersonSlot));
}

/// <summary>Keys: unique by construction, of the shape of the real ones, none of them copied on purpose.</summary>
internal sealed record KeyOutput(ColumnSchema Schema, KeyShape Shape, int MissingIndicator) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        if (!Schema.IsNumericStorage)
        {
            var keys = Shape.Texts(rows.Stream, Schema.Name);
            return FromTexts(rows, MissingIndicator, keys);
        }
        var numbers = Shape.Numbers(rows.Stream, Schema.Name);
        double[] values = new double[rows.Count];
        for (int r = 0; r < values.Length; r++)
            values[r] = MissingIndicator >= 0 && rows.Values[MissingIndicator][r] == 1 ? double.NaN : numbers(rows.Items[r]);
        return new NumericColumn(Schema, values);
    }
}

/// <summary>Free text is replaced by filler of like length: its words are never learned.</summary>
/// <param name="Lengths">Quantiles (0, 1/16 … 1) of the real texts' lengths in characters.</param>
internal sealed record FillerOutput(ColumnSchema Schema, int[] Lengths, int MissingIndicator) : OutputColumn(Schema)
{
    public override Column Build(FinishedRows rows)
    {
        var stream = new RandomStream(rows.Stream.Bits(0, -200).R0, "filler " + Schema.Name);
        return FromTexts(rows, MissingIndicator, item => FillerText.Of(stream, item, Length(stream.Uniform(item, 0))));
    }

    private int Length(double u)
    {
        double at = u * (Lengths.Length - 1);
        int k = (int)at;
        return (int)Math.Round(Lengths[k] + (at - k) * (Lengths[Math.Min(k + 1, Lengths.Length - 1)] - Lengths[k]));
    }
}
