using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>Languages that programs are written in.</summary>
internal enum Syntax
{
    Python,
    JavaScript,
    CSharp,
}

/// <summary>
/// An expression. Values are <see cref="long"/>, <see cref="string"/>, <see cref="bool"/> and lists; operators have Python's names.
/// Division and remainder are asked of non-negative numbers alone, where the three languages agree.
/// </summary>
internal abstract record Expr
{
    /// <summary>The value, and the expression with values in place of names, both as the machine stands.</summary>
    public abstract (object Value, string Shown) Eval(Machine machine);

    public abstract string Write(Syntax syntax);

    public long Number(Machine machine) => (long)Eval(machine).Value;

    /// <summary>How tightly it binds: 1 logic, 2 comparison, 3 arithmetic, 9 what needs no brackets.</summary>
    public virtual int Rank => 9;

    public static implicit operator Expr(int number) => new Literal((long)number);

    public static implicit operator Expr(string name) => new Name(name);

    public static string Say(object value) => value switch
    {
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        List<object> list => Phrases.List(list.Select(Say)),
        _ => $"{value}",
    };
}

internal sealed record Literal(object Value) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine) => (Value, Say(Value));

    public override string Write(Syntax syntax) => Say(Value);
}

/// <summary>A variable; of a field <c>self.x</c> each language has its own form.</summary>
internal sealed record Name(string Of) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine)
    {
        object value = machine[Of];
        return (value, Say(value));
    }

    public override string Write(Syntax syntax) => Spell(Of, syntax);

    public static string Spell(string name, Syntax syntax) => !name.StartsWith("self.", StringComparison.Ordinal) ? name
        : syntax switch { Syntax.Python => name, Syntax.JavaScript => "this" + name[4..], _ => name[5..] };
}

internal sealed record Binary(string Op, Expr Left, Expr Right) : Expr
{
    public override int Rank => Op switch
    {
        "and" or "or" => 1,
        "==" or "!=" or "<" or "<=" or ">" or ">=" => 2,
        _ => 3,
    };

    public override (object Value, string Shown) Eval(Machine machine)
    {
        var (left, leftShown) = Left.Eval(machine);
        if (Op is "and" or "or" && (bool)left == (Op == "or")) return (left, leftShown);
        var (right, rightShown) = Right.Eval(machine);
        string shown = $"{Within(Left, leftShown)} {Spell(machine.Syntax)} {Within(Right, rightShown)}";
        if (Op is "and" or "or") return ((bool)left == (Op == "and") ? right : left, shown);
        if (left is string || right is string) return (string.Concat(left, right), shown);
        return (Of((long)left, (long)right), shown);
    }

    private object Of(long a, long b) => Op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "//" => a / b,
        "%" => a % b,
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        "<<" => a << (int)b,
        ">>" => a >> (int)b,
        "==" => a == b,
        "!=" => a != b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    };

    private string Spell(Syntax syntax) => (Op, syntax) switch
    {
        ("and", not Syntax.Python) => "&&",
        ("or", not Syntax.Python) => "||",
        ("==", Syntax.JavaScript) => "===",
        ("!=", Syntax.JavaScript) => "!==",
        ("//", not Syntax.Python) => "/",
        _ => Op,
    };

    // The bit operators bind differently in different languages, so beside them everything composed is in brackets.
    private string Within(Expr part, string text) => part.Rank > Rank && !(part is Binary { Op: "&" or "|" or "^" or "<<" or ">>" }) ? text
        : $"({text})";

    public override string Write(Syntax syntax)
    {
        string text = $"{Within(Left, Left.Write(syntax))} {Spell(syntax)} {Within(Right, Right.Write(syntax))}";
        return Op == "//" && syntax == Syntax.JavaScript ? $"Math.floor({text})" : text;
    }
}

internal sealed record ListOf(params Expr[] Parts) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine)
    {
        List<object> list = [.. Parts.Select(part => part.Eval(machine).Value)];
        return (list, Say(list));
    }

    public override string Write(Syntax syntax)
    {
        string parts = Phrases.Commas(Parts.Select(part => part.Write(syntax)));
        string type = Parts.Length > 0 && Parts[0] is ListOf ? "List<int>" : "int";
        return syntax != Syntax.CSharp ? $"[{parts}]" : Parts.Length == 0 ? "new List<int>()" : $"new List<{type}> {{ {parts} }}";
    }
}

internal sealed record At(Expr List, Expr Index) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine)
    {
        object value = ((List<object>)List.Eval(machine).Value)[(int)Index.Number(machine)];
        return (value, Say(value));
    }

    public override string Write(Syntax syntax) => $"{List.Write(syntax)}[{Index.Write(syntax)}]";
}

internal sealed record Length(Expr Of) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine)
    {
        long length = ((List<object>)Of.Eval(machine).Value).Count;
        return (length, $"{length}");
    }

    public override string Write(Syntax syntax) => syntax switch
    {
        Syntax.Python => $"len({Of.Write(syntax)})",
        Syntax.JavaScript => $"{Of.Write(syntax)}.length",
        _ => $"{Of.Write(syntax)}.Count",
    };
}

/// <summary>Whether a letter stands in a text.</summary>
internal sealed record Among(Expr Letter, string Text) : Expr
{
    public override int Rank => 2;

    public override (object Value, string Shown) Eval(Machine machine)
    {
        var (letter, shown) = Letter.Eval(machine);
        return (Text.Contains((string)letter, StringComparison.Ordinal), $"{shown} in \"{Text}\"");
    }

    public override string Write(Syntax syntax) => syntax switch
    {
        Syntax.Python => $"{Letter.Write(syntax)} in \"{Text}\"",
        Syntax.JavaScript => $"\"{Text}\".includes({Letter.Write(syntax)})",
        _ => $"\"{Text}\".Contains({Letter.Write(syntax)})",
    };
}

internal sealed record Call(string Function, params Expr[] Given) : Expr
{
    public override (object Value, string Shown) Eval(Machine machine)
    {
        object value = machine.Run(Function, [.. Given.Select(part => part.Eval(machine).Value)]);
        return (value, Say(value));
    }

    public override string Write(Syntax syntax) => $"{Function}({Phrases.Commas(Given.Select(part => part.Write(syntax)))})";
}
