using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant sample</c>: rows from a stored model.</summary>
internal static class SampleCommand
{
    public static Command Build(Shell shell)
    {
        var model = CommandLine.Path("MODEL", "a model file, or a published folder");
        var rows = CommandLine.Rows("rows to sample (default: as many as the model was laid out for)");
        var where = new Option<string[]>("--where")
        {
            Description = "a condition that every row meets, such as \"sex = 'F'\"; repeat to join several",
            HelpName = "EXPRESSION",
        };
        var given = new Option<string?>("--given") { Description = "a table of known columns; each of its rows is completed",
            HelpName = "FILE" };
        var fill = new Option<bool>("--fill")
        {
            Description = "draw the empty cells of --given and keep the others (default: empty means missing)",
        };
        var draws = CommandLine.Count("--draws", "with --fill: the mean or commonest value of N draws a cell", 1, 1, 1000);
        var seed = CommandLine.Seed("seed of sampling (default: as the model says)");
        var output = CommandLine.Output("FILE", "the file to write, .csv, .jsonl or .parquet", required: true);
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace a file that is there" };
        var command = new Command("sample", "Sample rows from a stored model")
        {
            model, rows, where, given, fill, draws, seed, output, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new SampleRequest(parsed.GetRequiredValue(model), parsed.GetRequiredValue(output)!)
            {
                Rows = parsed.GetValue(rows),
                Where = parsed.GetValue(where) ?? [],
                Given = parsed.GetValue(given),
                Fill = parsed.GetValue(fill),
                Draws = parsed.GetValue(draws),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            SampleOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Sample(request, progress, shell.Cancel);
            if (json)
                shell.Print(new JsonObject
                {
                    ["exit"] = ExitCode.Done,
                    ["file"] = request.Output,
                    ["rows"] = outcome.Rows,
                    ["seed"] = outcome.Seed,
                    ["rejections"] = new JsonObject(outcome.Rejections.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))),
                });
            else
                shell.Say($"wrote {request.Output}: {outcome.Rows:N0} rows, seed {outcome.Seed}");
            return ExitCode.Done;
        });
    }
}
