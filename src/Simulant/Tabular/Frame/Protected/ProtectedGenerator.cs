using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Frame.Protected;

/// <summary>
/// The frame under differential privacy: what <see cref="TableGenerator"/> reads off the training rows (kinds, ranges, grids,
/// shapes of keys, the number of rows) comes from the spec alone here, or is paid for.
/// </summary>
public sealed class ProtectedGenerator(IProtectedEngine engine) : IGenerator<TableRequest>
{
    /// <summary>Rows drawn from the model, in place of the training rows, to lay balance out by.</summary>
    private const int LayoutRows = 20_000;

    private static readonly int[] FillerLengths = [.. Enumerable.Range(0, 17).Select(k => 10 + 5 * k)];

    public ISampler Fit(TableRequest spec, Dataset training, RunContext run)
    {
        var session = spec.Privacy ?? throw new InvalidOperationException($"'{engine.Name}' learns through a privacy session alone");
        var wanted = spec.Spec;
        var table = Bounded(wanted, training.Single, session);
        var columns = table.Columns.Select(c => (Column: c, Spec: Declared(wanted, c.Name))).ToList();
        var schema = new TableSchema(table.Name, [.. columns.Select(c => SchemaOf(c.Spec, wanted.Source?.Target))]);
        var learned = Enumerable.Range(0, columns.Count).Where(c => IsLearned(schema.Columns[c])).ToList();
        var encoding = new Encoding(session, wanted.Privacy?.MaxRows ?? 1);
        encoding.Add([.. learned.Select(c => (columns[c].Column, columns[c].Spec, StepOf(schema.Columns[c], wanted)))]);
        int target = learned.FindIndex(c => schema.Columns[c].Role == ColumnRole.Target);
        var rows = new ProtectedTable(encoding.Columns, encoding.Rows(table.RowCount), target, wanted.Rows);
        var model = engine.Fit(rows, session, wanted.Engine.Options, run);
        var outputs = new OutputColumn[columns.Count];
        for (int c = 0; c < outputs.Length; c++)
            outputs[c] = learned.IndexOf(c) is >= 0 and var k ? Modelled(schema.Columns[c], encoding.Columns[k], k)
                : Generated(schema.Columns[c]);
        ModelColumn[] modelled = [.. encoding.Columns.Select(c => new ModelColumn(c.Name, c.Levels.Length, c.IsOrdered && !c.IsNumeric,
            c.Step, false))];
        var rules = new RowRules([.. wanted.Constraints.OfType<ExpressionConstraint>().Select(c => c.Expression)],
            [.. wanted.Constraints.OfType<UniqueConstraint>()]);
        TableSampler Under(Strata strata) => new(schema, modelled, outputs, [], rules, strata, model);
        wanted = wanted with { Rows = wanted.Rows ?? session.RowsTold };
        if (wanted.Balance.Count == 0 && wanted.Conditions.Count == 0) return Under(Strata.Free);
        var drawn = Under(Strata.Free).Sample(new ItemRange(0, LayoutRows), run).Single;
        return Under(StrataPlan.Of(wanted, drawn, new FrameColumns(schema, outputs, [])));
    }

    /// <summary>Reads back what <see cref="ISampler.Save"/> of its samplers wrote.</summary>
    public ISampler Load(Stream from) => TableSamplerFile.Load(from, engine.Load);

    /// <summary>At most so many rows of each unit, chosen at random and apart from every other unit's.</summary>
    private static Table Bounded(Spec spec, Table table, PrivacySession session)
    {
        if (spec.Privacy is not { Unit: not PrivacySpec.Row } privacy) return table;
        var column = table[privacy.Unit];
        string?[] owners = new string?[column.Count];
        for (int r = 0; r < owners.Length; r++) owners[r] = column.IsMissing(r) ? null : ValueText.Format(column, r);
        return table.Take(session.Bounded(owners, privacy.MaxRows));
    }

    private static ColumnSpec Declared(Spec spec, string column) => spec.Columns.FirstOrDefault(c => c.Name == column)
        ?? throw new DataException($"column '{column}' is not among the spec's columns, and under 'privacy' nothing of it is inferred",
            column: column);

    private static ColumnSchema SchemaOf(ColumnSpec column, string? target)
    {
        var kind = column.Kind ?? ColumnKind.Text;
        return new ColumnSchema(column.Name, kind)
        {
            Role = column.Name == target ? ColumnRole.Target : column.Role ?? ColumnRole.Feature,
            Decimals = kind == ColumnKind.Decimal ? column.Decimals ?? -1 : -1,
            Ordered = column.Ordered ?? false,
            Minimum = column.Minimum,
            Maximum = column.Maximum,
            Personal = column.Personal ?? PersonalData.None,
            Format = column.Format,
        };
    }

    private static bool IsLearned(ColumnSchema schema) => schema.Personal == PersonalData.None
        && schema.Role is not (ColumnRole.Id or ColumnRole.Entity) && schema.Kind is not (ColumnKind.Identifier or ColumnKind.Text);

    /// <summary>The grid that the spec says; 0 where values are no numbers.</summary>
    private static double StepOf(ColumnSchema schema, Spec spec)
    {
        if (!schema.IsNumericStorage) return 0;
        if (spec.Constraints.OfType<IncrementConstraint>().FirstOrDefault(i =>
            i.Column == schema.Name) is { } declared) return declared.Step;
        return schema.Kind switch
        {
            ColumnKind.Decimal => Math.Pow(10, -schema.Decimals),
            ColumnKind.Time or ColumnKind.Timestamp => 1e6, // seconds
            _ => 1,
        };
    }

    private static ModelledOutput Modelled(ColumnSchema schema, CellColumn cells, int index)
    {
        if (!cells.IsNumeric) return new ModelledOutput(schema, index, cells.Levels, default);
        double low = cells.Cells[0].Low * cells.Step, high = cells.Cells[^1].High * cells.Step;
        return new ModelledOutput(schema, index, [], new ValueGrid(cells.Step, Grids.DigitsOf(cells.Step), low, high));
    }

    /// <summary>Made up without a look at the real ones: their shapes, lengths and gaps would have to be paid for.</summary>
    private static OutputColumn Generated(ColumnSchema schema)
    {
        if (schema.Personal != PersonalData.None) return new PersonalOutput(schema, PersonalFormat.Default, false, -1);
        if (schema.Kind == ColumnKind.Text && schema.Role is not (ColumnRole.Id or ColumnRole.Entity))
            return new FillerOutput(schema, FillerLengths, -1);
        return new KeyOutput(schema, new KeyShape("", schema.IsNumericStorage ? "" : "id-", 1, 0, 1, 1), -1);
    }
}
