using Simulant.Data;
using Simulant.Numerics.Trees;

namespace Simulant.Bench.Quality;

/// <summary>
/// Imputation by chained equations (van Buuren and Groothuis-Oudshoorn 2011) with boosted trees: a model a column, learned from
/// complete rows on all other columns; empty cells start at the mean or the commonest level, and every round predicts each column's
/// empty cells from the row as it then stands. Predictions are means and commonest levels, not draws: that is what gives the least
/// error.
/// </summary>
internal sealed class ChainedEquations
{
    private const int Trees = 60, Depth = 5;
    private const double LearningRate = 0.15;

    private readonly CellTable _training;
    private readonly BinnedFeature[] _features;
    private readonly GradientBoosting?[] _models;

    /// <param name="training">Rows without hidden cells; what is missing in them is a level, or no number.</param>
    public ChainedEquations(CellTable training, RunContext run)
    {
        _training = training;
        _features = [.. Enumerable.Range(0, training.Columns).Select(c => training.IsNumeric(c)
            ? BinnedFeature.Ordered(training.Values[c]) : BinnedFeature.OneHot(training.Levels[c]))];
        _models = new GradientBoosting?[training.Columns];
        Work.For(_models.Length, run, c => _models[c] = Learn(c, run));
    }

    private GradientBoosting? Learn(int column, RunContext run)
    {
        double[] labels = _training.Values[column];
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(r => !double.IsNaN(labels[r]))];
        if (rows.Length == 0 || rows.All(r => labels[r] == labels[rows[0]])) return null;
        int levels = _training.Levels[column];
        return GradientBoosting.Fit(Inputs(_training.Values, column), rows, labels, new BoostingOptions
        {
            Objective = levels == 0 ? BoostingObjective.SquaredError
                : levels == 2 ? BoostingObjective.Logistic : BoostingObjective.Softmax,
            Classes = Math.Max(2, levels),
            Trees = Trees,
            Depth = Depth,
            LearningRate = LearningRate,
            BaseScore = levels > 2 ? 0.5 : double.NaN,
        }, cancel: run.Cancel);
    }

    private BinnedMatrix Inputs(IReadOnlyList<double[]> values, int column)
    {
        int[] others = [.. Enumerable.Range(0, values.Count).Where(c => c != column)];
        return BinnedMatrix.Build([.. others.Select(c => _features[c])], [.. others.Select(c => values[c])]);
    }

    /// <summary>The table with every hidden cell filled.</summary>
    public double[][] Fill(CellTable table, bool[][] hidden, int rounds)
    {
        double[][] values = [.. table.Values.Select((v, c) => v.Select((x, r) => hidden[c][r] ? _training.Typical[c] : x).ToArray())];
        for (int round = 0; round < rounds; round++)
            for (int c = 0; c < values.Length; c++)
            {
                int[] rows = [.. Enumerable.Range(0, table.Rows).Where(r => hidden[c][r])];
                if (_models[c] is not { } model || rows.Length == 0) continue;
                double[] predicted = model.Predict(Inputs(values, c), rows);
                int outputs = model.Outputs;
                for (int k = 0; k < rows.Length; k++)
                    values[c][rows[k]] = outputs > 1 ? Greatest(predicted.AsSpan(k * outputs, outputs))
                        : _training.IsNumeric(c) ? predicted[k] : predicted[k] > 0.5 ? 1 : 0;
            }
        return values;
    }

    private static int Greatest(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best]) best = i;
        return best;
    }
}
