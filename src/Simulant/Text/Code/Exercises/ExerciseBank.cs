using System.Collections.Concurrent;

namespace Simulant.Text.Code.Exercises;

/// <summary>A problem of the bank.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Place">Its number in the family, from 0; numbers of problems that are another's again are left out.</param>
/// <param name="Level">1 to <see cref="ExerciseBank.Levels"/>.</param>
internal sealed record BankedProblem(ExerciseFamily Family, int Place, int Level);

/// <summary>
/// The numbered problems of every family, the same under every seed: problem k of a family is a pure function of the two. So a proof
/// that costs a second of compiling and running is made once for all records, runs and machines. The first <see cref="Recorded"/> of each
/// family were proved when the program was made; others are proved where they are used.
/// </summary>
internal static class ExerciseBank
{
    /// <summary>Levels of difficulty, by decisions in the C# solution.</summary>
    public const int Levels = 3;

    /// <summary>Problems of each family whose proofs are recorded.</summary>
    public const int Recorded = 24;

    /// <summary>Most problems of a family.</summary>
    public const int Most = 200;

    // Up to these numbers of decisions lie levels 1 and 2; each has a third of the recorded problems, about.
    private const int Easy = 3, Middling = 5;

    private const ulong Seed = 1;

    private static readonly ConcurrentDictionary<string, ExerciseGrammar> Grammars = new(StringComparer.Ordinal);
    private static readonly string[] Forks = ["if ", "for ", "foreach ", "while ", "case ", "catch ", "&&", "||", " ? ", "=>"];

    /// <summary>Problem k of the family is item k of this.</summary>
    public static ExerciseGrammar Grammar(string family) => Grammars.GetOrAdd(family, static name =>
        new ExerciseGrammar(ExerciseOptions.All with { Families = [name] }, Seed));

    /// <summary>The first problems of a family, each once: two that ask the same in other words are one.</summary>
    /// <param name="family">The family.</param>
    /// <param name="numbers">How many numbers are looked at.</param>
    public static IReadOnlyList<BankedProblem> Of(ExerciseFamily family, int numbers)
    {
        var grammar = Grammar(family.Name);
        return
        [
            .. Enumerable.Range(0, numbers).Select(place => (Place: place, Problem: grammar.Problem(place)))
                .DistinctBy(p => (p.Problem.CSharp, p.Problem.Types?[0], string.Join(' ', p.Problem.Rules)))
                .Select(p => new BankedProblem(family, p.Place, LevelOf(p.Problem))),
        ];
    }

    /// <summary>Compiles and runs what has to be shown of a problem.</summary>
    public static ProofRecord Prove(CodeCheck check, string family, int place, IEnumerable<CodeLanguage> languages,
        CancellationToken cancel) => new ExerciseProof(check, Grammar(family)).Record(place, languages, cancel);

    /// <summary>The problem, and the cases that its tests are made of.</summary>
    public static (Problem Problem, List<Case> Cases) Read(ProofRecord proof)
    {
        var grammar = Grammar(proof.Family);
        var problem = grammar.Problem(proof.Place);
        return (problem, ExerciseProof.Cases(grammar, proof.Place, problem, proof.Added));
    }

    /// <summary>Ways the solution can go on at once more than one: McCabe's number, counted by words, a lambda as a loop.</summary>
    public static int Decisions(Problem problem)
    {
        string text = problem.Types?[0] + "\n" + problem.CSharp;
        return 1 + Forks.Sum(fork => (text.Length - text.Replace(fork, "", StringComparison.Ordinal).Length) / fork.Length);
    }

    private static int LevelOf(Problem problem) => Decisions(problem) switch { <= Easy => 1, <= Middling => 2, _ => 3 };
}
