using System.Globalization;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Reads one column: its rule, and what is done to the rule's values before they are delivered.</summary>
internal sealed class ColumnReader(ScopeBuilder scope, ColumnSpec spec, DiagnosticBag faults)
{
    /// <summary>Null after a fault.</summary>
    public PlannedColumn? Read(List<AnomalySetting> anomalies)
    {
        if (spec.Options is not { } map)
        {
            NoRule(spec.At);
            return null;
        }
        var options = new Options(map, faults);
        options.Know("type", "role", "domain", "levels", "ordered", "decimals", "format",
            "personal", "per", "description");
        var reader = new RuleReader(scope, spec);
        var rule = RuleReader.Head(options) is null ? NoRule(spec.At) : reader.Read(options);
        bool hidden = options.Flag("hidden");
        double step = options.Has("step") ? options.Required("step", 0) : 0;
        bool cumulate = options.Flag("cumulate");
        var missing = options.Take("missing");
        if (rule is not null && cumulate) rule = Cumulate(rule);
        foreach (var anomaly in anomalies)
            if (rule is not null) rule = Change(reader, rule, anomaly);
        if (rule is not null && missing is not null) rule = Missing(rule, missing);
        // Of a rule that could not be read, nobody knows which options are its own.
        if (rule is not null) options.Close($"column '{spec.Name}'");
        if (rule is null || !scope.ResolveAll(rule.Reads, spec.At)) return null;
        if (Fit(rule) is not { } fitted) return null;
        var (kind, final) = fitted;
        return new PlannedColumn(Schema(kind, final), final)
        {
            Hidden = hidden,
            Step = step,
            DeterminedBy = scope.Plan.DeterminedBy(scope, spec.Name),
        };
    }

    private Rule? NoRule(SourcePosition at)
    {
        faults.Error(RuleCodes.NoRule, at,
            $"nothing says how the values of '{spec.Name}' come about; give it one of {string.Join(", ", RuleReader.Heads)}");
        return null;
    }

    private ColumnSchema Schema(ColumnKind kind, Rule rule) => new(spec.Name, kind)
    {
        Role = spec.Role ?? ColumnRole.Feature,
        Decimals = kind == ColumnKind.Decimal ? Math.Clamp(spec.Decimals ?? -1, -1, 15) : -1,
        Ordered = spec.Ordered ?? false,
        Format = spec.Format,
        Minimum = spec.Minimum,
        Maximum = spec.Maximum,
        Personal = spec.Personal ?? ((rule as PersonalRule)?.Personal ?? PersonalData.None),
    };

    /// <summary>Brings the rule's storage to the declared kind; null after a fault.</summary>
    private (ColumnKind Kind, Rule Rule)? Fit(Rule rule)
    {
        var kind = spec.Kind ?? rule.NaturalKind;
        bool numeric = new ColumnSchema("", kind).IsNumericStorage;
        switch (rule.Storage)
        {
            case RuleStorage.Number when numeric:
                return (kind, rule);
            case RuleStorage.Number when kind != ColumnKind.Boolean:
                return (kind, new NumberTextRule(rule));
            case RuleStorage.Code when numeric && Numbers(rule.Levels) is { } values:
                return (kind, new LevelNumberRule(rule, values));
            case RuleStorage.Code when kind == ColumnKind.Boolean && Truths(rule.Levels) is { } truths:
                return (kind, new BooleanRule(rule, truths));
            case RuleStorage.Code when !numeric && kind != ColumnKind.Boolean:
            case RuleStorage.Text when !numeric && kind != ColumnKind.Boolean:
                return (kind, rule);
            default:
                string found = rule.Storage switch
                {
                    RuleStorage.Number => "numbers",
                    RuleStorage.Code => $"levels such as '{rule.Levels[0]}'",
                    _ => "text",
                };
                faults.Error(RuleCodes.MixedValues, spec.At,
                    $"column '{spec.Name}' is declared {kind.ToString().ToLowerInvariant()}, and its rule gives {found}; "
                        + $"change one of them");
                return null;
        }
    }

    private static double[]? Numbers(IReadOnlyList<string> levels)
    {
        double[] values = new double[levels.Count];
        for (int i = 0; i < values.Length; i++)
            if (!double.TryParse(levels[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])) return null;
        return values;
    }

    private static int[]? Truths(IReadOnlyList<string> levels)
    {
        int[] truths = [.. levels.Select(level => level switch { "false" or "0" => 0, "true" or "1" => 1, _ => -1 })];
        return truths.Contains(-1) ? null : truths;
    }

    private Rule? Cumulate(Rule rule)
    {
        if (rule.Storage == RuleStorage.Number && scope.HasSessions) return new CumulateRule(rule);
        faults.Error(RuleCodes.BadParameter, spec.At, "'cumulate' sums numbers over the steps of a session; "
            + (scope.HasSessions ? "this rule gives no numbers" : "declare 'sessions' under 'engine', or leave it out"));
        return null;
    }

    private Rule? Missing(Rule rule, SpecNode node)
    {
        IReadOnlyList<SpecNode> items = node is SpecList list ? list.Items : [node];
        int slot = 8;
        foreach (var item in items)
        {
            double? rate;
            Expression? when = null;
            if (item is SpecMap map)
            {
                var options = new Options(map, faults);
                rate = options.Number("rate") ?? 1;
                if (options.Take("when") is { } condition && (when = scope.Expression(condition, true)) is null) return null;
                options.Close("'missing'");
            }
            else rate = new Options(spec.Options!, faults).ToNumber(item, "missing", ColumnKind.Decimal);
            if (rate is not (>= 0 and <= 1) || slot > 15)
            {
                faults.Error(RuleCodes.BadParameter, item.At,
                    "'missing' is a rate from 0 to 1, or up to 8 maps of 'rate' and 'when'");
                return null;
            }
            rule = new MissingRule(rule, rate.Value, when, slot++);
        }
        return rule;
    }

    private AnomalyRule? Change(RuleReader reader, Rule rule, AnomalySetting setting)
    {
        var effect = AnomalyEffect.Replace;
        var node = setting.Change;
        if (node is SpecMap { Entries: [var only] } && only.Key is "multiply" or "add" && rule.Storage == RuleStorage.Number)
        {
            effect = ((SpecMap)node).Entries[0].Key == "multiply" ? AnomalyEffect.Multiply : AnomalyEffect.Add;
            node = ((SpecMap)node).Entries[0].Value;
        }
        if (reader.Nested(node, $"the anomaly's '{spec.Name}'", rule.Storage == RuleStorage.Number)
            is not { } change) return null;
        if (scope.Resolve(setting.Label, node.At) is not { } label) return null;
        Rule[] both = [rule, change];
        if (!ChoiceRule.Unify(both))
        {
            faults.Error(RuleCodes.MixedValues, node.At,
                $"the anomaly's values do not fit those of '{spec.Name}': numbers and words are mixed");
            return null;
        }
        string level = label.Schema.Kind == ColumnKind.Boolean ? "true" : setting.Anomaly;
        return new AnomalyRule(both[0], setting.Label, level, effect, both[1]);
    }
}

/// <summary>Numbers as they are written.</summary>
internal sealed class NumberTextRule(Rule inner) : Rule
{
    public override RuleStorage Storage => RuleStorage.Text;
    public override ColumnKind NaturalKind => ColumnKind.Category;
    public override IEnumerable<string> Reads => inner.Reads;
    public override bool IsUnique => inner.IsUnique;
    public override Drawer Bind(Batch batch) => new Bound(inner.Bind(batch));

    private sealed class Bound(Drawer inner) : Drawer
    {
        public override string? Text(in Address at, int row) =>
            inner.Number(at, row) is var value && double.IsNaN(value) ? null : value.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Levels that are numbers.</summary>
internal sealed class LevelNumberRule(Rule inner, double[] values) : Rule
{
    public override RuleStorage Storage => RuleStorage.Number;
    public override ColumnKind NaturalKind => ColumnKind.Integer;
    public override IEnumerable<string> Reads => inner.Reads;
    public override Drawer Bind(Batch batch) => new Bound(inner.Bind(batch), values);

    private sealed class Bound(Drawer inner, double[] values) : Drawer
    {
        public override double Number(in Address at, int row) =>
            inner.Code(at, row) is >= 0 and var code ? values[code] : double.NaN;
    }
}

/// <summary>Levels that are truths, in the order of a boolean column.</summary>
internal sealed class BooleanRule(Rule inner, int[] truths) : WrapperRule(inner)
{
    public override IReadOnlyList<string> Levels { get; } = ["false", "true"];
    public override ColumnKind NaturalKind => ColumnKind.Boolean;
    public override Drawer Bind(Batch batch) => new Bound(Inner.Bind(batch), truths);

    private sealed class Bound(Drawer inner, int[] truths) : Drawer
    {
        public override int Code(in Address at, int row) => inner.Code(at, row) is >= 0 and var code ? truths[code] : -1;
    }
}
