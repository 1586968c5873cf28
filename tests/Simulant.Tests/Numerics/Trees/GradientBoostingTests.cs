using Simulant.Data;
using Simulant.Numerics;
using Simulant.Numerics.Trees;
using Xunit;

namespace Simulant.Tests.Numerics.Trees;

public class GradientBoostingTests
{
    // Expected values were made by this program (Python 3.11, xgboost 1.7.4, numpy 1.24):
    //
    //   import numpy as np, xgboost as xgb
    //   def lcg(n, seed):
    //       out, x = [], seed
    //       for _ in range(n):
    //           x = x * 48271 % 2147483647
    //           out.append(x)
    //       return np.array(out)
    //   n = 600
    //   X = np.stack([lcg(n, 1) // 7 % 40, lcg(n, 2) // 7 % 12, lcg(n, 3) // 7 % 100, lcg(n, 4) // 7 % 3], 1).astype(float)
    //   noise = (lcg(n, 5) // 7 % 1000) / 1000
    //   s = X[:, 0] / 40 + (X[:, 1] > 6) * X[:, 2] / 100 + noise
    //   M = X.copy(); M[lcg(n, 6) // 7 % 10 < 2, 2] = np.nan
    //   yb = (s > 1.2).astype(float); ym = (s > .8) * 1. + (s > 1.4); yr = 10 * s
    //   for obj, y, extra in (('binary:logistic', yb, {}), ('multi:softprob', ym, {'num_class': 3}),
    //                         ('reg:squarederror', yr, {})):
    //       p = dict(objective=obj, max_depth=4, eta=.3, tree_method='hist', max_bin=256, base_score=.5, **extra)
    //       b = xgb.train(p, xgb.DMatrix(M, y), 20)
    //       m = b.predict(xgb.DMatrix(M), output_margin=True)
    //       print(m[:6].ravel(), np.abs(m).sum(), b.get_score(importance_type='total_gain'))
    //   H = np.concatenate([M[:, :1], (X[:, 1:2] == np.arange(12)).astype(float), M[:, 2:]], 1)
    //   ... the first objective again on H, for splits of one level against the rest.
    private const int Rows = 600;

    private static readonly BoostingOptions Options = new() { Trees = 20, Depth = 4 };

    private static long[] Lcg(int seed)
    {
        long[] made = new long[Rows];
        long x = seed;
        for (int i = 0; i < Rows; i++) made[i] = x = x * 48271 % 2147483647;
        return made;
    }

    private static (double[][] Columns, double[] Score) Data()
    {
        double[][] columns = new double[4][];
        int[] sizes = [40, 12, 100, 3];
        for (int c = 0; c < 4; c++) columns[c] = [.. Lcg(c + 1).Select(v => (double)(v / 7 % sizes[c]))];
        long[] noise = Lcg(5), missing = Lcg(6);
        double[] score = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            score[i] = columns[0][i] / 40 + (columns[1][i] > 6 ? columns[2][i] / 100 : 0) + noise[i] / 7 % 1000 / 1000.0;
            if (missing[i] / 7 % 10 < 2) columns[2][i] = double.NaN;
        }
        return (columns, score);
    }

    private static int[] All(int count) => [.. Enumerable.Range(0, count)];

    private static void Agrees(double[] margins, double[] first, double absoluteSum)
    {
        for (int i = 0; i < first.Length; i++) Assert.Equal(first[i], margins[i], 2e-4);
        Assert.Equal(absoluteSum, margins.Sum(Math.Abs), 0.05);
    }

    private static double[] Fit(double[] labels, BoostingOptions options, double[] totalGain)
    {
        var matrix = BinnedMatrix.BuildOrdered(Data().Columns);
        var model = GradientBoosting.Fit(matrix, All(Rows), labels, options);
        for (int f = 0; f < 4; f++) Assert.Equal(totalGain[f], model.FeatureGains[f], totalGain[f] * 1e-3);
        return model.PredictMargins(matrix, All(Rows));
    }

    [Fact]
    public void Logistic_margins_equal_those_of_xgboost() => Agrees(
        Fit([.. Data().Score.Select(s => s > 1.2 ? 1.0 : 0)], Options, [353.09, 309.26, 233.98, 15.49]),
        [-2.15817, 1.11285, 4.17943, -1.45316, -4.33057, -0.64387], 1282.282);

    [Fact]
    public void Softmax_margins_equal_those_of_xgboost() => Agrees(
        Fit([.. Data().Score.Select(s => (s > .8 ? 1.0 : 0) + (s > 1.4 ? 1 : 0))],
            Options with { Objective = BoostingObjective.Softmax, Classes = 3 }, [562.0, 376.92, 416.44, 34.67]),
        [
            0.20404, 1.9808, -2.17876, -0.32569, 1.84079, -0.06818, -1.45818, -0.11232, 2.36915, -2.5975, 2.05504, 0.10697,
            1.56309, -0.15481, -2.34778, -2.31792, 1.67517, 0.53768,
        ], 2489.862);

    [Fact]
    public void Regression_values_equal_those_of_xgboost() => Agrees(
        Fit([.. Data().Score.Select(s => 10 * s)], Options with { Objective = BoostingObjective.SquaredError },
            [8998.19, 8278.59, 3711.33, 310.16]),
        [9.05368, 12.60863, 17.03173, 10.77015, 1.60502, 13.21903], 7138.405);

    [Fact]
    public void Splits_on_levels_equal_those_of_xgboost_on_one_hot_columns()
    {
        var (columns, score) = Data();
        BinnedFeature[] features = [.. columns.Select((c, i) => i == 1 ? BinnedFeature.OneHot(12) : BinnedFeature.Ordered(c))];
        var matrix = BinnedMatrix.Build(features, columns);
        var model = GradientBoosting.Fit(matrix, All(Rows), [.. score.Select(s => s > 1.2 ? 1.0 : 0)], Options);
        Agrees(model.PredictMargins(matrix, All(Rows)), OneHotFirst, OneHotSum);
    }

    private static readonly double[] OneHotFirst = [-1.59177, -0.1519, 1.84608, -1.0848, -3.70522, -0.36453];
    private const double OneHotSum = 984.486;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Threads_change_no_bit(int threads)
    {
        var random = new Simulant.Numerics.Random.RandomStream(1, "trees");
        double[][] columns = [.. Enumerable.Range(0, 9).Select(c => All(30_000).Select(i => random.Normal(i, c)).ToArray())];
        double[] labels = [.. All(30_000).Select(i => columns[0][i] * columns[3][i] + random.Normal(i, 99) > 0 ? 1.0 : 0)];
        var matrix = BinnedMatrix.BuildOrdered(columns);
        var options = new BoostingOptions { Trees = 5 };
        var one = GradientBoosting.Fit(matrix, All(30_000), labels, options);
        var many = GradientBoosting.Fit(matrix, All(30_000), labels, options, Work.Loop(RunContext.Quiet(0, threads)));
        Assert.Equal(one.PredictMargins(matrix, All(30_000)), many.PredictMargins(matrix, All(30_000)));
    }

    [Fact]
    public void Bins_never_tear_a_value_and_hold_about_equal_counts()
    {
        var random = new Simulant.Numerics.Random.RandomStream(2, "bins");
        double[] values = [.. All(20_000).Select(i => random.Uniform(i, 0) < .5 ? 0 : Math.Round(random.Normal(i, 1), 3))];
        var feature = BinnedFeature.Ordered(values);
        var counts = values.GroupBy(v => feature.BinOf(v)).ToDictionary(g => g.Key, g => (g.Count(), g.Distinct().Count()));
        Assert.InRange(feature.Bins, 200, 255);
        Assert.Equal(feature.Bins, counts.Count);
        Assert.Equal(1, counts[feature.BinOf(0)].Item2);
        Assert.All(counts.Where(c => c.Key != feature.BinOf(0)), c => Assert.InRange(c.Value.Item1, 1, 120));
        Assert.Equal(feature.Bins, feature.BinOf(double.NaN));
        Assert.Equal(0, feature.BinOf(double.NegativeInfinity));
        Assert.Equal(feature.Bins - 1, feature.BinOf(double.PositiveInfinity));
    }

    [Fact]
    public void Constant_and_missing_columns_give_the_base_score()
    {
        double[][] columns = [[.. Enumerable.Repeat(1.0, 50)], [.. Enumerable.Repeat(double.NaN, 50)]];
        var matrix = BinnedMatrix.BuildOrdered(columns);
        double[] labels = [.. All(50).Select(i => i < 10 ? 1.0 : 0)];
        var model = GradientBoosting.Fit(matrix, All(50), labels, new BoostingOptions { Trees = 60 });
        Assert.All(model.Predict(matrix, All(50)), p => Assert.Equal(.2, p, 1e-3));
    }

    [Fact]
    public void Labels_out_of_range_are_refused()
    {
        var matrix = BinnedMatrix.BuildOrdered([[1.0, 2.0]]);
        var options = new BoostingOptions();
        Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(matrix, [0, 1], [0, 2], options));
        Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(matrix, [], [0, 1], options));
        Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(
            matrix, [0, 1], [0, 3], options with { Objective = BoostingObjective.Softmax, Classes = 3 }));
        Assert.Throws<ArgumentException>(() => GradientBoosting.Fit(
            matrix, [0, 1], [0, double.NaN], options with { Objective = BoostingObjective.SquaredError }));
    }
}
