using System.Globalization;
using System.Text;

namespace Simulant.Text.Code.Exercises;

/// <summary>Writes a problem's solution: types, head and body, as each language has it.</summary>
internal static class SolutionWriter
{
    public static string Write(Problem problem, CodeLanguage language) => Write(problem, language, problem.Body(language));

    /// <summary>What a learner starts from: the solution's types and head, and a body that says that it is missing.</summary>
    public static string Starter(Problem problem, CodeLanguage language) => Write(problem, language, language switch
    {
        CodeLanguage.CSharp => "throw new NotImplemented" + "Exception();",
        CodeLanguage.Python => "raise NotImplementedError",
        _ => "throw new Error(\"not written yet\");",
    });

    private static string Write(Problem problem, CodeLanguage language, string body)
    {
        string types = problem.Types is { } all ? all[(int)language] + "\n\n" : "";
        return language switch
        {
            CodeLanguage.CSharp => $"{types}public static class Solution\n{{\n    public static {Head(problem, language)}\n    {{\n"
                + $"{Indented(body, 8)}    }}\n}}\n",
            CodeLanguage.Python => $"{(types.Length > 0 ? types + "\n" : "")}def {Head(problem, language)}:\n{Indented(body, 4)}",
            _ => $"{types}function {Head(problem, language)} {{\n{Indented(body, 2)}}}\n",
        };
    }

    /// <summary>The function's head, as a statement shows it.</summary>
    public static string Head(Problem problem, CodeLanguage language)
    {
        string name = NameIn(problem, language);
        return language switch
        {
            CodeLanguage.CSharp => $"{Literals.CSharpType(problem.Gives)} {name}("
                + string.Join(", ", problem.Takes.Select(p => $"{Literals.CSharpType(p.Type)} {p.Name}")) + ")",
            CodeLanguage.Python => $"{name}(" + string.Join(", ", problem.Takes.Select(p => $"{p.Name}: {Literals.PythonType(p.Type)}"))
                + $") -> {Literals.PythonType(problem.Gives)}",
            _ => $"{name}(" + string.Join(", ", problem.Takes.Select(p => p.Name)) + ")",
        };
    }

    /// <summary>The function's name: Pascal case, snake case or camel case.</summary>
    public static string NameIn(Problem problem, CodeLanguage language)
    {
        string[] words = problem.Name.Split(' ');
        return language switch
        {
            CodeLanguage.CSharp => string.Concat(words.Select(Capital)),
            CodeLanguage.Python => string.Join('_', words),
            _ => words[0] + string.Concat(words.Skip(1).Select(Capital)),
        };
    }

    private static string Capital(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];

    private static string Indented(string body, int by)
    {
        var to = new StringBuilder();
        foreach (string line in body.Split('\n'))
            to.Append(line.Length > 0 ? new string(' ', by) + line.TrimEnd() : "").Append('\n');
        return to.ToString();
    }
}
