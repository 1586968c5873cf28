using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Bench.Quality;

/// <summary>
/// How well <c>score</c> tells spoilt rows from held-out ones: in half of the held-out rows some cells are taken from other held-out
/// rows, so that every column keeps its values and only their company is wrong. AUC, beside the columns' own frequencies and
/// an isolation forest, which learn from the same rows. For mammography also its rare class, of which no model is told.
/// <c>anomalies [--tables a,b] [--cells 3] [--orders 8] [--threads 2] [--seeds 3]</c>.
/// </summary>
internal static class AnomalyCommand
{
    private const double Holdout = 1.0 / 3;
    private static readonly string[] Default = ["credit_g", "mammography", "bank", "telco_churn", "california"];

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("tables", "cells", "orders", "threads", "seeds", "rows");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/credit_g.csv");
        int cells = options.Number("cells", 3), orders = options.Number("orders", 8), seeds = options.Number("seeds", 3);
        to.WriteLine($"| table | against | fit, {orders} orders | likelihood, {orders} orders | likelihood, one order | columns apart "
            + "| isolation forest |");
        to.WriteLine("|---|---|---|---|---|---|---|");
        foreach (string name in options.Optional("tables")?.Split(',') ?? Default)
        {
            var known = BenchTable.Public.FirstOrDefault(t => t.Name == name) ?? throw new ArgumentException($"no table '{name}'");
            var table = new DefaultSpec(Path.Combine(folder, "tabular", known.File), known.Target, delimiter: known.Delimiter);
            var kinds = new List<string> { $"{cells} foreign cells" };
            if (name == "mammography") kinds.Add("its rare class");
            foreach (string kind in kinds)
            {
                var found = new List<double[]>();
                for (int seed = 1; seed <= seeds; seed++)
                    found.Add(Judge(table, known.Target!, kind == kinds[0] ? cells : 0, orders, options.Number("rows", 20_000),
                        RunContext.Quiet((ulong)seed, options.Number("threads", 2))));
                string Cell(int i)
                {
                    var s = Spread.OfSplits([.. found.Select(f => f[i])], 0.5);
                    return double.IsNaN(s.Low) ? s.Mean.ToString("F3", CultureInfo.InvariantCulture)
                        : string.Create(CultureInfo.InvariantCulture, $"{s.Mean:F3} [{s.Low:F3}, {s.High:F3}]");
                }
                to.WriteLine($"| {name} | {kind} | {Cell(0)} | {Cell(1)} | {Cell(2)} | {Cell(3)} | {Cell(4)} |");
            }
        }
        return 0;
    }

    /// <param name="cells">How many cells of a spoilt row are foreign; 0 takes the target's rarest level for the anomaly.</param>
    private static double[] Judge(DefaultSpec table, string target, int cells, int orders, int mostRows, RunContext run)
    {
        var spec = table.With(engine: "autoregressive") with
        {
            Split = new SplitSpec(Holdout, null, null, null, run.Seed, default), FitSeed = run.Seed, SampleSeed = run.Seed,
        };
        var real = DefaultSpec.Read(spec, run);
        var model = table.Fit(spec, real, run.MaxThreads);
        var sampler = (IScoringSampler)DefaultSpec.Load(model);
        var test = real.Holdout.ForJudging;
        if (test.RowCount > mostRows) test = test.Slice(0, mostRows);
        string[] names = [.. real.Training.Columns.Where(c => c.Schema is { Role: not ColumnRole.Id, Personal: PersonalData.None }
            && c.Schema.Kind is not (ColumnKind.Identifier or ColumnKind.Text) && (cells > 0 || c.Name != target)).Select(c => c.Name)];
        bool[] spoilt;
        if (cells > 0) (test, spoilt) = Spoil(test.Select(names), cells, run.Seed);
        else
        {
            var levels = CellTable.Of(test, [target], real.Training);
            double rare = levels.Values[0].GroupBy(v => v).MinBy(g => g.Count())!.Key;
            spoilt = Array.ConvertAll(levels.Values[0], v => v == rare);
            test = test.Select(names);
        }
        var training = CellTable.Of(real.Training, names, real.Training);
        var truth = CellTable.Of(test, names, real.Training);
        double[] Auc(params double[][] of) => [.. of.Select(score => AucOf(score, spoilt))];
        var scores = sampler.Score(test, orders, run);
        return Auc(scores.Fit, scores.Total, sampler.Score(test, 1, run).Total, Apart(training, truth),
            Isolated(training, truth, run));
    }

    /// <summary>Every other row by address gets cells of another row each, of columns that differ there.</summary>
    private static (Table, bool[]) Spoil(Table table, int cells, ulong seed)
    {
        var stream = new RandomStream(seed, "foreign cells");
        int rows = table.RowCount;
        bool[] spoilt = [.. Enumerable.Range(0, rows).Select(r => stream.Uniform(r, 0) < 0.5)];
        int[][] from = [.. table.Columns.Select(_ => Enumerable.Range(0, rows).ToArray())];
        for (int r = 0; r < rows; r++)
        {
            if (!spoilt[r]) continue;
            int[] order = stream.Permutation(table.Columns.Count, r);
            for (int k = 0; k < Math.Min(cells, order.Length); k++) from[order[k]][r] = stream.Below(rows, r, 1, k);
        }
        return (new Table(table.Name, [.. table.Columns.Select((column, c) => column.Take(from[c]))]), spoilt);
    }

    /// <summary>Sum of the logs of the columns' own frequencies, numbers in twenty bins of equal mass.</summary>
    private static double[] Apart(CellTable training, CellTable test)
    {
        double[] sum = new double[test.Rows];
        for (int c = 0; c < test.Columns; c++)
        {
            double[] sorted = [.. training.Values[c].Where(double.IsFinite).Order()];
            double[] cuts = training.IsNumeric(c)
                ? [.. Enumerable.Range(1, 19).Select(k => sorted[k * sorted.Length / 20]).Distinct()] : [];
            int Bin(double v) => double.IsNaN(v) ? -1 : !training.IsNumeric(c) ? (int)v : cuts.Count(cut => v >= cut);
            var counts = training.Values[c].GroupBy(Bin).ToDictionary(g => g.Key, g => g.Count());
            for (int r = 0; r < sum.Length; r++)
                sum[r] += Math.Log((counts.GetValueOrDefault(Bin(test.Values[c][r])) + 1.0) / (training.Rows + 2));
        }
        return sum;
    }

    private static double[] Isolated(CellTable training, CellTable test, RunContext run)
    {
        double Whole(int c, double v) => double.IsNaN(v) ? training.Typical[c] : v;
        var forest = new IsolationForest([.. training.Values.Select((column, c) => Array.ConvertAll(column, v => Whole(c, v)))], run);
        double[] depths = new double[test.Rows];
        Work.For(depths.Length, run, r => depths[r] = forest.Depth(c => Whole(c, test.Values[c][r])));
        return depths;
    }

    /// <summary>How often a spoilt row has less than one that is not; ties count half.</summary>
    private static double AucOf(double[] score, bool[] spoilt)
    {
        int[] order = [.. Enumerable.Range(0, score.Length).OrderBy(r => score[r])];
        double ranks = 0, bad = spoilt.Count(s => s), good = score.Length - bad;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end < order.Length && score[order[end]] == score[order[start]]) end++;
            for (int k = start; k < end; k++)
                if (spoilt[order[k]]) ranks += (start + end + 1) / 2.0;
            start = end;
        }
        return 1 - (ranks - bad * (bad + 1) / 2) / (bad * good);
    }
}
