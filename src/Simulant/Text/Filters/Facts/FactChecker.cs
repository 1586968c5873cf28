using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Facts;

/// <summary>How a statement that was understood stands to what is known.</summary>
public enum FactVerdict
{
    /// <summary>It is one of the known values.</summary>
    True,

    /// <summary>It is another number, or a value that the relation has of other subjects but not of this one.</summary>
    False,

    /// <summary>It is no value that the relation has anywhere, so it may be a true one in other words.</summary>
    Unknown,
}

/// <summary>A statement found in a text.</summary>
/// <param name="About">"the capital of France".</param>
/// <param name="Stated">What the text says it is.</param>
/// <param name="Known">What is known.</param>
public sealed record FactClaim(FactVerdict Verdict, string About, string Stated, string Known);

/// <summary>
/// Finds statements of known subjects and relations in sentences, by templates, and compares them with a knowledge base. What no template
/// fits is not seen; what is said of subjects or relations that are not known is passed over.
/// </summary>
public sealed class FactChecker
{
    /// <summary>Templates of statements: <c>{subject}</c>, <c>{relation}</c> and, last, <c>{object}</c>.</summary>
    public static IReadOnlyList<string> Templates { get; } =
    [
        "the {relation} of {subject} is {object}", "the {relation} of {subject} are {object}", "the {relation} of {subject} was {object}",
        "the {relation} for {subject} is {object}", "the {relation} for {subject} are {object}",
        "{subject} has a {relation} of {object}", "{subject} has an {relation} of {object}", "{subject} has {relation} of {object}",
        "{subject} s {relation} is {object}", "{subject} s {relation} are {object}", "{subject} s {relation} was {object}",
        "as its {relation} {subject} has {object}", "with {subject} the {relation} is {object}", "{relation} of {subject} equals {object}",
    ];

    private static readonly ulong Not = KnowledgeBase.Word("not");

    private readonly KnowledgeBase _facts;
    private readonly Part[][] _templates;

    private enum Slot { Word, Subject, Relation, Object }

    private readonly record struct Part(Slot Slot, ulong Word);

    /// <param name="templates">Null for <see cref="Templates"/>.</param>
    /// <exception cref="ArgumentException">A template lacks a slot, or does not end with the object.</exception>
    public FactChecker(KnowledgeBase facts, IReadOnlyList<string>? templates = null)
    {
        _facts = facts;
        _templates = [.. (templates ?? Templates).Select(Parse)];
    }

    /// <summary>Every statement that a template fits, in the order of the text, each place once.</summary>
    public IEnumerable<FactClaim> Claims(string text)
    {
        foreach (var (from, to) in Sentences(text))
        {
            var sentence = new Sentence(text[from..to]);
            var seen = new HashSet<(int, int)>();
            for (int at = 0; at < sentence.Words.Length; at++)
                foreach (var template in _templates)
                    if (Match(sentence, template, 0, at, -1, -1) is { } found && seen.Add((found.Subject, found.Relation)))
                        if (Judge(sentence, found.Subject, found.Relation, found.At) is { } claim) yield return claim;
        }
    }

    /// <summary>The first statement of the text that is false, or null.</summary>
    public FactClaim? FirstFalse(string text) => Claims(text).FirstOrDefault(c => c.Verdict == FactVerdict.False);

    private (int Subject, int Relation, int At)? Match(Sentence sentence, Part[] template, int part, int at, int subject, int relation)
    {
        if (at >= sentence.Words.Length) return null;
        switch (template[part].Slot)
        {
            case Slot.Word:
                return sentence.Words[at] == template[part].Word ? Match(sentence, template, part + 1, at + 1, subject, relation) : null;
            case Slot.Object:
                return (subject, relation, at);
            default:
                bool isSubject = template[part].Slot == Slot.Subject;
                int first = KnowledgeBase.IsArticle(sentence.Words[at]) ? at + 1 : at;
                int longest = Math.Min(isSubject ? _facts.LongestSubject : _facts.LongestRelation, sentence.Words.Length - first);
                for (int length = longest; length > 0; length--)
                {
                    var words = sentence.Words.AsSpan(first, length);
                    if ((isSubject ? _facts.Subject(words) : _facts.Relation(words)) is not { } found) continue;
                    if (Match(sentence, template, part + 1, first + length, isSubject ? found : subject, isSubject ? relation
                        : found) is { } rest)
                        return rest;
                }
                return null;
        }
    }

    private FactClaim? Judge(Sentence sentence, int subject, int relation, int at)
    {
        if (_facts.Values(subject, relation) is not { } known) return null;
        bool denied = sentence.Words[at] == Not;
        if (denied && ++at >= sentence.Words.Length) return null;
        string stated = sentence.From(at);
        bool? agrees = null;
        if (known.Any(k => k.IsNumber) && StatedNumber.At(stated) is { } number) agrees = known.Any(k => k.IsNumber
            && number.Agrees(k.Number));
        // The object may be followed by more of the sentence: the longest of its beginnings that is a value counts.
        for (int length = sentence.Words.Length - at; length > 0 && agrees is null; length--)
        {
            ulong key = NGramHashes.Whole(KnowledgeBase.Words(sentence.Text(at, length)));
            if (known.Any(k => k.Key == key)) agrees = true;
            else if (_facts.IsValue(relation, key)) agrees = false;
        }
        var verdict = agrees is not { } same ? FactVerdict.Unknown : same != denied ? FactVerdict.True : FactVerdict.False;
        return new FactClaim(verdict, _facts.Describe(subject, relation), (denied ? "not " : "") + stated,
            string.Join(" or ", known.Select(k => k.Text).Distinct()));
    }

    private static Part[] Parse(string template)
    {
        Part[] parts = [.. template.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "{subject}" => new Part(Slot.Subject, 0),
            "{relation}" => new Part(Slot.Relation, 0),
            "{object}" => new Part(Slot.Object, 0),
            _ => new Part(Slot.Word, KnowledgeBase.Word(word)),
        })];
        if (parts.Length == 0 || parts[^1].Slot != Slot.Object || parts.Count(p => p.Slot == Slot.Object) != 1
            || parts.Count(p => p.Slot == Slot.Subject) != 1 || parts.Count(p => p.Slot == Slot.Relation) != 1)
            throw new ArgumentException($"'{template}' must hold {{subject}} and {{relation}} once and end with {{object}}",
                nameof(template));
        return parts;
    }

    /// <summary>Ends at a full stop, question or exclamation mark before white space or the end, at a semicolon and at a line's
    /// end.</summary>
    private static IEnumerable<(int From, int To)> Sentences(string text)
    {
        int from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ends = text[i] is '\n' or ';' || (text[i] is '.' or '!' or '?'
                && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
            if (!ends) continue;
            if (i > from) yield return (from, i);
            from = i + 1;
        }
        if (from < text.Length) yield return (from, text.Length);
    }

    private sealed class Sentence
    {
        private readonly string _text;
        private readonly List<(int Start, int End)> _places = [];

        public Sentence(string text)
        {
            _text = text;
            var words = new List<ulong>();
            var scan = new WordScanner(text);
            while (scan.Next())
            {
                words.Add(scan.Hash);
                _places.Add((scan.Start, scan.Start + scan.Length));
            }
            Words = [.. words];
        }

        public ulong[] Words { get; }

        public string Text(int at, int length) => _text[_places[at].Start.._places[at + length - 1].End];

        /// <summary>From a word on, with the sign or currency that stands right before it.</summary>
        public string From(int at)
        {
            int start = _places[at].Start;
            while (start > 0 && _text[start - 1] is '-' or '−' or '$' or '€' or '£') start--;
            return _text[start..].TrimEnd();
        }
    }
}

/// <summary><see cref="FactChecker"/> as a step of filtering: text, input and output of a record are all read.</summary>
internal sealed class FactFilter(FactChecker checker) : ITextFilter
{
    public const string Name = "false-fact";

    public bool Whole => false;

    public void Look(TextBatch batch, RunContext run) => batch.Judge(run, i => Judge(batch.Items[i]));

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run) => [];

    private Finding? Judge(TextItem item)
    {
        foreach (string? text in new[] { item.Text, item.Input, item.Output })
            if (text is not null && checker.FirstFalse(text) is { } claim)
                return new Finding(Name, $"{claim.About} is said to be {Cut(claim.Stated)}, and is {Cut(claim.Known)}");
        return null;
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
