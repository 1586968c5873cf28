using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>What a statement does to the flow of control.</summary>
internal enum Flow
{
    On,
    Break,
    Return,
}

internal abstract record Stmt
{
    public abstract Flow Run(Machine machine);

    public abstract void Write(Writer writer);

    protected static Flow Run(IEnumerable<Stmt> body, Machine machine)
    {
        foreach (var statement in body)
            if (statement.Run(machine) is var flow && flow != Flow.On) return flow;
        return Flow.On;
    }
}

/// <summary>Assigns one or, at the same time, several variables.</summary>
internal sealed record Set(params (string Name, Expr Value)[] To) : Stmt
{
    public Set(string name, Expr value) : this((name, value))
    {
    }

    public override Flow Run(Machine machine)
    {
        var values = To.Select(part => part.Value.Eval(machine)).ToArray();
        for (int i = 0; i < To.Length; i++) machine[To[i].Name] = values[i].Value;
        machine.Note($"run {Text(machine.Syntax)}", Phrases.Commas(To.Select((part, i) => Same(values[i]) is var value
            && value == values[i].Shown
            ? $"{Name.Spell(part.Name, machine.Syntax)} = {value}" : $"{Name.Spell(part.Name, machine.Syntax)} = {values[i].Shown} = "
                + $"{value}")));
        return Flow.On;
    }

    private static string Same((object Value, string Shown) found) => Expr.Say(found.Value);

    public string Text(Syntax syntax)
    {
        string names = Phrases.Commas(To.Select(part => Name.Spell(part.Name, syntax))), values = Phrases.Commas(To.Select(part =>
            part.Value.Write(syntax)));
        return To.Length == 1 || syntax == Syntax.Python ? $"{names} = {values}" : syntax == Syntax.JavaScript ? $"[{names}] = [{values}]"
            : $"({names}) = ({values})";
    }

    public override void Write(Writer writer) => writer.Simple((To.Length == 1 && writer.Declare(To[0].Name)
        ? writer.Syntax switch { Syntax.Python => "", Syntax.JavaScript => "let ", _ => "var " } : "") + Text(writer.Syntax));
}

internal sealed record SetAt(string List, Expr Index, Expr Value) : Stmt
{
    public override Flow Run(Machine machine)
    {
        long index = Index.Number(machine);
        var (value, shown) = Value.Eval(machine);
        ((List<object>)machine[List])[(int)index] = value;
        machine.Note($"run {Text(machine.Syntax)}", $"{List}[{index}] = {shown}" + (shown == Expr.Say(value) ? "" : $" = {Expr.Say(value)}")
            + $"; {List} = {Expr.Say(machine[List])}");
        return Flow.On;
    }

    private string Text(Syntax syntax) => $"{List}[{Index.Write(syntax)}] = {Value.Write(syntax)}";

    public override void Write(Writer writer) => writer.Simple(Text(writer.Syntax));
}

internal sealed record Append(string List, Expr Value) : Stmt
{
    public override Flow Run(Machine machine)
    {
        var (value, _) = Value.Eval(machine);
        ((List<object>)machine[List]).Add(value);
        machine.Note($"run {Text(machine.Syntax)}", $"{List} = {Expr.Say(machine[List])}");
        return Flow.On;
    }

    private string Text(Syntax syntax) =>
        $"{List}.{syntax switch { Syntax.Python => "append", Syntax.JavaScript => "push", _ => "Add" }}({Value.Write(syntax)})";

    public override void Write(Writer writer) => writer.Simple(Text(writer.Syntax));
}

/// <summary>Raises the count of a key in a dictionary, which begins at 0.</summary>
internal sealed record Tally(string Counts, Expr Key, Expr By) : Stmt
{
    public override Flow Run(Machine machine)
    {
        var counts = (SortedDictionary<long, long>)machine[Counts];
        long key = Key.Number(machine), by = By.Number(machine);
        counts[key] = counts.GetValueOrDefault(key) + by;
        machine.Note($"count {by} for the key {Key.Write(machine.Syntax)}", $"{Counts}[{key}] = {counts[key] - by} + {by} = {counts[key]}");
        return Flow.On;
    }

    public override void Write(Writer writer)
    {
        string key = Key.Write(writer.Syntax), by = By.Write(writer.Syntax);
        writer.Simple($"{Counts}[{key}] = " + writer.Syntax switch
        {
            Syntax.Python => $"{Counts}.get({key}, 0) + {by}",
            Syntax.JavaScript => $"({Counts}[{key}] || 0) + {by}",
            _ => $"{Counts}.GetValueOrDefault({key}) + {by}",
        });
    }
}

/// <summary>Makes an empty dictionary of counts.</summary>
internal sealed record NoCounts(string Counts) : Stmt
{
    public override Flow Run(Machine machine)
    {
        machine[Counts] = new SortedDictionary<long, long>();
        return Flow.On;
    }

    public override void Write(Writer writer) => writer.Simple(writer.Syntax switch
    {
        Syntax.Python => $"{Counts} = dict()",
        Syntax.JavaScript => $"let {Counts} = Object.create(null)",
        _ => $"var {Counts} = new Dictionary<int, int>()",
    });
}

/// <summary>The first branch whose condition holds; the last may have none.</summary>
internal sealed record If(params (Expr? When, Stmt[] Then)[] Branches) : Stmt
{
    public If(Expr when, params Stmt[] then) : this((when, then))
    {
    }

    public override Flow Run(Machine machine)
    {
        foreach (var (when, then) in Branches)
            if (when is null || machine.Test(when)) return Run(then, machine);
        return Flow.On;
    }

    public override void Write(Writer writer)
    {
        for (int i = 0; i < Branches.Length; i++)
        {
            var (when, then) = Branches[i];
            string word = when is null ? "else" : i == 0 ? "if" : writer.Syntax == Syntax.Python ? "elif" : "else if";
            writer.Block(when is null ? word : writer.Headed(word, when), then, i > 0);
        }
    }
}

internal sealed record While(Expr When, params Stmt[] Body) : Stmt
{
    public override Flow Run(Machine machine)
    {
        while (machine.Test(When))
        {
            var flow = Run(Body, machine);
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) break;
        }
        return Flow.On;
    }

    public override void Write(Writer writer) => writer.Block(writer.Headed("while", When), Body);
}

/// <summary>Counts from a number up to, but not including, another.</summary>
internal sealed record For(string Name, Expr From, Expr To, params Stmt[] Body) : Stmt
{
    public int Step { get; init; } = 1;

    public override Flow Run(Machine machine)
    {
        for (long at = From.Number(machine); at < To.Number(machine); at += Step)
        {
            machine[Name] = at;
            var flow = Run(Body, machine);
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) break;
        }
        return Flow.On;
    }

    public override void Write(Writer writer)
    {
        string from = From.Write(writer.Syntax), to = To.Write(writer.Syntax), type = writer.Syntax == Syntax.JavaScript ? "let" : "int";
        writer.Block(writer.Syntax == Syntax.Python ? $"for {Name} in range({from}, {to}{(Step == 1 ? "" : $", {Step}")})"
            : $"for ({type} {Name} = {from}; {Name} < {to}; {Name}{(Step == 1 ? "++" : $" += {Step}")})", Body);
    }
}

/// <summary>Goes through a list, or the letters of a text.</summary>
internal sealed record Each(string Name, string Of, params Stmt[] Body) : Stmt
{
    public override Flow Run(Machine machine)
    {
        IEnumerable<object> parts = machine[Of] is string text ? text.Select(letter => $"{letter}") : ((List<object>)machine[Of]).ToArray();
        foreach (object part in parts)
        {
            machine[Name] = part;
            var flow = Run(Body, machine);
            if (flow == Flow.Return) return flow;
            if (flow == Flow.Break) break;
        }
        return Flow.On;
    }

    public override void Write(Writer writer) => writer.Block(writer.Syntax switch
    {
        Syntax.Python => $"for {Name} in {Of}",
        Syntax.JavaScript => $"for (const {Name} of {Of})",
        _ => $"foreach (var {Name} in {Of})",
    }, Body);
}

internal sealed record Break : Stmt
{
    public override Flow Run(Machine machine)
    {
        machine.Note("break", "the loop ends");
        return Flow.Break;
    }

    public override void Write(Writer writer) => writer.Simple("break");
}

internal sealed record Return(Expr Value) : Stmt
{
    public override Flow Run(Machine machine)
    {
        var (value, shown) = Value.Eval(machine);
        machine.Result = value;
        machine.Note($"return {Value.Write(machine.Syntax)}", shown == Expr.Say(value) ? shown : $"{shown} = {Expr.Say(value)}");
        return Flow.Return;
    }

    public override void Write(Writer writer) => writer.Simple($"return {Value.Write(writer.Syntax)}");
}
