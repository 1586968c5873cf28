using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Copula;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Copula;

/// <summary>The copula as the frame sees it, on data that is drawn from a known copula.</summary>
public class CopulaEngineTests
{
    private const int Rows = 20_000;
    private static readonly RandomStream Truth = new(11, "truth");

    /// <summary>x and y correlated at 0.6, a zero-inflated z at 0.5 with x, a category of three by x's tertiles and
    /// noise.</summary>
    private static ModelTable Training(double missing = 0)
    {
        double[][] values = [new double[Rows], new double[Rows], new double[Rows], new double[Rows]];
        for (int r = 0; r < Rows; r++)
        {
            double a = Truth.Normal(r, 0), b = 0.6 * a + 0.8 * Truth.Normal(r, 1),
                c = 0.5 * a + Math.Sqrt(0.75) * Truth.Normal(r, 2);
            double d = 0.7 * a + Math.Sqrt(0.51) * Truth.Normal(r, 3);
            values[0][r] = Math.Exp(a);
            values[1][r] = Truth.Uniform(r, 9) < missing ? double.NaN : Math.Round(10 * b);
            values[2][r] = c < 0.5 ? 0 : c;
            values[3][r] = d < -0.43 ? 2 : d < 0.43 ? 0 : 1;
        }
        ModelColumn[] columns = [new("x", 0, false, 0, false), new("y", 0, false, 1, false),
            new("z", 0, false, 0, false), new("k", 3, false, 0, false)];
        return new ModelTable(columns, values, Rows, []);
    }

    private static DrawBatch Draw(ITableModel model, int count, params Allowed[] allowed)
    {
        long[] items = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(5, "table"), items, new int[count], 4, allowed);
        model.Draw(batch, CancellationToken.None);
        return batch;
    }

    [Fact]
    public void Marginals_and_correlations_of_a_copula_are_found_again()
    {
        var training = Training(0.1);
        var model = (CopulaModel)new CopulaEngine().Fit(training, null, RunContext.Quiet(1));
        int x = model.FirstLatent(0), y = model.FirstLatent(1), z = model.FirstLatent(2);
        Assert.Equal(0.5, model.Correlation[x, z], 0.02);
        // A tenth of y is missing at random and lies at the low end, which takes a part of its correlation.
        Assert.InRange(model.Correlation[x, y], 0.42, 0.6);
        double[][] drawn = Draw(model, Rows).Values;
        for (int c = 0; c < 4; c++) Assert.InRange(Distance(training.Values[c], drawn[c]), 0, 0.02);
        Assert.All(drawn[1].Where(v => !double.IsNaN(v)), v => Assert.Equal(Math.Round(v), v));
    }

    [Fact]
    public void Candidates_depend_on_their_address_alone()
    {
        var model = new CopulaEngine().Fit(Training(), null, RunContext.Quiet(1));
        var allowed = new Allowed(3, [1.0], double.NaN, double.NaN);
        foreach (Allowed[] restriction in new[] { Array.Empty<Allowed>(), [allowed] })
        {
            var whole = Draw(model, 1000, restriction);
            long[] items = [999, 5, 17, 5];
            var part = new DrawBatch(new RandomStream(5, "table"), items, [0, 0, 0, 1], 4, restriction);
            model.Draw(part, CancellationToken.None);
            for (int c = 0; c < 4; c++)
                for (int r = 0; r < 3; r++) Assert.Equal(whole.Values[c][items[r]], part.Values[c][r]);
            Assert.NotEqual(part.Values[0][1], part.Values[0][3]);
        }
    }

    [Fact]
    public void Fitting_does_not_depend_on_threads_and_models_survive_saving()
    {
        var training = Training(0.05);
        byte[] Bytes(int threads)
        {
            using var memory = new MemoryStream();
            using (var writer = new BinaryWriter(memory)) new CopulaEngine().Fit(training,
                null, RunContext.Quiet(1, threads)).Save(writer);
            return memory.ToArray();
        }
        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(4));
        var loaded = new CopulaEngine().Load(new BinaryReader(new MemoryStream(one)), training.Columns);
        var model = new CopulaEngine().Fit(training, null, RunContext.Quiet(1));
        for (int c = 0; c < 4; c++) Assert.Equal(Draw(model, 500).Values[c], Draw(loaded, 500).Values[c]);
    }

    [Fact]
    public void A_single_restriction_is_met_exactly_with_one_weight_and_follows_the_condition()
    {
        var model = new CopulaEngine().Fit(Training(), null, RunContext.Quiet(1));
        Assert.True(model.RestrictsExactly([3]));
        double[][] free = Draw(model, Rows).Values;
        Allowed[] restrictions =
        [
            new(3, [1.0], double.NaN, double.NaN), new(3, [0.0, 2.0], double.NaN, double.NaN),
            new(0, null, 2, 5), new(1, [3.0, -7.0], double.NaN, double.NaN), new(2, [0.0], double.NaN, double.NaN),
        ];
        foreach (var allowed in restrictions)
        {
            var batch = Draw(model, Rows, allowed);
            Assert.All(batch.Values[allowed.Column], v => Assert.True(allowed.Holds(v), $"{v}"));
            double share = free[allowed.Column].Count(allowed.Holds) / (double)Rows;
            Assert.All(batch.LogWeights, w => Assert.Equal(batch.LogWeights[0], w, 1e-9));
            Assert.Equal(share, Math.Exp(batch.LogWeights[0]), 5 * Math.Sqrt(share / Rows) + 1e-3);
            // The other columns as rejection would leave them.
            for (int c = 0; c < 4; c++)
            {
                if (c == allowed.Column) continue;
                double[] kept = [.. free[c].Where((_, r) => allowed.Holds(free[allowed.Column][r]))];
                Assert.InRange(Distance(kept, batch.Values[c]), 0, 2.4 / Math.Sqrt(kept.Length));
            }
        }
    }

    [Fact]
    public void Several_restrictions_are_weighted_to_the_condition()
    {
        var model = new CopulaEngine().Fit(Training(), null, RunContext.Quiet(1));
        Allowed[] both = [new(0, null, 1.5, 4), new(3, [1.0], double.NaN, double.NaN)];
        var free = Draw(model, 60_000).Values;
        var batch = Draw(model, Rows, both);
        Assert.All(batch.Values[0], v => Assert.InRange(v, 1.5, 4));
        Assert.All(batch.Values[3], v => Assert.Equal(1, v));
        double[] kept = [.. free[1].Where((_, r) => free[0][r] is >= 1.5 and <= 4 && free[3][r] == 1)];
        double[] weights = [.. batch.LogWeights.Select(Math.Exp)];
        Assert.Equal(kept.Length / 60_000.0, weights.Average(), 0.01);
        double mean = batch.Values[1].Zip(weights, (v, w) => v * w).Sum() / weights.Sum();
        double spread = Math.Sqrt(kept.Average(v => (v - kept.Average()) * (v - kept.Average())));
        Assert.Equal(kept.Average(), mean, 5 * spread / Math.Sqrt(kept.Length));
    }

    [Fact]
    public void Fitted_marginals_choose_the_family()
    {
        double[] values = [.. Enumerable.Range(0, 5000).Select(i => Math.Exp(1 + 0.5 * Truth.Normal(i, 40)))];
        var marginal = FittedMarginal.Choose(values, 0);
        Assert.NotNull(marginal);
        double[] drawn = new double[5000];
        float[] latents = [.. Enumerable.Range(0, 5000).Select(i => (float)Truth.Normal(i, 41))];
        marginal.Values([latents], drawn, 5000);
        Assert.InRange(Distance(values, drawn), 0, 0.04);
        Assert.Null(FittedMarginal.Choose([1, 2, 3, double.NaN], 0));
    }

    [Theory]
    [InlineData("marginals", "parametric"), InlineData("latents", "0"), InlineData("latens", "3")]
    public void Options_at_fault_are_named(string key, string value)
    {
        var at = new SourcePosition("s.yaml", 3, 4);
        var options = new SpecMap([new SpecEntry(key, at, new SpecScalar(value, false, at))], at);
        var fault = Assert.Throws<SpecException>(() => new CopulaEngine().Fit(Training(), options, RunContext.Quiet(1)));
        Assert.Equal(3, Assert.Single(fault.Diagnostics).At.Line);
    }

    /// <summary>Kolmogorov-Smirnov distance; missing values are the lowest.</summary>
    private static double Distance(double[] a, double[] b)
    {
        double[] x = [.. a.Order()], y = [.. b.Order()];
        double worst = 0;
        foreach (double v in x.Concat(y).Distinct())
            worst = Math.Max(worst, Math.Abs((double)Upper(x, v) / x.Length - (double)Upper(y, v) / y.Length));
        return worst;
    }

    private static int Upper(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].CompareTo(value) <= 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
