using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>refine</c> on its way through the corridor.</summary>
public class RefineTests
{
    [Fact]
    public void The_report_shows_figures_with_and_without_and_the_folder_proves_itself()
    {
        using var folder = new TempFolder();
        string target = Make(folder, "out").Folder;
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(target, "report.json")))!;
        double refined = (double)report["metrics"]![0]!["value"]!, drawn = (double)report["unrefined"]!["metrics"]![0]!["value"]!;
        Assert.Equal("fidelity.shapes", (string)report["unrefined"]!["metrics"]![0]!["name"]!);
        Assert.True(refined > drawn, $"{refined} with, {drawn} without");
        Assert.Contains("With and without refinement", File.ReadAllText(Path.Combine(target, "report.html")));
        Assert.Contains(Manifest.Load(target).Content.Notes, n => n.Contains("chosen from 4 times as many"));
        var verified = TestBench.Verify(target);
        Assert.Null(verified.Difference);
    }

    [Fact]
    public void Shards_and_a_resumed_run_give_the_same_rows()
    {
        using var folder = new TempFolder();
        string whole = Make(folder, "whole").Folder, spec = folder["spec.yaml"];
        MakeRequest Shard(int shard) => new(spec) { Output = folder["shards"], Shard = shard, Shards = 2 };
        TestBench.Make(TestBench.Corridor(), Shard(2));
        TestBench.Make(TestBench.Corridor(), Shard(1));
        Assert.ThrowsAny<IOException>(() => TestBench.Make(TestBench.Corridor(new FaultyFiles(14, true)),
            new MakeRequest(spec) { Output = folder["cut"] }));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["cut"], Resume = true });
        foreach (string other in new[] { "shards", "cut" })
            Assert.Equal(Manifest.Load(whole).Content.Digest, Manifest.Load(folder[other]).Content.Digest);
    }

    [Fact]
    public void A_stored_model_gives_its_chosen_rows_and_no_others()
    {
        using var folder = new TempFolder();
        string target = Make(folder, "out").Folder, model = Path.Combine(target, "model.simulant");
        Assert.Equal(0, TestBench.Run("sample", model, "-o", folder["a.csv"]).Code);
        Assert.Equal(151, File.ReadAllLines(folder["a.csv"]).Length);
        var more = TestBench.Run("sample", model, "--rows", "151", "-o", folder["b.csv"]);
        Assert.Equal(2, more.Code);
        Assert.Contains("150 were chosen", more.Error);
        var other = TestBench.Run("sample", model, "--seed", "8", "-o", folder["b.csv"]);
        Assert.Equal(2, other.Code);
        Assert.Contains("under seed 7", other.Error);
        Assert.Equal(0, TestBench.Run("sample", model, "--where", "group = 'old'", "--rows", "200", "--seed", "8", "-o",
            folder["c.csv"]).Code);
    }

    [Fact]
    public void Rules_have_no_training_counts_to_match()
    {
        using var folder = new TempFolder();
        var fault = Assert.Single(TestBench.Corridor().Check(folder.Write("spec.yaml", TestBench.Rules + "\nrefine: true\n")));
        Assert.Equal("SIM018", fault.Code);
        Assert.Contains("learns from none", fault.Message);
    }

    private static MakeOutcome Make(TempFolder folder, string name)
    {
        folder.Write("people.csv", TestBench.People());
        string spec = folder.Write("spec.yaml", TestBench.Learned("copula", "refine: true"));
        return TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder[name] });
    }
}
