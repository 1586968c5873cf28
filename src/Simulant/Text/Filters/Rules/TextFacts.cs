using System.Text;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Rules;

/// <summary>What rules ask of a text, each fact computed once, when first asked for. Not for several threads at once.</summary>
internal sealed class TextFacts(TextItem item)
{
    private static readonly char[] Newlines = ['\n'];

    private ulong[]? _words;
    private int[]? _lengths;
    private string[]? _lines, _paragraphs;
    private HashSet<ulong>? _vocabulary;
    private int _letterWords;

    public TextItem Item { get; } = item;
    public string Text => Item.Text;

    /// <summary>Hashes of the words, in order (<see cref="WordScanner"/>).</summary>
    public ulong[] Words
    {
        get
        {
            Scan();
            return _words!;
        }
    }

    /// <summary>Characters (Unicode scalars) of each word.</summary>
    public int[] WordLengths
    {
        get
        {
            Scan();
            return _lengths!;
        }
    }

    /// <summary>Words that hold a letter.</summary>
    public int LetterWords
    {
        get
        {
            Scan();
            return _letterWords;
        }
    }

    public HashSet<ulong> Vocabulary => _vocabulary ??= [.. Words];

    /// <summary>Lines that are not blank, trimmed.</summary>
    public string[] Lines => _lines ??= Text.Split(Newlines, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What blank lines separate, trimmed.</summary>
    public string[] Paragraphs => _paragraphs ??= [.. SplitParagraphs()];

    /// <summary>Pieces between white space, as Python's split() counts words.</summary>
    public int Pieces()
    {
        int pieces = 0;
        bool inside = false;
        foreach (char c in Text)
        {
            bool space = char.IsWhiteSpace(c);
            if (!space && !inside) pieces++;
            inside = !space;
        }
        return pieces;
    }

    private IEnumerable<string> SplitParagraphs()
    {
        var paragraph = new StringBuilder();
        foreach (string line in Text.Split(Newlines))
        {
            string trimmed = line.Trim();
            if (trimmed.Length > 0) paragraph.Append(paragraph.Length > 0 ? "\n" : "").Append(trimmed);
            else if (paragraph.Length > 0)
            {
                yield return paragraph.ToString();
                paragraph.Clear();
            }
        }
        if (paragraph.Length > 0) yield return paragraph.ToString();
    }

    private void Scan()
    {
        if (_words is not null) return;
        var words = new List<ulong>();
        var lengths = new List<int>();
        var scan = new WordScanner(Text);
        while (scan.Next())
        {
            int characters = 0;
            bool letter = false;
            foreach (var rune in Text.AsSpan(scan.Start, scan.Length).EnumerateRunes())
            {
                characters++;
                letter |= Rune.IsLetter(rune);
            }
            words.Add(scan.Hash);
            lengths.Add(characters);
            if (letter) _letterWords++;
        }
        (_words, _lengths) = ([.. words], [.. lengths]);
    }
}
