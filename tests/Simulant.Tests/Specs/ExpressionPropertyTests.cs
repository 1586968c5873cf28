using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>
/// Random expressions over random tables, evaluated column by column, against an interpreter of this file that walks its
/// own tree row by row and shares no code with the language.
/// </summary>
public sealed class ExpressionPropertyTests
{
    private const int Rows = 40;
    private static readonly string[] Letters = ["a", "b", "ab", "B", ""];

    [Fact]
    public void Columnar_evaluation_equals_a_row_by_row_interpreter()
    {
        for (uint round = 0; round < 3000; round++)
        {
            var draw = new Draws(round);
            var table = RandomTable(draw);
            var tree = Condition(draw, 4);
            var expression = ExpressionTests.Parse(tree.Text);
            sbyte[] truth = expression.Test(table);
            for (int row = 0; row < Rows; row++)
            {
                object? expected = tree.Value(new Row(table, row));
                sbyte wanted = expected is bool b ? (b ? (sbyte)1 : (sbyte)0) : (sbyte)-1;
                Assert.True(wanted == truth[row], $"round {round}, row {row}: {tree.Text} gave {truth[row]}, not {wanted}");
            }
        }
    }

    [Fact]
    public void Numbers_and_text_equal_a_row_by_row_interpreter()
    {
        for (uint round = 0; round < 2000; round++)
        {
            var draw = new Draws(100_000 + round);
            var table = RandomTable(draw);
            var number = Number(draw, 4);
            var text = Text(draw, 4);
            var numbers = (NumericColumn)ExpressionTests.Parse(number.Text).Evaluate(table, "x");
            var texts = (CodedColumn)ExpressionTests.Parse(text.Text).Evaluate(table, "x");
            for (int row = 0; row < Rows; row++)
            {
                double wanted = (double?)number.Value(new Row(table, row)) ?? double.NaN;
                Assert.True(wanted.Equals(numbers.Values[row]) || wanted == numbers.Values[row], $"round {round}: {number.Text}");
                Assert.True((string?)text.Value(new Row(table, row)) == texts[row], $"round {round}: {text.Text}");
            }
        }
    }

    [Fact]
    public void A_bound_holds_wherever_its_condition_is_true()
    {
        for (uint round = 0; round < 2000; round++)
        {
            var draw = new Draws(200_000 + round);
            var table = RandomTable(draw);
            var expression = ExpressionTests.Parse(Condition(draw, 3).Text);
            sbyte[] truth = expression.Test(table);
            foreach (var bound in expression.BoundsOn(table.Schema))
            {
                for (int row = 0; row < Rows; row++)
                    if (truth[row] == 1) Assert.True(Holds(bound, table, row), $"round {round}: {expression} and {bound.Column}");
            }
        }
    }

    private static bool Holds(ColumnBound bound, Table table, int row)
    {
        if (table[bound.Column] is NumericColumn numbers)
        {
            double x = numbers.Values[row];
            return (bound.LowOpen ? x > bound.Low : x >= bound.Low) && (bound.HighOpen ? x < bound.High : x <= bound.High);
        }
        return bound.Levels is null || bound.Levels.Contains(((CodedColumn)table[bound.Column])[row]);
    }

    private sealed record Tree(string Text, Func<Row, object?> Value);

    private readonly record struct Row(Table Table, int Index)
    {
        public object? this[string name] => Table[name] switch
        {
            NumericColumn n => double.IsNaN(n.Values[Index]) ? null : n.Values[Index],
            CodedColumn { Schema.Kind: ColumnKind.Boolean } c => c[Index] is { } text ? text == "true" : null,
            var c => ((CodedColumn)c)[Index],
        };
    }

    private sealed class Draws(uint item)
    {
        private readonly RandomStream _stream = new(11, "expression properties");
        private int _draw;

        public int Below(int count) => _stream.Below(count, item, 0, _draw++);
        public T Of<T>(params T[] items) => items[Below(items.Length)];
    }

    private static Table RandomTable(Draws draw)
    {
        double[] Numbers() => [.. Enumerable.Range(0, Rows).Select(_ => draw.Below(6) == 0 ? double.NaN : draw.Below(9) - 4)];
        int[] Codes(int levels) => [.. Enumerable.Range(0, Rows).Select(_ => draw.Below(levels + 1) - 1)];
        return new Table("t",
        [
            new NumericColumn(new("x", ColumnKind.Integer), Numbers()),
            new NumericColumn(new("y-2", ColumnKind.Decimal), Numbers()),
            new CodedColumn(new("s", ColumnKind.Category), Codes(5), [.. Letters]),
            new CodedColumn(new("t 2", ColumnKind.Text), Codes(3), ["b", "", "a"]),
            new CodedColumn(new("p", ColumnKind.Boolean), Codes(2), ["false", "true"]),
            new CodedColumn(new("q", ColumnKind.Boolean), Codes(2), ["true", "false"]),
        ]);
    }

    private static Tree Condition(Draws draw, int depth)
    {
        if (depth == 0 || draw.Below(6) == 0) return draw.Of(Column("p"), Column("q"), new Tree("TRUE", _ => true));
        switch (draw.Below(8))
        {
            case 0 or 1:
                return Logic(draw, depth);
            case 2:
                var inner = Condition(draw, depth - 1);
                return new Tree($"not ({inner.Text})", r => inner.Value(r) is bool b ? !b : null);
            case 3 or 4:
                return Compare(draw, depth, Number(draw, depth - 1), Number(draw, depth - 1),
                    (a, b) => ((double)a).CompareTo((double)b));
            case 5:
                return Compare(draw, depth, Text(draw, depth - 1), Text(draw, depth - 1),
                    (a, b) => string.CompareOrdinal((string)a, (string)b));
            case 6:
                return In(draw, depth);
            default:
                var tested = draw.Of(Number(draw, depth - 1), Text(draw, depth - 1), Condition(draw, depth - 1));
                bool negated = draw.Below(2) == 0;
                return new Tree($"({tested.Text}) is {(negated ? "not " : "")}{draw.Of("missing", "null")}",
                    r => tested.Value(r) is null != negated);
        }
    }

    private static Tree Logic(Draws draw, int depth)
    {
        var (a, b) = (Condition(draw, depth - 1), Condition(draw, depth - 1));
        bool all = draw.Below(2) == 0;
        return new Tree($"({a.Text}) {(all ? draw.Of("and", "&&", "AND") : draw.Of("or", "||"))} ({b.Text})", r =>
        {
            var (p, q) = ((bool?)a.Value(r), (bool?)b.Value(r));
            return all ? p & q : p | q;
        });
    }

    private static Tree Compare(Draws draw, int depth, Tree a, Tree b, Func<object, object, int> compare)
    {
        string op = draw.Of("=", "==", "!=", "<>", "<", "<=", ">", ">=");
        return new Tree($"({a.Text}) {op} ({b.Text})", r =>
        {
            var (x, y) = (a.Value(r), b.Value(r));
            if (x is null || y is null) return null;
            int sign = compare(x, y);
            return op switch
            {
                "=" or "==" => sign == 0,
                "!=" or "<>" => sign != 0,
                "<" => sign < 0,
                "<=" => sign <= 0,
                ">" => sign > 0,
                _ => sign >= 0,
            };
        });
    }

    private static Tree In(Draws draw, int depth)
    {
        bool negated = draw.Below(2) == 0, text = draw.Below(2) == 0;
        var operand = text ? Column(draw.Of("s", "t 2")) : Number(draw, depth - 1);
        object[] items = [.. Enumerable.Range(0, 1 + draw.Below(3)).Select(_ => text ? (object)draw.Of(Letters)
            : (double)draw.Below(5))];
        string list = string.Join(", ", items.Select(i => i is string s ? $"'{s}'"
            : ((double)i).ToString(CultureInfo.InvariantCulture)));
        return new Tree($"({operand.Text}) {(negated ? "not " : "")}in ({list})",
            r => operand.Value(r) is { } value ? items.Contains(value) != negated : null);
    }

    private static Tree Number(Draws draw, int depth)
    {
        if (depth == 0 || draw.Below(4) == 0)
        {
            int literal = draw.Below(7) - 3;
            return draw.Of(Column("x"), Column("y-2"), new Tree(literal.ToString(CultureInfo.InvariantCulture), _ =>
                (double)literal));
        }
        var (a, b) = (Number(draw, depth - 1), Number(draw, depth - 1));
        Tree Both(string text, Func<double, double, double> f) => new(text, r =>
            a.Value(r) is double x && b.Value(r) is double y && !double.IsNaN(f(x, y)) ? f(x, y) : null);
        switch (draw.Below(9))
        {
            case 0: return Both($"({a.Text}) + ({b.Text})", (x, y) => x + y);
            case 1: return Both($"({a.Text}) - ({b.Text})", (x, y) => x - y);
            case 2: return Both($"({a.Text}) * ({b.Text})", (x, y) => x * y);
            case 3: return Both($"({a.Text}) % ({b.Text})", (x, y) => y == 0 || double.IsInfinity(x) ? double.NaN
                : x - y * Math.Floor(x / y));
            case 4: return Both($"max({a.Text}, {b.Text})", Math.Max);
            case 5: return new Tree($"-({a.Text})", r => a.Value(r) is double x ? -x : null);
            case 6: return new Tree($"coalesce({a.Text}, {b.Text})", r => a.Value(r) ?? b.Value(r));
            case 7:
                var c = Condition(draw, depth - 1);
                return new Tree($"if({c.Text}, {a.Text}, {b.Text})", r => c.Value(r) is true ? a.Value(r) : b.Value(r));
            default:
                var s = Text(draw, depth - 1);
                return new Tree($"length({s.Text})", r => s.Value(r) is string t ? (double)t.Length : null);
        }
    }

    private static Tree Text(Draws draw, int depth)
    {
        if (depth == 0 || draw.Below(4) == 0)
        {
            string literal = draw.Of("a", "b", "it's", "");
            return draw.Of(Column("s"), Column("t 2"), new Tree($"'{literal.Replace("'", "''")}'", _ => literal));
        }
        var (a, b) = (Text(draw, depth - 1), Text(draw, depth - 1));
        switch (draw.Below(4))
        {
            case 0: return new Tree($"upper({a.Text})", r => ((string?)a.Value(r))?.ToUpperInvariant());
            case 1:
                return new Tree($"concat({a.Text}, {b.Text})",
                    r => a.Value(r) is string x && b.Value(r) is string y ? x + y : null);
            case 2: return new Tree($"coalesce({a.Text}, {b.Text})", r => a.Value(r) ?? b.Value(r));
            default:
                var c = Condition(draw, depth - 1);
                return new Tree($"if({c.Text}, {a.Text}, {b.Text})", r => c.Value(r) is true ? a.Value(r) : b.Value(r));
        }
    }

    private static Tree Column(string name) => new(Expression.Quote(name), r => r[name]);
}
