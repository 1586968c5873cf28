using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Specs.Reading;

namespace Simulant.Specs;

/// <summary>What an option's value looks like in a spec.</summary>
public enum OptionKind
{
    Text,
    Number,
    Integer,
    Boolean,

    /// <summary>A list of texts; one alone may stand without brackets. Read as one text, commas between.</summary>
    Texts,

    /// <summary>A map that the engine reads on its own.</summary>
    Map,
}

/// <summary>One option that an engine takes beside its name.</summary>
/// <param name="Meaning">What it does, one sentence with a full stop.</param>
public sealed record EngineOption(string Name, OptionKind Kind, string Meaning)
{
    /// <summary>What holds where the spec says nothing, as a spec would write it; of a map, in words.</summary>
    public string Default { get; init; } = "";

    /// <summary>Least and greatest number, both allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="Minimum"/>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The only texts allowed; null allows any.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>
/// The options an engine declares, once: <c>simulant check</c> goes by them before data is opened, the engine reads its values
/// through them, and the JSON Schema, the engine's page of the guide and the manifest are made from them.
/// </summary>
public sealed class EngineOptions
{
    private readonly IReadOnlyList<EngineOption>? _options;

    /// <param name="what">What messages call it, where it is no engine.</param>
    /// <exception cref="ArgumentException">A default is not a value of its own option.</exception>
    public EngineOptions(string engine, IReadOnlyList<EngineOption> options, string what = "engine")
    {
        (Engine, _options) = (engine, options);
        Section = new Section($"the {what} '{engine}'", [.. options.Select(Key)]);
        var faults = new DiagnosticBag();
        var defaults = options.Where(o => o.Kind != OptionKind.Map)
            .Select(o => new SpecEntry(o.Name, default, new SpecScalar(o.Default, false, default)));
        Read(new SpecMap([.. defaults], default), faults);
        if (faults.All is [var first, ..]) throw new ArgumentException(first.Message, nameof(options));
    }

    /// <summary>Options that a reader of its own goes by; what stands in a spec is kept as it is written.</summary>
    internal EngineOptions(string engine, Section section) => (Engine, Section, _options) = (engine, section, null);

    /// <summary>The engine's name, as specs write it.</summary>
    public string Engine { get; }

    /// <summary>The options as the keys that reader, schema and guide share.</summary>
    internal Section Section { get; }

    /// <summary>
    /// The values that hold under a spec's <c>engine</c> map (its name taken out): unknown options, wrong types and ranges are
    /// faults at their place; an option at fault reads as its default.
    /// </summary>
    public OptionValues Read(SpecMap? given, DiagnosticBag faults)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (_options is null)
        {
            foreach (var entry in given?.Entries ?? [])
                if (entry.Value is SpecScalar scalar) values[entry.Key] = scalar.Text;
            return new OptionValues(Engine, values);
        }
        var fields = new Fields(given ?? new SpecMap([], default), Section, faults);
        foreach (var option in _options)
        {
            object? value = option.Kind switch
            {
                OptionKind.Text => fields.Text(option.Name),
                OptionKind.Number => fields.Number(option.Name),
                OptionKind.Integer => fields.Integer(option.Name),
                OptionKind.Boolean => fields.Truth(option.Name),
                OptionKind.Texts => fields.Texts(option.Name) is { } texts ? string.Join(", ", texts.Select(t => t.Text)) : null,
                _ => fields.Map(option.Name),
            };
            value ??= option.Kind switch
            {
                OptionKind.Text or OptionKind.Texts => option.Default,
                OptionKind.Number => SpecScalar.ParseNumber(option.Default),
                OptionKind.Integer => (long?)SpecScalar.ParseNumber(option.Default),
                OptionKind.Boolean => option.Default == "true",
                _ => null,
            };
            if (value is not null) values[option.Name] = value;
        }
        return new OptionValues(Engine, values);
    }

    /// <summary>Like <see cref="Read(SpecMap?, DiagnosticBag)"/>; throws <see cref="SpecException"/> with every fault.</summary>
    public OptionValues Read(SpecMap? given)
    {
        var faults = new DiagnosticBag();
        var values = Read(given, faults);
        faults.ThrowIfErrors();
        return values;
    }

    private static Key Key(EngineOption option) => new(option.Name, option.Kind switch
    {
        OptionKind.Text => Shape.Text,
        OptionKind.Number => Shape.Number,
        OptionKind.Integer => Shape.Integer,
        OptionKind.Boolean => Shape.Boolean,
        OptionKind.Texts => Shape.Text | Shape.Texts,
        _ => Shape.Map,
    }, option.Meaning)
    {
        Default = option.Default,
        Minimum = option.Minimum,
        Maximum = option.Maximum,
        Values = option.Values,
        Child = option.Kind == OptionKind.Map ? new Section(option.Name, [], Open: true) : null,
    };
}

/// <summary>Values of an engine's options, defaults filled in. Asking for an option that is not declared is a mistake of
/// ours.</summary>
public sealed class OptionValues
{
    private readonly string _engine;
    private readonly Dictionary<string, object> _values;

    internal OptionValues(string engine, Dictionary<string, object> values) => (_engine, _values) = (engine, values);

    public string Text(string name) => (string)Of(name);
    public double Number(string name) => (double)Of(name);
    public int Integer(string name) => checked((int)(long)Of(name));
    public bool Truth(string name) => (bool)Of(name);

    /// <summary>The map as the spec wrote it, or null.</summary>
    public SpecMap? Map(string name) => _values.GetValueOrDefault(name) as SpecMap;

    /// <summary>Every option but maps with its value as used, in ordinal order of the names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AsUsed =>
    [
        .. _values.Where(v => v.Value is not SpecMap).OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => KeyValuePair.Create(v.Key, v.Value switch
            {
                bool truth => truth ? "true" : "false",
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
            })),
    ];

    /// <summary>The same as a map that <see cref="EngineOptions.Read(SpecMap?, DiagnosticBag)"/> reads back.</summary>
    /// <remarks>Numbers and truth values stand without quotes, since specs tell a text that looks like one by them.</remarks>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in AsUsed)
            json.Add(name, value is "true" or "false" ? JsonNode.Parse(value)
                : SpecScalar.ParseNumber(value) is { } number ? JsonValue.Create(number) : JsonValue.Create(value));
        return json;
    }

    private object Of(string name) => _values.TryGetValue(name, out var value) ? value
        : throw new InvalidOperationException($"the engine '{_engine}' declares no option '{name}' with a value");
}
