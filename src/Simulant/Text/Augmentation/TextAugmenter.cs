using System.Buffers;
using Simulant.Numerics.Random;
using Simulant.Text.WordNet;

namespace Simulant.Text.Augmentation;

/// <summary>
/// Changes texts so that their labels still hold, or says by which rule a text was rejected. Protected spans keep their text and are
/// told where they now stand; numbers, negations, names and addresses are never changed; a check after the changes, which
/// knows nothing of them, holds the result to that. Copy c of item i is a pure function of (options, seed, i, c).
/// </summary>
public sealed class TextAugmenter
{
    private const int Ways = 8;
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".!?;:\n");

    private readonly AugmentOptions _options;
    private readonly RandomStream _stream;
    private readonly Synonyms? _synonyms;

    /// <param name="words">Needed for <see cref="TextChanges.Synonyms"/> and <see cref="TextChanges.Insert"/>; else may be null.</param>
    /// <exception cref="ArgumentException">A rate is out of range, nothing is to be changed, or the dictionary is missing.</exception>
    public TextAugmenter(AugmentOptions options, WordNetDatabase? words, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Rate is > 0 and <= 1) || !(options.MostChanged is > 0 and <= 1))
            throw new ArgumentException("rates lie above 0 and at most at 1", nameof(options));
        if (options.Changes == TextChanges.None || ((int)options.Changes >> Ways) != 0)
            throw new ArgumentException("no change is asked for, or one there is not", nameof(options));
        if ((options.Changes & (TextChanges.Synonyms | TextChanges.Insert)) != 0 && words is null)
            throw new ArgumentException("synonyms need the dictionary", nameof(words));
        (_options, _stream) = (options, new RandomStream(seed, "text.augment"));
        _synonyms = words is null ? null : new Synonyms(words);
    }

    /// <summary>A changed copy of every text of a column, by row; copy <paramref name="copy"/> of each.</summary>
    /// <param name="labels">A label each, whose text is protected where it stands in the row's text; null for none.</param>
    public AugmentedText[] Column(IReadOnlyList<string?> texts, IReadOnlyList<string?>? labels = null, int copy = 0)
    {
        if (labels is not null && labels.Count != texts.Count) throw new ArgumentException("a label each", nameof(labels));
        return [.. texts.Select((text, i) => Change(text ?? "", i, copy, Occurrences(text ?? "", labels?[i])))];
    }

    /// <summary>A changed copy of one text.</summary>
    /// <param name="item">Its number, at least 0.</param>
    /// <param name="copy">Which copy, at least 0.</param>
    /// <param name="spans">What must stay: inside the text, not overlapping.</param>
    public AugmentedText Change(string text, long item, int copy = 0, IReadOnlyList<TextSpan>? spans = null)
    {
        spans ??= [];
        Check(text, spans);
        if (!text.Any(char.IsLetter)) return new AugmentedText(null, [], "empty");
        var pieces = TextPieces.Cut(text, spans, _options.KeepCapitals);
        int before = Math.Max(1, pieces.Count(p => p.IsWord));
        for (int way = 0; way < Ways; way++)
        {
            var change = (TextChanges)(1 << way);
            if (!_options.Changes.HasFlag(change)) continue;
            var draws = _stream.Draws(item, checked(copy * Ways + way));
            Apply(change, pieces, ref draws);
        }
        string changed = TextPieces.Join(pieces);
        var moved = TextPieces.Spans(pieces, spans.Count);
        string? rule = Judge(_options, text, changed, spans, moved, (double)pieces.Count(p => p.Changed) / before);
        return rule is null ? new AugmentedText(changed, moved, null) : new AugmentedText(null, [], rule);
    }

    /// <summary>The rule that rejects a changed text, or null.</summary>
    /// <param name="share">Share of the words that were changed.</param>
    internal static string? Judge(AugmentOptions options, string text, string changed, IReadOnlyList<TextSpan> spans,
        IReadOnlyList<TextSpan> moved, double share)
    {
        if (changed == text) return "unchanged";
        if (share > options.MostChanged || !changed.Any(char.IsLetter)) return "too-changed";
        if (TextPieces.CountNegations(text) != TextPieces.CountNegations(changed)) return "negation";
        if ((options.Changes & TextChanges.Scanner) == 0 && !TextPieces.Numbers(text).SequenceEqual(TextPieces.Numbers(changed)))
            return "number";
        for (int i = 0; i < moved.Count; i++)
        {
            if (moved[i].End > changed.Length || !changed.AsSpan(moved[i].Start, moved[i].Length)
                .SequenceEqual(text.AsSpan(spans[i].Start, spans[i].Length))) return "span";
        }
        return null;
    }

    private void Apply(TextChanges change, List<Piece> pieces, ref DrawSequence draws)
    {
        switch (change)
        {
            case TextChanges.Paraphrase: Paraphrase(pieces, ref draws); break;
            case TextChanges.Insert: Insert(pieces, ref draws); break;
            case TextChanges.Swap: Swap(pieces, ref draws); break;
            case TextChanges.Drop: Drop(pieces, ref draws); break;
            default: Replace(change, pieces, ref draws); break;
        }
    }

    private void Replace(TextChanges change, List<Piece> pieces, ref DrawSequence draws)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].Free || draws.Uniform() >= _options.Rate) continue;
            string word = pieces[i].Text;
            string? instead = change switch
            {
                TextChanges.Keyboard => LetterNoise.Keyboard(word, ref draws),
                TextChanges.Scanner => LetterNoise.Scanner(word, ref draws),
                TextChanges.Letters => LetterNoise.Letters(word, ref draws),
                _ => Synonym(pieces, i, ref draws),
            };
            if (instead is null) continue;
            pieces[i].Text = instead;
            pieces[i].Changed = true;
            if (change == TextChanges.Synonyms) MendArticle(pieces, i);
        }
    }

    private string? Synonym(List<Piece> pieces, int at, ref DrawSequence draws)
    {
        string word = pieces[at].Text;
        var found = _synonyms!.Of(word.ToLowerInvariant(), WordBefore(pieces, at)?.Text.ToLowerInvariant() ?? "");
        if (found.Count == 0) return null;
        return LikeCase(found[draws.Below(found.Count)], word);
    }

    private void Insert(List<Piece> pieces, ref DrawSequence draws)
    {
        for (int i = pieces.Count - 1; i >= 0; i--)
        {
            if (!pieces[i].Free || draws.Uniform() >= _options.Rate || Synonym(pieces, i, ref draws) is not { } word) continue;
            int[] places = [.. Enumerable.Range(0, pieces.Count).Where(p => pieces[p].Free)];
            int place = places[draws.Below(places.Length)] + 1;
            pieces.Insert(place, new Piece(" ", isWord: false, -1));
            pieces.Insert(place + 1, new Piece(word.ToLowerInvariant(), isWord: true, -1) { Changed = true });
        }
    }

    private void Swap(List<Piece> pieces, ref DrawSequence draws)
    {
        int last = -1;
        for (int i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Text.AsSpan().ContainsAny(ClauseEnds) || pieces[i].Span >= 0) last = -1;
            if (!pieces[i].Free) continue;
            if (last >= 0 && draws.Uniform() < _options.Rate)
            {
                (pieces[last].Text, pieces[i].Text) =
                    (LikeCase(pieces[i].Text, pieces[last].Text), LikeCase(pieces[last].Text, pieces[i].Text));
                pieces[last].Changed = pieces[i].Changed = true;
                last = -1;
            }
            else
            {
                last = i;
            }
        }
    }

    private void Drop(List<Piece> pieces, ref DrawSequence draws)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            if (!pieces[i].Free || draws.Uniform() >= _options.Rate) continue;
            pieces[i].Changed = true;
            pieces[i].Text = "";
            // One of the two blanks around it goes too.
            if (i + 1 < pieces.Count && pieces[i + 1] is { Span: < 0, IsWord: false } after && after.Text.StartsWith(' '))
                after.Text = after.Text[1..];
            else if (SaidBefore(pieces, i) is { Span: < 0, IsWord: false } before && before.Text.EndsWith(' '))
                before.Text = before.Text[..^1];
        }
    }

    private void Paraphrase(List<Piece> pieces, ref DrawSequence draws)
    {
        for (int i = 0; i < pieces.Count; i++)
        {
            foreach (var (from, to) in ParaphraseRules.All)
            {
                if (!Matches(pieces, i, from) || (IsShort(to) && !GoesOn(pieces, i + 2 * from.Length - 1))) continue;
                if (draws.Uniform() < Math.Min(1, 5 * _options.Rate))
                {
                    pieces[i].Text = LikeCase(to, pieces[i].Text);
                    pieces[i].Changed = true;
                    pieces[i].Fixed = true;
                    pieces.RemoveRange(i + 1, 2 * (from.Length - 1));
                }
                break;
            }
        }
    }

    // I'm, we've, she'll: not at the end of a clause.
    private static bool IsShort(string word) => word.IndexOf('\'') is > 0 and var sign && !word.EndsWith("n't", StringComparison.Ordinal)
        && sign < word.Length - 1;

    private static bool GoesOn(List<Piece> pieces, int at) => at < pieces.Count && pieces[at] is { Text: " ", Span: < 0 };

    // The words one after the other, a single blank between; negations take part here, protected parts do not.
    private static bool Matches(List<Piece> pieces, int at, string[] words)
    {
        if (at + 2 * words.Length - 1 > pieces.Count) return false;
        for (int w = 0; w < words.Length; w++)
        {
            var piece = pieces[at + 2 * w];
            if (!piece.IsWord || piece.Span >= 0 || piece.Changed
                || !piece.Text.Replace('\u2019', '\'').Equals(words[w], StringComparison.OrdinalIgnoreCase)) return false;
            if (w > 0 && pieces[at + 2 * w - 1] is not { Text: " ", Span: < 0 }) return false;
        }
        return true;
    }

    private static Piece? SaidBefore(List<Piece> pieces, int at)
    {
        at--;
        while (at >= 0 && pieces[at].Text.Length == 0) at--;
        return at >= 0 ? pieces[at] : null;
    }

    private static Piece? WordBefore(List<Piece> pieces, int at) =>
        at >= 2 && pieces[at - 1] is { Text: " ", Span: < 0 } && pieces[at - 2].IsWord ? pieces[at - 2] : null;

    private static void MendArticle(List<Piece> pieces, int at)
    {
        if (WordBefore(pieces, at) is not { } before || before.Text.ToLowerInvariant() is not ("a" or "an")) return;
        before.Text = LikeCase(Inflection.Article(pieces[at].Text), before.Text);
    }

    private static string LikeCase(string word, string like)
    {
        if (word.Length == 0 || (word[0] == 'I' && (word.Length == 1 || !char.IsLetter(word[1])))) return word;
        return (char.IsUpper(like[0]) ? char.ToUpperInvariant(word[0]) : char.ToLowerInvariant(word[0])) + word[1..];
    }

    /// <summary>Where a label stands in its text, in any case; nowhere where there is none.</summary>
    public static TextSpan[] Occurrences(string text, string? label)
    {
        if (string.IsNullOrEmpty(label)) return [];
        var found = new List<TextSpan>();
        for (int at = text.IndexOf(label, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(label, at + label.Length, StringComparison.OrdinalIgnoreCase)) found.Add(new TextSpan(at, label.Length));
        return [.. found];
    }

    private static void Check(string text, IReadOnlyList<TextSpan> spans)
    {
        int end = 0;
        foreach (var span in spans.OrderBy(s => s.Start))
        {
            if (span.Start < end || span.Length < 1 || span.Start > text.Length - span.Length)
                throw new ArgumentException("spans lie inside the text and do not overlap", nameof(spans));
            end = span.End;
        }
    }
}
