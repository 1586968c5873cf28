using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli;

/// <summary>A run's figures in lines, and as JSON.</summary>
internal static class Figures
{
    /// <summary>The figures a summary shows where no gate names others, in order.</summary>
    private static readonly string[] Leading =
    [
        "fidelity.shapes", "fidelity.trends", "detection.auc", "utility.transfer-ratio", "memory.dcr-share", "attack.membership-auc",
    ];

    public static void Tell(RunSummary summary, Shell shell)
    {
        foreach (string one in summary.Tries) shell.Say($"  tried {one}");
        foreach (string one in summary.Asked) shell.Say($"  {one}");
        foreach (var figure in summary.Figures.Where(f => f.Gate is not null || Leading.Contains(f.Name) && double.IsFinite(f.Value)))
            shell.Say("  " + Line(figure));
        if (summary.Rejections.Count > 0)
            shell.Say($"  {summary.Rejections.Sum(r => r.Value):N0} candidates were rejected: "
                + string.Join(", ", summary.Rejections.Select(r => $"{r.Key} {r.Value:N0}")));
        foreach (string note in summary.Notes) shell.Say($"  note: {note}");
    }

    public static string Line(FigureLine figure)
    {
        string text = $"{figure.Name,-24} {Number(figure.Value),8}";
        if (double.IsFinite(figure.Reference)) text += $"   {Against(figure.Name)} {Number(figure.Reference)}";
        if (figure.Gate is { } gate)
            text += $"   gate {gate}: " + figure.Passed switch { true => "passed", false => "FAILED", null => "not evaluated" };
        return text;
    }

    /// <summary>What the reference of a figure is: nothing real stands behind those of frames.</summary>
    public static string Against(string metric) => metric.StartsWith("scenes.", StringComparison.Ordinal) ? "expected" : "real";

    /// <summary>Four significant digits, without an exponent where it is readable.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "-",
        _ when Math.Abs(value) < 1e-9 => "0",
        _ when Math.Abs(value) is >= 1e-4 and < 1e7 =>
            value.ToString(Math.Abs(value) >= 1000 ? "#,##0" : "0.####", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###e0", CultureInfo.InvariantCulture),
    };

    public static JsonObject Describe(RunSummary summary) => new()
    {
        ["name"] = summary.Name,
        ["engine"] = summary.Engine,
        ["rows"] = summary.Rows,
        ["requestedRows"] = summary.RequestedRows,
        ["columns"] = summary.Columns,
        ["trainingRows"] = summary.TrainingRows,
        ["holdoutRows"] = summary.HoldoutRows,
        ["seed"] = new JsonObject { ["fit"] = summary.FitSeed, ["sample"] = summary.SampleSeed },
        ["digest"] = summary.Digest,
        ["verdict"] = summary.Verdict,
        ["command"] = summary.Command,
        ["metrics"] = Json.Array(summary.Figures.Select(Describe)),
        ["rejections"] = new JsonObject(summary.Rejections.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))),
        ["notChecked"] = Json.Array(summary.NotChecked.Select(n => (JsonNode?)n)),
        ["tries"] = Json.Array(summary.Tries.Select(t => (JsonNode?)t)),
        ["notes"] = Json.Array(summary.Notes.Select(n => (JsonNode?)n)),
    };

    public static JsonNode Describe(FigureLine figure)
    {
        var json = new JsonObject
        {
            ["name"] = figure.Name,
            ["value"] = Json.Number(figure.Value),
            ["reference"] = Json.Number(figure.Reference),
            ["low"] = Json.Number(figure.Low),
            ["high"] = Json.Number(figure.High),
            ["direction"] = figure.Direction,
            ["n"] = figure.Count,
        };
        if (figure.Gate is not null)
        {
            json["gate"] = figure.Gate;
            json["passed"] = figure.Passed;
        }
        return json;
    }
}
