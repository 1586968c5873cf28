using System.Text.Json;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Embeddings;
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
            var made = Labelled(synthetic, field.Name, spec.Source?.Target);
            var training = Labelled(real?.Training, field.Name, spec.Source?.Target);
            var holdout = Labelled(real?.Holdout.ForJudging, field.Name, spec.Source?.Target);
            metrics = [Duplicates(made.Texts), .. Measure(training, holdout, made, Vectors(spec, real), run)];
            if (spec.Source?.Target is { } target && metrics.All(m => m.Name != MetricNames.TextTstr))
                open.Add(new NotChecked($"target '{target}'", "it is no text or category of the real data and the records alike"));
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

    private static IReadOnlyList<MetricResult> Measure(LabelledTexts training, LabelledTexts holdout, LabelledTexts made,
        SentenceVectors vectors, RunContext run) =>
        training.Labels.Count > 0 && holdout.Labels.Count > 0 && made.Labels.Count > 0
            ? TextMetrics.Measure(training, holdout, made, vectors, run)
            : TextMetrics.Measure(training.Texts, holdout.Texts, made.Texts, vectors, run);

    /// <summary>The encoder, where it is there and its figure is wanted: it takes seconds.</summary>
    private static SentenceVectors Vectors(Spec spec, RealData? real)
    {
        if (real is null) return SentenceVectors.Missing("there are no real texts to compare with");
        if (spec.Measures.Only is { } only && !only.Contains(MetricNames.TextCoverage)
            && spec.Gates.All(g => g.Metric != MetricNames.TextCoverage)) return SentenceVectors.Missing("not asked for");
        try
        {
            var encoder = SentenceEncoder.Default;
            return new SentenceVectors(SentenceEncoder.Dimensions, (texts, run) => encoder.Embed(texts, run.MaxThreads, run.Cancel));
        }
        catch (DataException lack)
        {
            return SentenceVectors.Missing(lack.Message);
        }
    }

    /// <summary>Share of texts that an earlier record has already.</summary>
    private static MetricResult Duplicates(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return MetricResult.Missing(MetricNames.Duplicates, Direction.Lower, "there are no records");
        double share = 1 - (double)texts.Distinct(StringComparer.Ordinal).Count() / texts.Count;
        return new MetricResult(MetricNames.Duplicates, new Score(share, double.NaN, share, share, Direction.Lower, texts.Count));
    }

    /// <summary>
    /// The texts that are there, of a conversation what was said, turn by turn; with their classes where the target is a column of
    /// levels: then a text without a class is left out.
    /// </summary>
    private static LabelledTexts Labelled(Table? table, string field, string? target)
    {
        if (table?.Find(field) is not CodedColumn column) return new LabelledTexts([], []);
        string[] levels = column.Schema.IsJson ? [.. column.Levels.Select(Said)] : [.. column.Levels];
        int[] codes = column.Codes.ToArray();
        var classes = target is null || target == field ? null : table.Find(target) as CodedColumn;
        int[] rows = [.. Enumerable.Range(0, codes.Length).Where(i => codes[i] >= 0 && (classes is null || classes[i] is not null))];
        return new LabelledTexts([.. rows.Select(i => levels[codes[i]])], classes is null ? [] : [.. rows.Select(i => classes[i]!)]);
    }

    private static string Said(string conversation)
    {
        using var turns = JsonDocument.Parse(conversation);
        return string.Join('\n', turns.RootElement.EnumerateArray().Select(turn =>
            turn.EnumerateObject().Last().Value.GetString()));
    }
}
