using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>Single columns and pairs of columns.</summary>
internal static class FidelityFamily
{
    public static PairTrends? Measure(Session session)
    {
        MeasureShapes(session);
        return MeasureTrends(session);
    }

    private static void MeasureShapes(Session session)
    {
        if (!session.Wants(MetricNames.Shapes)) return;
        var columns = session.Tables.Columns;
        double[] synthetic = new double[columns.Count], reference = new double[columns.Count];
        Work.For(columns.Count, session.Run, c =>
        {
            synthetic[c] = Shapes.Similarity(columns[c], Part.Training, Part.Synthetic);
            reference[c] = Shapes.Similarity(columns[c], Part.Training, Part.Holdout);
        });
        session.Exact(MetricNames.Shapes, MeanOfDefined(synthetic), MeanOfDefined(reference), Direction.Higher,
            synthetic.Count(s => !double.IsNaN(s)));
    }

    private static double MeanOfDefined(double[] values)
    {
        double[] defined = [.. values.Where(v => !double.IsNaN(v))];
        return defined.Length == 0 ? double.NaN : defined.Average();
    }

    private static PairTrends? MeasureTrends(Session session)
    {
        if (!session.Wants(MetricNames.Trends)) return null;
        if (session.Tables.Columns.Count < 2)
        {
            session.Missing(MetricNames.Trends, Direction.Higher, "fewer than two columns can be compared");
            return null;
        }
        var trends = Trends.Measure(session.Tables, session.Options.TrendThreshold, session.Run);
        var (mean, pairs) = Trends.Mean(trends.Synthetic);
        session.Exact(MetricNames.Trends, mean, Trends.Mean(trends.Reference).Mean, Direction.Higher, pairs);
        return trends;
    }
}
