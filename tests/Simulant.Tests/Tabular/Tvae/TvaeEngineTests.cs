using System.Text;
using Simulant.Data;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Tvae;
using Simulant.Tests.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Tvae;

public class TvaeEngineTests
{
    private static readonly Lazy<ITableModel> Model = new(() => Fit(1, "epochs: 80, batch: 200, learning_rate: 0.003"));

    private static ITableModel Fit(int threads, string options) =>
        new TvaeEngine().Fit(KnownJoint.Table(), KnownJoint.Options(options), RunContext.Quiet(1, threads));

    [Fact]
    public void The_joint_is_learned()
    {
        double[][] v = KnownJoint.Draw(Model.Value, 20_000).Values;
        for (int c = 0; c < 3; c++)
        {
            int[] rows = [.. Enumerable.Range(0, 20_000).Where(r => v[0][r] == c)];
            Assert.Equal(KnownJoint.Share(c), rows.Length / 20_000.0, 0.06);
            // A normal latent space draws groups together: of 0, 30 and 60 it leaves 2 to 3, 30 and 52 to 55, whatever the seed.
            Assert.Equal(KnownJoint.MeanOf(c), rows.Average(r => v[2][r]), 9.0);
            Assert.InRange(rows.Count(r => v[1][r] == c) / (double)rows.Length, 0.7, 1);
        }
    }

    [Fact]
    public void Weighted_draws_under_a_condition_are_those_that_rejection_leaves()
    {
        Allowed[] allowed = [new(0, [1, 2], 0, 0), new(2, null, 20, 100)];
        Assert.False(Model.Value.RestrictsExactly(allowed));
        var free = KnownJoint.Draw(Model.Value, 40_000);
        int[] kept = [.. Enumerable.Range(0, 40_000).Where(r => Array.TrueForAll(allowed, a => a.Holds(free.Values[a.Column][r])))];
        var under = KnownJoint.Draw(Model.Value, 20_000, allowed);
        double[] weights = [.. under.LogWeights.Select(Math.Exp)];
        Assert.Equal(kept.Length / 40_000.0, weights.Average(), 0.02);
        double Weighted(Func<int, double> of) =>
            Enumerable.Range(0, 20_000).Where(r => weights[r] > 0).Sum(r => weights[r] * of(r)) / weights.Sum();
        Assert.Equal(kept.Average(r => free.Values[0][r]), Weighted(r => under.Values[0][r]), 0.03);
        Assert.Equal(kept.Average(r => free.Values[2][r]), Weighted(r => under.Values[2][r]), 1.5);
    }

    [Fact]
    public void Threads_change_no_bit_of_a_model()
    {
        byte[] one = Saved(Fit(1, "epochs: 2"));
        Assert.Equal(one, Saved(Fit(2, "epochs: 2")));
        Assert.Equal(one, Saved(Fit(8, "epochs: 2")));
    }

    [Fact]
    public void Early_stopping_keeps_the_epoch_that_did_best_on_rows_kept_aside()
    {
        var curve = ((ITrained)Fit(1, "epochs: 500, batch: 200, early_stopping: true, patience: 4, learning_rate: 0.01")).Training!;
        Assert.InRange(curve.Epochs, 5, 499);
        var aside = curve.Series[1].Values;
        Assert.Equal(aside.Skip(1).Min(), aside[curve.Kept]);
    }

    /// <summary>So much weight on the divergence that the latent numbers say nothing: the decoder still draws every level.</summary>
    [Fact]
    public void Latent_numbers_that_say_nothing_are_seen_in_the_curve()
    {
        var curve = ((ITrained)Fit(1, "epochs: 30, batch: 200, loss_factor: 0.01")).Training!;
        Assert.InRange(curve.Series[2].Values[^1], 0, 0.05);
        Assert.InRange(((ITrained)Model.Value).Training!.Series[2].Values[^1], 0.5, 50);
    }

    private static readonly Lazy<ITableModel> Repaired =
        new(() => Fit(1, "repairs: true, epochs: 60, batch: 100, learning_rate: 0.003"));

    [Fact]
    public void Repaired_it_knows_what_a_column_says_of_the_next()
    {
        double[][] v = KnownJoint.Draw(Repaired.Value, 20_000).Values;
        for (int c = 0; c < 3; c++)
        {
            int[] rows = [.. Enumerable.Range(0, 20_000).Where(r => v[0][r] == c)];
            Assert.Equal(KnownJoint.Share(c), rows.Length / 20_000.0, 0.03);
            Assert.Equal(KnownJoint.MeanOf(c), rows.Average(r => v[2][r]), 2.0);
            // b is a in 4 of 5 rows, and by chance in a third of the others.
            Assert.Equal(0.8 + 0.2 / 3, rows.Count(r => v[1][r] == c) / (double)rows.Length, 0.08);
        }
    }

    [Fact]
    public void Repaired_it_meets_conditions_as_rejection_does()
    {
        Allowed[] allowed = [new(0, [1, 2], 0, 0), new(2, null, 20, 45)];
        Assert.False(Repaired.Value.RestrictsExactly(allowed));
        var free = KnownJoint.Draw(Repaired.Value, 40_000);
        int[] kept = [.. Enumerable.Range(0, 40_000).Where(r => Array.TrueForAll(allowed, a => a.Holds(free.Values[a.Column][r])))];
        var under = KnownJoint.Draw(Repaired.Value, 20_000, allowed);
        double[] weights = [.. under.LogWeights.Select(Math.Exp)];
        Assert.Equal(kept.Length / 40_000.0, weights.Average(), 0.02);
        for (int r = 0; r < 20_000; r++)
            if (weights[r] > 0) Assert.All(allowed, a => Assert.True(a.Holds(under.Values[a.Column][r])));
        double Weighted(Func<int, double> of) => Enumerable.Range(0, 20_000).Sum(r => weights[r] * of(r)) / weights.Sum();
        Assert.Equal(kept.Average(r => free.Values[0][r]), Weighted(r => under.Values[0][r]), 0.03);
        Assert.Equal(kept.Average(r => free.Values[2][r]), Weighted(r => under.Values[2][r]), 1.0);
    }

    [Fact]
    public void Repaired_it_keeps_the_promises_of_threads_and_of_the_best_epoch()
    {
        byte[] one = Saved(Fit(1, "repairs: true, epochs: 2"));
        Assert.Equal(one, Saved(Fit(8, "repairs: true, epochs: 2")));
        var curve = ((ITrained)Repaired.Value).Training!;
        Assert.Equal(curve.Series[1].Values.Min(), curve.Series[1].Values[curve.Kept]);
    }

    [Theory]
    [InlineData("epochs: 1, width: 16")]
    [InlineData("epochs: 1, width: 16, repairs: true")]
    public void Damaged_weights_are_refused(string options)
    {
        byte[] bytes = Saved(Fit(1, options));
        ITableModel Load(byte[] from) =>
            new TvaeEngine().Load(new BinaryReader(new MemoryStream(from)), KnownJoint.Table().Columns);
        Load(bytes);
        byte[] foreign = [.. bytes];
        BitConverter.TryWriteBytes(foreign.AsSpan(1), 6);
        Assert.Contains("sizes", Assert.Throws<InvalidDataException>(() => Load(foreign)).Message);
        Assert.Contains("no kind 7", Assert.Throws<InvalidDataException>(() => Load([7, .. bytes[1..]])).Message);
        Assert.Throws<EndOfStreamException>(() => Load(bytes[..^1]));
    }

    private static byte[] Saved(ITableModel model)
    {
        var to = new MemoryStream();
        using (var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true)) model.Save(writer);
        return to.ToArray();
    }
}
