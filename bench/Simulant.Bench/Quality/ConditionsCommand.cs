using System.Globalization;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Adult under conditions: exact counts, what a judge says of synthetic rows under each condition against real held-out rows
/// under it, and the joint of <c>balance</c> against that of rejection from the unconditional sampler.
/// <c>conditions [--seeds 3] [--seed 1] [--engine trees] [--threads 2] [--rows 5000]</c>.
/// </summary>
internal static class ConditionsCommand
{
    private const double Mark = 0.56;
    private const int LeastHeldOut = 500;
    private const string Spreads = "mean over seeds [95% interval of the mean]";

    private static readonly string[] Columns = ["sex", "income", "race"];

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("seeds", "seed", "engine", "threads", "rows");
        string folder = BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds tabular/adult_train.csv");
        string File(string name) => Path.Combine(folder, "tabular", name);
        var work = new Bed(new DefaultSpec(File("adult_train.csv"), "income", File("adult_test.csv")),
            options.Optional("engine") ?? "trees", options.Number("threads", 2));
        ulong[] seeds = [.. Enumerable.Range(options.Number("seed", 1), options.Number("seeds", 3)).Select(s => (ulong)s)];
        Counts(work, to);
        Where(work, seeds, to);
        int rows = options.Number("rows", 5_000);
        Balance(work, "income", "balance: { income: { '>50K': 0.5, '<=50K': 0.5 } }\n", rows, seeds, to);
        string uniform = string.Join(", ", Levels(work.Real.Training, "race").Select(l => $"{l}: 0.2"));
        Balance(work, "race", $"balance: {{ race: {{ {uniform} }} }}\n", rows, seeds, to);
        Balance(work, "income and race",
            $"balance: {{ income: {{ '>50K': 0.5, '<=50K': 0.5 }}, race: {{ {uniform} }} }}\n", rows, seeds, to);
        return 0;
    }

    /// <summary>Adult, its default spec, and the model that all of this is about.</summary>
    private sealed class Bed
    {
        private readonly DefaultSpec _spec;
        private readonly string _engine;

        public Bed(DefaultSpec spec, string engine, int threads)
        {
            (_spec, _engine, Threads) = (spec, engine, threads);
            Real = DefaultSpec.Read(spec.With(), RunContext.Quiet(1, threads));
            Free = Sampler("");
        }

        public int Threads { get; }
        public RealData Real { get; }
        public ISampler Free { get; }

        /// <summary>The same model, laid out by further keys of the spec.</summary>
        public ISampler Sampler(string keys) => DefaultSpec.Load(_spec.Fit(_spec.With(keys, _engine), Real, Threads));

        public Table Draw(ISampler sampler, long start, int rows, ulong seed) =>
            sampler.Sample(new ItemRange(start, rows), RunContext.Quiet(seed, Threads)).Single;

        public ISampler Where(string condition) => Conditions.Where(Free, [condition], _engine);

        public ValidationResult Judge(Table training, Table holdout, Table synthetic, ulong seed, params string[] metrics) =>
            Validator.Measure(new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(synthetic)),
                new ValidationOptions { Only = metrics.ToHashSet(StringComparer.Ordinal), Replicates = 20 },
                RunContext.Quiet(seed, Threads));
    }

    /// <summary>A spec with <c>conditions</c>: each has its rows, to the row, and the rest meets none of them.</summary>
    private static void Counts(Bed work, TextWriter to)
    {
        const string rare = "age > 80", rich = "sex = 'Female' and income = '>50K'";
        var sampler = work.Sampler($"rows: 6000\nconditions: [ {{ where: \"{rare}\", rows: 1000 }}, {{ where: \"{rich}\", rows: 2000 }} ]\n");
        var table = work.Draw(sampler, 0, 6_000, 1);
        var age = (NumericColumn)table["age"];
        string[] sex = Text(table, "sex"), income = Text(table, "income");
        bool[] old = [.. Enumerable.Range(0, table.RowCount).Select(r => age.Values[r] > 80)];
        bool[] woman = [.. Enumerable.Range(0, table.RowCount).Select(r => sex[r] == "Female" && income[r] == ">50K")];
        int first = old.Where((o, r) => o && !woman[r]).Count(), second = woman.Where((w, r) => w && !old[r]).Count();
        int neither = old.Where((o, r) => !o && !woman[r]).Count();
        to.WriteLine($"conditions: {rare}, 1000 rows: {first}; {rich}, 2000 rows: {second}; neither, 3000 rows: {neither}; "
            + (first == 1000 && second == 2000 && neither == 3000 ? "exact" : "NOT EXACT"));
    }

    private static void Where(Bed work, ulong[] seeds, TextWriter to)
    {
        to.WriteLine($"where: detection of synthetic rows under a condition; {Spreads}; mark <= {Mark.ToString(CultureInfo.InvariantCulture)}");
        foreach (string column in Columns)
        {
            foreach (string level in Levels(work.Real.Training, column))
            {
                var training = Rows(work.Real.Training, column, level);
                var holdout = Rows(work.Real.Holdout.ForJudging, column, level);
                if (holdout.RowCount < LeastHeldOut) continue;
                var sampler = work.Where($"{column} = '{level}'");
                List<double> against = [], againstTraining = [], reference = [];
                double seconds = 0;
                bool exact = true;
                foreach (ulong seed in seeds)
                {
                    Table? synthetic = null;
                    seconds += DefaultSpec.CpuSeconds(() => synthetic = work.Draw(sampler, 0, training.RowCount, seed));
                    exact &= synthetic!.RowCount == training.RowCount && Text(synthetic, column).All(t => t == level);
                    var found = work.Judge(training, holdout, synthetic, seed, MetricNames.Detection, MetricNames.DetectionTrain);
                    against.Add(found.Find(MetricNames.Detection)!.Score.Value);
                    againstTraining.Add(found.Find(MetricNames.DetectionTrain)!.Score.Value);
                    reference.Add(found.Find(MetricNames.Detection)!.Score.Reference);
                }
                to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {column + " = " + level,-20} {training.RowCount,6} rows drawn {(exact ? "exactly" : "NOT EXACTLY")}, "
                    + $"{holdout.RowCount} held out: {Of(against)} {(Spread.Of(against).Mean <= Mark ? "met" : "SHORT")}; "
                    + $"real training rows {Of(reference)}; against training rows {Of(againstTraining)}; "
                    + $"{seconds / seeds.Length:F2} CPU s"));
            }
        }
    }

    /// <summary>Balanced rows beside two independent sets drawn by rejection: what is seen of the first must be seen of the second.</summary>
    private static void Balance(Bed work, string name, string keys, int rows, ulong[] seeds, TextWriter to)
    {
        string[] columns = [.. Columns.Where(name.Contains)];
        var balanced = work.Sampler($"rows: {rows}\n{keys}");
        List<double> detection = [], noise = [], shapes = [], shapeNoise = [], trends = [], trendNoise = [];
        string counts = "";
        foreach (ulong seed in seeds)
        {
            var table = work.Draw(balanced, 0, rows, seed);
            var cells = Cells(table, columns).CountBy(c => c).ToDictionary(StringComparer.Ordinal);
            counts = string.Join(", ", columns.Select(c =>
                string.Join(" ", Text(table, c).CountBy(t => t).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value}"))));
            Table first = Rejected(work, columns, cells, 1000 + seed), second = Rejected(work, columns, cells, 2000 + seed);
            var found = work.Judge(first, second, table, seed, MetricNames.Detection, MetricNames.Shapes, MetricNames.Trends);
            Note(found.Find(MetricNames.Detection)!, detection, noise, 1);
            Note(found.Find(MetricNames.Shapes)!, shapes, shapeNoise, 100);
            Note(found.Find(MetricNames.Trends)!, trends, trendNoise, 100);
        }
        to.WriteLine($"balance of {name}, {rows} rows ({counts}) beside rejection to the same counts, in brackets what two sets by "
            + $"rejection show of each other; {Spreads}");
        to.WriteLine($"  detection AUC {Of(detection)} ({Of(noise)}); shape error % {Of(shapes)} ({Of(shapeNoise)}); "
            + $"trend error % {Of(trends)} ({Of(trendNoise)})");
        bool same = NotAbove(detection, noise) && NotAbove(shapes, shapeNoise) && NotAbove(trends, trendNoise);
        to.WriteLine(same ? "  within the noise of rejection" : "  BEYOND the noise of rejection");
    }

    /// <summary>Shares become errors in %; an AUC stays.</summary>
    private static void Note(MetricResult metric, List<double> figures, List<double> references, double scale)
    {
        figures.Add(scale == 1 ? metric.Score.Value : scale * (1 - metric.Score.Value));
        references.Add(scale == 1 ? metric.Score.Reference : scale * (1 - metric.Score.Reference));
    }

    /// <summary>Whether the interval of the mean difference over seeds does not lie above 0.</summary>
    private static bool NotAbove(List<double> figures, List<double> noise) =>
        !(Spread.Of([.. figures.Zip(noise, (f, n) => f - n)]).Low > 0);

    /// <summary>Unconditional rows in order, each kept while its cell still wants rows.</summary>
    private static Table Rejected(Bed work, string[] columns, Dictionary<string, int> wanted, ulong seed)
    {
        const int atOnce = 65_536;
        var left = new Dictionary<string, int>(wanted, StringComparer.Ordinal);
        var kept = new List<Table>();
        for (long start = 0; left.Values.Any(n => n > 0); start += atOnce)
        {
            if (start > 1_000L * atOnce) throw new InvalidOperationException("a balanced cell does not occur without balance");
            var drawn = work.Draw(work.Free, start, atOnce, seed);
            string[] cells = Cells(drawn, columns);
            var take = new List<int>();
            for (int r = 0; r < cells.Length; r++)
            {
                if (left.GetValueOrDefault(cells[r]) == 0) continue;
                left[cells[r]]--;
                take.Add(r);
            }
            kept.Add(drawn.Take([.. take]));
        }
        return Tables.Concat(kept);
    }

    private static string[] Cells(Table table, string[] columns)
    {
        string[][] texts = [.. columns.Select(c => Text(table, c))];
        return [.. Enumerable.Range(0, table.RowCount).Select(r => string.Join('|', texts.Select(t => t[r])))];
    }

    private static Table Rows(Table table, string column, string level)
    {
        string[] texts = Text(table, column);
        return table.Take([.. Enumerable.Range(0, table.RowCount).Where(r => texts[r] == level)]);
    }

    private static string[] Text(Table table, string column)
    {
        var coded = (CodedColumn)table[column];
        return [.. Enumerable.Range(0, coded.Count).Select(r => coded[r] ?? "")];
    }

    private static IEnumerable<string> Levels(Table table, string column) => ((CodedColumn)table[column]).Levels;

    private static string Of(List<double> figures)
    {
        var spread = Spread.Of(figures);
        return double.IsNaN(spread.Low) ? string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:F4}")
            : string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:F4} [{spread.Low:F4}, {spread.High:F4}]");
    }
}
