using System.Text.Json.Nodes;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>COCO's files, read as plain JSON and held against the frame's own pixels.</summary>
public class CocoFormatTests
{
    [Fact]
    public void Annotations_are_what_the_pixels_say()
    {
        var second = Noted.Notes with { Frame = 43, Picture = "x.jpg" };
        var files = Noted.Files("coco", Noted.Notes, second);
        var root = JsonNode.Parse(files["annotations.json"])!;
        Assert.Equal(["000042.png", "000043.jpg"], root["images"]!.AsArray().Select(i => (string)i!["file_name"]!));
        Assert.Equal([42, 43], root["images"]!.AsArray().Select(i => (int)i!["id"]!));
        Assert.Equal((96, 64), ((int)root["images"]![0]!["width"]!, (int)root["images"]![0]!["height"]!));
        var annotations = root["annotations"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, annotations.Count), annotations.Select(a => (int)a!["id"]!));
        var frame = Noted.Frame;
        // Box, ball, lamp in each frame: the floor is stuff, and what stands behind has no class.
        Assert.Equal([2, 3, 4, 2, 3, 4], annotations.Select(a => (int)a!["category_id"]!));
        foreach (var a in annotations)
        {
            int instance = (int)a!["instance"]!;
            int[] seen = [.. Enumerable.Range(0, 96 * 64).Where(i => frame.Pixels.Instance[i] == instance)];
            int left = seen.Min(i => i % 96), top = seen.Min(i => i / 96);
            int[] box = [left, top, seen.Max(i => i % 96) + 1 - left, seen.Max(i => i / 96) + 1 - top];
            Assert.Equal(box, a["bbox"]!.AsArray().Select(v => (int)v!));
            Assert.Equal(seen.Length, (int)a["area"]!);
            Assert.Equal(0, (int)a["iscrowd"]!);
            Assert.Equal([64, 96], a["segmentation"]!["size"]!.AsArray().Select(v => (int)v!));
            bool[] mask = RunLengths.Unpack(96, 64, (string)a["segmentation"]!["counts"]!, out _)!.Pixels();
            Assert.Equal(seen, Enumerable.Range(0, mask.Length).Where(i => mask[i]));
            var amodal = frame.Actors[instance - 1].Amodal;
            Assert.Equal([amodal.Box.Left, amodal.Box.Top, amodal.Box.Width, amodal.Box.Height],
                a["amodal_bbox"]!.AsArray().Select(v => (int)v!));
            bool[] whole = RunLengths.Unpack(96, 64, (string)a["amodal_segmentation"]!["counts"]!, out _)!.Pixels();
            Assert.Equal((int)a["amodal_area"]!, whole.Count(w => w));
            Assert.Equal((double)seen.Length / whole.Count(w => w), (double)a["visibility"]!);
        }
    }

    [Fact]
    public void Keypoints_follow_the_order_of_the_class()
    {
        var root = JsonNode.Parse(Noted.Files("coco", Noted.Notes)["annotations.json"])!;
        var category = root["categories"]!.AsArray().Single(c => (int)c!["id"]! == 2)!;
        Assert.Equal(["far", "corner", "lid"], category["keypoints"]!.AsArray().Select(k => (string)k!));
        Assert.Equal("[[1,2]]", category["skeleton"]!.ToJsonString());
        Assert.Equal("thing", (string)category["supercategory"]!);
        double[] written = [.. root["annotations"]![0]!["keypoints"]!.AsArray().Select(v => (double)v!)];
        var labels = Noted.Frame.Actors[1].Keypoints.ToDictionary(k => k.Name);
        Assert.Equal(9, written.Length);
        foreach (var (name, at) in new[] { ("far", 0), ("corner", 3) })
        {
            Assert.Equal(labels[name].Place.X, written[at], 1e-4);
            Assert.Equal(labels[name].Place.Y, written[at + 1], 1e-4);
            Assert.Equal((int)labels[name].Seen, (int)written[at + 2]);
        }
        Assert.Equal([0, 0, 0], written[6..]);
        Assert.Equal(2, (int)root["annotations"]![0]!["num_keypoints"]!);
    }

    [Fact]
    public void Panoptic_colours_are_segments()
    {
        var files = Noted.Files("coco-panoptic", Noted.Notes);
        var image = PngReader.Read(files["panoptic/000042.png"], "p");
        var root = JsonNode.Parse(files["panoptic.json"])!;
        var segments = root["annotations"]![0]!["segments_info"]!.AsArray();
        var counts = Enumerable.Range(0, 96 * 64).GroupBy(i => image.Samples[3 * i] + 256 * image.Samples[3 * i + 1]
            + 65536 * image.Samples[3 * i + 2]).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(counts.Keys.Where(k => k != 0).Order(), segments.Select(s => (int)s!["id"]!));
        Assert.All(segments, s => Assert.Equal(counts[(int)s!["id"]!], (int)s["area"]!));
        Assert.Equal([0, 1, 1, 1], root["categories"]!.AsArray().Select(c => (int)c!["isthing"]!));
        Assert.Equal("000042.png", (string)root["images"]![0]!["file_name"]!);
    }
}
