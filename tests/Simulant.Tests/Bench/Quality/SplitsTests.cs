using System.Globalization;
using System.Text;
using Simulant.Bench.Quality;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

public class SplitsTests
{
    [Fact]
    public void The_interval_of_a_mean_is_students()
    {
        var spread = Spread.Of([1, 2, 3, 4, double.NaN, 5]);
        Assert.Equal((3.0, 5), (spread.Mean, spread.Count));
        // Standard error sqrt(2.5 / 5); t of 4 degrees at .975 is 2.776445 in any table.
        Assert.Equal(3 - 2.776445 * Math.Sqrt(0.5), spread.Low, 5);
        Assert.Equal(3 + 2.776445 * Math.Sqrt(0.5), spread.High, 5);
    }

    [Fact]
    public void Splits_of_one_table_share_its_rows()
    {
        var spread = Spread.OfSplits([1, 2, 3, 4, 5], 0.5);
        Assert.Equal(3 + 2.776445 * Math.Sqrt(2.5 * (0.2 + 0.5)), spread.High, 5);
    }

    [Fact]
    public void One_split_has_no_interval() => Assert.False(Spread.Of([0.5]).Holds(0.5));

    [Theory]
    [InlineData(0.511, 0.001, true)]
    [InlineData(0.53, 0.001, false)]
    [InlineData(0.53, 0.04, true)] // its interval holds a fresh sample's .5
    public void A_share_is_met_below_its_mark_or_where_a_half_is_not_ruled_out(double mean, double half, bool met)
    {
        var goal = new Goal(MetricNames.DcrShare, true, 0.512, 0.5);
        Assert.Equal(met, goal.Met(new Spread(mean, mean - half, mean + half, 5), double.NaN));
    }

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0.03, false)]
    public void Copies_are_held_to_the_holdouts_own_interval(double copies, bool met) =>
        Assert.Equal(met, new Goal(MetricNames.Copies, true, double.NaN).Met(new Spread(copies, copies, copies, 5), 0.02));

    [Fact]
    public void Any_file_is_split_fitted_and_judged()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        var text = new StringBuilder("size;kind;price\n");
        for (int i = 0; i < 300; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i % 17};{(i % 3 == 0 ? "a" : "b")};{i % 17 * 3 + i % 3 + i % 7 * 0.1:F1}\n");
        File.WriteAllText(file, text.ToString());
        try
        {
            var output = new StringWriter();
            Assert.Equal(0, SplitsCommand.Run(["--file", file, "--target", "price", "--splits", "2", "--quick", "--refine", "3"], output));
            string said = output.ToString();
            Assert.Contains("300 rows, 3 columns, target price, trees, 2 splits", said);
            Assert.Contains("split  2, as drawn:", said);
            Assert.Contains("split  2, refine: { margin: 3 }:", said);
            foreach (var goal in Goal.Default) Assert.Contains(goal.Metric, said);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_misspelt_option_is_refused() =>
        Assert.Throws<ArgumentException>(() => SplitsCommand.Run(["--split", "3"], TextWriter.Null));
}
