using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>Settles names and types against a schema. Goes on after a fault, so that all of them are found at once.</summary>
internal sealed class Binder(TableSchema schema, Action<string, int, string> fault)
{
    /// <summary>The bound tree, or null after a fault.</summary>
    public Bound? Bind(Node node) => node switch
    {
        NumberNode n => new Bound(n, ValueKind.Number, _ => new Numbers(n.Value)) { Integral = double.IsInteger(n.Value) },
        TextNode t => new Bound(t, ValueKind.Text, _ => new Texts(t.Value)),
        TruthNode t => new Bound(t, ValueKind.Boolean, _ => new Truths(t.Value ? (sbyte)1 : (sbyte)0)),
        MissingNode m => new Bound(m, ValueKind.Missing, _ => new Numbers(double.NaN)),
        ColumnNode c => Column(c),
        NegateNode n => Negate(n),
        NotNode n => Truth(n.Operand) is { } a ? new Bound(n, ValueKind.Boolean, t => Kernels.Not((Truths)a.Evaluate(t))) : null,
        BinaryNode b => Arithmetic(b),
        ChainNode c => Chain(c),
        LogicNode l => Logic(l),
        InNode i => In(i),
        BetweenNode b => Between(b),
        IsMissingNode m => IsMissing(m),
        LikeNode l => Like(l),
        CallNode c => Call(c),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    public Bound? Fault(string code, int at, string message)
    {
        fault(code, at, message);
        return null;
    }

    /// <summary>Binds a node that must be true or false.</summary>
    public Bound? Truth(Node node) => Bind(node) is { } bound ? AsTruth(bound) : null;

    public Bound? AsTruth(Bound bound) => bound.Kind switch
    {
        ValueKind.Boolean => bound,
        ValueKind.Missing => bound.As(ValueKind.Boolean, _ => new Truths(-1)),
        _ => Fault(Codes.ExpressionType, bound.Source.At,
            $"expected a condition, found {Name(bound.Kind)}; compare it with something, as in x > 0 or x = 'a'"),
    };

    /// <summary>The value as a number: numbers themselves, true as 1 and false as 0.</summary>
    public Bound? AsNumber(Bound bound)
    {
        switch (bound.Kind)
        {
            case ValueKind.Number:
                return bound;
            case ValueKind.Missing:
                return bound with { Kind = ValueKind.Number };
            case ValueKind.Boolean:
                return bound.As(ValueKind.Number, Conversions.TruthToNumber) with { Integral = true };
            default:
                string advice = bound.Kind == ValueKind.Text ? "; convert it with number(…)" : "";
                return Fault(Codes.ExpressionType, bound.Source.At, $"expected a number, found {Name(bound.Kind)}{advice}");
        }
    }

    public static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Number => "a number",
        ValueKind.Text => "text",
        ValueKind.Boolean => "true or false",
        ValueKind.Date => "a date",
        ValueKind.Time => "a time",
        ValueKind.Timestamp => "a timestamp",
        _ => "missing",
    };

    private Bound? Column(ColumnNode node)
    {
        int index = schema.IndexOf(node.Name);
        if (index < 0) return Fault(Codes.UnknownColumn, node.At, Unknown(node));
        var column = schema.Columns[index];
        string name = node.Name;
        return column.Kind switch
        {
            ColumnKind.Integer => Numeric(ValueKind.Number) with { Integral = true },
            ColumnKind.Decimal => Numeric(ValueKind.Number),
            ColumnKind.Date => Numeric(ValueKind.Date),
            ColumnKind.Time => Numeric(ValueKind.Time),
            ColumnKind.Timestamp => Numeric(ValueKind.Timestamp),
            ColumnKind.Boolean => new Bound(node, ValueKind.Boolean, t => Conversions.Truth((CodedColumn)t[name])),
            _ => new Bound(node, ValueKind.Text, t => new Texts((CodedColumn)t[name])) { Ordered = column.Ordered },
        };

        Bound Numeric(ValueKind kind) => new(node, kind, t => new Numbers((NumericColumn)t[name]));
    }

    private string Unknown(ColumnNode node)
    {
        string shown = Nearest.Printable(node.Name);
        var names = schema.Columns.Select(c => c.Name);
        string suggestion = Nearest.Suggest(node.Name, names);
        if (suggestion.Length > 0) return $"unknown column '{shown}'{suggestion}";
        string[] parts = node.Name.Split('-');
        if (parts.Length > 1 && parts.All(p => schema.IndexOf(p) >= 0 || p.All(char.IsAsciiDigit)))
            return $"unknown column '{shown}'; to subtract, put spaces around the sign: {string.Join(" - ", parts)}";
        return node.DoubleQuoted
            ? $"unknown column '{shown}'; for text, use single quotes"
            : $"unknown column '{shown}'; the table has {Listed(schema.Columns)}";
    }

    private static string Listed(IReadOnlyList<ColumnSchema> columns)
    {
        const int most = 6;
        if (columns.Count == 0) return "no columns";
        string names = string.Join(", ", columns.Take(most).Select(c => Nearest.Printable(c.Name)));
        return columns.Count > most ? $"{names} and {columns.Count - most} more" : names;
    }

    private Bound? Negate(NegateNode node)
    {
        if (Bind(node.Operand) is not { } bound || AsNumber(bound) is not { } a) return null;
        return new Bound(node, ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t), x => -x))
        {
            Integral = a.Integral,
            Computed = a.Computed,
        };
    }

    /// <summary>
    /// Numbers with numbers; a date plus or minus days; a time or timestamp plus or minus seconds; the difference of two
    /// dates in days, of two times or timestamps in seconds.
    /// </summary>
    private Bound? Arithmetic(BinaryNode node)
    {
        var (left, right) = (Bind(node.Left), Bind(node.Right));
        if (left is null || right is null) return null;
        bool sum = node.Operator is Operator.Add or Operator.Subtract;
        if (sum && IsInstant(left.Kind) && IsInstant(right.Kind)) return Difference(node, left, right);
        if (sum && IsInstant(left.Kind)) return Shift(node, left, right);
        if (node.Operator == Operator.Add && IsInstant(right.Kind)) return Shift(node, right, left);
        if (AsNumber(left) is not { } a || AsNumber(right) is not { } b) return null;
        var op = node.Operator;
        return new Bound(node, ValueKind.Number, t => Kernels.Arithmetic(op, (Numbers)a.Evaluate(t), (Numbers)b.Evaluate(t)))
        {
            Integral = a.Integral && b.Integral && op != Operator.Divide,
            Computed = true,
        };
    }

    private Bound? Difference(BinaryNode node, Bound left, Bound right)
    {
        if (node.Operator != Operator.Subtract)
            return Fault(Codes.ExpressionType, node.At, $"{Name(left.Kind)} and {Name(right.Kind)} cannot be added");
        if (left.Kind == ValueKind.Date && right.Kind == ValueKind.Date)
        {
            return new Bound(node, ValueKind.Number,
                t => Kernels.Arithmetic(Operator.Subtract, (Numbers)left.Evaluate(t), (Numbers)right.Evaluate(t)))
            { Integral = true };
        }
        if ((left.Kind == ValueKind.Time) != (right.Kind == ValueKind.Time))
            return Fault(Codes.ExpressionType, node.At, $"{Name(right.Kind)} cannot be taken from {Name(left.Kind)}");
        var (a, b) = (Conversions.ToInstant(left), Conversions.ToInstant(right));
        return new Bound(node, ValueKind.Number, t => Kernels.Map((Numbers)a.Evaluate(t), (Numbers)b.Evaluate(t),
            (x, y) => (x - y) / Instants.MicrosecondsPerSecond))
        { Computed = true };
    }

    private Bound? Shift(BinaryNode node, Bound instant, Bound amount)
    {
        if (AsNumber(amount) is not { } by) return null;
        double unit = instant.Kind == ValueKind.Date ? 1 : Instants.MicrosecondsPerSecond;
        double scale = node.Operator == Operator.Add ? unit : -unit;
        bool date = instant.Kind == ValueKind.Date;
        return new Bound(node, instant.Kind, t => Kernels.Map((Numbers)instant.Evaluate(t), (Numbers)by.Evaluate(t),
            (x, y) => date ? Math.Floor(x + y * scale) : Math.Round(x + y * scale)));
    }

    private static bool IsInstant(ValueKind kind) => kind is ValueKind.Date or ValueKind.Time or ValueKind.Timestamp;

    private Bound? Logic(LogicNode node)
    {
        var parts = node.Parts.Select(Truth).ToArray();
        if (Array.Exists(parts, p => p is null)) return null;
        return new Bound(node, ValueKind.Boolean, t =>
        {
            var result = (Truths)parts[0]!.Evaluate(t);
            for (int i = 1; i < parts.Length; i++) result = Kernels.Logic(node.All, result, (Truths)parts[i]!.Evaluate(t));
            return result;
        });
    }

    private Bound? Chain(ChainNode node)
    {
        var operands = node.Operands.Select(Bind).ToArray();
        if (Array.Exists(operands, o => o is null)) return null;
        var compare = new Comparer?[node.Operators.Count];
        for (int i = 0; i < compare.Length; i++)
            compare[i] = Comparisons.Of(this, node.Operators[i], operands[i]!, operands[i + 1]!, node.At);
        if (Array.Exists(compare, c => c is null)) return null;
        return new Bound(node, ValueKind.Boolean, t =>
        {
            var left = operands[0]!.Evaluate(t);
            Truths? result = null;
            for (int i = 0; i < compare.Length; i++)
            {
                var right = operands[i + 1]!.Evaluate(t);
                var pair = compare[i]!(left, right);
                result = result is null ? pair : Kernels.Logic(true, result, pair);
                left = right;
            }
            return result!;
        });
    }

    private Bound? In(InNode node)
    {
        var operand = Bind(node.Operand);
        var items = node.Items.Select(Bind).ToArray();
        if (operand is null || Array.Exists(items, i => i is null)) return null;
        if (operand.Kind == ValueKind.Text && !operand.IsLiteral && Array.TrueForAll(items, i => i!.Source is TextNode))
        {
            var set = items.Select(i => ((TextNode)i!.Source).Value).ToHashSet(StringComparer.Ordinal);
            return Negated(new Bound(node, ValueKind.Boolean, t => Kernels.Where((Texts)operand.Evaluate(t), set.Contains)),
                node.Negated);
        }
        var compare = new Comparer?[items.Length];
        for (int i = 0; i < items.Length; i++)
            compare[i] = Comparisons.Of(this, Operator.Equal, operand, items[i]!, items[i]!.Source.At);
        if (Array.Exists(compare, c => c is null)) return null;
        return Negated(new Bound(node, ValueKind.Boolean, t =>
        {
            var value = operand.Evaluate(t);
            var result = compare[0]!(value, items[0]!.Evaluate(t));
            for (int i = 1; i < compare.Length; i++)
                result = Kernels.Logic(false, result, compare[i]!(value, items[i]!.Evaluate(t)));
            return result;
        }), node.Negated);
    }

    private Bound? Between(BetweenNode node)
    {
        var (operand, low, high) = (Bind(node.Operand), Bind(node.Low), Bind(node.High));
        if (operand is null || low is null || high is null) return null;
        var above = Comparisons.Of(this, Operator.GreaterOrEqual, operand, low, node.Low.At);
        var below = Comparisons.Of(this, Operator.LessOrEqual, operand, high, node.High.At);
        if (above is null || below is null) return null;
        return Negated(new Bound(node, ValueKind.Boolean, t =>
        {
            var value = operand.Evaluate(t);
            return Kernels.Logic(true, above(value, low.Evaluate(t)), below(value, high.Evaluate(t)));
        }), node.Negated);
    }

    private Bound? IsMissing(IsMissingNode node) => Bind(node.Operand) is { } operand
        ? Negated(new Bound(node, ValueKind.Boolean, t => Conversions.IsMissing(operand.Evaluate(t))), node.Negated)
        : null;

    private Bound? Like(LikeNode node)
    {
        if (Bind(node.Operand) is not { } operand) return null;
        if (operand.Kind != ValueKind.Text)
        {
            return Fault(Codes.ExpressionType, node.Operand.At,
                $"'like' matches text, found {Name(operand.Kind)}; convert it with text(…)");
        }
        var pattern = new LikePattern(node.Pattern);
        return Negated(
            new Bound(node, ValueKind.Boolean, t => Kernels.Where((Texts)operand.Evaluate(t), pattern.Matches)), node.Negated);
    }

    private static Bound Negated(Bound bound, bool negated) =>
        negated ? bound.As(ValueKind.Boolean, value => Kernels.Not((Truths)value)) : bound;

    private Bound? Call(CallNode node)
    {
        string shown = Nearest.Printable(node.Function);
        if (Functions.Find(node.Function) is not { } function)
        {
            foreach (var argument in node.Arguments) Bind(argument);
            return Fault(Codes.UnknownFunction, node.At,
                $"unknown function '{shown}'{Nearest.Suggest(node.Function, Functions.All.Select(f => f.Name))}");
        }
        var arguments = node.Arguments.Select(Bind).ToArray();
        if (node.Arguments.Count < function.Least || node.Arguments.Count > function.Most)
        {
            return Fault(Codes.FunctionArguments, node.At,
                $"'{function.Name}' given {node.Arguments.Count} argument{(node.Arguments.Count == 1 ? "" : "s")}; "
                + $"write {function.Usage}");
        }
        return Array.Exists(arguments, a => a is null) ? null : function.Bind(new FunctionCall(this, function, node, arguments!));
    }
}
