using System.Text.Json;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Validation;
using Simulant.Validation.Text;

namespace Simulant.Runs;

/// <summary>
/// Measures records of text by one of their fields: the one that the spec names, or the first text field that the real data has
/// too, or, where there is none, the first.
/// Shapes and detection compare columns of levels and numbers, and say nothing of sentences.
/// </summary>
internal static class TextJudging
{
    /// <summary>What needs no other text.</summary>
    private static readonly string[] Alone =
    [
        MetricNames.Duplicates, MetricNames.TextDistinct1, MetricNames.TextDistinct2, MetricNames.TextDistinct3, MetricNames.TextDistinct4,
        MetricNames.TextTypeToken, MetricNames.TextSelfBleu, MetricNames.TextOpenings,
    ];

    public static Judgement Judge(Spec spec, RealData? real, Table synthetic, RunContext run)
    {
        run.Progress.Report(new StageProgress("validate: texts", 0, 0, "texts"));
        var open = new List<NotChecked>();
        IReadOnlyList<MetricResult> metrics = [];
        var fields = synthetic.Columns.Where(c => c.Schema.Kind == ColumnKind.Text).ToList();
        if (fields.FirstOrDefault(f => spec.Measures.Field is { } chosen ? f.Name == chosen.Text
            : real is null || real.Training.Find(f.Name) is CodedColumn) is not CodedColumn field)
        {
            open.Add(new NotChecked("texts", fields.Count == 0 ? "the records have no field of text"
                : $"the real data has no column of text named {string.Join(" or ", fields.Select(f => $"'{f.Name}'"))}"));
        }
        else
        {
            string[] Real(Table? table) => table?.Find(field.Name) is CodedColumn column ? Texts(column) : [];
            string[] made = Texts(field);
            metrics = [Duplicates(made), .. TextMetrics.Measure(Real(real?.Training), Real(real?.Holdout.ForJudging), made, run)];
            foreach (var other in fields.Where(f => f != field))
                open.Add(new NotChecked($"field '{other.Name}'", $"figures are of '{field.Name}'"));
        }
        if (real is null)
        {
            open.Add(new NotChecked("likeness", "there are no real texts to compare with"));
            metrics = [.. metrics.Where(m => Alone.Contains(m.Name))
                .Select(m => m with { ReferenceLow = double.NaN, ReferenceHigh = double.NaN })];
        }
        if (spec.Measures.Only is { } only)
            metrics = [.. metrics.Where(m => only.Contains(m.Name) || spec.Gates.Any(g => g.Metric == m.Name))];
        var result = new ValidationResult
        {
            Metrics = [.. MetricNames.All.SelectMany(name => metrics.Where(m => m.Name == name))],
            Rows = new RowCounts(real?.Training.RowCount ?? 0, real?.Holdout.Count ?? 0, synthetic.RowCount),
            NotChecked = open,
        };
        return new Judgement(result, Validation.Gates.Evaluate(
            spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows)), result));
    }

    /// <summary>Share of texts that an earlier record has already.</summary>
    private static MetricResult Duplicates(string[] texts)
    {
        if (texts.Length == 0) return MetricResult.Missing(MetricNames.Duplicates, Direction.Lower, "there are no records");
        double share = 1 - (double)texts.Distinct(StringComparer.Ordinal).Count() / texts.Length;
        return new MetricResult(MetricNames.Duplicates, new Score(share, double.NaN, share, share, Direction.Lower, texts.Length));
    }

    /// <summary>The texts that are there; of a conversation what was said, turn by turn.</summary>
    private static string[] Texts(CodedColumn column)
    {
        string[] levels = column.Schema.Format == ColumnSchema.Json ? [.. column.Levels.Select(Said)] : [.. column.Levels];
        return [.. column.Codes.ToArray().Where(code => code >= 0).Select(code => levels[code])];
    }

    private static string Said(string conversation)
    {
        using var turns = JsonDocument.Parse(conversation);
        return string.Join('\n', turns.RootElement.EnumerateArray().Select(turn =>
            turn.EnumerateObject().Last().Value.GetString()));
    }
}
