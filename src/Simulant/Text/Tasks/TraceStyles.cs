using System.Text;

namespace Simulant.Text.Tasks;

/// <summary>How a solution is written down.</summary>
public enum TraceStyle
{
    /// <summary>Numbered steps, then the answer on a line of its own.</summary>
    Numbered,

    /// <summary>Running text: every step a sentence.</summary>
    Prose,

    /// <summary>Formulas alone where there are any, a line each.</summary>
    Terse,

    /// <summary>Working notes between markers, then the answer.</summary>
    Scratchpad,
}

/// <summary>Writes a solver's steps in a style. The answer always comes last.</summary>
public static class TraceStyles
{
    public static IReadOnlyList<TraceStyle> All { get; } = Enum.GetValues<TraceStyle>();

    private static readonly string[] Later = ["Next", "Then", "After that", "Now"];

    /// <param name="style">How to write it.</param>
    /// <param name="work">The steps, in order; none may be empty.</param>
    /// <param name="answer">The canonical answer.</param>
    /// <param name="draws">Chooses between words that mean the same.</param>
    public static string Render(TraceStyle style, IReadOnlyList<TraceStep> work, string answer, ItemDraws draws)
    {
        var text = new StringBuilder();
        switch (style)
        {
            case TraceStyle.Numbered:
                for (int i = 0; i < work.Count; i++)
                    text.Append(i + 1).Append(". ").Append(Capital(work[i].Say)).Append(Colon(work[i])).Append('\n');
                break;
            case TraceStyle.Prose:
                Prose(text, work, draws);
                break;
            case TraceStyle.Terse:
                foreach (var step in work) text.Append(step.Formula ?? step.Say).Append('\n');
                break;
            default:
                text.Append("<work>\n");
                foreach (var step in work) text.Append("- ").Append(step.Say).Append(Arrow(step)).Append('\n');
                text.Append("</work>\n");
                break;
        }
        return text.Append(Ending(style, answer, draws)).ToString();
    }

    private static void Prose(StringBuilder text, IReadOnlyList<TraceStep> work, ItemDraws draws)
    {
        for (int i = 0; i < work.Count; i++)
        {
            if (i > 0) text.Append(' ');
            string opening = i == 0 ? "First" : i == work.Count - 1 ? "Finally" : draws.Pick(Later);
            text.Append(opening).Append(", ").Append(work[i].Say).Append(Colon(work[i]));
            if (text[^1] is not ('.' or '!' or '?')) text.Append('.');
        }
        text.Append(work.Count == 0 ? "" : " ");
    }

    private static string Ending(TraceStyle style, string answer, ItemDraws draws)
    {
        // An answer of several lines starts on its own.
        string gap = answer.Contains('\n') ? "\n" : " ";
        return style switch
        {
            TraceStyle.Numbered => "Answer:" + gap + answer,
            TraceStyle.Prose => draws.Pick(["So the answer is:", "The answer is therefore:", "That gives:"]) + gap + answer,
            TraceStyle.Terse => "=>" + gap + answer,
            _ => "Answer:" + gap + answer,
        };
    }

    private static string Capital(string say) => say.Length == 0 ? say : char.ToUpperInvariant(say[0]) + say[1..];

    private static string Colon(TraceStep step) => step.Formula is { } formula ? ": " + formula : "";

    private static string Arrow(TraceStep step) => step.Formula is { } formula ? " | " + formula : "";
}
