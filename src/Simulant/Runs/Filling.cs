using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Runs;

/// <summary>Completes the rows of a table of which cells are empty: its own cells stay as they are, the others are drawn.</summary>
/// <param name="known">Columns of the sampler's schema.</param>
/// <param name="draws">Each cell gets the mean of so many draws, or their commonest level; 1 is one draw.</param>
internal sealed class Filling(Table known, int draws)
{
    /// <summary>Rows [items) completed.</summary>
    public Table Fill(ISampler given, ItemRange items, RunContext run)
    {
        var drawn = new List<Table>();
        for (int d = 0; d < draws; d++) drawn.Add(given.Sample(items, run with { Seed = SeedOf(run.Seed, d) }).Single);
        var columns = new Column[drawn[0].Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            int at = c;
            var typical = draws == 1 ? drawn[0].Columns[c] : Typical([.. drawn.Select(t => t.Columns[at])]);
            columns[c] = known.Find(typical.Name) is { } own ? Over(typical, own.Slice((int)items.Start, items.Count)) : typical;
        }
        return new Table(drawn[0].Name, columns);
    }

    /// <summary>The first draw is that of the seed itself.</summary>
    private static ulong SeedOf(ulong seed, int draw)
    {
        if (draw == 0) return seed;
        var (a, b, _, _) = new RandomStream(seed, "fill").Bits(draw, 0);
        return (ulong)a << 32 | b;
    }

    /// <summary>Missing where most draws are; else the mean, on the column's digits, or the level drawn most often, and first.</summary>
    private static Column Typical(IReadOnlyList<Column> drawn)
    {
        int rows = drawn[0].Count;
        if (drawn[0] is NumericColumn)
        {
            double[] values = new double[rows];
            for (int r = 0; r < rows; r++)
            {
                double[] there = [.. drawn.Select(c => ((NumericColumn)c).Values[r]).Where(v => !double.IsNaN(v))];
                values[r] = 2 * there.Length <= drawn.Count - 1 ? double.NaN : Rounded(drawn[0].Schema, there.Average());
            }
            return new NumericColumn(drawn[0].Schema, values);
        }
        string?[] texts = new string?[rows];
        for (int r = 0; r < rows; r++)
            texts[r] = drawn.Select(c => ((CodedColumn)c)[r]).GroupBy(t => t).MaxBy(g => g.Count())!.Key;
        return Coded((CodedColumn)drawn[0], texts);
    }

    private static double Rounded(ColumnSchema schema, double value) => !double.IsFinite(value) ? value
        : schema.Kind != ColumnKind.Decimal ? Math.Round(value)
        : schema.Decimals >= 0 ? Math.Round(value, Math.Min(15, schema.Decimals)) : value;

    private static Column Over(Column drawn, Column own)
    {
        if (drawn is NumericColumn numbers)
        {
            double[] values = numbers.Values.ToArray();
            for (int r = 0; r < values.Length; r++)
                if (!own.IsMissing(r)) values[r] = ((NumericColumn)own).Values[r];
            return new NumericColumn(drawn.Schema, values);
        }
        string?[] texts = new string?[drawn.Count];
        for (int r = 0; r < texts.Length; r++) texts[r] = ((CodedColumn)own)[r] ?? ((CodedColumn)drawn)[r];
        return Coded((CodedColumn)drawn, texts);
    }

    /// <summary>The levels of a column in their order, and behind them those that are new.</summary>
    private static CodedColumn Coded(CodedColumn like, string?[] texts)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string level in like.Levels) index.TryAdd(level, index.Count);
        int[] codes = new int[texts.Length];
        for (int r = 0; r < codes.Length; r++)
        {
            if (texts[r] is not { } text) codes[r] = -1;
            else if (!index.TryGetValue(text, out codes[r])) index.Add(text, codes[r] = index.Count);
        }
        return new CodedColumn(like.Schema, codes, [.. index.OrderBy(p => p.Value).Select(p => p.Key)]);
    }
}
