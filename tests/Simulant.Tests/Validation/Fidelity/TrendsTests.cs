using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation;
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
        int count = tables.Columns.Count;
        Assert.Equal(count * (count - 1) / 2, trends.Worst.Count);
        foreach (var pair in trends.Worst)
        {
            ComparedColumn first = tables.Columns[pair.First], second = tables.Columns[pair.Second];
            Assert.True(pair.First < pair.Second);
            Assert.Equal(Brute(second, first, Part.Training, Part.Synthetic), pair.Trend, 1e-9);
            Assert.Equal(Brute(second, first, Part.Training, Part.Holdout), pair.Reference, 1e-9);
        }
        Assert.Equal(trends.Worst.Average(p => p.Trend), trends.Mean, 1e-12);
        Assert.Equal(trends.Worst.Average(p => p.Reference), trends.ReferenceMean, 1e-12);
        Assert.Equal(trends.Worst.Count, trends.Pairs);
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
        Assert.Equal(Brute(tables.Columns[1], tables.Columns[0], Part.Training, Part.Synthetic), trends.Worst.Single().Trend, 1e-9);
    }

    [Fact]
    public void Strength_is_one_for_a_determined_pair_and_weak_pairs_can_be_left_out()
    {
        var tables = SurveyTables.Compared(SurveyTables.Draw(0, 900), SurveyTables.Draw(900, 400), SurveyTables.Draw(2000, 900));
        var all = Trends.Measure(tables, 0, RunContext.Quiet(1));
        var strong = Trends.Measure(tables, 0.3, RunContext.Quiet(1));
        PairTrend[] Of(PairTrends trends, string a, string b)
        {
            int i = tables.IndexOf(a), j = tables.IndexOf(b);
            return [.. trends.Worst.Where(p => (p.First, p.Second) == (Math.Min(i, j), Math.Max(i, j)))];
        }
        var determined = Of(all, "years", "degree").Single();
        Assert.InRange(determined.Strength, 0.7, 1);
        Assert.InRange(Of(all, "weight", "home").Single().Strength, 0, 0.3);
        Assert.Equal(determined, Of(strong, "years", "degree").Single());
        Assert.Empty(Of(strong, "weight", "home"));
        Assert.True(strong.Pairs < all.Pairs);
    }

    [Fact]
    public void A_column_that_turns_constant_counts_as_no_dependence()
    {
        Table Make(double[] x, double[] y) => new("t",
            [SurveyTables.Number("x", ColumnKind.Decimal, x), SurveyTables.Number("y", ColumnKind.Decimal, y)]);
        var real = Make([1, 2, 3], [2, 4, 6]);
        var tables = SurveyTables.Compared(real, real, Make([1, 2, 3], [5, 5, 5]));
        var pair = Trends.Measure(tables, 0, RunContext.Quiet(1)).Worst.Single();
        Assert.Equal(0.5, pair.Trend, 1e-12);
        Assert.Equal(1, pair.Reference, 1e-12);
        var constant = Trends.Measure(SurveyTables.Compared(Make([1, 1], [2, 3]), real, real), 0, RunContext.Quiet(1));
        Assert.Empty(constant.Worst);
        Assert.Equal((double.NaN, 0), (constant.Mean, constant.Pairs));
    }

    // 120 columns of few values, so that trends tie and several batches' worth of order is at stake.
    private static ComparedTables Wide(int columns, int rows)
    {
        var random = new RandomStream(9, "wide");
        Table Make(int start) => new("w", [.. Enumerable.Range(0, columns).Select(c => c % 3 == 0 && columns < 1000
            ? CodedColumn.From(new ColumnSchema("c" + c, ColumnKind.Category),
                [.. Enumerable.Range(start, rows).Select(i => "v" + random.Below(2, i, c))])
            : SurveyTables.Number("c" + c, ColumnKind.Integer,
                [.. Enumerable.Range(start, rows).Select(i => (double)random.Below(4, i, c))]))]);
        return SurveyTables.Compared(Make(0), Make(rows), Make(2 * rows));
    }

    [Fact]
    public void What_is_kept_equals_a_sort_of_all_pairs()
    {
        var tables = Wide(120, 12);
        var trends = Trends.Measure(tables, 0, RunContext.Quiet(1, 3));
        var pairs = new ColumnPairs(tables, 0, RunContext.Quiet(1));
        var all = (from i in Enumerable.Range(0, 120) from j in Enumerable.Range(0, i) select pairs.Measure(i, j))
            .Where(p => !double.IsNaN(p.Trend)).ToList();
        Assert.True(all.Count > PairTrends.MostWorst);
        Assert.Equal(all.OrderBy(p => p.Trend).ThenBy(p => p.First).ThenBy(p => p.Second).Take(PairTrends.MostWorst), trends.Worst);
        Assert.Equal((all.Count, all.Average(p => p.Trend)), (trends.Pairs, trends.Mean));
        double MeanOf(int c) => all.Where(p => p.First == c || p.Second == c).Average(p => p.Trend);
        double[] means = [.. Enumerable.Range(0, 120).Select(MeanOf)];
        Assert.Equal(PairTrends.MostDrawn, trends.Drawn.Distinct().Count());
        double last = trends.Drawn.Max(c => means[c]);
        Assert.All(Enumerable.Range(0, 120).Except(trends.Drawn), c => Assert.True(means[c] > last - 1e-12));
        int a = trends.Drawn[3], b = trends.Drawn[7];
        var drawn = pairs.Measure(Math.Max(a, b), Math.Min(a, b));
        Assert.Equal((drawn.Strength, drawn.SyntheticStrength), (trends.Strength[3, 7], trends.SyntheticStrength[7, 3]));
    }

    [Fact]
    public void Two_thousand_columns_need_no_matrix_of_their_pairs()
    {
        const int columns = 2000;
        var tables = Wide(columns, 8);
        long before = GC.GetAllocatedBytesForCurrentThread(); // one thread: all of it is this one's
        var trends = Trends.Measure(tables, 0, RunContext.Quiet(1));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(trends.Pairs > 1_900_000, $"{trends.Pairs} pairs");
        Assert.Equal(PairTrends.MostDrawn, trends.Strength.GetLength(0));
        Assert.InRange(allocated, 0, 20_000_000); // one matrix of all pairs would be 32 MB
    }
}
