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

    /// <summary>The sampler whose item i completes row i of a table of known columns.</summary>
    /// <param name="fill">Whether empty cells are drawn; then generated columns are no condition: they are put back as they are.</param>
    public static ISampler Given(ISampler sampler, Table known, bool fill, string engine)
    {
        var under = Under(sampler, engine);
        var reached = under.Learned.ToHashSet(StringComparer.Ordinal);
        Column[] columns = [.. known.Columns.Where(c => !fill || reached.Contains(c.Name))];
        return under.Given(known, fill,
            item => string.Join(" and ", columns.Where(c => !fill || !c.IsMissing((int)item)).Select(c => Equality(c, (int)item))),
            (text, item) =>
            {
                var faults = new DiagnosticBag();
                var condition = Expression.Parse(text, new SourcePosition("--given", (int)item + 1, 1), faults);
                faults.ThrowIfErrors();
                return condition!;
            });
    }

    private static IConditionalSampler Under(ISampler sampler, string engine) => sampler as IConditionalSampler
        ?? throw new UsageException($"a model of the engine '{engine}' cannot be asked for rows under a condition");

    private static string Equality(Column column, int row)
    {
        string name = $"`{column.Name.Replace("`", "``")}`";
        if (column.IsMissing(row)) return $"{name} is missing";
        if (column is NumericColumn { Schema.Kind: ColumnKind.Integer or ColumnKind.Decimal } numbers)
            return $"{name} {EqualTo(numbers.Values[row])}";
        if (column.Schema.Kind == ColumnKind.Boolean) return $"{name} = {((CodedColumn)column)[row]}";
        var plain = column.With(column.Schema with { Format = null });
        return $"{name} = '{ValueText.Format(plain, row).Replace("'", "''")}'";
    }

    // Expressions have no word for infinity: it is what lies beyond the largest number.
    private static string EqualTo(double value) => value switch
    {
        double.PositiveInfinity => "> " + double.MaxValue.ToString("R", CultureInfo.InvariantCulture),
        double.NegativeInfinity => "< " + double.MinValue.ToString("R", CultureInfo.InvariantCulture),
        _ => "= " + value.ToString("R", CultureInfo.InvariantCulture),
    };
}
