using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Counts the rows of a table that break each of a spec's constraints; independent of how engines keep them.</summary>
internal static class ConstraintCounts
{
    /// <summary>By constraint text. What the left columns determine is taken from <paramref name="training"/> where it says so.</summary>
    public static IReadOnlyDictionary<string, Func<Table, long>> Of(Spec spec, Table training)
    {
        var rules = new Dictionary<string, Func<Table, long>>(StringComparer.Ordinal);
        foreach (var constraint in spec.Constraints) rules[constraint.Text] = table => Broken(constraint, table, training);
        return rules;
    }

    private static long Broken(Constraint constraint, Table table, Table training) => constraint switch
    {
        ExpressionConstraint rule => rule.Expression.Test(table).LongCount(truth => truth == 0),
        DeterminesConstraint rule => Undetermined(rule, table, training),
        IncrementConstraint rule => OffStep(rule, table),
        OneHotConstraint rule => Enumerable.Range(0, table.RowCount).LongCount(row => Hot(rule, table, row) != 1),
        UniqueConstraint rule => table.RowCount - Keys(table, rule.Columns).Distinct(StringComparer.Ordinal).LongCount(),
        _ => throw new InvalidOperationException($"unknown constraint {constraint.GetType().Name}"),
    };

    private static long Undetermined(DeterminesConstraint rule, Table table, Table training)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        if (training.RowCount > 0)
            foreach (var (left, right) in Keys(training, rule.Left).Zip(Keys(training, rule.Right))) known.TryAdd(left, right);
        long broken = 0;
        foreach (var (left, right) in Keys(table, rule.Left).Zip(Keys(table, rule.Right)))
            if (!known.TryAdd(left, right) && known[left] != right) broken++;
        return broken;
    }

    private static long OffStep(IncrementConstraint rule, Table table)
    {
        if (table[rule.Column] is not NumericColumn column) return 0;
        long broken = 0;
        foreach (double value in column.Values)
        {
            if (!double.IsFinite(value)) continue;
            double steps = value / rule.Step;
            // A decimal such as 0.15 is not a whole multiple of 0.05 in binary: what its text says is meant.
            if (Math.Abs(steps - Math.Round(steps)) > 1e-6 * Math.Max(1, Math.Abs(steps))) broken++;
        }
        return broken;
    }

    private static int Hot(OneHotConstraint rule, Table table, int row) => rule.Columns.Count(name => table[name] switch
    {
        NumericColumn numbers => numbers.Values[row] == 1,
        CodedColumn coded => coded[row] is "true" or "1",
        _ => false,
    });

    /// <summary>The columns' values of each row as one text; lengths keep neighbours apart.</summary>
    private static IEnumerable<string> Keys(Table table, IReadOnlyList<string> names)
    {
        var columns = names.Select(name => table[name]).ToList();
        for (int row = 0; row < table.RowCount; row++)
        {
            var key = new System.Text.StringBuilder();
            foreach (var column in columns)
            {
                string text = column.IsMissing(row) ? "-" : "=" + ValueText.Format(column, row);
                key.Append(text.Length).Append(':').Append(text);
            }
            yield return key.ToString();
        }
    }
}
