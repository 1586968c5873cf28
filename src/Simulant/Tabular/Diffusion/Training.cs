using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Diffusion;

/// <summary>How the network is trained.</summary>
/// <param name="MaxSteps">Steps at most.</param>
/// <param name="Validation">Share of the rows kept aside.</param>
/// <param name="Patience">Epochs without a gain before training ends.</param>
internal sealed record TrainingOptions(int MaxSteps, int Batch, double LearningRate, double WeightDecay, double Validation,
    bool EarlyStopping, int Patience);

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) on the denoiser's loss, under a rate that falls along half a cosine, with an average of
/// the weights over recent steps that is judged on rows kept aside. The loop is <see cref="TrainingLoop"/>'s.
/// </summary>
internal sealed class Training : ITrainable
{
    /// <summary>A step's rows are cut into pieces of this size at most, which threads share; their gradients are added in order.</summary>
    private const int PieceRows = 256;

    private const int WarmUp = 100, LeastStepsOfEpoch = 50;

    /// <summary>Places in the noise at which rows kept aside are judged; there are more where the rows are few.</summary>
    private const int JudgedRows = 4096;

    private const double MostNorm = 1;
    private const float AverageDecay = 0.998f;

    private readonly Denoiser _network;
    private readonly NoisyRows _noisy, _judged;
    private readonly TrainingOptions _options;
    private readonly RandomStream _random;
    private readonly int[] _train, _aside, _chosen;
    private readonly Adam _adam;
    private readonly MovingAverage _average;
    private readonly Tensor[] _parameters;
    private readonly Tape[] _tapes;
    private readonly float[][] _gradients;
    private readonly Schedule _schedule;
    private double _slow = 1;
    private int[] _order = [];
    private long _pass = -1;

    /// <param name="noisy">Rows to learn from.</param>
    /// <param name="judged">The same rows as they are judged: other noise, nothing given.</param>
    public Training(Denoiser network, NoisyRows noisy, NoisyRows judged, int rows, TrainingOptions options, ulong seed)
    {
        (_network, _noisy, _judged, _options) = (network, noisy, judged, options);
        _random = new RandomStream(seed, "diffusion training");
        int aside = rows < 20 ? 0 : Math.Max(1, (int)(rows * options.Validation));
        int[] shuffled = _random.Permutation(rows, -1);
        (_aside, _train) = (shuffled[..aside], shuffled[aside..]);
        _chosen = new int[Math.Clamp(_train.Length / 8, 32, options.Batch)];
        StepsOfEpoch = Math.Max(LeastStepsOfEpoch, (_train.Length + _chosen.Length - 1) / _chosen.Length);
        _adam = new Adam(network.Store, weightDecay: (float)options.WeightDecay);
        _average = new MovingAverage(network.Store, AverageDecay);
        _parameters = [.. network.Store.Parameters.Select(p => p.Tensor)];
        int pieces = (_chosen.Length + PieceRows - 1) / PieceRows;
        _tapes = [.. Enumerable.Range(0, pieces).Select(_ => new Tape())];
        _gradients = [.. _tapes.Select(_ => new float[network.Store.Count])];
        Epochs = (options.MaxSteps + StepsOfEpoch - 1) / StepsOfEpoch;
        _schedule = new Schedule((float)options.LearningRate, WarmUp, (long)Epochs * StepsOfEpoch);
    }

    /// <summary>A pass over the rows, or a number of steps where the rows are few.</summary>
    private int StepsOfEpoch { get; }

    private int Epochs { get; }

    /// <summary>
    /// Leaves the averaged weights that did best on the rows kept aside in the network. A table too small to keep any aside keeps
    /// its first weights: a Gaussian copula of its numbers, and independent choices.
    /// </summary>
    public TrainingCurve? Fit(RunContext run)
    {
        if (_aside.Length == 0) return null;
        var curve = TrainingLoop.Run(this, new LoopOptions(Epochs)
        {
            Watched = 1,
            EarlyStopping = _options.EarlyStopping,
            Patience = _options.Patience,
        }, run);
        _average.Values.CopyTo(_network.Store.Values);
        return curve;
    }

    public IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; } =
        [("training", SeriesKind.Loss), ("validation", SeriesKind.Loss)];

    public TrainingState State => new TrainingState().Add("weights", _network.Store).Add("average", _average.Values, outcome: true)
        .Add("adam", _adam).Add("slow", () => _slow, slow => _slow = slow);

    public double?[] Before(RunContext run) => [null, Judge(run)];

    public double?[] Epoch(int epoch, RunContext run)
    {
        double sum = 0;
        for (int k = 0; k < StepsOfEpoch; k++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            long step = (long)epoch * StepsOfEpoch + k;
            Choose(step);
            sum += Step(step, run);
            if (!double.IsFinite(sum)) return [sum, null];
        }
        return [sum / StepsOfEpoch, Judge(run)];
    }

    public void RolledBack()
    {
        _average.Values.CopyTo(_network.Store.Values);
        foreach (var (_, memory) in _adam.Memory) Array.Clear(memory);
        _adam.Steps = 0;
    }

    public void Slow() => _slow /= 2;

    /// <summary>Which rows a step learns from: all of them in a random order, then in another.</summary>
    private void Choose(long step)
    {
        for (int i = 0; i < _chosen.Length; i++)
        {
            long place = step * _chosen.Length + i, pass = place / _train.Length;
            if (pass != _pass) (_order, _pass) = (_random.Permutation(_train.Length, pass), pass);
            _chosen[i] = _train[_order[place % _train.Length]];
        }
    }

    private double Step(long step, RunContext run)
    {
        int count = _chosen.Length;
        double[] losses = new double[_tapes.Length];
        Work.For(_tapes.Length, run, p =>
        {
            int from = count * p / _tapes.Length, to = count * (p + 1) / _tapes.Length;
            var tape = _tapes[p];
            tape.Reset();
            var loss = _noisy.Loss(tape, _network, _chosen.AsSpan(from, to - from), step * count + from, (from, count));
            losses[p] = loss.Scalar;
            var found = tape.Gradient(loss, _parameters);
            for (int k = 0; k < found.Length; k++)
                found[k].Values.CopyTo(_gradients[p].AsSpan(_network.Store.Parameters[k].Offset));
        });
        double mean = losses.Sum() / count;
        if (!double.IsFinite(mean)) return mean;
        var sum = _network.Store.Gradients;
        for (int i = 0; i < sum.Length; i++)
        {
            float g = 0;
            foreach (float[] piece in _gradients) g += piece[i];
            sum[i] = g / count;
        }
        Gradients.Clip(_network.Store, MostNorm);
        _adam.Step((float)(_slow * _schedule.At(step)));
        // At first the average follows closely, so that it does not remember the beginning.
        _average.Update((1 + _adam.Steps) / (10f + _adam.Steps));
        return mean;
    }

    /// <summary>Mean loss of the rows kept aside under the averaged weights, always at the same places in the noise.</summary>
    private double Judge(RunContext run)
    {
        int pieces = (Math.Min(JudgedRows, 16 * _aside.Length) + PieceRows - 1) / PieceRows, all = pieces * PieceRows;
        double[] sums = new double[pieces];
        _average.Swap();
        try
        {
            Work.For(pieces, run, p =>
            {
                using var tape = new Tape(recording: false);
                int[] rows = new int[PieceRows];
                for (int i = 0; i < PieceRows; i++) rows[i] = _aside[(p * PieceRows + i) % _aside.Length];
                sums[p] = _judged.Loss(tape, _network, rows, (long)p * PieceRows, (p * PieceRows, all)).Scalar;
            });
        }
        finally
        {
            _average.Swap();
        }
        return sums.Sum() / all;
    }
}
