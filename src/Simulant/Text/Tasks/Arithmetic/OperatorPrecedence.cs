using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>Evaluation of a nested expression of + - *, one operation a step.</summary>
internal sealed class OperatorPrecedence() : TaskFamily("operator-precedence", TaskCategories.Arithmetic)
{
    private static readonly int[] Operations = [3, 5, 7, 9, 12];

    /// <summary>A number, or an operation on two parts.</summary>
    private sealed record Node(char Op, Node? Left, Node? Right, int Value);

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var tree = Grow(Operations[level - 1], draws.Problem);
        string text = Write(tree, 0, false);
        var work = new StepList();
        var value = Evaluate(tree, work);
        string question = draws.Wording.Pick([
            $"Evaluate {text}.", $"What is the value of {text}?", $"Work out {text}. Answer with the number only.",
            $"Multiplication goes before addition and subtraction, brackets go first. Calculate {text}."]);
        return new TaskDraft(question, value.ToString(), work);
    }

    private static Node Grow(int operations, ItemDraws draws)
    {
        if (operations == 0) return new Node('n', null, null, draws.Between(2, 30));
        int left = draws.Below(operations);
        char op = "++--***"[draws.Below(7)];
        return new Node(op, Grow(left, draws), Grow(operations - 1 - left, draws), 0);
    }

    /// <summary>Brackets only where the value would be another without them.</summary>
    private static string Write(Node node, int outer, bool right)
    {
        if (node.Op == 'n') return node.Value.ToString();
        int rank = node.Op == '*' ? 2 : 1;
        string text = $"{Write(node.Left!, rank, false)} {node.Op} {Write(node.Right!, rank, node.Op == '-')}";
        return rank < outer || right && rank == outer ? $"({text})" : text;
    }

    private static BigInteger Evaluate(Node node, StepList work)
    {
        if (node.Op == 'n') return node.Value;
        var a = Evaluate(node.Left!, work);
        var b = Evaluate(node.Right!, work);
        var value = node.Op switch { '+' => a + b, '-' => a - b, _ => a * b };
        string say = node.Op switch { '+' => "add", '-' => "subtract", _ => "multiply" };
        work.Add(say, $"{a} {node.Op} {Maths.Arg(b)} = {value}");
        return value;
    }
}
