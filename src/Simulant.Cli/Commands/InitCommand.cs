using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant init</c>: a first spec from a data file, or from another tool's schema.</summary>
internal static class InitCommand
{
    public static Command Build(Shell shell)
    {
        var data = CommandLine.Path("DATA",
            "a CSV, TSV, JSON, JSONL or Parquet file; or SDV metadata.json, or SQL in a .sql file");
        var output = CommandLine.Output("SPEC", "the spec file to write (default: standard output)");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace a spec that is there" };
        var command = new Command("init", "Infer a spec from a file, with the evidence as comments") { data, output, threads,
            force };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            string? path = parsed.GetValue(output);
            if (path is not null && File.Exists(path) && !parsed.GetValue(force))
                throw new UsageException($"'{path}' is there already; choose another name, or replace it with --force");
            var request = new InitRequest(parsed.GetRequiredValue(data)) { Output = path, Threads = parsed.GetValue(threads) };
            InitOutcome outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Init(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(outcome, path));
            else if (path is null) shell.Out.Write(outcome.Text);
            else shell.Say($"wrote {path}: {outcome.Columns} columns "
                + (outcome.Rows > 0 ? $"inferred from {outcome.Rows:N0} rows" : "declared")
                    + $"; read it, then: simulant make {path}");
            foreach (string warning in outcome.Warnings) shell.Note($"warning: {warning}");
            return ExitCode.Done;
        });
    }

    private static JsonObject Describe(InitOutcome outcome, string? path)
    {
        var json = new JsonObject
        {
            ["exit"] = ExitCode.Done,
            ["rows"] = outcome.Rows,
            ["columns"] = outcome.Columns,
            ["warnings"] = Json.Array(outcome.Warnings.Select(w => (JsonNode?)w)),
        };
        if (path is null) json["text"] = outcome.Text;
        else json["spec"] = path;
        return json;
    }
}
