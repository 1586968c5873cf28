using System.Text.Json.Nodes;
using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tests.Images.Sets;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>augment</c> of pictures, end to end: copies are what the policy makes, in every layout, whole or absent.</summary>
public class AugmentPicturesTests
{
    private const string Policy = """
        augment:
          - horizontal-flip
          - rotate: { limit: 20 }
          - brightness: { p: 0.9 }
          - mosaic: { p: 0.3 }
        """;

    private static PicturesOutcome Run(PicturesRequest request, IFiles? files = null, CancellationToken cancel = default) =>
        new Corridor { Files = files ?? DiskFiles.Instance }.Augment(request, Quiet.Instance, cancel);

    private static PicturesRequest Request(TempFolder folder, string format = "coco", string policy = Policy)
    {
        Directory.CreateDirectory(folder["in"]);
        var pictures = Enumerable.Range(0, 6).Select(i => SetRoundTripTests.Picture(i, i % 3 == 0 ? ".jpg" : ".png")).ToArray();
        var writer = SetWriter.Find(format)!;
        foreach (var picture in pictures)
        {
            var image = Augment.Pictures.Star(picture.Width, picture.Height, (int)picture.Id).Image;
            string path = writer.PictureAt(picture, SetRoundTripTests.Classes);
            SetRoundTripTests.Put(folder, "in/" + path, ImageFile.Write(image, Path.GetExtension(path)));
            foreach (var file in writer.OfPicture(picture, SetRoundTripTests.Classes)) SetRoundTripTests.Put(folder, "in/" + file.Path,
                file.Content);
        }
        foreach (var file in writer.OfSet(pictures, SetRoundTripTests.Classes)) SetRoundTripTests.Put(folder, "in/" + file.Path,
            file.Content);
        return new(folder["in"], folder.Write("p.yaml", policy), folder["out"]) { Copies = 2, Seed = 5 };
    }

    [Fact]
    public void Copies_are_what_the_policy_makes_of_each_item()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        var outcome = Run(request with { Originals = true });
        Assert.Equal((6, 12L, "coco"), (outcome.Pictures, outcome.Made, outcome.Format));
        var from = SetReader.Open(folder["in"]);
        var made = SetReader.Open(folder["out"]);
        Assert.Equal(18, made.Pictures.Count);
        var policy = Simulant.Augment.Policy.Read(((SpecMap)YamlNodes.Read(Policy, "p", new())!)["augment"]!, new());
        long subjects = 0;
        for (int p = 0; p < 6; p++)
        {
            // The picture itself first, byte for byte.
            Assert.Equal(from.Pictures[p].Name, made.Pictures[3 * p].Name);
            Assert.Equal(File.ReadAllBytes(from.Pictures[p].File), File.ReadAllBytes(made.Pictures[3 * p].File));
            Assert.Equal(from.Load(p).Subjects.Select(s => s.Box), made.Load(3 * p).Subjects.Select(s => s.Box));
            for (int copy = 0; copy < 2; copy++)
            {
                var expected = policy.Apply(from.Load(p), 5, copy * 6 + p, new SetPool(from));
                var got = made.Load(3 * p + 1 + copy);
                string name = Path.ChangeExtension(from.Pictures[p].Name, null) + $"_a{copy + 1}" + Path.GetExtension(from.Pictures[p]
                    .Name);
                Assert.Equal(name, made.Pictures[3 * p + 1 + copy].Name);
                Assert.Equal(ImageFile.Write(expected.Image, Path.GetExtension(name)), File.ReadAllBytes(made.Pictures[3 * p + 1 + copy]
                    .File));
                Assert.Equal(expected.Subjects.Select(s => s.Class), got.Subjects.Select(s => s.Class));
                Assert.All(expected.Subjects.Zip(got.Subjects), s =>
                    Assert.True(s.First.Polygons.Count > 1 || s.First.Box.Overlap(s.Second.Box) > 0.999));
                subjects += got.Subjects.Count;
            }
        }
        Assert.Equal(subjects, outcome.Subjects);
        var account = JsonNode.Parse(File.ReadAllText(folder["out/augment.json"]))!;
        Assert.Equal((5, 2, Policy), ((int)account["seed"]!, (int)account["copies"]!, (string)account["policy"]!));
    }

    [Fact]
    public void Threads_change_nothing_and_seeds_do()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        IReadOnlyList<(string, string)> Of(string name, ulong seed, int threads)
        {
            Run(request with { Output = folder[name], Seed = seed, Threads = threads });
            return TempFolder.Contents(folder[name]);
        }
        var first = Of("a", 5, 1);
        Assert.Equal(first, Of("b", 5, 2));
        Assert.Equal(first, Of("c", 5, 8));
        Assert.NotEqual(first, Of("d", 6, 1));
    }

    [Theory]
    [InlineData("coco", "yolo"), InlineData("coco", "yolo-seg"), InlineData("coco", "yolo-pose"), InlineData("coco", "kitti")]
    [InlineData("coco", "voc"), InlineData("yolo-pose", "coco"), InlineData("kitti", "coco"), InlineData("voc", "kitti"),
        InlineData("yolo-seg", null)]
    public void Layouts_turn_into_each_other(string read, string? written)
    {
        using var folder = new TempFolder();
        var outcome = Run(Request(folder, read, "[ vertical-flip: { p: 1 } ]") with { Format = written, Copies = 1 });
        Assert.Equal(written ?? read, outcome.Format);
        var from = SetReader.Open(folder["in"]);
        var made = SetReader.Open(folder["out"]);
        Assert.Equal(written ?? read, made.Format);
        string NameOf(PictureSet set, Subject s) => set.Classes.Single(c => c.Number == s.Class).Name.Replace('_', ' ');
        for (int p = 0; p < 6; p++)
        {
            var a = from.Load(p);
            int at = made.Pictures.Select((e, i) => (e, i)).Single(e => e.e.Name == Path.ChangeExtension(from.Pictures[p].Name, null)
                + "_a1"
                + Path.GetExtension(from.Pictures[p].Name)).i;
            var b = made.Load(at);
            Assert.Equal(a.Subjects.Select(s => NameOf(from, s)), b.Subjects.Select(s => NameOf(made, s)));
            // Upside down, to the pixel of VOC.
            Assert.All(a.Subjects.Zip(b.Subjects), s =>
            {
                Assert.InRange(s.Second.Box.Top - (a.Height - s.First.Box.Bottom), -1.001, 1.001);
                Assert.InRange(s.Second.Box.Left - s.First.Box.Left, -1.001, 1.001);
            });
        }
    }

    [Fact]
    public void Places_in_space_stay_while_nothing_moves()
    {
        using var folder = new TempFolder();
        var request = Request(folder, "kitti", "[ invert: { p: 1 } ]");
        folder.Write("in/calib/part0/p2.txt", "P2: 1 2 3\n");
        Run(request with { Copies = 1 });
        var made = SetReader.Open(folder["out"]);
        int at = made.Pictures.Select(p => p.Name).ToList().IndexOf("part0/p2_a1.png");
        Assert.Contains(made.Load(at).Subjects, s => s.Space is { Length: 4.25 });
        Assert.Equal("P2: 1 2 3\n", File.ReadAllText(folder["out/calib/part0/p2_a1.txt"]));
        folder.Write("p.yaml", "[ horizontal-flip: { p: 1 } ]");
        Run(request with { Copies = 1, Output = folder["flipped"] });
        Assert.All(SetReader.Open(folder["flipped"]).Pictures, p => Assert.All(p.Subjects, s => Assert.Null(s.Space)));
        Assert.False(Directory.Exists(folder["flipped/calib"]));
    }

    [Fact]
    public void Folders_of_classes_stay_folders_of_classes()
    {
        using var folder = new TempFolder();
        for (int i = 0; i < 4; i++)
            SetRoundTripTests.Put(folder, $"in/{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", PngWriter.Write(Augment.Pictures.Star(30, 20, i)
            .Image));
        var request = new PicturesRequest(folder["in"], folder.Write("p.yaml", "[ cutmix: { p: 1 } ]"), folder["out"]);
        Run(request);
        string[] names = [.. SetReader.Open(folder["out"]).Pictures.Select(p => Path.GetFileName(p.Name))];
        Assert.Equal(["0_a1.png", "1_a1.png", "2_a1.png", "3_a1.png"], names.Order());
        Assert.Contains("leave --format out", Assert.Throws<DataException>(() =>
            Run(request with { Format = "coco", Output = folder["o"] })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_contact_sheet_shows_pictures_and_boxes()
    {
        using var folder = new TempFolder();
        var request = Request(folder, "coco", "[ invert: { p: 1 } ]") with { Output = null, Preview = folder["sheet.png"], Copies = 1 };
        Run(request);
        var sheet = PngReader.Read(File.ReadAllBytes(folder["sheet.png"]), "s");
        Assert.False(Directory.Exists(folder["out"]));
        // Tiles are as large as the largest picture, two rows of four.
        var set = SetReader.Open(folder["in"]);
        Labelled[] all = [.. Enumerable.Range(0, set.Pictures.Count).Select(set.Load)];
        int wide = all.Max(p => p.Width), high = all.Max(p => p.Height);
        Assert.Equal((4 * (wide + 4) + 4, 2 * (high + 4) + 4), (sheet.Width, sheet.Height));
        // Picture 1 stands second; its one subject's box is drawn over it in the colour of the class.
        var picture = set.Load(1);
        var box = Assert.Single(picture.Subjects).Box;
        int left = 4 + wide + 4 + (wide - picture.Width) / 2, top = 4 + (high - picture.Height) / 2;
        Assert.Equal((230, 60, 60), Colour(sheet, left + (int)box.Left, top + (int)box.Top, picture.Subjects[0].Class));
        Assert.Equal(255 - picture.Image[0, 0, 1], sheet[left, top, 1]);
        Assert.Equal(96, sheet[left - 1, top, 1]);
    }

    // The colour of class 8 stands for every class by its place in the row of colours.
    private static (int, int, int) Colour(Raster<byte> sheet, int x, int y, int number)
    {
        var other = ContactSheet.Of([new Labelled(new Raster<byte>(10, 10, 3)) { Subjects = [new(number, new(2, 2, 6, 6))] }], 10);
        Assert.Equal((other[6, 6, 0], other[6, 6, 1], other[6, 6, 2]), (sheet[x, y, 0], sheet[x, y, 1], sheet[x, y, 2]));
        var first = ContactSheet.Of([new Labelled(new Raster<byte>(10, 10, 3)) { Subjects = [new(8, new(2, 2, 6, 6))] }], 10);
        return (first[6, 6, 0], first[6, 6, 1], first[6, 6, 2]);
    }

    [Fact]
    public void Requests_that_cannot_be_met_are_refused_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        var good = Request(folder);
        void Refused<T>(PicturesRequest request, string message) where T : Exception =>
            Assert.Contains(message, Assert.Throws<T>(() => Run(request)).Message, StringComparison.Ordinal);
        Refused<UsageException>(good with { Format = "coca" }, "'coca'; did you mean 'coco'?");
        Refused<UsageException>(good with { Copies = 0 }, "--copies is 0");
        Refused<UsageException>(good with { Output = null }, "nothing to write");
        Refused<UsageException>(good with { Preview = folder["a.jpg"] }, ".png");
        Refused<UsageException>(good with { Preview = folder["p.yaml"] }, ".png");
        Refused<UsageException>(good with { Output = folder["in"] }, "holds the input");
        Refused<UsageException>(good with { Output = folder.Path, Force = true }, "holds the input");
        Refused<UsageException>(good with { Output = folder["p.yaml"] }, "is a file");
        Refused<SpecException>(good with { Policy = folder["none.yaml"] }, "no such file");
        Refused<SpecException>(good with { Policy = folder.Write("q.yaml", "[ spin ]") }, "q.yaml:1:3: error");
        Refused<DataException>(good with { Format = "folders" }, "no class as a whole");
        Refused<DataException>(good with { Data = folder["none"] }, "no such file or folder");
        Assert.Equal(["in", "p.yaml", "q.yaml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        Run(good);
        Refused<UsageException>(good, "is not empty");
        Run(good with { Force = true });
    }

    [Fact]
    public void A_copy_that_would_be_called_as_another_picture_is_refused()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["p", "p_a2"])
            SetRoundTripTests.Put(folder, $"in/cat/{name}.png", PngWriter.Write(Augment.Pictures.Star(30, 20).Image));
        var request = new PicturesRequest(folder["in"], folder.Write("p.yaml", "[ invert ]"), folder["out"]) { Originals = true };
        Run(request);
        Assert.Contains("'cat/p_a2'", Assert.Throws<DataException>(() => Run(request with { Copies = 2, Force = true })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_call_fails_the_folder_is_the_old_one_or_the_new_one()
    {
        using var folder = new TempFolder();
        var request = Request(folder, "yolo", "[ invert: { p: 1 } ]") with { Copies = 1, Force = true, Threads = 1 };
        Run(request);
        var old = TempFolder.Contents(folder["out"]);
        var changed = request with { Seed = 9, Policy = folder.Write("q.yaml", "[ vertical-flip: { p: 1 } ]") };
        var counted = new FaultyFiles(0, false);
        Run(changed with { Output = folder["other"] }, counted);
        var made = TempFolder.Contents(folder["other"]);
        int replaced = 0;
        for (int fail = 1; fail <= counted.Calls + 4; fail += fail > 20 && fail < counted.Calls - 30 ? 7 : 1)
            foreach (bool dead in (bool[])[false, true])
            {
                var files = new FaultyFiles(fail, dead);
                try
                {
                    Run(changed, files);
                }
                catch (IOException)
                {
                    Assert.True(files.Fired);
                }
                // A dead process may leave the old folder aside; the next run puts it back.
                if (!Directory.Exists(folder["out"])) MadeFolder.Open(DiskFiles.Instance, folder["out"], folder["in"], true).Dispose();
                var now = TempFolder.Contents(folder["out"]);
                Assert.True(now.SequenceEqual(old) || now.SequenceEqual(made), $"call {fail}");
                if (!now.SequenceEqual(made)) continue;
                replaced++;
                Run(request);
            }
        Assert.True(replaced > 0);
    }

    [Fact]
    public void A_stop_is_heeded_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        var request = Request(folder) with { Copies = 1000, Threads = 2 };
        using var stop = new CancellationTokenSource();
        var progress = new Stopping(stop);
        Assert.ThrowsAny<OperationCanceledException>(() => new Corridor().Augment(request, progress, stop.Token));
        Assert.InRange(progress.After, 0, 8);
        Assert.False(Directory.Exists(folder["out"]) || Directory.Exists(folder["out.partial"]));
    }

    /// <summary>Stops the work after some copies, and counts those that are made all the same.</summary>
    private sealed class Stopping(CancellationTokenSource stop) : IProgress<StageProgress>
    {
        private int _after;

        public int After => _after;

        public void Report(StageProgress value)
        {
            if (stop.IsCancellationRequested) Interlocked.Increment(ref _after);
            else if (value.Done >= 5) stop.Cancel();
        }
    }

    [Fact]
    public void The_command_tells_what_it_did_and_what_goes_with_what()
    {
        using var folder = new TempFolder();
        var request = Request(folder);
        var done = TestBench.Run("augment", request.Data, "--policy", request.Policy, "-o", folder["out"], "--preview", folder["s.png"],
            "--json");
        Assert.Equal(0, done.Code);
        Assert.Equal((6, 6, "coco"), ((int)JsonNode.Parse(done.Out)!["pictures"]!, (int)JsonNode.Parse(done.Out)!["made"]!,
            (string)JsonNode.Parse(done.Out)!["format"]!));
        void Refused(int code, string message, params string[] more)
        {
            var refused = TestBench.Run(["augment", request.Data, .. more]);
            Assert.Equal(code, refused.Code);
            Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        }
        Refused(2, "name a policy with --policy", "-o", folder["o"]);
        Refused(2, "--by is for texts", "--policy", request.Policy, "--by", "swap", "-o", folder["o"]);
        Refused(2, "is not empty", "--policy", request.Policy, "-o", folder["out"]);
        Refused(2, "no operation 'rotat'; did you mean 'rotate'?", "--policy", folder.Write("q.yaml", "- rotat"), "-o", folder["o"]);
        var texts = TestBench.Run("augment", folder.Write("d.csv", "text\nsome words\n"));
        Assert.Equal((2, true), (texts.Code, texts.Error.Contains("name the file of the copies with -o", StringComparison.Ordinal)));
        texts = TestBench.Run("augment", folder["d.csv"], "--preview", "x.png", "-o", folder["o.csv"]);
        Assert.Equal((2, true), (texts.Code, texts.Error.Contains("--preview is for pictures", StringComparison.Ordinal)));
    }
}
