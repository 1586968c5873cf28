using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
using Simulant.Validation.Comparison;
using Simulant.Validation.Fidelity;

namespace Simulant.Bench.Speed;

/// <summary>Shapes and trends of 32,561 rows against 32,561 and 1,000,000 (SDMetrics: 1.25 s and 7.8 s), Adult's columns.</summary>
internal static class FidelityBench
{
    public static readonly Benchmark Benchmark = new("fidelity", "shapes and trends of 15 columns, 32,561 against 1,000,000 rows", Run);

    // Distinct values of Adult's columns; 0 is near-unique, negative is coded.
    private static readonly int[] Sizes = [73, -9, 0, -16, 16, -7, -15, -6, -5, -2, 119, 92, 94, -42, -2];

    private static Table Draw(int rows, string name)
    {
        var random = new RandomStream(6, name);
        var columns = new Column[Sizes.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            int size = Math.Abs(Sizes[c]);
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                double u = 0.7 * random.Uniform(i, c) + 0.3 * random.Uniform(i, 99);
                values[i] = size == 0 ? Math.Floor(1.2e4 + 1.4e6 * u * u) : Math.Floor(size * (size > 80 ? Math.Pow(u, 6) : u));
            }
            columns[c] = Sizes[c] >= 0
                ? new NumericColumn(new ColumnSchema("n" + c, ColumnKind.Integer), values)
                : new CodedColumn(new ColumnSchema("c" + c, ColumnKind.Category), [.. values.Select(v => (int)v)],
                    [.. Enumerable.Range(0, size).Select(l => "level " + l)]);
        }
        return new Table(name, columns);
    }

    private static void Run(BenchContext context)
    {
        int small = context.Tiny ? 500 : 32_561, large = context.Tiny ? 2_000 : 1_000_000;
        Table training = Draw(small, "training"), holdout = training.Slice(0, 0);
        foreach (int rows in (int[])[small, large])
        {
            var synthetic = Draw(rows, "synthetic");
            var data = new Evaluation(Dataset.Of(training), Dataset.Of(holdout), Dataset.Of(synthetic));
            var options = new ValidationOptions { Only = new HashSet<string> { MetricNames.Shapes, MetricNames.Trends } };
            ValidationResult? found = null;
            double seconds = context.CpuSeconds(() => found = Validator.Measure(data, options, RunContext.Quiet(1, 2)));
            double wall = context.WallSeconds(() => found = Validator.Measure(data, options, RunContext.Quiet(1, 2)));
            Check(context, data, found!);
            context.Figure($"shapes and trends, {small} against {rows}", seconds, "CPU s");
            context.Figure($"shapes and trends, {small} against {rows}", wall, "wall s (2 threads)");
        }
    }

    /// <summary>One pair of each kind, from the definitions.</summary>
    private static void Check(BenchContext context, Evaluation data, ValidationResult found)
    {
        var tables = ComparedTables.Of(data);
        ComparedColumn sex = tables.Columns[9], race = tables.Columns[8], weight = tables.Columns[2];
        Dictionary<(int, int), double> Shares(Part part) => sex.Codes(part).Zip(race.Codes(part)).GroupBy(p => p)
            .ToDictionary(g => g.Key, g => (double)g.Count() / tables.Rows(part));
        Dictionary<(int, int), double> p = Shares(Part.Training), q = Shares(Part.Synthetic);
        double tv = p.Keys.Union(q.Keys).Sum(k => Math.Abs(p.GetValueOrDefault(k) - q.GetValueOrDefault(k))) / 2;
        double trend = found.Trends!.Worst.Single(w => (w.First, w.Second) == (8, 9)).Trend;
        context.Check(Math.Abs(1 - tv - trend) < 1e-12, "trend of two categories by counting");
        double[] x = [.. weight.Values(Part.Training).Order()], y = [.. weight.Values(Part.Synthetic).Order()];
        double widest = 0;
        int at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            while (at < y.Length && y[at] < x[i]) at++;
            widest = Math.Max(widest, Math.Abs((double)i / x.Length - (double)at / y.Length));
        }
        double ks = 1 - Shapes.Similarity(weight, Part.Training, Part.Synthetic);
        context.Check(ks >= widest - 1e-12 && ks < widest + 2.0 / x.Length, "gap of the distribution functions by walking both");
    }
}
