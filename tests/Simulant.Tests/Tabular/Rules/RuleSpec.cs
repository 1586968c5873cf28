using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Rules;
using YamlDotNet.RepresentationModel;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>Specs for rules out of a few lines of YAML, read as plainly as can be.</summary>
internal static class RuleSpec
{
    public static Spec Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (SpecMap)Node(stream.Documents[0].RootNode);
        // The name is read before the options are.
        var engine = root["engine"] is SpecMap given ? given with { Entries = [.. given.Entries.Where(e => e.Key != "name")] } : null;
        var faults = new DiagnosticBag();
        var spec = new Spec
        {
            File = "rules.yaml",
            Name = "rules",
            Root = root,
            Engine = new EngineSpec("rules", engine, engine?.At ?? default),
            Rows = (root["rows"] as SpecScalar)?.Text is { } rows ? long.Parse(rows) : null,
            Columns = [.. ((SpecMap)root["columns"]!).Entries.Select(Column)],
            Balance = root["balance"] is SpecMap balance ? [.. balance.Entries.Select(Balance)] : [],
            Conditions = root["conditions"] is SpecList conditions
                ? [.. conditions.Items.Cast<SpecMap>().Select(item => new ConditionSpec(
                Expression.Parse(Text(item["where"]!), item["where"]!.At, faults)!, long.Parse(Text(item["rows"]!)), item.At))]
                    : [],
            Constraints = root["constraints"] is SpecList rules ? [.. rules.Items.Select(Rule)] : [],
        };
        return faults.HasErrors ? throw new SpecException(faults.All) : spec;
    }

    public static RulesSampler Build(string yaml) => RulesEngine.Build(Parse(yaml));

    public static Table Sample(string yaml, int count, ulong seed = 1, long start = 0, int threads = 1) =>
        Build(yaml).Sample(new ItemRange(start, count), RunContext.Quiet(seed, threads)).Single;

    /// <summary>Codes of every fault, in order.</summary>
    public static string[] Faults(string yaml)
    {
        var faults = new DiagnosticBag();
        var plan = RulesEngine.Plan(Parse(yaml), faults);
        Xunit.Assert.Equal(faults.HasErrors, plan is null);
        Xunit.Assert.All(faults.All, fault => Xunit.Assert.True(fault.At.Line > 0, $"no position: {fault}"));
        return [.. faults.All.Select(fault => fault.Code)];
    }

    private static ColumnSpec Column(SpecEntry entry)
    {
        var map = entry.Value as SpecMap;
        var domain = map?["domain"] as SpecList;
        return new ColumnSpec(entry.Key, entry.KeyAt)
        {
            Options = map,
            Kind = map?["type"] is { } type ? Enum.Parse<ColumnKind>(Text(type), true) : null,
            Decimals = map?["decimals"] is { } decimals ? int.Parse(Text(decimals)) : null,
            Minimum = domain is null ? null : double.Parse(Text(domain.Items[0])),
            Maximum = domain is null ? null : double.Parse(Text(domain.Items[1])),
        };
    }

    private static BalanceSpec Balance(SpecEntry entry) => new(entry.Key,
        [.. ((SpecMap)entry.Value).Entries.Select(share => KeyValuePair.Create(share.Key, double.Parse(Text(share.Value))))],
            entry.KeyAt);

    private static Constraint Rule(SpecNode node)
    {
        string text = Text(node);
        string[] parts = text.Split(" determines ");
        if (parts.Length == 2) return new DeterminesConstraint(parts[0].Split(", "), parts[1].Split(", "), text, node.At);
        if (text.StartsWith("unique ")) return new UniqueConstraint(text[7..].Split(", "), text, node.At);
        if (text.StartsWith("one_hot ")) return new OneHotConstraint(text[8..].Split(", "), text, node.At);
        parts = text.Split(" increments ");
        return parts.Length == 2
            ? new IncrementConstraint(parts[0], double.Parse(parts[1]), text, node.At)
            : new ExpressionConstraint(Expression.Parse(text, node.At, new DiagnosticBag())!, text, node.At);
    }

    private static string Text(SpecNode node) => ((SpecScalar)node).Text;

    private static SpecNode Node(YamlNode node)
    {
        var at = new SourcePosition("rules.yaml", (int)node.Start.Line, (int)node.Start.Column);
        return node switch
        {
            YamlScalarNode scalar => new SpecScalar(scalar.Value ?? "", scalar.Style != YamlDotNet.Core.ScalarStyle.Plain, at),
            YamlSequenceNode list => new SpecList([.. list.Children.Select(Node)], at),
            YamlMappingNode map => new SpecMap([.. map.Children.Select(pair => new SpecEntry(
                ((YamlScalarNode)pair.Key).Value!, Node(pair.Key).At, Node(pair.Value)))], at),
            _ => throw new InvalidOperationException(),
        };
    }
}
