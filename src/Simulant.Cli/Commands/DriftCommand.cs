using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant drift</c>: whether data has moved away from a reference; 0 no drift, 1 drift.</summary>
internal static class DriftCommand
{
    /// <summary>Findings without an alarm that are shown: enough to see what came near.</summary>
    private const int QuietShown = 3;

    public static Command Build(Shell shell)
    {
        var reference = new Option<string>("--reference")
        {
            Description = "the data that models were fitted to, or a sketch of it", HelpName = "F", Required = true,
        };
        var current = new Option<string[]>("--current")
        {
            Description = "the data of now, or sketches of its parts; repeat to count several together",
            HelpName = "F", AllowMultipleArgumentsPerToken = true,
        };
        var save = new Option<string?>("--save")
        {
            Description = "write the sketch of the current data there; without --current, that of the reference", HelpName = "FILE",
        };
        var columns = new Option<string[]>("--columns")
        {
            Description = "compare these alone (default: all but identifiers, personal data and free text)",
            HelpName = "COL", AllowMultipleArgumentsPerToken = true,
        };
        var alpha = CommandLine.Share("--alpha", 0.01, "probability of any alarm where nothing changed, over all tests");
        var tolerance = CommandLine.Share("--tolerance", 0.02, "smaller changes raise no alarm");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace FILE" };
        var command = new Command("drift", "Say whether data has moved away from a reference: exit code 0 for no, 1 for yes")
        {
            reference, current, save, columns, alpha, tolerance, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new DriftRequest(parsed.GetRequiredValue(reference))
            {
                Current = parsed.GetValue(current) ?? [],
                Save = parsed.GetValue(save),
                Columns = parsed.GetValue(columns) ?? [],
                Alpha = parsed.GetValue(alpha),
                Tolerance = parsed.GetValue(tolerance),
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            DriftOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Drift(request, progress, shell.Cancel);
            int code = outcome.Advice is null or "keep" ? ExitCode.Done : ExitCode.Found;
            if (json) shell.Print(Describe(outcome, code));
            else Tell(outcome, shell);
            return code;
        });
    }

    private static void Tell(DriftOutcome outcome, Shell shell)
    {
        if (outcome.Saved is { } saved) shell.Say($"{saved}: the sketch of {outcome.Rows:N0} rows");
        if (outcome.Advice is null) return;
        var console = Terminal.Of(shell);
        var alarms = outcome.Lines.Where(l => l.Drifted).ToList();
        string verdict = outcome.Advice switch
        {
            "keep" => "[green]no drift[/]",
            "watch" => "[yellow]drift, none of it large[/]",
            _ => "[red]drift; refit[/]",
        };
        console.MarkupLine($"{verdict}: {outcome.Rows:N0} rows against {outcome.ReferenceRows:N0}, "
            + $"{alarms.Count} of {outcome.Tests} comparisons raised an alarm");
        var table = Terminal.Table(["what", "size", "p, adjusted", "", "how"], 1, 2);
        foreach (var line in alarms.Concat(outcome.Lines.Where(l => !l.Drifted).OrderByDescending(l => l.Effect).Take(QuietShown)))
            table.AddRow(Terminal.Safe(string.Join(" x ", line.Columns)), Figures.Number(line.Effect), Figures.Number(line.P),
                line.Drifted ? "[red]drift[/]" : "[grey]-[/]", Terminal.Safe(string.Join("; ", line.Changes.DefaultIfEmpty(line.Measure))));
        console.Write(table);
        foreach (string reason in outcome.Reasons) shell.Say($"refit, since {reason}");
        foreach (string open in outcome.NotCompared) shell.Say($"not compared: {open}");
        if (double.IsFinite(outcome.LeastCorrelation))
            shell.Say($"least change of a correlation that so many rows would show: {Figures.Number(outcome.LeastCorrelation)}");
    }

    private static JsonObject Describe(DriftOutcome outcome, int code) => new()
    {
        ["exit"] = code,
        ["advice"] = outcome.Advice,
        ["sketch"] = outcome.Saved,
        ["rows"] = outcome.Rows,
        ["referenceRows"] = outcome.ReferenceRows,
        ["tests"] = outcome.Tests,
        ["leastCorrelation"] = Json.Number(outcome.LeastCorrelation),
        ["reasons"] = Json.Array(outcome.Reasons.Select(r => (JsonNode?)r)),
        ["notCompared"] = Json.Array(outcome.NotCompared.Select(r => (JsonNode?)r)),
        ["findings"] = Json.Array(outcome.Lines.Select(line => (JsonNode?)new JsonObject
        {
            ["columns"] = Json.Array(line.Columns.Select(c => (JsonNode?)c)),
            ["measure"] = line.Measure,
            ["effect"] = Json.Number(line.Effect),
            ["p"] = Json.Number(line.P),
            ["drifted"] = line.Drifted,
            ["changes"] = Json.Array(line.Changes.Select(c => (JsonNode?)c)),
        })),
    };
}
