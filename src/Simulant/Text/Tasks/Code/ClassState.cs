using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>Two objects of a class, each with its own fields, changed by calls of their methods.</summary>
internal sealed class ClassState() : CodeFamily("class-state")
{
    private const string Class = "Counter";

    protected override Listing Listing(int level, ItemDraws random) => throw new InvalidOperationException("this family writes its "
        + "program itself");

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var syntax = random.Pick<Syntax>([Syntax.Python, Syntax.JavaScript, Syntax.CSharp]);
        var start = new Function("", ["start"], new Set("self.total", "start"), new Set("self.last", random.Between(0, 9)));
        Function[] methods =
        [
            new("add", ["n"], new Set("self.total", Op("self.total", "+", random.Chance(0.5) ? "n" : Op("n", "*", random.Between(2, 3)))),
                new Set("self.last", "n")),
            new("skip", ["n"], new If((Op("n", ">", "self.last"), [new Set("self.last", "n")]),
                (null, [new Set("self.total", Op("self.total", random.Pick(["-", "+"]), "self.last"))]))),
            new("mix", ["n"], new Set("self.last", Op("self.total", "-", "n")), new Set("self.total", Op("self.total", "+",
                random.Between(1, 9)))),
        ];
        int one = random.Between(1, 30), two = random.Between(1, 30);
        var calls = Enumerable.Range(0, level + 2).Select(_ => (Self: random.Pick(["a", "b"]), Method: random.Pick(methods),
            Given: random.Between(1, 20))).ToArray();
        Expr printed = Op(random.Pick(["a.total", "b.total"]), random.Pick(["+", "-"]), random.Pick(["a.last", "b.last"]));
        var work = new StepList();
        var machine = new Machine(syntax, work);
        foreach (var (self, from) in new[] { ("a", one), ("b", two) })
        {
            machine.Note($"make {self} with {from}");
            machine.Run(self, start, (long)from);
        }
        foreach (var (self, method, given) in calls)
        {
            machine.Note($"call {self}.{method.Name}({given})");
            machine.Run(self, method, (long)given);
            machine.Note($"now {self}", $"total = {machine[self + ".total"]}, last = {machine[self + ".last"]}");
        }
        string answer = Expr.Say(printed.Eval(machine).Value);
        work.Add("the program prints", $"{printed.Eval(machine).Shown} = {answer}");

        var writer = new Writer(syntax);
        if (syntax != Syntax.CSharp) Write(writer, start, methods);
        string make = syntax == Syntax.Python ? Class : "new " + Class, declare = syntax switch { Syntax.Python => "", Syntax.JavaScript =>
            "const ", _ => "var " };
        writer.Simple($"{declare}a = {make}({one})");
        writer.Simple($"{declare}b = {make}({two})");
        foreach (var (self, method, given) in calls) writer.Simple($"{self}.{method.Name}({given})");
        writer.Print(printed);
        if (syntax == Syntax.CSharp)
        {
            writer.Line("");
            Write(writer, start, methods);
        }
        return new(Ask(draws.Wording, syntax, writer.Text.TrimEnd()), answer, work);
    }

    private static void Write(Writer writer, Function start, Function[] methods)
    {
        writer.Open("class " + Class);
        if (writer.Syntax == Syntax.CSharp) writer.Simple("public int total, last");
        writer.Block(writer.Syntax switch
        {
            Syntax.Python => "def __init__(self, start)",
            Syntax.JavaScript => "constructor(start)",
            _ => $"public {Class}(int start)",
        }, start.Body);
        foreach (var method in methods)
            writer.Block(writer.Syntax switch
            {
                Syntax.Python => $"def {method.Name}(self, n)",
                Syntax.JavaScript => $"{method.Name}(n)",
                _ => $"public void {method.Name}(int n)",
            }, method.Body);
        writer.Close();
        if (writer.Syntax != Syntax.CSharp) writer.Line("");
    }
}
