using System.Numerics.Tensors;

namespace Simulant.Numerics.Trees;

/// <summary>
/// Gradient-boosted trees of second order over histograms of at most 255 bins, with a learned direction for missing values.
/// Bit-identical at any thread count. Source: Chen, Guestrin, "XGBoost: a scalable tree boosting system" (KDD 2016); what is
/// not here: sampling of rows and columns, early stopping, ranking.
/// </summary>
public sealed class GradientBoosting
{
    // XGBoost's floor of the second derivative, so that a certain row still weighs something.
    private const double LeastH = 1e-16;

    private readonly BoostingOptions _options;
    private readonly FlatTree[] _flat;
    private readonly double _baseMargin;

    private GradientBoosting(BoostingOptions options, IReadOnlyList<BoostedTree> trees, double baseMargin, double[] gains)
    {
        _options = options;
        Trees = trees;
        _flat = [.. trees.Select(t => t.Flatten())];
        _baseMargin = baseMargin;
        FeatureGains = gains;
    }

    /// <summary>Round by round; softmax has one tree a class in each round.</summary>
    public IReadOnlyList<BoostedTree> Trees { get; }

    /// <summary>Total gain of each feature's splits.</summary>
    public IReadOnlyList<double> FeatureGains { get; }

    /// <summary>Numbers that <see cref="PredictMargins"/> gives a row: 1, or the classes of softmax.</summary>
    public int Outputs => _options.Objective == BoostingObjective.Softmax ? _options.Classes : 1;

    /// <param name="rows">Rows of the matrix to train on, ascending, at least one.</param>
    /// <param name="labels">By row of the matrix: see <see cref="BoostingObjective"/>.</param>
    /// <exception cref="ArgumentException">A label outside its objective's range, or options out of range.</exception>
    public static GradientBoosting Fit(
        BinnedMatrix matrix, int[] rows, double[] labels, BoostingOptions options, ParallelLoop? loop = null,
        CancellationToken cancel = default)
    {
        Check(matrix, rows, labels, options);
        int outputs = options.Objective == BoostingObjective.Softmax ? options.Classes : 1;
        double baseMargin = BaseMargin(rows, labels, options);
        double[] margins = new double[(long)matrix.Rows * outputs];
        Array.Fill(margins, baseMargin);
        double[] gh = new double[2L * matrix.Rows], gains = new double[matrix.FeatureCount];
        var work = new Scratch(rows.Length, outputs);
        var grower = new TreeGrower(matrix, options, rows.Length, loop ?? ParallelLoop.Sequential);
        var trees = new List<BoostedTree>(options.Trees * outputs);
        for (int round = 0; round < options.Trees; round++)
        {
            cancel.ThrowIfCancellationRequested();
            if (outputs > 1) work.Softmax(rows, margins);
            for (int k = 0; k < outputs; k++)
            {
                if (outputs > 1) work.SoftmaxDerivatives(rows, labels, k, gh);
                else if (options.Objective == BoostingObjective.Logistic) work.Logistic(rows, labels, margins, gh);
                else SquaredError(rows, labels, margins, gh);
                trees.Add(grower.Grow(rows, gh, margins, outputs, k, gains));
            }
        }
        return new GradientBoosting(options, trees, baseMargin, gains);
    }

    /// <summary>Margins of the given rows, [rows * <see cref="Outputs"/>].</summary>
    public double[] PredictMargins(BinnedMatrix matrix, ReadOnlySpan<int> rows)
    {
        int outputs = Outputs, width = matrix.FeatureCount;
        double[] margins = new double[(long)rows.Length * outputs];
        Array.Fill(margins, _baseMargin);
        for (int t = 0; t < _flat.Length; t++) // a tree fits the nearest cache; rows stream past it
            _flat[t].AddTo(matrix.Bins, width, rows, margins, outputs, t % outputs);
        return margins;
    }

    /// <summary>The node of one tree that each row ends in.</summary>
    public int[] Leaves(BinnedMatrix matrix, ReadOnlySpan<int> rows, int tree)
    {
        int[] nodes = new int[rows.Length];
        _flat[tree].Find(matrix.Bins, matrix.FeatureCount, rows, nodes);
        return nodes;
    }

    /// <summary>Probabilities (logistic: of label 1; softmax: of each class) or values, [rows * <see cref="Outputs"/>].</summary>
    public double[] Predict(BinnedMatrix matrix, ReadOnlySpan<int> rows)
    {
        double[] margins = PredictMargins(matrix, rows);
        if (_options.Objective == BoostingObjective.Logistic) TensorPrimitives.Sigmoid<double>(margins, margins);
        if (_options.Objective != BoostingObjective.Softmax) return margins;
        for (int i = 0; i < rows.Length; i++) SoftmaxInPlace(margins.AsSpan(i * Outputs, Outputs));
        return margins;
    }

    private static void Check(BinnedMatrix matrix, int[] rows, double[] labels, BoostingOptions options)
    {
        if (rows.Length == 0) throw new ArgumentException("no rows to train on", nameof(rows));
        if (labels.Length != matrix.Rows) throw new ArgumentException("one label a row of the matrix", nameof(labels));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Trees, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Depth, 16);
        if (options.Objective == BoostingObjective.Softmax) ArgumentOutOfRangeException.ThrowIfLessThan(options.Classes, 2);
        foreach (int row in rows)
        {
            double y = labels[row];
            bool fine = options.Objective switch
            {
                BoostingObjective.Logistic => y is 0 or 1,
                BoostingObjective.Softmax => y >= 0 && y < options.Classes && y == Math.Floor(y),
                _ => double.IsFinite(y),
            };
            if (!fine) throw new ArgumentException($"label {y} of row {row} does not fit {options.Objective}", nameof(labels));
        }
    }

    private static double BaseMargin(int[] rows, double[] labels, BoostingOptions options)
    {
        double score = options.BaseScore;
        if (double.IsNaN(score))
        {
            score = 0.5;
            if (options.Objective != BoostingObjective.Softmax)
            {
                double sum = 0;
                foreach (int row in rows) sum += labels[row];
                score = sum / rows.Length;
            }
        }
        if (options.Objective != BoostingObjective.Logistic) return score;
        score = Math.Clamp(score, 1e-6, 1 - 1e-6);
        return Math.Log(score / (1 - score));
    }

    private static void SquaredError(int[] rows, double[] labels, double[] margins, double[] gh)
    {
        foreach (int row in rows)
        {
            gh[2 * row] = margins[row] - labels[row];
            gh[2 * row + 1] = 1;
        }
    }

    private static void SoftmaxInPlace(Span<double> margins)
    {
        double top = TensorPrimitives.Max<double>(margins), sum = 0;
        for (int k = 0; k < margins.Length; k++) sum += margins[k] = Math.Exp(margins[k] - top);
        for (int k = 0; k < margins.Length; k++) margins[k] /= sum;
    }

    /// <summary>Buffers of the derivatives, kept between rounds.</summary>
    private sealed class Scratch(int count, int outputs)
    {
        private readonly double[] _p = new double[(long)count * outputs];

        public void Logistic(int[] rows, double[] labels, double[] margins, double[] gh)
        {
            for (int i = 0; i < rows.Length; i++) _p[i] = margins[rows[i]];
            TensorPrimitives.Sigmoid<double>(_p, _p);
            for (int i = 0; i < rows.Length; i++)
            {
                int row = rows[i];
                double p = _p[i];
                gh[2 * row] = p - labels[row];
                gh[2 * row + 1] = Math.Max(p * (1 - p), LeastH);
            }
        }

        public void Softmax(int[] rows, double[] margins)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                var p = _p.AsSpan(i * outputs, outputs);
                margins.AsSpan(rows[i] * outputs, outputs).CopyTo(p);
                SoftmaxInPlace(p);
            }
        }

        public void SoftmaxDerivatives(int[] rows, double[] labels, int k, double[] gh)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int row = rows[i];
                double p = _p[i * outputs + k];
                gh[2 * row] = p - (labels[row] == k ? 1 : 0);
                gh[2 * row + 1] = Math.Max(2 * p * (1 - p), LeastH);
            }
        }
    }
}
