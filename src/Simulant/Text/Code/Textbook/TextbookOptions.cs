using System.Globalization;
using Simulant.Specs;
using Simulant.Text.Code.Exercises;

namespace Simulant.Text.Code.Textbook;

/// <summary>How exercises are drawn.</summary>
/// <param name="Families">At least one.</param>
/// <param name="Languages">At least one.</param>
/// <param name="LowestLevel">1 to <see cref="ExerciseBank.Levels"/>.</param>
/// <param name="HighestLevel">From <paramref name="LowestLevel"/>.</param>
/// <param name="Problems">How many numbers of each family's problems are looked at.</param>
/// <param name="MinKilled">Least share of mutants that the tests kill, from <see cref="ExerciseProof.LeastScore"/>.</param>
/// <param name="Lesson">mixed, prose, points or none.</param>
/// <param name="ProveAgain">Whether recorded proofs are made anew.</param>
internal sealed record TextbookOptions(IReadOnlyList<ExerciseFamily> Families, IReadOnlyList<CodeLanguage> Languages, int LowestLevel,
    int HighestLevel, int Problems, double MinKilled, string Lesson, bool ProveAgain)
{
    public const string Mixed = "mixed", None = "none";

    private const string All = "all", Recorded = "recorded", Again = "again";

    public static EngineOptions Declared { get; } = new("textbook-code",
    [
        new("families", OptionKind.Texts, "Families by name; or topics, for all families of these.") { Default = All },
        new("languages", OptionKind.Texts, "Languages: csharp, python, javascript.") { Default = All },
        new("levels", OptionKind.Text, "Levels of difficulty, 1 to 3: one, such as `2`, or a range, such as `1-2`.") { Default = All },
        new("problems", OptionKind.Integer, "How many problems of each family are drawn from, repeated ones left out; past "
            + Text(ExerciseBank.Recorded) + " they are proved while records are made.")
            { Default = Text(ExerciseBank.Recorded), Minimum = 1, Maximum = ExerciseBank.Most },
        new("min-killed", OptionKind.Number, "Least share of mutants that an exercise's tests kill.")
            { Default = ExerciseProof.LeastScore.ToString(CultureInfo.InvariantCulture), Minimum = ExerciseProof.LeastScore, Maximum = 1 },
        new("lesson", OptionKind.Text, "How the lesson before the exercise is written.")
            { Values = [Mixed, LessonWriter.Prose, LessonWriter.Points, None], Default = Mixed },
        new("proof", OptionKind.Text, "Whether recorded proofs are taken as they are, or programs and mutants are run again.")
            { Values = [Recorded, Again], Default = Recorded },
    ], what: "recipe");

    /// <summary>Reads declared values.</summary>
    /// <exception cref="ArgumentException">They name a family, a language or a level that there is not.</exception>
    public static TextbookOptions From(OptionValues values)
    {
        var (low, high) = Range(values.Text("levels"));
        return new(OfFamilies(values.Text("families")), OfLanguages(values.Text("languages")), low, high, values.Integer("problems"),
            values.Number("min-killed"), values.Text("lesson"), values.Text("proof") == Again);
    }

    /// <summary>The language's name in options and records.</summary>
    public static string NameOf(CodeLanguage language) => language.ToString().ToLowerInvariant();

    private static ExerciseFamily[] OfFamilies(string text)
    {
        string[] names = List(text), topics = [.. ExerciseGrammar.All.Select(f => f.Topic).Distinct()];
        if (names.FirstOrDefault(n => n != All && !topics.Contains(n) && !ExerciseGrammar.FamilyNames.Contains(n)) is { } unknown)
            throw new ArgumentException(Nearest.Unknown("family", unknown, [.. ExerciseGrammar.FamilyNames, .. topics]));
        return [.. ExerciseGrammar.All.Where(f => names.Contains(All) || names.Contains(f.Name) || names.Contains(f.Topic))];
    }

    private static CodeLanguage[] OfLanguages(string text)
    {
        string[] names = List(text), known = [.. Enum.GetValues<CodeLanguage>().Select(NameOf)];
        if (names.FirstOrDefault(n => n != All && !known.Contains(n)) is { } unknown)
            throw new ArgumentException(Nearest.Unknown("language", unknown, known));
        return [.. Enum.GetValues<CodeLanguage>().Where(l => names.Contains(All) || names.Contains(NameOf(l)))];
    }

    private static (int Low, int High) Range(string text)
    {
        if (text == All) return (1, ExerciseBank.Levels);
        string[] ends = text.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && low >= 1 && low <= high && high <= ExerciseBank.Levels ? (low, high)
            : throw new ArgumentException(
            $"'levels' is '{Nearest.Printable(text)}'; write one level from 1 to {Text(ExerciseBank.Levels)}, "
                + "such as 2, or a range, such as 1-2");
    }

    private static string[] List(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
