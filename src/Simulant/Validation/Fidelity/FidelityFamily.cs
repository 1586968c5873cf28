using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>What the family hands to reports.</summary>
internal sealed record FidelityDetail(IReadOnlyList<ColumnComparison> Columns, PairTrends? Trends, IReadOnlyList<TailBand> Tails);

/// <summary>Single columns, pairs of columns, whole rows by their kernel mean.</summary>
internal static class FidelityFamily
{
    // 44,850 pairs; a table of thousands of columns has millions.
    private const int MostTrendColumns = 300;

    public static FidelityDetail Measure(Session session)
    {
        var columns = MeasureColumns(session);
        var trends = MeasureTrends(session);
        var tails = MeasureTails(session);
        MeasureMmd(session);
        return new FidelityDetail(columns, trends, tails);
    }

    private static IReadOnlyList<ColumnComparison> MeasureColumns(Session session)
    {
        string[] moments = [MetricNames.Mean, MetricNames.Variance, MetricNames.Quantiles, MetricNames.Missing];
        bool wantsMoments = session.Wants(moments);
        if (!wantsMoments && !session.Wants(MetricNames.Shapes)) return [];
        var columns = session.Tables.Columns;
        double[] synthetic = new double[columns.Count], reference = new double[columns.Count];
        var compared = new ColumnComparison[wantsMoments ? columns.Count : 0];
        Work.For(columns.Count, session.Run, c =>
        {
            synthetic[c] = Shapes.Similarity(columns[c], Part.Training, Part.Synthetic);
            reference[c] = Shapes.Similarity(columns[c], Part.Training, Part.Holdout);
            if (wantsMoments) compared[c] = ColumnSummaries.Compare(columns[c], synthetic[c], reference[c]);
        });
        session.Exact(MetricNames.Shapes, MeanOfDefined(synthetic), MeanOfDefined(reference), Direction.Higher,
            synthetic.Count(s => !double.IsNaN(s)));
        if (wantsMoments) MeasureMoments(session, compared);
        return compared;
    }

    private static double MeanOfDefined(double[] values)
    {
        double[] defined = [.. values.Where(v => !double.IsNaN(v))];
        return defined.Length == 0 ? double.NaN : defined.Average();
    }

    private static void MeasureMoments(Session session, ColumnComparison[] columns)
    {
        var numeric = columns.Where(c => c.IsNumeric).ToArray();
        Moment(MetricNames.Mean, MomentDistances.Mean, numeric);
        Moment(MetricNames.Variance, MomentDistances.Variance, numeric);
        Moment(MetricNames.Quantiles, MomentDistances.Quantiles, numeric);
        Moment(MetricNames.Missing, MomentDistances.Missing, columns);

        void Moment(string name, Func<IEnumerable<(ColumnSummary, ColumnSummary)>, (double Value, int Columns)> distance,
            ColumnComparison[] over)
        {
            var (value, count) = distance(over.Select(c => (c.Training, c.Synthetic)));
            if (count == 0) session.Missing(name, Direction.Lower, "no column it applies to");
            else session.Exact(name, value, distance(over.Select(c => (c.Training, c.Holdout))).Value, Direction.Lower, count);
        }
    }

    private static PairTrends? MeasureTrends(Session session)
    {
        if (!session.Wants(MetricNames.Trends)) return null;
        if (session.Tables.Columns.Count < 2)
        {
            session.Missing(MetricNames.Trends, Direction.Higher, "fewer than two columns can be compared");
            return null;
        }
        var tables = session.Tables;
        if (tables.Columns.Count > MostTrendColumns)
        {
            tables = tables.Keep(Sampling.Rows(tables.Columns.Count, MostTrendColumns, session.Run.Seed, "trends/columns"));
            session.NotChecked.Add(new NotChecked(MetricNames.Trends,
                $"only pairs among {MostTrendColumns} of {session.Tables.Columns.Count} columns, a seeded sample, are compared"));
        }
        var trends = Trends.Measure(tables, session.Options.TrendThreshold, session.Run);
        session.Exact(MetricNames.Trends, trends.Mean, trends.ReferenceMean, Direction.Higher, trends.Pairs);
        return trends;
    }

    private static IReadOnlyList<TailBand> MeasureTails(Session session)
    {
        if (!session.Wants(MetricNames.TailRecall)) return [];
        if (session.Synthetic == 0 || session.Training == 0)
        {
            session.Missing(MetricNames.TailRecall, Direction.Higher, "a table has no rows");
            return [];
        }
        var bands = Tails.Measure(session.Tables, session.Run.Seed);
        TailBand[] filled = [.. bands.Where(b => b.Values > 0)];
        if (filled.Length == 0)
            session.Missing(MetricNames.TailRecall, Direction.Higher, "no value occurs 100 times or fewer in the training table");
        else
            session.Exact(MetricNames.TailRecall, filled.Average(b => b.Synthetic), filled.Average(b => b.Holdout),
                Direction.Higher, filled.Sum(b => b.Values));
        return bands;
    }

    private static void MeasureMmd(Session session)
    {
        if (!session.Wants(MetricNames.Mmd)) return;
        var embedding = new Embedding(session.Tables, flagMissing: false);
        if (Mmd.Of(session.Tables, embedding, Part.Synthetic, session.Run) is not { } mmd)
        {
            session.Missing(MetricNames.Mmd, Direction.Lower, "needs a column and two rows of each table");
            return;
        }
        double reference = Mmd.Of(session.Tables, embedding, Part.Holdout, session.Run)?.Value() ?? double.NaN;
        var interval = mmd.Interval(session.Bootstrap("mmd/real"), session.Bootstrap("mmd/other"));
        session.Estimated(MetricNames.Mmd, mmd.Value(), reference, interval, Direction.Lower, mmd.Rows);
    }
}
