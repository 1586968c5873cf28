using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Numerics.Random;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Images.Sets;

/// <summary>What writers write readers read: classes, boxes, outlines, keypoints, and all else that a layout holds.</summary>
public class SetRoundTripTests
{
    internal static readonly LabelClass[] Classes =
    [
        new(3, "cat") { Keypoints = ["left ear", "right ear", "nose"], Skeleton = [(0, 2), (1, 2)], Kind = "animal" },
        new(7, "dog") { Keypoints = ["left ear", "right ear", "nose"] }, new(9, "traffic light"),
    ];

    private static readonly RandomStream Stream = new(8, "sets");

    internal static SetPicture Picture(int i, string ending = ".png")
    {
        int width = 40 + i, height = 30 + 2 * i;
        return new(i + 1, $"part{i % 2}/p{i}{ending}", width, height,
            [.. Enumerable.Range(0, i % 4).Select(k => One(i, k, width, height))]);
    }

    private static Subject One(int i, int k, int width, int height)
    {
        int left = 1 + Stream.Below(width - 12, i, 4 * k), top = 1 + Stream.Below(height - 12, i, 4 * k + 1);
        var outline = new Spot[] { new(left, top), new(left + 9.5, top + 0.25), new(left + 7, top + 8) };
        bool hole = k == 2;
        var of = Classes[(i + k) % 3];
        return Subject.Outlined(of.Number, hole ? [outline, [new(left + 5, top + 4), new(left + 6.5, top + 2), new(left + 4, top + 2)]]
            : [outline])
            with
        {
            Keypoints = [.. of.Keypoints.Select((_, p) => p == 1 ? default : new Keypoint(left + p + 0.5, top + 2.25, 1 + p % 2))],
            Truncation = k * 0.25, Occlusion = k, Difficult = k == 1, Space = k == 1 ? new(1.5, 1.8, 4.25, -3, 1.25, 20, 0.75) : null,
        };
    }

    /// <summary>Writes a set and opens it.</summary>
    internal static PictureSet Trip(TempFolder folder, string format, IReadOnlyList<SetPicture> pictures)
    {
        var writer = SetWriter.Find(format)!;
        foreach (var picture in pictures)
        {
            Put(folder, writer.PictureAt(picture, Classes), PngWriter.Write(new Raster<byte>(picture.Width, picture.Height, 3)));
            foreach (var file in writer.OfPicture(picture, Classes)) Put(folder, file.Path, file.Content);
        }
        foreach (var file in writer.OfSet(pictures, Classes)) Put(folder, file.Path, file.Content);
        return SetReader.Open(folder.Path);
    }

    internal static void Put(TempFolder folder, string path, byte[] content)
    {
        string file = folder[path];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }

    [Theory]
    [InlineData("coco", 0), InlineData("yolo", 0), InlineData("yolo-seg", 0), InlineData("yolo-pose", 0), InlineData("kitti", 0)]
    [InlineData("voc", 1)]
    public void Subjects_come_back(string format, double slack)
    {
        using var folder = new TempFolder();
        SetPicture[] pictures = [.. Enumerable.Range(0, 9).Select(i => Picture(i))];
        var set = Trip(folder, format, pictures);
        Assert.Equal(format, set.Format);
        Assert.Equal(pictures.Select(p => p.Name).Order(StringComparer.Ordinal), set.Pictures.Select(p => p.Name)
            .Order(StringComparer.Ordinal));
        for (int i = 0; i < set.Pictures.Count; i++)
        {
            var wanted = pictures.Single(p => p.Name == set.Pictures[i].Name);
            var made = set.Load(i);
            Assert.Equal((wanted.Width, wanted.Height), (made.Width, made.Height));
            Assert.Equal(wanted.Subjects.Select(s => Name(Classes, s)), made.Subjects.Select(s => Name(set.Classes, s)));
            foreach (var (a, b) in wanted.Subjects.Zip(made.Subjects)) Same(format, slack, a, b, wanted);
        }
    }

    private static string Name(IReadOnlyList<LabelClass> classes, Subject s) =>
        classes.Single(c => c.Number == s.Class).Name.Replace('_', ' ');

    private static void Same(string format, double slack, Subject a, Subject b, SetPicture picture)
    {
        // A mask with a hole goes through COCO by its pixels.
        if (format == "coco" && a.Polygons.Count > 1) slack = 1;
        foreach (var (x, y) in new[] { (a.Box.Left, b.Box.Left), (a.Box.Top, b.Box.Top), (a.Box.Right, b.Box.Right),
            (a.Box.Bottom, b.Box.Bottom) })
            Assert.InRange(y - x, -slack - 1e-6, slack + 1e-6);
        if (format is "coco" or "yolo-seg")
            Assert.Equal(RunLengths.Of(picture.Width, picture.Height, a.Polygons).Counts,
                RunLengths.Of(picture.Width, picture.Height, b.Polygons).Counts);
        else Assert.Empty(b.Polygons);
        if (format is "coco" or "yolo-pose")
            foreach (var (p, q) in a.Keypoints.Zip(b.Keypoints))
            {
                Assert.Equal(p.Visibility, q.Visibility);
                Assert.Equal(p.X, q.X, 1e-6);
                Assert.Equal(p.Y, q.Y, 1e-6);
            }
        else Assert.Empty(b.Keypoints);
        if (format == "kitti")
            Assert.Equal((a.Truncation, a.Occlusion is 3 ? null : a.Occlusion, a.Space), (b.Truncation, b.Occlusion, b.Space));
        if (format == "voc") Assert.Equal((a.Difficult, a.Truncation > 0.15, a.Occlusion > 0), (b.Difficult, b.Truncation > 0.15,
            b.Occlusion > 0));
    }

    [Fact]
    public void Coco_keeps_classes_skeletons_and_counterparts()
    {
        using var folder = new TempFolder();
        var set = Trip(folder, "coco", [Picture(1), Picture(3)]);
        Assert.Equal(Classes.Select(c => (c.Number, c.Name, c.Kind)), set.Classes.Select(c => (c.Number, c.Name, c.Kind)));
        Assert.Equal(Classes[0].Skeleton, set.Classes[0].Skeleton);
        Assert.Equal([1, 0, 2], set.Mirrored);
        Assert.Equal([1, 0, 2], set.Load(0).Mirrored);
    }

    [Fact]
    public void Yolo_keeps_counterparts()
    {
        using var folder = new TempFolder();
        Assert.Equal([1, 0, 2], Trip(folder, "yolo-pose", [Picture(1)]).Mirrored);
    }

    [Fact]
    public void Folders_are_classes()
    {
        using var folder = new TempFolder();
        SetPicture[] pictures = [.. Enumerable.Range(0, 4).Select(i => Picture(i) with
            { Weights = new Dictionary<int, double> { [3] = i == 1 ? 0.4 : 0.6, [7] = i == 1 ? 0.6 : 0.4 } })];
        var set = Trip(folder, "folders", pictures);
        Assert.Equal("folders", set.Format);
        Assert.Equal(["cat", "dog"], set.Classes.Select(c => c.Name));
        Assert.Equal(["cat/p0.png", "cat/p2.png", "cat/p3.png", "dog/p1.png"], set.Pictures.Select(p => p.Name));
        Assert.Equal([KeyValuePair.Create(1, 1.0)], set.Load(3).Weights);
    }

    [Fact]
    public void Outlines_of_coco_that_overlap_are_united()
    {
        using var folder = new TempFolder();
        Put(folder, "images/a.png", PngWriter.Write(new Raster<byte>(20, 20, 1)));
        folder.Write("annotations.json", """
            {"images":[{"id":1,"file_name":"a.png","width":20,"height":20}],"categories":[{"id":1,"name":"x"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[2,2,12,12],
               "segmentation":[[2,2,10,2,10,10,2,10],[6,6,14,6,14,14,6,14]]}]}
            """);
        var subject = SetReader.Open(folder.Path).Load(0).Subjects[0];
        bool[] expected = [.. Enumerable.Range(0, 400).Select(p => p % 20 is >= 2 and < 10 && p / 20 is >= 2 and < 10
            || p % 20 is >= 6 and < 14 && p / 20 is >= 6 and < 14)];
        Assert.Equal(expected, RunLengths.Of(20, 20, subject.Polygons).Pixels());
    }

    [Fact]
    public void Alpha_that_hides_nothing_is_left_out_and_other_refused()
    {
        using var folder = new TempFolder();
        var clear = new Raster<byte>(3, 2, 4);
        for (int i = 0; i < 24; i++) clear.Samples[i] = (byte)(i % 4 == 3 ? 255 : i);
        Put(folder, "a/x.png", PngWriter.Write(clear));
        var set = SetReader.Open(folder.Path);
        Assert.Equal((byte[])[0, 1, 2, 4, 5, 6], set.Load(0).Image.Samples[..6]);
        clear.Samples[7] = 254;
        Put(folder, "a/x.png", PngWriter.Write(clear));
        Assert.Contains("transparent", Assert.Throws<DataException>(() => set.Load(0)).Message, StringComparison.Ordinal);
    }
}
