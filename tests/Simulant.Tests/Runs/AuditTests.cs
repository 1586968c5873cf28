using System.Globalization;
using System.Text;
using Simulant.Bench.Quality;
using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>simulant audit</c>: exit codes, words, faults.</summary>
public class AuditTests
{
    [Fact]
    public void Zero_where_nothing_is_found_with_the_power_and_one_for_a_leak()
    {
        using var folder = new TempFolder();
        var fresh = Files(folder, Plant.Fresh);
        var none = TestBench.Run(["audit", .. fresh]);
        Assert.True(none.Code == 0, none.Out + none.Error);
        Assert.StartsWith("no leak found by 9 attacks on 600 training and 300 held-out rows, with 600 synthetic ones", none.Out);
        Assert.Contains("would have been seen: an advantage (2 AUC - 1) of", none.Out);
        Assert.Contains("not checked: id: identifier", none.Out);
        var leak = TestBench.Run(["audit", .. Files(folder, Plant.Copier), "--json", "--seed", "2", "--target", "job"]);
        Assert.Equal(1, leak.Code);
        Assert.True((bool)leak.Json["leak"]!);
        var attacks = leak.Json["attacks"]!.AsArray();
        Assert.Equal(9, attacks.Count);
        Assert.Equal(1.0, (double)attacks[0]!["training"]![0]!, 0.05);
        Assert.True((double)attacks[0]!["epsilon"]! > 2);
        Assert.StartsWith("job", (string)attacks[8]!["success"]!);
        var trace = TestBench.Run(["audit", .. Files(folder, Plant.Copier), "--tolerance", "20"]);
        Assert.Equal(0, trace.Code);
        Assert.StartsWith("a trace of a leak, no more than is tolerated:", trace.Out);
        Assert.Contains("of the", TestBench.Run(["audit", .. Files(folder, Plant.Copier)]).Out);
    }

    [Fact]
    public void A_passed_audit_is_half_of_what_the_word_takes_and_a_failed_one_is_nothing()
    {
        using var folder = new TempFolder();
        AuditOutcome Of(Plant plant)
        {
            string[] files = Files(folder, plant);
            return TestBench.Corridor().Audit(new AuditRequest(files[1], files[3], files[5]), Quiet.Instance, CancellationToken.None);
        }
        Assert.NotNull(Of(Plant.Fresh).Pass);
        Assert.Null(Of(Plant.Copier).Pass);
    }

    [Theory]
    [InlineData(2, "must lie between 0 and 1", "--alpha", "1.5")]
    [InlineData(2, "must be at least 0", "--tolerance", "-0.1")]
    [InlineData(3, "no such file", "--synthetic", "absent.csv")]
    [InlineData(3, "needs at least 20", "--holdout", "few.csv")]
    [InlineData(3, "no column", "--synthetic", "other.csv")]
    [InlineData(3, "wage", "--target", "wage")]
    public void Faults_have_their_exit_code_and_a_remedy(int code, string part, string option, string value)
    {
        using var folder = new TempFolder();
        var args = Files(folder, Plant.Fresh).ToList();
        folder.Write("few.csv", string.Concat(File.ReadLines(folder["holdout.csv"]).Take(10).Select(l => l + "\n")));
        folder.Write("other.csv", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 30)));
        int at = args.IndexOf(option);
        string given = value.EndsWith(".csv", StringComparison.Ordinal) ? folder[value] : value;
        if (at < 0) args.AddRange([option, given]);
        else args[at + 1] = given;
        var run = TestBench.Run(["audit", .. args]);
        Assert.Equal(code, run.Code);
        Assert.Contains(part, run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void What_was_found_is_written_as_a_page_or_for_programs()
    {
        using var folder = new TempFolder();
        string[] files = Files(folder, Plant.Copier);
        var run = TestBench.Run(["audit", .. files, "-o", folder["found.html"]]);
        Assert.Equal(1, run.Code);
        Assert.Contains("wrote", run.Out);
        string page = File.ReadAllText(folder["found.html"]);
        var body = System.Xml.Linq.XDocument.Parse(page.Replace("<!DOCTYPE html>", "")).Root!.Value;
        Assert.Contains("A leak: ", body);
        Assert.Contains("distinctive agreement", body);
        Assert.Contains("--tolerance 0.1 --seed 1", body);
        Assert.DoesNotContain(folder.Path, body);
        var json = TestBench.Run(["audit", .. files, "--json", "-o", folder["found.json"]]).Json;
        var written = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllBytes(folder["found.json"]))!;
        Assert.True((bool)written["leak"]!);
        Assert.Equal((double)json["attacks"]![4]!["auc"]!, (double)written["attacks"]![4]!["auc"]!, 1e-12);
        Assert.Equal(json["attacks"]!.AsArray().Count, written["attacks"]!.AsArray().Count);
        Assert.Contains("id: identifier", (string)written["notChecked"]![0]!);
        Assert.Equal(2, TestBench.Run(["audit", .. files, "-o", folder["found.html"]]).Code);
        Assert.Equal(1, TestBench.Run(["audit", .. files, "-o", folder["found.html"], "--force"]).Code);
        var other = TestBench.Run(["audit", .. files, "-o", folder["found.txt"]]);
        Assert.Equal(2, other.Code);
        Assert.Contains(".html or .json", other.Error);
    }

    [Fact]
    public void An_engine_at_hand_is_fitted_again_from_a_spec_or_a_model()
    {
        using var folder = new TempFolder();
        string[] files = Files(folder, Plant.Fresh);
        string spec = folder.Write("spec.yaml", $$"""
            simulant: 1
            name: small
            source: { train: train.csv }
            engine: copula
            seed: 1
            """);
        var by = TestBench.Run(["audit", .. files, "--model", spec, "--shadows", "2", "--json"]);
        Assert.True(by.Code == 0, by.Out + by.Error);
        Assert.Equal(10, by.Json["attacks"]!.AsArray().Count);
        Assert.Equal("membership: shadow models", (string)by.Json["attacks"]![5]!["name"]!);
        Assert.Equal(0, TestBench.Run("fit", spec, "-o", folder["m.simulant"]).Code);
        var model = TestBench.Run(["audit", .. files, "--model", folder["m.simulant"], "--shadows", "2", "--json"]);
        Assert.Equal(by.Json["attacks"]!.ToJsonString(), model.Json["attacks"]!.ToJsonString());
    }

    [Theory]
    [InlineData("engine: rules\nrows: 10\ncolumns: { a: { type: category, values: { card: 0.7, cash: 0.3 } } }", "learns from no data")]
    [InlineData("source: { train: train.csv }\nengine: mst\nprivacy: { epsilon: 1, delta: 1e-6 }\nrows: 10", "paid for")]
    public void An_engine_that_cannot_be_fitted_again_is_refused(string rest, string part)
    {
        using var folder = new TempFolder();
        string[] files = Files(folder, Plant.Fresh);
        string spec = folder.Write("spec.yaml", "simulant: 1\nname: small\n" + rest + "\n");
        var run = TestBench.Run(["audit", .. files, "--model", spec]);
        Assert.Equal(2, run.Code);
        Assert.Contains(part, run.Error);
    }

    /// <summary>--train F --holdout F --synthetic F, with a column that names rows.</summary>
    private static string[] Files(TempFolder folder, Plant plant)
    {
        var data = PlantedLeaks.Of(plant, 600, 3);
        return ["--train", folder.Write("train.csv", Csv(data.Training.Single, 0)),
            "--holdout", folder.Write("holdout.csv", Csv(data.Holdout.Single, 10_000)),
            "--synthetic", folder.Write($"{plant}.csv", Csv(data.Synthetic.Single, 20_000))];
    }

    private static string Csv(Table table, int from)
    {
        var text = new StringBuilder("id," + string.Join(',', table.Columns.Select(c => c.Name)) + "\n");
        for (int r = 0; r < table.RowCount; r++)
            text.Append(CultureInfo.InvariantCulture, $"p-{from + r:00000},").AppendJoin(',', table.Columns.Select(c => c.IsMissing(r) ? ""
                : c is NumericColumn n ? n.Values[r].ToString("R", CultureInfo.InvariantCulture) : ((CodedColumn)c)[r])).Append('\n');
        return text.ToString();
    }
}
