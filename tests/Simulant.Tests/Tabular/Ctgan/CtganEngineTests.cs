using System.Text;
using Simulant.Data;
using Simulant.Tabular.Ctgan;
using Simulant.Tabular.Frame;
using Simulant.Tests.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Ctgan;

public class CtganEngineTests
{
    private static readonly Lazy<ITableModel> Model = new(() => Fit(1, "epochs: 60, batch: 200, pac: 5, width: 64, learning_rate: 0.001"));

    private static ITableModel Fit(int threads, string options) =>
        new CtganEngine().Fit(KnownJoint.Table(), KnownJoint.Options(options), RunContext.Quiet(1, threads));

    [Fact]
    public void The_joint_is_learned_as_far_as_such_networks_do()
    {
        double[][] v = KnownJoint.Draw(Model.Value, 20_000).Values;
        for (int c = 0; c < 3; c++) Assert.Equal(KnownJoint.Share(c), v[0].Count(x => x == c) / 20_000.0, 0.05);
        for (int c = 0; c < 3; c++)
        {
            int[] rows = [.. Enumerable.Range(0, 20_000).Where(r => v[0][r] == c)];
            Assert.Equal(KnownJoint.MeanOf(c), rows.Average(r => v[2][r]), 6.0);
            Assert.InRange(rows.Count(r => v[1][r] == c) / (double)rows.Length, 0.6, 1);
        }
    }

    [Fact]
    public void A_condition_on_one_discrete_column_is_exact()
    {
        Allowed[] allowed = [new(0, [1, 2], 0, 0)];
        Assert.True(Model.Value.RestrictsExactly(allowed));
        var under = KnownJoint.Draw(Model.Value, 8000, allowed);
        Assert.All(under.LogWeights, w => Assert.Equal(0, w));
        Assert.All(under.Values[0], x => Assert.True(x is 1 or 2));
        double[] real = KnownJoint.Table().Values[0];
        double second = real.Count(x => x == 2) / (double)real.Count(x => x > 0);
        Assert.Equal(second, under.Values[0].Average(x => x == 2 ? 1.0 : 0), 0.002);
        int[] ones = [.. Enumerable.Range(0, 8000).Where(r => under.Values[0][r] == 1)];
        Assert.Equal(KnownJoint.MeanOf(1), ones.Average(r => under.Values[2][r]), 6.0);
    }

    [Fact]
    public void Other_restrictions_are_met_and_weighted()
    {
        Allowed[] allowed = [new(1, [0], 0, 0), new(2, null, -20, 15)];
        Assert.False(Model.Value.RestrictsExactly(allowed));
        Assert.False(Model.Value.RestrictsExactly([allowed[1]]));
        var under = KnownJoint.Draw(Model.Value, 4000, allowed);
        Assert.All(under.Values[1], x => Assert.Equal(0, x));
        for (int r = 0; r < 4000; r++)
            Assert.Equal(allowed[1].Holds(under.Values[2][r]), !double.IsNegativeInfinity(under.LogWeights[r]));
        Assert.InRange(under.LogWeights.Count(double.IsFinite), 100, 4000);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_model()
    {
        byte[] one = Saved(Fit(1, "epochs: 2"));
        Assert.Equal(one, Saved(Fit(2, "epochs: 2")));
        Assert.Equal(one, Saved(Fit(8, "epochs: 2")));
    }

    [Fact]
    public void The_curve_tells_losses_and_variety()
    {
        var curve = ((ITrained)Model.Value).Training!;
        Assert.Equal((60, 60), (curve.Epochs, curve.Kept));
        Assert.Equal(["critic", "generator", "distance", "levels", "pairs", "entropy"], curve.Series.Select(s => s.Name));
        Assert.InRange(curve.Series[3].Values[^1], 0.9, 1);
        Assert.True(curve.Series[2].Values[^1] < curve.Series[2].Values[1]);
    }

    /// <summary>Without packs and penalty, in long steps, a generator draws the same again and again, and that is said.</summary>
    [Fact]
    public void Mode_collapse_is_warned_of()
    {
        var collapsed = ((ITrained)Fit(1, "epochs: 10, pac: 1, gradient_penalty: 0, learning_rate: 0.03, batch: 50")).Training!;
        Assert.True(collapsed.HasWarnings);
        Assert.Contains(collapsed.Events, e => e.Text.Contains("mode collapse", StringComparison.Ordinal));
    }

    [Fact]
    public void Early_stopping_ends_before_the_last_epoch_and_keeps_the_nearest()
    {
        var curve = ((ITrained)Fit(1, "epochs: 300, early_stopping: true, patience: 3, learning_rate: 0.002")).Training!;
        Assert.InRange(curve.Epochs, 4, 299);
        var distances = curve.Series[2].Values;
        Assert.Equal(distances.Skip(1).Min(), distances[curve.Kept]);
    }

    private static readonly Lazy<ITableModel> Repaired =
        new(() => Fit(1, "repairs: true, epochs: 60, batch: 100, pac: 5, width: 64, learning_rate: 0.001"));

    [Fact]
    public void Repaired_it_knows_what_a_column_says_of_the_next()
    {
        double[][] v = KnownJoint.Draw(Repaired.Value, 20_000).Values;
        for (int c = 0; c < 3; c++)
        {
            int[] rows = [.. Enumerable.Range(0, 20_000).Where(r => v[0][r] == c)];
            Assert.Equal(KnownJoint.Share(c), rows.Length / 20_000.0, 0.04);
            Assert.Equal(KnownJoint.MeanOf(c), rows.Average(r => v[2][r]), 3.0);
            Assert.Equal(0.8 + 0.2 / 3, rows.Count(r => v[1][r] == c) / (double)rows.Length, 0.06);
        }
    }

    [Fact]
    public void Repaired_it_meets_a_condition_on_one_discrete_column_exactly()
    {
        Allowed[] allowed = [new(0, [1, 2], 0, 0)];
        Assert.True(Repaired.Value.RestrictsExactly(allowed));
        var under = KnownJoint.Draw(Repaired.Value, 8000, allowed);
        Assert.All(under.LogWeights, w => Assert.Equal(0, w));
        Assert.All(under.Values[0], x => Assert.True(x is 1 or 2));
        int[] ones = [.. Enumerable.Range(0, 8000).Where(r => under.Values[0][r] == 1)];
        Assert.Equal(KnownJoint.MeanOf(1), ones.Average(r => under.Values[2][r]), 3.0);
        Assert.Equal(0.8 + 0.2 / 3, ones.Count(r => under.Values[1][r] == 1) / (double)ones.Length, 0.06);
    }

    [Fact]
    public void Repaired_it_is_the_same_at_any_number_of_threads()
    {
        byte[] one = Saved(Fit(1, "repairs: true, epochs: 2"));
        Assert.Equal(one, Saved(Fit(8, "repairs: true, epochs: 2")));
    }

    [Theory]
    [InlineData("epochs: 1, width: 16")]
    [InlineData("epochs: 1, width: 16, repairs: true")]
    public void Damaged_weights_are_refused(string options)
    {
        byte[] bytes = Saved(Fit(1, options));
        ITableModel Load(byte[] from) =>
            new CtganEngine().Load(new BinaryReader(new MemoryStream(from)), KnownJoint.Table().Columns);
        Load(bytes);
        byte[] foreign = [.. bytes];
        BitConverter.TryWriteBytes(foreign.AsSpan(1), 6);
        Assert.Contains("sizes", Assert.Throws<InvalidDataException>(() => Load(foreign)).Message);
        byte[] nan = [.. bytes];
        BitConverter.TryWriteBytes(nan.AsSpan(nan.Length - 4), float.NaN);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => Load(nan)).Message);
        Assert.Throws<EndOfStreamException>(() => Load(bytes[..^1]));
    }

    private static byte[] Saved(ITableModel model)
    {
        var to = new MemoryStream();
        using (var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true)) model.Save(writer);
        return to.ToArray();
    }
}
