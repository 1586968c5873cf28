using System.Globalization;
using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Code;

/// <summary>
/// A small interpreter of the text of programs: what Python (with its blocks in braces), JavaScript and C# have in common in these tasks.
/// It
/// reads tokens and turns them into closures over a table of names; it shares nothing with the program that writes the tasks.
/// </summary>
internal sealed partial class Script
{
    private delegate object Value(Dictionary<string, object> names);

    /// <summary>Runs a statement; gives what a return gave, <see cref="Stop"/> after a break, null to go on.</summary>
    private delegate object? Action(Dictionary<string, object> names);

    private static readonly object Stop = new();
    private readonly string[] _tokens;
    private readonly Dictionary<string, (string[] Parameters, Action Body)> _functions = [];
    private readonly HashSet<string> _classes = [];
    private int _at;
    private string _printed = "";

    public Script(string program)
    {
        _tokens = [.. Token().Matches(program).Select(m => m.Value)];
        for (int i = 0; i + 1 < _tokens.Length; i++)
            if (_tokens[i] == "class") _classes.Add(_tokens[i + 1]);
    }

    public string Run()
    {
        var actions = new List<Action>();
        while (_at < _tokens.Length) actions.Add(Statement(""));
        var names = new Dictionary<string, object>();
        foreach (var action in actions) action(names);
        return _printed;
    }

    private string Now => _at < _tokens.Length ? _tokens[_at] : "";

    private bool Take(string token)
    {
        if (Now != token) return false;
        _at++;
        return true;
    }

    private string Next() => _tokens[_at++];

    private Action Block(string type)
    {
        if (!Take("{")) return Statement(type);
        var actions = new List<Action>();
        while (!Take("}")) actions.Add(Statement(type));
        return names =>
        {
            foreach (var action in actions)
                if (action(names) is { } end) return end;
            return null;
        };
    }

    private Action Statement(string type)
    {
        while (Take("public") || Take("let") || Take("const") || Take("var")) { }
        if (Take("class")) return Class();
        if (Take("def") || Take("function") || (Now is "int" or "void" && _tokens[_at + 2] == "(" && Next()
            is not null)) return Define(type);
        if (type != "" && _tokens[_at + 1] == "(" && Now is not ("if" or "while" or "for" or "foreach")) return Define(type);
        if (Take("int")) return Skip();
        if (Take("if") || Take("elif")) return Branch(type);
        if (Take("while")) return Loop(Expression(), Block(type), null);
        if (Take("for") || Take("foreach")) return Count(type);
        if (Take("break"))
        {
            Take(";");
            return _ => Stop;
        }
        if (Take("return"))
        {
            var value = Expression();
            Take(";");
            return names => value(names);
        }
        if (Take("print") || Take("console.log") || Take("Console.WriteLine"))
        {
            var value = Expression();
            Take(";");
            return names =>
            {
                _printed += value(names);
                return null;
            };
        }
        return Assign();
    }

    private Action Skip()
    {
        while (Next() != ";") { }
        return _ => null;
    }

    private Action Class()
    {
        string name = Next();
        Take("{");
        while (!Take("}")) Statement(name);
        return _ => null;
    }

    // A function, or a method of a class, whose names reach the fields of its object.
    private Action Define(string type)
    {
        string name = Next();
        if (name is "__init__" or "constructor" || name == type) name = "new";
        Take("(");
        var parameters = new List<string>();
        while (!Take(")"))
            if (Next() is var word && word is not ("int" or "," or "self")) parameters.Add(word);
        _functions[type == "" ? name : $"{type}.{name}"] = ([.. parameters], Block(""));
        return _ => null;
    }

    private Action Branch(string type)
    {
        var when = Expression();
        var then = Block(type);
        Action? otherwise = Now == "elif" ? Statement(type) : Take("else") ? Block(type) : null;
        return names => (bool)when(names) ? then(names) : otherwise?.Invoke(names);
    }

    private static Action Loop(Value when, Action body, Action? after) => names =>
    {
        while ((bool)when(names))
        {
            var end = body(names);
            if (end == Stop) break;
            if (end is not null) return end;
            after?.Invoke(names);
        }
        return null;
    };

    private Action Count(string type)
    {
        bool bracket = Take("(");
        while (Take("int") || Take("let") || Take("const") || Take("var")) { }
        string name = Next();
        if (Take("="))
        {
            var from = Expression();
            Take(";");
            var when = Expression();
            Take(";");
            Next();
            Value step = Next() == "++" ? _ => 1L : Expression();
            Take(")");
            var loop = Loop(when, Block(type), names => Put(names, name, (long)names[name] + (long)step(names)));
            return names =>
            {
                names[name] = from(names);
                return loop(names);
            };
        }
        Next();
        var over = Take("range") ? Range() : Expression();
        if (bracket) Take(")");
        var body = Block(type);
        return names =>
        {
            object all = over(names);
            foreach (object part in all is string text ? text.Select(c => (object)$"{c}").ToList() : ((List<object>)all).ToList())
            {
                names[name] = part;
                var end = body(names);
                if (end == Stop) break;
                if (end is not null) return end;
            }
            return null;
        };
    }

    private static object? Put(Dictionary<string, object> names, string name, object value)
    {
        names[name] = value;
        return null;
    }

    private Value Range()
    {
        var parts = Arguments();
        return names =>
        {
            var list = new List<object>();
            for (long i = (long)parts[0](names); i < (long)parts[1](names); i += parts.Count > 2 ? (long)parts[2](names) : 1) list.Add(i);
            return list;
        };
    }

    private Action Assign()
    {
        int start = _at, depth = 0;
        while (_tokens[_at] != ";" && (_tokens[_at] != "=" || depth > 0))
        {
            depth += _tokens[_at] is "(" or "[" or "{" ? 1 : _tokens[_at] is ")" or "]" or "}" ? -1 : 0;
            _at++;
        }
        string[] target = _tokens[start.._at];
        if (!Take("="))
        {
            _at = start;
            var call = Expression();
            Take(";");
            return names =>
            {
                call(names);
                return null;
            };
        }
        if (target.Contains(",")) return Together([.. target.Where(t => char.IsLetter(t[0]))]);
        int end = _at;
        Value? index = null;
        if (target.Length > 1)
        {
            _at = start + 2;
            index = Expression();
        }
        _at = end;
        var value = Expression();
        Take(";");
        return index is null ? names => Put(names, target[0], value(names)) : names =>
        {
            var (list, key, made) = (Get(names, target[0]), index(names), value(names));
            if (list is Dictionary<object, object> counts) counts[key] = made;
            else ((List<object>)list)[(int)(long)key] = made;
            return null;
        };

        Action Together(string[] targets)
        {
            bool bracket = Take("[") || Take("(");
            var values = new List<Value>();
            do values.Add(Expression());
            while (Take(","));
            if (bracket) Next();
            Take(";");
            return names =>
            {
                object[] made = [.. values.Select(v => v(names))];
                for (int i = 0; i < made.Length; i++) names[targets[i]] = made[i];
                return null;
            };
        }
    }

    private List<Value> Arguments()
    {
        var given = new List<Value>();
        Take("(");
        while (!Take(")"))
        {
            given.Add(Expression());
            Take(",");
        }
        return given;
    }

    private static object Get(Dictionary<string, object> names, string name) => names[name];

    private static object Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+|""[^""]*""|[A-Za-z_][\w.]*|===|!==|==|!=|<=|>=|<<|>>|&&|\|\||\+\+|\+=|[-+*/%<>=&|^(){}\[\],:;?]|//")]
    private static partial Regex Token();
}
