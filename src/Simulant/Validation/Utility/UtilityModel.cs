using Simulant.Numerics.Trees;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Utility;

/// <summary>
/// Boosted trees (200 of depth 6, eta .1) fitted on some rows and judged on the holdout. Keeps the holdout predictions, so that
/// every score can be taken again under bootstrap weights.
/// </summary>
internal sealed class UtilityModel
{
    private readonly UtilityData _data;
    private readonly double[] _predictions; // [holdout rows * outputs]: probabilities or values
    private readonly RankedScores[] _ranked; // binary: one; multi-class: one a class
    private readonly double[] _truth;

    private UtilityModel(UtilityData data, double[] predictions)
    {
        _data = data;
        _predictions = predictions;
        _truth = [.. data.Rows(Part.Holdout).Select(r => data.Labels[r])];
        int outputs = data.Task == UtilityTask.Multiclass ? data.Classes.Count : 1;
        _ranked = data.Task == UtilityTask.Regression ? [] : [.. Enumerable.Range(0, outputs).Select(k => new RankedScores(
            [.. Enumerable.Range(0, _truth.Length).Select(i => predictions[i * outputs + k])],
            [.. _truth.Select(t => t == (outputs == 1 ? 1 : k))]))];
    }

    public int HoldoutRows => _truth.Length;

    /// <summary>Binary: by judged row, the probability of the positive class (the last label in order).</summary>
    public double[] Probabilities => _predictions;

    /// <summary>Binary: by judged row, whether its label is the positive class.</summary>
    public bool[] Positive => [.. _truth.Select(t => t == 1)];

    public static UtilityModel Fit(UtilityData data, int[] rows, CancellationToken cancel)
    {
        var options = new BoostingOptions
        {
            Trees = 200,
            Depth = 6,
            LearningRate = 0.1,
            Classes = Math.Max(2, data.Classes.Count),
            BaseScore = data.Task == UtilityTask.Regression ? double.NaN : 0.5,
            Objective = data.Task switch
            {
                UtilityTask.Binary => BoostingObjective.Logistic,
                UtilityTask.Multiclass => BoostingObjective.Softmax,
                _ => BoostingObjective.SquaredError,
            },
        };
        var matrix = data.BinnedOn(rows);
        var model = GradientBoosting.Fit(matrix, rows, data.Labels, options, cancel: cancel);
        return new UtilityModel(data, model.Predict(matrix, data.Rows(Part.Holdout)));
    }

    /// <summary>AUC (binary), macro mean of one-against-rest AUCs (multi-class, classes the holdout has), or R2.</summary>
    public double Main(byte[]? weights = null)
    {
        if (_data.Task == UtilityTask.Regression) return R2(weights);
        double sum = 0;
        int classes = 0;
        foreach (var ranked in _ranked)
        {
            double auc = weights is null ? ranked.Auc() : ranked.Auc(weights);
            if (double.IsNaN(auc)) continue;
            sum += auc;
            classes++;
        }
        return classes == 0 ? double.NaN : sum / classes;
    }

    private double R2(byte[]? weights)
    {
        double total = 0, mean = 0;
        for (int i = 0; i < _truth.Length; i++)
        {
            double w = weights?[i] ?? 1;
            total += w;
            mean += w * _truth[i];
        }
        mean /= total;
        double residual = 0, spread = 0;
        for (int i = 0; i < _truth.Length; i++)
        {
            double w = weights?[i] ?? 1, r = _truth[i] - _predictions[i], d = _truth[i] - mean;
            residual += w * r * r;
            spread += w * d * d;
        }
        return spread > 0 ? 1 - residual / spread : double.NaN;
    }

    public double Rmse(byte[]? weights = null)
    {
        double total = 0, residual = 0;
        for (int i = 0; i < _truth.Length; i++)
        {
            double w = weights?[i] ?? 1, r = _truth[i] - _predictions[i];
            total += w;
            residual += w * r * r;
        }
        return Math.Sqrt(residual / total);
    }

    /// <summary>Mean F1 of the classes that the holdout has.</summary>
    public double MacroF1(byte[]? weights = null)
    {
        var counts = Confusion(weights);
        double sum = 0;
        int classes = 0;
        foreach (var (hit, predicted, actual) in counts)
        {
            if (actual == 0) continue;
            sum += 2 * hit / (predicted + actual);
            classes++;
        }
        return sum / classes;
    }

    /// <summary>Per class: weight predicted rightly, predicted at all, and true.</summary>
    private (double Hit, double Predicted, double Actual)[] Confusion(byte[]? weights)
    {
        var counts = new (double Hit, double Predicted, double Actual)[_data.Classes.Count];
        for (int i = 0; i < _truth.Length; i++)
        {
            double w = weights?[i] ?? 1;
            int truth = (int)_truth[i], said = Predicted(i);
            counts[truth].Actual += w;
            counts[said].Predicted += w;
            if (truth == said) counts[truth].Hit += w;
        }
        return counts;
    }

    private int Predicted(int i)
    {
        if (_data.Task == UtilityTask.Binary) return _predictions[i] > 0.5 ? 1 : 0;
        var own = _predictions.AsSpan(i * _data.Classes.Count, _data.Classes.Count);
        return System.Numerics.Tensors.TensorPrimitives.IndexOfMax<double>(own);
    }

    public ModelScores Scores()
    {
        if (_data.Task == UtilityTask.Regression) return new ModelScores { R2 = Main(), Rmse = Rmse() };
        var confusion = Confusion(null);
        var classes = new List<ClassScores>();
        for (int k = 0; k < _data.Classes.Count; k++)
        {
            if (confusion[k].Actual == 0) continue;
            classes.Add(Class(k, confusion[k]));
        }
        return new ModelScores { Auc = Main(), MacroF1 = MacroF1(), Classes = classes };
    }

    private ClassScores Class(int k, (double Hit, double Predicted, double Actual) counts)
    {
        bool flipped = _data.Task == UtilityTask.Binary && k == 0;
        int outputs = _data.Task == UtilityTask.Binary ? 1 : _data.Classes.Count;
        double[] scores = new double[_truth.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            double p = _predictions[i * outputs + (outputs == 1 ? 0 : k)];
            scores[i] = flipped ? 1 - p : p;
        }
        bool[] positive = [.. _truth.Select(t => t == k)];
        var (roc, precisionRecall) = Curves.Of(scores, positive);
        return new ClassScores(
            _data.Classes[k], (int)counts.Actual, RankedScores.Auc(scores, positive),
            2 * counts.Hit / (counts.Predicted + counts.Actual),
            counts.Predicted == 0 ? double.NaN : counts.Hit / counts.Predicted, counts.Hit / counts.Actual)
        {
            Roc = roc,
            PrecisionRecall = precisionRecall,
        };
    }
}
