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
        + "internal static void Set() => Fuel.Left = 1_000_000; }";

    private static readonly CodeLimits Limits = new() { WallMs = 60_000, CpuSeconds = 60 };
    private static readonly Lazy<SyntaxTree> FuelTree = new(() => CSharpCompiler.Parse(Resources.Text("Fuel.cs"), ""));

    /// <summary>Judges every mutant of a solution.</summary>
    /// <param name="solution">Passes its tests.</param>
    /// <param name="tests">What is tested.</param>
    /// <param name="wider">Many more cases, by which mutants that survive are told from equivalent ones; null where there are none: then
    /// all survivors count as survivors.</param>
    /// <param name="cancel">Stops between mutants.</param>
    /// <exception cref="ArgumentException">The solution does not pass its tests, or takes more than a million steps.</exception>
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
        return new([.. MutantWriter.Write(solution).Select(m => Judge(m, judge, wide, cancel))]);
    }

    private JudgedMutant Judge(Mutant mutant, SyntaxTree tests, SyntaxTree? wider, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Ask(mutant.Text, tests, cancel) is not { } verdict) return new(mutant, MutantFate.NotCompiled, -1);
        if (!verdict.Passed) return new(mutant, MutantFate.Killed, verdict.Case);
        if (wider is null) return new(mutant, MutantFate.Survived, -1);
        var second = Ask(mutant.Text, wider, cancel)!;
        return second.Passed ? new(mutant, MutantFate.Equivalent, -1) : new(mutant, MutantFate.Survived, second.Case);
    }

    private CodeVerdict? Ask(string text, SyntaxTree tests, CancellationToken cancel, params SyntaxTree[] more)
    {
        var tree = CSharpCompiler.Parse(text, "solution");
        var fuelled = tree.WithRootAndOptions(new FuelRewriter().Visit(tree.GetRoot()), tree.Options);
        var compiled = CSharpCompiler.Compile([fuelled, tests, FuelTree.Value, .. more], rules: false);
        return compiled.Program is { } program ? check.RunCompiled(program, Limits, cancel) : null;
    }
}
