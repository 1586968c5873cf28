using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Labels;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>YOLO, KITTI, VOC and BOP, their numbers put back into the picture by the rules of the formats alone.</summary>
public class SetFormatTests
{
    private static string[][] Lines(byte[] file) =>
        [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Yolo_boxes_are_parts_of_the_sides()
    {
        var files = Noted.Files("yolo", Noted.Notes);
        string[][] lines = Lines(files["labels/000042.txt"]);
        Assert.Equal(["0", "1", "2"], lines.Select(l => l[0]));
        foreach (var (line, actor) in lines.Zip(Noted.Notes.Actors.Skip(1)))
        {
            double[] v = [.. line.Skip(1).Select(Number)];
            Assert.Equal(actor.Tight.Left, (v[0] - v[2] / 2) * 96, 1e-6);
            Assert.Equal(actor.Tight.Bottom, (v[1] + v[3] / 2) * 64, 1e-6);
            Assert.Equal(actor.Tight.Width, v[2] * 96, 1e-6);
        }
        Assert.Equal("train: images\nval: images\nnames:\n  0: \"box\"\n  1: \"ball\"\n  2: \"table lamp\"\n",
            Encoding.UTF8.GetString(files["data.yaml"]));
        Assert.True(files.ContainsKey("images/000042.png"));
    }

    [Fact]
    public void Yolo_outlines_hold_the_visible_mask()
    {
        string[][] lines = Lines(Noted.Files("yolo-seg", Noted.Notes)["labels/000042.txt"]);
        Assert.Equal(3, lines.Length);
        foreach (var (line, actor) in lines.Zip(Noted.Notes.Actors.Skip(1)))
        {
            Spot[] outline = [.. line.Skip(1).Select(Number).Chunk(2).Select(p => new Spot(p[0] * 96, p[1] * 64))];
            Assert.Equal(actor.VisibleMask.Pixels(), RunLengths.Of(96, 64, [outline]).Pixels());
        }
    }

    [Fact]
    public void Pieces_and_holes_are_joined_without_a_place_of_their_own()
    {
        bool[] rows = new bool[400];
        for (int i = 0; i < 400; i++) rows[i] = i / 20 is > 2 and < 9 && i % 20 is > 1 and < 9 && (i / 20 != 5 || i % 20 != 4)
            || i / 20 == 15 && i % 20 > 12;
        var subject = Subject.Outlined(7, [.. MaskOutlines.Trace(rows, 20, 20)]);
        Assert.Equal(3, subject.Polygons.Count);
        var picture = new SetPicture(1, "a.png", 20, 20, [subject]);
        string[] line = Assert.Single(Lines(new YoloSet(YoloKind.Outlines).OfPicture(picture, [new(7, "x")]).Single().Content));
        Spot[] outline = [.. line.Skip(1).Select(Number).Chunk(2).Select(p => new Spot(p[0] * 20, p[1] * 20))];
        Assert.Equal(rows, RunLengths.Of(20, 20, [outline]).Pixels());
    }

    [Fact]
    public void Yolo_keypoints_have_three_numbers_each()
    {
        var files = Noted.Files("yolo-pose", Noted.Notes);
        Assert.Contains("kpt_shape: [3, 3]", Encoding.UTF8.GetString(files["data.yaml"]), StringComparison.Ordinal);
        string[][] lines = Lines(files["labels/000042.txt"]);
        Assert.All(lines, l => Assert.Equal(5 + 9, l.Length));
        var corner = Noted.Frame.Actors[1].Keypoints.Single(k => k.Name == "corner");
        Assert.Equal(corner.Place.X + 0.5, Number(lines[0][8]) * 96, 1e-4);
        Assert.Equal((double)corner.Seen, Number(lines[0][10]));
    }

    [Fact]
    public void Voc_counts_from_one()
    {
        var files = Noted.Files("voc", Noted.Notes);
        var root = XDocument.Parse(Encoding.UTF8.GetString(files["Annotations/000042.xml"])).Root!;
        Assert.Equal("96", root.Element("size")!.Element("width")!.Value);
        var objects = root.Elements("object").ToList();
        Assert.Equal(["box", "ball", "table lamp"], objects.Select(o => o.Element("name")!.Value));
        var tight = Noted.Notes.Actors[2].Tight;
        Assert.Equal([tight.Left + 1, tight.Top + 1, tight.Right, tight.Bottom],
            objects[1].Element("bndbox")!.Elements().Select(e => int.Parse(e.Value, CultureInfo.InvariantCulture)));
        Assert.Equal("000042\n", Encoding.UTF8.GetString(files["ImageSets/Main/trainval.txt"]));
        Assert.True(files.ContainsKey("JPEGImages/000042.png"));
    }

    /// <summary>A pitched camera over upright boxes, one of them partly beyond the picture.</summary>
    private static (FrameNotes Notes, SceneClasses Classes) Street()
    {
        var car = Shapes.Box(new(1.8f, 1.5f, 4.2f), Material.Matt(.5f, .5f, .5f));
        Actor[] actors =
        [
            new("a", 1, car, Pose.Turn(Vector3.UnitY, .7f, new(-1, .75f, -6))),
                new("b", 1, car, Pose.Turn(Vector3.UnitY, -2.1f, new(4, .75f, -9))),
            new("c", 1, car, Pose.Turn(Vector3.UnitY, 3f, new(7.5f, .75f, -8))),
        ];
        var camera = Camera.OfView(320, 240, 1.2f, Motion.Still(Pose.LookAt(new(.3f, 2.4f, 1), new(1, .5f, -7), Vector3.UnitY)));
        var frame = Frame.Of(new Scene(actors, [new SunLight(new(1, 2, 1), new(3))]), camera, RunContext.Quiet(0, 2));
        return (FrameNotes.Of(frame, 7, "a.png", new Dictionary<string, NoteValue>()), new([new(1, "big car")]));
    }

    [Fact]
    public void Kitti_corners_project_to_the_boxes_corners()
    {
        var (notes, classes) = Street();
        var files = SceneFormats.Find("kitti")!.OfSet(classes, [notes]).ToDictionary(f => f.Path, f => f.Content);
        string[][] lines = Lines(files["label_2/000007.txt"]);
        double[] p2 = [.. Lines(files["calib/000007.txt"])[2].Skip(1).Select(Number)];
        Assert.Equal(3, lines.Length);
        foreach (var (line, actor) in lines.Zip(notes.Actors))
        {
            Assert.Equal((15, "big_car"), (line.Length, line[0]));
            double[] v = [0, .. line.Skip(1).Select(Number)];
            var (h, w, l, x, y, z, turn) = (v[8], v[9], v[10], v[11], v[12], v[13], v[14]);
            Assert.Equal((1.5, 1.8, 4.2), (Math.Round(h, 4), Math.Round(w, 4), Math.Round(l, 4)));
            Assert.Equal(0, Math.IEEERemainder(turn - Math.Atan2(x, z) - v[3], 2 * Math.PI), 1e-5);
            // KITTI's own rule: corners about the lower middle, turned about y, then P2.
            var projected = new List<Vector2>();
            foreach (double dx in (double[])[-l / 2, l / 2])
                foreach (double dy in (double[])[0, -h])
                    foreach (double dz in (double[])[-w / 2, w / 2])
                    {
                        double px = Math.Cos(turn) * dx + Math.Sin(turn) * dz + x, py = dy + y;
                        double pz = -Math.Sin(turn) * dx + Math.Cos(turn) * dz + z;
                        double Row(int r) => p2[4 * r] * px + p2[4 * r + 1] * py + p2[4 * r + 2] * pz + p2[4 * r + 3];
                        projected.Add(new((float)(Row(0) / Row(2)), (float)(Row(1) / Row(2))));
                    }
            for (int corner = 0; corner < 8; corner++)
            {
                var at = notes.Camera.Project(actor.Box.Corner(corner));
                Assert.InRange(projected.Min(p => Vector2.Distance(p, new(at.X, at.Y))), 0, 0.01f);
            }
        }
        Assert.Equal("0", lines[0][1]);
        Assert.InRange(Number(lines[2][1]), 0.05, 0.95);
    }

    [Fact]
    public void Kitti_of_a_level_camera_has_its_intrinsics()
    {
        var camera = new CameraNotes(500, 510, 320, 240, Pose.LookAt(new(1, 2, 3), new(5, 2, -9), Vector3.UnitY));
        string p2 = Encoding.UTF8.GetString(SetFormat.Calibration(Street().Notes with { Camera = camera })).Split('\n')[2];
        double[] values = [.. p2.Split(' ').Skip(1).Select(Number)];
        foreach (var (value, expected) in values.Zip((double[])[500, 0, 320, 0, 0, 510, 240, 0, 0, 0, 1, 0]))
            Assert.Equal(expected, value, 1e-3);
        var down = SetFormat.Level(camera with { ToWorld = Pose.LookAt(new(0, 5, 0), new(0, 0, 0), Vector3.UnitZ) });
        Assert.True(down.IsRigid);
        Assert.Equal(1, down.Direction(new(0, -1, 0)).Y, 1e-6f);
    }

    [Fact]
    public void Bop_poses_project_keypoints_to_where_they_are_seen()
    {
        var files = Noted.Files("bop", Noted.Notes);
        var poses = JsonNode.Parse(files["scene_gt.json"])!["42"]!.AsArray();
        var camera = JsonNode.Parse(files["scene_camera.json"])!["42"]!;
        double[] k = [.. camera["cam_K"]!.AsArray().Select(v => (double)v!)];
        Assert.Equal([2, 3, 4], poses.Select(p => (int)p!["obj_id"]!));
        double[] r = [.. poses[0]!["cam_R_m2c"]!.AsArray().Select(v => (double)v!)];
        double[] t = [.. poses[0]!["cam_t_m2c"]!.AsArray().Select(v => (double)v!)];
        double[][] models = [[500, 500, 500], [500, -500, -500], [0, 0, 0]];
        foreach (var (model, label) in models.Zip(Noted.Frame.Actors[1].Keypoints))
        {
            double[] p = [.. Enumerable.Range(0, 3).Select(i => r[3 * i] * model[0] + r[3 * i + 1] * model[1] + r[3 * i + 2] * model[2]
                + t[i])];
            Assert.Equal(label.Place.X, k[0] * p[0] / p[2] + k[2], 0.01);
            Assert.Equal(label.Place.Y, k[4] * p[1] / p[2] + k[5], 0.01);
            Assert.Equal(1000 * label.Place.Z, p[2], 0.1);
        }
    }

    [Fact]
    public void Bop_masks_counts_and_boxes_agree()
    {
        var files = Noted.Files("bop", Noted.Notes);
        var infos = JsonNode.Parse(files["scene_gt_info.json"])!["42"]!.AsArray();
        ushort[] depth = PngReader.Read16(files["depth/000042.png"], "d").Samples;
        for (int i = 0; i < infos.Count; i++)
        {
            byte[] all = PngReader.Read(files[$"mask/000042_{i:D6}.png"], "m").Samples;
            byte[] seen = PngReader.Read(files[$"mask_visib/000042_{i:D6}.png"], "m").Samples;
            Assert.Equal((int)infos[i]!["px_count_all"]!, all.Count(m => m == 255));
            Assert.Equal((int)infos[i]!["px_count_visib"]!, seen.Count(m => m == 255));
            Assert.All(Enumerable.Range(0, seen.Length), p => Assert.True(seen[p] == 0 || all[p] == 255 && depth[p] > 0));
            int[] at = [.. Enumerable.Range(0, seen.Length).Where(p => seen[p] != 0)];
            Assert.Equal([at.Min(p => p % 96), at.Min(p => p / 96), at.Max(p => p % 96) - at.Min(p => p % 96) + 1,
                at.Max(p => p / 96) - at.Min(p => p / 96) + 1], infos[i]!["bbox_visib"]!.AsArray().Select(v => (int)v!));
            Assert.Equal(seen.Count(m => m == 255) / (double)all.Count(m => m == 255), (double)infos[i]!["visib_fract"]!);
        }
        var fine = new BopFormat(0.1f).OfFrame(Noted.Notes, Noted.Frame, []).Last();
        Assert.InRange(PngReader.Read16(fine.Content, "d").Samples[96 * 63 + 48] / 10.0 - depth[96 * 63 + 48], -0.6, 0.6);
    }
}
