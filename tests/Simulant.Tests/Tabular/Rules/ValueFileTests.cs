using System.Text;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular.Rules;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>Empirical distributions whose values stand in a file.</summary>
public class ValueFileTests
{
    private const string Spec = """
        simulant: 1
        name: orders
        rows: 300
        engine:
          name: rules
          entities: { shop: { count: 20, columns: { area: { distribution: empirical, file: amounts.csv, column: size } } } }
        columns:
          amount: { distribution: empirical, file: amounts.csv, column: amount, truncate: [0, 100] }
          area: { from: shop.area }
          day: { type: date, distribution: empirical, file: days/days.csv, column: day }
          mixed:
            distribution: mixture
            parts: [ { weight: 1, constant: -1 }, { weight: 1, distribution: empirical, file: amounts.csv, column: size } ]
        output: { format: csv }
        seed: 5
        """;

    private static string Write(TempFolder folder, string spec = Spec)
    {
        var text = new StringBuilder("amount,size,name\n");
        foreach (string line in (string[])["9.5,3,x", "9.5,3,y", "9.5,4,z", "20.25,4,x", ",4,x", "inf,4,x", "500,5,x"])
            text.Append(line).Append('\n');
        folder.Write("amounts.csv", text.ToString());
        folder.Write("days/days.csv", "day\n2024-02-29\n2023-12-31\n2024-02-29\n");
        return folder.Write("spec.yaml", spec);
    }

    [Fact]
    public void Values_come_as_often_as_the_file_has_them()
    {
        using var folder = new TempFolder();
        var spec = SpecReader.Load(Write(folder));
        Assert.Equal(["amounts.csv", "days/days.csv"], ValueFiles.Of(spec));
        var read = ValueFiles.Read(spec, folder.Path, RunContext.Quiet(1));
        Assert.Empty(ValueFiles.Of(read));
        var table = RulesEngine.Build(read).Sample(new ItemRange(0, 20_000), RunContext.Quiet(5, 2)).Single;
        Dictionary<string, double> Shares(string column) => Enumerable.Range(0, table.RowCount)
            .GroupBy(row => ValueText.Format(table[column], row)).ToDictionary(g => g.Key, g => g.Count() / 20_000.0);
        void Close(string column, params (string Value, double Share)[] expected)
        {
            var shares = Shares(column);
            Assert.Equal(expected.Select(e => e.Value).Order(), shares.Keys.Order());
            Assert.All(expected, e => Assert.InRange(shares[e.Value], e.Share - 0.015, e.Share + 0.015));
        }
        Close("amount", ("9.5", .75), ("20.25", .25)); // 500 lies beyond the range
        Close("day", ("2024-02-29", 2 / 3.0), ("2023-12-31", 1 / 3.0));
        Close("mixed", ("-1", .5), ("3", 1 / 7.0), ("4", 2 / 7.0), ("5", .5 / 7));
        Assert.All(Shares("area").Keys, area => Assert.Contains(area, (string[])["3", "4", "5"]));
    }

    [Fact]
    public void A_run_lists_its_files_and_its_model_needs_them_no_more()
    {
        using var folder = new TempFolder();
        var request = new MakeRequest(Write(folder)) { Output = folder["out"] };
        TestBench.Make(TestBench.Corridor(), request);
        var run = Manifest.Load(folder["out"]).Content;
        Assert.Equal([("values", "amounts.csv"), ("values", "days.csv")], run.Inputs.Select(i => (i.Role, i.Name)));
        Assert.Equal(FileHash.Of(folder["amounts.csv"]).Sha256, run.Inputs[0].Sha256);
        Assert.True(run.FittedOnData);
        Assert.Contains(run.Notes, note => note.Contains("'amounts.csv' hold values of that file", StringComparison.Ordinal));
        Assert.Equal(MakeState.Confirmed, TestBench.Make(TestBench.Corridor(), request).State);
        File.AppendAllText(folder["amounts.csv"], "1,1,x\n");
        var changed = Assert.Throws<UsageException>(() => TestBench.Make(TestBench.Corridor(), request));
        Assert.Contains("'amounts.csv' has changed since", changed.Message, StringComparison.Ordinal);
        File.Delete(folder["amounts.csv"]);
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        Assert.Equal(0, TestBench.Run("sample", folder["out"], "--rows", "7", "-o", folder["more.csv"]).Code);
    }

    [Theory]
    [InlineData("file: amounts.csv", "file: none.csv", "none.csv: error: no such file")]
    [InlineData("column: amount,", "column: amuont,", "no column 'amuont'")]
    [InlineData("column: amount,", "column: name,", "'x' is not a number")]
    public void A_file_that_does_not_serve_is_the_datas_fault(string good, string bad, string message)
    {
        using var folder = new TempFolder();
        string spec = Write(folder, Spec.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal(0, TestBench.Run("check", spec).Code);
        var printed = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(3, printed.Code);
        Assert.Contains(message, printed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("a: { distribution: empirical, file: a.csv }")]
    [InlineData("a: { distribution: empirical, column: x }")]
    [InlineData("a: { distribution: empirical, file: [a.csv], column: x }")]
    [InlineData("a: { distribution: empirical, file: a.csv, column: x, values: [1, 2] }")]
    [InlineData("a: { distribution: empirical, file: a.csv, column: x, quantiles: [1, 2] }")]
    public void A_file_needs_its_column_and_stands_alone(string column) =>
        Assert.Equal([RuleCodes.BadParameter], RuleSpec.Faults("columns: { " + column + " }"));
}
