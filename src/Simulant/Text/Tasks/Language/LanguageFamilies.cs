namespace Simulant.Text.Tasks.Language;

/// <summary>Families over letters, words and the rules of English.</summary>
public static class LanguageFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new AnagramChoice(), new CommonestLetter(), new LetterPicking(), new WordOperations(), new AlphabeticalOrder(),
        new HangmanPattern(), new KeypadWords(), new WordLadder(), new PigLatin(), new RhymeScheme(), new Acronym(), new LetterValues(),
        new NumberInWords(), new WordsToNumber(), new PluralRule(), new VerbForms(), new DegreesOfComparison(), new VerbAgreement(),
        new AdjectiveOrder(), new OddOnesOut(), new Analogies(),
    ];
}
