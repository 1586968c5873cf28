using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Tvae;

/// <summary>The evidence lower bound of the repaired network; the average of its weights is what is judged and kept.</summary>
internal sealed class TvaeChainTraining : ITrainable
{
    private const int LatentSlot = 0, MeterSlot = 20, MeterRows = 2000;
    private const float AverageDecay = 0.997f;

    private readonly int[][] _codes;
    private readonly TvaeOptions _options;
    private readonly RandomStream _random, _noise;
    private readonly TvaeChain _network;
    private readonly Adam _adam;
    private readonly MovingAverage _average;
    private readonly CollapseMeter _meter;
    private readonly ChainLayout _layout;
    private readonly Tape _plain, _tape;
    private readonly int[] _train, _aside;
    private double _rate;

    /// <param name="codes">[field][row]</param>
    public TvaeChainTraining(ChainLayout layout, int[][] codes, TvaeOptions options, RunContext run)
    {
        (_layout, _codes, _options, _rate) = (layout, codes, options, options.LearningRate);
        _random = new RandomStream(run.Seed, "tvae training");
        _noise = new RandomStream(run.Seed, "tvae noise");
        int rows = codes[0].Length, aside = rows < 20 ? 0 : Math.Max(1, (int)(rows * options.Validation));
        int[] shuffled = _random.Permutation(rows, -1);
        (_aside, _train) = (shuffled[..aside], shuffled[aside..]);
        Store = new ParameterStore(new RandomStream(run.Seed, "tvae network"));
        _network = new TvaeChain(Store, layout, options.Latents, options.Width,
            f => CollapseMeter.Shares(codes[f], layout.Fields[f].Codes));
        _adam = new Adam(Store, weightDecay: (float)options.WeightDecay);
        _average = new MovingAverage(Store, AverageDecay);
        _meter = new CollapseMeter(codes, [.. layout.Fields.Select(f => f.Codes)], MeterRows);
        State = new TrainingState().Add("network", Store, outcome: true).Add("average", _average.Values, outcome: true)
            .Add("adam", _adam).Add("rate", () => _rate, r => _rate = r);
        var arena = new Arena();
        var loop = Work.Loop(run);
        (_plain, _tape) = (new Tape(arena, loop, recording: false), new Tape(arena, loop));
    }

    public ParameterStore Store { get; }
    public TrainingState State { get; }

    public IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; } =
    [
        ("loss", SeriesKind.Loss), ("loss aside", SeriesKind.Loss), ("latent nats", SeriesKind.Diagnostic),
        ("distance", SeriesKind.Diagnostic), ("levels", SeriesKind.Diagnostic), ("pairs", SeriesKind.Diagnostic),
        ("entropy", SeriesKind.Diagnostic),
    ];

    /// <summary>The place of the loss of rows kept aside among the series.</summary>
    public const int Aside = 1;

    public Variety Variety => Measure(-1);

    public double?[] Before(RunContext run) => [null, _aside.Length == 0 ? null : Judge(run), null, null, null, null, null];

    public double?[] Epoch(int epoch, RunContext run)
    {
        int[] order = _random.Permutation(_train.Length, epoch);
        double loss = 0, nats = 0;
        for (int start = 0; start < order.Length; start += _options.Batch)
        {
            run.Cancel.ThrowIfCancellationRequested();
            int count = Math.Min(_options.Batch, order.Length - start);
            int[] rows = new int[count];
            for (int i = 0; i < count; i++) rows[i] = _train[order[start + i]];
            var (sum, latent) = Bound(_tape, rows, (long)epoch * _train.Length + start, LatentSlot);
            loss += sum.Scalar;
            nats += latent.Scalar;
            _tape.Gradient(_tape.Scale(sum, 1f / count), Store);
            _adam.Step((float)_rate);
            _average.Update();
            _tape.Reset();
        }
        _average.Swap();
        var variety = Measure(epoch);
        double? aside = _aside.Length == 0 ? null : Judge(run);
        _average.Swap();
        return [loss / _train.Length, aside, nats / _train.Length, variety.Distance, variety.Levels, variety.Pairs, variety.Entropy];
    }

    /// <summary>The average becomes the network.</summary>
    public void Settle() => _average.Values.CopyTo(Store.Values);

    public void RolledBack()
    {
        _adam.Steps = 0;
        foreach (var (_, values) in _adam.Memory) Array.Clear(values);
    }

    public void Slow() => _rate /= 2;

    private (Tensor Sum, Tensor Divergence) Bound(Tape tape, int[] rows, long item, int slot)
    {
        int[][] codes = Chain.Pick(_codes, rows);
        var (mean, logVariance) = _network.Encode(tape, codes);
        var noise = tape.Normal(rows.Length, _options.Latents, _noise, item, slot);
        var z = tape.Add(mean, tape.Multiply(noise, tape.Exp(tape.Scale(logVariance, 0.5f))));
        var divergence = tape.NormalDivergence(mean, logVariance);
        return (tape.Add(_network.Chain.Loss(tape, _network.Context(tape, z), codes), divergence), divergence);
    }

    private double Judge(RunContext run)
    {
        double loss = 0;
        for (int start = 0; start < _aside.Length; start += _options.Batch)
        {
            run.Cancel.ThrowIfCancellationRequested();
            int[] rows = _aside[start..Math.Min(_aside.Length, start + _options.Batch)];
            loss += Bound(_plain, rows, start, MeterSlot + 1).Sum.Scalar;
            _plain.Reset();
        }
        return loss / _aside.Length;
    }

    private Variety Measure(int epoch)
    {
        var z = _plain.Normal(MeterRows, _options.Latents, _noise, epoch, MeterSlot);
        int[][] drawn = _network.Chain.Draw(_plain, _network.Context(_plain, z),
            f => _plain.Gumbel(MeterRows, _layout.Fields[f].Codes, _noise, (long)(epoch + 1) * MeterRows, MeterSlot + 2 + f));
        _plain.Reset();
        return _meter.Measure(drawn);
    }
}
