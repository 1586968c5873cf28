using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>
/// A column's location model beside each training row's mean and spread by models that did not see the row (stacking: Wolpert
/// 1992), so that questions learn how far a prediction may be trusted and not how well a model knows its own rows.
/// </summary>
internal sealed class LocationFit
{
    private const int Folds = 4;

    /// <summary>Below this many bins, or rows, questions alone do as well.</summary>
    private const int MinBins = 64, MinRows = 200;

    /// <summary>Share of the variance that must be explained on rows left out, and of that at a first glance.</summary>
    private const double MinExplained = 0.3, MinAtAGlance = 0.18;

    private const int GlanceRows = 4000;

    private readonly float[] _mean;     // per training row
    private readonly float[] _spread;

    private LocationFit(Location location, float[] mean, float[] spread)
    {
        Location = location;
        _mean = mean;
        _spread = spread;
    }

    public Location Location { get; }

    /// <summary>Null where the column is not smooth enough, or too little of it can be said beforehand, to pay.</summary>
    public static LocationFit? TryFit(
        ColumnBins bins, int[] binOf, int[] use, CodedFeatures features, TreesBoosting boosting, RunContext run)
    {
        int values = bins.HasMissing ? bins.Count - 1 : bins.Count;
        if (bins.IsNominal || values < MinBins || 2 * bins.Stretches < values || use.Length == 0) return null;
        var (edge, middle) = Location.Scores(bins.Counts.AsSpan(0, values));
        int[] rows = [.. Enumerable.Range(0, binOf.Length).Where(r => binOf[r] < values)];
        if (rows.Length < MinRows) return null;
        var folds = new CrossFit(features, use, rows, Folds, run);
        double[] score = [.. rows.Select(r => middle[binOf[r]])];
        if (!folds.Promises(score, boosting.Mean with { LearningRate = 0.3, Rounds = 20 }, GlanceRows, MinAtAGlance)) return null;
        var (mean, means) = folds.Fit(score, y => new NormalLoss(y), boosting.Mean);
        if (CrossFit.Explained(score, means) < MinExplained) return null;
        double[] square = [.. score.Select((z, i) => (z - means[i]) * (z - means[i]))];
        var (variance, variances) = folds.Fit(square, y => new VarianceLoss(y), boosting.Variance);
        float[] rowMean = new float[binOf.Length], rowSpread = new float[binOf.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rowMean[rows[i]] = means[i];
            rowSpread[rows[i]] = Location.Spread(variances[i]);
        }
        return new LocationFit(new Location(mean, variance, edge), rowMean, rowSpread);
    }

    /// <summary>What each listed row's score starts from; null where the question is whether the value is missing.</summary>
    public float[]? Offsets(DecisionTree tree, int question, int[] rows)
    {
        var range = tree.Range(question);
        if (!Location.Speaks(range)) return null;
        float[] offsets = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) offsets[i] = Location.LogOdds(range, _mean[rows[i]], _spread[rows[i]]);
        return offsets;
    }

    /// <summary>Boosted models of one number a row, and predictions for each row by the model of the other folds.</summary>
    private sealed class CrossFit
    {
        private readonly CodedFeatures _features;
        private readonly int[] _use;
        private readonly int[] _rows;
        private readonly int[][] _inside;    // positions in rows
        private readonly int[][] _outside;
        private readonly RunContext _run;

        public CrossFit(CodedFeatures features, int[] use, int[] rows, int folds, RunContext run)
        {
            (_features, _use, _rows, _run) = (features, use, rows, run);
            // Which fold a row is in is part of the engine, not of the run: a fit does not depend on the seed.
            var stream = new RandomStream(0, "trees: folds");
            int[] fold = [.. rows.Select(r => stream.Below(folds, r, 0))];
            _inside = [.. Enumerable.Range(0, folds).Select(f => Positions(i => fold[i] == f))];
            _outside = [.. Enumerable.Range(0, folds).Select(f => Positions(i => fold[i] != f))];

            int[] Positions(Func<int, bool> holds) => [.. Enumerable.Range(0, rows.Length).Where(holds)];
        }

        /// <summary>The model of all rows, and each row's prediction by the model of the folds that do not hold it.</summary>
        public (LogitModel Model, float[] Predicted) Fit(double[] y, Func<double[], BoostingLoss> loss, LogitBoosterOptions options)
        {
            LogitModel? whole = null;
            float[] predicted = new float[y.Length];
            Work.For(_inside.Length + 1, _run, f =>
            {
                if (f == _inside.Length) whole = Grow([.. Enumerable.Range(0, y.Length)], y, loss, options);
                else Predict(Grow(_outside[f], y, loss, options), _inside[f], predicted);
            });
            return (whole!, predicted);
        }

        /// <summary>Whether a small model of some rows explains others.</summary>
        public bool Promises(double[] y, LogitBoosterOptions options, int rows, double least)
        {
            int[] seen = _outside[0][..Math.Min(rows, _outside[0].Length)], others = _inside[0][..Math.Min(rows, _inside[0].Length)];
            float[] predicted = new float[y.Length];
            Predict(Grow(seen, y, t => new NormalLoss(t), options), others, predicted);
            return Explained([.. others.Select(i => y[i])], [.. others.Select(i => predicted[i])]) >= least;
        }

        /// <summary>Share of the sum of squares about 0, which is the mean of normal scores.</summary>
        public static double Explained(double[] y, float[] predicted)
        {
            double total = 0, left = 0;
            for (int i = 0; i < y.Length; i++)
            {
                total += y[i] * y[i];
                left += (y[i] - predicted[i]) * (y[i] - predicted[i]);
            }
            return 1 - left / total;
        }

        private LogitModel Grow(int[] at, double[] y, Func<double[], BoostingLoss> loss, LogitBoosterOptions options)
        {
            int[] rows = [.. at.Select(i => _rows[i])];
            return new LogitBooster(_features, _use, rows, loss([.. at.Select(i => y[i])]), options).Fit(_run.Cancel);
        }

        private void Predict(LogitModel model, int[] at, float[] predicted)
        {
            float[] scores = new float[at.Length];
            model.Score(_features.Codes, [.. at.Select(i => _rows[i])], scores);
            for (int k = 0; k < at.Length; k++) predicted[at[k]] = scores[k];
        }
    }
}
