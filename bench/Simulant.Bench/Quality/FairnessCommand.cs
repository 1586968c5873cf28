using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Adult: what cutting the outcome loose from sex does to models trained on the rows made, tested on real rows; beside real rows,
/// real rows reweighed as Kamiran and Calders do, and rows made without a remedy.
/// <c>fairness [--independence 0.5,1,1.25] [--engine trees] [--seeds 3] [--seed 1] [--threads 2] [--tune]</c>; <c>--tune</c> tests on a
/// third of the training rows in place of the test rows, which choose nothing.
/// </summary>
internal static class FairnessCommand
{
    private const string Outcome = "income", Column = "sex", SmallGroups = "race";

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("independence", "engine", "seeds", "seed", "threads", "tune");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
        string File(string name) => Path.Combine(folder, "tabular", name);
        bool tune = options.Has("tune");
        var table = new DefaultSpec(File("adult_train.csv"), Outcome, tune ? null : File("adult_test.csv"));
        string engine = options.Optional("engine") ?? "trees";
        string[] powers = (options.Optional("independence") ?? "0.5,1,1.25").Split(',');
        int threads = options.Number("threads", 2), first = options.Number("seed", 1), seeds = options.Number("seeds", 3);
        var found = new Dictionary<string, List<Seen>>();
        void Note(string name, Seen seen) => (found.TryGetValue(name, out var list) ? list : found[name] = []).Add(seen);
        for (int seed = first; seed < first + seeds; seed++)
        {
            var run = RunContext.Quiet((ulong)seed, threads);
            var plain = table.With("", engine) with { FitSeed = run.Seed, SampleSeed = run.Seed };
            if (tune) plain = plain with { Split = new SplitSpec(1.0 / 3, null, null, null, run.Seed, default) };
            var real = DefaultSpec.Read(plain, run);
            Note("real rows", Judge(real, real.Training, run));
            Note("real rows, reweighed (Kamiran and Calders)", Judge(real, Reweighed(real.Training, run.Seed), run));
            Note($"{engine}, no remedy", Judge(real, Made(table, plain, real, run), run));
            foreach (string power in powers)
            {
                var loose = table.With($"\nprotect: {{ columns: [{Column}], independence: {power} }}\n", engine);
                var spec = plain with { Protect = loose.Protect, Independence = loose.Independence };
                Note($"{engine}, independence {power}", Judge(real, Made(table, spec, real, run), run));
            }
            to.WriteLine($"seed {seed} done");
        }
        Print(found, found[$"{engine}, no remedy"], seeds, tune, to);
        return 0;
    }

    private static Table Made(DefaultSpec table, Spec spec, RealData real, RunContext run) =>
        DefaultSpec.Load(table.Fit(spec, real, run.MaxThreads)).Sample(new ItemRange(0, real.Training.RowCount), run).Single;

    /// <summary>
    /// Reweighing by sampling: each cell of group and outcome has the rows it would have if both were independent, drawn evenly from
    /// its real rows. Source: Kamiran, Calders, Knowledge and Information Systems 33, 2012, uniform sampling.
    /// </summary>
    private static Table Reweighed(Table table, ulong seed)
    {
        var stream = new RandomStream(seed, "reweighed");
        CodedColumn group = (CodedColumn)table[Column], outcome = (CodedColumn)table[Outcome];
        int rows = table.RowCount;
        var cells = Enumerable.Range(0, rows).GroupBy(r => (group[r], outcome[r]))
            .OrderBy(c => $"{c.Key.Item1}|{c.Key.Item2}", StringComparer.Ordinal).ToList();
        var taken = new List<int>();
        foreach (var cell in cells)
        {
            int[] own = [.. cell];
            double expected = (double)cells.Where(c => c.Key.Item1 == cell.Key.Item1).Sum(c => c.Count())
                * cells.Where(c => c.Key.Item2 == cell.Key.Item2).Sum(c => c.Count()) / rows;
            // Whole repeats first, then as many again without repeats: as near to weights as whole rows come.
            int[] order = [.. stream.Permutation(own.Length, taken.Count).Select(i => own[i])];
            for (int i = 0; i < (int)Math.Round(expected); i++) taken.Add(order[i % order.Length]);
        }
        return table.Take([.. taken.Order()]);
    }

    /// <summary>Figures of one model on the held-out rows.</summary>
    private sealed record Seen(double Parity, double Odds, double Transfer, string Smallest, double SmallestAuc, double Positive);

    private static Seen Judge(RealData real, Table rows, RunContext run)
    {
        var options = new ValidationOptions
        {
            Target = Outcome,
            Protect = [Column, SmallGroups],
            Only = new HashSet<string>(StringComparer.Ordinal)
            {
                MetricNames.TransferRatio, MetricNames.FairnessDownstreamParity, MetricNames.FairnessDownstreamOdds,
            },
            Replicates = 20,
        };
        var found = Validator.Measure(
            new Evaluation(Dataset.Of(real.Training), Dataset.Of(real.Holdout.ForJudging), Dataset.Of(rows)), options, run);
        var groups = found.Fairness!.Groups;
        var own = groups.First(g => g.Columns.Count == 1 && g.Columns[0] == Column).TrainedOnSynthetic!;
        var smallest = groups.Where(g => !double.IsNaN(g.TrainedOnSynthetic!.Auc)).MinBy(g => g.Holdout.Rows)!;
        double positive = groups.Where(g => g.Columns.Count == 1 && g.Columns[0] == Column)
            .Sum(g => g.TrainedOnSynthetic!.Positive * g.TrainedOnSynthetic.Rows) / real.Holdout.ForJudging.RowCount;
        return new Seen(Math.Abs(own.ParityGap!.Value), own.OddsGap!.Value, found.Find(MetricNames.TransferRatio)!.Score.Value,
            smallest.Name, smallest.TrainedOnSynthetic!.Auc, positive);
    }

    private static void Print(Dictionary<string, List<Seen>> found, List<Seen> before, int seeds, bool tune, TextWriter to)
    {
        to.WriteLine($"Adult, groups of {Column}, models tested on {(tune ? "a third of the training rows" : "the real test rows")}, mean "
            + $"of {seeds} seeds; smallest group with an AUC: {before[0].Smallest}; its utility over that of no remedy: (AUC - .5) ratio");
        to.WriteLine("| trained on | predicted positive | parity gap | cut | odds gap | transfer ratio | smallest group's utility |");
        to.WriteLine("|---|---|---|---|---|---|---|");
        double Mean(List<Seen> of, Func<Seen, double> part) => of.Average(part);
        foreach (var (name, seen) in found)
        {
            double parity = Mean(seen, s => s.Parity), cut = 1 - parity / Mean(before, s => s.Parity);
            double utility = (Mean(seen, s => s.SmallestAuc) - 0.5) / (Mean(before, s => s.SmallestAuc) - 0.5);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {100 * Mean(seen, s => s.Positive):F1} % | {parity:F3} "
                + $"| {100 * cut:F0} % | {Mean(seen, s => s.Odds):F3} | {Mean(seen, s => s.Transfer):F3} | {utility:F3} |"));
        }
    }
}
