using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant evaluate</c>: any tools' synthetic data, side by side.</summary>
internal static class EvaluateCommand
{
    public static Command Build(Shell shell)
    {
        var train = new Option<string>("--train") { Description = "the real rows the tools learned from", HelpName = "F", Required = true };
        var holdout = new Option<string>("--holdout") { Description = "real rows the tools have not seen", HelpName = "F",
            Required = true };
        var synthetic = new Option<string[]>("--synthetic")
        {
            Description = "synthetic rows, with a name for them; repeat to compare several",
            HelpName = "[NAME=]F",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var target = new Option<string?>("--target") { Description = "the column that models predict, for the utility figures",
            HelpName = "COL" };
        var protect = new Option<string?>("--protect")
        {
            Description = "columns whose groups and intersections are measured, apart by commas",
            HelpName = "COL,COL",
        };
        var output = CommandLine.Output("DIR", "write report.html and report.json there");
        var seed = CommandLine.Seed("seed of the judges (default: 1)");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace the reports in DIR" };
        var command = new Command("evaluate", "Measure synthetic data of any tool against real data")
        {
            train, holdout, synthetic, target, protect, output, seed, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new EvaluateRequest(parsed.GetRequiredValue(train), parsed.GetRequiredValue(holdout))
            {
                Synthetic = [.. parsed.GetRequiredValue(synthetic).Select(Named)],
                Target = parsed.GetValue(target),
                Protect = parsed.GetValue(protect)?
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                Output = parsed.GetValue(output),
                Seed = parsed.GetValue(seed) ?? 1,
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            EvaluateOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Evaluate(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(outcome, request));
            else Comparison.Tell(outcome, request, shell);
            return ExitCode.Done;
        });
    }

    /// <summary>NAME=F, or F alone, named after its file. A file whose own name holds '=' is taken whole where it exists.</summary>
    private static NamedFile Named(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || File.Exists(text)) return new NamedFile(Path.GetFileNameWithoutExtension(text), text);
        return new NamedFile(text[..equals], text[(equals + 1)..]);
    }

    private static JsonObject Describe(EvaluateOutcome outcome, EvaluateRequest request) => new()
    {
        ["exit"] = ExitCode.Done,
        ["folder"] = request.Output,
        ["sets"] = Json.Array(outcome.Sets.Select(set => (JsonNode?)new JsonObject
        {
            ["name"] = set.Name,
            ["rows"] = set.Rows,
            ["metrics"] = Json.Array(set.Figures.Select(Figures.Describe)),
            ["signsOfMemory"] = Json.Array(set.Memory.Select(m => (JsonNode?)m)),
            ["notChecked"] = Json.Array(set.NotChecked.Select(n => (JsonNode?)n)),
        })),
    };
}
