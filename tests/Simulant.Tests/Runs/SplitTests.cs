using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Runs;

public class SplitTests
{
    private const int Rows = 1000;

    private static SplitSpec Spec(double share = 0.2, string? by = null, string? after = null, string? stratify = null,
        ulong seed = 1) =>
        new(share, by, after, stratify, seed, default);

    /// <summary>1,000 rows; entities of 1 to 7 rows, not next to each other; a rare and a common level; days 0 to 99.</summary>
    private static Table Patients()
    {
        var entity = new string?[Rows];
        var level = new string?[Rows];
        double[] day = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            entity[row] = $"p{row * 7919 % 251}";
            level[row] = row % 10 == 3 ? "rare" : row % 97 == 0 ? null : "common";
            day[row] = row * 31 % 100;
        }
        return new Table("t",
        [
            CodedColumn.From(new ColumnSchema("patient", ColumnKind.Identifier), entity),
            CodedColumn.From(new ColumnSchema("level", ColumnKind.Category), level),
            new NumericColumn(new ColumnSchema("day", ColumnKind.Date), day),
        ]);
    }

    private static void AssertParts(SplitRows parts, int rows)
    {
        int[] all = [.. parts.Training, .. parts.Holdout, .. parts.LeftOut];
        Assert.Equal(rows, all.Distinct().Count());
        Assert.Equal(rows, all.Length);
        foreach (int[] part in new[] { parts.Training, parts.Holdout, parts.LeftOut }) Assert.Equal(part.Order(), part);
    }

    [Theory]
    [InlineData(0.2, 200)]
    [InlineData(0.333, 333)]
    [InlineData(0.5, 500)]
    public void A_share_is_met_exactly(double share, int expected)
    {
        var parts = Split.Divide(Patients(), Spec(share));
        AssertParts(parts, Rows);
        Assert.Equal(expected, parts.Holdout.Length);
    }

    [Fact]
    public void The_same_seed_gives_the_same_parts_and_another_gives_others()
    {
        var table = Patients();
        Assert.Equal(Split.Divide(table, Spec()).Holdout, Split.Divide(table, Spec()).Holdout);
        Assert.NotEqual(Split.Divide(table, Spec()).Holdout, Split.Divide(table, Spec(seed: 2)).Holdout);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("level")]
    public void An_entity_never_crosses(string? stratify)
    {
        var table = Patients();
        var parts = Split.Divide(table, Spec(by: "patient", stratify: stratify));
        AssertParts(parts, Rows);
        var entity = (CodedColumn)table["patient"];
        Assert.Empty(parts.Training.Select(r => entity.Codes[r]).Intersect(parts.Holdout.Select(r => entity.Codes[r])));
        Assert.InRange(parts.Holdout.Length, 185, 215);
    }

    [Fact]
    public void A_missing_entity_is_its_own()
    {
        var table = new Table("t", [CodedColumn.From(new ColumnSchema("e", ColumnKind.Identifier), new string?[100])]);
        Assert.Equal(20, Split.Divide(table, Spec(by: "e")).Holdout.Length);
    }

    [Fact]
    public void Strata_keep_their_shares()
    {
        var table = Patients();
        var level = (CodedColumn)table["level"];
        var parts = Split.Divide(table, Spec(stratify: "level"));
        Assert.Equal(200, parts.Holdout.Length);
        foreach (string? value in new[] { "rare", "common", null })
        {
            int all = Enumerable.Range(0, Rows).Count(r => level[r] == value);
            Assert.InRange(parts.Holdout.Count(r => level[r] == value), 0.2 * all - 1, 0.2 * all + 1);
        }
    }

    [Fact]
    public void Many_small_strata_together_meet_the_share()
    {
        var values = Enumerable.Range(0, 300).Select(i => $"s{i / 2}").ToArray();
        var table = new Table("t", [CodedColumn.From(new ColumnSchema("s", ColumnKind.Category), values)]);
        Assert.InRange(Split.Divide(table, Spec(stratify: "s")).Holdout.Length, 58, 62);
    }

    [Fact]
    public void The_future_is_held_out()
    {
        var table = Patients();
        var parts = Split.Divide(table, Spec(after: "1970-03-12"));
        AssertParts(parts, Rows);
        var day = (NumericColumn)table["day"];
        Assert.All(parts.Training, r => Assert.True(day.Values[r] < 70));
        Assert.All(parts.Holdout, r => Assert.True(day.Values[r] >= 70));
        Assert.Empty(parts.LeftOut);
    }

    [Fact]
    public void By_time_and_entity_neither_leaks()
    {
        var table = Patients();
        var parts = Split.Divide(table, Spec(after: "1970-02-10", by: "patient"));
        AssertParts(parts, Rows);
        var entity = (CodedColumn)table["patient"];
        var day = (NumericColumn)table["day"];
        Assert.Empty(parts.Training.Select(r => entity.Codes[r]).Intersect(parts.Holdout.Select(r => entity.Codes[r])));
        Assert.All(parts.Training, r => Assert.True(day.Values[r] < 40));
        Assert.NotEmpty(parts.LeftOut);
        Assert.NotEmpty(parts.Holdout);
    }

    [Fact]
    public void Timestamps_count_microseconds_and_a_row_without_a_time_is_left_out()
    {
        double[] at = [0, 1e6, double.NaN, 2e6, 3e6];
        var table = new Table("t", [new NumericColumn(new ColumnSchema("at", ColumnKind.Timestamp), at)]);
        var parts = Split.Divide(table, Spec(after: "1970-01-01T00:00:02Z"));
        Assert.Equal([0, 1], parts.Training);
        Assert.Equal([3, 4], parts.Holdout);
        Assert.Equal([2], parts.LeftOut);
    }

    [Theory]
    [InlineData("nowhere", null, null, "split.by names the column 'nowhere'")]
    [InlineData(null, "nowhere", null, "split.stratify names the column 'nowhere'")]
    [InlineData(null, null, "yesterday", "'yesterday', which is no date or time")]
    [InlineData(null, null, "1960-01-01", "nothing to learn from")]
    [InlineData(null, null, "2060-01-01", "nothing to hold out")]
    public void What_cannot_be_split_is_said(string? by, string? stratify, string? after, string expected)
    {
        var failure = Assert.Throws<DataException>(() =>
            Split.Divide(Patients(), Spec(by: by, stratify: stratify, after: after)));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_needs_one_time_column()
    {
        var day = new ColumnSchema("a", ColumnKind.Date);
        var two = new Table("t", [new NumericColumn(day, [0, 9]), new NumericColumn(day with { Name = "b" }, [0, 9])]);
        Assert.Contains("2 could serve", Assert.Throws<DataException>(() => Split.Divide(two, Spec(after: "1970-01-05"))).Message,
            StringComparison.Ordinal);
        var named = new Table("t",
            [new NumericColumn(day, [0, 9]), two["b"].With(day with { Name = "b", Role = ColumnRole.Time })]);
        Assert.Equal([1], Split.Divide(named, Spec(after: "1970-01-05")).Holdout);
    }
}
