using System.Globalization;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>A published folder's manifest, in the words that commands show.</summary>
internal static class Summaries
{
    private const int MostReasons = 6;

    public static RunSummary Of(string folder) => Of(Manifest.Load(folder).Content);

    public static RunSummary Of(PublishedRun run) => new()
    {
        Name = run.Name,
        Engine = run.Engine,
        Item = run.Kind switch { Runs.Engine.Scene => "frame", Runs.Engine.Text => "record", _ => "row" },
        Rows = run.Rows,
        RequestedRows = run.RequestedRows,
        Columns = run.Schema.Columns.Count,
        TrainingRows = run.TrainingRows,
        HoldoutRows = run.HoldoutRows,
        FitSeed = run.FitSeed,
        SampleSeed = run.SampleSeed,
        Digest = run.Digest,
        Verdict = run.Verdict switch { Verdict.Passed => "passed", Verdict.Rejected => "rejected", _ => "no gates" },
        Command = run.Command,
        Figures = [.. run.Figures.Select(Line)],
        Rejections = run.Rejections,
        NotChecked = run.NotChecked,
        Notes = run.Notes,
        Schema = run.Schema,
        Tries = [.. run.Tries.Select(Line)],
        Asked = run.Asked is { } asked ? [.. Lines(asked)] : [],
    };

    private static IEnumerable<string> Lines(AskedModels asked)
    {
        foreach (var model in asked.Models)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{model.Name}: {model.Answers:N0} answers, {model.InputTokens:N0} tokens asked, {model.OutputTokens:N0} answered")
                + (model.Cost > 0 ? string.Create(CultureInfo.InvariantCulture, $", cost {model.Cost:0.####}") : "");
        yield return "attempts: " + string.Join(", ", asked.Attempts.GroupBy(a => a.End, StringComparer.Ordinal)
            .Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Sum(a => a.Count):N0} {end.Key}")));
        foreach (var lost in asked.Attempts.Where(a => a.Rule.Length > 0).Take(MostReasons))
            yield return string.Create(CultureInfo.InvariantCulture, $"{lost.End}: {lost.Count:N0} {lost.Rule} ({lost.Step})");
    }

    private static string Line(EngineTry one)
    {
        string figures = string.Join(", ", one.Figures.Where(f => double.IsFinite(f.Value))
            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.####}")));
        return $"{one.Engine}: {(one.Chosen ? "chosen, " : "")}{one.Outcome}{(figures.Length > 0 ? "; " + figures : "")}";
    }

    public static FigureLine Line(Figure figure) => new(figure.Name, figure.Value, figure.Reference, figure.Low, figure.High,
        figure.Direction, figure.Count, figure.Gate, figure.Passed);
}
