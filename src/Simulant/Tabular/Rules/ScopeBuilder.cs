using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>
/// Reads the columns of one scope and puts them in an order in which each comes after those it reads. Columns are resolved when
/// they are first asked for, so that any order of writing is allowed and a circle is found where it closes.
/// </summary>
internal sealed class ScopeBuilder
{
    private readonly PlanReader _plan;
    private readonly ScopeBuilder? _sessions;
    private readonly Dictionary<string, ColumnSpec> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedColumn?> _resolved = new(StringComparer.Ordinal);
    private readonly List<PlannedColumn> _order = [];
    private readonly List<string> _open = [];
    private readonly Dictionary<string, List<AnomalySetting>> _anomalies = new(StringComparer.Ordinal);

    /// <param name="sessions">The scope of the sessions that the rows stand in, or null.</param>
    public ScopeBuilder(PlanReader plan, string name, IEnumerable<ColumnSpec> columns, ScopeBuilder? sessions)
    {
        (_plan, Name, _sessions) = (plan, name, sessions);
        foreach (var column in columns)
            if (!_declared.TryAdd(column.Name, column))
                plan.Faults.Error(RuleCodes.SeveralRules, column.At, $"column '{column.Name}' stands twice; keep one");
        foreach (var column in _declared.Values) FindAnomalies(column);
    }

    public string Name { get; }
    public PlanReader Plan => _plan;
    public DiagnosticBag Faults => _plan.Faults;
    public bool HasSessions => _sessions is not null;
    public IEnumerable<string> Names => _declared.Keys.Concat(_sessions?.Names ?? []);

    /// <summary>Whether the column is this scope's own, not its sessions'.</summary>
    public bool Owns(string name) => _declared.ContainsKey(name);

    public Scope Build()
    {
        foreach (var column in _declared.Values) Resolve(column.Name, column.At);
        return new Scope(Name, _order);
    }

    /// <summary>The column, of this scope or of its sessions, with all it reads before it; null after a fault.</summary>
    public PlannedColumn? Resolve(string name, SourcePosition asked)
    {
        if (_resolved.TryGetValue(name, out var known)) return known;
        if (!_declared.TryGetValue(name, out var spec))
        {
            if (_sessions is not null && _sessions._declared.ContainsKey(name)) return _sessions.Resolve(name, asked);
            Faults.Error(RuleCodes.UnknownReference, asked,
                $"there is no column '{name}' to read here{Nearest.Suggest(name, Names)}");
            return _resolved[name] = null;
        }
        if (_open.Contains(name))
        {
            string circle = string.Join(" -> ", _open.SkipWhile(open => open != name).Append(name));
            Faults.Error(RuleCodes.Cycle, asked, $"columns read each other in a circle: {circle}; break it at one of them");
            return null;
        }
        _open.Add(name);
        int before = Faults.All.Count;
        var column = new ColumnReader(this, spec, Faults).Read(_anomalies.GetValueOrDefault(name) ?? []);
        _open.RemoveAt(_open.Count - 1);
        if (Faults.All.Skip(before).Any(fault => fault.Severity == Severity.Error)) column = null;
        _resolved[name] = column;
        if (column is not null) _order.Add(column);
        return column;
    }

    /// <summary>Resolves what a rule reads; false where some of it is at fault.</summary>
    public bool ResolveAll(IEnumerable<string> names, SourcePosition asked)
    {
        bool all = true;
        foreach (string name in names.Distinct(StringComparer.Ordinal)) all &= Resolve(name, asked) is not null;
        return all;
    }

    /// <summary>Parses an expression and resolves its columns; null after a fault.</summary>
    public Expression? Expression(SpecNode node, bool condition)
    {
        if (node is not SpecScalar scalar)
        {
            Faults.Error(RuleCodes.BadParameter, node.At, "an expression must be a single text");
            return null;
        }
        return Specs.Expression.Parse(scalar.Text, scalar.At, Faults) is { } parsed && Bind(parsed, condition) ? parsed : null;
    }

    /// <summary>Whether an expression's columns are there and of the right types.</summary>
    public bool Bind(Expression expression, bool condition)
    {
        if (!ResolveAll(expression.Columns, expression.At)) return false;
        var schema = SchemaOf(expression);
        return condition ? expression.CheckCondition(schema, Faults) : expression.Check(schema, Faults);
    }

    public TableSchema SchemaOf(Expression expression) => new(
        Name, [.. expression.Columns.Select(column => Resolve(column, expression.At)!.Schema)]);

    private void FindAnomalies(ColumnSpec column)
    {
        if (column.Options?["anomalies"] is not SpecList list) return;
        foreach (var item in list.Items)
        {
            if (item is not SpecMap map || map["set"] is not SpecMap set) continue;
            string name = (map["name"] as SpecScalar)?.Text ?? "true";
            foreach (var entry in set.Entries)
            {
                if (!_declared.ContainsKey(entry.Key))
                {
                    Faults.Error(RuleCodes.UnknownReference, entry.KeyAt,
                        $"the anomaly sets '{entry.Key}', which is no column here{Nearest.Suggest(entry.Key, _declared.Keys)}");
                    continue;
                }
                if (!_anomalies.TryGetValue(entry.Key, out var settings)) _anomalies.Add(entry.Key, settings = []);
                settings.Add(new AnomalySetting(column.Name, name, entry.Value));
            }
        }
    }
}

/// <summary>What an anomaly of a label column does to another column.</summary>
internal sealed record AnomalySetting(string Label, string Anomaly, SpecNode Change);
