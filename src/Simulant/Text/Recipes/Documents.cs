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
    private static readonly Regex Unseen = new(@"<(script|style|head|nav)\b.*?</\1\s*>|<!--.*?-->",
        RegexOptions.Singleline | RegexOptions.IgnoreCase);
    private static readonly Regex Block =
        new(@"</?(?<tag>h[1-6]|p|li|td|th|pre|blockquote|div|br|tr|title)\b[^>]*>",
        RegexOptions.IgnoreCase);

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
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f).ToLowerInvariant() is var kind && (Kinds.Contains(kind) || pdf && kind == Pdf))
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static IReadOnlyList<Chunk> OfFile(string path, string name, int words, PdfTool? pdf)
    {
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
        foreach (var part in paragraphs.SelectMany(p => Cut(p, words)))
        {
            if (open is not null && open.Section == part.Section && Count(open.Text) + Count(part.Text) <= words)
            {
                open = open with { End = part.End, Text = $"{open.Text}\n\n{part.Text}" };
                continue;
            }
            if (open is not null) chunks.Add(new Chunk(name, open.Section, open.Start, open.End, open.Text));
            open = part;
        }
        if (open is not null) chunks.Add(new Chunk(name, open.Section, open.Start, open.End, open.Text));
        return chunks;
    }

    private static int Count(string text) => Steps.TextRules.WordCount(text);

    private static IEnumerable<Paragraph> Plain(string text)
    {
        foreach (Match block in Regex.Matches(text, @"\S(?:[^\n]|\n(?!\s*\n))*"))
            yield return new Paragraph("", block.Index, block.Index + block.Value.TrimEnd().Length, block.Value.Trim());
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
            var heading = fenced ? Match.Empty : Regex.Match(line, @"^(#{1,6})\s+(.*?)\s*#*\s*$");
            if (open.Length > 0 && (heading.Success || !fenced && line.Trim().Length == 0)) yield return Take();
            if (heading.Success)
            {
                int level = heading.Groups[1].Length;
                headings.RemoveAll(h => h.Level >= level);
                headings.Add((level, Bare(heading.Groups[2].Value)));
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

    // Links become their words, marks of emphasis nothing; what a mark may mean inside code is left.
    private static string Bare(string line)
    {
        string plain = Regex.Replace(line, @"!?\[([^\]]*)\]\([^)]*\)", "$1");
        return Regex.Replace(plain, @"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)", "$2");
    }

    private static IEnumerable<Paragraph> Html(string text)
    {
        // What is not seen becomes spaces of the same length, so that places stay true.
        string seen = Unseen.Replace(text, m => new string(' ', m.Length));
        var headings = new List<(int Level, string Title)>();
        int from = 0, level = 0;
        foreach (Match mark in Block.Matches(seen).Append(null!))
        {
            int to = mark?.Index ?? seen.Length;
            string plain = Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(seen[from..to], "<[^>]*>", "")), @"\s+", " ").Trim();
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
        foreach (string sentence in Regex.Split(whole.Text, @"(?<=[.!?])\s+").SelectMany(s => Pieces(s, words)))
        {
            if (part.Length > 0 && Count(part.ToString()) + Count(sentence) > words)
            {
                yield return whole with { Text = part.ToString() };
                part.Clear();
            }
            part.Append(part.Length > 0 ? " " : "").Append(sentence);
        }
        if (part.Length > 0) yield return whole with { Text = part.ToString() };
    }

    private static IEnumerable<string> Pieces(string sentence, int words) =>
        sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(words).Select(w => string.Join(' ', w));

    private sealed record Paragraph(string Section, int Start, int End, string Text);
}
