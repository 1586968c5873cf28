using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Rows divided so that the outcome hangs less on the protected groups: exact counts for each group with each outcome, everything
/// else drawn under them. Groups keep their shares, and so does the outcome; what binds the two, the odds ratios, is raised to the
/// power 1 - independence: at 1 the outcome is independent of the group, as under the weights of Kamiran and Calders (Knowledge and
/// Information Systems 33, 2012), beyond it the dependence is reversed, since other columns still tell the group. Rows within a cell
/// stay as learned. The shares are fitted in proportion (Deming and Stephan 1940), which leaves odds ratios as they are.
/// </summary>
internal static class LooseOutcome
{
    /// <summary>Rows of the whole table's shares added to each group, so that a handful of rows is not raised to a power.</summary>
    private const double Shrinkage = 10;

    /// <summary>Share of an outcome in its group from which rows are drawn until they have it.</summary>
    private const double LeastShare = 0.05;

    public static Strata Divide(Spec spec, Table training, FrameColumns frame)
    {
        var columns = spec.Protect.Select(p => new BalanceSpec(p.Column, [], p.At))
            .Append(new BalanceSpec(spec.Source!.Target!, [], spec.Protect[0].At)).ToList();
        var cells = StrataPlan.Cells(columns, training);
        int[] groups = Numbered(cells, cell => cell.Levels[..^1]), outcomes = Numbered(cells, cell => cell.Levels[^1..]);
        double[] mass = Shares([.. cells.Select(c => (double)c.Count)], groups, outcomes, spec.Independence);
        long[] counts = StrataPlan.Rounded(cells, mass, spec.Rows ?? training.RowCount, columns.Count);
        var strata = new List<Stratum>();
        double[] group = Margin([.. cells.Select(c => (double)c.Count)], groups);
        for (int k = 0; k < cells.Count; k++)
        {
            if (counts[k] == 0) continue;
            var whole = StrataPlan.Of(columns, cells[k], frame, [], counts[k]);
            // Drawn until it has the outcome, where that is soon: the outcome then comes after all it is predicted from, and no engine
            // has to learn the table from the outcome onwards, which costs far more than the draws.
            bool soon = cells[k].Count >= LeastShare * group[groups[k]];
            strata.Add(soon && Test(training[spec.Source!.Target!].Schema, cells[k].Levels[^1], training.Schema) is { } must
                ? whole with { Allowed = [.. whole.Allowed.Take(columns.Count - 1)], Must = [must] } : whole);
        }
        return new Strata(strata);
    }

    /// <summary>The column has the level, as a condition; null where no condition says so.</summary>
    private static Expression? Test(ColumnSchema column, string? level, TableSchema schema)
    {
        string name = Expression.Quote(column.Name);
        string text = level is null ? $"{name} is missing"
            : column.IsNumericStorage ? $"{name} = {level}"
            : column.Kind == ColumnKind.Boolean ? $"{name} = {level.ToLowerInvariant()}"
            : $"{name} = '{level.Replace("'", "''", StringComparison.Ordinal)}'";
        var faults = new DiagnosticBag();
        return Expression.Parse(text, default, faults) is { } test && test.CheckCondition(schema, faults) ? test : null;
    }

    /// <summary>The share of each cell; groups and outcomes together keep theirs.</summary>
    /// <param name="counts">Training rows, at least one in each cell.</param>
    public static double[] Shares(double[] counts, int[] groups, int[] outcomes, double independence)
    {
        double total = counts.Sum();
        double[] group = Margin(counts, groups), outcome = Margin(counts, outcomes), mass = new double[counts.Length];
        for (int k = 0; k < mass.Length; k++)
        {
            double overall = outcome[outcomes[k]] / total, of = group[groups[k]];
            double lift = (counts[k] + Shrinkage * overall) / (of + Shrinkage) / overall;
            mass[k] = of / total * overall * Math.Pow(lift, 1 - independence);
        }
        for (int round = 0; round < 500; round++)
        {
            double moved = Scale(mass, groups, group, total) + Scale(mass, outcomes, outcome, total);
            if (moved < 1e-12) break;
        }
        return mass;
    }

    private static double Scale(double[] mass, int[] of, double[] wanted, double total)
    {
        double[] have = Margin(mass, of);
        double moved = 0;
        for (int k = 0; k < mass.Length; k++)
        {
            double scaled = mass[k] * (wanted[of[k]] / total / have[of[k]]);
            moved += Math.Abs(scaled - mass[k]);
            mass[k] = scaled;
        }
        return moved;
    }

    private static double[] Margin(double[] mass, int[] of)
    {
        double[] sums = new double[of.Max() + 1];
        for (int k = 0; k < mass.Length; k++) sums[of[k]] += mass[k];
        return sums;
    }

    private static int[] Numbered(IReadOnlyList<StrataPlan.Cell> cells, Func<StrataPlan.Cell, string?[]> part)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. cells.Select(cell =>
        {
            string key = string.Join('\u001f', part(cell).Select(l => l ?? "\u001e"));
            return seen.TryGetValue(key, out int at) ? at : seen[key] = seen.Count;
        })];
    }
}
