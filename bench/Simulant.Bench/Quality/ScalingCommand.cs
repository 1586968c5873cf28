using System.Diagnostics;
using System.Globalization;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Tabular;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Quality, CPU seconds and memory of every engine at growing numbers of rows. The rows are drawn from trees fitted to Adult, so
/// that there are as many as are wanted, of a law that has mixed columns, point masses and a rule between columns; 20,000 further
/// rows of it judge. Each engine and size is a process of its own, stopped at its limit of CPU seconds.
/// <c>scaling [--engines a,b] [--rows 1000,10000] [--limit 600] [--threads 1]</c>.
/// </summary>
internal static class ScalingCommand
{
    private const int JudgingRows = 20_000, MostJudged = 20_000;

    private static readonly string[] Judged =
        [MetricNames.Shapes, MetricNames.Trends, MetricNames.Detection, MetricNames.TransferRatio, MetricNames.DcrShare];

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("engines", "rows", "limit", "threads", "one");
        int threads = options.Number("threads", 1);
        if (options.Optional("one") is { } cell)
        {
            string[] parts = cell.Split(':');
            to.WriteLine(One(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), threads));
            return 0;
        }
        string[] engines = options.Optional("engines")?.Split(',')
            ?? [.. EngineTable.Shipped.Names.Where(n => n is not ("rules" or "auto") && !EngineTable.Shipped[n].Pays)];
        string[] rows = (options.Optional("rows") ?? "1000,10000,100000,1000000").Split(',');
        int limit = options.Number("limit", 600);
        to.WriteLine("| engine | rows | shape error, % | trend error, % | detection AUC | transfer ratio | DCR share | fit, CPU s "
            + "| sample as many, CPU s | peak memory, MB |");
        to.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (string engine in engines)
            foreach (string count in rows)
            {
                to.WriteLine(InProcess(engine, count, threads, limit));
                to.Flush();
            }
        return 0;
    }

    private static string InProcess(string engine, string rows, int threads, int limit)
    {
        string host = Environment.ProcessPath!, own = typeof(ScalingCommand).Assembly.Location;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(own);
        string[] words = ["scaling", "--one", $"{engine}:{rows}", "--threads", threads.ToString(CultureInfo.InvariantCulture)];
        foreach (string word in words) start.ArgumentList.Add(word);
        using var child = Process.Start(start)!;
        while (!child.WaitForExit(500))
        {
            if (Seconds(child) <= limit) continue;
            child.Kill();
            child.WaitForExit();
            return $"| {engine} | {Count(rows)} | - | - | - | - | - | over {limit} | - | - |";
        }
        string line = child.StandardOutput.ReadToEnd().Trim();
        return child.ExitCode == 0 ? line : $"| {engine} | {Count(rows)} | failed: exit code {child.ExitCode} |";
    }

    /// <summary>CPU seconds so far; 0 where it has ended meanwhile.</summary>
    private static double Seconds(Process child)
    {
        try
        {
            child.Refresh();
            return child.TotalProcessorTime.TotalSeconds;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static string Count(string rows) => long.Parse(rows, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);

    private static string One(string engine, int rows, int threads)
    {
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
        var table = new DefaultSpec(Path.Combine(folder, "tabular", "adult_train.csv"), "income",
            Path.Combine(folder, "tabular", "adult_test.csv"));
        var run = RunContext.Quiet(1, threads);
        var (training, holdout) = Source(table, rows, run);
        var spec = table.With(engine: engine) with { Rows = rows };
        ISampler? sampler = null;
        Table? drawn = null;
        double fit = DefaultSpec.CpuSeconds(() => sampler =
            EngineTable.Shipped[engine].Fit(new TableRequest(spec, training.Schema), Dataset.Of(training), run));
        double sample = DefaultSpec.CpuSeconds(() => drawn = sampler!.Sample(new ItemRange(0, rows), run).Single);
        double memory = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;
        Table Judging(Table all) => all.RowCount <= MostJudged ? all : all.Slice(0, MostJudged);
        var options = new ValidationOptions { Target = "income", Only = Judged.ToHashSet(StringComparer.Ordinal) };
        var result = Validator.Measure(
            new Evaluation(Dataset.Of(Judging(training)), Dataset.Of(holdout), Dataset.Of(Judging(drawn!))), options, run);
        string Figure(string metric, Func<double, double> scale, string format) =>
            result.Find(metric) is { IsEvaluated: true } m ? scale(m.Score.Value).ToString(format, CultureInfo.InvariantCulture) : "-";
        return string.Create(CultureInfo.InvariantCulture,
            $"| {engine} | {rows:N0} | {Figure(MetricNames.Shapes, v => 100 * (1 - v), "F2")} | "
            + $"{Figure(MetricNames.Trends, v => 100 * (1 - v), "F2")} | {Figure(MetricNames.Detection, v => v, "F3")} | "
            + $"{Figure(MetricNames.TransferRatio, v => v, "F3")} | {Figure(MetricNames.DcrShare, v => v, "F3")} | "
            + $"{fit:F1} | {sample:F2} | {memory:F0} |");
    }

    /// <summary>Rows to learn from and rows to judge by, of one law: the first and the last that one sampler gives.</summary>
    private static (Table Training, Table Holdout) Source(DefaultSpec table, int rows, RunContext run)
    {
        var spec = table.With();
        var real = DefaultSpec.Read(spec, run);
        var source = EngineTable.Shipped["trees"].Fit(
            new TableRequest(spec with { Rows = rows }, real.Training.Schema), Dataset.Of(real.Training), run);
        return (source.Sample(new ItemRange(0, rows), run with { Seed = 99 }).Single,
            source.Sample(new ItemRange(1L << 32, JudgingRows), run with { Seed = 99 }).Single);
    }
}
