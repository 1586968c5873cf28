using Simulant.Text.Code.Mutation;

namespace Simulant.Text.Code.Exercises;

/// <summary>
/// What an exercise must show before it is delivered: its solutions pass in every language that can be run here, and its tests kill enough
/// mutants of the C# one. Weak tests are strengthened by the wider cases in which survivors differ; what stays weak is rejected.
/// </summary>
/// <param name="check">Runs the programs.</param>
/// <param name="grammar">Whose items are proved.</param>
public sealed class ExerciseProof(CodeCheck check, ExerciseGrammar grammar)
{
    /// <summary>The least share of mutants that tests must kill.</summary>
    public const double LeastScore = .9;

    private const int WiderCases = 200, Rounds = 4;

    /// <summary>An exercise with stronger tests where they were weak, or the rule by which it is rejected.</summary>
    /// <param name="Exercise">In its own language; null where rejected.</param>
    /// <param name="Rejection">One line; null where accepted.</param>
    /// <param name="First">Mutants against the tests as drawn.</param>
    /// <param name="Last">Mutants against the tests as delivered.</param>
    public sealed record Outcome(Exercise? Exercise, string? Rejection, MutationResult First, MutationResult Last);

    /// <summary>Proves item <paramref name="index"/>; the same item has the same outcome on every machine.</summary>
    public Outcome Prove(long index, CancellationToken cancel = default)
    {
        var (problem, cases, _, first, last) = Strengthen(index, cancel);
        if (last.Score < LeastScore) return new(null, $"its tests kill {last.Score:P0} of the mutants", first, last);
        var made = grammar.Write(index, problem, grammar.LanguageOf(index), cases);
        return Fault(made.Language, made.Solution, made.Tests, cancel) is { } fault ? new(null, fault, first, last)
            : new(made, null, first, last);
    }

    /// <summary>As <see cref="Prove"/>, in several languages, with what another process needs to deliver the same tests.</summary>
    internal ProofRecord Record(long index, IEnumerable<CodeLanguage> languages, CancellationToken cancel = default)
    {
        var (problem, cases, added, _, last) = Strengthen(index, cancel);
        bool passes = languages.All(language =>
            Fault(language, SolutionWriter.Write(problem, language), TestWriter.Write(problem, language, cases), cancel) is null);
        int killed = last.Count(MutantFate.Killed);
        return new(grammar.FamilyOf(index).Name, (int)index, passes, killed, killed + last.Count(MutantFate.Survived),
            last.Count(MutantFate.Equivalent), ProofRecord.DigestOf(problem, cases), added);
    }

    /// <summary>The cases that tests are made of once the wider ones of these numbers have joined them.</summary>
    internal static List<Case> Cases(ExerciseGrammar grammar, long index, Problem problem, IReadOnlyList<int> added)
    {
        if (added.Count == 0) return grammar.Cases(index, problem);
        var wider = grammar.WiderCases(index, problem, WiderCases);
        return [.. grammar.Cases(index, problem), .. added.Select(c => wider[c])];
    }

    private (Problem Problem, List<Case> Cases, int[] Added, MutationResult First, MutationResult Last) Strengthen(long index,
        CancellationToken cancel)
    {
        var problem = grammar.Problem(index);
        var cases = grammar.Cases(index, problem);
        var wider = grammar.WiderCases(index, problem, WiderCases);
        var added = new List<int>();
        string solution = SolutionWriter.Write(problem, CodeLanguage.CSharp);
        string wide = TestWriter.Write(problem, CodeLanguage.CSharp, wider);
        var test = new MutationTest(check);
        var first = test.Run(solution, TestWriter.Write(problem, CodeLanguage.CSharp, cases), wide, cancel);
        var last = first;
        for (int round = 0; round < Rounds && last.Count(MutantFate.Survived) > 0; round++)
        {
            int[] differ = [.. last.Mutants.Where(m => m.Fate == MutantFate.Survived).Select(m => m.Case).Distinct().Order()];
            added.AddRange(differ);
            cases.AddRange(differ.Select(c => wider[c]));
            last = test.Run(solution, TestWriter.Write(problem, CodeLanguage.CSharp, cases), wide, cancel);
        }
        return (problem, cases, [.. added], first, last);
    }

    private string? Fault(CodeLanguage language, string solution, string tests, CancellationToken cancel)
    {
        var verdict = check.Run(language, solution, tests, cancel: cancel);
        return verdict.Passed ? null : $"its {language} solution: {verdict.Outcome}: {verdict.Message}";
    }
}
