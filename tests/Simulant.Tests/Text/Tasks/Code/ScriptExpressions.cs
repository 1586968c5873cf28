namespace Simulant.Tests.Text.Tasks.Code;

/// <summary>The expressions of <see cref="Script"/>.</summary>
internal sealed partial class Script
{
    private static readonly string[][] Levels =
        [["and", "or", "&&", "||"], ["==", "===", "!=", "!==", "<", "<=", ">", ">=", "in"], ["+", "-", "*", "/", "//", "%", "&", "|", "^",
            "<<", ">>"]];

    private Value Expression(int level = 0)
    {
        if (level == Levels.Length) return Operand();
        var left = Expression(level + 1);
        while (Levels[level].Contains(Now))
        {
            string op = Next();
            if (op == "/" && Take("/")) op = "//";
            var (one, two) = (left, Expression(level + 1));
            left = names => Joined(op, one(names), () => two(names));
        }
        return left;
    }

    private static object Joined(string op, object left, Func<object> later)
    {
        // JavaScript's "or" on numbers gives the other where the first is missing.
        if (op is "and" or "&&") return (bool)left ? later() : false;
        if (op is "or" or "||") return left is long ? left : (bool)left ? true : later();
        object right = later();
        if (op == "in") return ((string)right).Contains((string)left, StringComparison.Ordinal);
        if (left is string || right is string) return op == "+" ? $"{left}{right}" : throw new InvalidOperationException(op);
        long a = (long)left, b = (long)right;
        if (op is "/" or "//" or "%" && (a < 0 || b <= 0)) throw new InvalidOperationException("languages differ here");
        checked
        {
            return op switch
            {
                "+" => Small(a + b),
                "-" => Small(a - b),
                "*" => Small(a * b),
                "/" or "//" => a / b,
                "%" => a % b,
                "&" => a & b,
                "|" => a | b,
                "^" => a ^ b,
                "<<" => Small(a * (1L << (int)b)),
                ">>" => a / (1L << (int)b),
                "==" or "===" => a == b,
                "!=" or "!==" => a != b,
                "<" => a < b,
                "<=" => a <= b,
                ">" => a > b,
                _ => a >= b,
            };
        }
    }

    // C# would overflow beyond this.
    private static object Small(long value) => Math.Abs(value) <= int.MaxValue ? value : throw new OverflowException();

    private Value Operand()
    {
        if (Take("-") && Operand() is { } negated) return names => -(long)negated(names);
        Value value = Primary();
        while (Take("["))
        {
            var (list, index) = (value, Expression());
            Take("]");
            value = names => list(names) is Dictionary<object, object> counts ? counts.GetValueOrDefault(index(names), 0L)
                : ((List<object>)list(names))[(int)(long)index(names)];
        }
        return value;
    }

    private Value Primary()
    {
        string token = Next();
        if (char.IsDigit(token[0])) return _ => Number(token);
        if (token[0] == '"')
        {
            // "abc".includes(c), where the point was no token.
            if (Now is not ("includes" or "Contains")) return _ => token[1..^1];
            Next();
            var letter = Arguments()[0];
            return names => token[1..^1].Contains((string)letter(names), StringComparison.Ordinal);
        }
        if (token == "(")
        {
            var inner = Expression();
            Take(")");
            return inner;
        }
        if (token == "[") return List("]");
        if (token == "new" && Now is "List" or "Dictionary") return Made();
        if (token == "new") token = Next();
        return Named(token);
    }

    private Value List(string end)
    {
        var parts = new List<Value>();
        while (!Take(end))
        {
            parts.Add(Expression());
            Take(",");
        }
        return names => parts.Select(part => part(names)).ToList();
    }

    private Value Made()
    {
        bool list = Next() == "List";
        while (Now is "<" or "int" or "List" or "," or ">" or ">>") _at++;
        if (Take("{")) return List("}");
        Arguments();
        return list ? _ => new List<object>() : _ => new Dictionary<object, object>();
    }

    private Value Named(string token)
    {
        int point = token.LastIndexOf('.');
        string of = point < 0 ? "" : token[..point], name = token[(point + 1)..];
        if (Now != "(")
            return name is "length" or "Count" ? names => (long)((List<object>)Get(names, of)).Count : names => Reach(names, token);
        var given = Arguments();
        if (token == "Math.floor") return given[0];
        if (token is "dict" or "Object.create") return _ => new Dictionary<object, object>();
        if (_classes.Contains(token)) return names => Construct(token, [.. given.Select(g => g(names))]);
        return name switch
        {
            "len" => names => (long)((List<object>)given[0](names)).Count,
            "append" or "push" or "Add" => names =>
            {
                ((List<object>)Get(names, of)).Add(given[0](names));
                return 0L;
            },
            "get" or "GetValueOrDefault" => names => ((Dictionary<object, object>)Get(names, of)).GetValueOrDefault(given[0](names), 0L),
            _ => names => Called(names, of, name, [.. given.Select(g => g(names))]),
        };
    }

    // A field of an object is a name with a point; in a method, the object's fields are names of their own.
    private static object Reach(Dictionary<string, object> names, string token)
    {
        if (names.TryGetValue(token, out object? value)) return value;
        string[] parts = token.Split('.');
        return ((Dictionary<string, object>)names[parts[0]])[parts[1]];
    }

    private Dictionary<string, object> Construct(string type, object[] given)
    {
        var fields = new Dictionary<string, object> { ["type"] = type };
        Method(fields, "new", given);
        return fields;
    }

    private object Called(Dictionary<string, object> names, string of, string name, object[] given)
    {
        if (of != "") return Method((Dictionary<string, object>)names[of], name, given);
        var (parameters, body) = _functions[name];
        return body(parameters.Zip(given).ToDictionary(pair => pair.First, pair => pair.Second))!;
    }

    private long Method(Dictionary<string, object> fields, string name, object[] given)
    {
        var (parameters, body) = _functions[$"{fields["type"]}.{name}"];
        var inside = parameters.Zip(given).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (string prefix in (string[])["self.", "this.", ""])
            foreach (var (field, value) in fields) inside.TryAdd(prefix + field, value);
        var before = new Dictionary<string, object>(inside);
        body(inside);
        foreach (string field in (string[])["total", "last"])
            foreach (string prefix in (string[])["self.", "this.", ""])
                if (inside.TryGetValue(prefix + field, out object? after) && (!before.TryGetValue(prefix + field, out object? was)
                    || !was.Equals(after)))
                    fields[field] = after;
        return 0;
    }
}
