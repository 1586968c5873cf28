using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Runs;
using Simulant.Validation.Drift;

namespace Simulant.Bench.Speed;

/// <summary>
/// Drift of 3,000,000 rows of 20 columns in Parquet files; alarms over pairs of samples of one distribution, and over pairs in which
/// one correlation of .4 became .5.
/// </summary>
internal static class DriftBench
{
    public static readonly Benchmark Benchmark = new("drift",
        "3,000,000 rows of 20 columns; false alarms; a correlation that moves by .1", Run);

    private const int Numbers = 14, Categories = 6;

    private static void Run(BenchContext context)
    {
        using var folder = new ScratchFolder();
        int rows = context.Tiny ? 3_000 : 3_000_000;
        string before = folder.File("before.parquet"), now = folder.File("now.parquet");
        BenchTables.Write(Draw(rows, 1, 0.4), before, "parquet");
        BenchTables.Write(Draw(rows, 2, 0.4), now, "parquet");
        DriftOutcome Drift(string reference, string? current, string? save = null, int threads = 2) => new Corridor().Drift(
            new DriftRequest(reference) { Current = current is null ? [] : [current], Save = save, Threads = threads, Force = true },
            Silent.Instance, CancellationToken.None);
        string sketch = folder.File("before.sketch");
        Drift(before, null, sketch);
        DriftOutcome? found = null;
        double both = context.WallSeconds(() => found = Drift(before, now), repeats: 3);
        context.Check(found!.Advice == "keep", "two samples of one distribution");
        context.Check(Drift(before, now, threads: 1).Lines.Select(l => l.P).SequenceEqual(found.Lines.Select(l => l.P)), "threads");
        context.Figure($"{rows} rows against {rows}, both read", both, "wall s (2 threads)");
        context.Figure($"{rows} rows against a sketch", context.WallSeconds(() => Drift(sketch, now), repeats: 3), "wall s (2 threads)");
        CountAlarms(context);
    }

    private static void CountAlarms(BenchContext context)
    {
        int trials = context.Tiny ? 2 : 100, rows = context.Option("rows", context.Tiny ? 2_000 : 10_000);
        int alarms = 0, caught = 0, alone = 0;
        for (int t = 0; t < trials; t++)
        {
            var reference = Draw(rows, 100 + 3 * t, 0.4);
            var plan = DriftPlan.Of(reference);
            DriftResult Compare(Table current) =>
                DriftComparison.Compare(Sketch(plan, reference), Sketch(plan, current), new DriftOptions());
            if (Compare(Draw(rows, 101 + 3 * t, 0.4)).Advice != DriftAdvice.Keep) alarms++;
            var moved = Compare(Draw(rows, 102 + 3 * t, 0.5)).Findings.Where(f => f.Drifted).ToList();
            if (moved.Any(f => f.Columns is ["n0", "n1"])) caught++;
            if (moved is [{ Columns: ["n0", "n1"] }]) alone++;
        }
        context.Figure($"alarms, {trials} pairs of {rows} rows alike", alarms, "");
        context.Figure($"caught, correlation .4 to .5, {trials} pairs", caught, "");
        context.Figure("of which nothing else raised an alarm", alone, "");
    }

    private static DriftSketch Sketch(DriftPlan plan, Table table)
    {
        var sketch = new DriftSketch(plan);
        sketch.Add(table, 2, CancellationToken.None);
        return sketch;
    }

    /// <summary>Fourteen numbers (skewed, with gaps, with few values) and six categories; the first two numbers correlate.</summary>
    private static Table Draw(int rows, int seed, double correlation)
    {
        var random = new RandomStream((ulong)seed, "bench/drift");
        double[][] normal = new double[Numbers][];
        for (int c = 0; c < Numbers; c++)
        {
            normal[c] = new double[rows];
            for (int i = 0; i < rows; i++) normal[c][i] = random.Normal(i, c);
        }
        for (int i = 0; i < rows; i++)
        {
            normal[1][i] = correlation * normal[0][i] + Math.Sqrt(1 - correlation * correlation) * normal[1][i];
            normal[3][i] = 0.8 * normal[2][i] + 0.6 * normal[3][i];
        }
        var columns = new Column[Numbers + Categories];
        for (int c = 0; c < Numbers; c++)
        {
            double[] values = normal[c];
            for (int i = 0; i < rows; i++)
                values[i] = (c % 4) switch
                {
                    0 => Math.Round(values[i], 3),
                    1 => Math.Round(Math.Exp(values[i]), 2),
                    2 => random.Uniform(i, 50 + c) < 0.1 ? double.NaN : Math.Floor(10 * values[i]),
                    _ => Math.Max(0, Math.Floor(2 * values[i])),
                };
            columns[c] = new NumericColumn(new ColumnSchema("n" + c, c % 4 < 2 ? ColumnKind.Decimal : ColumnKind.Integer), values);
        }
        for (int c = 0; c < Categories; c++)
        {
            int levels = 2 + 5 * c;
            int[] codes = new int[rows];
            for (int i = 0; i < rows; i++)
                codes[i] = c > 0 && random.Uniform(i, 70 + c) < 0.3 ? i % 2 : (int)(levels * Math.Pow(random.Uniform(i, 80 + c), 2));
            columns[Numbers + c] = new CodedColumn(new ColumnSchema("c" + c, ColumnKind.Category), codes,
                [.. Enumerable.Range(0, levels).Select(l => "level " + l)]);
        }
        return new Table("drift", columns);
    }

    private sealed class Silent : IProgress<StageProgress>
    {
        public static readonly Silent Instance = new();
        public void Report(StageProgress value) { }
    }
}
