using System.Globalization;

namespace Simulant.Specs.Reading;

/// <summary>
/// One map of a spec, checked against its section: unknown keys, missing keys and values of another shape are faults; what
/// passes is read by key. Reading a key the section does not list is a mistake of ours.
/// </summary>
internal sealed class Fields
{
    private readonly SpecMap _map;
    private readonly Section _section;
    private readonly DiagnosticBag _faults;

    /// <param name="keepUnknown">Leave unknown keys to another reader.</param>
    /// <param name="ignored">Keys that have been judged already.</param>
    public Fields(SpecMap map, Section section, DiagnosticBag faults, bool keepUnknown = false,
        IReadOnlyList<string>? ignored = null)
    {
        (_map, _section, _faults) = (map, section, faults);
        foreach (var entry in map.Entries)
        {
            if (section.Find(entry.Key) is not null || keepUnknown || (ignored?.Contains(entry.Key) ?? false)) continue;
            faults.Error(Codes.UnknownKey, entry.KeyAt,
                $"unknown key '{Nearest.Printable(entry.Key)}' in {section.Name}" + Advice(entry.Key));
        }
        foreach (var key in section.Keys)
            if (key.Required && map[key.Name] is null)
                faults.Error(Codes.MissingKey, map.At, $"{section.Name} has no '{key.Name}'; {Remedy(key)}");
    }

    public SourcePosition At => _map.At;

    /// <summary>The value of a listed key, or null where it is absent or empty (which is a fault).</summary>
    public SpecNode? Node(string key)
    {
        if (_section.Find(key) is null) throw new InvalidOperationException($"'{key}' is no key of {_section.Name}");
        if (_map[key] is not { } node) return null;
        if (node is not SpecScalar { IsNull: true }) return node;
        _faults.Error(Codes.WrongType, node.At, $"'{key}' has no value; give it one or remove the key");
        return null;
    }

    /// <summary>Where the key stands, or the map where it is absent.</summary>
    public SourcePosition KeyAt(string key) => _map.Entries.FirstOrDefault(e => e.Key == key)?.KeyAt ?? _map.At;

    public SpecScalar? Scalar(string key) => Node(key) switch
    {
        null => null,
        SpecScalar scalar => scalar,
        var node => Wrong<SpecScalar>(node, key),
    };

    /// <summary>Text; one of the key's values where it lists any.</summary>
    public string? Text(string key) => Scalar(key) is { } scalar ? Text(scalar, _section.Find(key)!) : null;

    public string? Text(SpecScalar scalar, Key key)
    {
        if (key.Values is not { } values)
        {
            if (scalar.Text.Trim().Length > 0) return scalar.Text;
            _faults.Error(Codes.BadValue, scalar.At, $"'{key.Name}' is empty");
            return null;
        }
        string normal = scalar.Text.Trim().Replace('-', '_').ToLowerInvariant();
        if (values.Contains(normal)) return normal;
        string shown = Nearest.Printable(scalar.Text);
        string? near = Synonyms.Of(normal, values) ?? Nearest.Find(normal, values);
        string suggestion = near is null ? $"; choose one of {string.Join(", ", values)}" : $"; did you mean '{near}'?";
        _faults.Error(Codes.BadValue, scalar.At, $"'{key.Name}' is '{shown}'{suggestion}");
        return null;
    }

    public double? Number(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Number is { } value) return InRange(value, scalar, _section.Find(key)!);
        Wrong<SpecNode>(scalar, key);
        return null;
    }

    /// <summary>A whole number that fits a long and the key's range.</summary>
    public long? Integer(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Number is { } value && double.IsInteger(value)) return (long?)InRange(value, scalar, _section.Find(key)!);
        Wrong<SpecNode>(scalar, key);
        return null;
    }

    public long? Count(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (Quantities.Count(scalar.Text) is { } value) return (long?)InRange(value, scalar, _section.Find(key)!);
        _faults.Error(Codes.WrongType, scalar.At,
            $"'{key}' is '{Nearest.Printable(scalar.Text)}'; write a whole number, such as 50000 or 50k or 1M");
        return null;
    }

    public ulong? Seed(string key) => Scalar(key) is { } scalar ? Seed(scalar, key) : null;

    public ulong? Seed(SpecScalar scalar, string key)
    {
        if (!scalar.Quoted && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture,
            out ulong seed)) return seed;
        _faults.Error(Codes.WrongType, scalar.At,
            $"'{key}' is '{Nearest.Printable(scalar.Text)}'; a seed is a whole number from 0 to {ulong.MaxValue}");
        return null;
    }

    public bool? Truth(string key)
    {
        if (Scalar(key) is not { } scalar) return null;
        if (scalar.Truth is { } truth) return truth;
        _faults.Error(Codes.WrongType, scalar.At, $"'{key}' is '{Nearest.Printable(scalar.Text)}'; write true or false");
        return null;
    }

    /// <summary>A list of texts with their places; a single text counts as a list of one where the key allows it.</summary>
    public IReadOnlyList<SpecScalar>? Texts(string key)
    {
        var node = Node(key);
        if (node is null) return null;
        if (node is SpecScalar alone && _section.Find(key)!.Shape.HasFlag(Shape.Text)) return [alone];
        if (node is not SpecList list) return Wrong<IReadOnlyList<SpecScalar>>(node, key);
        var texts = new List<SpecScalar>();
        foreach (var item in list.Items)
        {
            if (item is SpecScalar scalar) texts.Add(scalar);
            else _faults.Error(Codes.WrongType, item.At,
                $"each entry of '{key}' must be text, found {Describe(item)}; quote it if it holds ':' or brackets");
        }
        return texts;
    }

    public SpecMap? Map(string key) => Node(key) switch
    {
        null => null,
        SpecMap map => map,
        var node => Wrong<SpecMap>(node, key),
    };

    public SpecList? List(string key) => Node(key) switch
    {
        null => null,
        SpecList list => list,
        var node => Wrong<SpecList>(node, key),
    };

    public T? Wrong<T>(SpecNode node, string key) where T : class
    {
        _faults.Error(Codes.WrongType, node.At, $"'{key}' must be {Expected(_section.Find(key)!)}, found {Describe(node)}");
        return null;
    }

    public static string Describe(SpecNode node) => node switch
    {
        SpecList => "a list",
        SpecMap => "a map",
        SpecScalar { IsNull: true } => "nothing",
        SpecScalar { Number: not null } scalar => $"the number {Nearest.Printable(scalar.Text)}",
        SpecScalar { Truth: not null } scalar => scalar.Text,
        SpecScalar scalar => $"text '{Nearest.Printable(scalar.Text)}'",
        _ => "something else",
    };

    private double? InRange(double value, SpecScalar scalar, Key key)
    {
        if (value >= key.Minimum && value <= key.Maximum) return value;
        string range = double.IsInfinity(key.Maximum) ? $"at least {key.Minimum}" : $"from {key.Minimum} to {key.Maximum}";
        _faults.Error(Codes.BadValue, scalar.At, string.Create(CultureInfo.InvariantCulture,
            $"'{key.Name}' is {Nearest.Printable(scalar.Text)}; it must be {range}"));
        return null;
    }

    private static string Expected(Key key)
    {
        var words = new List<string>();
        void Add(Shape shape, string word)
        {
            if ((key.Shape & shape) != 0) words.Add(word);
        }
        Add(Shape.Text, "text");
        Add(Shape.Number, "a number");
        Add(Shape.Integer | Shape.Count, "a whole number");
        Add(Shape.Boolean, "true or false");
        Add(Shape.Duration, "a time such as 30s or 5m");
        Add(Shape.Range, "a range [low, high]");
        Add(Shape.Texts, "a list of texts");
        Add(Shape.Maps, "a list of maps");
        Add(Shape.Steps, "a list of operations");
        Add(Shape.Map | Shape.Entries, "a map");
        return string.Join(" or ", words);
    }

    private string Advice(string key)
    {
        string suggestion = Nearest.Suggest(key, _section.Keys.Select(k => k.Name));
        if (suggestion.Length > 0) return suggestion;
        if (_section.Keys.Count == 0) return "; it takes none";
        return _section.Keys.Count <= 12 ? $"; it takes {string.Join(", ", _section.Keys.Select(k => k.Name))}" : "";
    }

    private static string Remedy(Key key) => key.Name switch
    {
        "simulant" => $"begin with 'simulant: {SpecKeys.Version}'",
        _ => $"add '{key.Name}: …'",
    };
}
