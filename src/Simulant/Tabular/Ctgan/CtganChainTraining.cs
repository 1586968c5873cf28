using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// The repaired network's training: in one step the chain learns the likelihood of real rows that have the drawn rows' conditions,
/// and to please a critic of whole packs of rows. The average of its weights is what is judged and kept.
/// </summary>
internal sealed class CtganChainTraining : ITrainable
{
    private const int ColumnSlot = 0, RowSlot = 2, MixSlot = 3, LatentSlot = 8, GateSlot = 10, MeterSlot = 20, GumbelSlot = 1000,
        MeterRows = 2000, SettlingRows = 10_000;
    private const float Momentum = 0.1f, Temperature = 0.2f, AverageDecay = 0.997f;

    private readonly ChainLayout _layout;
    private readonly int[][] _codes;
    private readonly ConditionCodes _conditions;
    private readonly CtganOptions _options;
    private readonly RandomStream _random, _noise;
    private readonly ParameterStore _critics;
    private readonly CtganChain _network;
    private readonly CriticView _view;
    private readonly Critic _critic;
    private readonly Adam _adamG, _adamD;
    private readonly MovingAverage _average;
    private readonly CollapseMeter _meter;
    private readonly Tape _plain, _tape, _drawing;
    private readonly int[] _train, _aside, _columns, _named, _numbers, _inGroup;
    private readonly int _batch, _groups;
    private double _rate;

    /// <param name="codes">[field][row]</param>
    /// <param name="ordered">By column: whether its bins have an order.</param>
    public CtganChainTraining(ChainLayout layout, int[][] codes, IReadOnlyList<bool> ordered, ConditionCodes conditions,
        CtganOptions options, RunContext run)
    {
        (_layout, _codes, _conditions, _options, _rate) = (layout, codes, conditions, options, options.LearningRate);
        _random = new RandomStream(run.Seed, "ctgan training");
        _noise = new RandomStream(run.Seed, "ctgan noise");
        int rows = codes[0].Length, aside = rows < 20 ? 0 : Math.Max(1, rows / 10);
        int[] shuffled = _random.Permutation(rows, -1);
        (_aside, _train) = (shuffled[..aside], shuffled[aside..]);
        _groups = Math.Max(1, Math.Min(options.Batch, Math.Max(2, _train.Length)) / options.Pac);
        _batch = _groups * options.Pac;
        Store = new ParameterStore(new RandomStream(run.Seed, "ctgan generator"));
        _critics = new ParameterStore(new RandomStream(run.Seed, "ctgan critic"));
        _network = new CtganChain(Store, layout, conditions.Width, options.Latents, options.Width,
            f => CollapseMeter.Shares(codes[f], layout.Fields[f].Codes));
        _view = new CriticView(layout, ordered);
        _critic = new Critic(_critics, _view.Total, conditions.Width, options.Pac, options.Width);
        _adamG = new Adam(Store, weightDecay: 0.01f);
        _adamD = new Adam(_critics, 0.5f, 0.9f);
        _average = new MovingAverage(Store, AverageDecay);
        _meter = new CollapseMeter(codes, [.. layout.Fields.Select(f => f.Codes)], MeterRows);
        State = new TrainingState().Add("generator", Store, outcome: true).Add("average", _average.Values, outcome: true)
            .Add("critic", _critics, outcome: true).Add("generator adam", _adamG).Add("critic adam", _adamD)
            .Add("rate", () => _rate, rate => _rate = rate);
        var arena = new Arena();
        var loop = Work.Loop(run);
        (_plain, _tape, _drawing) = (new Tape(arena, loop, recording: false), new Tape(arena, loop), new Tape(arena, loop));
        (_columns, _named, _numbers, _inGroup) = (new int[_batch], new int[_batch], new int[_batch], new int[_batch]);
    }

    /// <summary>The generator's weights.</summary>
    public ParameterStore Store { get; }

    public TrainingState State { get; }

    public IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; } =
    [
        ("likelihood", SeriesKind.Loss), ("likelihood aside", SeriesKind.Loss), ("critic", SeriesKind.Loss),
        ("distance", SeriesKind.Diagnostic), ("levels", SeriesKind.Diagnostic), ("pairs", SeriesKind.Diagnostic),
        ("entropy", SeriesKind.Diagnostic),
    ];

    /// <summary>The place of the loss of rows kept aside among the series.</summary>
    public const int Aside = 1;

    public Variety Variety => Measure(-1);

    public double?[] Before(RunContext run) => new double?[Series.Count];

    public double?[] Epoch(int epoch, RunContext run)
    {
        int steps = Math.Max(1, _train.Length / _batch);
        double critic = 0, likelihood = 0;
        for (int s = 0; s < steps; s++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            long pass = (long)epoch * steps + s;
            int[][] real = DrawReal(pass);
            var z = _drawing.Normal(_batch, _options.Latents, _noise, pass * _batch, LatentSlot);
            var context = _network.Context(_drawing, z, _numbers, Momentum);
            var rows = Soften(context, pass);
            critic += CriticStep(pass, rows, real) / steps;
            likelihood += GeneratorStep(pass, context, rows, real) / steps;
            _average.Update();
        }
        _average.Swap();
        var variety = Measure(epoch);
        double? aside = _aside.Length == 0 ? null : Judge(run);
        _average.Swap();
        return [likelihood, aside, critic, variety.Distance, variety.Levels, variety.Pairs, variety.Entropy];
    }

    public void RolledBack()
    {
        foreach (var adam in new[] { _adamG, _adamD })
        {
            adam.Steps = 0;
            foreach (var (_, values) in adam.Memory) Array.Clear(values);
        }
    }

    public void Slow() => _rate /= 2;

    /// <summary>Conditions of a step, and real rows that have them.</summary>
    private int[][] DrawReal(long pass)
    {
        int[] rows = new int[_batch];
        for (int r = 0; r < _batch; r++)
        {
            long item = pass * _batch + r;
            rows[r] = _train[_random.Below(_train.Length, item, RowSlot)];
            if (_conditions.Width == 0) continue;
            // The condition is one that the row meets: rows come as often as they do, and the likelihood is that of the table.
            (_columns[r], _named[r]) = _conditions.Of(_random.Uniform(item, ColumnSlot), c => _codes[_layout.FirstField[c]][rows[r]]);
            _numbers[r] = _conditions.Number(_columns[r], _named[r]);
            _inGroup[r] = r % _options.Pac * _conditions.Width + _numbers[r];
        }
        return Chain.Pick(_codes, rows);
    }

    /// <summary>
    /// Rows drawn in the context, softened for the critic: each field's shares pass derivatives on, the codes that later fields
    /// look up do not.
    /// </summary>
    private Tensor Soften(Tensor context, long pass)
    {
        var parts = new Tensor[_layout.Fields.Count];
        _network.Chain.Draw(_drawing, context, f => Gumbel(_drawing, f, _batch, pass), (f, logits, gumbel) =>
            parts[f] = _view.Of(_drawing, _drawing.Softmax(_drawing.Scale(_drawing.Add(logits, gumbel), 1 / Temperature)), f));
        return parts.Length == 1 ? parts[0] : _drawing.ConcatColumns(parts);
    }

    private Tensor Gumbel(Tape tape, int field, int rows, long pass)
    {
        int codes = _layout.Fields[field].Codes;
        return tape.Reshape(tape.Gumbel(1, rows * codes, _noise, pass, GumbelSlot + field), rows, codes);
    }

    private double CriticStep(long pass, Tensor rows, int[][] real)
    {
        Critic.Address At(int slot) => new(_noise, pass * _batch, slot);
        var drawn = _critic.FirstOfDrawn(_tape, _tape.Detach(rows), _inGroup);
        var seen = _critic.FirstOfDrawn(_tape, _view.Of(_tape, real), _inGroup);
        var verdict = _critic.Verdict(_tape, _tape.ConcatRows(drawn, seen), At(GateSlot));
        var loss = _tape.Scale(_tape.Subtract(_tape.Sum(_tape.Rows(verdict, 0, _groups)), _tape.Sum(_tape.Rows(verdict, _groups, _groups))),
            1f / _groups);
        double value = loss.Scalar;
        var between = Critic.Between(_tape, drawn, seen, g => (float)_random.Uniform(pass * _batch + g, MixSlot));
        var penalty = _critic.Penalty(_tape, between, At(GateSlot + 2));
        _tape.Gradient(_tape.Add(loss, _tape.Scale(penalty, (float)_options.Penalty)), _critics);
        _adamD.Step((float)_rate);
        _tape.Reset();
        return value;
    }

    private double GeneratorStep(long pass, Tensor context, Tensor rows, int[][] real)
    {
        var likelihood = _drawing.Scale(_network.Chain.Loss(_drawing, context, real), 1f / _batch);
        var verdict = _critic.Verdict(_drawing, _critic.FirstOfDrawn(_drawing, rows, _inGroup), new(_noise, pass * _batch, GateSlot + 4));
        double value = likelihood.Scalar;
        _drawing.Gradient(_drawing.Subtract(likelihood, _drawing.Scale(_drawing.Mean(verdict), (float)_options.Adversary)), Store);
        _adamG.Step((float)(RateFactor * _rate));
        _drawing.Reset();
        return value;
    }

    /// <summary>A likelihood is a calmer guide than a critic: the generator's steps may be longer.</summary>
    private const double RateFactor = 5;

    /// <summary>The average becomes the generator, and batch norms learn the statistics of many rows.</summary>
    public void Settle()
    {
        _average.Values.CopyTo(Store.Values);
        var z = _plain.Normal(SettlingRows, _options.Latents, _noise, 0, MeterSlot);
        _network.Context(_plain, z, TrueConditions(SettlingRows, 0), momentum: 1);
        _plain.Reset();
    }

    private int[] TrueConditions(int rows, int pass)
    {
        int[] conditions = new int[rows];
        for (int r = 0; r < rows && _conditions.Width > 0; r++)
        {
            var (column, code) = _conditions.ForSampling(_random.Uniform(r, MeterSlot, pass));
            conditions[r] = _conditions.Number(column, code);
        }
        return conditions;
    }

    private double Judge(RunContext run)
    {
        double loss = 0;
        for (int start = 0; start < _aside.Length; start += _batch)
        {
            run.Cancel.ThrowIfCancellationRequested();
            int[] rows = _aside[start..Math.Min(_aside.Length, start + _batch)], conditions = new int[rows.Length];
            for (int r = 0; r < rows.Length && _conditions.Width > 0; r++)
            {
                var (column, code) = _conditions.Of(_random.Uniform(start + r, MeterSlot + 1), c => _codes[_layout.FirstField[c]][rows[r]]);
                conditions[r] = _conditions.Number(column, code);
            }
            var z = _plain.Normal(rows.Length, _options.Latents, _noise, start, MeterSlot + 2);
            loss += _network.Chain.Loss(_plain, _network.Context(_plain, z, conditions, momentum: 0), Chain.Pick(_codes, rows)).Scalar;
            _plain.Reset();
        }
        return loss / _aside.Length;
    }

    private Variety Measure(int epoch)
    {
        var z = _plain.Normal(MeterRows, _options.Latents, _noise, (long)(epoch + 1) * MeterRows, MeterSlot + 3);
        var context = _network.Context(_plain, z, TrueConditions(MeterRows, epoch + 2), momentum: 0);
        int[][] drawn = _network.Chain.Draw(_plain, context, f => Gumbel(_plain, f, MeterRows, ~(long)(epoch + 1)));
        _plain.Reset();
        return _meter.Measure(drawn);
    }
}
