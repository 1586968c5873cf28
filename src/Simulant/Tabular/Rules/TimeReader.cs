using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>Reads rules of time: independent times, arrivals in order, and delays after another instant.</summary>
internal sealed class TimeReader(ScopeBuilder scope, ColumnSpec spec)
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["microseconds"] = 1, ["milliseconds"] = 1e3, ["seconds"] = 1e6, ["minutes"] = 6e7, ["hours"] = Intensity.Hour,
        ["days"] = Intensity.Day, ["weeks"] = Intensity.Week,
    };

    private ColumnKind Kind => spec.Kind ?? ColumnKind.Timestamp;

    public Rule? Read(string head, Options options)
    {
        if (Kind is not (ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp))
        {
            options.Fault(RuleCodes.MixedValues, spec.At, $"'{head}' gives instants; declare type timestamp, date or time");
            return null;
        }
        if (head == "after") return After(options);
        if (options.Take(head) is not SpecMap map)
        {
            options.Fault(RuleCodes.BadParameter, options.Take(head)!.At, $"'{head}' is a map with 'start' and 'end'");
            return null;
        }
        var inner = new Options(map, scope.Faults);
        var rule = head == "times" ? Times(inner) : Arrivals(inner);
        inner.Close($"'{head}'");
        return rule;
    }

    private TimeRule? Times(Options options)
    {
        double start = Kind == ColumnKind.Time ? options.Number("start", ColumnKind.Time) ?? 0
            : options.Required("start", kind: ColumnKind.Timestamp);
        double end = Kind == ColumnKind.Time ? options.Number("end", ColumnKind.Time) ?? Intensity.Day
            : options.Required("end", start, ColumnKind.Timestamp);
        return Profile(options, start, end) is { } intensity ? new TimeRule(intensity, Kind) : null;
    }

    private NumberRule? Arrivals(Options options)
    {
        double start = options.Required("start", kind: ColumnKind.Timestamp);
        if (options.Has("rate"))
        {
            double rate = options.Required("rate", 0);
            double unit = Unit(options, "per", "hours");
            if (options.Has("end") || options.Has("monthly") || options.Has("count"))
                options.Fault(RuleCodes.BadParameter, options.At,
                    "arrivals by 'rate' go on without end, week by week: leave 'end', 'count' and 'monthly' out");
            return Profile(options, start, start + Intensity.Week) is { } week
                ? new RateArrivalsRule(week, rate * Intensity.Week / unit, Kind) : null;
        }
        double end = options.Required("end", start, ColumnKind.Timestamp);
        long count = options.Whole("count", 1) ?? scope.Plan.CountOf(scope);
        if (count == 0)
            options.Fault(RuleCodes.BadParameter, options.At,
                "how many arrivals fill the window is not known here; give 'count', or 'rate' without 'end'");
        return Profile(options, start, end) is { } intensity && count > 0 ? new WindowArrivalsRule(intensity, count, Kind) : null;
    }

    private AfterRule? After(Options options)
    {
        string name = options.Word("after") ?? "";
        double unit = Unit(options, "unit", Kind == ColumnKind.Date ? "days" : "seconds");
        if (options.Take("delay") is not { } node)
        {
            options.Fault(RuleCodes.BadParameter, options.At, "'after' needs a 'delay': a number or a rule for numbers");
            return null;
        }
        var plain = spec with { Kind = ColumnKind.Decimal, Minimum = null, Maximum = null };
        bool cumulate = node is SpecMap whole && whole["cumulate"] is SpecScalar { Text: "true" };
        if (node is SpecMap map) node = new SpecMap([.. map.Entries.Where(entry => entry.Key != "cumulate")], map.At);
        var delay = new RuleReader(scope, plain).Nested(node, "'delay'", true);
        if (scope.Resolve(name, options.Take("after")!.At) is not { } from || delay is null) return null;
        if (from.Schema.Kind is not (ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time)
            || delay.Storage != RuleStorage.Number)
        {
            options.Fault(RuleCodes.MixedValues, options.Take("after")!.At,
                $"'{name}' must be a date or time, and 'delay' must give numbers");
            return null;
        }
        if (cumulate && !scope.HasSessions)
            options.Fault(RuleCodes.BadParameter, node.At,
                "'cumulate' sums over the steps of a session; declare 'sessions' under 'engine'");
        return new AfterRule(name, from.Schema.Kind, cumulate ? new CumulateRule(delay) : delay, unit, Kind);
    }

    private static double Unit(Options options, string key, string otherwise)
    {
        string word = options.Word(key) ?? otherwise;
        if (Units.TryGetValue(word, out double unit) || Units.TryGetValue(word + "s", out unit)) return unit;
        options.Fault(RuleCodes.BadParameter, options.Take(key)!.At,
            $"unknown unit '{word}'; expected one of {string.Join(", ", Units.Keys)}");
        return 1;
    }

    private static Intensity? Profile(Options options, double start, double end)
    {
        double[] hourly = options.Weights("hourly", 24), weekly = options.Weights("weekly", 7),
            monthly = options.Weights("monthly", 12);
        if (!(start < end) || end - start > 200 * 366 * Intensity.Day) return Fault(
            "the window must rise, and span at most 200 years");
        var intensity = new Intensity(start, end, hourly, weekly, monthly);
        return intensity.Total > 0 ? intensity : Fault("the weights leave no busy hour in the window");

        Intensity? Fault(string message)
        {
            if (double.IsFinite(start) && double.IsFinite(end)) options.Fault(RuleCodes.EmptyRange, options.At, message);
            return null;
        }
    }
}
