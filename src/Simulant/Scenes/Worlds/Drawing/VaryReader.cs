using System.Text.Json.Nodes;
using Simulant.Specs;

namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>
/// Reads the spec's <c>vary</c>: by parameter a number or level, or a map of one distribution (<c>uniform</c>, <c>log_uniform</c>,
/// <c>normal</c>, <c>integers</c>, <c>choice</c>) with, beside it, <c>follows</c> and <c>by</c>.
/// </summary>
public static class VaryReader
{
    private static readonly string[] Kinds = ["uniform", "log_uniform", "normal", "integers", "choice"];

    /// <summary>The laws of the parameters that the map names; every fault goes to the bag, at its place.</summary>
    public static IReadOnlyDictionary<string, Law> Read(SpecMap? vary, IWorld world, DiagnosticBag faults)
    {
        var laws = new Dictionary<string, Law>(StringComparer.Ordinal);
        foreach (var entry in vary?.Entries ?? [])
        {
            if (world.Parameters.FirstOrDefault(p => p.Name == entry.Key) is not { } parameter)
            {
                faults.Error(Codes.UnknownKey, entry.KeyAt,
                    Nearest.Unknown($"the world '{world.Name}' has no parameter", entry.Key, [.. world.Parameters.Select(p => p.Name)]));
                continue;
            }
            if (Law(parameter, entry.Value, world, faults) is { } law) laws[parameter.Name] = law;
        }
        foreach (var (name, law) in laws)
            if (Rings(name, laws))
                faults.Error(Codes.Contradiction, vary!.Entries.First(e => e.Key == name).KeyAt,
                    $"'{name}' follows '{law.Follows}', which follows it in turn; let one of them stand alone");
        return laws;
    }

    /// <summary>The same as JSON, in the grammar that <see cref="Read"/> reads.</summary>
    public static JsonObject Write(IReadOnlyDictionary<string, Law> laws)
    {
        var map = new JsonObject();
        foreach (var (name, law) in laws.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            var one = law.Distribution switch
            {
                Fixed { Value: var value } => new JsonObject { ["uniform"] = new JsonArray(value, value) },
                Uniform(var low, var high) => new JsonObject { ["uniform"] = new JsonArray(low, high) },
                LogUniform(var low, var high) => new JsonObject { ["log_uniform"] = new JsonArray(low, high) },
                CutNormal normal => new JsonObject { ["normal"] = new JsonArray(normal.Mean, normal.Deviation) },
                Whole(var low, var high) => new JsonObject { ["integers"] = new JsonArray(low, high) },
                Choice choice => new JsonObject
                {
                    ["choice"] = new JsonObject(choice.Levels.Zip(choice.Weights, (l, w) => KeyValuePair.Create(l, (JsonNode?)w))),
                },
                var other => throw new ArgumentException($"{other.GetType().Name} cannot be written"),
            };
            if (law.Follows is { } lead) (one["follows"], one["by"]) = (lead, law.By);
            map[name] = one;
        }
        return map;
    }

    private static bool Rings(string from, Dictionary<string, Law> laws)
    {
        string? at = laws[from].Follows;
        for (int step = 0; step <= laws.Count && at is not null; step++)
        {
            if (at == from) return true;
            at = laws.GetValueOrDefault(at)?.Follows;
        }
        return false;
    }

    private static Law? Law(Parameter parameter, SpecNode node, IWorld world, DiagnosticBag faults)
    {
        if (node is SpecScalar scalar) return Single(parameter, scalar, faults);
        if (node is not SpecMap map)
        {
            faults.Error(Codes.WrongType, node.At,
                $"'{parameter.Name}' is a value or a map of one distribution: {string.Join(", ", Kinds)}");
            return null;
        }
        foreach (var entry in map.Entries.Where(e => !Kinds.Contains(e.Key) && e.Key is not ("follows" or "by")))
            faults.Error(Codes.UnknownKey, entry.KeyAt,
                Nearest.Unknown($"a distribution of '{parameter.Name}' has no key", entry.Key, [.. Kinds, "follows", "by"]));
        var named = map.Entries.Where(e => Kinds.Contains(e.Key)).ToList();
        if (named.Count > 1)
        {
            faults.Error(Codes.Contradiction, named[1].KeyAt, $"'{parameter.Name}' has two distributions; keep one");
            return null;
        }
        var distribution = named.Count == 0 ? parameter.Default : Distribution(parameter, named[0].Key, named[0].Value, faults);
        if (distribution is null) return null;
        var law = new Law(distribution);
        return map["follows"] is null && map["by"] is null ? law : Following(law, parameter, map, world, faults);
    }

    private static Law? Following(Law law, Parameter parameter, SpecMap map, IWorld world, DiagnosticBag faults)
    {
        if (map["follows"] is not SpecScalar lead || world.Parameters.All(p => p.Name != lead.Text) || lead.Text == parameter.Name)
        {
            faults.Error(Codes.BadValue, (map["follows"] ?? map).At,
                $"'follows' names another parameter of the world '{world.Name}', such as {world.Parameters[0].Name}");
            return null;
        }
        if (map["by"] is not SpecScalar { Number: >= -1 and <= 1 } by)
        {
            faults.Error(Codes.BadValue, (map["by"] ?? map).At, "'by' is the correlation with what is followed, from -1 to 1");
            return null;
        }
        return law with { Follows = lead.Text, By = by.Number!.Value };
    }

    private static Law? Single(Parameter parameter, SpecScalar scalar, DiagnosticBag faults)
    {
        if (parameter.Levels is { } levels)
        {
            int at = IndexOf(levels, scalar.Text);
            if (at >= 0) return new(new Choice(levels, [.. levels.Select((_, i) => i == at ? 1.0 : 0)]));
            faults.Error(Codes.BadValue, scalar.At, Nearest.Unknown(parameter.Name, scalar.Text, levels));
            return null;
        }
        if (scalar.Number is not { } value)
        {
            faults.Error(Codes.WrongType, scalar.At,
                $"'{parameter.Name}' is a number, found '{Nearest.Printable(scalar.Text)}'; or give a distribution: "
                + string.Join(", ", Kinds));
            return null;
        }
        if (!Allowed(parameter, value, value, scalar.At, faults)) return null;
        if (!parameter.IsWhole) return new(new Fixed(value));
        return Math.Floor(value) == value ? new(new Whole((int)value, (int)value)) : Fault(scalar.At, parameter, "is a whole number",
            faults);
    }

    private static Law? Fault(SourcePosition at, Parameter parameter, string what, DiagnosticBag faults)
    {
        faults.Error(Codes.BadValue, at, $"'{parameter.Name}' {what}");
        return null;
    }

    private static Distribution? Distribution(Parameter parameter, string kind, SpecNode node, DiagnosticBag faults)
    {
        if (kind == "choice" != parameter.Levels is not null)
        {
            faults.Error(Codes.Contradiction, node.At, parameter.Levels is { } levels
                ? $"'{parameter.Name}' is one of {string.Join(", ", levels)}; write 'choice' with a weight for each that may come"
                : $"'{parameter.Name}' is a number; write one of {string.Join(", ", Kinds[..^1])}");
            return null;
        }
        if (kind == "choice") return Chosen(parameter, node, faults);
        if (node is not SpecList { Items: [SpecScalar { Number: { } first }, SpecScalar { Number: { } second }] })
        {
            faults.Error(Codes.WrongType, node.At, $"'{kind}' is two numbers: [{(kind == "normal" ? "mean, deviation" : "low, high")}]");
            return null;
        }
        if (kind == "normal") return Cut(parameter, first, second, node.At, faults);
        if (first > second || kind == "log_uniform" && first <= 0)
        {
            faults.Error(Codes.BadValue, node.At, $"'{kind}' of '{parameter.Name}' goes from the lower to the higher number"
                + (kind == "log_uniform" ? ", both above 0" : ""));
            return null;
        }
        if (!Allowed(parameter, first, second, node.At, faults)) return null;
        bool whole = Math.Floor(first) == first && Math.Floor(second) == second;
        if (kind != "integers" && !parameter.IsWhole) return kind == "uniform" ? new Uniform(first, second) : new LogUniform(first, second);
        if (whole && kind is "integers" or "uniform") return new Whole((int)first, (int)second);
        faults.Error(Codes.BadValue, node.At, parameter.IsWhole ? $"'{parameter.Name}' is a whole number; write 'integers: [low, high]'"
            : "'integers' goes from one whole number to another");
        return null;
    }

    private static CutNormal? Cut(Parameter parameter, double mean, double deviation, SourcePosition at, DiagnosticBag faults)
    {
        var normal = new CutNormal(mean, deviation, parameter.Minimum, parameter.Maximum);
        if (!parameter.IsWhole && deviation > 0 && normal.Below(parameter.Maximum) > 0) return normal;
        faults.Error(Codes.BadValue, at, parameter.IsWhole ? $"'{parameter.Name}' is a whole number; write 'integers: [low, high]'"
            : $"a normal distribution has a deviation above 0, and of '{parameter.Name}' a mean near {parameter.Minimum} to "
                + $"{parameter.Maximum}");
        return null;
    }

    private static Choice? Chosen(Parameter parameter, SpecNode node, DiagnosticBag faults)
    {
        var levels = parameter.Levels!;
        if (node is not SpecMap map)
        {
            faults.Error(Codes.WrongType, node.At, $"'choice' is a map from level to weight, such as {{ {levels[0]}: 1 }}");
            return null;
        }
        double[] weights = new double[levels.Count];
        foreach (var entry in map.Entries)
        {
            int at = IndexOf(levels, entry.Key);
            if (at < 0) faults.Error(Codes.BadValue, entry.KeyAt, Nearest.Unknown(parameter.Name, entry.Key, levels));
            else if (entry.Value is SpecScalar { Number: >= 0 and <= 1e9 and var weight }) weights[at] = weight;
            else faults.Error(Codes.BadValue, entry.Value.At, $"the weight of '{Nearest.Printable(entry.Key)}' is a number from 0 on");
        }
        if (weights.Sum() > 0) return new Choice(levels, weights);
        faults.Error(Codes.BadValue, node.At, $"the levels of '{parameter.Name}' have no weight above 0; give one to what may come");
        return null;
    }

    private static bool Allowed(Parameter parameter, double low, double high, SourcePosition at, DiagnosticBag faults)
    {
        if (low >= parameter.Minimum && high <= parameter.Maximum) return true;
        faults.Error(Codes.BadValue, at, $"'{parameter.Name}' lies within {parameter.Minimum} to {parameter.Maximum}");
        return false;
    }

    private static int IndexOf(IReadOnlyList<string> levels, string text)
    {
        for (int i = 0; i < levels.Count; i++)
            if (levels[i] == text) return i;
        return -1;
    }
}
