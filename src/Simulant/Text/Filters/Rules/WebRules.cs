using Simulant.Numerics.Text;
using Simulant.Specs;
using static Simulant.Text.Filters.Rules.TextRule;

namespace Simulant.Text.Filters.Rules;

/// <summary>
/// Rules for documents, with the thresholds their authors published. <c>gopher</c>: Rae et al. 2021, appendix A.1.1. <c>c4</c>: Raffel
/// et al., JMLR 2020, section 2.2 (what C4 does to whole pages). <c>fineweb</c>: Penedo et al., NeurIPS 2024, section 3.6.
/// </summary>
internal static class WebRules
{
    private const string English = "the, be, to, of, and, that, have, with";

    public static IReadOnlyList<TextRule> All { get; } = [.. Gopher(), .. GopherRepetition(), .. C4(), .. FineWeb()];

    private static IEnumerable<TextRule> Gopher() =>
    [
        Between("word-count", "gopher", "Documents of too few or too many words.", "words", 50, 100_000, facts => facts.Words.Length),
        new("mean-word-length", "gopher", "Documents whose words are on average too short or too long, in characters.",
            [Number("min", 3, 0, 1000, "The least mean that passes."), Number("max", 10, 0, 1000, "The greatest mean that passes.")],
            MeanLength),
        new("symbol-ratio", "gopher", "Documents with too many hashes or ellipses a word.",
            [Number("max", 0.1, 0, 1000, "The most of either for each word.")], options =>
            {
                double max = options.Number("max");
                return facts =>
                {
                    double words = Math.Max(1, facts.Words.Length), hashes = facts.Text.AsSpan().Count('#') / words;
                    double ellipses = Ellipses(facts.Text) / words;
                    return hashes > max ? $"{Share(hashes)} hashes a word, more than {Share(max)}"
                        : ellipses > max ? $"{Share(ellipses)} ellipses a word, more than {Share(max)}" : null;
                };
            }),
        AtMost("bullet-lines", "gopher", "Documents most of whose lines begin with a bullet.", "share of bullet lines", 0.9,
            facts => LineShare(facts, line => line[0] is '•' or '-' or '*' or '‣' or '●' or '◦' or '▪')),
        AtMost("ellipsis-lines", "gopher", "Documents many of whose lines end with an ellipsis.",
            "share of lines that end in an ellipsis", 0.3,
            facts => LineShare(facts, line => line.EndsWith('…') || line.EndsWith("...", StringComparison.Ordinal))),
        AtLeast("letter-words", "gopher", "Documents too few of whose words hold a letter.", "share of words with a letter", 0.8,
            facts => facts.Words.Length == 0 ? 1 : (double)facts.LetterWords / facts.Words.Length),
        new("stop-words", "gopher", "Documents that hold too few of a language's commonest words.",
            [
                Whole("min", 2, 0, "How many of the words must occur."),
                new("words", OptionKind.Texts, "The words.") { Default = English },
            ], StopWords),
    ];

    private static IEnumerable<TextRule> GopherRepetition()
    {
        const string group = "gopher-repetition";
        yield return AtMost("duplicate-lines", group, "Documents whose lines repeat.", "share of repeated lines", 0.3,
            facts => Repetition.Repeated(facts.Lines).Pieces);
        yield return AtMost("duplicate-paragraphs", group, "Documents whose paragraphs repeat.", "share of repeated paragraphs", 0.3,
            facts => Repetition.Repeated(facts.Paragraphs).Pieces);
        yield return AtMost("duplicate-line-characters", group, "Documents with many characters in repeated lines.",
            "share of characters in repeated lines", 0.2, facts => Repetition.Repeated(facts.Lines).Characters);
        yield return AtMost("duplicate-paragraph-characters", group, "Documents with many characters in repeated paragraphs.",
            "share of characters in repeated paragraphs", 0.2, facts => Repetition.Repeated(facts.Paragraphs).Characters);
        foreach (var (n, most) in new[] { (2, 0.20), (3, 0.18), (4, 0.16) })
            yield return AtMost($"top-{n}-gram", group, $"Documents that one run of {n} words fills.",
                $"share of characters in the commonest {n}-gram", most, facts => Repetition.Top(facts, n));
        foreach (var (n, most) in new[] { (5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.10) })
            yield return AtMost($"duplicate-{n}-grams", group, $"Documents with many characters in repeated runs of {n} words.",
                $"share of characters in repeated {n}-grams", most, facts => Repetition.Duplicate(facts, n));
    }

    private static IEnumerable<TextRule> C4() =>
    [
        new("lorem-ipsum", "c4", "Documents that hold the printer's dummy text.", [],
            _ => facts => facts.Text.Contains("lorem ipsum", StringComparison.OrdinalIgnoreCase) ? "holds 'lorem ipsum'" : null),
        new("curly-brace", "c4", "Documents that hold a curly brace, which is code more often than prose.", [],
            _ => facts => facts.Text.AsSpan().IndexOfAny('{', '}') is >= 0 and var at ? $"a curly brace at character {at + 1}" : null),
        new("javascript", "c4", "Documents with a line that asks for Javascript.", [],
            _ => facts => facts.Text.Contains("javascript", StringComparison.OrdinalIgnoreCase) ? "names Javascript" : null),
        Between("sentences", "c4", "Documents of too few sentences, each ended by a full stop, question or exclamation mark.",
            "sentences", 5,
            int.MaxValue, facts => Sentences(facts.Text)),
    ];

    private static IEnumerable<TextRule> FineWeb() =>
    [
        AtLeast("terminal-punctuation", "fineweb", "Documents too few of whose lines end as sentences do.",
            "share of lines with terminal punctuation", 0.12, facts => facts.Lines.Length == 0 ? 1 : LineShare(facts, EndsSentence)),
        AtMost("short-lines", "fineweb", "Documents most of whose lines are shorter than 30 characters.", "share of short lines", 0.67,
            facts => LineShare(facts, line => line.Length < 30)),
        AtMost("repeated-line-characters", "fineweb", "Documents with many characters in repeated lines, more strictly than gopher.",
            "share of characters in repeated lines", 0.1, facts => Repetition.Repeated(facts.Lines).Characters),
    ];

    private static Func<TextFacts, string?> MeanLength(OptionValues options)
    {
        double min = options.Number("min"), max = options.Number("max");
        return facts =>
        {
            if (facts.Words.Length == 0) return null;
            double mean = (double)facts.WordLengths.Sum(l => (long)l) / facts.Words.Length;
            return mean < min ? $"mean word length {Share(mean)}, less than {Share(min)}"
                : mean > max ? $"mean word length {Share(mean)}, more than {Share(max)}" : null;
        };
    }

    private static double LineShare(TextFacts facts, Func<string, bool> which) =>
        facts.Lines.Length == 0 ? 0 : (double)facts.Lines.Count(which) / facts.Lines.Length;

    private static int Ellipses(string text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '…') count++;
            else if (text[i] == '.' && i + 2 < text.Length && text[i + 1] == '.' && text[i + 2] == '.')
            {
                count++;
                i += 2;
            }
        }
        return count;
    }

    private static bool EndsSentence(string line)
    {
        var end = line.AsSpan().TrimEnd("\"'”’»)]");
        return end.Length > 0 && end[^1] is '.' or '!' or '?' or '。' or '！' or '？' or '…' or '।' or '؟';
    }

    /// <summary>Runs of closing marks that end the text or stand before white space.</summary>
    private static long Sentences(string text)
    {
        long count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '。' or '！' or '？')
            {
                count++;
                continue;
            }
            if (text[i] is not ('.' or '!' or '?')) continue;
            int end = i + 1;
            while (end < text.Length && text[end] is '.' or '!' or '?' or '"' or '\'' or '”' or '’' or ')') end++;
            if (end == text.Length || char.IsWhiteSpace(text[end])) count++;
            i = end - 1;
        }
        return count;
    }

    private static Func<TextFacts, string?> StopWords(OptionValues options)
    {
        int min = options.Integer("min");
        ulong[] words = [.. options.Text("words").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Hash)];
        return facts =>
        {
            int held = words.Count(facts.Vocabulary.Contains);
            return held < min ? $"{held} of the stop words, fewer than {min}" : null;
        };
    }

    private static ulong Hash(string word)
    {
        var scan = new WordScanner(word);
        return scan.Next() ? scan.Hash : 0;
    }
}
