using Simulant.Data;
using Simulant.Tabular.Refinement;

namespace Simulant.Runs;

/// <summary>What a model whose rows were chosen (<c>refine</c>) would have given without the choice, to be judged beside it.</summary>
internal static class Unrefined
{
    /// <summary>The first rows of the model as drawn, as many as are judged of the stored ones; null where none were chosen.</summary>
    public static Table? Rows(ISampler sampler, ModelFile model, RunContext run)
    {
        if (AutoSampler.Unwrap(sampler) is not RefinedSampler refined) return null;
        var drawing = run with { Seed = model.Header.SampleSeed, Rejections = new RejectionTally() };
        var pick = new Spread(refined.Rows, StoredRows.MostJudged, model.Header.SampleSeed);
        var parts = new List<Table>();
        long at = 0;
        DataFiles.Draw(refined.Unrefined, 0, refined.Rows, drawing, drawn =>
        {
            parts.Add(AsStored(refined.Rows <= StoredRows.MostJudged ? drawn : drawn.Take(pick.Within(at, drawn.RowCount))));
            at += drawn.RowCount;
        });
        return Tables.Concat(parts);
    }

    /// <summary>Numbers as a data file gives them back: with the digits their column is written with.</summary>
    private static Table AsStored(Table drawn) => new(drawn.Name, [.. drawn.Columns.Select(AsStored)]);

    private static Column AsStored(Column column)
    {
        if (column is not NumericColumn numbers) return column;
        double[] values = numbers.Values.ToArray();
        Span<byte> text = stackalloc byte[ValueText.Longest];
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row])) continue;
            int length = ValueText.Write(column.Schema, values[row], text);
            if (ValueText.TryParse(column.Schema, text[..length], out double stored)) values[row] = stored;
        }
        return new NumericColumn(column.Schema, values);
    }
}
