using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Runs;
using Simulant.Specs;

namespace Simulant.Bench.Quality;

/// <summary>
/// A rare class on real test rows: boosted trees trained on real rows alone; with the rare rows weighted up to the others; with SMOTE;
/// and with rare rows drawn by an engine under a condition. Mammography (2.3% positive), random splits 2/3 to 1/3, which class a row
/// has being all that the split keeps even. <c>imbalance [--engine trees] [--seeds 10] [--seed 1] [--threads 2] [--shares 0.5,0.1]</c>:
/// shares of the rare class to which rows are added.
/// </summary>
internal static class ImbalanceCommand
{
    private const double Holdout = 1.0 / 3, LeastPrecision = 0.8;
    private const string Target = "class";

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("engine", "seeds", "seed", "threads", "shares");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/mammography.csv");
        string engine = options.Optional("engine") ?? "trees";
        double[] shares = [.. (options.Optional("shares") ?? "0.5,0.1").Split(',')
            .Select(s => double.Parse(s, CultureInfo.InvariantCulture))];
        int threads = options.Number("threads", 2), seeds = options.Number("seeds", 10), first = options.Number("seed", 1);
        var table = new DefaultSpec(Path.Combine(folder, "tabular", "mammography.csv"), Target);
        var found = new Dictionary<string, List<RareScores>>();
        for (int seed = first; seed < first + seeds; seed++)
        {
            var split = new RareSplit(table, engine, Holdout, RunContext.Quiet((ulong)seed, threads));
            void Note(string name, double[][] added) =>
                (found.TryGetValue(name, out var list) ? list : found[name] = []).Add(split.Judge(added, LeastPrecision));
            Note("real rows", []);
            foreach (double share in shares)
            {
                int count = split.Missing(share);
                string at = string.Create(CultureInfo.InvariantCulture, $", rare class to {100 * share:0.#} %");
                Note("weights" + at, split.Repeated(count));
                Note("SMOTE" + at, Smote.Rows(split.Rare, count, new RandomStream((ulong)seed, "smote")));
                Note(engine + at, split.Drawn(count));
            }
            to.WriteLine($"seed {seed}: " + string.Join("; ", found.Select(f => string.Create(CultureInfo.InvariantCulture,
                $"{f.Key} {f.Value[^1].AveragePrecision:F4} {f.Value[^1].Recall:F4}"))));
        }
        to.WriteLine($"{seeds} splits; means with 95 % intervals of splits that share rows; difference to real rows alone by split");
        to.WriteLine("| trained on | PR-AUC | difference "
            + $"| recall at precision {LeastPrecision.ToString(CultureInfo.InvariantCulture)} | difference |");
        to.WriteLine("|---|---|---|---|---|");
        foreach (var (name, scores) in found)
        {
            string Of(Func<RareScores, double> part) => Text([.. scores.Select(part)]);
            string Less(Func<RareScores, double> part) => Text([.. scores.Select((s, i) => part(s) - part(found["real rows"][i]))]);
            to.WriteLine($"| {name} | {Of(s => s.AveragePrecision)} | {(name == "real rows" ? "-" : Less(s => s.AveragePrecision))} "
                + $"| {Of(s => s.Recall)} | {(name == "real rows" ? "-" : Less(s => s.Recall))} |");
        }
        return 0;
    }

    private static string Text(double[] figures)
    {
        var s = Spread.OfSplits(figures, Holdout / (1 - Holdout));
        return string.Create(CultureInfo.InvariantCulture, $"{s.Mean:F3} [{s.Low:F3}, {s.High:F3}]");
    }
}

/// <param name="Recall">The most at the precision asked for, over all thresholds.</param>
internal readonly record struct RareScores(double AveragePrecision, double Recall);

/// <summary>One split of a table whose other columns are numbers.</summary>
internal sealed class RareSplit
{
    private readonly DefaultSpec _table;
    private readonly RealData _real;
    private readonly Spec _spec;
    private readonly string _rareLevel, _target;
    private readonly double[][] _training, _test;
    private readonly bool[] _isRare, _testIsRare;
    private readonly RunContext _run;

    public RareSplit(DefaultSpec table, string engine, double holdout, RunContext run)
    {
        (_table, _run) = (table, run);
        _target = "class";
        _spec = table.With(engine: engine) with
        {
            Split = new SplitSpec(holdout, null, null, _target, run.Seed, default), FitSeed = run.Seed, SampleSeed = run.Seed,
        };
        _real = DefaultSpec.Read(_spec, run);
        var classes = (CodedColumn)_real.Training[_target];
        _rareLevel = Enumerable.Range(0, classes.Count).Select(r => classes[r]!).CountBy(l => l).MinBy(l => l.Value).Key;
        (_training, _isRare) = Rows(_real.Training);
        (_test, _testIsRare) = Rows(_real.Holdout.ForJudging);
        Rare = [.. _training.Where((_, r) => _isRare[r])];
    }

    /// <summary>Training rows of the rare class.</summary>
    public double[][] Rare { get; }

    /// <summary>Rows of the rare class to add until it has this share.</summary>
    public int Missing(double share) =>
        Math.Max(0, (int)Math.Round(share / (1 - share) * (_training.Length - Rare.Length)) - Rare.Length);

    /// <summary>Real rare rows again, each as often: to trees, a weight.</summary>
    public double[][] Repeated(int count) => [.. Enumerable.Range(0, count).Select(i => Rare[i % Rare.Length])];

    /// <summary>Rows drawn under the condition that they are of the rare class, by a model of all training rows.</summary>
    public double[][] Drawn(int count)
    {
        string keys = $"\nrows: {count}\nconditions: [ {{ where: \"{_target} = '{_rareLevel.Replace("'", "''")}'\", rows: {count} }} ]\n";
        var asked = _table.With(keys, _spec.Engine.Name);
        var spec = _spec with { Rows = asked.Rows, Conditions = asked.Conditions, Root = asked.Root };
        var sampler = DefaultSpec.Load(_table.Fit(spec, _real, _run.MaxThreads));
        var (rows, rare) = Rows(sampler.Sample(new ItemRange(0, count), _run).Single);
        if (rare.Contains(false)) throw new InvalidOperationException("a row drawn under the condition does not meet it");
        return rows;
    }

    public RareScores Judge(double[][] added, double precision)
    {
        double[][] all = [.. _training, .. added, .. _test];
        int learned = _training.Length + added.Length, columns = all[0].Length;
        double[] labels = new double[all.Length];
        for (int r = 0; r < learned; r++) labels[r] = r >= _training.Length || _isRare[r] ? 1 : 0;
        double[][] values = [.. Enumerable.Range(0, columns).Select(c => Array.ConvertAll(all, row => row[c]))];
        var matrix = BinnedMatrix.Build([.. values.Select(v => BinnedFeature.Ordered(v.AsSpan(0, learned)))], values);
        int[] train = [.. Enumerable.Range(0, learned)], test = [.. Enumerable.Range(learned, _test.Length)];
        // The judge of validation's utility.
        var model = GradientBoosting.Fit(matrix, train, labels, new BoostingOptions
        {
            Trees = 200, Depth = 6, LearningRate = 0.1, BaseScore = 0.5, Objective = BoostingObjective.Logistic,
        }, cancel: _run.Cancel);
        return Score(model.Predict(matrix, test), _testIsRare, precision);
    }

    /// <summary>Average precision (ties are one threshold), and the most recall at the precision.</summary>
    public static RareScores Score(double[] scores, bool[] positive, double precision)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        double positives = positive.Count(p => p), hits = 0, average = 0, best = 0, before = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (positive[order[i]]) hits++;
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]]) continue;
            double here = hits / (i + 1), recall = hits / positives;
            average += here * (recall - before);
            if (here >= precision) best = Math.Max(best, recall);
            before = recall;
        }
        return new RareScores(average, best);
    }

    private (double[][] Rows, bool[] Rare) Rows(Table table)
    {
        var numbers = table.Columns.Where(c => c.Name != _target).Cast<NumericColumn>().ToList();
        var classes = (CodedColumn)table[_target];
        return ([.. Enumerable.Range(0, table.RowCount).Select(r => numbers.Select(n => n.Values[r]).ToArray())],
            [.. Enumerable.Range(0, table.RowCount).Select(r => classes[r] == _rareLevel)]);
    }
}
