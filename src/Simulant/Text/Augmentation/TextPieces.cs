using System.Buffers;
using System.Text;

namespace Simulant.Text.Augmentation;

/// <summary>A word, what stands between words, or a protected part.</summary>
internal sealed class Piece(string text, bool isWord, int span)
{
    public string Text { get; set; } = text;

    /// <summary>Letters and apostrophes; what may be changed.</summary>
    public bool IsWord => isWord;

    /// <summary>Number of the protected span it is part of, or -1.</summary>
    public int Span => span;

    /// <summary>Whether a change left its mark here already; each word is changed once.</summary>
    public bool Changed { get; set; }

    /// <summary>Whether it may be changed.</summary>
    public bool Free => isWord && span < 0 && !Changed && !Fixed;

    /// <summary>Left alone for what it says: numbers, negations, names, addresses.</summary>
    public bool Fixed { get; set; }
}

/// <summary>A text cut into pieces whose concatenation it is.</summary>
internal static class TextPieces
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?\n:\"\u201c");
    private static readonly HashSet<string> Negations = new(StringComparer.OrdinalIgnoreCase)
    {
        "no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without", "cannot", "hardly", "barely",
        "scarcely",
        "lack", "lacks", "lacked", "lacking", "fail", "fails", "failed", "failing", "few", "little", "only", "except", "but", "if",
        "unless",
    };

    public static List<Piece> Cut(string text, IReadOnlyList<TextSpan> spans, bool keepCapitals)
    {
        var pieces = new List<Piece>();
        int at = 0;
        foreach (int i in Enumerable.Range(0, spans.Count).OrderBy(i => spans[i].Start))
        {
            CutFree(text, at, spans[i].Start, pieces);
            pieces.Add(new Piece(text.Substring(spans[i].Start, spans[i].Length), isWord: false, i));
            at = spans[i].End;
        }
        CutFree(text, at, text.Length, pieces);
        Fix(pieces, keepCapitals);
        return pieces;
    }

    public static string Join(IReadOnlyList<Piece> pieces)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces) text.Append(piece.Text);
        return text.ToString();
    }

    /// <summary>Where the spans stand in what the pieces now say.</summary>
    public static TextSpan[] Spans(IReadOnlyList<Piece> pieces, int count)
    {
        var spans = new TextSpan[count];
        int at = 0;
        foreach (var piece in pieces)
        {
            if (piece.Span >= 0) spans[piece.Span] = new TextSpan(at, piece.Text.Length);
            at += piece.Text.Length;
        }
        return spans;
    }

    /// <summary>Number of words that turn a sentence round, n't included.</summary>
    public static int CountNegations(string text) =>
        Words(text).Count(w => IsNegation(w) && w.ToLowerInvariant() is not ("few" or "little" or "only" or "but" or "if"));

    /// <summary>Runs of digits, in order of size.</summary>
    public static string[] Numbers(string text)
    {
        var found = new List<string>();
        int begin = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool digit = i < text.Length && char.IsDigit(text[i]);
            if (digit && begin < 0) begin = i;
            if (digit || begin < 0) continue;
            found.Add(text[begin..i]);
            begin = -1;
        }
        found.Sort(StringComparer.Ordinal);
        return [.. found];
    }

    public static IEnumerable<string> Words(string text)
    {
        var pieces = new List<Piece>();
        CutFree(text, 0, text.Length, pieces);
        return pieces.Where(p => p.IsWord).Select(p => p.Text);
    }

    private static bool IsNegation(string word) =>
        Negations.Contains(word) || word.EndsWith("n't", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("n\u2019t", StringComparison.OrdinalIgnoreCase);

    private static void CutFree(string text, int from, int to, List<Piece> pieces)
    {
        for (int at = from; at < to;)
        {
            int end = at;
            bool word = IsWordAt(text, at);
            while (end < to && (word ? IsWordAt(text, end) || IsInnerApostrophe(text, end, to) : !IsWordAt(text, end))) end++;
            pieces.Add(new Piece(text[at..end], word, -1));
            at = end;
        }
    }

    private static bool IsWordAt(string text, int at) => char.IsLetterOrDigit(text[at]);

    private static bool IsInnerApostrophe(string text, int at, int to) =>
        text[at] is '\'' or '\u2019' && at + 1 < to && at > 0 && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    private static void Fix(List<Piece> pieces, bool keepCapitals)
    {
        bool begins = true;
        for (int i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (!piece.IsWord)
            {
                begins |= piece.Span < 0 && piece.Text.AsSpan().ContainsAny(SentenceEnds);
                continue;
            }
            bool joined = (i > 0 && pieces[i - 1].Span >= 0) || (i + 1 < pieces.Count && pieces[i + 1].Span >= 0)
                || (i > 1 && IsJoint(pieces[i - 1])) || (i + 2 < pieces.Count && IsJoint(pieces[i + 1]));
            bool capital = piece.Text.Any(char.IsUpper) && (!begins || piece.Text.Skip(1).Any(char.IsUpper));
            piece.Fixed = joined || IsNegation(piece.Text) || piece.Text.Any(char.IsDigit) || piece.Text == "I"
                || piece.Text.Any(c => c > 127 && char.IsLetter(c)) || (keepCapitals && capital);
            begins = false;
        }
    }

    // An address, a file name, a compound: one sign without a blank between two words.
    private static bool IsJoint(Piece between) => between.Text is "@" or "/" or "_" or "#" or "\\" or "-" or "&" or ".";
}
