using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Reports;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant collapse</c>: what becomes of data learned from data that was itself made.</summary>
internal static class CollapseCommand
{
    public static Command Build(Shell shell)
    {
        var spec = CommandLine.Path("SPEC", "a spec file, or a folder that holds spec.yaml");
        var generations = CommandLine.Count("--generations", "how many generations", 10, 1, 1000);
        var mode = new Option<string>("--mode")
        {
            Description = "what each learns from: replace, accumulate or anchor:SHARE",
            HelpName = "MODE", DefaultValueFactory = _ => "replace",
        };
        mode.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !CollapseRequest.IsMode(result.Tokens[0].Value))
                result.AddError($"--mode is '{result.Tokens[0].Value}'; take replace, accumulate, or anchor:SHARE, as in anchor:0.2");
        });
        var resample = new Option<bool>("--resample")
        {
            Description = "draw rows again with replacement in place of the engine: what chance alone does",
        };
        var output = CommandLine.Output("FILE", "a page with the curves, .html");
        var seed = CommandLine.Seed("seed of fitting and sampling (default: as the spec says)");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace FILE" };
        var command = new Command("collapse", "Show what becomes of rare values when models learn from made data, over and over")
        {
            spec, generations, mode, resample, output, seed, threads, force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new CollapseRequest(parsed.GetRequiredValue(spec))
            {
                Generations = parsed.GetValue(generations),
                Mode = parsed.GetRequiredValue(mode),
                Resample = parsed.GetValue(resample),
                Output = parsed.GetValue(output),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            CollapseCourse course;
            using (var progress = shell.Progress()) course = shell.Corridor.Collapse(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(course, request.Output));
            else Tell(course, request.Output, shell);
            return ExitCode.Done;
        });
    }

    private static void Tell(CollapseCourse course, string? page, Shell shell)
    {
        shell.Say($"{course.Engine}, {course.Mode}: {course.Rows:N0} rows a generation; values of the real rows that are left, by how many "
            + "of these have them, and in brackets what chance alone leaves");
        int[] bands = [.. Enumerable.Range(0, course.Fresh.Bands.Count).Where(b => course.Fresh.Bands[b].Values > 0)];
        string[] headers = ["generation", .. bands.Select(b => course.Fresh.Bands[b].Name), "entropy", "pairs", "shapes", "trends",
            "duplicates"];
        var table = Terminal.Table(headers, [.. Enumerable.Range(1, headers.Length - 1)]);
        void Row(string name, CollapseGeneration g) => table.AddRow([name,
            .. bands.Select(b => double.IsNaN(g.Bands[b].Law) ? Share(g.Bands[b].Recall)
                : $"{Share(g.Bands[b].Recall)} ({Share(g.Bands[b].Law)})"),
            Figures.Number(g.Entropy), Share(g.Pairs), Figures.Number(g.Shapes), Figures.Number(g.Trends), Share(g.Duplicates)]);
        Row("held out", course.Fresh);
        foreach (var g in course.Generations) Row(g.Generation.ToString(CultureInfo.InvariantCulture), g);
        Terminal.Of(shell).Write(table);
        if (page is not null) shell.Say($"wrote {page}");
    }

    private static string Share(double share) => double.IsNaN(share) ? "-" : share.ToString("P1", CultureInfo.InvariantCulture);

    private static JsonObject Describe(CollapseCourse course, string? page) => new()
    {
        ["exit"] = ExitCode.Done,
        ["engine"] = course.Engine,
        ["mode"] = course.Mode,
        ["rows"] = course.Rows,
        ["page"] = page,
        ["heldOut"] = Describe(course.Fresh),
        ["generations"] = Json.Array(course.Generations.Select(g => (JsonNode?)Describe(g))),
    };

    private static JsonObject Describe(CollapseGeneration g) => new()
    {
        ["generation"] = g.Generation,
        ["survival"] = Json.Array(g.Bands.Select(b => (JsonNode?)new JsonObject
        {
            ["from"] = b.From,
            ["to"] = b.To == int.MaxValue ? null : b.To,
            ["values"] = b.Values,
            ["recall"] = Json.Number(b.Recall),
            ["chance"] = Json.Number(b.Law),
        })),
        ["entropy"] = Json.Number(g.Entropy),
        ["pairs"] = Json.Number(g.Pairs),
        ["tails"] = Json.Number(g.Tails),
        ["shapes"] = Json.Number(g.Shapes),
        ["trends"] = Json.Number(g.Trends),
        ["recall"] = Json.Number(g.Recall),
        ["duplicates"] = Json.Number(g.Duplicates),
    };
}
