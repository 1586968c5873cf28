using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Runs;
using Simulant.Specs;

namespace Simulant.Bench.Quality;

/// <summary>
/// One cell in five of held-out rows is hidden, at random and by address, and filled again: by means and commonest levels, by
/// chained equations, and by an engine's <c>sample --given FILE --fill</c> with one draw and with many. All learn from the same
/// complete rows. Columns have equal weight: RMSE over the standard deviation of numbers, error rate of categories.
/// <c>imputation [--tables a,b] [--engine autoregressive] [--draws 20] [--rows 5000] [--rounds 5] [--threads 2] [--seed 1]</c>.
/// </summary>
internal static class ImputationCommand
{
    private const double Hidden = 0.2, Holdout = 1.0 / 3;
    private static readonly string[] Default = ["adult_train.csv", "california.csv", "bank.csv", "telco_churn.csv"];

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("tables", "engine", "draws", "rows", "rounds", "threads", "seed");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/california.csv");
        string engine = options.Optional("engine") ?? "autoregressive";
        int draws = options.Number("draws", 20), rows = options.Number("rows", 5000), rounds = options.Number("rounds", 5);
        var run = RunContext.Quiet((ulong)options.Number("seed", 1), options.Number("threads", 2));
        string[] tables = options.Optional("tables")?.Split(',') ?? Default;
        to.WriteLine($"| table | figure | mean, commonest | chained, {rounds} rounds | {engine}, one draw | {engine}, {draws} draws |");
        to.WriteLine("|---|---|---|---|---|---|");
        foreach (string name in tables)
        {
            string file = name.EndsWith(".csv", StringComparison.Ordinal) ? name : name + ".csv";
            foreach (string line in Judge(Path.Combine(folder, "tabular", file), engine, draws, rows, rounds, run)) to.WriteLine(line);
        }
        return 0;
    }

    private static IEnumerable<string> Judge(string file, string engine, int draws, int mostRows, int rounds, RunContext run)
    {
        var bank = Path.GetFileNameWithoutExtension(file);
        var known = BenchTable.Public.FirstOrDefault(t => Path.GetFileName(t.File) == Path.GetFileName(file));
        var table = new DefaultSpec(file, known?.Target, delimiter: known?.Delimiter);
        var spec = table.With(engine: engine);
        spec = spec with { Split = new SplitSpec(Holdout, null, null, null, run.Seed, default), FitSeed = run.Seed, SampleSeed = run.Seed };
        var real = DefaultSpec.Read(spec, run);
        var test = real.Holdout.ForJudging;
        if (test.RowCount > mostRows) test = test.Slice(0, mostRows);
        string[] names = [.. real.Training.Columns.Where(c => c.Schema is { Role: not ColumnRole.Id, Personal: PersonalData.None }
            && c.Schema.Kind is not (ColumnKind.Identifier or ColumnKind.Text)).Select(c => c.Name)];
        var training = CellTable.Of(real.Training, names, real.Training);
        var truth = CellTable.Of(test, names, real.Training);
        bool[][] hidden = Hide(test, names, run.Seed);

        var results = new List<(double Rmse, double Errors, double Seconds)> { (0, 0, 0) };
        double[][] filled = [.. truth.Values.Select((v, c) => v.Select((x, r) => hidden[c][r] ? training.Typical[c] : x).ToArray())];
        results[0] = Error(training, truth, filled, hidden, 0);
        double seconds = DefaultSpec.CpuSeconds(() => filled = new ChainedEquations(training, run).Fill(truth, hidden, rounds));
        results.Add(Error(training, truth, filled, hidden, seconds));
        ModelFile? model = null;
        double fit = DefaultSpec.CpuSeconds(() => model = table.Fit(spec, real, run.MaxThreads));
        var given = Mask(test, names, hidden);
        foreach (int count in (int[])[1, draws])
        {
            Table? done = null;
            double fill = DefaultSpec.CpuSeconds(() =>
            {
                var sampler = Conditions.Given(DefaultSpec.Load(model!), given, true, engine);
                done = new Filling(given, count).Fill(sampler, new ItemRange(0, given.RowCount), run);
            });
            results.Add(Error(training, truth, CellTable.Of(done!, names, real.Training).Values, hidden, fit + fill));
        }
        string Row(string figure, Func<(double Rmse, double Errors, double Seconds), string> cell) =>
            $"| {bank}, {test.RowCount} rows | {figure} | {string.Join(" | ", results.Select(cell))} |";
        string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
        yield return Row("RMSE / standard deviation", r => Number(r.Rmse, "F3"));
        yield return Row("error rate, %", r => Number(100 * r.Errors, "F1"));
        yield return Row("CPU s, learning and filling", r => Number(r.Seconds, "F1"));
    }

    /// <summary>Only cells that hold something are hidden.</summary>
    private static bool[][] Hide(Table table, string[] names, ulong seed)
    {
        var stream = new RandomStream(seed, "hidden cells");
        return [.. names.Select((name, c) => Enumerable.Range(0, table.RowCount)
            .Select(r => !table[name].IsMissing(r) && stream.Uniform(r, c) < Hidden).ToArray())];
    }

    private static Table Mask(Table table, string[] names, bool[][] hidden) => new(table.Name,
        [.. names.Select((name, c) => table[name] switch
        {
            NumericColumn n => (Column)new NumericColumn(n.Schema,
                [.. Enumerable.Range(0, n.Count).Select(r => hidden[c][r] ? double.NaN : n.Values[r])]),
            CodedColumn k => new CodedColumn(k.Schema,
                [.. Enumerable.Range(0, k.Count).Select(r => hidden[c][r] ? -1 : k.Codes[r])], [.. k.Levels]),
            _ => throw new InvalidOperationException("a column of another storage"),
        })]);

    private static (double Rmse, double Errors, double Seconds) Error(
        CellTable training, CellTable truth, double[][] filled, bool[][] hidden, double seconds)
    {
        var rmse = new List<double>();
        var errors = new List<double>();
        for (int c = 0; c < truth.Columns; c++)
        {
            int column = c;
            int[] rows = [.. Enumerable.Range(0, truth.Rows).Where(r => hidden[column][r])];
            if (rows.Length == 0) continue;
            if (!truth.IsNumeric(c))
            {
                errors.Add(rows.Average(r => filled[column][r] == truth.Values[column][r] ? 0.0 : 1));
                continue;
            }
            double[] there = [.. training.Values[c].Where(double.IsFinite)];
            double mean = there.Average(), deviation = Math.Sqrt(there.Average(v => (v - mean) * (v - mean)));
            if (deviation == 0) continue;
            // A filler that leaves a cell empty is as wrong as one that knows nothing.
            double Miss(int r) => (double.IsNaN(filled[column][r]) ? mean : filled[column][r]) - truth.Values[column][r];
            rmse.Add(Math.Sqrt(rows.Average(r => Miss(r) * Miss(r))) / deviation);
        }
        return (rmse.Count == 0 ? double.NaN : rmse.Average(), errors.Count == 0 ? double.NaN : errors.Average(), seconds);
    }
}
