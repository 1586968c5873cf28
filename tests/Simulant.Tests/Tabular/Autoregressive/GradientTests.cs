using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Autoregressive;
using Xunit;

namespace Simulant.Tests.Tabular.Autoregressive;

public class GradientTests
{
    private static readonly RandomStream Random = new(5, "gradient test");

    /// <summary>An ordered sub-column with waves, a nominal one, and one of two digits.</summary>
    private static readonly NetworkShape Shape = new([(0, 12, 11), (1, 3, 0), (2, 5, 0), (2, 6, 0)], 1);

    private static (float[] Weights, int[][] Codes, int[] Rows) Case(int rows)
    {
        float[] weights = [.. Enumerable.Range(0, Shape.Weights).Select(i => (float)(0.3 * Random.Normal(i, 0)))];
        int[][] codes = [.. Shape.Fields.Select((f, k) => Enumerable.Range(0, 80).Select(r => Random.Below(f.Codes, r, 10 + k)).ToArray())];
        return (weights, codes, [.. Enumerable.Range(0, rows).Select(r => (r * 3) % 80)]);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(41, 3)]
    public void The_gradient_is_the_slope_of_the_loss(int rows, int dropped)
    {
        var (weights, codes, list) = Case(rows);
        var order = new FieldOrder(Shape, [2, 0, 1]);
        var gradient = new Gradient(Shape);
        var dropout = new Dropout(Random, 9, 1, dropped);
        double Loss(float[] at)
        {
            gradient.Backward(at, codes, list, order, 0.5f, dropout);
            return 0.5 * gradient.LossOf.Sum();
        }
        foreach (var f in Shape.Fields)
            foreach (var (start, count) in ((int, int)[])[(f.Embedding, f.Codes * f.Dim), (f.First, Shape.Inputs * f.Hidden),
                (f.FirstBias, f.Hidden), (f.Last, f.Codes * f.Hidden), (f.LastBias, f.Codes), (f.Bend, f.WaveCount * f.Hidden)])
            {
                double[] step = new double[weights.Length];
                for (int i = start; i < start + count; i++) step[i] = Random.Normal(i, 20);
                // Longer steps cross bends of the hidden units, shorter ones drown in rounding.
                const double h = 1e-4;
                Loss(weights);
                double slope = gradient.Values.Zip(step, (g, s) => g * s).Sum();
                double up = Loss([.. weights.Zip(step, (w, s) => (float)(w + h * s))]);
                double down = Loss([.. weights.Zip(step, (w, s) => (float)(w - h * s))]);
                double along = (up - down) / (2 * h);
                Assert.Equal(along, slope, 0.04 * (1 + Math.Abs(along)));
            }
    }

    [Fact]
    public void A_sub_column_sees_only_those_before_it()
    {
        var (weights, codes, list) = Case(64);
        var gradient = new Gradient(Shape);
        var order = new FieldOrder(Shape, [2, 0, 1]);
        gradient.Forward(weights, codes, list, order);
        double[] before = [.. gradient.LossOf];
        codes[1] = [.. codes[1].Select(c => (c + 1) % 3)]; // the last column in this order
        gradient.Forward(weights, codes, list, order);
        for (int f = 0; f < before.Length; f++)
            if (f == 1) Assert.NotEqual(before[f], gradient.LossOf[f]);
            else Assert.Equal(before[f], gradient.LossOf[f]);
        codes[2] = [.. codes[2].Select(c => (c + 1) % 5)]; // the first: everything after it changes
        double[] then = [.. gradient.LossOf];
        gradient.Forward(weights, codes, list, order);
        Assert.All(Enumerable.Range(0, 4), f => Assert.NotEqual(then[f], gradient.LossOf[f]));
    }

    [Fact]
    public void The_loss_is_minus_the_log_of_the_probabilities()
    {
        var (_, codes, list) = Case(64);
        float[] weights = new float[Shape.Weights]; // all zero: every code as likely as another
        var gradient = new Gradient(Shape);
        gradient.Forward(weights, codes, list, new FieldOrder(Shape, [0, 1, 2]));
        for (int f = 0; f < Shape.Fields.Count; f++) Assert.Equal(64 * Math.Log(Shape.Fields[f].Codes), gradient.LossOf[f], 1e-3);
    }

    [Fact]
    public void Dropout_leaves_out_its_share_and_keeps_the_mean()
    {
        float[] hidden = new float[64 * 64];
        Array.Fill(hidden, 1f);
        new Dropout(Random, 3, 0, 2).Apply(1, hidden);
        Assert.InRange(hidden.Count(h => h == 0) / (double)hidden.Length, 0.22, 0.28);
        Assert.All(hidden, h => Assert.True(h == 0 || h == 8f / 6));
        Assert.InRange(hidden.Average(), 0.96, 1.04);
    }

    [Fact]
    public void A_loss_that_is_no_number_rolls_back_and_says_so()
    {
        var (weights, codes, _) = Case(0);
        var notes = new List<string>();
        var run = RunContext.Quiet(1) with { Progress = new Notes(notes) };
        var options = new TrainingOptions(12, 64, 1e30, 0, 0.2, true, 6, 0);
        var training = new Training(Shape, [.. weights], codes, 80, [0, 1, 2], options, run);
        var curve = training.Fit()!;
        float[] fitted = training.Outcome;
        Assert.Contains("the losses were no numbers: back to the weights of the beginning, at half the step", notes);
        Assert.True(curve.HasWarnings);
        Assert.Equal("the losses were no numbers 6 times", curve.Ending);
        Assert.All(fitted, w => Assert.True(float.IsFinite(w)));
        Assert.Equal(weights, fitted); // nothing better was ever reached
    }

    private sealed class Notes(List<string> into) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => into.Add(value.Note ?? "");
    }
}
