namespace Simulant.Specs.Expressions;

/// <summary>A call being bound: its arguments are bound already and of the right number.</summary>
internal sealed record FunctionCall(Binder Binder, Function Function, CallNode Node, Bound[] Arguments)
{
    public int Count => Arguments.Length;

    /// <summary>The argument as a number, or null after a fault.</summary>
    public Bound? Number(int index) => Binder.AsNumber(Arguments[index]);

    public Bound? Truth(int index) => Binder.AsTruth(Arguments[index]);

    public Bound? Text(int index) => Arguments[index].Kind is ValueKind.Text or ValueKind.Missing
        ? AsText(Arguments[index])
        : Fault(index, "text", "; convert it with text(…)");

    /// <summary>Any argument as text.</summary>
    public static Bound AsText(Bound bound)
    {
        var kind = bound.Kind;
        return kind == ValueKind.Text ? bound : bound.As(ValueKind.Text, value => Conversions.Text(value, kind));
    }

    /// <summary>A date, timestamp or text literal that states one, as microseconds.</summary>
    public Bound? Instant(int index)
    {
        var bound = Arguments[index];
        if (bound.Source is TextNode text && bound.Kind == ValueKind.Text)
        {
            return Instants.Timestamp(text.Value) is { } instant
                ? bound with { Kind = ValueKind.Timestamp, Evaluate = _ => new Numbers(instant) }
                : Fault(index, "a date such as '2024-01-31'", "");
        }
        return bound.Kind switch
        {
            ValueKind.Date or ValueKind.Timestamp => Conversions.ToInstant(bound),
            ValueKind.Missing => bound with { Kind = ValueKind.Timestamp },
            _ => Fault(index, "a date or timestamp", ""),
        };
    }

    /// <summary>A text literal; functions that look into text take what they look for once, not per row.</summary>
    public string? LiteralText(int index)
    {
        if (Arguments[index].Source is TextNode text) return text.Value;
        Fault(index, "text in single quotes", "");
        return null;
    }

    public double? LiteralNumber(int index)
    {
        if (Arguments[index].Source is NumberNode number) return number.Value;
        Fault(index, "a plain number", "");
        return null;
    }

    public Bound Result(ValueKind kind, Func<Simulant.Data.Table, Operand> evaluate) => new(Node, kind, evaluate);

    /// <summary>All of the arguments from <paramref name="first"/> on under one kind, or null after a fault.</summary>
    public Bound[]? Unified(int first)
    {
        var rest = Arguments[first..];
        var kinds = rest.Where(a => a.Kind != ValueKind.Missing).Select(a => a.Kind).Distinct().ToList();
        var strict = rest.Where(a => a.Kind != ValueKind.Missing && a.Source is not TextNode).Select(a =>
            a.Kind).Distinct().ToList();
        if (kinds.Count == 0) return [.. rest.Select(a => a with { Kind = ValueKind.Number })];
        if (kinds.Count == 1) return [.. rest.Select(a => a.Kind == kinds[0] ? a : Missing(a, kinds[0]))];
        if (strict.Count == 1 && kinds.Contains(ValueKind.Text)) return Read(rest, strict[0]);
        if (kinds.TrueForAll(k => k is ValueKind.Date or ValueKind.Timestamp))
            return [.. rest.Select(a => a.Kind == ValueKind.Missing ? Missing(a, ValueKind.Timestamp)
                : Conversions.ToInstant(a))];
        if (kinds.TrueForAll(k => k is ValueKind.Number or ValueKind.Boolean))
            return [.. rest.Select(a => Binder.AsNumber(a)!)];
        Binder.Fault(Codes.ExpressionType, Node.At,
            $"the values of '{Function.Name}' are of different kinds: {string.Join(", ", kinds.Select(Binder.Name))}");
        return null;
    }

    private static Bound Missing(Bound bound, ValueKind kind) => kind switch
    {
        ValueKind.Text => bound with { Kind = kind, Evaluate = _ => new Texts([-1], [], 0) },
        ValueKind.Boolean => bound with { Kind = kind, Evaluate = _ => new Truths(-1) },
        _ => bound with { Kind = kind },
    };

    /// <summary>Text literals beside dates, times or numbers are read as such.</summary>
    private Bound[]? Read(Bound[] arguments, ValueKind kind)
    {
        var result = new Bound[arguments.Length];
        for (int i = 0; i < result.Length; i++)
        {
            var argument = arguments[i];
            if (argument.Kind == kind || argument.Kind == ValueKind.Missing)
            {
                result[i] = argument.Kind == kind ? argument : Missing(argument, kind);
                continue;
            }
            string text = ((TextNode)argument.Source).Value;
            double? value = kind switch
            {
                ValueKind.Date => Instants.Date(text),
                ValueKind.Time => Instants.Time(text),
                ValueKind.Timestamp => Instants.Timestamp(text),
                _ => null,
            };
            if (value is not { } number)
            {
                Binder.Fault(Codes.ExpressionType, argument.Source.At,
                    $"expected {Binder.Name(kind)}, found text '{Nearest.Printable(text)}'");
                return null;
            }
            result[i] = argument with { Kind = kind, Evaluate = _ => new Numbers(number) };
        }
        return result;
    }

    private Bound? Fault(int index, string expected, string advice) => Binder.Fault(Codes.ExpressionType,
        Arguments[index].Source.At,
        $"'{Function.Name}' expects {expected} as argument {index + 1}, found "
            + $"{Expressions.Binder.Name(Arguments[index].Kind)}{advice}");
}
