using System.Formats.Tar;
using System.Text.Json.Nodes;
using Simulant.Augment;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>What a set of frames leaves beside its own files: shards of whole frames, and augmented copies.</summary>
public class SceneOutputTests
{
    private const string Steps =
        "[ horizontal-flip, { affine: { rotate: 20, p: 1 } }, { mosaic: { p: 0.5 } }, { gaussian-noise: { p: 1 } } ]";

    private static string Spec(string more = "", string world = "formats: [coco]", int rows = 5) => $$"""
        simulant: 1
        name: boards
        kind: scene
        rows: {{rows}}
        world: { name: circuit-boards, width: 64, height: 48, samples: 1, {{world}} }
        output: { format: csv }
        seed: 3
        {{more}}
        """;

    private static List<(string Name, byte[] Content)> Tar(string path)
    {
        var files = new List<(string, byte[])>();
        using var tar = new TarReader(File.OpenRead(path));
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files.Add((entry.Name, content.ToArray()));
        }
        return files;
    }

    [Fact]
    public void Shards_hold_all_files_of_each_frame_together()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(world: "formats: [plain, webdataset], gps: 5, stereo: 0.02"));
        TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["out"] });
        string[] shards = [.. Directory.GetFiles(folder["out/webdataset"]).Order(StringComparer.Ordinal)];
        Assert.Equal(["shard-000000.tar", "shard-000001.tar", "shard-000002.tar"], shards.Select(Path.GetFileName));
        var files = shards.SelectMany(Tar).ToList();
        string[] endings = ["png", "gps.csv", "right.png", "disparity.npy", "depth.npy", "normals.npy", "semantic.png", "instance.png",
            "albedo.png", "flow-forward.flo", "flow-backward.flo", "scene-flow.npy", "json"];
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => endings.Select(e => $"{i:D6}.{e}")), files.Select(f => f.Name));
        foreach (var (name, content) in files)
        {
            string key = name[..6], rest = name[7..];
            string loose = rest switch
            {
                "png" => $"images/{key}.png", "json" => $"labels/{key}.json",
                _ => $"{rest[..rest.IndexOf('.')]}/{key}{rest[rest.IndexOf('.')..]}",
            };
            Assert.Equal(File.ReadAllBytes(folder["out/" + loose]), content);
        }
        Assert.Empty(Directory.GetDirectories(folder["out"], "pieces", SearchOption.AllDirectories));
        Assert.Equal(3, Manifest.Load(folder["out"]).Content.Outputs.Count(o =>
            o.Path.StartsWith("webdataset/", StringComparison.Ordinal)));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
    }

    [Fact]
    public void Shards_and_copies_are_the_same_at_any_threads_and_shards_and_go_on_after_a_failure()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec($"augment: {{ copies: 2, steps: {Steps} }}", "formats: [webdataset]", rows: 4));
        TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["one"], Threads = 1 });
        var one = TempFolder.Contents(folder["one"]);
        Assert.Equal(2, one.Count(f => f.Name.StartsWith("webdataset/", StringComparison.Ordinal)));
        Assert.Equal(8, one.Count(f => f.Name.StartsWith("augmented/images/", StringComparison.Ordinal)));
        Assert.DoesNotContain(one, f => f.Name.StartsWith("depth/", StringComparison.Ordinal));
        foreach (int threads in new[] { 2, 8 })
        {
            TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder[$"t{threads}"], Threads = threads });
            Assert.Equal(one, TempFolder.Contents(folder[$"t{threads}"]));
        }
        foreach (int shard in new[] { 2, 1 })
            TestBench.Make(TestBench.Corridor(rowsPerFile: 2), new MakeRequest(spec) { Output = folder["s"], Shard = shard, Shards = 2 });
        bool Frame(string name) => name.Contains('/') && !name.StartsWith("data/", StringComparison.Ordinal);
        Assert.Equal(one.Where(f => Frame(f.Name)), TempFolder.Contents(folder["s"]).Where(f => Frame(f.Name)));
        int failures = 0;
        for (int failAt = 3; ; failAt += 17)
        {
            var request = new MakeRequest(spec) { Output = folder[$"n{failAt}"], Threads = 1 };
            var files = new FaultyFiles(failAt, stayDead: true);
            Record.Exception(() => TestBench.Make(TestBench.Corridor(files, rowsPerFile: 2), request));
            if (!files.Fired) break;
            failures++;
            Assert.False(Directory.Exists(request.Output!) && !files.Fired);
            TestBench.Make(TestBench.Corridor(rowsPerFile: 2), request with { Resume = true });
            Assert.Equal(one, TempFolder.Contents(request.Output!));
        }
        Assert.InRange(failures, 5, 100);
    }

    [Fact]
    public void Copies_are_what_the_policy_makes_of_the_frames_read_back()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec($"augment: {{ copies: 2, steps: {Steps} }}"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        // By another way: the set's own COCO file, whose runs become outlines, through the policy.
        var set = SetReader.Open(folder["out/annotations.json"], null);
        var policy = Policy.Read(YamlNodes.Read(Steps, "p", new())!, new());
        var pool = new SetPool(set);
        var copies = SetReader.Open(folder["out/augmented/annotations.json"], null);
        Assert.Equal(10, copies.Pictures.Count);
        for (int p = 0; p < 5; p++)
            for (int copy = 0; copy < 2; copy++)
            {
                var expected = policy.Apply(set.Load(p), 3, copy * 5 + p, pool);
                string name = $"{p:D6}_a{copy + 1}.png";
                Assert.Equal(ImageFile.Write(expected.Image, ".png"), File.ReadAllBytes(folder["out/augmented/images/" + name]));
                var told = copies.Load(copies.Pictures.ToList().FindIndex(e => e.Name == name));
                Assert.Equal(expected.Subjects.Count, told.Subjects.Count);
                foreach (var (a, b) in expected.Subjects.Zip(told.Subjects))
                    Assert.Equal((a.Class, Math.Round(a.Box.Left, 1), Math.Round(a.Box.Bottom, 1)), (b.Class, Math.Round(b.Box.Left, 1),
                        Math.Round(b.Box.Bottom, 1)));
            }
        string report = File.ReadAllText(folder["out/report.html"]);
        Assert.Contains("Augmented copies", report, StringComparison.Ordinal);
        var verified = TestBench.Verify(folder["out"]);
        Assert.Null(verified.Difference);
        Assert.Contains(verified.Proved, p => p.Contains("augmented copies come out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_was_exchanged_is_found_though_the_manifest_lists_it()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("augment: [ { invert: { p: 1 } } ]", "formats: [yolo]"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.True(File.Exists(folder["out/augmented/labels/000002_a1.txt"]));
        const string name = "augmented/images/000002_a1.png";
        File.Copy(folder["out/augmented/images/000003_a1.png"], folder["out/" + name], overwrite: true);
        var manifest = Manifest.Load(folder["out"]);
        var changed = manifest.Content with
        {
            Outputs = [.. manifest.Content.Outputs.Select(o => o.Path != name ? o : o with
            {
                Sha256 = FileHash.OfBytes(File.ReadAllBytes(folder["out/" + name])), Bytes = new FileInfo(folder["out/" + name]).Length,
            })],
        };
        File.WriteAllBytes(folder["out/manifest.json"], (manifest with { Content = changed }).ToBytes());
        Assert.Contains(name, TestBench.Verify(folder["out"]).Difference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("augment: [ rotat ]", "there is no operation 'rotat'; did you mean 'rotate'?")]
    [InlineData("augment: { steps: [ { rotate: { limit: 900 } } ] }", "from 0 to 180")]
    [InlineData("augment: []", "add some, or remove it")]
    [InlineData("augment: { steps: [ invert ], layout: yolo-pose }", "no class of circuit-boards has keypoints")]
    [InlineData("augment: { steps: [ invert ], layout: tiff }", "unknown layout 'tiff'")]
    public void A_policy_that_cannot_be_is_refused_with_a_remedy(string more, string told)
    {
        using var folder = new TempFolder();
        var faults = TestBench.Corridor().Check(folder.Write("spec.yaml", Spec(more)));
        var fault = Assert.Single(faults, f => f.Severity == Severity.Error);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal(8, fault.At.Line);
    }

    [Fact]
    public void Annotations_of_copies_name_their_pictures()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("augment: { steps: [ { invert: { p: 1 } } ], copies: 3 }", rows: 2));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        var images = JsonNode.Parse(File.ReadAllText(folder["out/augmented/annotations.json"]))!["images"]!.AsArray();
        Assert.Equal(["000000_a1.png", "000000_a2.png", "000000_a3.png", "000001_a1.png", "000001_a2.png", "000001_a3.png"],
            images.Select(i => (string)i!["file_name"]!));
        Assert.Equal(6, images.Select(i => (long)i!["id"]!).Distinct().Count());
    }
}
