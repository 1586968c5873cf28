using Simulant.Validation.Comparison;

namespace Simulant.Validation.Diversity;

/// <summary>Precision and recall, density and coverage.</summary>
internal static class DiversityFamily
{
    private static readonly string[] Names =
        [MetricNames.Precision, MetricNames.Recall, MetricNames.Density, MetricNames.Coverage];

    /// <returns>Whether anything was measured.</returns>
    public static bool Measure(Session session)
    {
        if (!session.Wants(Names)) return false;
        var embedding = new Embedding(session.Tables, flagMissing: false);
        int most = session.NeighbourRows;
        var synthetic = DiversityMetrics.Measure(session.Tables, embedding, Part.Synthetic, most, session.Run);
        if (synthetic is null)
        {
            foreach (string name in Names)
                session.Missing(name, Direction.Higher, $"needs a column and more than {DiversityMetrics.Neighbours} rows");
            return false;
        }
        var reference = DiversityMetrics.Measure(session.Tables, embedding, Part.Holdout, most, session.Run);
        Func<DiversityMetrics, byte[]?, double>[] figures =
        [
            (m, w) => m.AlphaBeta.Precision(w), (m, w) => m.AlphaBeta.Recall(w), (m, w) => m.Density(w), (m, w) => m.Coverage(w),
        ];
        for (int i = 0; i < Names.Length; i++)
        {
            var figure = figures[i];
            double value = figure(synthetic, null);
            var bootstrap = session.Bootstrap(Names[i]);
            var interval = bootstrap.Interval(synthetic.Rows, value, w => figure(synthetic, w));
            double held = reference is null ? double.NaN : figure(reference, null);
            session.Estimated(Names[i], value, held, interval, Direction.Higher, synthetic.Rows);
        }
        return true;
    }
}
