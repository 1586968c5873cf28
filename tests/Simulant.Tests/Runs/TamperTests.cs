using System.IO.Compression;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Whoever changes a published folder and signs it again is still found out, and no file makes the program fail.</summary>
public class TamperTests
{
    private static readonly Dictionary<string, Func<PublishedRun, PublishedRun>> Lies = new()
    {
        ["rows"] = run => run with { Rows = run.Rows + 50 },
        ["file rows"] = run => run with { Outputs = [.. run.Outputs.Select(o => o.IsData ? o with { Rows = o.Rows + 1 } : o)] },
        ["holdout"] = run => run with { HoldoutRows = run.HoldoutRows * 10 },
        ["requested"] = run => run with { RequestedRows = 7 },
        ["role"] = run => run with
        {
            Schema = new TableSchema(run.Schema.Name, [.. run.Schema.Columns.Select(c => c with { Role = ColumnRole.Protected })]),
        },
        ["figure"] = run => run with { Figures = [.. run.Figures.Select(f => f with { Value = 1 })] },
    };

    public static TheoryData<string> Names => [.. Lies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_manifest_that_lies_under_its_own_hash_is_found_out(string lie)
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People());
        string spec = folder.Write("spec.yaml", TestBench.Learned());
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        var manifest = Manifest.Load(folder["out"]);
        File.WriteAllBytes(folder["out/manifest.json"], (manifest with { Content = Lies[lie](manifest.Content) }).ToBytes());
        Assert.Empty(ManifestCheck.Check(folder["out"]));
        Assert.NotNull(TestBench.Verify(folder["out"]).Difference);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"header\":{},\"entries\":{}}")]
    [InlineData("[")]
    public void A_model_with_a_hollow_header_is_called_damaged(string header)
    {
        using var folder = new TempFolder();
        using (var zip = ZipFile.Open(folder["m.simulant"], ZipArchiveMode.Create))
        using (var writer = new StreamWriter(zip.CreateEntry("model.json").Open())) writer.Write(header);
        var printed = TestBench.Run("sample", folder["m.simulant"], "-o", folder["x.csv"]);
        Assert.Equal(2, printed.Code);
        Assert.Contains("damaged", printed.Error, StringComparison.Ordinal);
    }
}
