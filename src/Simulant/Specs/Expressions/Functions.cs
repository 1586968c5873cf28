namespace Simulant.Specs.Expressions;

/// <summary>A function of the expression language.</summary>
/// <param name="Usage">As it is written, with parameter names.</param>
/// <param name="Least">Fewest arguments; <paramref name="Most"/> the most.</param>
internal sealed record Function(string Name, string Usage, int Least, int Most, Func<FunctionCall, Bound?> Bind);

/// <summary>The table of functions. docs/guide/expressions.md explains each; a test holds the two together.</summary>
internal static class Functions
{
    private const int Many = 64;
    private const double SecondsPerDay = 86_400;

    public static IReadOnlyList<Function> All { get; } =
    [
        Numeric("abs", Math.Abs, true),
        Numeric("sign", x => double.IsNaN(x) ? x : Math.Sign(x), true),
        Numeric("floor", Math.Floor, true),
        Numeric("ceil", Math.Ceiling, true),
        Numeric("trunc", Math.Truncate, true),
        Numeric("sqrt", Math.Sqrt, false),
        Numeric("exp", Math.Exp, false),
        Numeric("log", Math.Log, false),
        Numeric("log10", Math.Log10, false),
        Numeric("sin", Math.Sin, false),
        Numeric("cos", Math.Cos, false),
        new("pi", "pi()", 0, 0, call => call.Result(ValueKind.Number, _ => new Numbers(Math.PI)) with { Computed = true }),
        new("pow", "pow(number, exponent)", 2, 2, call => Pair(call, Math.Pow)),
        new("round", "round(number[, digits])", 1, 2, Round),
        new("clamp", "clamp(number, low, high)", 3, 3, call => Extreme(call with { Arguments = call.Arguments[..2] },
            true) is { } low
            ? Extreme(call with { Arguments = [low, call.Arguments[2]] }, false)
            : null),
        new("min", "min(a, b, …)", 1, Many, call => Extreme(call, false)),
        new("max", "max(a, b, …)", 1, Many, call => Extreme(call, true)),
        new("number", "number(text)", 1, 1, Number),
        new("if", "if(condition, then, otherwise)", 3, 3, Choices.If),
        new("coalesce", "coalesce(a, b, …)", 1, Many, Choices.Coalesce),
        new("text", "text(value)", 1, 1, call => FunctionCall.AsText(call.Arguments[0])),
        new("length", "length(text)", 1, 1, call => call.Text(0) is { } a
            ? call.Result(ValueKind.Number, t => Kernels.Measure((Texts)a.Evaluate(t),
                TextFunctions.Length)) with { Integral = true }
            : null),
        Textual("lower", s => s.ToLowerInvariant()),
        Textual("upper", s => s.ToUpperInvariant()),
        Textual("trim", s => s.Trim()),
        new("substring", "substring(text, start[, count])", 2, 3, TextFunctions.Substring),
        new("concat", "concat(a, b, …)", 1, Many, TextFunctions.Concat),
        Search("contains", (s, part) => s.Contains(part, StringComparison.Ordinal)),
        Search("starts_with", (s, part) => s.StartsWith(part, StringComparison.Ordinal)),
        Search("ends_with", (s, part) => s.EndsWith(part, StringComparison.Ordinal)),
        Part("year", d => d.Year),
        Part("month", d => d.Month),
        Part("day", d => d.Day),
        Part("day_of_year", d => d.DayOfYear),
        Part("weekday", d => d.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)d.DayOfWeek),
        Clock("hour", 3600, 24),
        Clock("minute", 60, 60),
        Clock("second", 1, 60),
        new("date", "date(instant)", 1, 1, call => call.Instant(0) is { } a
            ? call.Result(ValueKind.Date,
                t => Kernels.Map((Numbers)a.Evaluate(t), x => Math.Floor(x / Instants.MicrosecondsPerDay)))
            : null),
        new("timestamp", "timestamp(instant)", 1, 1, call => call.Instant(0) is { } a
            ? call.Result(ValueKind.Timestamp, a.Evaluate)
            : null),
        new("days_between", "days_between(from, to)", 2, 2, call => Elapsed(call, SecondsPerDay)),
        new("seconds_between", "seconds_between(from, to)", 2, 2, call => Elapsed(call, 1)),
        new("add_days", "add_days(instant, days)", 2, 2, AddDays),
        new("add_months", "add_months(instant, months)", 2, 2, AddMonths),
    ];

    private static readonly Dictionary<string, Function> ByName =
        All.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    public static Function? Find(string name) => ByName.GetValueOrDefault(name);

    private static Function Numeric(string name, Func<double, double> f, bool whole) => new(name, $"{name}(number)", 1, 1,
        call => call.Number(0) is { } a
            ? call.Result(ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t), f)) with
            {
                Integral = whole && (a.Integral || name is not "abs"),
                Computed = a.Computed || !whole,
            }
            : null);

    private static Function Textual(string name, Func<string, string> f) => new(name, $"{name}(text)", 1, 1,
        call => call.Text(0) is { } a ? call.Result(ValueKind.Text, t => Kernels.Map((Texts)a.Evaluate(t), f)) : null);

    private static Function Search(string name, Func<string, string, bool> f) => new(name, $"{name}(text, 'part')", 2, 2, call =>
    {
        var (a, part) = (call.Text(0), call.LiteralText(1));
        return a is null || part is null
            ? null
            : call.Result(ValueKind.Boolean, t => Kernels.Where((Texts)a.Evaluate(t), s => f(s, part)));
    });

    private static Function Part(string name, Func<DateTime, int> f) => new(name, $"{name}(instant)", 1, 1, call =>
        call.Instant(0) is { } a
            ? call.Result(ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t),
                x => Instants.FromMicroseconds(x) is { } instant ? f(instant) : double.NaN)) with { Integral = true }
            : null);

    /// <summary>A part of the time of day, from a time or a timestamp.</summary>
    private static Function Clock(string name, double seconds, double cycle) => new(name, $"{name}(time)", 1, 1, call =>
        (call.Arguments[0].Kind == ValueKind.Time ? call.Arguments[0] : call.Instant(0)) is { } a
            ? call.Result(ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t), x =>
            {
                double units = Math.Floor(x / (seconds * Instants.MicrosecondsPerSecond));
                return units - cycle * Math.Floor(units / cycle);
            })) with { Integral = true }
            : null);

    private static Bound? Pair(FunctionCall call, Func<double, double, double> f)
    {
        var (a, b) = (call.Number(0), call.Number(1));
        if (a is null || b is null) return null;
        return call.Result(ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t), (Numbers)b.Evaluate(t),
            (x, y) => double.IsNaN(x) || double.IsNaN(y) ? double.NaN : f(x, y))) with { Computed = true };
    }

    /// <summary>Halves go away from zero, as people round.</summary>
    private static Bound? Round(FunctionCall call)
    {
        const double mostDigits = 15;
        if (call.Number(0) is not { } a) return null;
        double digits = 0;
        if (call.Count == 2)
        {
            if (call.LiteralNumber(1) is not { } wanted) return null;
            if (wanted is not (>= 0 and <= mostDigits) || !double.IsInteger(wanted))
            {
                return call.Binder.Fault(Codes.FunctionArguments, call.Arguments[1].Source.At,
                    $"round takes 0 to {mostDigits} digits, found {wanted}");
            }
            digits = wanted;
        }
        int places = (int)digits;
        return call.Result(ValueKind.Number,
            t => Kernels.Map((Numbers)a.Evaluate(t), x => Math.Round(x, places, MidpointRounding.AwayFromZero))) with
        { Integral = places == 0, Computed = places > 0 };
    }

    private static Bound? Extreme(FunctionCall call, bool largest)
    {
        if (call.Unified(0) is not { } values) return null;
        if (values[0].Kind is ValueKind.Boolean) values = [.. values.Select(v => call.Binder.AsNumber(v)!)];
        if (values[0].Kind == ValueKind.Text)
            return call.Binder.Fault(Codes.ExpressionType, call.Node.At,
                $"'{call.Function.Name}' compares numbers or dates, found text");
        // Math.Max and Math.Min give NaN where either side is NaN: a missing operand gives missing.
        Func<double, double, double> pick = largest ? Math.Max : Math.Min;
        return call.Result(values[0].Kind, t =>
        {
            var result = (Numbers)values[0].Evaluate(t);
            for (int i = 1; i < values.Length; i++) result = Kernels.Map(result, (Numbers)values[i].Evaluate(t), pick);
            return result;
        }) with
        {
            Integral = Array.TrueForAll(values, v => v.Integral),
            Computed = Array.Exists(values, v => v.Computed),
        };
    }

    private static Bound? Number(FunctionCall call) => call.Arguments[0].Kind == ValueKind.Text
        ? call.Result(ValueKind.Number, t => Kernels.Measure((Texts)call.Arguments[0].Evaluate(t), Conversions.Number))
        : call.Number(0);

    private static Bound? Elapsed(FunctionCall call, double unitSeconds)
    {
        var (from, to) = (call.Instant(0), call.Instant(1));
        if (from is null || to is null) return null;
        double unit = unitSeconds * Instants.MicrosecondsPerSecond;
        return call.Result(ValueKind.Number, t => Kernels.Map((Numbers)from.Evaluate(t), (Numbers)to.Evaluate(t),
            (x, y) => (y - x) / unit)) with { Computed = true };
    }

    private static Bound? AddDays(FunctionCall call)
    {
        var (instant, days) = (call.Instant(0), call.Number(1));
        if (instant is null || days is null) return null;
        return Dated(call, t => Kernels.Map((Numbers)instant.Evaluate(t), (Numbers)days.Evaluate(t),
            (x, d) => x + d * Instants.MicrosecondsPerDay));
    }

    private static Bound? AddMonths(FunctionCall call)
    {
        const double mostMonths = 120_000;
        var (instant, months) = (call.Instant(0), call.Number(1));
        if (instant is null || months is null) return null;
        return Dated(call, t => Kernels.Map((Numbers)instant.Evaluate(t), (Numbers)months.Evaluate(t), (x, m) =>
        {
            if (double.IsNaN(m) || Math.Abs(m) > mostMonths || Instants.FromMicroseconds(x) is not { } start) return double.NaN;
            int year = start.Year + (int)Math.Floor((start.Month - 1 + Math.Truncate(m)) / 12);
            return year is >= 1 and <= 9999 ? Instants.ToMicroseconds(start.AddMonths((int)m)) : double.NaN;
        }));
    }

    /// <summary>Microseconds back to days where the first argument was a date.</summary>
    private static Bound Dated(FunctionCall call, Func<Simulant.Data.Table, Numbers> microseconds)
    {
        bool date = call.Arguments[0].Kind == ValueKind.Date
            || (call.Arguments[0].Source is TextNode text && Instants.Date(text.Value) is not null);
        return date
            ? call.Result(ValueKind.Date, t => Kernels.Map(microseconds(t), x => Math.Floor(x / Instants.MicrosecondsPerDay)))
            : call.Result(ValueKind.Timestamp, microseconds);
    }
}
