using System.Globalization;
using System.Text;

namespace Simulant.Provenance;

/// <summary>CommonMark with GitHub's tables, where every text from outside goes through <see cref="Escape"/>.</summary>
internal sealed class Markdown
{
    private const string Special = "\\`*_[]{}()<>&|#~!$@:";
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>Text that reads as itself wherever it stands in a line: no markup, link, HTML or table bar comes of it.</summary>
    /// <param name="limit">Most characters kept; the default suits a name in a table.</param>
    public static string Escape(string text, int limit = 80)
    {
        string line = PlainText.Name(text, limit);
        var escaped = new StringBuilder(line.Length + 8);
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            bool list = (c is '-' or '+' or '=' && i == 0)
                || (c is '.' && i > 0 && !line.AsSpan(0, i).ContainsAnyExceptInRange('0', '9'))
                || (c is '.' && line.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase));
            if (c is '<') escaped.Append("&lt;");
            else if (c is '&') escaped.Append("&amp;");
            else if (list || Special.Contains(c)) escaped.Append('\\').Append(c);
            else escaped.Append(c);
        }
        return escaped.ToString();
    }

    public Markdown Heading(int level, string escaped)
    {
        _text.Append('\n').Append('#', level).Append(' ').Append(escaped).Append('\n');
        return this;
    }

    /// <param name="escaped">Our own words, with texts from outside already escaped.</param>
    public Markdown Paragraph(string escaped)
    {
        _text.Append('\n').Append(escaped).Append('\n');
        return this;
    }

    public Markdown List(IEnumerable<string> escaped)
    {
        _text.Append('\n');
        foreach (string item in escaped) _text.Append("- ").Append(item).Append('\n');
        return this;
    }

    /// <summary>Several lines as they stand, such as BibTeX; other control characters are made visible.</summary>
    public Markdown CodeLines(string raw) =>
        Fence(string.Join('\n', raw.ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n').Select(line => PlainText.OneLine(line, 2000))));

    /// <summary>One line of code; line breaks are made visible.</summary>
    public Markdown Code(string raw) => Fence(PlainText.OneLine(raw, 2000));

    /// <summary>A fence longer than any run of backticks within.</summary>
    private Markdown Fence(string line)
    {
        int run = 0, longest = 2;
        foreach (char c in line) longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        string fence = new('`', longest + 1);
        _text.Append('\n').Append(fence).Append("text\n").Append(line).Append('\n').Append(fence).Append('\n');
        return this;
    }

    /// <param name="header">A leading <c>&gt;</c> aligns the column to the right.</param>
    /// <param name="rows">Escaped cells.</param>
    public Markdown Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append('\n');
        Row([.. header.Select(h => h.TrimStart('>'))]);
        Row([.. header.Select(h => h.StartsWith('>') ? "---:" : "---")]);
        foreach (var row in rows) Row(row);
        return this;
    }

    private void Row(IReadOnlyList<string> cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>A figure to four significant digits; the manifest and report.json hold it in full.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "–";
        return value.ToString(Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4) ? "0.###e0" : "G4", CultureInfo.InvariantCulture);
    }
}
