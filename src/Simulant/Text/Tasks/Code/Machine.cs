using System.Text;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>A function of whole numbers.</summary>
internal sealed record Function(string Name, string[] Parameters, params Stmt[] Body);

/// <summary>Runs programs and notes what each statement did.</summary>
internal sealed class Machine(Syntax syntax, StepList work)
{
    private readonly Dictionary<string, object> _fields = [];
    private readonly Dictionary<string, Function> _functions = [];
    private Dictionary<string, object> _names = [];

    public Syntax Syntax => syntax;

    /// <summary>What the last return gave.</summary>
    public object Result { get; set; } = 0L;

    /// <summary>A variable; a field <c>self.x</c> of the object whose method runs; a field <c>a.x</c> of the object in a
    /// variable.</summary>
    public object this[string name]
    {
        get => name.StartsWith("self.", StringComparison.Ordinal) ? _fields[Self + name[4..]] : name.Contains('.') ? _fields[name]
            : _names[name];
        set
        {
            if (name.StartsWith("self.", StringComparison.Ordinal)) _fields[Self + name[4..]] = value;
            else _names[name] = value;
        }
    }

    /// <summary>The variable whose object's method runs.</summary>
    public string Self { get; set; } = "";

    public void Note(string say, string? formula = null) => work.Add(say, formula);

    public void Define(Function function) => _functions[function.Name] = function;

    public bool Test(Expr when)
    {
        var (value, shown) = when.Eval(this);
        Note($"test {when.Write(syntax)}", $"{shown} is {((bool)value ? "true" : "false")}");
        return (bool)value;
    }

    public void Run(IEnumerable<Stmt> body)
    {
        foreach (var statement in body)
            if (statement.Run(this) != Flow.On) return;
    }

    /// <summary>Runs a method of the object in a variable.</summary>
    public void Run(string self, Function method, params object[] given)
    {
        var outer = _names;
        _names = [];
        for (int i = 0; i < given.Length; i++) _names[method.Parameters[i]] = given[i];
        Self = self;
        Run(method.Body);
        _names = outer;
    }

    /// <summary>Calls a function with its own variables.</summary>
    public object Run(string name, object[] given)
    {
        var function = _functions[name];
        var outer = _names;
        _names = [];
        for (int i = 0; i < given.Length; i++) _names[function.Parameters[i]] = given[i];
        work.Add($"call {name}({Phrases.Commas(given.Select(Expr.Say))})");
        Run(function.Body);
        _names = outer;
        return Result;
    }
}

/// <summary>Writes statements in a language.</summary>
internal sealed class Writer(Syntax syntax)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _declared = [];
    private int _depth;

    public Syntax Syntax => syntax;

    public string Text => _text.ToString().TrimEnd('\n');

    /// <summary>Whether the name is new, and so needs a declaration where the language has them.</summary>
    public bool Declare(string name) => !name.StartsWith("self.", StringComparison.Ordinal) && _declared.Add(name);

    public void Simple(string text) => Line(syntax == Syntax.Python ? text : text + ";");

    public string Headed(string word, Expr when) => syntax == Syntax.Python ? $"{word} {when.Write(syntax)}" : $"{word} "
        + $"({when.Write(syntax)})";

    /// <param name="head">What stands before the block.</param>
    /// <param name="body">The statements in it.</param>
    /// <param name="goesOn">Whether it belongs to the block just closed.</param>
    public void Block(string head, IEnumerable<Stmt> body, bool goesOn = false)
    {
        if (syntax == Syntax.Python) Line(head + ":");
        else if (goesOn)
        {
            _text.Length--;
            _text.Append(' ').Append(head).Append(" {\n");
        }
        else Line(head + " {");
        _depth++;
        foreach (var statement in body) statement.Write(this);
        _depth--;
        if (syntax != Syntax.Python) Line("}");
    }

    public void Function(Function function)
    {
        foreach (string parameter in function.Parameters) _declared.Add(parameter);
        string type = syntax == Syntax.CSharp ? "int " : "";
        Block((syntax switch { Syntax.Python => "def ", Syntax.JavaScript => "function ", _ => "int " }) + function.Name
            + $"({Phrases.Commas(function.Parameters.Select(p => type + p))})", function.Body);
        _text.Append('\n');
        _declared.Clear();
    }

    public void Print(Expr value) => Simple((syntax switch { Syntax.Python => "print", Syntax.JavaScript => "console.log", _ =>
        "Console.WriteLine" })
        + $"({value.Write(syntax)})");

    public void Line(string text) => _text.Append(' ', text.Length == 0 ? 0 : 4 * _depth).Append(text).Append('\n');

    /// <summary>Opens a block that the caller fills and ends.</summary>
    public void Open(string head)
    {
        Line(head + (syntax == Syntax.Python ? ":" : " {"));
        _depth++;
    }

    public void Close()
    {
        _depth--;
        if (syntax != Syntax.Python) Line("}");
    }
}
