using Simulant.Bench.Quality;
using Simulant.Bench.Speed;

namespace Simulant.Bench;

/// <summary>The table of benchmarks.</summary>
public static class Benchmarks
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        RandomBench.Benchmark,
        StartBench.Benchmark,
        GemmBench.Benchmark,
        TrainingBench.Benchmark,
        BoostingBench.Benchmark,
        NeighbourBench.Benchmark,
        WordsBench.Benchmark,
        FidelityBench.Benchmark,
        ReadingBench.Benchmark,
        DriftBench.Benchmark,
        EnginesBench.Benchmark,
        LatentBench.Benchmark,
        DiffusionBench.Benchmark,
        RulesBench.Benchmark,
        DigestsBench.Benchmark,
        TasksBench.Benchmark,
        FiltersBench.Benchmark,
        CodeBench.Benchmark,
        ModelsBench.Benchmark,
        RaysBench.Benchmark,
        ScenesBench.Benchmark,
        SensorsBench.Benchmark,
        PhysicsBench.Benchmark,
        AugmentBench.Benchmark,
    ];

    /// <summary>What has a command line of its own.</summary>
    private static IReadOnlyList<(string Name, string About)> Commands { get; } =
    [
        ("quality", "every figure of any synthetic files: --train F --holdout F --synthetic F [F ...] --target COL"),
        ("splits", "defaults on random splits of public tables, with the marks set for them; or --file F --target COL"),
        ("conditions", "Adult under where, conditions and balance: counts, detection, and the joint beside rejection"),
        ("imputation", "one cell in five hidden and filled again: means, chained equations, sample --given --fill"),
        ("anomalies", "rows with foreign cells told from held-out ones: score, the columns apart, an isolation forest"),
        ("fairness", "Adult with its outcome cut loose from sex: gaps of models on real test rows and what it costs, beside reweighing"),
        ("imbalance", "a rare class on real test rows: rows drawn under a condition, SMOTE, weights, nothing"),
        ("scaling", "quality, CPU seconds and memory of every engine at 1,000 to 1,000,000 rows"),
        ("privacy", "Adult under differential privacy: marginals and TSTR by epsilon, beside engines that promise nothing"),
        ("signs", "a small network trained on rendered traffic signs, tested on photographs, beside real pictures and warps of the plane"),
        ("blender", "the yard end to end beside Blender's Cycles at equal error: needs a Blender, or --blender PATH"),
        ("student", "what a function returns, told from a problem's statement by students of real and of synthetic text, filter by filter"),
        ("audit", "how often an audit finds planted leaks of nine kinds, and how often one where there is none"),
    ];

    /// <summary>Runs one by name, as <c>bench/run</c> does; returns the exit code.</summary>
    public static int Run(string[] arguments, TextWriter to, TextWriter errors)
    {
        bool tiny = arguments.Contains("--tiny");
        string[] names = [.. arguments.Where(a => !a.StartsWith('-') && !a.Contains('='))];
        var options = arguments.Where(a => a.Contains('=')).Select(a => a.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        if (names.Length == 0)
        {
            to.WriteLine("usage: bench/run NAME … [--tiny] [key=value …]");
            foreach (var one in All) to.WriteLine($"  {one.Name,-14} {one.About}");
            foreach (var (name, about) in Commands) to.WriteLine($"  {name,-14} {about}");
            return 0;
        }
        foreach (string name in names)
        {
            if (All.FirstOrDefault(b => b.Name == name) is not { } benchmark)
            {
                errors.WriteLine($"bench: no benchmark '{name}'; there are {string.Join(", ", All.Select(b => b.Name))}");
                return 2;
            }
            var context = new BenchContext(to, tiny, options);
            to.WriteLine($"# {benchmark.Name}: {benchmark.About}");
            benchmark.Run(context);
            to.WriteLine($"# result {context.ResultHash()}");
        }
        return 0;
    }
}
