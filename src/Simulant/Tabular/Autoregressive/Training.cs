using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Autoregressive;

/// <summary>How the network is trained.</summary>
/// <param name="DropoutEighths">Of eight hidden values, how many are left out at random.</param>
internal sealed record TrainingOptions(int MaxEpochs, int Batch, double LearningRate, double WeightDecay, double Validation,
    bool EarlyStopping, int Patience, int DropoutEighths);

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) on the mean negative log-likelihood, blocks of 64 rows each under a column order of its
/// own, and an average of the weights over recent steps, judged on rows kept aside. The loop is <see cref="TrainingLoop"/>'s.
/// </summary>
internal sealed class Training : ITrainable
{
    private const int Lanes = LaneProduct.Lanes;
    private const int PatientSteps = 100, PatientWeights = 1 << 20;

    /// <summary>Numbers of all blocks' gradients together, so that wide tables stay within memory.</summary>
    private const long MostGradients = 1L << 26;

    private readonly NetworkShape _shape;
    private readonly int[][] _codes;
    private readonly int[] _plain;
    private readonly TrainingOptions _options;
    private readonly RunContext _run;
    private readonly RandomStream _random, _dropped;
    private readonly int[] _train, _aside;
    private readonly Optimiser _optimiser;
    private readonly Gradient[] _gradients;
    private readonly FieldOrder _plainOrder;

    /// <param name="codes">[sub-column][row].</param>
    /// <param name="plain">The columns in their plain order.</param>
    public Training(NetworkShape shape, float[] weights, int[][] codes, int rows, int[] plain, TrainingOptions options, RunContext run)
    {
        _shape = shape;
        _codes = codes;
        _plain = plain;
        _options = options;
        _run = run;
        _random = new RandomStream(run.Seed, "autoregressive training");
        _dropped = new RandomStream(run.Seed, "autoregressive dropout");
        int aside = rows < 20 ? 0 : Math.Max(1, (int)(rows * options.Validation));
        int[] shuffled = _random.Permutation(rows, -1);
        _aside = shuffled[..aside];
        _train = shuffled[aside..];
        _optimiser = new Optimiser(weights, options);
        _plainOrder = new FieldOrder(shape, plain);
        _gradients = new Gradient[BlocksOf(shape, rows, options)];
        for (int s = 0; s < _gradients.Length; s++) _gradients[s] = new Gradient(shape);
    }

    /// <summary>
    /// Leaves the averaged weights that did best on the rows kept aside in <see cref="Outcome"/>. A table too small to keep any
    /// aside keeps its first weights, under which every column follows its own distribution.
    /// </summary>
    public TrainingCurve? Fit()
    {
        if (_aside.Length == 0) return null;
        int steps = (_train.Length + _gradients.Length * Lanes - 1) / (_gradients.Length * Lanes);
        // Small tables have epochs of few steps, too few to tell whether anything was gained.
        // A network far larger than its table has nothing to wait for.
        int patience = _shape.Weights > PatientWeights ? _options.Patience : Math.Max(_options.Patience, PatientSteps / steps);
        return TrainingLoop.Run(this, new LoopOptions(_options.MaxEpochs)
        {
            Watched = 1,
            EarlyStopping = _options.EarlyStopping,
            Patience = patience,
            SlowAfter = Math.Max(1, patience / 2),
        }, _run);
    }

    /// <summary>The averaged weights.</summary>
    public float[] Outcome => _optimiser.Average;

    public IReadOnlyList<(string Name, SeriesKind Kind)> Series { get; } =
        [("training", SeriesKind.Loss), ("validation", SeriesKind.Loss)];

    public TrainingState State => _optimiser.State;

    public double?[] Before(RunContext run) => [null, Judge(_optimiser.Average)];

    double?[] ITrainable.Epoch(int epoch, RunContext run) => [Epoch(epoch), Judge(_optimiser.Average)];

    public void RolledBack() => _optimiser.StartFromAverage();

    public void Slow() => _optimiser.Rate *= 0.5;

    /// <summary>Blocks of one step: as asked, but at least 32 steps an epoch, and no more than memory allows.</summary>
    private static int BlocksOf(NetworkShape shape, int rows, TrainingOptions options) => (int)Math.Max(1,
        Math.Min(Math.Min(options.Batch / Lanes, rows / 32 / Lanes), MostGradients / Math.Max(1, shape.Weights)));

    private double Epoch(int epoch)
    {
        int[] order = _random.Permutation(_train.Length, epoch);
        int batch = _gradients.Length * Lanes;
        double loss = 0;
        int[] rows = new int[batch];
        for (int start = 0, step = 0; start < order.Length; start += batch, step++)
        {
            _run.Cancel.ThrowIfCancellationRequested();
            int count = Math.Min(batch, order.Length - start);
            for (int i = 0; i < count; i++) rows[i] = _train[order[start + i]];
            // Rows are dealt to the blocks evenly; the dealing knows nothing of threads.
            int blocks = Math.Min(_gradients.Length, (count + Lanes - 1) / Lanes);
            int first = step;
            Work.For(blocks, _run, s =>
            {
                int from = (int)((long)count * s / blocks), to = (int)((long)count * (s + 1) / blocks);
                _gradients[s].Backward(_optimiser.Weights, _codes, rows.AsSpan(from, to - from), Order(epoch, first, s), 1f / count,
                    new Dropout(_dropped, (long)epoch << 32 | (uint)first, s, _options.DropoutEighths));
            });
            for (int s = 0; s < blocks; s++) loss += _gradients[s].LossOf.Sum();
            if (!double.IsFinite(loss)) return loss;
            _optimiser.Step(_gradients, blocks, _run);
        }
        return loss / order.Length;
    }

    /// <summary>Half of the blocks learn the plain order, in which rows without conditions are drawn.</summary>
    private FieldOrder Order(int epoch, int step, int block)
    {
        if ((block + step) % 2 == 0) return _plainOrder;
        long item = (long)epoch << 32 | (uint)step;
        int[] columns = [.. _plain];
        for (int i = columns.Length - 1; i > 0; i--)
        {
            int j = _random.Below(i + 1, item, 1000 + block, i);
            (columns[i], columns[j]) = (columns[j], columns[i]);
        }
        return new FieldOrder(_shape, columns);
    }

    /// <summary>Mean loss of the rows kept aside, half of the blocks in the plain order, half in an order of their own.</summary>
    private double Judge(float[] weights)
    {
        int blocks = (_aside.Length + Lanes - 1) / Lanes;
        double[] plain = new double[blocks], other = new double[blocks];
        int lots = Math.Min(blocks, _gradients.Length);
        Work.For(lots, _run, s =>
        {
            for (int b = s; b < blocks; b += lots)
            {
                var rows = _aside.AsSpan(b * Lanes, Math.Min(Lanes, _aside.Length - b * Lanes));
                _gradients[s].Forward(weights, _codes, rows, _plainOrder);
                plain[b] = _gradients[s].LossOf.Sum();
                _gradients[s].Forward(weights, _codes, rows, Order(-1, 2 * b, 1));
                other[b] = _gradients[s].LossOf.Sum();
            }
        });
        return (plain.Sum() + other.Sum()) / (2.0 * _aside.Length);
    }
}
