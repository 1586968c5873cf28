using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Learning;
using Simulant.Tabular.Refinement;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Fits any engine of joint models to a table: what is common to all engines (missing values, keys, personal data, grids,
/// determined columns, constraints, conditions) is done here once.
/// </summary>
public sealed class TableGenerator(ITableModelEngine engine) : IGenerator<TableRequest>
{
    public ISampler Fit(TableRequest spec, Dataset training, RunContext run)
    {
        var table = training.Single;
        if (table.RowCount == 0)
            throw new DataException($"table '{table.Name}' has no rows to learn from; give at least one row or use the engine 'rules'");
        var frame = FrameBuilder.Build(spec.Spec, table);
        var names = new FrameColumns(table.Schema, frame.Outputs, frame.Lookups);
        var strata = StrataPlan.Of(spec.Spec, table, names);
        string? target = table.Schema.Columns.FirstOrDefault(c => c.Role == ColumnRole.Target)?.Name;
        int outcome = frame.Columns.ToList().FindIndex(c => c.Name == target);
        // An outcome that is cut loose from groups is still drawn after what it is predicted from.
        int[] first = [.. strata.All.SelectMany(s => s.Allowed).Select(a => a.Column).Distinct()
            .Where(c => spec.Spec.Independence == 0 || c != outcome)];
        var rows = new ModelTable(frame.Columns, frame.Values, table.RowCount, first) { Target = outcome };
        var options = spec.Spec.Engine.Options;
        var fitting = run with { Checkpoints = run.Checkpoints.For(() => FitKey.Of(engine, options, rows, run.Seed)) };
        var model = frame.Columns.Count == 0 ? new NoColumns() : engine.Fit(rows, options, fitting);
        var rules = new RowRules([.. spec.Spec.Constraints.OfType<ExpressionConstraint>().Select(c => c.Expression)],
            [.. spec.Spec.Constraints.OfType<UniqueConstraint>()]);
        var sampler = new TableSampler(table.Schema, frame.Columns, frame.Outputs, frame.Lookups, rules, strata, model);
        if (spec.Spec.Supplement is { } supplement) return new SupplementedSampler(sampler, table, supplement.Mark);
        return spec.Spec.Refine is { } refine ? Refiner.Choose(sampler, table, frame.Values, spec.Spec, refine, run) : sampler;
    }

    /// <summary>Reads back what <see cref="ISampler.Save"/> of its samplers wrote.</summary>
    public ISampler Load(Stream from) => SupplementedSampler.IsNext(from)
        ? SupplementedSampler.Load(from, inner => TableSamplerFile.Load(inner, engine.Load))
        : RefinedSampler.IsNext(from)
        ? RefinedSampler.Load(from, inner => TableSamplerFile.Load(inner, engine.Load))
        : TableSamplerFile.Load(from, engine.Load);
}

/// <summary>A model of no columns: everything is generated or constant.</summary>
internal sealed class NoColumns : ITableModel
{
    public void Draw(DrawBatch batch, CancellationToken cancel) { }
    public bool RestrictsExactly(IReadOnlyList<int> columns) => true;
    public void Save(BinaryWriter to) { }
}

/// <summary>Rules that every delivered row satisfies beside those kept by construction.</summary>
/// <param name="Expressions">None may be false.</param>
internal sealed record RowRules(IReadOnlyList<Expression> Expressions, IReadOnlyList<UniqueConstraint> Unique);
