using Microsoft.CodeAnalysis;
using Simulant.Text.Code.CSharp;

namespace Simulant.Text.Code.Mutation;

/// <summary>
/// Tests the tests of a C# solution: every mutant is compiled and run against them. Endless loops end by a count of steps and not by the
/// clock, so the score is the same on every machine.
/// </summary>
/// <param name="check">Runs the mutants.</param>
public sealed class MutationTest(CodeCheck check)
{
    // The original must pass with a twentieth of what a mutant may spend, so that only what does not end runs out.
    private const string Frugal = "static class Frugal { [System.Runtime.CompilerServices.ModuleInitializer] "
        + "internal static void Set() => Fuel.Fill(1_000_000, 20_000_000); }";

    private static readonly CodeLimits Limits = new() { WallMs = 60_000, CpuSeconds = 60 };

    /// <summary>Whether mutants are judged many at a time; one by one they are judged alike, which a test shows.</summary>
    internal bool IsBatched { get; init; } = true;

    private static readonly Lazy<SyntaxTree> FuelTree = new(() => CSharpCompiler.Parse(Resources.Text("Fuel.cs"), ""));

    /// <summary>Judges every mutant of a solution.</summary>
    /// <param name="solution">Passes its tests.</param>
    /// <param name="tests">What is tested.</param>
    /// <param name="wider">Many more cases, by which mutants that survive are told from equivalent ones; null where there are none: then
    /// all survivors count as survivors.</param>
    /// <param name="cancel">Stops between mutants.</param>
    /// <exception cref="ArgumentException">The solution does not pass its tests, or takes more than a million steps or 20 MB.</exception>
    public MutationResult Run(string solution, string tests, string? wider = null, CancellationToken cancel = default)
    {
        var judge = CSharpCompiler.Parse(tests, "tests");
        var wide = wider is null ? null : CSharpCompiler.Parse(wider, "tests");
        foreach (var asked in wide is null ? (SyntaxTree[])[judge] : [judge, wide])
        {
            var verdict = Ask(solution, asked, cancel, CSharpCompiler.Parse(Frugal, ""));
            if (verdict is not { Passed: true })
                throw new ArgumentException($"the solution does not pass its tests: {verdict?.Message ?? "it does not compile"}",
                    nameof(solution));
        }
        return Judge(MutantWriter.Write(solution), judge, wide, cancel);
    }

    private MutationResult Judge(IReadOnlyList<Mutant> mutants, SyntaxTree tests, SyntaxTree? wider, CancellationToken cancel)
    {
        var first = Ask(mutants, tests, cancel);
        int[] left = [.. Enumerable.Range(0, mutants.Count).Where(i => first[i] is { Compiled: true, Passed: true })];
        var second = new MutantBatch.Finding[mutants.Count];
        if (wider is not null)
            foreach (var (place, finding) in left.Zip(Ask([.. left.Select(i => mutants[i])], wider, cancel))) second[place] = finding;
        return new([.. mutants.Select((mutant, i) => first[i] switch
        {
            { Compiled: false } => new JudgedMutant(mutant, MutantFate.NotCompiled, -1),
            { Passed: false, Case: var at } => new(mutant, MutantFate.Killed, at),
            _ when wider is null => new(mutant, MutantFate.Survived, -1),
            _ => second[i].Passed ? new(mutant, MutantFate.Equivalent, -1) : new(mutant, MutantFate.Survived, second[i].Case),
        })]);
    }

    /// <summary>All at once, and one by one those that the batch has nothing to say of.</summary>
    private MutantBatch.Finding[] Ask(IReadOnlyList<Mutant> mutants, SyntaxTree tests, CancellationToken cancel)
    {
        var found = IsBatched ? new MutantBatch(check, Limits).Run([.. mutants.Select(m => m.Text)], tests, cancel)
            : new MutantBatch.Finding?[mutants.Count];
        return [.. found.Select((finding, i) =>
        {
            if (finding is { } told) return told;
            cancel.ThrowIfCancellationRequested();
            return Ask(mutants[i].Text, tests, cancel) is { } verdict ? new(true, verdict.Passed, verdict.Case) : new(false, false, -1);
        })];
    }

    private CodeVerdict? Ask(string text, SyntaxTree tests, CancellationToken cancel, params SyntaxTree[] more)
    {
        var tree = CSharpCompiler.Parse(text, "solution");
        var fuelled = tree.WithRootAndOptions(new FuelRewriter().Visit(tree.GetRoot()), tree.Options);
        var compiled = CSharpCompiler.Compile([fuelled, tests, FuelTree.Value, .. more], rules: false);
        return compiled.Program is { } program ? check.RunCompiled(program, Limits, cancel) : null;
    }
}
