using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Validation.Statistics;

namespace Simulant.Bench.Speed;

/// <summary>One judge's fit: 65,122 rows of 15 columns like Adult's, 100 trees of depth 6.</summary>
internal static class BoostingBench
{
    public static readonly Benchmark Benchmark = new("boosting", "boosted trees, 100 of depth 6 on 65,122 rows of 15 columns", Run);

    private static void Run(BenchContext context)
    {
        int rows = context.Tiny ? 2_000 : 65_122;
        var random = new RandomStream(3, "bench/boosting");
        int[] sizes = [73, 9, 0, 16, 16, 7, 15, 6, 5, 2, 119, 92, 94, 42, 2];
        double[][] columns = new double[sizes.Length][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                double u = random.Uniform(i, c);
                columns[c][i] = sizes[c] == 0 ? 1e6 * u : Math.Floor(sizes[c] * u * u * (sizes[c] > 90 ? u * u : 1));
            }
        }
        double[] labels = new double[rows];
        for (int i = 0; i < rows; i++)
            labels[i] = columns[0][i] / 73 + columns[13][i] / 42 * columns[8][i] / 5 + 0.5 * random.Normal(i, 50) > 0.6 ? 1 : 0;
        int[] all = [.. Enumerable.Range(0, rows)];
        BinnedMatrix? matrix = null;
        double bin = context.CpuSeconds(() => matrix = BinnedMatrix.BuildOrdered(columns), 3);
        GradientBoosting? model = null;
        var options = new BoostingOptions { Trees = context.Tiny ? 10 : 100 };
        double fit = context.CpuSeconds(() => model = GradientBoosting.Fit(matrix!, all, labels, options), 3);
        double[] margins = [];
        double predict = context.CpuSeconds(() => margins = model!.PredictMargins(matrix!, all), 3);
        double auc = RankedScores.Auc(margins, [.. labels.Select(l => l == 1)]);
        context.Check(auc > 0.75, "the trees learn what the labels follow");
        var threaded = GradientBoosting.Fit(matrix!, all, labels, options, Work.Loop(RunContext.Quiet(0, 2)));
        context.Check(threaded.PredictMargins(matrix!, all).AsSpan().SequenceEqual(margins), "two threads give the same bits");
        context.Result(MemoryMarshal.AsBytes<double>(margins));
        context.Figure("cut and bin", bin, "CPU s");
        context.Figure("fit", fit, "CPU s");
        context.Figure("predict", predict, "CPU s");
    }
}
