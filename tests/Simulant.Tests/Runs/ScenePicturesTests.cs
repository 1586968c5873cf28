using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Numerics.Random;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Sets of frames beside real pictures.</summary>
public class ScenePicturesTests
{
    private static string Spec(string more) => $$"""
        simulant: 1
        name: boards
        kind: scene
        rows: 12
        world: { name: circuit-boards, width: 64, height: 48, samples: 1, formats: [coco] }
        output: { format: csv }
        seed: 3
        {{more}}
        """;

    /// <summary>Pictures of noise, in two folders.</summary>
    private static void Real(TempFolder folder, string name, int count, ulong seed)
    {
        var stream = new RandomStream(seed, "real");
        for (int i = 0; i < count; i++)
        {
            string path = folder[$"{name}/{(i % 2 == 0 ? "chip" : "tree")}/{i:D3}.png"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, PngWriter.Write(new Raster<byte>(40, 30, 3,
                [.. Enumerable.Range(0, 3600).Select(k => (byte)(255 * stream.Uniform(i, k / 4096, k)))])));
        }
    }

    private static Figure Of(IReadOnlyList<Figure> figures, string name) => Assert.Single(figures, f => f.Name == name);

    [Fact]
    public void Figures_of_pictures_stand_beside_those_of_held_out_real_ones()
    {
        using var folder = new TempFolder();
        Real(folder, "real", 24, 1);
        string spec = folder.Write("spec.yaml", Spec("source: real\nvalidate: { gates: { images.copies: \"<= reference\" } }"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(MakeState.Made, made.State);
        var run = Manifest.Load(folder["out"]).Content;
        Assert.All(MetricNames.Pictures, name => Of(run.Figures, name));
        // Frames are nothing like noise; half of the noise is like the other half.
        var frechet = Of(run.Figures, MetricNames.ImagesFrechet);
        Assert.True(frechet.Value > 3 * frechet.Reference && frechet.Low > frechet.Reference, $"{frechet.Value}, {frechet.Reference}");
        Assert.Equal(12, frechet.Count);
        Assert.Equal(0, Of(run.Figures, MetricNames.ImagesPrecision).Value);
        Assert.True(Of(run.Figures, MetricNames.ImagesClasses).Value >= 0);
        Assert.Contains(run.Notes, n => n.Contains("random-convolutions/", StringComparison.Ordinal)
            && n.Contains("/area 64x64x3/128", StringComparison.Ordinal));
        Assert.Contains(run.Notes, n => n.Contains("12 were held out", StringComparison.Ordinal));
        Assert.Equal("real", Assert.Single(run.Inputs).Name);
        Assert.DoesNotContain(run.NotChecked, n => n.StartsWith("likeness", StringComparison.Ordinal));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"], Threads = 1 });
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
    }

    [Fact]
    public void Frames_held_against_themselves_are_copies_and_a_gate_rejects_them()
    {
        using var folder = new TempFolder();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("a.yaml", Spec(""))) { Output = folder["first"] });
        var alone = Manifest.Load(folder["first"]).Content;
        Assert.Equal(MetricNames.Pictures.Except(MetricNames.RealPictures).Order(),
            alone.Figures.Select(f => f.Name).Where(n => n.StartsWith("images.", StringComparison.Ordinal)).Order());
        Assert.Contains(alone.NotChecked, n => n.StartsWith("likeness", StringComparison.Ordinal));
        Real(folder, "noise", 12, 2);
        string spec = folder.Write("b.yaml",
            Spec("source: { train: first/annotations.json, holdout: noise }\nvalidate: { gates: { images.copies: \"<= reference\" } }"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["second"] });
        Assert.Equal(MakeState.Rejected, made.State);
        var figures = made.Summary!.Figures;
        Assert.Equal(1, figures.Single(f => f.Name == MetricNames.ImagesCopies).Value);
        Assert.Equal(0, figures.Single(f => f.Name == MetricNames.ImagesFrechet).Value, 1e-6);
        Assert.Equal(0, figures.Single(f => f.Name == MetricNames.ImagesClasses).Value, 1e-12);
    }

    [Fact]
    public void What_objects_teach_is_measured_where_it_is_asked_for()
    {
        using var folder = new TempFolder();
        string Board(int seed, string more) => Spec(more).Replace("width: 64, height: 48", "width: 160, height: 120")
            .Replace("seed: 3", FormattableString.Invariant($"seed: {seed}"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("a.yaml", Board(1, ""))) { Output = folder["first"] });
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder.Write("b.yaml", Board(2, ""))) { Output = folder["second"] });
        string spec = folder.Write("c.yaml", Board(3, "source: { train: first/annotations.json, holdout: second/annotations.json }\n"
            + "validate: { only: [images.transfer], transfer: 40 }"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(MakeState.Made, made.State);
        var run = Manifest.Load(folder["out"]).Content;
        string curve = Assert.Single(run.Notes, n => n.StartsWith("Networks of 40 steps named this share of ", StringComparison.Ordinal));
        Assert.Contains(" with 10 real, ", curve, StringComparison.Ordinal);
        var figure = Of(run.Figures, MetricNames.ImagesTransfer);
        Assert.True(figure.Count >= 20 && figure.Value > 0.3, $"{figure.Count}, {figure.Value}: {curve}");
        string gate = folder.Write("d.yaml", Board(3, "source: { train: first/annotations.json }\n"
            + "validate: { gates: { images.transfer: \">= 0.5\" } }"));
        var refused = TestBench.Make(TestBench.Corridor(), new MakeRequest(gate) { Output = folder["gated"] });
        Assert.Equal(MakeState.Rejected, refused.State);
        string parted = folder.Write("e.yaml", Board(3, "source: { train: first/annotations.json }\n"
            + "validate: { only: [images.transfer], transfer: 20 }"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(parted) { Output = folder["parted"] });
        Assert.Single(Manifest.Load(folder["parted"]).Content.Notes, n => n.Contains("6 were held out", StringComparison.Ordinal));
    }

    [Fact]
    public void Real_pictures_that_changed_or_are_gone_are_told_and_nothing_is_measured_on_others()
    {
        using var folder = new TempFolder();
        Real(folder, "real", 24, 1);
        string spec = folder.Write("spec.yaml", Spec("source: real"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        File.Copy(folder["real/chip/000.png"], folder["real/chip/002.png"], overwrite: true);
        var changed = TestBench.Verify(folder["out"]);
        Assert.Null(changed.Difference);
        Assert.Contains(changed.NotChecked, n => n.Contains("is not the train set of this run", StringComparison.Ordinal));
        Directory.Delete(folder["real"], recursive: true);
        Assert.Contains(TestBench.Verify(folder["out"]).NotChecked, n => n.Contains("name it with --train", StringComparison.Ordinal));
        var missing = TestBench.Run("make", spec, "-o", folder["other"]);
        Assert.Equal(3, missing.Code);
        Assert.False(Directory.Exists(folder["other"]));
    }

    [Fact]
    public void Commands_say_frames_and_what_was_expected()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("validate: { gates: { scenes.label-faults: \"<= 0\" } }"));
        var said = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(0, said.Code);
        Assert.Contains("12 frames of", said.Out, StringComparison.Ordinal);
        Assert.Contains("expected 0", said.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("real", said.Out, StringComparison.Ordinal);
        Assert.Contains("12 frames of", TestBench.Run("show", folder["out"]).Out, StringComparison.Ordinal);
        string report = File.ReadAllText(folder["out/report.html"]);
        Assert.Contains("as expected", report, StringComparison.Ordinal);
        Assert.DoesNotContain("equal to real", report, StringComparison.Ordinal);
        Assert.DoesNotContain("synthetic rows", report, StringComparison.Ordinal);
    }
}
