using System.Text.RegularExpressions;
using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>The top level of a spec: hands each section to its reader, then checks what several sections say together.</summary>
internal sealed partial class RootReader(string file, SpecMap root, DiagnosticBag faults,
    IReadOnlyCollection<string>? knownMetrics, IReadOnlyCollection<string>? knownEngines)
{
    private const int LongestName = 100;

    /// <summary>Whether the number of rows comes from elsewhere.</summary>
    public bool RowsGiven { get; init; }

    /// <summary>Names that <c>recipe</c> may use; null leaves it unchecked.</summary>
    public IReadOnlyCollection<string>? KnownRecipes { get; init; }

    /// <summary>Names that <c>world</c> may use; null leaves it unchecked.</summary>
    public IReadOnlyCollection<string>? KnownWorlds { get; init; }

    public Spec Read()
    {
        Reserved();
        var fields = new Fields(root, SpecKeys.Root, faults, ignored: SpecKeys.Reserved);
        Version(fields);
        string kind = Kind(fields);
        var engine = kind switch
        {
            SpecKeys.Text => Named(fields, "recipe", SpecKeys.Recipe, KnownRecipes),
            SpecKeys.Scene => Named(fields, "world", SpecKeys.World, KnownWorlds),
            _ => Named(fields, "engine", SpecKeys.Engine, knownEngines),
        };
        var source = SourceReader.Source(fields, faults);
        var columns = new ColumnReader(faults, ownOptions: kind == SpecKeys.Table
            && (engine.Name == "rules" || (engine.Name.Length == 0 && source is null)))
            .Read(fields);
        var declared = Declared(source);
        var (protect, independence) = Protect(fields, columns);
        var (fit, sample) = Seeds(fields);
        var measures = new ValidateReader(faults, knownMetrics);
        var validate = fields.Map("validate");
        var spec = new Spec
        {
            File = file,
            Root = root,
            Name = Name(fields),
            Kind = kind,
            Models = fields.Map("models"),
            Vary = fields.Map("vary"),
            Augment = AugmentReader.Read(fields, faults),
            Description = fields.Text("description"),
            Card = CardReader.Read(fields, faults),
            Source = source,
            Split = SourceReader.Split(fields, faults),
            Columns = declared is null ? columns : Merge(columns, declared.Columns),
            Engine = engine,
            Rows = fields.Count("rows"),
            Balance = SamplingReader.Balance(fields, faults),
            Conditions = SamplingReader.Conditions(fields, faults),
            Supplement = SamplingReader.Supplement(fields, faults),
            Constraints = Merge(ConstraintReader.Read(fields, faults), declared?.Constraints ?? []),
            Protect = protect,
            Independence = independence,
            Gates = validate is null ? [] : measures.Gates(validate),
            Measures = validate is null ? new MeasureSpec() : measures.Measures(validate),
            Validate = validate is null ? null : validate with { Entries = [.. validate.Entries.Where(e => e.Key != "gates")] },
            Output = Output(fields),
            FitSeed = fit,
            SampleSeed = sample,
            Refine = Refine(fields),
            TimeLimit = TimeLimit(fields),
            Privacy = PrivacyReader.Read(fields, faults),
            Unanchored = fields.Text("lineage") == SpecKeys.Unanchored,
            Declared = DeclareReader.Read(fields, faults),
        };
        spec = WithTarget(spec);
        new Consistency(spec, fields, faults, RowsGiven).Check();
        new PrivacyConsistency(spec, faults).Check();
        return spec;
    }

    private void Reserved()
    {
        foreach (var entry in root.Entries)
        {
            if (SpecKeys.Reserved.Contains(entry.Key))
            {
                faults.Error(Codes.NotAvailable, entry.KeyAt,
                    $"'{entry.Key}' is reserved for a later version and not available in this one; remove it");
            }
        }
    }

    private void Version(Fields fields)
    {
        if (fields.Integer("simulant") is { } version && version != SpecKeys.Version)
        {
            faults.Error(Codes.UnsupportedVersion, fields.Node("simulant")!.At,
                $"this program reads version {SpecKeys.Version} of the spec format, not {version}; write 'simulant: "
                    + $"{SpecKeys.Version}'");
        }
    }

    private string Kind(Fields fields)
    {
        if (fields.Scalar("kind") is not { } kind) return SpecKeys.Table;
        if (SpecKeys.LaterKinds.Contains(kind.Text))
        {
            faults.Error(Codes.NotAvailable, kind.At,
                $"kind '{kind.Text}' is reserved for a later version and not available in this one; write 'kind: table', 'kind: text' or "
                    + $"'kind: scene'");
            return SpecKeys.Table;
        }
        return fields.Text("kind") ?? SpecKeys.Table;
    }

    private string Name(Fields fields)
    {
        if (fields.Scalar("name") is { } scalar)
        {
            if (scalar.Text.Length <= LongestName && NamePattern().IsMatch(scalar.Text)) return scalar.Text;
            faults.Error(Codes.BadValue, scalar.At,
                $"'name' is '{Nearest.Printable(scalar.Text)}'; it names files, so begin with a "
                + $"letter or digit and use letters, digits, '.', '_' and '-', at most {LongestName}");
        }
        string stem = Path.GetFileNameWithoutExtension(file);
        if (stem is "spec" or "") stem = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) ?? "";
        string clean = NotNamePattern().Replace(stem, "-").Trim('-', '.', '_');
        return clean.Length == 0 ? "data" : clean[..Math.Min(clean.Length, LongestName)];
    }

    /// <summary>A name with options of its own: engine, recipe or world.</summary>
    private EngineSpec Named(Fields fields, string key, Section section, IReadOnlyCollection<string>? known)
    {
        var node = fields.Node(key);
        if (node is null) return new EngineSpec("", null, root.At);
        SpecScalar? name;
        SpecMap? options = null;
        if (node is SpecScalar scalar)
        {
            name = scalar;
        }
        else if (node is SpecMap map)
        {
            name = new Fields(map, section, faults, keepUnknown: true).Scalar("name");
            options = map with { Entries = [.. map.Entries.Where(e => e.Key != "name")] };
        }
        else
        {
            fields.Wrong<SpecNode>(node, key);
            return new EngineSpec("", null, node.At);
        }
        if (name is not null && known is not null && !known.Contains(name.Text))
            faults.Error(Codes.UnknownEngine, name.At, Nearest.Unknown(key, name.Text, known));
        return new EngineSpec(name?.Text ?? "", options, node.At);
    }

    /// <summary>The table of <c>source.schema</c>, or null.</summary>
    private DeclaredTable? Declared(SourceSpec? source)
    {
        if (source?.Schema is not { } schema) return null;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
        string data = source.Train ?? "";
        string table = data[(data.LastIndexOfAny(['/', '\\']) + 1)..].Split('.')[0];
        return SchemaReader.Read(Path.Combine(folder, schema), faults, table, schema);
    }

    private static IReadOnlyList<Constraint> Merge(IReadOnlyList<Constraint> own, IReadOnlyList<Constraint> others) =>
        [.. own, .. others.Where(other => own.All(mine => mine.Text != other.Text))];

    /// <summary>The spec's own words win over those of a schema file, field by field.</summary>
    private static List<ColumnSpec> Merge(IReadOnlyList<ColumnSpec> own, IReadOnlyList<ColumnSpec> others)
    {
        var merged = new List<ColumnSpec>(own.Count + others.Count);
        foreach (var other in others)
        {
            var mine = own.FirstOrDefault(c => c.Name == other.Name);
            merged.Add(mine is null ? other : mine with
            {
                Kind = mine.Kind ?? other.Kind,
                Role = mine.Role ?? other.Role,
                Minimum = mine.Minimum ?? other.Minimum,
                Maximum = mine.Maximum ?? other.Maximum,
                Levels = mine.Levels ?? other.Levels,
                Ordered = mine.Ordered ?? other.Ordered,
                Decimals = mine.Decimals ?? other.Decimals,
                Format = mine.Format ?? other.Format,
                Personal = mine.Personal ?? other.Personal,
                Description = mine.Description ?? other.Description,
            });
        }
        merged.AddRange(own.Where(mine => others.All(other => other.Name != mine.Name)));
        return merged;
    }

    private (List<ProtectSpec> Columns, double Independence) Protect(Fields fields, IReadOnlyList<ColumnSpec> columns)
    {
        var map = fields.Node("protect") is SpecMap given ? new Fields(given, SpecKeys.Protect, faults) : null;
        var named = ((map is null ? fields.Texts("protect") : map.Texts("columns")) ?? [])
            .Select(t => new ProtectSpec(t.Text, t.At)).ToList();
        named.AddRange(columns.Where(c => c.Role == ColumnRole.Protected && named.All(n => n.Column != c.Name))
            .Select(c => new ProtectSpec(c.Name, c.At)));
        return (named, map?.Number("independence") ?? 0);
    }

    private (ulong Fit, ulong Sample) Seeds(Fields fields)
    {
        var node = fields.Node("seed");
        if (node is SpecMap map)
        {
            var seeds = new Fields(map, SpecKeys.Seed, faults);
            ulong fit = seeds.Seed("fit") ?? 0;
            return (fit, seeds.Seed("sample") ?? fit);
        }
        if (node is SpecScalar scalar)
        {
            ulong seed = fields.Seed(scalar, "seed") ?? 0;
            return (seed, seed);
        }
        if (node is not null) fields.Wrong<SpecNode>(node, "seed");
        return (0, 0);
    }

    private OutputSpec Output(Fields fields)
    {
        var node = fields.Node("output");
        string? format = null, shape = null;
        if (node is SpecMap map)
        {
            var output = new Fields(map, SpecKeys.Output, faults);
            (format, shape) = (output.Text("format"), output.Text("shape"));
        }
        else if (node is SpecScalar scalar) format = fields.Text(scalar, SpecKeys.Output.Find("format")!);
        else if (node is not null) fields.Wrong<SpecNode>(node, "output");
        return new OutputSpec(format ?? "parquet", shape ?? OutputSpec.Plain) { At = node?.At ?? root.At };
    }

    private RefineSpec? Refine(Fields fields)
    {
        if (fields.Node("refine") is not { } node) return null;
        var at = fields.KeyAt("refine");
        if (node is not SpecMap map)
            return fields.Truth("refine") == true ? new RefineSpec(RefineSpec.DefaultPool, RefineSpec.DefaultMargin, 0, at) : null;
        var options = new Fields(map, SpecKeys.Refine, faults);
        return new RefineSpec((int)(options.Integer("pool") ?? RefineSpec.DefaultPool),
            options.Number("margin") ?? RefineSpec.DefaultMargin, (int)(options.Integer("regions") ?? 0), at);
    }

    private TimeSpan? TimeLimit(Fields fields)
    {
        if (fields.Scalar("time_limit") is not { } scalar) return null;
        if (Quantities.Duration(scalar.Text) is { } limit) return limit;
        faults.Error(Codes.BadValue, scalar.At,
            $"'time_limit' is '{Nearest.Printable(scalar.Text)}'; write seconds, or a time such as 30s, 5m, 1h30m");
        return null;
    }

    /// <summary>A column of role target is the source's target too, so that readers need look in one place only.</summary>
    private static Spec WithTarget(Spec spec)
    {
        if (spec.Source is not { Target: null } source) return spec;
        var target = spec.Columns.FirstOrDefault(c => c.Role == ColumnRole.Target);
        return target is null ? spec : spec with { Source = source with { Target = target.Name } };
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex NotNamePattern();
}
