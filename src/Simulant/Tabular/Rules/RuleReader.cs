using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Reads one rule: the key that says which it is, and its parameters.</summary>
internal sealed class RuleReader(ScopeBuilder scope, ColumnSpec spec)
{
    /// <summary>Keys of which a rule has exactly one.</summary>
    public static readonly string[] Heads =
    [
        "distribution", "values", "given", "cases", "expression", "pattern", "provider", "key", "from", "constant", "times",
        "arrivals", "after", "session", "lag", "anomalies",
    ];

    private readonly DiagnosticBag _faults = scope.Faults;
    private readonly ColumnKind _kind = spec.Kind ?? ColumnKind.Decimal;

    /// <summary>The rule's key, or null; several are a fault.</summary>
    public static string? Head(Options options)
    {
        var found = Heads.Where(options.Has).ToList();
        // An empirical distribution gives its values under the key of a category's.
        if (found is ["distribution", "values"]) found.RemoveAt(1);
        if (found.Count > 1)
            options.Fault(RuleCodes.SeveralRules, options.Take(found[1])!.At,
                $"'{found[0]}' and '{found[1]}' both say how the values come about; keep one");
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The rule of a map; null after a fault.</summary>
    public Rule? Read(Options options)
    {
        string? head = Head(options);
        return head switch
        {
            "distribution" => DistributionReader.Read(options, _kind, spec.Minimum, spec.Maximum),
            "values" => options.Weighted(options.Take("values")!, "'values'") is var (words, weights)
                ? Values(options, words, weights) : null,
            "given" => Conditional(options),
            "cases" => Cases(options),
            "expression" => Expression(options),
            "pattern" => Pattern(options),
            "provider" => Provider(options),
            "key" => Key(options),
            "from" => From(options),
            "constant" => Constant(options.Take("constant")!),
            "times" or "arrivals" or "after" => new TimeReader(scope, spec).Read(head, options),
            "session" => Session(options),
            "lag" => Lag(options),
            "anomalies" => Anomalies(options),
            _ => null,
        };
    }

    /// <summary>A rule inside another: a map, or a constant. Numbers are meant where <paramref name="numeric"/> is not
    /// false.</summary>
    public Rule? Nested(SpecNode node, string where, bool? numeric = null)
    {
        if (node is SpecScalar { IsNull: false } && numeric != true) return Constant(node);
        if (node is SpecScalar scalar)
            return new Options(new SpecMap([], node.At), _faults).ToNumber(scalar, where, _kind) is { } value
                ? new ConstantRule(value) : null;
        if (node is not SpecMap map)
        {
            _faults.Error(RuleCodes.BadParameter, node.At,
                $"{where} must be a single value or a map that says how values come about");
            return null;
        }
        var options = new Options(map, _faults);
        if (Head(options) is null)
        {
            _faults.Error(RuleCodes.NoRule, node.At,
                $"{where} says not how its values come about; give one of {string.Join(", ", Heads)}");
            return null;
        }
        var rule = Read(options);
        if (rule is not null) options.Close(where);
        return rule;
    }

    /// <summary>Levels; or numbers, where the column is declared to hold numbers.</summary>
    private Rule Values(Options options, string[] words, double[] weights)
    {
        if (spec.Kind is not { } kind || !new ColumnSchema("", kind).IsNumericStorage) return new CategoryRule(words, weights);
        var at = options.Take("values")!.At;
        double[] numbers = [.. words.Select(word =>
            options.ToNumber(new SpecScalar(word, false, at), "values", kind) ?? double.NaN)];
        return new DiscreteRule(numbers, new DiscreteTable(weights));
    }

    private Rule? Constant(SpecNode node)
    {
        if (node is not SpecScalar scalar)
        {
            _faults.Error(RuleCodes.BadParameter, node.At, "a constant must be a single value");
            return null;
        }
        bool wanted = new ColumnSchema("", _kind).IsNumericStorage && spec.Kind is not null;
        bool number = double.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out double value);
        if (wanted || (number && !scalar.Quoted && spec.Kind is null))
            return new Options(new SpecMap([], node.At), _faults).ToNumber(node, "constant", _kind) is { } read
                ? new ConstantRule(read) : null;
        return new CategoryRule([scalar.Text], [1]);
    }

    private ConditionalRule? Conditional(Options options)
    {
        string[] given = options.Take("given") switch
        {
            SpecList list => [.. list.Items.OfType<SpecScalar>().Select(item => item.Text)],
            SpecScalar one => [one.Text],
            _ => [],
        };
        var parents = given.Select(name => scope.Resolve(name, options.Take("given")!.At)).ToList();
        if (options.Take("table") is not SpecMap table || given.Length == 0)
        {
            options.Fault(RuleCodes.BadParameter, options.At, "'given' names columns, and 'table' maps their values to rules");
            return null;
        }
        var branches = new List<Rule>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        bool whole = parents.TrueForAll(parent => parent is not null);
        void Visit(SpecMap level, int depth, string prefix)
        {
            foreach (var entry in level.Entries)
            {
                if (parents[depth]?.Rule is { Storage: RuleStorage.Code } parent && !parent.Levels.Contains(entry.Key))
                    options.Fault(RuleCodes.UnknownReference, entry.KeyAt,
                        $"column '{given[depth]}' has no level '{entry.Key}'{Nearest.Suggest(entry.Key, parent.Levels)}");
                string key = prefix + entry.Key;
                if (depth + 1 < given.Length)
                {
                    if (entry.Value is SpecMap inner) Visit(inner, depth + 1, key + ConditionalRule.Separator);
                    else options.Fault(RuleCodes.BadParameter, entry.Value.At,
                        $"here a map by the values of '{given[depth + 1]}' was expected");
                    continue;
                }
                if (Nested(entry.Value, $"the entry '{entry.Key}' of 'table'") is not { } branch) whole = false;
                else
                {
                    index[key] = branches.Count;
                    branches.Add(branch);
                }
            }
        }
        Visit(table, 0, "");
        int otherwise = -1;
        if (options.Take("default") is { } rest)
        {
            otherwise = branches.Count;
            if (Nested(rest, "'default'") is { } branch) branches.Add(branch);
            else whole = false;
        }
        if (!whole || branches.Count == 0) return null;
        if (otherwise < 0 && Uncovered(parents!, index) is { } hole)
            options.Fault(RuleCodes.BadParameter, table.At, $"'table' has no entry for {hole}; add it, or a 'default'");
        Rule[] all = [.. branches];
        if (ChoiceRule.Unify(all)) return new ConditionalRule(given, index, otherwise, all);
        options.Fault(RuleCodes.MixedValues, table.At,
            "some entries of 'table' give numbers and some give words; make them alike");
        return null;
    }

    /// <summary>A combination of levels that the table lacks, or null; columns without known levels need a default.</summary>
    private static string? Uncovered(List<PlannedColumn?> parents, Dictionary<string, int> index)
    {
        if (parents.Exists(parent => parent!.Rule.Storage != RuleStorage.Code)) return "every possible value";
        double combinations = 1;
        foreach (var parent in parents) combinations *= parent!.Rule.Levels.Count;
        if (combinations > 100_000) return "every combination (there are too many to list)";
        IEnumerable<string> keys = [""];
        for (int i = 0; i < parents.Count; i++)
        {
            var levels = parents[i]!.Rule.Levels;
            bool first = i == 0;
            keys = [.. keys.SelectMany(key => levels.Select(level => first ? level : key + ConditionalRule.Separator + level))];
        }
        return keys.FirstOrDefault(key => !index.ContainsKey(key)) is { } hole
            ? $"'{hole.Replace(ConditionalRule.Separator.ToString(), ", ", StringComparison.Ordinal)}'" : null;
    }

    private CasesRule? Cases(Options options)
    {
        if (options.Take("cases") is not SpecList { Items.Count: > 0 } list)
        {
            options.Fault(RuleCodes.BadParameter, options.At, "'cases' is a list of maps with 'when' and a rule");
            return null;
        }
        var conditions = new List<Expression>();
        var branches = new List<Rule>();
        foreach (var item in list.Items)
        {
            if (item is not SpecMap map || map["when"] is not { } when)
            {
                options.Fault(RuleCodes.BadParameter, item.At, "a case is a map with 'when' and a rule");
                continue;
            }
            var rest = new SpecMap([.. map.Entries.Where(entry => entry.Key != "when")], map.At);
            if (scope.Expression(when, true) is { } condition && Nested(rest, "this case") is { } branch)
            {
                conditions.Add(condition);
                branches.Add(branch);
            }
        }
        int otherwise = -1;
        bool whole = conditions.Count == list.Items.Count;
        if (options.Take("default") is { } last)
        {
            otherwise = branches.Count;
            if (Nested(last, "'default'") is { } branch) branches.Add(branch);
            else whole = false;
        }
        if (!whole) return null;
        Rule[] all = [.. branches];
        if (ChoiceRule.Unify(all)) return new CasesRule([.. conditions], otherwise, all);
        options.Fault(RuleCodes.MixedValues, list.At, "some cases give numbers and some give words; make them alike");
        return null;
    }

    private ExpressionRule? Expression(Options options)
    {
        if (scope.Expression(options.Take("expression")!, false) is not { } expression) return null;
        var columns = scope.SchemaOf(expression).Columns.Select(Empty).ToList();
        if (columns.Count == 0) columns.Add(Empty(new ColumnSchema("", ColumnKind.Integer)));
        var result = expression.Evaluate(new Table("types", columns), spec.Name);
        return result is NumericColumn
            ? new ExpressionRule(expression, result.Schema.Kind, RuleStorage.Number, [])
            : result.Schema.Kind == ColumnKind.Boolean
                ? new ExpressionRule(expression, ColumnKind.Boolean, RuleStorage.Code, ["false", "true"])
                : new ExpressionRule(expression, result.Schema.Kind, RuleStorage.Text, []);
    }

    private static Column Empty(ColumnSchema schema) => schema.IsNumericStorage
        ? new NumericColumn(schema, [])
        : new CodedColumn(schema, [], schema.Kind == ColumnKind.Boolean ? ["false", "true"] : []);

    private PatternRule? Pattern(Options options)
    {
        string pattern = options.Word("pattern") ?? "";
        bool unique = options.Flag("unique");
        try
        {
            var rule = PatternRule.Parse(pattern, unique);
            if (unique && (!rule.IsFinite || rule.Capacity < scope.Plan.CountOf(scope)))
                options.Fault(RuleCodes.BadPattern, options.Take("pattern")!.At, rule.IsFinite
                    ? $"the pattern has {rule.Capacity} texts, fewer than the {scope.Plan.CountOf(scope)} rows that must "
                        + $"differ; lengthen it"
                    : "unique texts need a pattern with an end; replace * and + by bounds as {1,8}");
            return rule;
        }
        catch (Exception e) when (e
            is ArgumentException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            options.Fault(RuleCodes.BadPattern, options.Take("pattern")!.At,
                $"'{Nearest.Printable(pattern)}' is not a pattern that can be written out: {Nearest.Printable(e.Message)}");
            return null;
        }
    }

    private Rule? Provider(Options options)
    {
        string name = options.Word("provider") ?? "", locale = options.Word("locale") ?? "en";
        bool unique = options.Flag("unique");
        string person = options.Word("person") ?? "";
        if (scope.Plan.Words(locale) is not { } words)
        {
            options.Fault(RuleCodes.UnknownRule, options.Take("locale")!.At,
                $"there is no locale '{locale}'{Nearest.Suggest(locale, Bogus.Database.GetAllLocales())}");
            return null;
        }
        if (Providers.Find(name, person, unique, words) is { } rule) return rule;
        options.Fault(RuleCodes.UnknownRule, options.Take("provider")!.At,
            $"unknown provider '{name}'{Nearest.Suggest(name, Providers.Names)}");
        return null;
    }

    private KeyRule? Key(Options options)
    {
        string word = options.Word("key") ?? "";
        string[] styles = ["sequential", "permuted", "hashed", "uuid"];
        int style = Array.IndexOf(styles, word);
        if (style < 0)
            options.Fault(RuleCodes.UnknownRule, options.Take("key")!.At,
                $"unknown key '{word}'; expected one of {string.Join(", ", styles)}");
        int digits = (int)Math.Min(options.Whole("digits", 0) ?? 0, 18);
        long start = options.Whole("start", 0) ?? (style == (int)KeyStyle.Permuted ? 0 : 1), by = options.Whole("by", 1) ?? 1;
        long wanted = scope.Plan.CountOf(scope);
        long count = options.Whole("count", 1) ?? (digits > 0 ? (long)Math.Pow(10, digits) : Math.Max(wanted, 1));
        if (style == (int)KeyStyle.Permuted && count < wanted)
            options.Fault(RuleCodes.BadParameter, options.Take("key")!.At,
                $"there are {count} keys for {wanted} rows that must differ; raise 'count' or 'digits'");
        return style < 0 ? null : new KeyRule((KeyStyle)style, start, by, options.Word("prefix") ?? "", digits, count);
    }

    private FromRule? From(Options options)
    {
        string text = options.Word("from") ?? "";
        var at = options.Take("from")!.At;
        int point = text.IndexOf('.');
        string name = point < 0 ? text : text[..point];
        if (scope.Plan.Entity(name, at) is not { } entity) return null;
        if (!scope.Plan.CanReach(scope, entity))
        {
            options.Fault(RuleCodes.UnknownReference, at, scope.Name.StartsWith("entity", StringComparison.Ordinal)
                ? $"members of this entity do not belong to '{name}'; say so with 'of: {name}'"
                : $"'{name}' is chosen for each row, and this column stands once a session; give the entity 'per: session'");
            return null;
        }
        string column = point < 0 ? "" : text[(point + 1)..];
        if (entity.Scope.Find(column) is { } source) return new FromRule(name, source);
        var names = entity.Scope.Columns.Select(c => c.Schema.Name);
        options.Fault(RuleCodes.UnknownReference, at,
            $"'{name}' has no column '{column}'; write {name}.{names.FirstOrDefault() ?? "column"}"
            + Nearest.Suggest(column, names));
        return null;
    }

    private SessionRule? Session(Options options)
    {
        string word = options.Word("session") ?? "";
        var at = options.Take("session")!.At;
        if (!scope.HasSessions || scope.Plan.Sessions is not { } sessions)
        {
            options.Fault(RuleCodes.UnknownReference, at, scope.Plan.Sessions is null
                ? "there are no sessions; declare 'sessions' under 'engine'"
                    : "a session's facts stand in its rows; leave 'per: session' out");
            return null;
        }
        foreach (var known in Enum.GetValues<SessionField>())
            if (known.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)) return new SessionRule(known, sessions);
        var names = Enum.GetNames<SessionField>().Select(n => n.ToLowerInvariant()).ToList();
        options.Fault(RuleCodes.UnknownRule, at, $"a session has no '{word}'; expected one of {string.Join(", ", names)}");
        return null;
    }

    private LagRule? Lag(Options options)
    {
        string name = options.Word("lag") ?? "";
        if (!scope.HasSessions)
        {
            options.Fault(RuleCodes.UnknownReference, options.Take("lag")!.At,
                "'lag' looks back in a session; declare 'sessions' under 'engine'");
            return null;
        }
        return scope.Resolve(name, options.Take("lag")!.At) is { } column ? new LagRule(name, column.Rule) : null;
    }

    private AnomalyLabelRule? Anomalies(Options options)
    {
        if (options.Take("anomalies") is not SpecList { Items.Count: > 0 } list)
        {
            options.Fault(RuleCodes.BadParameter, options.At,
                "'anomalies' is a list of maps with 'name', 'rate', 'when' and 'set'");
            return null;
        }
        bool asBoolean = spec.Kind == ColumnKind.Boolean;
        var anomalies = new List<Anomaly>();
        foreach (var item in list.Items)
        {
            if (item is not SpecMap map) continue;
            var one = new Options(map, _faults);
            one.Know("set");
            string name = one.Word("name") ?? "true";
            Expression? when = null;
            if (one.Take("when") is { } condition && (when = scope.Expression(condition, true)) is null) return null;
            anomalies.Add(new Anomaly(name, one.Required("rate", 0), when));
            one.Close("an anomaly");
        }
        string none = options.Word("none") ?? "normal";
        bool distinct = anomalies.Select(a => a.Name).Append(none).Distinct(StringComparer.Ordinal).Count() == anomalies.Count
            + 1;
        if (anomalies.Count == list.Items.Count && anomalies.Sum(a => a.Rate) <= 1
            && distinct && (!asBoolean || anomalies.Count == 1))
            return new AnomalyLabelRule([.. anomalies], none, asBoolean);
        options.Fault(RuleCodes.BadParameter, list.At, asBoolean && anomalies.Count != 1
            ? "a boolean label tells one anomaly; use type category for several"
            : "each anomaly is a map with a name of its own and a 'rate'; the rates sum to at most 1");
        return null;
    }
}
