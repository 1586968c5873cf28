using Simulant.Data;
using Simulant.Tabular.Learning;
using Xunit;

namespace Simulant.Tests.Tabular.Learning;

public class TrainingLoopTests
{
    private static readonly double Nan = double.NaN;

    private static TrainingCurve Run(Scripted what, LoopOptions how, ICheckpoints? checkpoints = null, Notes? notes = null) =>
        TrainingLoop.Run(what, how, RunContext.Quiet(1) with
        {
            Checkpoints = checkpoints ?? ICheckpoints.None,
            Progress = notes ?? new Notes(),
        });

    [Fact]
    public void The_best_epoch_is_kept_and_no_gain_ends_it()
    {
        var what = new Scripted(9, 7, 5, 6, 5.5, 5, 6, 1);
        var curve = Run(what, new LoopOptions(20) { Watched = 1, EarlyStopping = true, Patience = 4, SlowAfter = 2 });
        // Epoch 2 is the best; the four after it gain nothing, and the second and the fourth of them halve the step.
        Assert.Equal((6, 2), (curve.Epochs, curve.Kept));
        Assert.Equal("4 epochs gained nothing more", curve.Ending);
        Assert.Equal(2, what.Weight);
        Assert.Equal(["steps halved: no gain for 2 epochs"], curve.Events.Select(e => e.Text).Distinct());
        Assert.Equal([4], curve.Events.Select(e => e.Epoch));
        Assert.Equal([9, 7, 5, 6, 5.5, 5, 6], curve.Series[1].Values);
        Assert.True(double.IsNaN(curve.Series[0].Values[0]));
        Assert.False(curve.HasWarnings);
    }

    [Fact]
    public void A_gain_too_small_to_count_is_kept_all_the_same()
    {
        var what = new Scripted(10, 9.9999, 9.9998);
        var curve = Run(what, new LoopOptions(2) { Watched = 1, EarlyStopping = true, Patience = 2 });
        Assert.Equal((2, 2), (curve.Epochs, curve.Kept));
        Assert.Equal("2 epochs gained nothing more", curve.Ending);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Losses_that_are_no_numbers_lead_back_and_it_is_said(int watched)
    {
        var what = new Scripted(9, 7, 8, Nan, 6);
        var notes = new Notes();
        var curve = Run(what, new LoopOptions(4) { Watched = watched }, notes: notes);
        int good = watched < 0 ? 2 : 1;
        Assert.Equal(good, what.WeightAtRollback);
        Assert.Equal(0.5, what.Step);
        var warning = Assert.Single(curve.Events);
        Assert.Equal($"warning: the losses were no numbers: back to the weights of epoch {good}, at half the step", warning.Text);
        Assert.Equal(3, warning.Epoch);
        Assert.True(curve.HasWarnings);
        Assert.Contains(notes.All, n => n.Contains("no numbers", StringComparison.Ordinal));
        Assert.True(double.IsNaN(curve.Series[1].Values[3]));
        Assert.Equal((4, 4), (curve.Epochs, curve.Kept));
    }

    [Fact]
    public void An_outcome_that_is_no_number_counts_as_astray_whatever_the_losses_say()
    {
        var what = new Scripted(9, 8, 7) { BrokenAt = 2 };
        var curve = Run(what, new LoopOptions(2));
        Assert.True(curve.HasWarnings);
        Assert.Equal((1, 1f), (curve.Kept, what.Weight));
    }

    [Fact]
    public void Training_that_always_goes_astray_ends_with_the_last_good_weights()
    {
        var what = new Scripted(9, 8, Nan, Nan, Nan, Nan, 7, 6);
        var curve = Run(what, new LoopOptions(7) { MostRollbacks = 3 });
        Assert.Equal("the losses were no numbers 4 times", curve.Ending);
        Assert.Equal((5, 1, 1f), (curve.Epochs, curve.Kept, what.Weight));
    }

    [Fact]
    public void Cut_short_after_any_epoch_it_goes_on_to_the_same_end()
    {
        double[] losses = [9, 7, 8, Nan, 6, 6.5, 6.4, 6.3, 6.2];
        foreach (int watched in (int[])[1, -1])
        {
            var how = new LoopOptions(8) { Watched = watched, EarlyStopping = true, Patience = 4, SlowAfter = 2 };
            var whole = new Scripted(losses);
            var expected = Run(whole, how);
            for (int after = 1; after <= expected.Epochs; after++)
            {
                var store = new Memory { DieAfter = after };
                Assert.Throws<OperationCanceledException>(() => Run(new Scripted(losses), how, store));
                var again = new Scripted(losses);
                var curve = Run(again, how, new Memory { Bytes = store.Bytes });
                Assert.Equal(after < expected.Epochs ? after : -1, again.First);
                Assert.Equal((expected.Epochs, expected.Kept, expected.Ending), (curve.Epochs, curve.Kept, curve.Ending));
                Assert.Equal(expected.Events, curve.Events);
                Assert.Equal(expected.Series.SelectMany(s => s.Values), curve.Series.SelectMany(s => s.Values));
                Assert.Equal((whole.Weight, whole.Step), (again.Weight, again.Step));
            }
        }
    }

    [Fact]
    public void The_state_of_another_training_or_a_cut_one_changes_nothing()
    {
        var store = new Memory { DieAfter = 2 };
        Assert.Throws<OperationCanceledException>(() => Run(new Scripted(9, 8, 7, 6), new LoopOptions(3), store));
        byte[] good = store.Bytes!;
        foreach (byte[] bad in (byte[][])[good[..^1], [.. good, 0], good[1..], good[..40], []])
        {
            var what = new Scripted(9, 8, 7, 6);
            var curve = Run(what, new LoopOptions(3), new Memory { Bytes = bad });
            Assert.Equal(0, what.First);
            Assert.Equal([9, 8, 7, 6], curve.Series[1].Values);
        }
    }

    [Fact]
    public void A_curve_is_read_as_it_was_written()
    {
        var curve = Run(new Scripted(9, 7, Nan, 8), new LoopOptions(3) { Watched = 1 });
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        TrainingCurves.Write(curve, writer);
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        var read = TrainingCurves.Read(reader);
        Assert.Equal((curve.Epochs, curve.Kept, curve.Ending), (read.Epochs, read.Kept, read.Ending));
        Assert.Equal(curve.Series.SelectMany(s => s.Values), read.Series.SelectMany(s => s.Values));
        Assert.Equal(curve.Series.Select(s => (s.Name, s.Kind)), read.Series.Select(s => (s.Name, s.Kind)));
        Assert.Equal(curve.Events, read.Events);
        byte[] damaged = bytes.ToArray();
        damaged[4] = 200; // kept lies past the last epoch
        using var hostile = new BinaryReader(new MemoryStream(damaged));
        Assert.Throws<InvalidDataException>(() => TrainingCurves.Read(hostile));
    }

    /// <summary>One weight, which is the number of its epoch, and losses as they are told.</summary>
    private sealed class Scripted(params double[] losses) : ITrainable
    {
        private readonly float[] _weight = [0];

        public int BrokenAt { get; init; } = -1;
        public float Weight => _weight[0];
        public double Step { get; private set; } = 1;
        public float WeightAtRollback { get; private set; } = -1;

        /// <summary>The first epoch that was asked for.</summary>
        public int First { get; private set; } = -1;

        public IReadOnlyList<(string Name, SeriesKind Kind)> Series =>
            [("training", SeriesKind.Loss), ("validation", SeriesKind.Loss), ("coverage", SeriesKind.Diagnostic)];

        public TrainingState State => new TrainingState().Add("weight", _weight, outcome: true)
            .Add("step", () => Step, step => Step = step);

        public double?[] Before(RunContext run)
        {
            First = 0;
            return [null, losses[0], null];
        }

        public double?[] Epoch(int epoch, RunContext run)
        {
            if (First < 0) First = epoch;
            _weight[0] = epoch + 1 == BrokenAt ? float.PositiveInfinity : epoch + 1;
            return [2 * losses[epoch + 1], losses[epoch + 1], epoch % 2 == 0 ? double.PositiveInfinity : null];
        }

        public void RolledBack() => WeightAtRollback = Weight;
        public void Slow() => Step /= 2;
    }

    /// <summary>A checkpoint after every epoch; dies after storing a given one.</summary>
    private sealed class Memory : ICheckpoints
    {
        private int _stored;

        public int DieAfter { get; init; }
        public byte[]? Bytes { get; set; }
        public bool Due => true;
        public ICheckpoints For(Func<string> key) => this;

        public void Store(Action<Stream> write)
        {
            var stream = new MemoryStream();
            write(stream);
            Bytes = stream.ToArray();
            if (++_stored == DieAfter) throw new OperationCanceledException();
        }

        public bool Restore(Action<Stream> read)
        {
            if (Bytes is null) return false;
            try
            {
                read(new MemoryStream(Bytes));
                return true;
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                return false;
            }
        }
    }

    private sealed class Notes : IProgress<StageProgress>
    {
        public List<string> All { get; } = [];
        public void Report(StageProgress value) => All.Add(value.Note ?? "");
    }
}
