using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>A program and what it prints in the end.</summary>
internal sealed record Listing(Stmt[] Body, Expr Printed, params Function[] Functions);

/// <summary>A family that asks for the output of a program; the interpreter is the solver, each language as likely.</summary>
internal abstract class CodeFamily(string name) : TaskFamily(name, TaskCategories.Code)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    /// <summary>A program of the level. Its loops end, and no division is by zero or of a negative number.</summary>
    protected abstract Listing Listing(int level, ItemDraws random);

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var syntax = draws.Problem.Pick<Syntax>([Syntax.Python, Syntax.JavaScript, Syntax.CSharp]);
        var (body, printed, functions) = Listing(level, draws.Problem);
        var writer = new Writer(syntax);
        var work = new StepList();
        var machine = new Machine(syntax, work);
        foreach (var function in functions)
        {
            writer.Function(function);
            machine.Define(function);
        }
        foreach (var statement in body) statement.Write(writer);
        writer.Print(printed);
        machine.Run(body);
        object value = printed.Eval(machine).Value;
        string answer = $"{value}";
        work.Add("the program prints", answer);
        return new(Ask(draws.Wording, syntax, writer.Text), answer, work);
    }

    protected static string Ask(ItemDraws wording, Syntax syntax, string program)
    {
        string language = syntax switch { Syntax.Python => "Python", Syntax.JavaScript => "JavaScript", _ => "C#" };
        return wording.Pick(
        [
            $"What does this {language} program print?\n\n{program}",
            $"Trace the following {language} code and give its output.\n\n{program}",
            $"{program}\n\nWhat is the output of the {language} program above?",
            $"Here is a short program in {language}:\n\n{program}\n\nWork out what it prints.",
            $"Without running it, say what this {language} code writes to the screen.\n\n{program}",
        ]);
    }

    protected static Expr Op(Expr left, string op, Expr right) => new Binary(op, left, right);
}
