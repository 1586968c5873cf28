using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant augment</c>: changed copies of records of text.</summary>
internal static class AugmentCommand
{
    public static Command Build(Shell shell)
    {
        var data = CommandLine.Path("FILE", "records of text: JSONL, JSON, CSV, TSV or Parquet");
        var output = CommandLine.Output("OUT", "the copies, .jsonl, .csv or .parquet; OUT.rejected.jsonl lists the rest", required: true);
        var by = new Option<string[]>("--by")
        {
            Description = "ways to change a text, of " + string.Join(", ", AugmentRequest.Ways), HelpName = "WAY",
            AllowMultipleArgumentsPerToken = true,
        };
        var copies = CommandLine.Count("--copies", "copies of every record", 1, 1, 1000);
        var rate = CommandLine.Share("--rate", .1, "share of the words that each way changes");
        var most = CommandLine.Share("--most-changed", .5, "share of the words that may differ; a copy beyond it is rejected");
        var text = new Option<string?>("--text")
        {
            Description = "field to change [default: text, instruction, question, prompt or content]", HelpName = "FIELD",
        };
        var label = new Option<string?>("--label")
        {
            Description = "field whose value stays where it stands in the text", HelpName = "FIELD",
        };
        var originals = new Option<bool>("--originals") { Description = "write every record before its copies" };
        var seed = CommandLine.Seed("seed of the changes [default: 1]");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace files that are there" };
        var command = new Command("augment", "Write changed copies of records of text whose labels still hold, and list what was rejected")
        {
            data, output, by, copies, rate, most, text, label, originals, seed, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new AugmentRequest(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output)!)
            {
                By = parsed.GetValue(by) is { Length: > 0 } ways ? ways : ["paraphrase", "synonyms"],
                Copies = parsed.GetValue(copies),
                Rate = parsed.GetValue(rate),
                MostChanged = parsed.GetValue(most),
                TextField = parsed.GetValue(text),
                LabelField = parsed.GetValue(label),
                Originals = parsed.GetValue(originals),
                Seed = parsed.GetValue(seed) ?? 1,
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            AugmentOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Augment(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(outcome, request));
            else Tell(outcome, request, shell);
            return ExitCode.Done;
        });
    }

    private static void Tell(AugmentOutcome outcome, AugmentRequest request, Shell shell)
    {
        shell.Say($"{Words.Count(outcome.Records, "record")}, {outcome.Made:N0} copies made, "
            + $"{outcome.Rejected.Sum(r => r.Value):N0} rejected");
        Terminal.Counts(shell, "rejected by", "copies", outcome.Rejected);
        shell.Say($"wrote {request.Output} and {outcome.RejectedFile}");
    }

    private static JsonObject Describe(AugmentOutcome outcome, AugmentRequest request)
    {
        var rejected = new JsonObject();
        foreach (var (rule, count) in outcome.Rejected) rejected[rule] = count;
        return new JsonObject
        {
            ["exit"] = ExitCode.Done,
            ["records"] = outcome.Records,
            ["made"] = outcome.Made,
            ["rejected"] = rejected,
            ["file"] = request.Output,
            ["rejectedFile"] = outcome.RejectedFile,
        };
    }
}
