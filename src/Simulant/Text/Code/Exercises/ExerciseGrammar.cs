using System.Collections.Immutable;
using Simulant.Numerics.Random;
using Simulant.Text.Code.Exercises.Families;

namespace Simulant.Text.Code.Exercises;

/// <summary>What exercises are wanted.</summary>
/// <param name="Languages">In which languages; item by item one of them is drawn. At least one.</param>
/// <param name="Families">Of which families; all where empty.</param>
public sealed record ExerciseOptions(ImmutableArray<CodeLanguage> Languages, ImmutableArray<string> Families)
{
    /// <summary>Every family, in the three languages.</summary>
    public static ExerciseOptions All { get; } =
        new([CodeLanguage.CSharp, CodeLanguage.Python, CodeLanguage.JavaScript], []);
}

/// <summary>
/// Textbook exercises without a model: item i is a pure function of (options, seed, i). A family draws its parameters, its words and its
/// test inputs; the answers that tests expect come from an oracle that goes another way than the solution.
/// </summary>
public sealed class ExerciseGrammar
{
    // Slots of an item: what is drawn for one purpose does not move what is drawn for another.
    private const int Choice = 0, Parameters = 1, Wording = 2, Tests = 3, Wider = 4;

    private readonly ExerciseFamily[] _families;
    private readonly ImmutableArray<CodeLanguage> _languages;
    private readonly RandomStream _stream;

    /// <param name="options">Languages and families.</param>
    /// <param name="seed">Another seed, other exercises.</param>
    /// <exception cref="ArgumentException">No language, or a family that there is not.</exception>
    public ExerciseGrammar(ExerciseOptions options, ulong seed)
    {
        if (options.Languages.IsDefaultOrEmpty) throw new ArgumentException("at least one language is needed", nameof(options));
        if (options.Families.FirstOrDefault(f => All.All(a => a.Name != f)) is { } unknown)
            throw new ArgumentException($"there is no family '{unknown}'; there are {string.Join(", ", FamilyNames)}", nameof(options));
        _families = options.Families.IsDefaultOrEmpty ? All : [.. All.Where(f => options.Families.Contains(f.Name))];
        _languages = options.Languages;
        _stream = new RandomStream(seed, "text/code/exercises");
    }

    internal static ExerciseFamily[] All { get; } =
    [
        .. ListFamilies.All, .. StretchFamilies.All, .. TextFamilies.All, .. NumberFamilies.All, .. BitFamilies.All,
        .. DictionaryFamilies.All, .. SortingFamilies.All, .. SearchingFamilies.All, .. RecursionFamilies.All,
        .. SimulationFamilies.All, .. ClassFamilies.All, .. ParsingFamilies.All, .. DateFamilies.All,
        .. MatrixFamilies.All, .. BoardFamilies.All,
    ];

    /// <summary>The names of all families, in their order.</summary>
    public static IEnumerable<string> FamilyNames => All.Select(f => f.Name);

    /// <summary>Item <paramref name="index"/>.</summary>
    public Exercise Item(long index) => Write(index, Problem(index), LanguageOf(index), Cases(index, Problem(index)));

    /// <summary>As <see cref="Item"/>, in a language of choice: the same problem, the same cases.</summary>
    internal Exercise Item(long index, CodeLanguage language) => Write(index, Problem(index), language, Cases(index, Problem(index)));

    internal Exercise Write(long index, Problem problem, CodeLanguage language, IReadOnlyList<Case> cases)
    {
        var family = FamilyOf(index);
        var words = new Draws(_stream, index, Wording);
        return new(family.Name, family.Topic, language, StatementWriter.Write(problem, language, cases, words),
            SolutionWriter.Write(problem, language), TestWriter.Write(problem, language, cases));
    }

    internal ExerciseFamily FamilyOf(long index) => _families[_stream.Below(_families.Length, index, Choice)];

    internal CodeLanguage LanguageOf(long index) => _languages[_stream.Below(_languages.Length, index, Choice, 1)];

    internal Problem Problem(long index) => FamilyOf(index).Make(new Draws(_stream, index, Parameters));

    /// <summary>The edges, and ten at random.</summary>
    internal List<Case> Cases(long index, Problem problem) =>
        Distinct([.. problem.Edges, .. Drawn(problem, new Draws(_stream, index, Tests), 10)], problem.Oracle);

    /// <summary>Many more at random, for what has to be told apart.</summary>
    internal List<Case> WiderCases(long index, Problem problem, int count) =>
        Distinct([.. Drawn(problem, new Draws(_stream, index, Wider), count)], problem.Oracle);

    private static IEnumerable<object[]> Drawn(Problem problem, Draws draws, int count)
    {
        for (int i = 0; i < count; i++) yield return problem.Draw(draws);
    }

    private static List<Case> Distinct(IEnumerable<object[]> arguments, Func<object[], object> oracle) =>
        [.. arguments.Select(a => new Case(a, oracle(a))).DistinctBy(c => c.Key)];
}
