using System.Text;

namespace Simulant.Tests.Cases;

/// <summary>One line of a case: what to do, or what must then hold.</summary>
internal sealed record Step(int Line, string Word, string Text, string Body);

/// <summary>
/// A case as a file says it, in order. <c>file: NAME</c> writes the lines below it that begin with <c>| </c> (\xNN stands for a
/// byte); <c>repeat: NAME TIMES TEXT</c> appends a line many times; <c>cut: NAME BYTES</c> shortens a file; <c>run:</c> runs the
/// program, <c>{dir}</c> being the case's own folder. Of the last run, <c>exit:</c> states the code, <c>out:</c> and
/// <c>error:</c>
/// each a text that was printed, <c>no:</c> a path that is not there, <c>has:</c> one that is.
/// </summary>
internal sealed record Case(string File, int Line, string Title, IReadOnlyList<Step> Steps)
{
    public static IEnumerable<Case> Parse(string file, string text)
    {
        string? title = null;
        int began = 0;
        var steps = new List<Step>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#') continue;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string word = colon < 0 ? line : line[..colon];
            string rest = colon < 0 ? "" : line[(colon + 1)..].Trim();
            if (word == "case")
            {
                if (title is not null) yield return new Case(file, began, title, steps);
                (title, began, steps) = (rest, i + 1, []);
                continue;
            }
            int at = i + 1;
            var body = new StringBuilder();
            while (i + 1 < lines.Length && lines[i + 1].StartsWith('|')) body.Append(Unbarred(lines[++i]));
            steps.Add(new Step(at, word, rest, body.ToString()));
        }
        if (title is not null) yield return new Case(file, began, title, steps);
    }

    /// <summary>What stands behind the bar and one space.</summary>
    private static string Unbarred(string line)
    {
        string text = line.TrimEnd('\r')[1..];
        return (text.StartsWith(' ') ? text[1..] : text) + "\n";
    }
}
