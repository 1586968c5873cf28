using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant audit</c>: attacks on synthetic data; 0 no leak found, 1 a leak.</summary>
internal static class AuditCommand
{
    public static Command Build(Shell shell)
    {
        var train = new Option<string>("--train")
        {
            Description = "the real rows the data was learned from", HelpName = "F", Required = true,
        };
        var holdout = new Option<string?>("--holdout")
        {
            Description = "real rows that it was not (default, with --ledger: those that the run held back)", HelpName = "F",
        };
        var synthetic = new Option<string>("--synthetic")
        {
            Description = "the synthetic rows; with --ledger a published folder", HelpName = "F", Required = true,
        };
        var ledger = new Option<string?>("--ledger")
        {
            Description = "the privacy ledger of the folder's run: says what the set may be called if it passes", HelpName = "F",
        };
        var target = new Option<string?>("--target")
        {
            Description = "the column to infer (default: whichever comes off worst)", HelpName = "COL",
        };
        var alpha = CommandLine.Share("--alpha", 0.05, "probability of finding a leak where there is none, over all attacks");
        var tolerance = CommandLine.FromZero("--tolerance", 0.1, "smaller leaks, as an epsilon, are told of and do not count");
        var model = new Option<string?>("--model")
        {
            Description = "a model, or a spec, of the engine that made the data: shadow models of it attack too", HelpName = "M",
        };
        var shadows = CommandLine.Count("--shadows", "how many shadow models", 8, 2, 100);
        var output = CommandLine.Output("FILE", "what was found, as a page or for programs: .html or .json");
        var seed = CommandLine.Seed("seed of samples and random labels (default: 1)");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace FILE" };
        var command = new Command("audit", "Attack synthetic data: exit code 0 for no leak found, 1 for a leak")
        {
            train, holdout, synthetic, ledger, target, alpha, tolerance, model, shadows, output, seed, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new AuditRequest(parsed.GetRequiredValue(train), parsed.GetValue(holdout),
                parsed.GetRequiredValue(synthetic))
            {
                Ledger = parsed.GetValue(ledger),
                Target = parsed.GetValue(target),
                Alpha = parsed.GetValue(alpha),
                Tolerance = parsed.GetValue(tolerance),
                Model = parsed.GetValue(model),
                Shadows = parsed.GetValue(shadows),
                Output = parsed.GetValue(output),
                Force = parsed.GetValue(force),
                Seed = parsed.GetValue(seed) ?? 1,
                Threads = parsed.GetValue(threads),
            };
            AuditOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Audit(request, progress, shell.Cancel);
            int code = outcome.LeakFound ? ExitCode.Found : ExitCode.Done;
            if (json) shell.Print(Describe(outcome, code));
            else Tell(outcome, shell, request.Output);
            return code;
        });
    }

    private static void Tell(AuditOutcome outcome, Shell shell, string? written)
    {
        var console = Terminal.Of(shell);
        string of = $"{outcome.Attacks.Count} attacks";
        console.MarkupLine((outcome.LeakFound ? $"[red]a leak[/]: {outcome.Attacks.Count(a => a.IsLeak)} of {of}"
            : outcome.TraceFound ? $"[yellow]a trace of a leak[/], no more than is tolerated: {outcome.Attacks.Count(a => a.Found)} of {of}"
            : $"[green]no leak found[/] by {of}")
            + $" on {outcome.TrainingRows:N0} training and {outcome.HoldoutRows:N0} held-out rows, "
            + $"with {outcome.SyntheticRows:N0} synthetic ones");
        var table = Terminal.Table(["attack", "training", "held out", "baseline", "risk", "AUC", "epsilon", "p, adjusted", "", "success"],
            1, 2, 3, 4, 5, 6, 7);
        foreach (var a in outcome.Attacks)
            table.AddRow(Terminal.Safe(a.Name), Figures.Number(a.Main.Value), Figures.Number(a.Control.Value), Figures.Number(a.Baseline),
                Figures.Number(a.Risk.Value), Figures.Number(a.Auc), $"> {Figures.Number(a.Epsilon)}",
                Figures.Number(a.P), Mark(a), Terminal.Safe(a.Success));
        console.Write(table);
        foreach (var a in outcome.Attacks.Where(a => a.Found && a.TopRows > 0))
            shell.Say($"{a.Name}: {a.TopHits:N0} of the {a.TopRows:N0} most suspicious rows are training rows");
        shell.Say($"would have been seen: an advantage (2 AUC - 1) of {Figures.Number(outcome.Advantage)} over all rows, "
            + $"or {outcome.LeastRows:N0} rows that leak wholly; epsilon up to {Figures.Number(outcome.MostEpsilon)}");
        if (outcome.Attacks.Any(a => a.Found && !a.IsLeak))
            shell.Say($"trace: surely some leak, but not surely one of more than epsilon {Figures.Number(outcome.Tolerance)}, which "
                + "--tolerance lets pass");
        if (outcome.Attacks.Any(a => !a.Found && !a.BeatsBaseline))
            shell.Say("weak: the attack does no better than its baseline, so that finding nothing by it says nothing");
        foreach (string open in outcome.NotChecked) shell.Say($"not checked: {open}");
        if (outcome.Word is { } word) shell.Say($"by its ledger and this audit: {word}");
        if (written is not null) shell.Say($"wrote {written}");
    }

    private static string Mark(AttackLine attack) => attack.IsLeak ? "[red]leak[/]" : attack.Found ? "[yellow]trace[/]"
        : attack.BeatsBaseline ? "[grey]-[/]" : "[grey]weak[/]";

    private static JsonObject Describe(AuditOutcome outcome, int code) => new()
    {
        ["exit"] = code,
        ["leak"] = outcome.LeakFound,
        ["trace"] = outcome.TraceFound,
        ["tolerance"] = Json.Number(outcome.Tolerance),
        ["rows"] = new JsonObject
        {
            ["training"] = outcome.TrainingRows, ["holdout"] = outcome.HoldoutRows, ["synthetic"] = outcome.SyntheticRows,
        },
        ["power"] = new JsonObject
        {
            ["advantage"] = Json.Number(outcome.Advantage), ["rows"] = outcome.LeastRows, ["epsilon"] = Json.Number(outcome.MostEpsilon),
        },
        ["attacks"] = Json.Array(outcome.Attacks.Select(a => (JsonNode?)Describe(a))),
        ["notChecked"] = Json.Array(outcome.NotChecked.Select(n => (JsonNode?)n)),
        ["word"] = outcome.Word,
    };

    private static JsonObject Describe(AttackLine attack)
    {
        static JsonArray Rate(RateLine rate) => Json.Array([Json.Number(rate.Value), Json.Number(rate.Low), Json.Number(rate.High)]);
        return new JsonObject
        {
            ["name"] = attack.Name,
            ["success"] = attack.Success,
            ["training"] = Rate(attack.Main),
            ["holdout"] = Rate(attack.Control),
            ["baseline"] = Json.Number(attack.Baseline),
            ["beatsBaseline"] = attack.BeatsBaseline,
            ["risk"] = Rate(attack.Risk),
            ["auc"] = Json.Number(attack.Auc),
            ["epsilon"] = Json.Number(attack.Epsilon),
            ["top"] = attack.TopRows == 0 ? null : Json.Array([attack.TopHits, attack.TopRows]),
            ["p"] = Json.Number(attack.P),
            ["found"] = attack.Found,
            ["leak"] = attack.IsLeak,
        };
    }
}
