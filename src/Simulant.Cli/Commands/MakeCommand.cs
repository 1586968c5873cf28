using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant make</c>: the whole corridor.</summary>
internal static class MakeCommand
{
    public static Command Build(Shell shell)
    {
        var spec = CommandLine.Path("SPEC", "a spec file, or a folder that holds spec.yaml");
        var output = CommandLine.Output("DIR", "the folder to publish (default: out/NAME)");
        var rows = CommandLine.Rows("rows to make (default: as the spec says)");
        var seed = CommandLine.Seed("seed of fitting and sampling (default: as the spec says)");
        var threads = CommandLine.Threads();
        var shard = new Option<Share?>("--shard")
        {
            Description = "make only the i-th of N parts; the last to finish validates and publishes",
            HelpName = "i/N",
            CustomParser = Share.Parse,
        };
        var resume = new Option<bool>("--resume") { Description = "start, or continue a run that was cut short, or confirm one" };
        var force = new Option<bool>("--force") { Description = "replace what is there" };
        var preview = new Option<int?>("--preview") { Description = "print this many rows and write nothing", HelpName = "N" };
        var command = new Command("make", "Make a synthetic data set, measure it, and publish it or refuse")
        {
            spec, output, rows, seed, threads, shard, resume, force, preview,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var share = parsed.GetValue(shard) ?? new Share(1, 1);
            var request = new MakeRequest(parsed.GetRequiredValue(spec))
            {
                Output = parsed.GetValue(output),
                Rows = parsed.GetValue(rows),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Shard = share.Index,
                Shards = share.Count,
                Resume = parsed.GetValue(resume),
                Force = parsed.GetValue(force),
            };
            return parsed.GetValue(preview) is { } count ? Preview(request, count, shell, json) : Make(request, shell, json);
        });
    }

    private static int Make(MakeRequest request, Shell shell, bool json)
    {
        MakeOutcome outcome;
        using (var progress = shell.Progress()) outcome = shell.Corridor.Make(request, progress, shell.Cancel);
        foreach (var warning in outcome.Warnings) shell.Note(warning.ToString());
        foreach (string note in outcome.Notes) shell.Note($"note: {note}");
        int code = outcome.State == MakeState.Rejected ? ExitCode.GateFailed : ExitCode.Done;
        if (json) shell.Print(Describe(outcome, code));
        else Tell(outcome, request, shell);
        return code;
    }

    private static void Tell(MakeOutcome outcome, MakeRequest request, Shell shell)
    {
        if (outcome.Summary is not { } summary)
        {
            shell.Say($"shard {request.Shard} of {request.Shards} is done; "
                + $"{outcome.ShardsDone} of {request.Shards} have finished, and the last publishes");
            return;
        }
        shell.Say(outcome.State switch
        {
            MakeState.Confirmed => $"{outcome.Folder} is finished: same spec, inputs and seed, every file intact",
            MakeState.Rejected => $"rejected: a gate failed; the data is kept aside in {outcome.Folder}",
            _ => $"made {outcome.Folder}",
        });
        shell.Say($"  {Words.Count(summary.Rows, summary.Item)} of {Words.Count(summary.Columns, "column")} by {summary.Engine}, "
            + $"seed {Words.Seeds(summary)}");
        Figures.Tell(summary, shell);
        shell.Say($"  see {Path.Combine(outcome.Folder, "report.html")}");
    }

    private static JsonObject Describe(MakeOutcome outcome, int code)
    {
        var json = new JsonObject
        {
            ["exit"] = code,
            ["state"] = outcome.State switch
            {
                MakeState.Confirmed => "confirmed",
                MakeState.Rejected => "rejected",
                MakeState.ShardDone => "shard-done",
                _ => "made",
            },
            ["folder"] = outcome.Folder,
        };
        if (outcome.Summary is { } summary) json["run"] = Figures.Describe(summary);
        else json["shardsDone"] = outcome.ShardsDone;
        return json;
    }

    private static int Preview(MakeRequest request, int count, Shell shell, bool json)
    {
        if (count < 0) throw new UsageException($"--preview is {count}, and must be at least 0");
        Table rows;
        using (var progress = shell.Progress()) rows = shell.Corridor.Preview(request, count, progress, shell.Cancel);
        if (json) shell.Print(Rows.Describe(rows));
        else Rows.Print(rows, shell);
        return ExitCode.Done;
    }
}

/// <summary>i of N.</summary>
internal sealed record Share(int Index, int Count)
{
    public static Share? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        string[] parts = text.Split('/');
        if (parts.Length == 2 && int.TryParse(parts[0], out int index) && int.TryParse(parts[1], out int count)
            && index >= 1 && count >= index && count <= 99_999)
            return new Share(index, count);
        argument.AddError($"--shard is '{text}', and must be i/N with i from 1 to N, such as 2/4");
        return null;
    }
}
