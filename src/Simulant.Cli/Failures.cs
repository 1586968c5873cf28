using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;

namespace Simulant.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Done = 0, GateFailed = 1, Found = 1, Usage = 2, Data = 3, Budget = 4, OurFault = 70, Cancelled = 130;
}

/// <summary>What went wrong, as an exit code and one line each, and no more: a trace only where it is asked for.</summary>
internal static class Failures
{
    public static int Tell(Exception failure, Shell shell, bool json, bool verbose)
    {
        var (code, lines) = Explain(failure, shell.Cancel);
        Tell(code, lines, shell, json);
        if (verbose && code != ExitCode.Cancelled)
            foreach (string line in failure.ToString().Split(Environment.NewLine)) shell.Note(line);
        else if (code == ExitCode.OurFault)
            shell.Note("this is a fault of the program: run again with --verbose and report what it prints");
        return code;
    }

    /// <summary>Prints the lines on standard error, and with <paramref name="json"/> as one object on standard output.</summary>
    public static int Tell(int code, IReadOnlyList<string> lines, Shell shell, bool json)
    {
        if (json)
            shell.Print(new JsonObject
            {
                ["exit"] = code,
                ["errors"] = Json.Array(lines.Select(line => (JsonNode?)JsonValue.Create(line))),
            });
        foreach (string line in lines) shell.Note(line);
        return code;
    }

    private static (int Code, IReadOnlyList<string> Lines) Explain(Exception failure, CancellationToken cancel) => failure switch
    {
        OperationCanceledException => (ExitCode.Cancelled, ["cancelled"]),
        _ when cancel.IsCancellationRequested => (ExitCode.Cancelled, ["cancelled"]),
        PrivacyBudgetException or RecipeShortException { OutOfBudget: true } => (ExitCode.Budget,
            [$"error: {failure.Message.TrimEnd('.')}"]),
        SpecException spec => (ExitCode.Usage, [.. spec.Diagnostics.Select(d => d.ToString())]),
        MismatchException mismatch => (ExitCode.Data, [.. mismatch.Diagnostics.Select(d => d.ToString())]),
        UsageException => (ExitCode.Usage, [$"error: {failure.Message}"]),
        RecipeShortException => (ExitCode.Data, [$"error: {failure.Message.TrimEnd('.')}"]),
        DataException data => (ExitCode.Data, [Place(data) + $"error: {WithoutPlace(data)}"]),
        UnauthorizedAccessException or IOException => (ExitCode.Data, [$"error: {Disk(failure)}"]),
        OutOfMemoryException => (ExitCode.Data, ["error: there is not enough memory; use fewer rows of the source "
            + "(source.rows), fewer columns, or --threads 1"]),
        _ => (ExitCode.OurFault, [$"error: {failure.GetType().Name}: {failure.Message}"]),
    };

    /// <summary>The message without the place it may begin with, which is said once, in front.</summary>
    private static string WithoutPlace(DataException data)
    {
        string text = data.Message;
        foreach (string place in new[] { $"{data.File}:{data.Row}: ", $"{data.File}: ", $"column '{data.Column}': " })
            if (text.StartsWith(place, StringComparison.Ordinal)) text = text[place.Length..];
        return text;
    }

    /// <summary>Where it is, as a line of the file; a message that names the row of a table itself says that better.</summary>
    private static string Place(DataException data) => (data.File, data.Row, data.Column) switch
    {
        ({ } file, { } row, _) when WithoutPlace(data).StartsWith($"row {row}, ", StringComparison.Ordinal) => $"{file}: ",
        (null, _, null) => "",
        (null, _, { } column) => $"column '{column}': ",
        ({ } file, null, null) => $"{file}: ",
        ({ } file, { } row, null) => $"{file}:{row}: ",
        ({ } file, null, { } column) => $"{file}: column '{column}': ",
        ({ } file, { } row, { } column) => $"{file}:{row}: column '{column}': ",
    };

    /// <summary>28 and 122 are "no space left" and "disk quota exceeded" on Linux; 112 and 39 on Windows.</summary>
    private static string Disk(Exception failure) => (failure.HResult & 0xFFFF) is 28 or 122 or 112 or 39
        ? $"{failure.Message.TrimEnd('.')}; make room and run it again ('make' with --resume)"
        : failure.Message.TrimEnd('.');
}
