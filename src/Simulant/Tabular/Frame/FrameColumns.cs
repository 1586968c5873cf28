using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>Translates conditions on columns into what modelled columns may be.</summary>
internal sealed class FrameColumns(TableSchema schema, IReadOnlyList<OutputColumn> outputs, IReadOnlyList<Lookup> lookups)
{
    /// <summary>What the condition says of single modelled columns; the condition itself still decides.</summary>
    public IReadOnlyList<Allowed> AllowedBy(Expression where)
    {
        var allowed = new List<Allowed>();
        foreach (var bound in where.BoundsOn(schema))
        {
            int c = schema.IndexOf(bound.Column);
            if (c < 0) continue;
            var said = outputs[c] switch
            {
                ModelledOutput output => OfModelled(output, bound),
                DeterminedOutput output => OfDetermined(output, bound),
                _ => null,
            };
            if (said is null || allowed.Exists(a => a.Column == said.Column)) continue;
            if (said.Values is { Count: 0 })
                throw new DataException($"no training row has what the condition '{where.Text}' asks of column '{bound.Column}'",
                    column: bound.Column);
            allowed.Add(said);
        }
        return allowed;
    }

    /// <summary>One value of a balanced column, as text; null is missing.</summary>
    public Allowed AllowedValue(string column, string? level, SourcePosition at)
    {
        int c = schema.IndexOf(column);
        double number = double.NaN;
        bool numeric = level is not null && schema.Columns[c].IsNumericStorage && ValueText.TryParse(schema.Columns[c], level, out number);
        var said = outputs[c] switch
        {
            ModelledOutput output when level is null => new Allowed(output.Model, [double.NaN], 0, 0),
            ModelledOutput output when numeric => new Allowed(output.Model, [number], number, number),
            ModelledOutput output => new Allowed(output.Model, Codes(output, [level!]), 0, 0),
            DeterminedOutput output => OfRows(output, row => TextOf(output, row) == level),
            _ => null,
        };
        return said ?? throw new SpecException([new Diagnostic(Severity.Error, Specs.Codes.Contradiction, at,
            $"column '{column}' cannot be balanced: its values are generated or constant, not learned")]);
    }

    private static Allowed? OfModelled(ModelledOutput output, ColumnBound bound)
    {
        if (!output.Schema.IsNumericStorage)
            return bound.Levels is { } levels ? new Allowed(output.Model, Codes(output, levels), 0, 0) : null;
        if (bound.Levels is { } texts)
        {
            var values = new List<double>();
            foreach (string text in texts)
                if (ValueText.TryParse(output.Schema, text, out double v)) values.Add(v);
            return values.Count == texts.Count ? new Allowed(output.Model, values, values.Min(), values.Max()) : null;
        }
        double step = output.Grid.Step;
        double low = bound.LowOpen ? Above(bound.Low, step) : bound.Low, high = bound.HighOpen ? Below(bound.High, step) : bound.High;
        return new Allowed(output.Model, null, low, high);
    }

    private static double Above(double value, double step) => step > 0 ? value + step / 2 : Math.BitIncrement(value);
    private static double Below(double value, double step) => step > 0 ? value - step / 2 : Math.BitDecrement(value);

    private static double[] Codes(ModelledOutput output, IReadOnlyList<string> levels) =>
        [.. levels.Select(level => Array.IndexOf(output.Levels, level)).Where(code => code >= 0).Select(code => (double)code)];

    private Allowed? OfDetermined(DeterminedOutput output, ColumnBound bound)
    {
        var schema = output.Schema;
        return OfRows(output, row =>
        {
            var column = lookups[output.Lookup].Right[output.Column];
            if (column.IsMissing(row)) return false;
            if (bound.Levels is { } levels) return levels.Contains(TextOf(output, row)!);
            if (column is not NumericColumn numbers) return true;
            double v = numbers.Values[row];
            return (bound.LowOpen ? v > bound.Low : v >= bound.Low) && (bound.HighOpen ? v < bound.High : v <= bound.High);
        });
    }

    private string? TextOf(DeterminedOutput output, int row)
    {
        var column = lookups[output.Lookup].Right[output.Column];
        return column.IsMissing(row) ? null : ValueText.Format(column, row);
    }

    /// <summary>The determining values whose determined value is wanted; only where one column determines.</summary>
    private Allowed? OfRows(DeterminedOutput output, Func<int, bool> wanted)
    {
        var lookup = lookups[output.Lookup];
        if (lookup.Left.Length != 1) return null;
        double[] values = [.. Enumerable.Range(0, lookup.Keys.Length).Where(wanted).Select(row => lookup.Keys[row][0])];
        return new Allowed(lookup.Left[0], values, values.Length == 0 ? 0 : values.Min(), values.Length == 0 ? 0 : values.Max());
    }
}
