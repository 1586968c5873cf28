using Simulant.Data;
using Simulant.Validation.Comparison;
using Simulant.Validation.Diversity;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Diversity;

public class DiversityTests
{
    private static readonly ComparedTables Tables =
        SurveyTables.Compared(SurveyTables.Draw(0, 150), SurveyTables.Draw(150, 100), SurveyTables.Draw(500, 150));

    private static DiversityMetrics Measured { get; } = DiversityMetrics.Measure(
        Tables, new Embedding(Tables, flagMissing: false), Part.Synthetic, 1000, RunContext.Quiet(1, 2))!;

    /// <summary>Alaa et al., section 3 and appendix, line by line over explicit vectors.</summary>
    private static (double Precision, double Recall) AlphaBeta(double[][] x, double[][] y)
    {
        double[] centre = OneHot.Mean(x), ownCentre = OneHot.Mean(y);
        double[] levels = [.. Enumerable.Range(0, 30).Select(k => k / 29.0)];
        double Distance(double[] a, double[] b) => Math.Sqrt(OneHot.Squared(a, b));
        double[] radii = [.. x.Select(r => Distance(r, centre)).Order()];
        double[] toCentre = [.. y.Select(r => Distance(r, centre))];
        double[] own = [.. x.Select((a, i) => x.Where((_, j) => j != i).Min(b => Distance(a, b)))];
        int[] nearest = [.. x.Select(a => Enumerable.Range(0, y.Length).MinBy(j => Distance(a, y[j])))];
        double[] closest = [.. nearest.Select(j => Distance(y[j], ownCentre))], sorted = [.. closest.Order()];
        double precision = 0, recall = 0;
        foreach (double level in levels)
        {
            double radius = Quantiles.OfSorted(radii, level), ownRadius = Quantiles.OfSorted(sorted, level);
            precision += Math.Abs(level - toCentre.Average(d => d <= radius ? 1.0 : 0));
            recall += Math.Abs(level - Enumerable.Range(0, x.Length).Average(i =>
                Distance(x[i], y[nearest[i]]) <= own[i] && closest[i] <= ownRadius ? 1.0 : 0));
        }
        return (1 - precision / levels.Sum(), 1 - recall / levels.Sum());
    }

    [Fact]
    public void Precision_and_recall_equal_the_paper()
    {
        var (precision, recall) = AlphaBeta(OneHot.Rows(Tables, Part.Training), OneHot.Rows(Tables, Part.Synthetic));
        Assert.Equal(precision, Measured.AlphaBeta.Precision(), 1e-9);
        Assert.Equal(recall, Measured.AlphaBeta.Recall(), 0.01); // a nearest row in single precision may be another
    }

    [Fact]
    public void Density_and_coverage_equal_the_paper()
    {
        double[][] x = OneHot.Rows(Tables, Part.Training), y = OneHot.Rows(Tables, Part.Synthetic);
        double[] radii = [.. x.Select((a, i) => x.Where((_, j) => j != i).Select(b => OneHot.Squared(a, b)).Order().ElementAt(4))];
        int[] inside = [.. x.Select((a, i) => y.Count(b => OneHot.Squared(a, b) <= radii[i] + 1e-6))];
        Assert.Equal(inside.Sum() / (5.0 * y.Length), Measured.Density(), 1e-2);
        Assert.Equal(inside.Average(n => n > 0 ? 1.0 : 0), Measured.Coverage(), 1e-2);
    }

    [Fact]
    public void Unit_weights_change_nothing()
    {
        byte[] ones = [.. Enumerable.Repeat((byte)1, Measured.Rows)];
        Assert.Equal(Measured.AlphaBeta.Precision(), Measured.AlphaBeta.Precision(ones));
        Assert.Equal(Measured.AlphaBeta.Recall(), Measured.AlphaBeta.Recall(ones));
        Assert.Equal(Measured.Density(), Measured.Density(ones), 1e-12);
        Assert.Equal(Measured.Coverage(), Measured.Coverage(ones), 1e-12);
    }

    [Fact]
    public void Too_few_rows_are_not_measured()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 5), SurveyTables.Draw(0, 0), SurveyTables.Draw(9, 50));
        var embedding = new Embedding(tables, flagMissing: false);
        Assert.Null(DiversityMetrics.Measure(tables, embedding, Part.Synthetic, 100, RunContext.Quiet(1)));
    }
}
