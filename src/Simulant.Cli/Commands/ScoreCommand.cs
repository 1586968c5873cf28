using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant score</c>: how likely rows are under a stored model.</summary>
internal static class ScoreCommand
{
    public static Command Build(Shell shell)
    {
        var model = CommandLine.Path("MODEL", "a model file, or a published folder");
        var data = new Option<string>("--data") { Description = "the rows to score", HelpName = "FILE", Required = true };
        var output = CommandLine.Output("OUT", "write every row's score and what each column adds, .csv, .jsonl or .parquet");
        var orders = CommandLine.Count("--orders", "column orders whose log-likelihoods are averaged", 8, 1, 1000);
        var byFit = new Option<bool>("--fit")
        {
            Description = "rank rows by how well their cells belong together, whatever each is alone",
        };
        var top = CommandLine.Count("--top", "least likely rows to print", 10, 0, 1_000_000);
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace a file that is there" };
        var command = new Command("score", "Say how likely rows are under a stored model, to find anomalies")
        {
            model, data, output, orders, byFit, top, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new ScoreRequest(parsed.GetRequiredValue(model), parsed.GetRequiredValue(data))
            {
                Output = parsed.GetValue(output),
                Orders = parsed.GetValue(orders),
                ByFit = parsed.GetValue(byFit),
                Top = parsed.GetValue(top),
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            ScoreOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Score(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(outcome, request));
            else Tell(outcome, request, shell);
            return ExitCode.Done;
        });
    }

    private static void Tell(ScoreOutcome outcome, ScoreRequest request, Shell shell)
    {
        shell.Say($"{Words.Count(outcome.Rows, "row")} scored by {Words.Count(outcome.Columns.Count, "column")}; mean log-likelihood "
            + Figures.Number(outcome.Mean));
        if (outcome.Least.Count > 0)
        {
            var table = Terminal.Table(["row", "log-likelihood", "fit", "least likely in it"], 0, 1, 2);
            foreach (var row in outcome.Least)
                table.AddRow(row.Row.ToString(CultureInfo.InvariantCulture), Figures.Number(row.LogLikelihood), Figures.Number(row.Fit),
                    Terminal.Safe(string.Join(", ", row.Worst.Select(w => $"{w.Key} {Figures.Number(w.Value)}"))));
            Terminal.Of(shell).Write(table);
        }
        if (request.Output is { } file) shell.Say($"wrote {file}");
    }

    private static JsonObject Describe(ScoreOutcome outcome, ScoreRequest request) => new()
    {
        ["exit"] = ExitCode.Done,
        ["rows"] = outcome.Rows,
        ["columns"] = Json.Array(outcome.Columns.Select(c => (JsonNode?)c)),
        ["meanLogLikelihood"] = Json.Number(outcome.Mean),
        ["least"] = Json.Array(outcome.Least.Select(row => (JsonNode?)new JsonObject
        {
            ["row"] = row.Row,
            ["logLikelihood"] = Json.Number(row.LogLikelihood),
            ["fit"] = Json.Number(row.Fit),
            ["worst"] = Json.Array(row.Worst.Select(w => (JsonNode?)new JsonObject
            {
                ["column"] = w.Key, ["logLikelihood"] = Json.Number(w.Value),
            })),
        })),
        ["file"] = request.Output,
    };
}
