using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Reads constraints, balance and conditions: what can be met by construction is, the rest is checked and drawn
/// again.</summary>
internal sealed class CheckReader(Spec spec, ScopeBuilder rows, PlanReader plan)
{
    private readonly DiagnosticBag _faults = plan.Faults;

    public List<RowCheck> Constraints()
    {
        var checks = new List<RowCheck>();
        foreach (var constraint in spec.Constraints)
        {
            switch (constraint)
            {
                case ExpressionConstraint c when rows.Bind(c.Expression, true):
                    checks.Add(new ExpressionCheck(c.Expression, c.Text, c.At));
                    break;
                case IncrementConstraint c when rows.Resolve(c.Column, c.At) is { } column:
                    if (column.Rule.Storage == RuleStorage.Number) checks.Add(new IncrementCheck(c.Column, c.Step, c.Text, c.At));
                    else Fault(c, $"'{c.Column}' holds no numbers; only numbers come in increments");
                    break;
                case OneHotConstraint c when rows.ResolveAll(c.Columns, c.At):
                    checks.Add(new OneHotCheck(c.Columns, c.Text, c.At));
                    break;
                case UniqueConstraint c when rows.ResolveAll(c.Columns, c.At):
                    if (!c.Columns.Any(name =>
                        rows.Resolve(name, c.At) is { Rule.IsUnique: true, DeterminedBy.Count: 0 } && rows.Owns(name)))
                        Fault(c, "rows are made apart, so only a key makes them differ; give one of the columns 'key', "
                            + "or 'unique: true' with a pattern or provider");
                    break;
                case DeterminesConstraint c when rows.ResolveAll(c.Left, c.At) && rows.ResolveAll(c.Right, c.At):
                    Determines(c);
                    break;
            }
        }
        return checks;
    }

    /// <summary>Puts balance and conditions into rules and checks; gives the scope with the changed rules.</summary>
    public Scope Counts(Scope scope, List<RowCheck> checks)
    {
        if (spec.Balance.Count == 0 && spec.Conditions.Count == 0) return scope;
        var at = spec.Balance.Count > 0 ? spec.Balance[0].At : spec.Conditions[0].At;
        long needed = spec.Conditions.Sum(condition => condition.Rows), total = spec.Rows ?? needed;
        if (plan.Sessions is not null)
            _faults.Error(RuleCodes.Counts, at,
                "rows in sessions come as the machine walks; exact counts of rows are not for them");
        else if (spec.Balance.Count > 0 && spec.Conditions.Count > 0)
            _faults.Error(RuleCodes.Counts, at, "rules keep either 'balance' or 'conditions'; write the shares as conditions");
        else if (total == 0 || total < needed)
            _faults.Error(RuleCodes.Counts, at, total == 0 ? "exact counts need 'rows'"
                : $"the conditions ask for {needed} rows of {total}; raise 'rows'");
        else
            return spec.Balance.Count > 0 ? Balance(scope, checks, total) : Conditions(scope, checks, total);
        return scope;
    }

    private Scope Balance(Scope scope, List<RowCheck> checks, long total)
    {
        foreach (var balance in spec.Balance)
        {
            if (rows.Resolve(balance.Column, balance.At) is not { } column) continue;
            string[] levels = [.. balance.Shares.Select(share => share.Key)];
            if (column.Rule.Storage != RuleStorage.Code
                || levels.FirstOrDefault(level => !column.Rule.Levels.Contains(level)) is not null)
            {
                string? unknown = levels.FirstOrDefault(level => !column.Rule.Levels.Contains(level));
                _faults.Error(RuleCodes.Counts, balance.At, column.Rule.Storage != RuleStorage.Code
                    ? $"'{balance.Column}' is no category whose levels are known; balance is for those"
                    : $"'{balance.Column}' has no level '{unknown}'{Nearest.Suggest(unknown!, column.Rule.Levels)}");
                continue;
            }
            var parts = new Parts("balance " + balance.Column, total,
                Ends([.. balance.Shares.Select(share => share.Value)], total));
            if (column.Rule is CategoryRule category && column.DeterminedBy.Count == 0
                && ByLevel(category, levels, balance, parts) is { } direct)
                scope = Replace(scope, balance.Column, direct);
            else checks.Add(new ShareCheck(balance.Column, parts, levels, balance.At));
        }
        return scope;
    }

    private PartsRule? ByLevel(CategoryRule category, string[] levels, BalanceSpec balance, Parts parts)
    {
        var byPart = levels.Select(level => category.Only(other => other == level)).ToList();
        var rest = category.Only(other => !levels.Contains(other));
        if (byPart.Contains(null) || (rest is null && balance.Shares.Sum(share => share.Value) < 1 - 1e-9))
        {
            _faults.Error(RuleCodes.Counts, balance.At,
                $"'{balance.Column}' never takes a level that the balance asks for; give it a weight");
            return null;
        }
        return new PartsRule(category, parts, [.. byPart.Append(rest ?? byPart[0]).Select(rule => rule!)]);
    }

    private Scope Conditions(Scope scope, List<RowCheck> checks, long total)
    {
        var conditions = spec.Conditions.Select(condition => condition.Where).ToList();
        bool bound = true;
        foreach (var condition in conditions) bound &= rows.Bind(condition, true);
        if (!bound) return scope;
        long sum = 0;
        var parts = new Parts("conditions", total, [.. spec.Conditions.Select(condition => sum += condition.Rows)]);
        checks.Add(new ConditionCheck(conditions, parts, spec.Conditions[0].At));
        // A category that depends on nothing is drawn from the levels that its condition names; the check decides the rest.
        foreach (var column in scope.Columns.ToList())
        {
            if (column.Rule is not CategoryRule category || column.DeterminedBy.Count > 0) continue;
            var byPart = conditions.Select(condition => condition.BoundsOn(rows.SchemaOf(condition))
                .FirstOrDefault(b => b.Column == column.Schema.Name)?.Levels is { } named
                    ? category.Only(named.Contains) : category).ToList();
            int never = byPart.IndexOf(null);
            if (never >= 0)
                _faults.Error(RuleCodes.Counts, spec.Conditions[never].At,
                    $"'{column.Schema.Name}' never takes the value this condition asks for");
            else if (byPart.Exists(rule => rule != category))
                scope = Replace(scope, column.Schema.Name,
                    new PartsRule(category, parts, [.. byPart.Append(category).Select(rule => rule!)]));
        }
        return scope;
    }

    private static Scope Replace(Scope scope, string name, Rule rule) => new(
        scope.Name, [.. scope.Columns.Select(column => column.Schema.Name == name ? column with { Rule = rule } : column)]);

    /// <summary>Ends of the parts by largest remainders: the counts that are nearest to the shares.</summary>
    private static long[] Ends(double[] shares, long total)
    {
        long[] counts = [.. shares.Select(share => (long)Math.Floor(share * total + 1e-9))];
        long wanted = Math.Min(total, (long)Math.Round(shares.Sum() * total));
        foreach (int i in Enumerable.Range(0, shares.Length).OrderByDescending(i => shares[i] * total - counts[i]).ThenBy(i => i))
        {
            if (counts.Sum() >= wanted) break;
            counts[i]++;
        }
        long sum = 0;
        return [.. counts.Select(count => sum += count)];
    }

    private void Determines(DeterminesConstraint constraint)
    {
        foreach (string name in constraint.Right)
        {
            var column = rows.Resolve(name, constraint.At)!;
            if (!rows.Owns(name) || column.Rule.IsUnique)
                Fault(constraint, $"'{name}' differs from row to row or belongs to the session; only a row's own drawn column "
                    + $"can be determined");
            else if (column.Rule.Reads.Except(constraint.Left).FirstOrDefault() is { } other)
                Fault(constraint, $"'{name}' also depends on '{other}', which is not on the left; add it there");
            else if (column.Rule is FromRule or SessionRule or WindowArrivalsRule or RateArrivalsRule)
                Fault(constraint, $"'{name}' follows from the row, not from the left columns; put both in one entity");
        }
    }

    private void Fault(Constraint constraint, string message) => _faults.Error(RuleCodes.NotByRules, constraint.At, message);
}
