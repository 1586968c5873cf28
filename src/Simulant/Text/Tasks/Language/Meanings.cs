using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Language;

/// <summary>The words of a list that are of another kind than the rest.</summary>
internal sealed class OddOnesOut() : TaskFamily("odd-ones-out", TaskCategories.Language)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int strangers = level < 3 ? 1 : 2;
        var kinds = random.Sample(WordBank.Groups, 1 + strangers);
        string[] list = random.Shuffle([.. random.Sample(kinds[0].Words, level + 3), .. kinds.Skip(1).Select(kind =>
            random.Pick(kind.Words))]);
        var work = new StepList();
        var found = list.Select(word => WordBank.Groups.First(group => group.Words.Contains(word)).Kind).ToArray();
        for (int i = 0; i < list.Length; i++) work.Add($"{list[i]} is a {found[i]}".Replace(" a i", " an i", StringComparison.Ordinal));
        string main = found.GroupBy(kind => kind).MaxBy(group => group.Count())!.Key;
        string answer = Phrases.Commas(list.Where((_, i) => found[i] != main));
        work.Add($"most are of the kind {main}, but not these", answer);
        string shown = Phrases.List(list), form = strangers == 1 ? "Answer with the word." : "Separate the words by commas.";
        string ask = strangers == 1 ? "One word does" : "Two words do";
        return new(draws.Wording.Pick(
        [
            $"{ask} not belong with the others in {shown}. Which? {form}",
            $"All but {(strangers == 1 ? "one" : "two")} of {shown} are of the same kind. What is the exception? {form}",
            $"Look at {shown}. {ask} not share the kind of the rest. {form}",
            $"Find the odd {(strangers == 1 ? "one" : "two")} out: {shown}. {form}",
        ]), answer, work);
    }
}

/// <summary>A is to B as C is to what: by relations known to everybody.</summary>
internal sealed class Analogies() : TaskFamily("analogies", TaskCategories.Language)
{
    /// <summary>Name of a relation and its pairs; first parts are unique across all, so that the relation can be told.</summary>
    internal static readonly (string Relation, (string From, string To)[] Pairs)[] Relations =
    [
        ("a country and its capital", [("France", "Paris"), ("Japan", "Tokyo"), ("Egypt", "Cairo"), ("Norway", "Oslo"), ("Spain", "Madrid"),
            ("Greece", "Athens"), ("Peru", "Lima"), ("Kenya", "Nairobi"), ("Portugal", "Lisbon"), ("Austria", "Vienna"), ("Poland",
                "Warsaw"),
            ("Cuba", "Havana"), ("Ireland", "Dublin"), ("Thailand", "Bangkok")]),
        ("an animal and its young", [("cow", "calf"), ("dog", "puppy"), ("cat", "kitten"), ("sheep", "lamb"), ("horse", "foal"),
            ("duck", "duckling"),
            ("goat", "kid"), ("swan", "cygnet"), ("frog", "tadpole"), ("goose", "gosling")]),
        ("a verb and its past", [("go", "went"), ("see", "saw"), ("take", "took"), ("write", "wrote"), ("bring", "brought"),
            ("swim", "swam"),
            ("teach", "taught"), ("drink", "drank"), ("give", "gave"), ("buy", "bought"), ("speak", "spoke"), ("run", "ran")]),
        ("a word and its opposite", [("hot", "cold"), ("early", "late"), ("full", "empty"), ("deep", "shallow"), ("heavy", "light"),
            ("wide", "narrow"),
            ("rich", "poor"), ("strong", "weak"), ("wet", "dry"), ("thick", "thin"), ("sharp", "blunt"), ("tall", "short")]),
        ("a noun and its irregular plural", [("mouse", "mice"), ("child", "children"), ("foot", "feet"), ("tooth", "teeth"), ("man", "men"),
            ("woman", "women"), ("ox", "oxen"), ("louse", "lice"), ("person", "people"), ("knife", "knives")]),
        ("a worker and the place of work", [("teacher", "school"), ("nurse", "hospital"), ("judge", "court"), ("pilot", "aeroplane"),
            ("baker", "bakery"),
            ("farmer", "farm"), ("librarian", "library"), ("miner", "mine"), ("sailor", "ship"), ("actor", "theatre")]),
        ("a thing and what it measures", [("thermometer", "temperature"), ("clock", "time"), ("barometer", "pressure"), ("ruler", "length"),
            ("speedometer", "speed"), ("ammeter", "current"), ("altimeter", "altitude"), ("protractor", "angle")]),
        ("a male and the female", [("king", "queen"), ("uncle", "aunt"), ("brother", "sister"), ("son", "daughter"), ("nephew", "niece"),
            ("husband", "wife"), ("bull", "cow"), ("stallion", "mare"), ("rooster", "hen"), ("ram", "ewe")]),
    ];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        var asked = new List<string>();
        var answers = new List<string>();
        var work = new StepList();
        foreach (var (_, pairs) in random.Sample(Relations, level + 1))
        {
            var two = random.Sample(pairs, 2);
            asked.Add($"{two[0].From} : {two[0].To} = {two[1].From} : ?");
            var relation = Relations.First(r => r.Pairs.Contains(two[0]));
            work.Add($"{two[0].From} and {two[0].To} are {relation.Relation}");
            answers.Add(relation.Pairs.First(pair => pair.From == two[1].From).To);
            work.Add($"the same for {two[1].From}", answers[^1]);
        }
        string answer = Phrases.Commas(answers), shown = string.Join("; ", asked);
        work.Add("in order", answer);
        return new(draws.Wording.Pick(
        [
            $"Complete the analogies: {shown}. Give the missing words in order, separated by commas.",
            $"What goes in place of each question mark? {shown}. Separate the words by commas.",
            $"In each line the second pair is related like the first: {shown}. Write the missing words in order, with commas.",
            $"Find the missing word of every analogy, in order and separated by commas: {shown}.",
        ]), answer, work);
    }
}
