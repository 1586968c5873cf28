using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli;

/// <summary>Several synthetic sets side by side, a figure a line.</summary>
internal static class Comparison
{
    public static void Tell(EvaluateOutcome outcome, EvaluateRequest request, Shell shell)
    {
        var console = Terminal.Of(shell);
        var sets = outcome.Sets;
        int[] numbers = [.. Enumerable.Range(1, sets.Count + 1)];
        var table = Terminal.Table(["figure", .. sets.Select(s => Terminal.Safe(s.Name)), "real", "better"], numbers);
        foreach (string name in sets.SelectMany(s => s.Figures).Select(f => f.Name).Distinct())
        {
            var figures = sets.Select(s => s.Figures.FirstOrDefault(f => f.Name == name)).ToList();
            var known = figures.First(f => f is not null)!;
            if (figures.All(f => f is null || double.IsNaN(f.Value))) continue;
            double reference = figures.Where(f => f is not null).Select(f => f!.Reference).FirstOrDefault(double.IsFinite, double.NaN);
            table.AddRow([
                name, .. figures.Select(f => Figures.Number(f?.Value ?? double.NaN)), Figures.Number(reference),
                known.Direction == "reference" ? "near real" : known.Direction]);
        }
        console.Write(table);
        foreach (var set in sets)
            foreach (string sign in set.Memory) shell.Say($"{set.Name}: {sign}");
        foreach (var set in sets)
            foreach (string open in set.NotChecked) shell.Say($"{set.Name}: not checked: {open}");
        if (request.Output is { } folder) shell.Say($"see {Path.Combine(folder, "report.html")}");
    }
}
