using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Simulant.Data;

namespace Simulant.Text.Recipes;

/// <summary>A piece of a document and where it stands in it.</summary>
/// <param name="Section">Headings above it, outermost first.</param>
/// <param name="Start">First character of the file's text that it comes from.</param>
/// <param name="End">One past the last.</param>
public sealed record Chunk(string File, string Section, int Start, int End, string Text);

/// <summary>
/// Reads Markdown, HTML and plain text into chunks: paragraphs are joined up to a number of words, never across a heading, and a longer
/// paragraph is cut between sentences. Markup is left out of the text; places are those of the file as it is.
/// </summary>
public static class Documents
{
    private static readonly string[] Kinds = [".md", ".markdown", ".html", ".htm", ".txt"];
    private const string Pdf = ".pdf";

    /// <summary>Longest file that is read, bytes.</summary>
    private const long MostBytes = 256L << 20;

    // A link may lead back above itself.
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false,
    };

    private static readonly string[] Unseen = ["script", "style", "head", "nav"];

    // Linear in the text, whatever it is: documents come from anywhere.
    private static readonly Regex Block = new(@"</?(?<tag>h[1-6]|p|li|td|th|pre|blockquote|div|br|tr|title)\b[^>]*>",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
    private static readonly Regex Tag = new("<[^>]*>", RegexOptions.NonBacktracking);
    private static readonly Regex Link = new(@"!?\[([^\]]*)\]\([^)]*\)", RegexOptions.NonBacktracking);
    private static readonly Regex[] Emphasis = [.. new[] { @"\*\*", "__", @"\*", "_", @"\*\*", "__" }.Select(m =>
        new Regex($@"(?<![\w{Only(m)}]){m}(?=\S)([^{m[^1]}]+)(?<=\S){m}(?![\w{Only(m)}])", RegexOptions.CultureInvariant))];

    /// <summary>Chunks of a file, or of every file of these kinds below a folder, in ordinal order of the paths.</summary>
    /// <param name="words">Most words of a chunk.</param>
    /// <param name="pdf">Reads PDF; null refuses it, and passes it over in a folder.</param>
    /// <exception cref="DataException">Nothing there, or another kind of file.</exception>
    internal static IReadOnlyList<Chunk> Read(string path, int words, PdfTool? pdf = null)
    {
        try
        {
            if (!Directory.Exists(path)) return OfFile(path, Path.GetFileName(path), words, pdf);
            var chunks = FilesBelow(path, pdf is not null).SelectMany(name => OfFile(Path.Combine(path, name), name, words, pdf)).ToList();
            return chunks.Count > 0 ? chunks : throw new DataException($"{path}: no text in {string.Join(", ", Kinds)} files");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: {e.Message}");
        }
    }

    /// <summary>The files of a folder that are read, by their paths below it, in ordinal order.</summary>
    internal static IEnumerable<string> FilesBelow(string folder, bool pdf) =>
        Directory.EnumerateFiles(folder, "*", Below)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is var kind && (Kinds.Contains(kind) || pdf && kind == Pdf))
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static IReadOnlyList<Chunk> OfFile(string path, string name, int words, PdfTool? pdf)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
            throw new DataException($"{path}: longer than {MostBytes >> 20} MiB; split it");
        if (!path.EndsWith(Pdf, StringComparison.OrdinalIgnoreCase)) return Split(File.ReadAllText(path), name, words);
        if (!File.Exists(path)) throw new DataException($"{path}: there is no such file");
        if (pdf is null)
            throw new DataException($"{path}: PDF is read by a program of yours; name it: pdf: [pdftotext, \"{{file}}\", \"-\"]");
        // Places are those of the text that the program gives; a form feed ends a page, and a paragraph with it.
        return Split(pdf.Read(path).Replace("\f", "\n\n", StringComparison.Ordinal), name + ".txt", words)
            .Select(c => c with { File = name }).ToList();
    }

    /// <summary>Chunks of one text, by the kind its name says.</summary>
    public static IReadOnlyList<Chunk> Split(string text, string name, int words)
    {
        var paragraphs = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".md" or ".markdown" => Markdown(text),
            ".html" or ".htm" => Html(text),
            ".txt" => Plain(text),
            var other => throw new DataException($"{name}: '{other}' is not read here; give {string.Join(", ", Kinds)}"),
        };
        var chunks = new List<Chunk>();
        Paragraph? open = null;
        int held = 0;
        foreach (var part in paragraphs.SelectMany(p => Cut(p, words)))
        {
            int more = Count(part.Text);
            if (open is not null && open.Section == part.Section && held + more <= words)
            {
                open = open with { End = part.End, Text = $"{open.Text}\n\n{part.Text}" };
                held += more;
                continue;
            }
            if (open is not null) chunks.Add(new Chunk(name, open.Section, open.Start, open.End, open.Text));
            (open, held) = (part, more);
        }
        if (open is not null) chunks.Add(new Chunk(name, open.Section, open.Start, open.End, open.Text));
        return chunks;
    }

    private static int Count(string text) => Steps.TextRules.WordCount(text);

    // Lines up to an empty one.
    private static IEnumerable<Paragraph> Plain(string text)
    {
        int start = -1, end = 0, at = 0;
        foreach (string line in text.Split('\n'))
        {
            if (line.Trim().Length > 0)
            {
                if (start < 0) start = at + line.Length - line.TrimStart().Length;
                end = at + line.TrimEnd().Length;
            }
            else if (start >= 0)
            {
                yield return new Paragraph("", start, end, text[start..end]);
                start = -1;
            }
            at += line.Length + 1;
        }
        if (start >= 0) yield return new Paragraph("", start, end, text[start..end]);
    }

    private static IEnumerable<Paragraph> Markdown(string text)
    {
        var headings = new List<(int Level, string Title)>();
        var open = new StringBuilder();
        int start = 0, end = 0, at = 0;
        bool fenced = false;
        Paragraph Take()
        {
            var taken = new Paragraph(string.Join(" > ", headings.Select(h => h.Title)), start, end, open.ToString().Trim());
            open.Clear();
            return taken;
        }
        foreach (string line in text.Split('\n'))
        {
            bool fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            int level = fenced ? 0 : HeadingLevel(line);
            if (open.Length > 0 && (level > 0 || !fenced && line.Trim().Length == 0)) yield return Take();
            if (level > 0)
            {
                headings.RemoveAll(h => h.Level >= level);
                headings.Add((level, Bare(line[level..].Trim().TrimEnd('#').Trim())));
            }
            else if (line.Trim().Length > 0)
            {
                if (open.Length == 0) start = at + line.Length - line.TrimStart().Length;
                end = at + line.TrimEnd().Length;
                open.Append(fenced || fence ? line.TrimEnd() : Bare(line.Trim())).Append('\n');
            }
            if (fence) fenced = !fenced;
            at += line.Length + 1;
        }
        if (open.Length > 0) yield return Take();
    }

    private static int HeadingLevel(string line)
    {
        int marks = 0;
        while (marks < line.Length && line[marks] == '#') marks++;
        return marks is >= 1 and <= 6 && marks < line.Length && char.IsWhiteSpace(line[marks]) ? marks : 0;
    }

    // A single mark beside its like is part of a double one.
    private static string Only(string mark) => mark is "_" ? "_" : mark is @"\*" ? "*" : "";

    // Links become their words, marks of emphasis nothing; what a mark may mean inside code is left.
    private static string Bare(string line) => Emphasis.Aggregate(Link.Replace(line, "$1"), (plain, mark) => mark.Replace(plain, "$1"));

    /// <summary>The text with scripts, styles, heads, navigation and comments as spaces, so that places stay true.</summary>
    private static string Seen(string text)
    {
        char[] seen = text.ToCharArray();
        var open = new HashSet<string>(); // names that nothing closes any more
        for (int at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < text.Length;)
        {
            int end = at + 1;
            if (string.CompareOrdinal(text, at, "<!--", 0, 4) == 0)
                end = text.IndexOf("-->", at, StringComparison.Ordinal) is >= 0 and var close ? close + 3 : text.Length;
            else if (Unseen.FirstOrDefault(n => Names(text, at + 1, n)) is { } name && !open.Contains(name))
            {
                int closes = text.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                int last = closes < 0 ? -1 : text.IndexOf('>', closes);
                if (last >= 0) end = last + 1;
                else open.Add(name);
            }
            if (end > at + 1) Array.Fill(seen, ' ', at, end - at);
            at = end < text.Length ? text.IndexOf('<', end) : -1;
        }
        return new string(seen);
    }

    private static bool Names(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + name.Length >= text.Length || !char.IsLetterOrDigit(text[at + name.Length]));

    private static IEnumerable<Paragraph> Html(string text)
    {
        string seen = Seen(text);
        var headings = new List<(int Level, string Title)>();
        int from = 0, level = 0;
        foreach (Match mark in Block.Matches(seen).Append(null!))
        {
            int to = mark?.Index ?? seen.Length;
            string plain = Regex.Replace(WebUtility.HtmlDecode(Tag.Replace(seen[from..to], "")), @"\s+", " ").Trim();
            if (plain.Length > 0 && level > 0)
            {
                headings.RemoveAll(h => h.Level >= level);
                headings.Add((level, plain));
            }
            else if (plain.Length > 0)
            {
                int start = from + seen[from..to].Length - seen[from..to].TrimStart().Length;
                yield return new Paragraph(string.Join(" > ", headings.Select(h => h.Title)), start, from
                    + seen[from..to].TrimEnd().Length, plain);
            }
            if (mark is null) yield break;
            string tag = mark.Groups["tag"].Value;
            level = mark.Value[1] != '/' && tag.Length == 2 && tag[0] is 'h' or 'H' && char.IsAsciiDigit(tag[^1]) ? tag[1] - '0' : 0;
            from = mark.Index + mark.Length;
        }
    }

    private static IEnumerable<Paragraph> Cut(Paragraph whole, int words)
    {
        if (Count(whole.Text) <= words)
        {
            yield return whole;
            yield break;
        }
        // Inside a paragraph the place is the paragraph's: markup between is gone from the text.
        var part = new StringBuilder();
        int held = 0;
        foreach (string sentence in Regex.Split(whole.Text, @"(?<=[.!?])\s+").SelectMany(s => Pieces(s, words)))
        {
            int more = Count(sentence);
            if (part.Length > 0 && held + more > words)
            {
                yield return whole with { Text = part.ToString() };
                part.Clear();
                held = 0;
            }
            part.Append(part.Length > 0 ? " " : "").Append(sentence);
            held += more;
        }
        if (part.Length > 0) yield return whole with { Text = part.ToString() };
    }

    private static IEnumerable<string> Pieces(string sentence, int words) =>
        sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(words).Select(w => string.Join(' ', w));

    private sealed record Paragraph(string Section, int Start, int End, string Text);
}
