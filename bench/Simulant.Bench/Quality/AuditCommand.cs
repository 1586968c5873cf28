using System.Globalization;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Validation;
using Simulant.Validation.Attacks;

namespace Simulant.Bench.Quality;

/// <summary>
/// How often an audit finds leaks that are known to be there, and where there is none; which attacks find them; and how many trials pass
/// both figures of the distance to the closest record. The true positive rate is the mean of that of the likeliest membership attack in
/// each trial. <c>audit [--plants a,b] [--trials 20] [--fresh 200] [--rows 3000]
/// [--outlier-rows 30000] [--first 1] [--threads 2] [--shadows 0] [--each]</c>. With shadows, so many models of the engine <c>trees</c> are
/// fitted in each audit, as if that engine had made the rows.
/// </summary>
internal static class AuditCommand
{
    public static int Run(string[] args, TextWriter to)
    {
        var options = Arguments.Parse(args);
        options.Only("plants", "trials", "fresh", "rows", "outlier-rows", "first", "threads", "shadows", "each");
        Plant[] plants = options.Optional("plants") is { } text
            ? [.. text.Split(',').Select(name => Enum.TryParse<Plant>(name, true, out var plant) ? plant
                : throw new ArgumentException($"no plant '{name}'; there are {string.Join(", ", Enum.GetNames<Plant>())}"))]
            : Enum.GetValues<Plant>();
        int threads = options.Number("threads", 2), first = options.Number("first", 1), shadows = options.Number("shadows", 0);
        to.WriteLine("| plant | rows | flagged | traces | TPR at 1% FPR | passed DCR | CPU s an audit | found by |");
        to.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var plant in plants)
        {
            int trials = options.Number(plant == Plant.Fresh ? "fresh" : "trials", plant == Plant.Fresh ? 200 : 20);
            int rows = plant == Plant.Outliers ? options.Number("outlier-rows", 30_000) : options.Number("rows", 3_000);
            to.WriteLine(Judge(plant, rows, first, trials, threads, shadows, options.Has("each") ? to : null));
            to.Flush();
        }
        return 0;
    }

    private static string Judge(Plant plant, int rows, int first, int trials, int threads, int shadows, TextWriter? each)
    {
        int flagged = 0, traces = 0, passed = 0;
        double seconds = 0, called = 0;
        var by = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int t = 0; t < trials; t++)
        {
            ulong seed = (ulong)(first + t);
            var data = PlantedLeaks.Of(plant, rows, seed);
            AuditResult? found = null;
            var run = RunContext.Quiet(seed, threads);
            var asked = new AuditOptions { Shadows = shadows == 0 ? null : Engine().Shadows(data, shadows, run) };
            seconds += DefaultSpec.CpuSeconds(() => found = Audit.Run(data, asked, run));
            if (found!.LeakFound) flagged++;
            if (found.TraceFound) traces++;
            called += found.Attacks.Where(a => a.Name.StartsWith("membership", StringComparison.Ordinal)).MinBy(a => a.P)!.Main.Value;
            foreach (var attack in found.Attacks.Where(a => a.IsLeak)) by[attack.Name] = by.GetValueOrDefault(attack.Name) + 1;
            if (each is not null)
                foreach (var a in found.Attacks)
                    each.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{plant} {seed}: {a.Name}: p {a.P:G3}, adjusted {a.Adjusted:G3}, top {a.Top.Hits} of {a.Top.Trials}, ")
                        + string.Create(CultureInfo.InvariantCulture, $"epsilon {a.Epsilon:G3}, success {a.Main.Value:P2}"));
            if (PassesDcr(data, seed, threads)) passed++;
        }
        return string.Create(CultureInfo.InvariantCulture, $"| {plant} | {rows} | {flagged} of {trials} | {traces} | ")
            + string.Create(CultureInfo.InvariantCulture, $"{called / trials:P1} | {passed} | {seconds / trials:F2} | ")
            + $"{string.Join(", ", by.Select(b => $"{b.Key} {b.Value}"))} |";
    }

    /// <summary>The default engine under a spec that asks for nothing.</summary>
    private static Refitting Engine()
    {
        var faults = new DiagnosticBag();
        var spec = SpecReader.Parse("simulant: 1\nsource: none.csv\nengine: trees\n", "audit.yaml", faults);
        faults.ThrowIfErrors();
        return new Refitting(EngineTable.Shipped["trees"], spec!);
    }

    /// <summary>Whether neither figure of the distance to the closest record shows a sign of memory.</summary>
    internal static bool PassesDcr(Evaluation data, ulong seed, int threads)
    {
        var only = new HashSet<string> { MetricNames.DcrShare, MetricNames.DcrQ02 };
        return Validator.Measure(data, new ValidationOptions { Only = only }, RunContext.Quiet(seed, threads)).SignsOfMemory.Count == 0;
    }
}
