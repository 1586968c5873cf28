using System.Diagnostics;
using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Adult under differential privacy, all 15 columns, delta 1e-9 in total, everything paid: how near the marginals come to the training
/// part's, and what a model trained on the rows is worth, beside engines that promise nothing.
/// <c>privacy [--engines mst aim trees] [--epsilons 0.1 1 3 10] [--runs 3] [--threads 2]</c>.
/// </summary>
internal static class PrivacyCommand
{
    private const string Delta = "1e-9";

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("engines", "epsilons", "runs", "threads", "options");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
        string File(string name) => Path.GetFullPath(Path.Combine(folder, "tabular", name));
        string[] engines = [.. options.Has("engines") ? options.Many("engines") : ["mst", "aim", "trees", "copula"]];
        string[] epsilons = [.. options.Has("epsilons") ? options.Many("epsilons") : ["0.1", "1", "3", "10"]];
        int threads = options.Number("threads", 2);
        using var work = new Bed(File("adult_train.csv"), File("adult_test.csv"), threads, options.Optional("options") ?? "");
        to.WriteLine($"holdout: 2-way TV {work.Holdout.Pairs(work.Training):0.0000}, 3-way score {work.Whole:0.0}");
        to.WriteLine($"shuffled columns: 2-way TV {work.Shuffled.Pairs(work.Training):0.0000}, 3-way score {work.None:0.0}");
        to.WriteLine("| engine | epsilon | run | fit wall s | fit CPU s | rows | 2-way TV | 3-way score | of the way | TSTR AUC | TRTR "
            + "AUC |");
        to.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (string engine in engines)
        {
            bool pays = engine is "mst" or "aim";
            foreach (string epsilon in pays ? epsilons : ["none"])
                for (int run = 1; run <= options.Number("runs", 1); run++) work.Try(engine, pays ? epsilon : null, run, to);
        }
        return 0;
    }

    private sealed class Bed : IDisposable
    {
        private readonly string _train, _holdout, _options;
        private readonly int _threads;
        private readonly string _folder = Directory.CreateTempSubdirectory("simulant-bench-").FullName;

        public Bed(string train, string holdout, int threads, string options)
        {
            (_train, _holdout, _threads, _options) = (train, holdout, threads, options);
            Real = Sources.Read(SpecOf("trees", ""), _folder, RunContext.Quiet(1, threads));
            Training = Marginals.Of(Real.Training, Real.Training);
            Holdout = Marginals.Of(Real.Holdout.ForJudging, Real.Training);
            Shuffled = Training.Shuffled(1);
            Whole = Holdout.Triples(Training);
            None = Shuffled.Triples(Training);
        }

        public RealData Real { get; }
        public Marginals Training { get; }
        public Marginals Holdout { get; }
        public Marginals Shuffled { get; }
        public double Whole { get; }
        public double None { get; }

        private Spec SpecOf(string engine, string more)
        {
            var faults = new DiagnosticBag();
            var spec = SpecReader.Parse(AdultCodebook.Spec(_train, _holdout, engine, more), "adult.yaml", faults, MetricNames.All);
            faults.ThrowIfErrors();
            return spec!;
        }

        public void Try(string engine, string? epsilon, int number, TextWriter to)
        {
            string more = $"seed: {number}\n" + (epsilon is null ? "" : $"privacy: {{ epsilon: {epsilon}, delta: {Delta} }}\n");
            var spec = SpecOf(epsilon is null || _options.Length == 0 ? engine : $"{{ name: {engine}, {_options} }}", more);
            var job = new Job(Path.Combine(_folder, "adult.yaml"), Encoding.UTF8.GetBytes("adult"), spec, EngineTable.Shipped[engine]);
            var quiet = RunContext.Quiet(spec.FitSeed, _threads);
            var paying = epsilon is null ? null : new Paying(Corridor.Shipped, job, quiet.Cancel);
            ModelFile? model = null;
            var clock = Stopwatch.StartNew();
            double cpu = DefaultSpec.CpuSeconds(() => model = new Fitting(_threads, quiet.Progress, quiet.Cancel).Fit(job, Real, null,
                paying));
            double wall = clock.Elapsed.TotalSeconds;
            int rows = (int)model!.Header.Rows;
            var drawn = DefaultSpec.Load(model).Sample(new ItemRange(0, rows), quiet).Single;
            var marginals = Marginals.Of(drawn, Real.Training);
            var judged = spec with { Privacy = null, Measures = new MeasureSpec { Only = [MetricNames.Tstr, MetricNames.Trtr],
                Replicates = 20 } };
            var result = Judging.Judge(judged, Real, drawn, quiet).Result;
            double triples = marginals.Triples(Training);
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {engine} | {epsilon ?? "none"} | {number} | {wall:0.0} | {cpu:0.0} | {rows} | ")
                + string.Create(CultureInfo.InvariantCulture, $"{marginals.Pairs(Training):0.0000} | {triples:0.0} | ")
                + string.Create(CultureInfo.InvariantCulture, $"{(triples - None) / (Whole - None):0.0%} | ")
                + $"{Of(result, MetricNames.Tstr)} | {Of(result, MetricNames.Trtr)} |");
            to.Flush();
        }

        private static string Of(ValidationResult result, string metric) =>
            result.Find(metric) is { IsEvaluated: true } m ? m.Score.Value.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
