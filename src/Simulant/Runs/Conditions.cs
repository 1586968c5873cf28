using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Runs;

/// <summary>A model's rows under the conditions of a command line.</summary>
internal static class Conditions
{
    /// <summary>The sampler whose rows meet every condition; the sampler itself where there is none.</summary>
    /// <exception cref="SpecException">A condition cannot be read, or names a column that is not there.</exception>
    public static ISampler Where(ISampler sampler, IReadOnlyList<string> conditions, string engine)
    {
        if (conditions.Count == 0) return sampler;
        string joined = conditions.Count == 1 ? conditions[0] : string.Join(" and ", conditions.Select(c => $"({c})"));
        var faults = new DiagnosticBag();
        var at = new SourcePosition("--where", 1, 1);
        var condition = Expression.Parse(joined, at, faults);
        condition?.Check(sampler.Schema.Single, faults);
        faults.ThrowIfErrors();
        return Under(sampler, engine).Where(condition!);
    }

    /// <summary>
    /// Completes the rows of a table of known columns: row i is item i under what is known of it. Rows that know the same share
    /// one condition, so a few kinds of rows cost little more than none.
    /// </summary>
    public static IEnumerable<Table> Given(ISampler sampler, Table known, string engine, RunContext run)
    {
        var conditional = Under(sampler, engine);
        var samplers = new Dictionary<string, ISampler>(StringComparer.Ordinal);
        for (int row = 0; row < known.RowCount; row++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            string text = string.Join(" and ", known.Columns.Select(column => Equality(column, row)));
            if (!samplers.TryGetValue(text, out var under))
            {
                var faults = new DiagnosticBag();
                var condition = Expression.Parse(text, new SourcePosition("--given", row + 1, 1), faults);
                faults.ThrowIfErrors();
                samplers.Add(text, under = conditional.Where(condition!));
            }
            yield return under.Sample(new ItemRange(row, 1), run).Single;
            run.Progress.Report(new StageProgress("completing", row + 1, known.RowCount, "rows"));
        }
    }

    private static IConditionalSampler Under(ISampler sampler, string engine) => sampler as IConditionalSampler
        ?? throw new UsageException($"a model of the engine '{engine}' cannot be asked for rows under a condition");

    private static string Equality(Column column, int row)
    {
        string name = $"`{column.Name.Replace("`", "``")}`";
        if (column.IsMissing(row)) return $"{name} is missing";
        if (column is NumericColumn { Schema.Kind: ColumnKind.Integer or ColumnKind.Decimal } numbers)
            return $"{name} = {numbers.Values[row].ToString("R", CultureInfo.InvariantCulture)}";
        if (column.Schema.Kind == ColumnKind.Boolean) return $"{name} = {((CodedColumn)column)[row]}";
        var plain = column.With(column.Schema with { Format = null });
        return $"{name} = '{ValueText.Format(plain, row).Replace("'", "''")}'";
    }
}
