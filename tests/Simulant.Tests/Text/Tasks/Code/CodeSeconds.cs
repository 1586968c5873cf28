using System.Text.RegularExpressions;

namespace Simulant.Tests.Text.Tasks.Code;

/// <summary>Reads the program out of the statement as text and runs it with an interpreter of its own.</summary>
internal abstract class CodeSecond(string family) : Second(family, question =>
{
    string program = question.Split("\n\n").Where(part => !Regex.IsMatch(part, @"^[A-Z][^\n;]* [^\n;]*[.?:]$")).Aggregate((a, b) => a
        + "\n" + b);
    bool python = question.Contains("Python", StringComparison.Ordinal);
    return new Script(python ? Braces(program) : program).Run();
})
{
    // Blocks by indentation become blocks in braces, and lines end in semicolons.
    private static string Braces(string program)
    {
        var depths = new Stack<int>([0]);
        var text = new System.Text.StringBuilder();
        foreach (string line in program.Split('\n'))
        {
            if (line.Trim().Length == 0) continue;
            int depth = line.Length - line.TrimStart().Length;
            if (depth > depths.Peek()) depths.Push(depth);
            for (; depth < depths.Peek(); depths.Pop()) text.Append("}\n");
            text.Append(line.EndsWith(':') ? line[..^1] + " {\n" : line + ";\n");
        }
        for (; depths.Peek() > 0; depths.Pop()) text.Append("}\n");
        return text.ToString();
    }
}

internal sealed class LoopTotalSecond() : CodeSecond("loop-total");

internal sealed class NestedLoopsSecond() : CodeSecond("nested-loops");

internal sealed class WhileBreakSecond() : CodeSecond("while-break");

internal sealed class SimultaneousSecond() : CodeSecond("simultaneous-assignment");

internal sealed class TwoPointersSecond() : CodeSecond("two-pointers");

internal sealed class RecursiveCallsSecond() : CodeSecond("recursive-calls");

internal sealed class FunctionCallsSecond() : CodeSecond("function-calls");

internal sealed class BranchChainSecond() : CodeSecond("branch-chain");

internal sealed class BitTricksSecond() : CodeSecond("bit-tricks");

internal sealed class ListUpdatesSecond() : CodeSecond("list-updates");

internal sealed class StringBuildingSecond() : CodeSecond("string-building");

internal sealed class TallySecond() : CodeSecond("tally-by-key");

internal sealed class MatrixSecond() : CodeSecond("matrix-walk");

internal sealed class ClassStateSecond() : CodeSecond("class-state");
