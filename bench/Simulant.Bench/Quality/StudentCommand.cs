using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Text.Embeddings;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Overlap;
using Simulant.Text.Filters.Rules;
using Simulant.Text.WordNet;
using Simulant.Validation.Text;

namespace Simulant.Bench.Quality;

/// <summary>
/// A student of text: the classifier of <c>text.tstr</c> learns the task of <see cref="ReturnTypes"/> from real training texts, from
/// synthetic ones, unfiltered and through each filter, and from both together (each with half of the weight); it is tested on real
/// texts, which chose nothing. <c>student [--seeds 5] [--items 3000] [--copies 8] [--real 1000] [--sources exercises,copies]
/// [--threads 2]</c>.
/// </summary>
internal static class StudentCommand
{
    private const string None = "none", All = "all of them";

    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("seeds", "items", "copies", "real", "sources", "threads");
        string file = Path.Combine(BenchContext.SharedData
            ?? throw new ArgumentException("set SIMULANT_DATA to the folder that holds text/"), "text", "mbpp.jsonl");
        LabelledTexts training = ReturnTypes.Real(file, 601, 974), test = ReturnTypes.Real(file, 11, 510);
        int seeds = options.Number("seeds", 5), most = Math.Min(options.Number("real", training.Texts.Count), training.Texts.Count);
        to.WriteLine($"{training.Texts.Count} real texts to learn from, {most} used; {test.Texts.Count} to test");
        Line(to, "guessing the commonest class", test.Labels.GroupBy(l => l).Max(g => g.Count()) / (double)test.Labels.Count);
        foreach (string source in (options.Optional("sources") ?? "exercises,copies").Split(','))
            Table(to, source, options, training, test, seeds, most);
        return 0;
    }

    private static void Table(TextWriter to, string source, Arguments options, LabelledTexts training, LabelledTexts test, int seeds,
        int most)
    {
        var rows = new Dictionary<string, (List<double> Kept, List<double> Alone, List<double> Both)>();
        var real = new List<double>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            var run = RunContext.Quiet((ulong)seed, options.Number("threads", 2));
            var learned = Some(training, most, run.Seed);
            var made = source switch
            {
                "exercises" => ReturnTypes.Exercises(options.Number("items", 3000), run.Seed),
                "copies" => ReturnTypes.Copies(learned, options.Number("copies", 8), WordNetDatabase.Default, run.Seed),
                _ => throw new ArgumentException($"there is no source '{source}'; exercises or copies"),
            };
            foreach (var (name, filters) in Filters(learned, made, test, run))
            {
                var kept = Kept(made, filters, run);
                if (!rows.TryGetValue(name, out var row)) rows[name] = row = ([], [], []);
                row.Kept.Add(kept.Texts.Count);
                var alone = ClassStudent.Measure(learned, test, kept, run).Score;
                row.Alone.Add(alone.Value);
                row.Both.Add(ClassStudent.Measure(learned, test, Together(learned, kept), run).Score.Value);
                if (name == None) real.Add(alone.Reference);
            }
        }
        to.WriteLine();
        Line(to, "real alone", Spread.Of(real));
        to.WriteLine($"| {source}, filter | texts kept | accuracy | accuracy, with the real ones |");
        to.WriteLine("|---|---|---|---|");
        foreach (var (name, row) in rows)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {row.Kept.Average():0} | {Shown(Spread.Of(row.Alone))} | {Shown(Spread.Of(row.Both))} |"));
        to.Flush();
    }

    /// <summary>Every filter that <c>simulant filter</c> has and that these texts give something to do, each alone, then all.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<ITextFilter> Filters)> Filters(LabelledTexts real, LabelledTexts made,
        LabelledTexts test, RunContext run)
    {
        var quality = QualityClassifier.Fit(real.Texts, made.Texts, run);
        (string Name, Func<ITextFilter> Make)[] each =
        [
            ("rules of self-instruct", () => Rules("self-instruct")),
            ("language: en", () => Rules("language")),
            ("conflicting labels", () => new ConflictFilter()),
            ("decontamination", () => Decontamination(test)),
            ("exact duplicates", () => new ExactDuplicates()),
            ("minhash", () => new NearDuplicateFilter(new NearDuplicateOptions { Seed = run.Seed })),
            ("embedding, cosine .95", () => new EmbeddingDuplicateFilter(SentenceEncoder.Default, TextEmbeddings.DefaultThreshold)),
            ("ROUGE-L .7", () => new RougeFilter([])),
            ("quality, the half most like the real", () => new TopFractionFilter(quality, 0.5)),
        ];
        yield return (None, []);
        foreach (var (name, make) in each) yield return (name, [make()]);
        yield return (All, [.. each.Select(e => e.Make())]);
    }

    private static RuleFilter Rules(string name)
    {
        var faults = new DiagnosticBag();
        var rules = RuleTable.Read((SpecList)YamlNodes.Read($"[{name}]", "rules", faults)!, faults, out _);
        faults.ThrowIfErrors();
        return new RuleFilter(rules);
    }

    private static DecontaminationFilter Decontamination(LabelledTexts test)
    {
        var index = new BenchmarkIndex();
        foreach (string text in test.Texts) index.Add(text);
        return new DecontaminationFilter(index, [.. test.Texts.Select((_, i) => new BenchmarkItem("test", i))]);
    }

    private static LabelledTexts Kept(LabelledTexts made, IReadOnlyList<ITextFilter> filters, RunContext run)
    {
        if (filters.Count == 0) return made;
        TextItem[] items = [.. made.Texts.Zip(made.Labels, (text, label) => new TextItem(text, null, label))];
        var removed = FilterChain.Run(() => [items], filters, run).Removed;
        int[] kept = [.. Enumerable.Range(0, items.Length).Where(i => !removed.ContainsKey(i))];
        return At(made, kept);
    }

    /// <summary>Real and made texts, the fewer repeated until they weigh about the same.</summary>
    private static LabelledTexts Together(LabelledTexts real, LabelledTexts made)
    {
        var (few, many) = real.Texts.Count < made.Texts.Count ? (real, made) : (made, real);
        int times = Math.Max(1, (int)Math.Round((double)many.Texts.Count / Math.Max(1, few.Texts.Count)));
        return new LabelledTexts([.. many.Texts, .. Enumerable.Repeat(few.Texts, times).SelectMany(t => t)],
            [.. many.Labels, .. Enumerable.Repeat(few.Labels, times).SelectMany(l => l)]);
    }

    private static LabelledTexts Some(LabelledTexts of, int count, ulong seed) => count >= of.Texts.Count ? of
        : At(of, new RandomStream(seed, "bench/student").Permutation(of.Texts.Count)[..count]);

    private static LabelledTexts At(LabelledTexts of, int[] rows) =>
        new([.. rows.Select(i => of.Texts[i])], [.. rows.Select(i => of.Labels[i])]);

    private static string Shown(Spread spread) => double.IsNaN(spread.Low)
        ? spread.Mean.ToString("0.000", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{spread.Mean:0.000} ({spread.Low:0.000} to {spread.High:0.000})");

    private static void Line(TextWriter to, string what, Spread spread) => to.WriteLine($"{what}: {Shown(spread)}");

    private static void Line(TextWriter to, string what, double share) =>
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {share:0.000}"));
}
