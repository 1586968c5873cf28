using System.Diagnostics;
using System.Globalization;
using Simulant.Text.Code;
using Simulant.Text.Code.Exercises;
using Simulant.Text.Code.Mutation;

namespace Simulant.Bench.Speed;

/// <summary>Exercises made and checked by running them, and how many mutants their tests kill, family by family.</summary>
internal static class CodeBench
{
    public static Benchmark Benchmark { get; } = new("code",
        "exercises made, and checked by running them, a second; mutants killed by family (items=N mutants=N); "
            + "proofs=FILE writes those of the exercise bank", Run);

    private static void Run(BenchContext context)
    {
        using var check = new CodeCheck();
        foreach (var layer in check.Layers) context.Figure($"layer {layer.Name} holds", layer.Holds ? 1 : 0, layer.What);
        if (context.Option("proofs", "") is { Length: > 0 } file)
        {
            Proofs(context, check, file);
            return;
        }
        int items = context.Option("items", context.Tiny ? 2 : 300);
        foreach (var language in (CodeLanguage[])[CodeLanguage.CSharp, CodeLanguage.Python, CodeLanguage.JavaScript])
            if (check.RefusalOf(language) is null) Speed(context, check, language, items);
        Mutants(context, check, context.Option("mutants", context.Tiny ? 0 : 1));
    }

    // Wall time: the work is done in children.
    private static void Speed(BenchContext context, CodeCheck check, CodeLanguage language, int items)
    {
        var grammar = new ExerciseGrammar(new([language], []), 1);
        var made = Stopwatch.StartNew();
        var exercises = Enumerable.Range(0, items).Select(i => grammar.Item(i)).ToList();
        double making = made.Elapsed.TotalSeconds;
        context.Check(check.Run(language, exercises[0].Solution, exercises[0].Tests).Passed, $"the first {language} exercise passes");
        var clock = Stopwatch.StartNew();
        int passed = exercises.Count(e => check.Run(language, e.Solution, e.Tests).Passed);
        double seconds = clock.Elapsed.TotalSeconds;
        context.Check(passed == items, $"all {items} {language} exercises pass");
        context.Figure($"made, {language}", items / making, "exercises/s");
        context.Figure($"checked, {language}", items / seconds, "exercises/s, one at a time");
    }

    private static void Mutants(BenchContext context, CodeCheck check, int count)
    {
        int strengthened = 0, rejected = 0, all = 0;
        foreach (string family in ExerciseGrammar.FamilyNames.Take(count == 0 ? 1 : int.MaxValue))
        {
            var proof = new ExerciseProof(check, new ExerciseGrammar(ExerciseOptions.All with { Families = [family] }, 1));
            var outcomes = Enumerable.Range(0, Math.Max(1, count)).Select(i => proof.Prove(i)).ToList();
            context.Check(outcomes.All(o => o.Rejection is not null || o.Last.Score >= ExerciseProof.LeastScore),
                $"{family} is as strong as it says");
            int mutants = outcomes.Sum(o => o.Last.Mutants.Count), equivalent = outcomes.Sum(o => o.Last.Count(MutantFate.Equivalent));
            context.Figure($"killed, {family}", outcomes.Average(o => o.First.Score) * 100,
                $"% as drawn, {outcomes.Average(o => o.Last.Score):P1} as delivered; {mutants} mutants, {equivalent} equivalent");
            strengthened += outcomes.Count(o => o.First.Count(MutantFate.Survived) > 0);
            rejected += outcomes.Count(o => o.Rejection is not null);
            all += outcomes.Count;
        }
        context.Figure("strengthened", strengthened, $"of {all}");
        context.Figure("rejected", rejected, $"of {all}");
    }

    // The file that travels with the program: src/Simulant/Text/Code/Exercises/proofs.txt.
    private static void Proofs(BenchContext context, CodeCheck check, string file)
    {
        var clock = Stopwatch.StartNew();
        var proofs = ExerciseGrammar.All.SelectMany(f => ExerciseBank.Of(f, ExerciseBank.Recorded)).Select(p =>
            ExerciseBank.Prove(check, p.Family.Name, p.Place, Enum.GetValues<CodeLanguage>(), default)).ToList();
        double seconds = clock.Elapsed.TotalSeconds;
        File.WriteAllLines(file, proofs.Select(p => p.ToString()));
        context.Figure("problems proved", proofs.Count, string.Create(CultureInfo.InvariantCulture, $"in {seconds:F0} s"));
        context.Figure("refused", proofs.Count(p => !p.Passes || p.Score < ExerciseProof.LeastScore), "");
        context.Figure("mutants", proofs.Sum(p => p.Mutants), $"{proofs.Sum(p => p.Equivalent)} more are equivalent");
        context.Figure("killed", 100.0 * proofs.Sum(p => p.Killed) / proofs.Sum(p => p.Mutants), "% of all");
        context.Figure("killed, least of a problem", 100 * proofs.Min(p => p.Score), "%");
        context.Figure("tests strengthened", proofs.Count(p => p.Added.Count > 0), "problems");
    }
}
