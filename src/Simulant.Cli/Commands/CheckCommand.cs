using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;
using Simulant.Specs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant check</c>: every fault of a spec at once.</summary>
internal static class CheckCommand
{
    public static Command Build(Shell shell)
    {
        var spec = new Argument<string?>("SPEC")
        {
            Description = "a spec file, or a folder that holds spec.yaml",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var schema = new Option<bool>("--schema") { Description =
            "print the JSON Schema of specs, for editors, and check nothing" };
        var command = new Command("check", "Report every fault of a spec at once, with line and column") { spec, schema };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            if (parsed.GetValue(schema))
            {
                shell.Out.WriteLine(shell.Corridor.SpecSchema().TrimEnd());
                return ExitCode.Done;
            }
            string path = parsed.GetValue(spec) ?? throw new UsageException("name the spec to check; see simulant check --help");
            return Check(path, shell, json);
        });
    }

    private static int Check(string path, Shell shell, bool json)
    {
        var found = shell.Corridor.Check(path);
        int errors = found.Count(d => d.Severity == Severity.Error), warnings = found.Count - errors;
        int code = errors > 0 ? ExitCode.Usage : ExitCode.Done;
        string? takes = errors == 0 ? shell.Corridor.Estimate(path, shell.Cancel) : null;
        if (json)
        {
            var told = new JsonObject { ["exit"] = code, ["diagnostics"] = Json.Array(found.Select(Describe)) };
            if (takes is not null) told["takes"] = takes;
            shell.Print(told);
            return code;
        }
        foreach (var diagnostic in found) shell.Note(diagnostic.ToString());
        shell.Say(errors + warnings == 0
            ? $"{path}: no faults"
            : $"{path}: {Count(errors, "error")}, {Count(warnings, "warning")}");
        if (takes is not null) shell.Say($"  takes {takes}");
        return code;
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static JsonNode Describe(Diagnostic diagnostic) => new JsonObject
    {
        ["severity"] = diagnostic.Severity == Severity.Error ? "error" : "warning",
        ["code"] = diagnostic.Code,
        ["file"] = diagnostic.At.File,
        ["line"] = diagnostic.At.Line,
        ["column"] = diagnostic.At.Column,
        ["message"] = diagnostic.Message,
    };
}
