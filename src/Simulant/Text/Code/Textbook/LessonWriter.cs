using Simulant.Text.Code.Exercises;

namespace Simulant.Text.Code.Textbook;

/// <summary>
/// Writes what stands before an exercise: the idea, how the language goes about it, cases worked out, and what to beware of.
/// </summary>
internal static class LessonWriter
{
    /// <summary>How lessons are written.</summary>
    public const string Prose = "prose", Points = "points";

    private const int MostEdges = 3, LongestEdge = 60;

    /// <param name="problem">What the exercise asks.</param>
    /// <param name="topic">What it practises.</param>
    /// <param name="language">Of the cases.</param>
    /// <param name="cases">With the oracle's answers; the first are the edges.</param>
    /// <param name="style"><see cref="Prose"/> or <see cref="Points"/>.</param>
    /// <param name="draws">Chooses words.</param>
    public static string Write(Problem problem, string topic, CodeLanguage language, IReadOnlyList<Case> cases, string style, Draws draws)
    {
        var lesson = Lessons.Of(topic);
        string idea = draws.Pick(lesson.Ideas), here = lesson.In(language), name = $"`{SolutionWriter.NameIn(problem, language)}`";
        string[] edges = [.. Edges(problem, language, cases)];
        string takes = string.Join(" and ", problem.Takes.Select(p => $"`{p.Name}` is {p.About}"));
        if (style == Points)
            return $"Topic: {topic}, in {StatementWriter.NameOf(language)}\n\n- {idea}\n- {here}\n- {lesson.Slip}\n\n"
                + $"{name} gives {problem.Goal}. Here {takes}.\n"
                + string.Concat(edges.Select(e => $"- {e}\n"));
        string example = draws.Pick($"Take {name}", $"An example is {name}", $"Look at {name}");
        string worked = edges.Length == 0 ? "" : draws.Pick(" Cases at the edge: ", " The extreme cases show what is meant: ",
            " It is worth working the smallest cases out by hand: ") + string.Join("; ", edges) + ".";
        return $"{idea} {here}\n\n{example}: it gives {problem.Goal}. Here {takes}.{worked}\n\n"
            + draws.Pick("Beware: ", "A warning. ", "Remember: ") + lesson.Slip + "\n";
    }

    // Short ones of the edges: a case that fills a line teaches nobody.
    private static IEnumerable<string> Edges(Problem problem, CodeLanguage language, IReadOnlyList<Case> cases) =>
        cases.Take(problem.Edges.Length)
            .Select(c => $"`{TestWriter.Call(problem, language, c)}` gives `{Literals.Write(language, c.Expected)}`")
            .Where(text => text.Length <= LongestEdge * 2).Take(MostEdges);
}
