using System.Globalization;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Defaults only, on random splits 2/3 to 1/3: the mean of each figure over splits, its 95% interval and the mark set for it.
/// <c>splits [--tables a,b] [--splits N] [--engine trees] [--threads 2] [--seed 1] [--quick] [--refine MARGIN ...]</c>, or any file:
/// <c>splits --file F [--target COL] [--delimiter ;]</c>.
/// </summary>
/// <remarks>
/// With <c>--refine</c> the rows as drawn, and chosen under each of its values from the same models. Split k of a table has seed
/// (--seed) + k - 1, for the split, the fit and the sample alike.
/// </remarks>
internal static class SplitsCommand
{
    private const double Holdout = 1.0 / 3;
    private const int MarkedTables = 5;

    /// <summary>Enough to hold against the marks, and the columns of the closing table, for docs/benchmarks.md.</summary>
    private static readonly string[] Quick =
    [
        MetricNames.DetectionTrain, MetricNames.TransferRatio, MetricNames.DcrShare, MetricNames.DcrQ02,
        MetricNames.MembershipAuc, MetricNames.Copies,
    ];

    private static readonly string[] Full =
    [
        MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection, .. Quick, MetricNames.CopiesDistinctive,
        MetricNames.Tstr,
    ];

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("tables", "splits", "engine", "threads", "seed", "quick", "file", "target", "delimiter", "refine");
        string engine = options.Optional("engine") ?? "trees";
        int threads = options.Number("threads", 2), seed = options.Number("seed", 1);
        string[] metrics = options.Has("quick") ? Quick : Full;
        bool all = true;
        var page = new List<string>();
        foreach (var table in Tables(options))
        {
            var spec = new DefaultSpec(table.File, table.Target, delimiter: table.Delimiter);
            string[] refinements = Refinements(options), kinds = ["as drawn", .. refinements.Select(r => $"refine: {r}")];
            var run = new DefaultRun(spec, engine, threads, refinements);
            int splits = options.Number("splits", table.Splits);
            to.WriteLine($"{table.Name}: {spec.Rows} rows, {spec.Columns} columns, target {table.Target ?? "none"}, {engine}, "
                + $"{splits} splits 2/3 to 1/3, seeds {seed} to {seed + splits - 1}");
            var outcomes = kinds.Select(_ => new List<DefaultRun.Outcome>()).ToList();
            for (int split = 0; split < splits; split++)
            {
                int kind = 0;
                foreach (var outcome in run.Run(Holdout, (ulong)(seed + split), metrics))
                {
                    outcomes[kind].Add(outcome);
                    to.WriteLine($"  split {split + 1,2}, {kinds[kind++]}: {Line(outcome)}");
                }
            }
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                to.WriteLine($"  {kinds[kind]}");
                all &= Summarise(table, outcomes[kind], metrics, to);
                string figures = string.Join(" | ", Quick.Select(metric => Cell(table, outcomes[kind], metric)));
                page.Add($"| {table.Name} ({splits}), {kinds[kind]} | {figures} |");
            }
        }
        to.WriteLine($"| table (splits) | {string.Join(" | ", Quick)} |");
        to.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", Quick.Length + 1))}");
        foreach (string row in page) to.WriteLine(row);
        to.WriteLine(all ? "every mark met" : "short of a mark");
        return 0;
    }

    /// <summary>The spec's words for <c>--refine</c>, <c>--refine MARGIN</c> and <c>--refine '{ margin: 2, regions: 16 }'</c>.</summary>
    private static string[] Refinements(Arguments options) => !options.Has("refine") ? []
        : options.Optional("refine") is null ? ["true"]
        : [.. options.Many("refine").Select(said => said.StartsWith('{') ? said : $"{{ margin: {said} }}")];

    private static List<BenchTable> Tables(Arguments options)
    {
        if (options.Optional("file") is { } file)
            return [new BenchTable(Path.GetFileNameWithoutExtension(file), file, options.Optional("target"), 5, Goal.Default)
            {
                Delimiter = options.Optional("delimiter"),
            }];
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/california.csv, or name a --file");
        string[] names = options.Optional("tables")?.Split(',') ?? [.. BenchTable.Public.Take(MarkedTables).Select(t => t.Name)];
        return [.. names.Select(name => BenchTable.Public.FirstOrDefault(t => t.Name == name)
            ?? throw new ArgumentException(
                $"no table '{name}'; there are {string.Join(", ", BenchTable.Public.Select(t => t.Name))}, or name a --file"))
            .Select(t => t with { File = Path.Combine(folder, "tabular", t.File) })];
    }

    /// <summary>One split's main figures, as it ends.</summary>
    private static string Line(DefaultRun.Outcome outcome)
    {
        string Figure(string metric) => outcome.Result.Find(metric) is { IsEvaluated: true } m ? Number(m.Score.Value) : "-";
        return string.Create(CultureInfo.InvariantCulture,
            $"detection(train) {Figure(MetricNames.DetectionTrain)}  transfer {Figure(MetricNames.TransferRatio)}  "
            + $"share {Figure(MetricNames.DcrShare)}  q02 {Figure(MetricNames.DcrQ02)}  member {Figure(MetricNames.MembershipAuc)}  "
            + $"copies {Figure(MetricNames.Copies)}  CPU s: fit {outcome.FitSeconds:F2}, sample {outcome.SampleSeconds:F2}, "
            + $"judge {outcome.JudgeSeconds:F2}");
    }

    /// <summary>Mean and interval in Markdown, bold where short of its mark.</summary>
    private static string Cell(BenchTable table, List<DefaultRun.Outcome> outcomes, string metric)
    {
        var (spread, _, high) = Over(outcomes, metric);
        if (spread.Count == 0) return "-";
        bool percent = metric is MetricNames.DcrQ02 or MetricNames.Copies;
        string text = percent ? Text(100, "F2") + " %" : Text(1, "F3");
        return table.Goals.FirstOrDefault(g => g.Metric == metric)?.Met(spread, high) == false ? $"**{text}**" : text;

        string Text(double scale, string format)
        {
            string Part(double value) => (scale * value).ToString(format, CultureInfo.InvariantCulture);
            return double.IsNaN(spread.Low) ? Part(spread.Mean) : $"{Part(spread.Mean)} [{Part(spread.Low)}, {Part(spread.High)}]";
        }
    }

    /// <summary>Two thirds are learned from, one third is held out.</summary>
    private const double HeldOutToLearned = 0.5;

    /// <summary>The metric over splits, its reference, and the upper end of the reference's own interval.</summary>
    private static (Spread Value, double Reference, double ReferenceHigh) Over(List<DefaultRun.Outcome> outcomes, string metric)
    {
        var found = outcomes.ConvertAll(o => o.Result.Find(metric) is { IsEvaluated: true } m ? m : null);
        double Mean(Func<MetricResult, double> part) => Spread.Of(found.ConvertAll(m => m is null ? double.NaN : part(m))).Mean;
        var spread = Spread.OfSplits(found.ConvertAll(m => m?.Score.Value ?? double.NaN), HeldOutToLearned);
        return (spread, Mean(m => m.Score.Reference), Mean(m => m.ReferenceHigh));
    }

    /// <summary>A line a metric; whether every mark of the table was met.</summary>
    private static bool Summarise(
        BenchTable table, List<DefaultRun.Outcome> outcomes, IReadOnlyList<string> metrics, TextWriter to)
    {
        bool all = true;
        to.WriteLine($"  {"",-26}{"mean",9}  {"95% interval",-20}{"splits alone",-20}{"reference",9}  mark");
        foreach (string metric in MetricNames.All.Where(metrics.Contains))
        {
            if (outcomes.TrueForAll(o => o.Result.Find(metric) is null)) continue;
            var (spread, reference, high) = Over(outcomes, metric);
            if (spread.Count == 0)
            {
                to.WriteLine($"  {metric,-26}{"-",9}  {outcomes[0].Result.Find(metric)!.NotEvaluated}");
                continue;
            }
            string mark = "";
            if (table.Goals.FirstOrDefault(g => g.Metric == metric) is { } goal)
            {
                bool met = goal.Met(spread, high);
                all &= met;
                mark = $"{(met ? "met  " : "SHORT")} {goal.Text(high)}";
            }
            string few = spread.Count < outcomes.Count ? $"  ({spread.Count} of {outcomes.Count} splits)" : "";
            string interval = $"[{Number(spread.Low)}, {Number(spread.High)}]";
            var alone = Spread.Of(outcomes.ConvertAll(o => o.Result.Find(metric) is { IsEvaluated: true } m ? m.Score.Value : double.NaN));
            string narrow = $"[{Number(alone.Low)}, {Number(alone.High)}]";
            to.WriteLine($"  {metric,-26}{Number(spread.Mean),9}  {interval,-20}{narrow,-20}{Number(reference),9}  {mark}{few}".TrimEnd());
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  CPU s a split: fit {outcomes.Average(o => o.FitSeconds):F2}, sample {outcomes.Average(o => o.SampleSeconds):F2}, "
            + $"judge {outcomes.Average(o => o.JudgeSeconds):F2}"));
        return all;
    }

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("F4", CultureInfo.InvariantCulture);
}
