using System.Globalization;

namespace Simulant.Specs.Reading;

/// <summary>What is measured, and the bounds it must reach.</summary>
internal sealed class ValidateReader(DiagnosticBag faults, IReadOnlyCollection<string>? knownMetrics)
{
    private static readonly (string Text, string Operator)[] Operators =
        [(">=", ">="), ("<=", "<="), ("≥", ">="), ("≤", "<="), (">", ">"), ("<", "<")];

    public MeasureSpec Measures(SpecMap validate)
    {
        var fields = new Fields(validate, SpecKeys.Validate, faults);
        var only = fields.Texts("only");
        foreach (var name in only ?? []) CheckName(name.Text, name.At);
        return new MeasureSpec
        {
            Only = only?.Select(t => t.Text).ToArray(),
            TrendThreshold = fields.Number("trend_threshold"),
            Replicates = (int?)fields.Integer("replicates"),
            ModelRows = fields.Count("model_rows"),
            NeighbourRows = fields.Count("neighbour_rows"),
            AttackRows = fields.Count("attack_rows"),
            LeakTolerance = fields.Number("leak_tolerance"),
            Field = fields.Scalar("field"),
            Extractor = fields.Scalar("extractor")?.Text,
            Transfer = (int?)fields.Integer("transfer"),
        };
    }

    public IReadOnlyList<GateSpec> Gates(SpecMap validate)
    {
        if (validate["gates"] is not { } node) return [];
        if (node is not SpecMap map)
        {
            faults.Error(Codes.WrongType, node.At, $"'gates' must be a map of metrics to bounds, found {Fields.Describe(node)}");
            return [];
        }
        var gates = new List<GateSpec>();
        foreach (var entry in map.Entries)
        {
            CheckName(entry.Key, entry.KeyAt);
            Gate(entry, gates);
        }
        return gates;
    }

    private void Gate(SpecEntry entry, List<GateSpec> gates)
    {
        var bounds = entry.Value;
        long minRows = 0;
        if (bounds is SpecMap map)
        {
            var fields = new Fields(map, SpecKeys.Gate with { Name = $"the gate of '{Nearest.Printable(entry.Key)}'" }, faults);
            minRows = fields.Count("min_rows") ?? 0;
            if (fields.Node("require") is not { } require) return;
            bounds = require;
        }
        foreach (var bound in bounds is SpecList list ? list.Items : [bounds])
            if (Bound(entry, bound) is var (op, value)) gates.Add(new GateSpec(entry.Key, op, value, minRows, bound.At));
    }

    private (string Operator, double Bound)? Bound(SpecEntry entry, SpecNode node)
    {
        string metric = Nearest.Printable(entry.Key);
        if (node is not SpecScalar scalar)
        {
            faults.Error(Codes.WrongType, node.At,
                $"the gate of '{metric}' must be a bound such as \">= 0.97\", found {Fields.Describe(node)}");
            return null;
        }
        string text = scalar.Text.Trim();
        var (written, op) = Array.Find(Operators, o => text.StartsWith(o.Text, StringComparison.Ordinal));
        if (written is null)
        {
            faults.Error(Codes.GateSyntax, node.At, SpecScalar.ParseNumber(text) is null
                ? $"the gate of '{metric}' is '{Nearest.Printable(text)}'; write a bound such as \">= 0.97\" or \"<= reference\""
                : $"the gate of '{metric}' does not say which way; write \">= {text}\" or \"<= {text}\"");
            return null;
        }
        string rest = text[written.Length..].Trim();
        if (rest == "reference") return (op, double.NaN);
        if (SpecScalar.ParseNumber(rest) is { } value && double.IsFinite(value)) return (op, value);
        string suggestion = Nearest.Suggest(rest, ["reference"]);
        faults.Error(Codes.GateSyntax, node.At, $"'{Nearest.Printable(rest)}' is no bound for '{metric}'"
            + (suggestion.Length > 0 ? suggestion : string.Create(CultureInfo.InvariantCulture,
                $"; write a number, or {op} reference")));
        return null;
    }

    private void CheckName(string metric, SourcePosition at)
    {
        if (knownMetrics is null || knownMetrics.Contains(metric)) return;
        string shown = Nearest.Printable(metric);
        string suggestion = Nearest.Suggest(metric, knownMetrics);
        string family = metric.Split('.')[0] + ".";
        string[] relatives = [.. knownMetrics.Where(m => m.StartsWith(family, StringComparison.Ordinal))];
        faults.Error(Codes.UnknownMetric, at, $"unknown metric '{shown}'" + (suggestion.Length > 0 ? suggestion
            : relatives.Length > 0 ? $"; there are {string.Join(", ", relatives)}"
            : "; docs/guide/metrics.md lists them"));
    }
}
