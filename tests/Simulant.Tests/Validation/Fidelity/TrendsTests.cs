using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;
using Simulant.Validation.Fidelity;
using Xunit;

namespace Simulant.Tests.Validation.Fidelity;

public class TrendsTests
{
    /// <summary>The definition, spelled out: text keys in dictionaries, textbook correlation.</summary>
    private static double Brute(ComparedColumn a, ComparedColumn b, Part real, Part other)
    {
        if (a.IsNumeric && b.IsNumeric)
            return 1 - Math.Abs(Pearson(a.Values(real), b.Values(real)) - Pearson(a.Values(other), b.Values(other))) / 2;
        Dictionary<string, double> p = Shares(a, b, real), q = Shares(a, b, other);
        return 1 - p.Keys.Union(q.Keys).Sum(k => Math.Abs(p.GetValueOrDefault(k) - q.GetValueOrDefault(k))) / 2;
    }

    private static double Pearson(double[] x, double[] y)
    {
        var kept = x.Zip(y).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)).ToArray();
        double mx = kept.Average(p => p.First), my = kept.Average(p => p.Second);
        return kept.Sum(p => (p.First - mx) * (p.Second - my))
            / Math.Sqrt(kept.Sum(p => Math.Pow(p.First - mx, 2)) * kept.Sum(p => Math.Pow(p.Second - my, 2)));
    }

    private static Dictionary<string, double> Shares(ComparedColumn a, ComparedColumn b, Part part)
    {
        string[] x = Keys(a, part), y = Keys(b, part);
        return x.Zip(y, (i, j) => i + "|" + j).GroupBy(k => k).ToDictionary(g => g.Key, g => (double)g.Count() / x.Length);
    }

    private static string[] Keys(ComparedColumn column, Part part)
    {
        if (!column.IsNumeric) return [.. column.Codes(part).Select(c => c < 0 ? "missing" : column.Levels[c])];
        double[] values = column.Values(part), finite = [.. values.Where(double.IsFinite)];
        double low = finite.Min(), high = finite.Max();
        return [.. values.Select(v => double.IsNaN(v) ? "missing"
            : Math.Clamp(Math.Floor((v - low) / (high - low) * 10), 0, 9).ToString("0", null))];
    }

    [Fact]
    public void Every_pair_equals_the_definition()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 700), SurveyTables.Draw(700, 300), SurveyTables.Draw(2000, 500));
        var trends = Trends.Measure(tables, 0, RunContext.Quiet(1, 2));
        double sum = 0;
        int count = tables.Columns.Count, pairs = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double expected = Brute(tables.Columns[i], tables.Columns[j], Part.Training, Part.Synthetic);
                Assert.Equal(expected, trends.Synthetic[i, j], 1e-9);
                Assert.Equal(expected, trends.Synthetic[j, i], 1e-9);
                Assert.Equal(Brute(tables.Columns[i], tables.Columns[j], Part.Training, Part.Holdout), trends.Reference[i, j], 1e-9);
                sum += expected;
                pairs++;
            }
        }
        Assert.Equal((sum / pairs, pairs), (Trends.Mean(trends.Synthetic).Mean, Trends.Mean(trends.Synthetic).Pairs));
    }

    [Fact]
    public void A_pair_of_many_levels_is_counted_cell_by_cell()
    {
        var random = new RandomStream(3, "levels");
        Table Make(int start) => new("t", [.. Enumerable.Range(0, 2).Select(c => CodedColumn.From(
            new ColumnSchema("c" + c, ColumnKind.Category),
            [.. Enumerable.Range(start, 4000).Select(i => "v" + random.Below(2000, i, c))]))]);
        var tables = SurveyTables.Compared(Make(0), Make(4000), Make(8000));
        var trends = Trends.Measure(tables, 0, RunContext.Quiet(1));
        Assert.Equal(Brute(tables.Columns[1], tables.Columns[0], Part.Training, Part.Synthetic), trends.Synthetic[1, 0], 1e-9);
    }

    [Fact]
    public void Strength_is_one_for_a_determined_pair_and_weak_pairs_can_be_left_out()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 900), SurveyTables.Draw(900, 400), SurveyTables.Draw(2000, 900));
        var all = Trends.Measure(tables, 0, RunContext.Quiet(1));
        var strong = Trends.Measure(tables, 0.3, RunContext.Quiet(1));
        int years = tables.IndexOf("years"), degree = tables.IndexOf("degree"), weight = tables.IndexOf("weight");
        int home = tables.IndexOf("home");
        Assert.InRange(all.Strength[years, degree], 0.7, 1);
        Assert.InRange(all.Strength[weight, home], 0, 0.3);
        Assert.Equal(all.Synthetic[years, degree], strong.Synthetic[years, degree]);
        Assert.Equal(double.NaN, strong.Synthetic[weight, home]);
        Assert.True(Trends.Mean(strong.Synthetic).Pairs < Trends.Mean(all.Synthetic).Pairs);
    }

    [Fact]
    public void A_column_that_turns_constant_counts_as_no_dependence()
    {
        Table Make(double[] x, double[] y) => new("t",
            [SurveyTables.Number("x", ColumnKind.Decimal, x), SurveyTables.Number("y", ColumnKind.Decimal, y)]);
        var real = Make([1, 2, 3], [2, 4, 6]);
        var tables = SurveyTables.Compared(real, real, Make([1, 2, 3], [5, 5, 5]));
        var trends = Trends.Measure(tables, 0, RunContext.Quiet(1));
        Assert.Equal(0.5, trends.Synthetic[0, 1], 1e-12);
        Assert.Equal(1, trends.Reference[0, 1], 1e-12);
        var constant = Trends.Measure(SurveyTables.Compared(Make([1, 1], [2, 3]), real, real), 0, RunContext.Quiet(1));
        Assert.Equal(double.NaN, constant.Synthetic[0, 1]);
    }
}
