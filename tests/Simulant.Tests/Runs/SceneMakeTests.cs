using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Sets of frames through the corridor.</summary>
public class SceneMakeTests
{
    private static string Spec(string more = "", string world = "formats: [plain, coco]") => $$"""
        simulant: 1
        name: boards
        kind: scene
        rows: 5
        world: { name: circuit-boards, width: 64, height: 48, samples: 1, {{world}} }
        vary: { defect: { choice: { none: 1, bridge: 1 } } }
        output: { format: csv }
        seed: 3
        {{more}}
        """;

    [Fact]
    public void A_set_of_frames_is_published_whole_and_proves_itself()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml",
            Spec("validate: { gates: { scenes.label-faults: \"<= 0\", memory.duplicates: \"<= 0\" } }"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal((MakeState.Made, 5L), (made.State, made.Summary!.Rows));
        var files = TempFolder.Contents(folder["out"]).Select(f => f.Name).ToList();
        foreach (string label in new[] { "images", "depth", "normals", "semantic", "instance", "albedo", "labels" })
            Assert.Equal(5, files.Count(f => f.StartsWith(label + "/", StringComparison.Ordinal)));
        var coco = JsonNode.Parse(File.ReadAllText(folder["out/annotations.json"]))!;
        Assert.Equal(5, coco["images"]!.AsArray().Count);
        var listed = Manifest.Load(folder["out"]).Content.Outputs.Select(o => o.Path).ToList();
        Assert.Equal(files.Except(["manifest.json"]).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        string report = File.ReadAllText(folder["out/report.html"]);
        Assert.Contains("data:image/jpeg;base64,", report, StringComparison.Ordinal);
        Assert.Contains("img-src data:", report, StringComparison.Ordinal);
        var verified = TestBench.Verify(folder["out"]);
        Assert.Null(verified.Difference);
        Assert.Contains(verified.Proved, p => p.Contains("annotations", StringComparison.Ordinal));
    }

    [Fact]
    public void A_set_is_the_same_at_any_number_of_threads_and_shards()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec());
        TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["one"], Threads = 1 });
        var one = TempFolder.Contents(folder["one"]);
        foreach (int threads in new[] { 2, 8 })
        {
            TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder[$"t{threads}"], Threads = threads });
            Assert.Equal(one, TempFolder.Contents(folder[$"t{threads}"]));
        }
        MakeOutcome last = null!;
        foreach (int shard in new[] { 2, 1 })
            last = TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["s"], Shard = shard,
            Shards = 2 });
        Assert.Equal(MakeState.Made, last.State);
        bool Frame(string name) => name.Contains('/') && !name.StartsWith("data/", StringComparison.Ordinal);
        Assert.Equal(one.Where(f => Frame(f.Name)), TempFolder.Contents(folder["s"]).Where(f => Frame(f.Name)));
    }

    [Fact]
    public void A_run_that_fails_at_any_call_goes_on_to_the_same_bytes()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(world: "formats: [coco]"));
        TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["whole"] });
        var expected = TempFolder.Contents(folder["whole"]);
        int failures = 0;
        for (int failAt = 1; ; failAt += 11)
        {
            var request = new MakeRequest(spec) { Output = folder[$"n{failAt}"], Threads = 1 };
            var files = new FaultyFiles(failAt, stayDead: true);
            var failure = Record.Exception(() => TestBench.Make(TestBench.Corridor(files, rowsPerFile: 2), request));
            if (!files.Fired) break;
            failures++;
            Assert.IsAssignableFrom<IOException>(failure);
            TestBench.Make(TestBench.Corridor(rowsPerFile: 2), request with { Resume = true });
            Assert.Equal(expected, TempFolder.Contents(request.Output!));
        }
        Assert.InRange(failures, 8, 100);
    }

    [Theory]
    [InlineData("images/000002.png")]
    [InlineData("labels/000001.json")]
    [InlineData("annotations.json")]
    public void A_file_that_was_changed_or_taken_away_is_found(string name)
    {
        using var folder = new TempFolder();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("spec.yaml", Spec())) { Output = folder["out"] });
        byte[] bytes = File.ReadAllBytes(folder["out/" + name]);
        bytes[^9] ^= 1;
        File.WriteAllBytes(folder["out/" + name], bytes);
        Assert.Contains(name, TestBench.Verify(folder["out"]).Difference, StringComparison.Ordinal);
        File.Delete(folder["out/" + name]);
        Assert.Contains(name, TestBench.Verify(folder["out"]).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_not_the_worlds_is_found_though_the_manifest_lists_it()
    {
        using var folder = new TempFolder();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("spec.yaml", Spec())) { Output = folder["out"] });
        string data = folder["out/data/train-00000-of-00001.csv"];
        var manifest = Manifest.Load(folder["out"]);
        string content = File.ReadAllLines(data)[2].Split(',')[^1];
        File.WriteAllText(data, File.ReadAllText(data).Replace(content, new string('0', content.Length), StringComparison.Ordinal));
        var changed = manifest.Content with
        {
            Outputs = [.. manifest.Content.Outputs.Select(o => o.Path != "data/train-00000-of-00001.csv" ? o
                : o with { Sha256 = FileHash.OfBytes(File.ReadAllBytes(data)) })],
        };
        File.WriteAllBytes(folder["out/manifest.json"], (manifest with { Content = changed }).ToBytes());
        Assert.NotNull(TestBench.Verify(folder["out"]).Difference);
    }

    [Fact]
    public void A_gate_that_fails_rejects_the_set()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("validate: { gates: { scenes.coverage: \">= 0.999\" } }"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(MakeState.Rejected, made.State);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_model_of_frames_is_not_sampled_into_one_file()
    {
        using var folder = new TempFolder();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("spec.yaml", Spec())) { Output = folder["out"] });
        var said = TestBench.Run("sample", folder["out/model.simulant"], "-o", folder["x.csv"]);
        Assert.Equal(2, said.Code);
        Assert.Contains("simulant make", said.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["x.csv"]));
    }

    [Theory]
    [InlineData("kind: scene\nrows: 3", "needs a world")]
    [InlineData("kind: scene\nworld: warehouse", "how many frames")]
    [InlineData("kind: scene\nrows: 3\nworld: warehose", "did you mean 'warehouse'?")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nengine: trees", "'engine' is for tables")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nrecipe: tasks", "'recipe' is for text")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nsource: { train: x, target: y }", "'target' is for tables")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nsource: { postgres: x, query: y }", "write 'source: FOLDER'")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nsource: x\nsplit: { by: y }", "pictures have no columns")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nsplit: { holdout: 0.5 }", "has no 'source'")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nvalidate: { gates: { images.frechet: '<= 1' } }", "add 'source: FOLDER'")]
    [InlineData("kind: scene\nrows: 3\nworld: { name: warehouse, formats: [tiff] }", "unknown format 'tiff'")]
    [InlineData("kind: scene\nrows: 3\nworld: { name: warehouse, wide: 3 }", "unknown key 'wide'")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nvalidate: { gates: { fidelity.shapes: '>= 0.9' } }", "a figure of tables")]
    [InlineData("kind: scene\nrows: 3\nworld: warehouse\nvalidate: { field: x }", "the spec's kind is scene")]
    [InlineData("kind: table\ncolumns: { a: integer }\nrows: 3\nworld: warehouse", "'world' is for scenes")]
    [InlineData("kind: text\nrecipe: tasks\nrows: 3\nvary: { a: 1 }", "'vary' is for scenes")]
    [InlineData("kind: text\nrecipe: tasks\nrows: 3\nvalidate: { gates: { scenes.coverage: '>= 0.9' } }", "a figure of scenes")]
    public void A_spec_that_cannot_be_is_refused_with_a_remedy(string text, string told)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", "simulant: 1\n" + text.Replace("\\n", "\n", StringComparison.Ordinal) + "\n");
        var faults = TestBench.Corridor().Check(spec);
        Assert.Contains(faults, f => f.Severity == Severity.Error && f.Message.Contains(told, StringComparison.Ordinal));
    }
}
