using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant dossier</c>: the evidence of a published folder, every statement with its figure.</summary>
internal static class DossierCommand
{
    public static Command Build(Shell shell)
    {
        var folder = CommandLine.Path("DIR", "a published folder");
        var output = CommandLine.Output("FILE", "the page to write, .html, or the same for programs, .json");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace FILE" };
        var command = new Command("dossier",
            "Write what a published folder answers of the AI Act's, the FDA's and a datasheet's questions, and what is unknown")
        {
            folder, output, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new DossierRequest(parsed.GetRequiredValue(folder))
            {
                Output = parsed.GetValue(output),
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            DossierOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Dossier(request, progress, shell.Cancel);
            int code = outcome.Dossier is null ? ExitCode.GateFailed : ExitCode.Done;
            if (json) shell.Print(Describe(outcome, code));
            else Tell(outcome, request, shell);
            return code;
        });
    }

    private static void Tell(DossierOutcome outcome, DossierRequest request, Shell shell)
    {
        if (outcome.Dossier is not { } dossier)
        {
            shell.Say($"DIFFERS: {outcome.Difference}; no dossier is written of a folder that is not what it says it is");
            return;
        }
        var table = Terminal.Table(["part", "answered by figures", "declared alone", "unknown"], [1, 2, 3]);
        foreach (var part in dossier.Parts)
        {
            var points = part.Topics.SelectMany(t => t.Points).ToList();
            table.AddRow(part.Title, $"{points.Count(p => p.State == Reports.Dossiers.PointState.Answered)}",
                $"{points.Count(p => p.State == Reports.Dossiers.PointState.Declared)}",
                $"{points.Count(p => p.State == Reports.Dossiers.PointState.Unknown)}");
        }
        Terminal.Of(shell).Write(table);
        foreach (string proved in dossier.Checked) shell.Say($"  {proved}");
        if (request.Output is { } path) shell.Say($"wrote {path}");
        else shell.Say("nothing is written without -o FILE");
    }

    private static JsonObject Describe(DossierOutcome outcome, int code)
    {
        if (outcome.Dossier is not { } dossier) return new JsonObject { ["exit"] = code, ["difference"] = outcome.Difference };
        var json = Reports.DossierJson.Of(dossier);
        json.Insert(0, "exit", code);
        return json;
    }
}
