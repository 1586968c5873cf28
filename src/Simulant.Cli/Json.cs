using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Simulant.Cli;

/// <summary>How results are written for other programs.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for files and pipes, not for HTML
    };

    /// <summary>A figure; null where there is none, since JSON knows no NaN.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);
}

/// <summary>Small phrases that several commands share.</summary>
internal static class Words
{
    public static string Count(long number, string what) => $"{number:N0} {what}{(number == 1 ? "" : "s")}";

    public static string Seeds(Simulant.Runs.RunSummary run) =>
        run.FitSeed == run.SampleSeed ? $"{run.FitSeed}" : $"{run.FitSeed} (fit) and {run.SampleSeed} (sample)";
}
