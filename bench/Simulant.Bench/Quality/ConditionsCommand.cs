using System.Globalization;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Validation;

namespace Simulant.Bench.Quality;

/// <summary>
/// Adult under conditions: exact counts, what a judge says of synthetic rows under each condition against real held-out rows
/// under it, and the joint of <c>balance</c> against that of rejection from the unconditional sampler.
/// <c>conditions [--seeds 5] [--seed 1] [--engine trees] [--threads 2] [--rows 5000]</c>.
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
        ulong[] seeds = [.. Enumerable.Range(options.Number("seed", 1), options.Number("seeds", 5)).Select(s => (ulong)s)];
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

        public ISampler Where(string condition) => Where(Free, condition);

        public ISampler Where(ISampler sampler, string condition) => Conditions.Where(sampler, [condition], _engine);

        public ValidationResult Judge(Table training, Table holdout, Table synthetic, ulong seed, params string[] metrics) =>
            Validator.Measure(new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(synthetic)),
                new ValidationOptions { Only = metrics.ToHashSet(StringComparer.Ordinal), Replicates = 20 },
                RunContext.Quiet(seed, Threads));
    }

    /// <summary>A spec with <c>conditions</c>: each has its rows, to the row, and the rest meets none of them.</summary>
    private static void Counts(Bed work, TextWriter to)
    {
        const string rare = "age > 80", rich = "sex = 'Female' and income = '>50K'";
        var sampler = work.Sampler(
            $"rows: 6000\nconditions: [ {{ where: \"{rare}\", rows: 1000 }}, {{ where: \"{rich}\", rows: 2000 }} ]\n");
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
        to.WriteLine($"where: detection of synthetic rows under a condition; {Spreads}; "
            + $"mark <= {Mark.ToString(CultureInfo.InvariantCulture)}");
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

    /// <summary>
    /// Two balanced sets and two by rejection, all independent. If their laws are equal, what is seen between the kinds is the
    /// mean of what is seen within each: the energy distance's argument (Szekely, Rizzo 2004). Within alone would not do, since
    /// a block of unconditional rows is stratified and varies less than what is picked from many.
    /// </summary>
    private static void Balance(Bed work, string name, string keys, int rows, ulong[] seeds, TextWriter to)
    {
        string[] columns = [.. Columns.Where(name.Contains)];
        var balanced = work.Sampler($"rows: {rows}\n{keys}");
        Seen detection = new("detection AUC"), shapes = new("shape error %"), trends = new("trend error %");
        string counts = "";
        foreach (ulong seed in seeds)
        {
            Table first = work.Draw(balanced, 0, rows, seed), second = work.Draw(balanced, 0, rows, 3000 + seed);
            var cells = Cells(first, columns).CountBy(c => c).ToDictionary(StringComparer.Ordinal);
            counts = string.Join(", ", columns.Select(c =>
                string.Join(" ", Text(first, c).CountBy(t => t).OrderBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => $"{t.Key} {t.Value}"))));
            Table third = Rejected(work, balanced, columns, cells, 1000 + seed);
            var fourth = Rejected(work, balanced, columns, cells, 2000 + seed);
            string[] metrics = [MetricNames.DetectionTrain, MetricNames.Shapes, MetricNames.Trends];
            ValidationResult one = work.Judge(third, fourth, first, seed, metrics), two = work.Judge(second, first, fourth, seed, metrics);
            detection.Add(one, two, MetricNames.DetectionTrain, auc => auc);
            shapes.Add(one, two, MetricNames.Shapes, share => 100 * (1 - share));
            trends.Add(one, two, MetricNames.Trends, share => 100 * (1 - share));
        }
        to.WriteLine($"balance of {name}, {rows} rows ({counts}) beside rejection to the same counts; {Spreads}; in brackets between "
            + "two sets by rejection, and between two balanced ones");
        foreach (var seen in (Seen[])[detection, shapes, trends]) to.WriteLine($"  {seen}");
    }

    /// <summary>One figure between the kinds and within each, a value for each seed.</summary>
    private sealed class Seen(string name)
    {
        private readonly List<double> _between = [], _rejection = [], _balanced = [], _excess = [];

        /// <param name="one">Of a balanced set against one by rejection; reference: two by rejection.</param>
        /// <param name="two">Of a set by rejection against a balanced one; reference: two balanced.</param>
        public void Add(ValidationResult one, ValidationResult two, string metric, Func<double, double> scale)
        {
            Score a = one.Find(metric)!.Score, b = two.Find(metric)!.Score;
            _between.Add((scale(a.Value) + scale(b.Value)) / 2);
            _rejection.Add(scale(a.Reference));
            _balanced.Add(scale(b.Reference));
            _excess.Add(_between[^1] - (_rejection[^1] + _balanced[^1]) / 2);
        }

        /// <summary>Nine figures are tested: each at 99 %.</summary>
        public override string ToString()
        {
            string verdict = Spread.Of(_excess, 0.99).Low > 0 ? "BEYOND the noise" : "within the noise";
            return $"{name} {Of(_between)} ({Of(_rejection)}; {Of(_balanced)}), difference {Of(_excess)}: {verdict}";
        }
    }

    /// <summary>
    /// The balanced model's own rows without its strata (under a condition that every row meets), in order, each kept while its cell
    /// still wants rows.
    /// </summary>
    private static Table Rejected(Bed work, ISampler balanced, string[] columns, Dictionary<string, int> wanted, ulong seed)
    {
        var free = work.Where(balanced, Always(work.Real.Training, columns[0]));
        const int atOnce = 65_536;
        var left = new Dictionary<string, int>(wanted, StringComparer.Ordinal);
        var kept = new List<Table>();
        for (long start = 0; left.Values.Any(n => n > 0); start += atOnce)
        {
            if (start > 1_000L * atOnce) throw new InvalidOperationException("a balanced cell does not occur without balance");
            var drawn = work.Draw(free, start, atOnce, seed);
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

    private static string Always(Table table, string column) =>
        string.Join(" or ", Text(table, column).Distinct().Order(StringComparer.Ordinal).Select(level => $"{column} = '{level}'"));

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
