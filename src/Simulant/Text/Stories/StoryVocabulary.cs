using System.Collections.Frozen;
using Simulant.Text.WordNet;

namespace Simulant.Text.Stories;

/// <summary>
/// The words that stories are made of: what <see cref="StoryWords"/> draws from, and what the phrases use beside. A story holds nothing
/// but forms of these and names.
/// </summary>
public static class StoryVocabulary
{
    private const string Small = """
        a about after again ago all alone along already also always am an and any anything are around as asleep bet be been being at
        away back because before behind below between both but by cannot can carefully could did does do don't down each either else
        enough even ever every everyone everything everywhere far for from had has have he hello her here hers hi high him his how I
        if in inside into is it its just last later least less let's low many may maybe me mine more most much must my near never next
        no nobody none nor not nothing now of off often oh on once one only or other others our out over own past please quickly quite
        really same she should side since so some someone something soon still such than that the their theirs them then there these
        they this those through together to today tomorrow tonight too towards twice two three four five until under up upon us very
        was we well were what when where while which who whose why will with without would yes yet you your yours almost ready whole
        wrong true best better bigger worse worth goodbye thank thanks above across everybody somebody first second third high fault
        half
        """;

    private const string Nouns = """
        afternoon air arrow back bed bench bird birthday board body boy bread breakfast breath bridge brother card cat chair child coin
        corner crack cut day deal dinner dog door dream eye face fall fear fight finger fire floor fog foot friend fun game gift girl
        glue gold grass ground hand head heart hill hole home hope hour house hug idea kind kindness king kiss knee ladder land leaf leg
        letter lie line lot love luck lunch man map meal milk minute moment money moral morning mud name need night noise note
        pair part place plan plane present print prize question race rain reason road room rope sand school sea secret shadow shoe
        sign sister sky sleep smile song sound start stick step stone storm story string summer sun surprise table tape tea thing
        thought thunder time tin town toy trade train treasure tree trick truth try turn village voice wall water way week wind window
        winter wish woman wood word work world worm year can lamp
        """;

    private const string Verbs = """
        argue ask be become begin believe break bring buy call carry catch change choose climb close come cost count cry cut dig do draw
        drink eat end fall feel fight find fix fly follow forget get give go grow hand have hear help hide hold hope hug hurry hurt
        jump keep know laugh lay lean learn leave let lie like listen light live look lose love make mean meet miss move name need
        open pay peek pick plan play point pull push put reach read remember run say see seem share show shake shut sing sit skip sleep
        smell smile speak stand start stay stick stop surprise take talk tell thank think throw tie train trade travel trust try turn
        use visit wait wake walk want watch wave win wish wonder work
        """;

    private const string Adjectives = """
        afraid alone bad best big blue boring brave broken busy careful clever close dark dear deep dirty early easy empty fair fast
        fine fresh full glad good great happy hard heavy high hungry late left light little lonely long loud low mad nice old quick
        quiet red ready right rude sad safe same scared short shy sick slow small soft sorry still strange strong sweet tall thick thin
        tight tired true warm weak wet white whole wrong yellow young kind missing lost closed stuck
        """;

    private static readonly FrozenSet<string> Allowed = Forms().ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Called =
        StoryWords.Names.Select(n => n.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Base forms, each once, in ordinal order; names are not among them.</summary>
    public static IReadOnlyList<string> Lemmas { get; } = [.. Bases().Select(b => b.Word).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];

    /// <summary>Whether a word, without an apostrophe and s at its end, is a form of a vocabulary word or a name.</summary>
    public static bool Contains(string word) => Called.Contains(word) || Allowed.Contains(word);

    internal static IEnumerable<(string Word, WordClass? Part)> Bases() =>
    [
        .. StoryWords.Words(Small).Select(w => (w, (WordClass?)null)),
        .. StoryWords.Words(Nouns).Select(w => (w, (WordClass?)WordClass.Noun)),
        .. StoryWords.Words(Verbs).Select(w => (w, (WordClass?)WordClass.Verb)),
        .. StoryWords.Words(Adjectives).Select(w => (w, (WordClass?)WordClass.Adjective)),
        .. StoryGrammar.Nouns.Select(w => (w.Word, (WordClass?)WordClass.Noun)),
        .. StoryGrammar.Verbs.Select(w => (w.Word, (WordClass?)WordClass.Verb)),
        .. StoryGrammar.Adjectives.Select(w => (w.Word, (WordClass?)WordClass.Adjective)),
    ];

    private static IEnumerable<string> Forms()
    {
        foreach (var (word, part) in Bases())
        {
            yield return word;
            ReadOnlyMemory<WordForm> forms = part switch
            {
                WordClass.Noun => new[] { WordForm.Plural },
                WordClass.Verb => new[] { WordForm.Past, WordForm.PastParticiple, WordForm.PresentParticiple, WordForm.ThirdPerson },
                WordClass.Adjective => new[] { WordForm.Comparative, WordForm.Superlative },
                _ => default,
            };
            for (int i = 0; i < forms.Length; i++)
                if (Morphology.Inflect(word, forms.Span[i]) is var form && !form.Contains(' ')) yield return form;
        }
    }
}
