using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant verify</c>: a published folder proves itself again.</summary>
internal static class VerifyCommand
{
    public static Command Build(Shell shell)
    {
        var folder = CommandLine.Path("DIR", "a published folder");
        var holdout = new Option<string?>("--holdout") { Description = "the held-out real data, to recompute the figures with",
            HelpName = "F" };
        var train = new Option<string?>("--train") { Description = "the training data, where it is not where the spec says",
            HelpName = "F" };
        var query = new Option<bool>("--query") { Description =
            "run the source's query again, on the database that the spec names" };
        var rows = new Option<RowSpan?>("--rows")
        {
            Description = "regenerate rows A to B, B excluded, counted from 0 (default: all up to a million, else a spread of them)",
            HelpName = "A..B",
            CustomParser = ParseSpan,
        };
        var threads = CommandLine.Threads();
        var command = new Command("verify", "Check every hash, regenerate rows from the model, recompute the figures")
        {
            folder, holdout, train, query, rows, threads,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new VerifyRequest(parsed.GetRequiredValue(folder))
            {
                Holdout = parsed.GetValue(holdout),
                Train = parsed.GetValue(train),
                Query = parsed.GetValue(query),
                Rows = parsed.GetValue(rows),
                Threads = parsed.GetValue(threads),
            };
            VerifyOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Verify(request, progress, shell.Cancel);
            int code = outcome.Difference is null ? ExitCode.Done : ExitCode.GateFailed;
            if (json) shell.Print(Describe(outcome, code));
            else Tell(outcome, request.Folder, shell);
            return code;
        });
    }

    private static void Tell(VerifyOutcome outcome, string folder, Shell shell)
    {
        foreach (string proved in outcome.Proved) shell.Say($"  {proved}");
        foreach (string open in outcome.NotChecked) shell.Say($"  not checked: {open}");
        shell.Say(outcome.Difference is { } difference ? $"DIFFERS: {difference}" : $"{folder} is what it says it is");
    }

    private static JsonObject Describe(VerifyOutcome outcome, int code) => new()
    {
        ["exit"] = code,
        ["verified"] = outcome.Difference is null,
        ["difference"] = outcome.Difference,
        ["proved"] = Json.Array(outcome.Proved.Select(p => (JsonNode?)p)),
        ["notChecked"] = Json.Array(outcome.NotChecked.Select(p => (JsonNode?)p)),
    };

    private static RowSpan? ParseSpan(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        string[] ends = text.Split("..");
        const NumberStyles digits = NumberStyles.None;
        if (ends.Length == 2 && long.TryParse(ends[0], digits, CultureInfo.InvariantCulture, out long from)
            && long.TryParse(ends[1], digits, CultureInfo.InvariantCulture, out long to) && from < to)
            return new RowSpan(from, to);
        argument.AddError($"--rows is '{text}', and must be A..B with A below B, such as 0..100");
        return null;
    }
}
