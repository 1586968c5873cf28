using System.Globalization;
using Spectre.Console;

namespace Simulant.Cli;

/// <summary>Tables and emphasis on a terminal; the same words without colour, and never wrapped, where output is redirected.</summary>
internal static class Terminal
{
    /// <summary>Beyond any line, so that nothing is wrapped.</summary>
    private const int Unwrapped = 100_000;

    public static IAnsiConsole Of(Shell shell)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = shell.OutIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = shell.OutIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(shell.Out),
        });
        console.Profile.Width = shell.OutIsTerminal ? shell.Width : Unwrapped;
        return console;
    }

    /// <summary>A table of left-aligned words; <paramref name="numbers"/> names the columns that hold numbers.</summary>
    public static Table Table(IReadOnlyList<string> heads, params ReadOnlySpan<int> numbers)
    {
        // No lines and little space: the tables of `show` fit in 80 columns, and only their last column may wrap.
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        for (int i = 0; i < heads.Count; i++)
        {
            var column = new TableColumn(new Markup($"[grey]{heads[i]}[/]"))
            {
                NoWrap = i < heads.Count - 1,
                Padding = new Padding(i == 0 ? 2 : 0, 0, i == heads.Count - 1 ? 0 : 2, 0),
            };
            if (numbers.Contains(i)) column.RightAligned();
            table.AddColumn(column);
        }
        return table;
    }

    /// <summary>A table of how many a rule took, where it took any.</summary>
    public static void Counts(Shell shell, string by, string what, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        if (counts.Count == 0) return;
        var table = Table([by, what], 1);
        foreach (var (rule, count) in counts) table.AddRow(Safe(rule), count.ToString("N0", CultureInfo.InvariantCulture));
        Of(shell).Write(table);
    }

    /// <summary>Other people's text inside markup.</summary>
    public static string Safe(string text) => Markup.Escape(Shell.OneLine(text));
}
