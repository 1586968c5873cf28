using System.Text;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli;

/// <summary>Where a command writes and how it is stopped: the streams, whether people watch them, the parts of the corridor.</summary>
internal sealed record Shell(TextWriter Out, TextWriter Error, CancellationToken Cancel)
{
    /// <summary>Whether standard error is a terminal; progress is shown only there.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether standard output is a terminal; colours and tables fitted to its width are shown only there.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Columns of the terminal; 100 where there is none.</summary>
    public int Width { get; init; } = 100;

    public Corridor Corridor { get; init; } = Corridor.Shipped;

    /// <summary>Where the work reports how far it is; dispose before printing.</summary>
    public ProgressLine Progress() => new(Error, ErrorIsTerminal, Width);

    /// <summary>One line of a result.</summary>
    public void Say(string line) => Out.WriteLine(OneLine(line));

    /// <summary>One line about the work, on standard error.</summary>
    public void Note(string line) => Error.WriteLine(OneLine(line));

    public void Print(JsonNode json) => Out.WriteLine(json.ToJsonString(Json.Indented));

    /// <summary>
    /// A message stays on its line and cannot move the cursor: file and column names are other people's, and may hold anything.
    /// </summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '\n') line.Append("\\n");
            else if (c is '\r') line.Append("\\r");
            else if (c is '\t') line.Append("\\t");
            else if (char.IsControl(c)) line.Append($"\\u{(int)c:x4}");
            else line.Append(c);
        }
        return line.ToString();
    }
}
