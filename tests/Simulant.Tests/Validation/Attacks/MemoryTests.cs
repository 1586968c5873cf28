using Simulant.Data;
using Simulant.Validation;
using Simulant.Validation.Attacks;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Attacks;

public class MemoryTests
{
    private static readonly IReadOnlySet<string> Memory = new HashSet<string>
    {
        MetricNames.Copies, MetricNames.CopiesDistinctive, MetricNames.DcrShare, MetricNames.DcrQ02, MetricNames.MembershipAuc,
        MetricNames.Duplicates,
    };

    private static ValidationResult Measure(Table training, Table holdout, Table synthetic) => Validator.Measure(
        SurveyTables.Evaluation(training, holdout, synthetic), new ValidationOptions { Only = Memory }, RunContext.Quiet(1, 2));

    /// <summary>Median and range of each numeric column in training.</summary>
    private static (double Median, double Range)[] Scales(ComparedTables tables) => [.. tables.Columns.Select(column =>
    {
        if (!column.IsNumeric) return (0, 1);
        double[] present = [.. column.Values(Part.Training).Where(v => !double.IsNaN(v)).Order()];
        return (Quantiles.OfSorted(present, 0.5), present[^1] - present[0]);
    })];

    private static double Distance(ComparedTables tables, (double Median, double Range)[] scales, Part a, int i, Part b, int j)
    {
        double sum = 0;
        for (int c = 0; c < scales.Length; c++)
        {
            var column = tables.Columns[c];
            var (median, range) = scales[c];
            if (!column.IsNumeric)
            {
                if (column.Codes(a)[i] != column.Codes(b)[j]) sum++;
                continue;
            }
            double x = column.Values(a)[i], y = column.Values(b)[j];
            if (double.IsNaN(x) != double.IsNaN(y)) sum++;
            sum += Math.Abs((double.IsNaN(x) ? median : x) - (double.IsNaN(y) ? median : y)) / range;
        }
        return sum;
    }

    private static double[] Nearest(ComparedTables tables, Part from, Part to)
    {
        var scales = Scales(tables);
        return [.. Enumerable.Range(0, tables.Rows(from)).Select(i =>
            Enumerable.Range(0, tables.Rows(to)).Min(j => Distance(tables, scales, from, i, to, j)))];
    }

    [Fact]
    public void Distances_equal_brute_force()
    {
        Table training = SurveyTables.Draw(0, 100), holdout = SurveyTables.Draw(100, 100);
        var synthetic = SurveyTables.WithCopies(training, SurveyTables.Draw(500, 80), 10);
        var found = Measure(training, holdout, synthetic);
        var tables = SurveyTables.Compared(training, holdout, synthetic);
        double[] toTraining = Nearest(tables, Part.Synthetic, Part.Training), toHoldout = Nearest(tables, Part.Synthetic, Part.Holdout);
        Assert.Equal(toTraining.Zip(toHoldout, (t, h) => Math.Abs(t - h) < 1e-6 ? 0.5 : t < h ? 1 : 0).Average(),
            found.Find(MetricNames.DcrShare)!.Score.Value, 1e-9);
        double threshold = Quantiles.OfSorted([.. Nearest(tables, Part.Holdout, Part.Training).Order()], 0.02);
        Assert.Equal(threshold, found.Dcr!.Thresholds[1], 1e-5);
        Assert.Equal(toTraining.Average(d => d < threshold ? 1.0 : 0), found.Find(MetricNames.DcrQ02)!.Score.Value, 1e-9);
        double[] members = Nearest(tables, Part.Training, Part.Synthetic), others = Nearest(tables, Part.Holdout, Part.Synthetic);
        Assert.Equal(members.Average(m => others.Average(o => Math.Abs(m - o) < 1e-6 ? 0.5 : m < o ? 1 : 0)),
            found.Find(MetricNames.MembershipAuc)!.Score.Value, 1e-9);
    }

    [Fact]
    public void Copies_are_counted_in_all_columns_and_without_near_unique_ones()
    {
        var training = SurveyTables.Draw(0, 1000);
        var synthetic = SurveyTables.WithCopies(training, SurveyTables.Draw(5000, 200), 25);
        var found = Measure(training, SurveyTables.Draw(1000, 200), synthetic);
        Assert.Equal(25 / 200.0, found.Find(MetricNames.Copies)!.Score.Value);
        Assert.Equal(0, found.Find(MetricNames.Copies)!.Score.Reference);
        var tables = SurveyTables.Compared(training, training, synthetic);
        Assert.Equal(["weight"], tables.Columns.Where(Copies.IsNearUnique).Select(c => c.Name));
        string Key(Table t, int row) => string.Join("|", t.Columns.Where(c => c.Name != "weight").Select(c =>
            c is NumericColumn n ? n.Values[row].ToString("R", null) : ((CodedColumn)c)[row] ?? "missing"));
        var seen = Enumerable.Range(0, 1000).Select(i => Key(training, i)).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 200).Count(i => seen.Contains(Key(synthetic, i))) / 200.0,
            found.Find(MetricNames.CopiesDistinctive)!.Score.Value);
    }

    [Fact]
    public void Repeated_rows_are_duplicates()
    {
        var table = SurveyTables.Draw(0, 50);
        int[] rows = [.. Enumerable.Range(0, 50), 3, 3, 4];
        var found = Measure(SurveyTables.Draw(60, 50), SurveyTables.Draw(120, 50), table.Take(rows));
        Assert.Equal(3 / 53.0, found.Find(MetricNames.Duplicates)!.Score.Value);
    }

    [Fact]
    public void A_fresh_sample_shows_no_sign_of_memory()
    {
        var found = Measure(SurveyTables.Draw(0, 3000), SurveyTables.Draw(3000, 3000), SurveyTables.Draw(6000, 3000));
        Assert.Empty(found.SignsOfMemory);
        Assert.Equal(6, found.Metrics.Count(m => m.IsEvaluated));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_copier_that_redraws_fields_of_every_row_is_flagged(int fields)
    {
        Table training = SurveyTables.Draw(0, 3000), holdout = SurveyTables.Draw(3000, 3000);
        string[] signs = [.. Measure(training, holdout, SurveyTables.Redraw(training, fields)).SignsOfMemory.Select(m => m.Name)];
        Assert.Contains(MetricNames.MembershipAuc, signs);
        Assert.Contains(MetricNames.DcrShare, signs);
    }

    [Fact]
    public void A_tenth_of_exact_copies_is_flagged_by_every_figure()
    {
        Table training = SurveyTables.Draw(0, 3000), holdout = SurveyTables.Draw(3000, 3000);
        var copier = SurveyTables.WithCopies(training, SurveyTables.Draw(6000, 3000), 300);
        string[] signs = [.. Measure(training, holdout, copier).SignsOfMemory.Select(m => m.Name)];
        Assert.Equal([MetricNames.Copies, MetricNames.CopiesDistinctive, MetricNames.DcrShare, MetricNames.DcrQ02,
            MetricNames.MembershipAuc], signs);
    }
}
