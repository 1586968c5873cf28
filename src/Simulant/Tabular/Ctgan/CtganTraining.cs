using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Ctgan;

/// <summary>How the two networks are trained.</summary>
/// <param name="Adversary">Of the repaired network: weight of the critic's verdict beside the likelihood.</param>
internal sealed record CtganOptions(int Batch, double LearningRate, double WeightDecay, int Pac, int Latents, int Width,
    double Penalty, double Average, double Adversary);

/// <summary>
/// Wasserstein training with gradient penalty (Gulrajani and others 2017) under condition vectors, a critic's and a generator's
/// step by turns.
/// </summary>
internal sealed class CtganTraining : ITrainable
{
    private const int ColumnSlot = 0, CodeSlot = 1, RowSlot = 2, MixSlot = 3, LatentSlot = 8, GumbelSlot = 9, GateSlot = 10,
        MeterSlot = 20;

    /// <summary>Of batch norm's running statistics, as is usual.</summary>
    private const float Momentum = 0.1f;

    private const int MeterRows = 2000, SettlingRows = 10_000;

    private readonly RowLayout _layout;
    private readonly EncodedRows _rows;
    private readonly ConditionCodes _conditions;
    private readonly RowsByCode _byCode;
    private readonly CtganOptions _options;
    private readonly RandomStream _random, _noise;
    private readonly ParameterStore _critics;
    private readonly Generator _generator;
    private readonly Critic _critic;
    private readonly Adam _adamG, _adamD;
    private readonly MovingAverage? _average;
    private readonly CollapseMeter _meter;
    private readonly Tape _plain, _tape, _drawing;
    private readonly int _batch, _groups;
    private readonly int[] _columns, _codes, _drawnCondition, _inGroup, _realCondition, _numbers, _targets;
    private readonly float[] _factors;
    private double _rate;

    public CtganTraining(RowLayout layout, EncodedRows rows, ConditionCodes conditions, CtganOptions options, RunContext run)
    {
        (_layout, _rows, _conditions, _options) = (layout, rows, conditions, options);
        _random = new RandomStream(run.Seed, "ctgan training");
        _noise = new RandomStream(run.Seed, "ctgan noise");
        _rate = options.LearningRate;
        _byCode = new RowsByCode(conditions, rows.Codes);
        _meter = new CollapseMeter(rows.Codes, [.. layout.Columns.Select(c => c.Codes)], MeterRows);
        _groups = Math.Max(1, Math.Min(options.Batch, Math.Max(2, rows.Count)) / options.Pac);
        _batch = _groups * options.Pac;
        Store = new ParameterStore(new RandomStream(run.Seed, "ctgan generator"));
        _critics = new ParameterStore(new RandomStream(run.Seed, "ctgan critic"));
        _generator = new Generator(Store, layout.Width, conditions.Width, options.Latents, options.Width);
        _critic = new Critic(_critics, layout.Width, conditions.Width, options.Pac, options.Width);
        _adamG = new Adam(Store, 0.5f, 0.9f, weightDecay: (float)options.WeightDecay, coupledDecay: true);
        _adamD = new Adam(_critics, 0.5f, 0.9f);
        if (options.Average > 0) _average = new MovingAverage(Store, (float)options.Average);
        State = new TrainingState().Add("generator", Store, outcome: true).Add("critic", _critics, outcome: true)
            .Add("generator adam", _adamG).Add("critic adam", _adamD).Add("rate", () => _rate, rate => _rate = rate);
        if (_average is { } average) State.Add("average", average.Values, outcome: true);
        var arena = new Arena();
        var loop = Work.Loop(run);
        (_plain, _tape, _drawing) = (new Tape(arena, loop, recording: false), new Tape(arena, loop), new Tape(arena, loop));
        (_columns, _codes) = (new int[_batch], new int[_batch]);
        (_drawnCondition, _inGroup, _realCondition) = (new int[_batch], new int[_batch], new int[_batch]);
        _targets = new int[_batch * layout.Columns.Count];
        (_numbers, _factors) = (new int[_batch * layout.Terms], new float[_batch * layout.Terms]);
    }

    /// <summary>The generator's weights.</summary>
    public ParameterStore Store { get; }

    public TrainingState State { get; }

    public IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; } =
    [
        ("critic", SeriesKind.Loss), ("generator", SeriesKind.Loss), ("distance", SeriesKind.Loss),
        ("levels", SeriesKind.Diagnostic), ("pairs", SeriesKind.Diagnostic), ("entropy", SeriesKind.Diagnostic),
    ];

    /// <summary>The place of the distance among the series: what early stopping watches.</summary>
    public const int Distance = 2;

    /// <summary>What rows of the last epoch, in the end of what is kept, have of the training rows' variety.</summary>
    public Variety Variety { get; private set; }

    public double?[] Before(RunContext run) => Told(null, null);

    public double?[] Epoch(int epoch, RunContext run)
    {
        int steps = Math.Max(1, _rows.Count / _batch);
        double critic = 0, generator = 0;
        for (int s = 0; s < steps; s++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            long step = (long)epoch * steps + s;
            DrawConditions(step);
            var (answer, rows) = Drawn(step);
            critic += CriticStep(step, rows) / steps;
            generator += GeneratorStep(step, answer, rows) / steps;
            // At first the average follows closely, so that it does not remember the beginning.
            _average?.Update((1 + _adamG.Steps) / (10f + _adamG.Steps));
        }
        Variety = Measure(epoch);
        return Told(critic, generator);
    }

    private double?[] Told(double? critic, double? generator) => critic is null ? new double?[Series.Count]
        : [critic, generator, Variety.Distance, Variety.Levels, Variety.Pairs, Variety.Entropy];

    public void RolledBack()
    {
        foreach (var adam in new[] { _adamG, _adamD })
        {
            adam.Steps = 0;
            foreach (var (_, values) in adam.Memory) Array.Clear(values);
        }
    }

    public void Slow() => _rate /= 2;

    private void DrawConditions(long pass)
    {
        if (_conditions.Width == 0) return;
        for (int r = 0; r < _batch; r++)
        {
            long item = pass * _batch + r;
            (_columns[r], _codes[r]) = _conditions.ForTraining(_random.Uniform(item, ColumnSlot), _random.Uniform(item, CodeSlot));
            _drawnCondition[r] = _conditions.Number(_columns[r], _codes[r]);
            _inGroup[r] = r % _options.Pac * _conditions.Width + _drawnCondition[r];
        }
    }

    /// <summary>The generator's answers, and the rows that the critic sees of them: both steps of a turn work on them.</summary>
    private (Tensor Answer, Tensor Rows) Drawn(long pass)
    {
        var z = _drawing.Normal(_batch, _options.Latents, _noise, pass * _batch, LatentSlot);
        var answer = _generator.Apply(_drawing, z, _drawnCondition, Momentum);
        // As one row, so that no numbers are drawn in vain at the end of each.
        var gumbel = _drawing.Gumbel(1, _batch * _layout.Codes, _noise, pass, GumbelSlot);
        return (answer, Generator.Soften(_drawing, _layout, answer, _drawing.Reshape(gumbel, _batch, _layout.Codes)));
    }

    private double CriticStep(long pass, Tensor rows)
    {
        long item = pass * _batch;
        DrawReal(pass);
        var drawn = _critic.FirstOfDrawn(_tape, _tape.Detach(rows), _inGroup);
        var real = _critic.FirstOfReal(_tape, _numbers, _factors, _options.Pac * _layout.Terms, _realCondition);
        Critic.Address At(int slot) => new(_noise, item, slot);
        var verdict = _critic.Verdict(_tape, _tape.ConcatRows(drawn, real), At(GateSlot));
        var loss = _tape.Scale(_tape.Subtract(_tape.Sum(_tape.Rows(verdict, 0, _groups)), _tape.Sum(_tape.Rows(verdict, _groups, _groups))),
            1f / _groups);
        double value = loss.Scalar;
        var penalty = _critic.Penalty(_tape,
            Critic.Between(_tape, drawn, real, g => (float)_random.Uniform(item + g, MixSlot)), At(GateSlot + 2));
        _tape.Gradient(_tape.Add(loss, _tape.Scale(penalty, (float)_options.Penalty)), _critics);
        _adamD.Step((float)_rate);
        _tape.Reset();
        return value;
    }

    /// <summary>Real rows that have the drawn rows' conditions, in another order, so that no group meets its own.</summary>
    private void DrawReal(long pass)
    {
        int[] order = _random.Permutation(_batch, ~pass);
        for (int r = 0; r < _batch; r++)
        {
            long item = pass * _batch + r;
            int from = order[r], row = _conditions.Width == 0 ? _random.Below(_rows.Count, item, RowSlot)
                : _byCode.Pick(_columns[from], _codes[from], _random, item, RowSlot);
            int inGroup = r % _options.Pac, at = r * _layout.Terms;
            _realCondition[r] = inGroup * _conditions.Width + _drawnCondition[from];
            _rows.Terms(row, inGroup * _layout.Width, _numbers.AsSpan(at, _layout.Terms), _factors.AsSpan(at, _layout.Terms));
        }
    }

    private double GeneratorStep(long pass, Tensor answer, Tensor rows)
    {
        long item = pass * _batch;
        var verdict = _critic.Verdict(_drawing, _critic.FirstOfDrawn(_drawing, rows, _inGroup), new(_noise, item, GateSlot + 4));
        var loss = _drawing.Scale(_drawing.Mean(verdict), -1);
        if (_conditions.Width > 0)
        {
            // The generator is to draw what its condition names: cross entropy of that column.
            Array.Fill(_targets, -1);
            for (int r = 0; r < _batch; r++) _targets[r * _layout.Columns.Count + _columns[r]] = _codes[r];
            var kept = _drawing.CrossEntropy(answer, _layout.Offsets, _targets);
            loss = _drawing.Add(loss, _drawing.Scale(_drawing.Sum(kept), 1f / _batch));
        }
        double value = loss.Scalar;
        _drawing.Gradient(loss, Store);
        _adamG.Step((float)_rate);
        _drawing.Reset();
        return value;
    }

    /// <summary>
    /// Makes the generator ready to draw: its averaged weights where they are wanted, and batch norms that know the statistics of
    /// many rows under the true frequencies, which is what it will be asked for.
    /// </summary>
    public void Settle()
    {
        if (_average is { } average) average.Values.CopyTo(Store.Values);
        var z = _plain.Normal(SettlingRows, _options.Latents, _noise, 0, MeterSlot);
        _generator.Apply(_plain, z, TrueConditions(SettlingRows, 0), momentum: 1);
        _plain.Reset();
        if (_average is not null) Store.Values.CopyTo(_average.Values);
        Variety = Measure(-1);
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

    /// <summary>What drawn rows have of the variety of those that the meter knows.</summary>
    private Variety Measure(int epoch)
    {
        _average?.Swap();
        var z = _plain.Normal(MeterRows, _options.Latents, _noise, epoch, MeterSlot + 1);
        var answer = _generator.Apply(_plain, z, TrueConditions(MeterRows, epoch + 1), momentum: 0);
        int[][] drawn = _layout.DrawCodes(_plain, _plain.Columns(answer, 0, _layout.Codes),
            _plain.Gumbel(MeterRows, _layout.Codes, _noise, epoch, MeterSlot + 2));
        _plain.Reset();
        _average?.Swap();
        return _meter.Measure(drawn);
    }
}
