using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant fit</c>: learn once, sample later.</summary>
internal static class FitCommand
{
    public static Command Build(Shell shell)
    {
        var spec = CommandLine.Path("SPEC", "a spec file, or a folder that holds spec.yaml");
        var output = CommandLine.Output("MODEL", "the model file to write", required: true);
        var seed = CommandLine.Seed("seed of fitting (default: as the spec says)");
        var threads = CommandLine.Threads();
        var resume = new Option<bool>("--resume")
        {
            Description = "continue training behind the last checkpoint of a fit that was cut short",
        };
        var force = new Option<bool>("--force") { Description = "replace a file that is there" };
        var command = new Command("fit", "Fit a model and store it") { spec, output, seed, threads, resume, force };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            string path = parsed.GetRequiredValue(output)!;
            var request = new MakeRequest(parsed.GetRequiredValue(spec))
            {
                Output = path,
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Resume = parsed.GetValue(resume),
                Force = parsed.GetValue(force),
            };
            FitOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Fit(request, progress, shell.Cancel);
            foreach (string note in outcome.Notes) shell.Note($"note: {note}");
            if (json)
                shell.Print(new JsonObject
                {
                    ["exit"] = ExitCode.Done,
                    ["model"] = path,
                    ["engine"] = outcome.Engine,
                    ["trainingRows"] = outcome.TrainingRows,
                    ["columns"] = outcome.Columns,
                    ["bytes"] = outcome.Bytes,
                });
            else
                shell.Say($"wrote {path}: {outcome.Engine} fitted to {outcome.TrainingRows:N0} rows of {outcome.Columns} columns, "
                    + $"{outcome.Bytes:N0} bytes");
            return ExitCode.Done;
        });
    }
}
