using System.Globalization;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>One map of a spec, read key by key; what nobody asked for is a fault at the end.</summary>
internal sealed class Options(SpecMap map, DiagnosticBag faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public SourcePosition At => map.At;
    public DiagnosticBag Faults => faults;

    public void Fault(string code, SourcePosition at, string message) => faults.Error(code, at, message);

    public SpecNode? Take(string key)
    {
        _known.Add(key);
        return map[key] is { } node && node is not SpecScalar { IsNull: true } ? node : null;
    }

    public bool Has(string key) => Take(key) is not null;

    /// <summary>Marks keys that others have read.</summary>
    public void Know(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys) _known.Add(key);
    }

    public double? Number(string key, ColumnKind kind = ColumnKind.Decimal) =>
        Take(key) is { } node ? ToNumber(node, key, kind) : null;

    /// <summary>A number that must be there, above a bound.</summary>
    public double Required(string key, double above = double.NegativeInfinity, ColumnKind kind = ColumnKind.Decimal)
    {
        if (Take(key) is not { } node)
        {
            Fault(RuleCodes.BadParameter, At, $"'{key}' is missing here; give it a number");
            return double.NaN;
        }
        double value = ToNumber(node, key, kind) ?? double.NaN;
        if (value <= above) Fault(RuleCodes.BadParameter, node.At, $"'{key}' is {Text(node)}; it must be above {above}");
        return value;
    }

    public long? Whole(string key, long least)
    {
        if (Take(key) is not { } node) return null;
        double value = ToNumber(node, key, ColumnKind.Decimal) ?? least;
        if (value >= least && value <= 1L << 53 && value == Math.Floor(value)) return (long)value;
        Fault(RuleCodes.BadParameter, node.At, $"'{key}' is {Text(node)}; it must be a whole number of at least {least}");
        return least;
    }

    public string? Word(string key)
    {
        if (Take(key) is not { } node) return null;
        if (node is SpecScalar scalar) return scalar.Text;
        Fault(RuleCodes.BadParameter, node.At, $"'{key}' must be a single text");
        return null;
    }

    public bool Flag(string key)
    {
        if (Take(key) is not { } node) return false;
        if (node is SpecScalar { Text: "true" or "false" } scalar) return scalar.Text == "true";
        Fault(RuleCodes.BadParameter, node.At, $"'{key}' is {Text(node)}; it must be true or false");
        return false;
    }

    /// <summary>A list of numbers; empty where the key is absent. <paramref name="count"/> 0 takes any number of them.</summary>
    public double[] Numbers(string key, int count = 0, ColumnKind kind = ColumnKind.Decimal)
    {
        if (Take(key) is not { } node) return [];
        if (node is not SpecList list || list.Items.Count == 0 || (count > 0 && list.Items.Count != count))
        {
            Fault(RuleCodes.BadParameter, node.At, $"'{key}' must be a list of {(count > 0 ? count : "one or more")} numbers");
            return [];
        }
        return [.. list.Items.Select(item => ToNumber(item, key, kind) ?? double.NaN)];
    }

    /// <summary>Weights that are not negative and not all zero; empty where absent or at fault.</summary>
    public double[] Weights(string key, int count)
    {
        double[] weights = Numbers(key, count);
        if (weights.Length > 0 && (weights.Any(w => !(w >= 0) || double.IsInfinity(w)) || weights.Sum() <= 0))
        {
            Fault(RuleCodes.BadParameter, Take(key)!.At, $"the weights of '{key}' must be at least 0, and not all 0");
            return [];
        }
        return weights;
    }

    /// <summary>Words with weights: a map (word: weight) or a list (even weights). Null after a fault.</summary>
    public (string[] Words, double[] Weights)? Weighted(SpecNode node, string what)
    {
        var words = new List<string>();
        var weights = new List<double>();
        switch (node)
        {
            case SpecMap entries:
                foreach (var entry in entries.Entries)
                {
                    words.Add(entry.Key);
                    weights.Add(ToNumber(entry.Value, entry.Key, ColumnKind.Decimal) ?? 0);
                }
                break;
            case SpecList list:
                foreach (var item in list.Items)
                {
                    if (item is SpecScalar scalar) words.Add(scalar.Text);
                    else Fault(RuleCodes.BadParameter, item.At, $"each of {what} must be a single text");
                    weights.Add(1);
                }
                break;
            case SpecScalar scalar:
                words.Add(scalar.Text);
                weights.Add(1);
                break;
        }
        if (words.Count == weights.Count && words.Count > 0 && weights.All(w => w >= 0 && double.IsFinite(w))
            && weights.Sum() > 0)
        {
            if (words.Distinct(StringComparer.Ordinal).Count() == words.Count) return ([.. words], [.. weights]);
            Fault(RuleCodes.BadParameter, node.At, $"{what} names a value twice; give each once, with its weight");
            return null;
        }
        Fault(RuleCodes.BadParameter, node.At,
            $"{what} must name values with weights of at least 0 and not all 0, as 'a: 0.7, b: 0.3'");
        return null;
    }

    /// <summary>A number; or, for dates and times, an ISO 8601 text in the storage units of the kind.</summary>
    public double? ToNumber(SpecNode node, string key, ColumnKind kind)
    {
        if (node is SpecScalar scalar)
        {
            if (double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && !double.IsNaN(value)) return value;
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (kind == ColumnKind.Time
                && TimeOnly.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var time)) return time.Ticks / 10.0;
            if (kind is ColumnKind.Date or ColumnKind.Timestamp
                && DateTime.TryParse(scalar.Text, CultureInfo.InvariantCulture, Utc, out var instant))
            {
                double microseconds = (instant - DateTime.UnixEpoch).Ticks / 10.0;
                return kind == ColumnKind.Date ? Math.Floor(microseconds / Intensity.Day) : microseconds;
            }
        }
        string expected = kind switch
        {
            ColumnKind.Date => "a date as 2024-12-31",
            ColumnKind.Timestamp => "an instant as 2024-12-31T08:00:00",
            ColumnKind.Time => "a time of day as 08:00:00",
            _ => "a number",
        };
        Fault(RuleCodes.BadParameter, node.At, $"'{key}' is {Text(node)}; it must be {expected}");
        return null;
    }

    /// <summary>Reports every key that was never asked for.</summary>
    public void Close(string where)
    {
        foreach (var entry in map.Entries)
            if (!_known.Contains(entry.Key))
                Fault(RuleCodes.UnknownOption, entry.KeyAt,
                    $"{where} has no option '{entry.Key}'{Nearest.Suggest(entry.Key, _known)}");
    }

    public static string Text(SpecNode node) =>
        node is SpecScalar scalar ? $"'{Nearest.Printable(scalar.Text)}'" : "not a single value";
}
