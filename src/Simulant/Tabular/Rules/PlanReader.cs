using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Rules;

/// <summary>Reads a spec into a plan, with every fault on the way.</summary>
internal sealed class PlanReader(Spec spec, DiagnosticBag faults)
{
    private readonly Dictionary<string, SpecMap> _entityMaps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityPlan?> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _openEntities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordLists> _words = new(StringComparer.Ordinal);

    public DiagnosticBag Faults => faults;
    public SessionPlan? Sessions { get; private set; }

    public RulesPlan? Read()
    {
        if (spec.Columns.Count == 0)
        {
            faults.Error(RuleCodes.NoColumns, spec.Root.At, "without a source the spec must declare 'columns', each with a rule");
            return null;
        }
        var engine = RulesEngine.Options.Read(spec.Engine.Options, faults);
        int attempts = engine.Integer("attempts");
        ReadEntityMaps(engine.Map("entities"));
        if (engine.Map("sessions") is { } sessions) Sessions = new SessionReader(this).Read(sessions);
        foreach (string name in _entityMaps.Keys) Entity(name, default);

        var perSession = spec.Columns.Where(column => (column.Options?["per"] as SpecScalar)?.Text == "session").ToList();
        if (perSession.Count > 0 && Sessions is null && !faults.HasErrors)
            faults.Error(RuleCodes.UnknownReference, perSession[0].At, "'per: session' needs 'sessions' under 'engine'");
        var sessionScope = Sessions is null ? null : new ScopeBuilder(this, "session", perSession, null);
        var rows = new ScopeBuilder(this, "", spec.Columns.Except(perSession), sessionScope);
        var builtSessions = sessionScope?.Build();
        var built = rows.Build();
        var checks = new CheckReader(spec, rows, this);
        var list = checks.Constraints();
        built = checks.Counts(built, list);
        if (faults.HasErrors) return null;
        var entities = _entities.ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        return new RulesPlan(spec, built, builtSessions, Sessions, entities, list, attempts);
    }

    /// <summary>The locale's words, or null where there is no such locale.</summary>
    public WordLists? Words(string locale)
    {
        if (_words.TryGetValue(locale, out var known)) return known;
        if (!Bogus.Database.LocaleResourceExists(locale)) return null;
        return _words[locale] = locale == "en" ? WordLists.English : new WordLists(locale);
    }

    /// <summary>How many items a scope has, as far as the spec says; 0 where it does not.</summary>
    public long CountOf(ScopeBuilder scope) => scope.Name switch
    {
        "" => spec.Rows ?? spec.Conditions.Sum(condition => condition.Rows),
        "session" => 0,
        _ => (_entityMaps[scope.Name["entity ".Length..]]["count"] as SpecScalar)?.Text is { } text
            && long.TryParse(text, out long count) ? count : 0,
    };

    /// <summary>The columns that determine this one by a constraint, for rows.</summary>
    public IReadOnlyList<string> DeterminedBy(ScopeBuilder scope, string column) => scope.Name.Length > 0 ? []
        : spec.Constraints.OfType<DeterminesConstraint>().FirstOrDefault(c => c.Right.Contains(column))?.Left ?? [];

    /// <summary>The entity of that name, read when first asked for; null after a fault.</summary>
    public EntityPlan? Entity(string name, SourcePosition asked)
    {
        if (_entities.TryGetValue(name, out var known)) return known;
        if (!_entityMaps.TryGetValue(name, out var map))
        {
            faults.Error(RuleCodes.UnknownReference, asked,
                $"there is no entity '{name}'{Nearest.Suggest(name, _entityMaps.Keys)}; "
                + "declare it in 'entities' under 'engine'");
            return null;
        }
        if (!_openEntities.TryAdd(name, asked))
        {
            faults.Error(RuleCodes.Cycle, map.At, $"entity '{name}' belongs to itself by way of others; break the circle");
            return null;
        }
        int before = faults.All.Count;
        var entity = ReadEntity(name, new Options(map, faults));
        _openEntities.Remove(name);
        return _entities[name] = faults.All.Count > before ? null : entity;
    }

    /// <summary>Whether items of a scope lead to members of an entity.</summary>
    public bool CanReach(ScopeBuilder scope, EntityPlan entity)
    {
        if (scope.Name.Length == 0) return true;
        if (scope.Name == "session") return entity.PerSession
            || (entity.Child is { } child && Entity(child, default)?.PerSession == true);
        for (string? name = scope.Name["entity ".Length..]; name is not null; name = Parent(name))
            if (Parent(name) == entity.Name) return true;
        return false;
    }

    private string? Parent(string name) => (_entityMaps.GetValueOrDefault(name)?["of"] as SpecScalar)?.Text;

    private void ReadEntityMaps(SpecMap? map)
    {
        if (map is null) return;
        foreach (var entry in map.Entries)
        {
            if (entry.Value is SpecMap one) _entityMaps[entry.Key] = one;
            else faults.Error(RuleCodes.BadParameter, entry.Value.At,
                $"entity '{entry.Key}' is a map with 'count' and 'columns'");
        }
    }

    private EntityPlan? ReadEntity(string name, Options options)
    {
        string? same = options.Word("same"), parent = options.Word("of");
        bool perSession = options.Word("per") switch
        {
            null or "row" => false,
            "session" when Sessions is not null => true,
            _ => Fault(options, "per", "'per' is row or session (with 'sessions' declared)"),
        };
        double exponent = 0;
        string? weight = null;
        if (options.Take("choose") is SpecMap choose)
        {
            var how = new Options(choose, faults);
            exponent = how.Has("zipf") ? how.Required("zipf", 0) : 0;
            weight = how.Word("weight");
            how.Close("'choose'");
        }
        string? child = _entityMaps.FirstOrDefault(pair => (pair.Value["of"] as SpecScalar)?.Text == name).Key;
        if (_entityMaps.Count(pair => (pair.Value["of"] as SpecScalar)?.Text == name) > 1)
            Fault(options, "of", $"two entities are 'of: {name}', so a row would have two of it; keep one");
        EntityPlan? plan;
        if (same is not null)
        {
            bool distinct = options.Flag("distinct");
            if (Entity(same, options.At) is not { } other) return null;
            plan = other with
            {
                Name = name, Same = same, Distinct = distinct && other.Count > 1, PerSession = perSession, Child = null,
                Exponent = exponent > 0 ? exponent : other.Exponent, WeightColumn = weight ?? other.WeightColumn,
            };
        }
        else
        {
            long count = options.Whole("count", 1) ?? (long)options.Required("count", 0);
            if (count > int.MaxValue) Fault(options, "count", "an entity has at most 2,147,483,647 members");
            if (parent is not null) Entity(parent, options.At);
            var columns = options.Take("columns") is SpecMap map ? map.Entries.Select(Declare).ToList() : [];
            if (columns.Count == 0) Fault(options, "columns", $"entity '{name}' needs 'columns'");
            var scope = new ScopeBuilder(this, "entity " + name, columns, null).Build();
            plan = new EntityPlan(name, count, scope, parent, child, null, false, perSession, exponent, weight);
        }
        if (plan.WeightColumn is { } column && plan.Scope.Find(column)?.Rule.Storage != RuleStorage.Number)
            Fault(options, "choose", $"'{column}' is no numeric column of '{name}' to weigh by");
        if ((plan.Exponent > 0 || plan.WeightColumn is not null) && plan.Count > 5_000_000)
            Fault(options, "choose", "an uneven choice is among at most 5,000,000 members");
        options.Close($"entity '{name}'");
        return plan;
    }

    private bool Fault(Options options, string key, string message)
    {
        faults.Error(RuleCodes.BadParameter, options.Take(key)?.At ?? options.At, message);
        return false;
    }

    /// <summary>A column of an entity as the spec's own columns are declared.</summary>
    private ColumnSpec Declare(SpecEntry entry)
    {
        var column = new ColumnSpec(entry.Key, entry.KeyAt);
        if (entry.Value is not SpecMap map) return column;
        var options = new Options(map, faults);
        ColumnKind? kind = null;
        if (options.Word("type") is { } type)
        {
            foreach (var known in Enum.GetValues<ColumnKind>())
                if (known.ToString().Equals(type, StringComparison.OrdinalIgnoreCase)) kind = known;
            if (kind is null)
                faults.Error(RuleCodes.BadParameter, options.Take("type")!.At, $"unknown type '{type}'"
                    + Nearest.Suggest(type, Enum.GetNames<ColumnKind>().Select(n => n.ToLowerInvariant())));
        }
        double[] domain = options.Numbers("domain", 2, kind ?? ColumnKind.Decimal);
        return column with
        {
            Kind = kind,
            Decimals = (int?)options.Whole("decimals", 0),
            Minimum = domain.Length == 2 ? domain[0] : null,
            Maximum = domain.Length == 2 ? domain[1] : null,
            Options = map,
        };
    }
}
