namespace Simulant.Validation.Utility;

/// <summary>ROC and precision-recall curves, thinned for drawing.</summary>
internal static class Curves
{
    private const int MostPoints = 201;

    public static (IReadOnlyList<CurvePoint> Roc, IReadOnlyList<CurvePoint> PrecisionRecall) Of(double[] scores, bool[] positive)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        double positives = positive.Count(p => p), negatives = positive.Length - positives;
        var roc = new List<CurvePoint> { new(0, 0) };
        var precisionRecall = new List<CurvePoint>();
        if (positives == 0 || negatives == 0) return ([], []);
        double hits = 0, falseAlarms = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (positive[order[i]]) hits++;
            else falseAlarms++;
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]]) continue;
            roc.Add(new CurvePoint(falseAlarms / negatives, hits / positives));
            precisionRecall.Add(new CurvePoint(hits / positives, hits / (hits + falseAlarms)));
        }
        return (Thin(roc), Thin(precisionRecall));
    }

    /// <summary>Evenly spaced points of the curve, both ends kept.</summary>
    private static List<CurvePoint> Thin(List<CurvePoint> points)
    {
        if (points.Count <= MostPoints) return points;
        var kept = new List<CurvePoint>(MostPoints);
        for (int i = 0; i < MostPoints; i++) kept.Add(points[(int)((long)i * (points.Count - 1) / (MostPoints - 1))]);
        return kept;
    }
}
