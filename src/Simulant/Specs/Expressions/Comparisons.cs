namespace Simulant.Specs.Expressions;

/// <summary>Compares two evaluated operands row by row.</summary>
internal delegate Truths Comparer(Operand left, Operand right);

/// <summary>
/// How two kinds compare. Literals adapt to the other side: text reads as a date, number or boolean where the other side
/// is one; a number equals the levels that state it. A date compares with a timestamp as its midnight.
/// </summary>
internal static class Comparisons
{
    /// <summary>Relative difference at which computed numbers still count as equal.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>The comparer, or null after a fault.</summary>
    public static Comparer? Of(Binder binder, Operator op, Bound left, Bound right, int at)
    {
        if (left.Kind == ValueKind.Missing || right.Kind == ValueKind.Missing)
        {
            binder.Fault(Codes.ExpressionType, at,
                "a comparison with missing is never true; write 'is missing' or 'is not missing'");
            return null;
        }
        if (right.IsLiteral && !left.IsLiteral) return WithLiteral(binder, op, left, right, at);
        if (left.IsLiteral && !right.IsLiteral && WithLiteral(binder, Mirror(op), right, left, at) is { } mirrored)
            return (a, b) => mirrored(b, a);
        return left.IsLiteral && !right.IsLiteral ? null : OfKinds(binder, op, left, right, at);
    }

    private static Comparer? WithLiteral(Binder binder, Operator op, Bound value, Bound literal, int at)
    {
        bool equality = op is Operator.Equal or Operator.NotEqual;
        bool negate = op == Operator.NotEqual;
        if (value.Kind == ValueKind.Text && literal.Source is TextNode text)
            return value.Ordered && !equality ? Ranked(op, text.Value) : AsLevel(op, text.Value);
        if (value.Kind == ValueKind.Text && equality && literal.Source is NumberNode number)
        {
            bool States(string level) => level == number.Text || Conversions.Number(level) == number.Value;
            return (a, _) => Kernels.Where((Texts)a, level => States(level) != negate);
        }
        if (value.Kind == ValueKind.Text && equality && literal.Source is TruthNode truth)
            return (a, _) => Kernels.Where((Texts)a, level => (Conversions.Truth(level) == (truth.Value ? 1 : 0)) != negate);
        if (literal.Source is TextNode written && value.Kind != ValueKind.Text)
            return Coerced(binder, op, value, written);
        return OfKinds(binder, op, value, literal, at);
    }

    private static Comparer AsLevel(Operator op, string literal) => op switch
    {
        Operator.Equal => (a, _) => Kernels.Where((Texts)a, level => level == literal),
        Operator.NotEqual => (a, _) => Kernels.Where((Texts)a, level => level != literal),
        _ => (a, _) => Kernels.Where((Texts)a, level => Holds(op, string.CompareOrdinal(level, literal))),
    };

    /// <summary>An ordered category against one of its levels; unknown where the literal is none of them.</summary>
    private static Comparer Ranked(Operator op, string literal) => (a, _) => Rank(op, (Texts)a, new Texts(literal));

    private static Comparer? Coerced(Binder binder, Operator op, Bound value, TextNode text)
    {
        double? constant = value.Kind switch
        {
            ValueKind.Number => double.IsNaN(Conversions.Number(text.Value)) ? null : Conversions.Number(text.Value),
            ValueKind.Boolean => Conversions.Truth(text.Value) < 0 ? null : Conversions.Truth(text.Value),
            ValueKind.Date => Instants.Date(text.Value) ?? Instants.Timestamp(text.Value) / Instants.MicrosecondsPerDay,
            ValueKind.Time => Instants.Time(text.Value),
            _ => Instants.Timestamp(text.Value),
        };
        if (constant is not { } number)
        {
            string example = value.Kind switch
            {
                ValueKind.Number => "a number",
                ValueKind.Boolean => "true or false",
                ValueKind.Date => "a date such as '2024-01-31'",
                ValueKind.Time => "a time such as '23:59:00'",
                _ => "an instant such as '2024-01-31T23:59:00'",
            };
            binder.Fault(Codes.ExpressionType, text.At, $"'{Nearest.Printable(text.Value)}' is compared with "
                + $"{Binder.Name(value.Kind)}; write {example}");
            return null;
        }
        if (value.Kind == ValueKind.Boolean && op is not (Operator.Equal or Operator.NotEqual)) return Unordered(binder, text.At);
        var literal = new Numbers(number);
        double tolerance = value.Computed ? Tolerance : 0;
        return (a, _) => Kernels.Compare(op, a is Truths ? (Numbers)Conversions.TruthToNumber(a) : (Numbers)a, literal,
            tolerance);
    }

    private static Comparer? OfKinds(Binder binder, Operator op, Bound left, Bound right, int at)
    {
        var (l, r) = (left.Kind, right.Kind);
        bool equality = op is Operator.Equal or Operator.NotEqual;
        if (l == ValueKind.Text && r == ValueKind.Text)
        {
            if (left.Ordered && !equality) return (a, b) => Rank(op, (Texts)a, (Texts)b);
            return (a, b) => Compare(op, (Texts)a, (Texts)b);
        }
        if (l == ValueKind.Boolean && r == ValueKind.Boolean && !equality) return Unordered(binder, at);
        if (l is ValueKind.Number or ValueKind.Boolean && r is ValueKind.Number or ValueKind.Boolean)
        {
            double tolerance = left.Computed || right.Computed ? Tolerance : 0;
            return (a, b) => Kernels.Compare(op, AsNumbers(a), AsNumbers(b), tolerance);
        }
        if (l == r && l != ValueKind.Text) return (a, b) => Kernels.Compare(op, (Numbers)a, (Numbers)b, 0);
        if (l == ValueKind.Date && r == ValueKind.Timestamp)
            return (a, b) => Kernels.Compare(op, (Numbers)Conversions.DaysToInstant(a), (Numbers)b, 0);
        if (l == ValueKind.Timestamp && r == ValueKind.Date)
            return (a, b) => Kernels.Compare(op, (Numbers)a, (Numbers)Conversions.DaysToInstant(b), 0);
        binder.Fault(Codes.ExpressionType, at, $"{Binder.Name(l)} cannot be compared with {Binder.Name(r)}" + Advice(l, r));
        return null;
    }

    private static string Advice(ValueKind left, ValueKind right)
    {
        bool text = left == ValueKind.Text || right == ValueKind.Text;
        bool number = left == ValueKind.Number || right == ValueKind.Number;
        return text && number ? "; convert one side with number(…) or text(…)"
            : number ? "; convert it with date('2024-01-31') or year(…)"
            : "";
    }

    private static Comparer? Unordered(Binder binder, int at)
    {
        binder.Fault(Codes.ExpressionType, at, "true and false have no order; compare them with = or !=");
        return null;
    }

    private static Numbers AsNumbers(Operand operand) =>
        operand is Truths ? (Numbers)Conversions.TruthToNumber(operand) : (Numbers)operand;

    /// <summary>Text against text: levels of both sides share ids, and ranks where the order counts.</summary>
    private static Truths Compare(Operator op, Texts left, Texts right)
    {
        (left, right) = (left.Compact(), right.Compact());
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] a = Ids(left.Levels, ids), b = Ids(right.Levels, ids);
        int[] ranks = new int[ids.Count];
        if (op is Operator.Equal or Operator.NotEqual)
        {
            for (int i = 0; i < ranks.Length; i++) ranks[i] = i;
        }
        else
        {
            int rank = 0;
            foreach (var (_, id) in ids.OrderBy(pair => pair.Key, StringComparer.Ordinal)) ranks[id] = rank++;
        }
        for (int k = 0; k < a.Length; k++) a[k] = ranks[a[k]];
        for (int k = 0; k < b.Length; k++) b[k] = ranks[b[k]];
        return Compare(op, left, a, right, b);
    }

    private static int[] Ids(IReadOnlyList<string> levels, Dictionary<string, int> ids)
    {
        int[] result = new int[levels.Count];
        for (int k = 0; k < result.Length; k++)
        {
            if (!ids.TryGetValue(levels[k], out int id)) ids.Add(levels[k], id = ids.Count);
            result[k] = id;
        }
        return result;
    }

    /// <summary>Compares places in the left side's level order; a right value that is no level of it is unknown.</summary>
    private static Truths Rank(Operator op, Texts left, Texts right)
    {
        right = right.Compact();
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < left.Levels.Count; k++) place.TryAdd(left.Levels[k], k);
        int[] a = [.. left.Levels.Select(level => place[level])];
        int[] b = [.. right.Levels.Select(level => place.GetValueOrDefault(level, -1))];
        return Compare(op, left, a, right, b);
    }

    private static Truths Compare(Operator op, Texts left, int[] leftRank, Texts right, int[] rightRank)
    {
        ReadOnlySpan<int> x = left.Codes, y = right.Codes;
        int sx = left.Step, sy = right.Step;
        sbyte[] result = new sbyte[sx == 0 ? y.Length : x.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int p = x[i * sx], q = y[i * sy];
            int a = p < 0 ? -1 : leftRank[p], b = q < 0 ? -1 : rightRank[q];
            result[i] = a < 0 || b < 0 ? (sbyte)-1 : Holds(op, a.CompareTo(b)) ? (sbyte)1 : (sbyte)0;
        }
        return (sx | sy) == 0 ? new Truths(result[0]) : new Truths(result);
    }

    private static bool Holds(Operator op, int sign) => op switch
    {
        Operator.Equal => sign == 0,
        Operator.NotEqual => sign != 0,
        Operator.Less => sign < 0,
        Operator.LessOrEqual => sign <= 0,
        Operator.Greater => sign > 0,
        _ => sign >= 0,
    };

    private static Operator Mirror(Operator op) => op switch
    {
        Operator.Less => Operator.Greater,
        Operator.LessOrEqual => Operator.GreaterOrEqual,
        Operator.Greater => Operator.Less,
        Operator.GreaterOrEqual => Operator.LessOrEqual,
        _ => op,
    };
}
