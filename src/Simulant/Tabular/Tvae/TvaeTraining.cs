using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Tvae;

/// <summary>How the network is trained.</summary>
/// <param name="LossFactor">Weight of the reconstruction over the divergence of the latent normals.</param>
internal sealed record TvaeOptions(int Batch, double LearningRate, double WeightDecay, int Latents, int Width, double LossFactor,
    double Validation);

/// <summary>The evidence lower bound, its reconstruction weighted, by Adam.</summary>
internal sealed class TvaeTraining : ITrainable
{
    private const int LatentSlot = 0, MeterSlot = 20, MeterRows = 2000;

    private readonly RowLayout _layout;
    private readonly EncodedRows _rows;
    private readonly TvaeOptions _options;
    private readonly RandomStream _random, _noise;
    private readonly TvaeNetwork _network;
    private readonly Adam _adam;
    private readonly CollapseMeter _meter;
    private readonly Tape _plain, _tape;
    private readonly int[] _train, _aside;
    private double _rate;

    public TvaeTraining(RowLayout layout, EncodedRows rows, TvaeOptions options, RunContext run)
    {
        (_layout, _rows, _options, _rate) = (layout, rows, options, options.LearningRate);
        _random = new RandomStream(run.Seed, "tvae training");
        _noise = new RandomStream(run.Seed, "tvae noise");
        int aside = options.Validation <= 0 || rows.Count < 20 ? 0 : Math.Max(1, (int)(rows.Count * options.Validation));
        int[] shuffled = _random.Permutation(rows.Count, -1);
        (_aside, _train) = (shuffled[..aside], shuffled[aside..]);
        Store = new ParameterStore(new RandomStream(run.Seed, "tvae network"));
        _network = new TvaeNetwork(Store, layout, options.Latents, options.Width);
        _adam = new Adam(Store, weightDecay: (float)options.WeightDecay, coupledDecay: true);
        _meter = new CollapseMeter(rows.Codes, [.. layout.Columns.Select(c => c.Codes)], MeterRows);
        State = new TrainingState().Add("network", Store, outcome: true).Add("adam", _adam).Add("rate", () => _rate, r => _rate = r);
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

    /// <summary>What rows of the network as it is have of the training rows' variety.</summary>
    public Variety Variety => Measure(-1);

    public double?[] Before(RunContext run) => new double?[Series.Count];

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
            _network.Bound();
            _tape.Reset();
        }
        var variety = Measure(epoch);
        return
        [
            loss / _train.Length, _aside.Length == 0 ? null : Judge(run), nats / _train.Length, variety.Distance, variety.Levels,
            variety.Pairs, variety.Entropy,
        ];
    }

    public void RolledBack()
    {
        _adam.Steps = 0;
        foreach (var (_, values) in _adam.Memory) Array.Clear(values);
    }

    public void Slow() => _rate /= 2;

    /// <summary>The weighted bound of rows, summed, and the divergence of their latent normals.</summary>
    private (Tensor Sum, Tensor Divergence) Bound(Tape tape, int[] rows, long item, int slot)
    {
        int columns = _layout.Columns.Count, terms = _layout.Terms;
        int[] numbers = new int[rows.Length * terms], codes = new int[rows.Length * columns];
        float[] factors = new float[numbers.Length];
        Tensor places = tape.New(rows.Length, _layout.Places), counts = tape.New(rows.Length, _layout.Places);
        Span<float> place = places.Values, counted = counts.Values;
        for (int i = 0; i < rows.Length; i++)
        {
            _rows.Terms(rows[i], 0, numbers.AsSpan(i * terms, terms), factors.AsSpan(i * terms, terms));
            factors.AsSpan(i * terms + columns, _layout.Places).CopyTo(place[(i * _layout.Places)..]);
            for (int c = 0; c < columns; c++)
            {
                codes[i * columns + c] = numbers[i * terms + c] - _layout.Offsets[c];
                if (_layout.PlaceOf[c] is >= 0 and var at)
                    counted[i * _layout.Places + at] = codes[i * columns + c] < _layout.Columns[c].Modes ? 1 : 0;
            }
        }
        var (mean, logVariance) = _network.Encode(tape, numbers, factors);
        var noise = tape.Normal(rows.Length, _options.Latents, _noise, item, slot);
        var z = tape.Add(mean, tape.Multiply(noise, tape.Exp(tape.Scale(logVariance, 0.5f))));
        var divergence = tape.NormalDivergence(mean, logVariance);
        var loss = _network.Loss(tape, _network.Decode(tape, z), codes, places, counts);
        return (tape.Add(tape.Scale(loss, (float)_options.LossFactor), divergence), divergence);
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
        var logits = _network.Logits(_plain, _network.Decode(_plain, z));
        int[][] drawn = _layout.DrawCodes(_plain, logits, _plain.Gumbel(MeterRows, _layout.Codes, _noise, epoch, MeterSlot + 2));
        _plain.Reset();
        return _meter.Measure(drawn);
    }
}
