using System.Text;

namespace Simulant.Text.Code.Exercises;

/// <summary>Writes what is asked as textbook prose, in one of several styles, with examples.</summary>
internal static class StatementWriter
{
    /// <summary>How many styles there are.</summary>
    public const int Styles = 5;

    /// <summary>The most examples that a statement shows; it shows at least one where there are cases.</summary>
    public const int MostExamples = 2;

    /// <summary>In a style and with examples that are drawn.</summary>
    public static string Write(Problem problem, CodeLanguage language, IReadOnlyList<Case> cases, Draws draws)
    {
        int style = draws.Between(0, Styles - 1);
        return Write(problem, language, cases, style, draws.Between(1, MostExamples));
    }

    public static string Write(Problem problem, CodeLanguage language, IReadOnlyList<Case> cases, int style, int examples)
    {
        string named = NameOf(language);
        string name = SolutionWriter.NameIn(problem, language), head = SolutionWriter.Head(problem, language);
        string goal = problem.Goal, takes = Takes(problem), rules = string.Join(' ', problem.Rules);
        string setting = problem.Setting.Length > 0 ? problem.Setting + " " : "";
        string task = style switch
        {
            0 => $"{setting}Write a {named} function `{head}`, where {takes}. It returns {goal}. {rules}",
            1 => $"{setting}Your function `{name}` is given {Given(problem)}. It is to return {goal}.\n\n{Listed(problem)}\n"
                + $"Write it in {named}: `{head}`.",
            2 => $"Exercise: {problem.Name}.\n\n{setting}Return {goal}. {rules}\n\n"
                + $"The head of the function is `{head}`, in {named}; {takes}.",
            3 => $"{setting}How would you work out {goal}? Put your answer as a {named} function `{head}`, where {takes}. {rules}",
            _ => $"Implement `{head}` in {named}.\n\nInput: {takes}.\nOutput: {goal}.\n{Listed(problem)}",
        };
        return task.TrimEnd() + Examples(problem, language, cases, examples);
    }

    /// <summary>The language as prose names it.</summary>
    public static string NameOf(CodeLanguage language) =>
        language switch { CodeLanguage.CSharp => "C#", CodeLanguage.Python => "Python", _ => "JavaScript" };

    private static string Takes(Problem problem) => string.Join(" and ", problem.Takes.Select(p => $"`{p.Name}` is {p.About}"));

    private static string Given(Problem problem) => string.Join(", and ", problem.Takes.Select(p => $"`{p.Name}` ({p.About})"));

    private static string Listed(Problem problem) => string.Concat(problem.Rules.Select(r => $"- {r}\n"));

    // The shortest ordinary cases read best; the first edges are often empty and say little.
    private static string Examples(Problem problem, CodeLanguage language, IReadOnlyList<Case> cases, int examples)
    {
        var ordinary = cases.Count > problem.Edges.Length ? cases.Skip(problem.Edges.Length) : cases;
        var shown = ordinary.OrderBy(c => c.Key.Length).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Take(examples).ToList();
        if (shown.Count == 0) return "\n";
        var to = new StringBuilder(shown.Count == 1 ? "\n\nFor example," : "\n\nExamples:\n");
        foreach (var one in shown)
        {
            string call = TestWriter.Call(problem, language, one), result = Literals.Write(language, one.Expected);
            to.Append(shown.Count == 1 ? $" `{call}` gives `{result}`.\n" : $"- `{call}` gives `{result}`\n");
        }
        return to.ToString();
    }
}
