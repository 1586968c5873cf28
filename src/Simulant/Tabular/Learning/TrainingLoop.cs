using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Tabular.Learning;

/// <summary>
/// Epoch after epoch: progress, early stopping, the way back from losses that are no numbers, checkpoints, and the curve that
/// tells of it. A training that goes on from a checkpoint ends bit for bit as one that was never cut short.
/// </summary>
public sealed class TrainingLoop
{
    private const uint Magic = 0x4E_52_54_53; // "STRN"

    private readonly ITrainable _what;
    private readonly LoopOptions _how;
    private readonly RunContext _run;
    private readonly List<double>[] _values;
    private readonly List<TrainingEvent> _events = [];
    private readonly float[][] _best;
    private int _done, _kept, _sinceGain, _sinceSlow, _rollbacks;
    private double _least = double.NaN;
    private string? _ending;

    private TrainingLoop(ITrainable what, LoopOptions how, RunContext run)
    {
        (_what, _how, _run) = (what, how, run);
        _values = [.. what.Series.Select(_ => new List<double>())];
        _best = what.State.CopyOutcome();
        if (_best.Length == 0) throw new ArgumentException("no buffer of the state is the outcome", nameof(what));
    }

    /// <summary>Trains to the end; afterwards the outcome's buffers hold what is to be kept.</summary>
    public static TrainingCurve Run(ITrainable what, LoopOptions how, RunContext run)
    {
        var loop = new TrainingLoop(what, how, run);
        if (!run.Checkpoints.Restore(loop.Read))
        {
            double?[] before = what.Before(run);
            loop.Record(before);
            if (how.Watched >= 0) loop._least = before[how.Watched] ?? double.PositiveInfinity;
        }
        while (loop._ending is null)
        {
            run.Cancel.ThrowIfCancellationRequested();
            loop.Step();
            if (run.Checkpoints.Due) run.Checkpoints.Store(loop.Write);
        }
        if (how.Watched >= 0) what.State.RestoreOutcome(loop._best);
        return new TrainingCurve(
            [.. what.Series.Select((s, i) => new TrainingSeries(s.Name, s.Kind, loop._values[i]))], loop._events)
        {
            Epochs = loop._done,
            Kept = loop._kept,
            Ending = loop._ending,
        };
    }

    private void Step()
    {
        double?[] found = _what.Epoch(_done, _run);
        _done++;
        bool astray = !_what.State.OutcomeIsFinite;
        for (int s = 0; s < found.Length; s++)
            astray |= _what.Series[s].Kind == SeriesKind.Loss && found[s] is { } loss && !double.IsFinite(loss);
        if (astray) RollBack();
        else
        {
            Record(found);
            Say(Losses(found));
            Weigh(_how.Watched < 0 ? null : found[_how.Watched]);
        }
        if (_done >= _how.MaxEpochs) _ending ??= string.Create(CultureInfo.InvariantCulture, $"all {_done} epochs were done");
    }

    /// <summary>Keeps the best, slows down, or ends, by what the watched loss says.</summary>
    private void Weigh(double? watched)
    {
        if (_how.Watched < 0)
        {
            _what.State.CopyOutcome(_best);
            _kept = _done;
            return;
        }
        if (watched is not { } loss) return;
        bool gained = !(loss >= _least - _how.LeastGain * Math.Abs(_least));
        _sinceGain = gained ? 0 : _sinceGain + 1;
        _sinceSlow = gained ? 0 : _sinceSlow + 1;
        if (!(loss >= _least))
        {
            _least = loss;
            _kept = _done;
            _what.State.CopyOutcome(_best);
        }
        if (_how.EarlyStopping && _sinceGain >= _how.Patience)
        {
            _ending = string.Create(CultureInfo.InvariantCulture, $"{_sinceGain} epochs gained nothing more");
            return;
        }
        if (_how.SlowAfter == 0 || _sinceSlow < _how.SlowAfter) return;
        _what.Slow();
        _events.Add(new TrainingEvent(_done, "steps halved: no gain for " + Count(_sinceSlow, "epoch")));
        _sinceSlow = 0;
    }

    private void RollBack()
    {
        Record(new double?[_values.Length]);
        _what.State.RestoreOutcome(_best);
        _what.RolledBack();
        if (++_rollbacks > _how.MostRollbacks)
        {
            _ending = string.Create(CultureInfo.InvariantCulture, $"the losses were no numbers {_rollbacks} times");
            _events.Add(new TrainingEvent(_done, TrainingCurve.Warning + "the losses were no numbers once too often"));
            return;
        }
        _what.Slow();
        string text = "the losses were no numbers: back to the weights of "
            + (_kept == 0 ? "the beginning" : string.Create(CultureInfo.InvariantCulture, $"epoch {_kept}")) + ", at half the step";
        _events.Add(new TrainingEvent(_done, TrainingCurve.Warning + text));
        Say(text);
    }

    private void Record(double?[] found)
    {
        for (int s = 0; s < _values.Length; s++) _values[s].Add(found[s] ?? double.NaN);
    }

    private string Losses(double?[] found)
    {
        var text = new StringBuilder();
        for (int s = 0; s < found.Length; s++)
            if (found[s] is { } value)
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{_what.Series[s].Name} {value:F3}");
        return text.ToString();
    }

    private void Say(string note) =>
        _run.Progress.Report(new StageProgress("fit", _done, _how.MaxEpochs, "epochs") { Note = note });

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private void Write(Stream stream)
    {
        using var to = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        to.Write(Magic);
        int[] counts = [_done, _kept, _sinceGain, _sinceSlow, _rollbacks, _values.Length];
        foreach (int count in counts) to.Write(count);
        to.Write(_least);
        to.Write(_ending ?? "");
        foreach (var series in _values)
            foreach (double value in series) to.Write(value);
        to.Write(_events.Count);
        foreach (var (epoch, text) in _events)
        {
            to.Write(epoch);
            to.Write(text);
        }
        foreach (float[] buffer in _best) TrainingState.WriteFloats(to, buffer);
        _what.State.Write(to);
    }

    /// <summary>All or nothing: what cannot be read leaves everything as it was.</summary>
    private void Read(Stream stream)
    {
        using var from = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (from.ReadUInt32() != Magic) throw new InvalidDataException("not the state of a training");
        int[] counts = new int[6];
        for (int i = 0; i < counts.Length; i++) counts[i] = from.ReadInt32();
        if (counts[0] < 0 || counts[5] != _values.Length) throw new InvalidDataException("the state of another training");
        double least = from.ReadDouble();
        string ending = from.ReadString();
        double[][] values = [.. _values.Select(_ => new double[counts[0] + 1])];
        foreach (double[] series in values)
            for (int e = 0; e < series.Length; e++) series[e] = from.ReadDouble();
        var events = new List<TrainingEvent>();
        for (int left = from.ReadInt32(); left > 0; left--) events.Add(new TrainingEvent(from.ReadInt32(), from.ReadString()));
        float[][] best = [.. _best.Select(b => TrainingState.ReadFloats(from, b.Length))];
        var state = _what.State.Read(from);
        if (stream.ReadByte() >= 0) throw new InvalidDataException("there are bytes after the state");

        (_done, _kept, _sinceGain, _sinceSlow, _rollbacks) = (counts[0], counts[1], counts[2], counts[3], counts[4]);
        (_least, _ending) = (least, ending.Length > 0 ? ending : null);
        for (int s = 0; s < values.Length; s++) _values[s].AddRange(values[s]);
        _events.AddRange(events);
        for (int b = 0; b < best.Length; b++) best[b].CopyTo(_best[b], 0);
        state.Apply();
        Say("goes on behind its last checkpoint");
    }
}
