using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Images.Sets;

/// <summary>Every fault of other people's sets is refused with its file, its place in it, and what to do.</summary>
public class SetReaderTests
{
    private const string Coco = """
        {"images":[{"id":1,"file_name":"a.png","width":20,"height":10}],
         "categories":[{"id":1,"name":"x","keypoints":["p"]}],
         "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[2,2,3,4],"segmentation":[[2,2,5,2,5,6]],"keypoints":[2,2,2]}]}
        """;

    private static DataException Refused(string path) => Assert.Throws<DataException>(() =>
    {
        var set = SetReader.Open(path);
        for (int i = 0; i < set.Pictures.Count; i++) set.Load(i);
    });

    private static byte[] Png(int width = 20, int height = 10) => PngWriter.Write(new Raster<byte>(width, height, 3));

    private static void Says(DataException fault, string file, long? line, string message)
    {
        Assert.EndsWith(file, fault.File, StringComparison.Ordinal);
        Assert.Equal(line, fault.Row);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images.0.file_name", "\"../a.png\"", "images[0].file_name: the path leads out of the set")]
    [InlineData("images.0.file_name", "\"/etc/a.png\"", "images[0].file_name: the path leads out of the set")]
    [InlineData("images.0.file_name", "\"b.png\"", "name the folder of the pictures")]
    [InlineData("images.0.width", "0", "images[0].width: 0 is not from 1")]
    [InlineData("images.0.width", "21", "20 x 10, and")]
    [InlineData("images.0.id", "null", "images[0]: 'id' is missing")]
    [InlineData("images.0.id", "2", "annotations[0].image_id: there is no image 1")]
    [InlineData("images", "[]", "annotations[0].image_id: there is no image 1")]
    [InlineData("images", "{}", "images: a list in brackets was expected, and an object was found")]
    [InlineData("annotations.0.category_id", "4", "annotations[0].category_id: there is no category 4")]
    [InlineData("annotations.0.bbox", "[1,2,3]", "annotations[0].bbox: 3 numbers, and 4 were expected")]
    [InlineData("annotations.0.bbox", "[1,2,-3,4]", "annotations[0].bbox: a box of less than nothing")]
    [InlineData("annotations.0.bbox.2", "1e999", "annotations[0].bbox[2]: a number was expected")]
    [InlineData("annotations.0.segmentation", "[[1,2,3]]", "annotations[0].segmentation[0]: 3 numbers; an outline has at least three")]
    [InlineData("annotations.0.segmentation", "[[30,2,35,2,35,6]]", "lies outside the picture of 20 x 10")]
    [InlineData("annotations.0.segmentation", "{\"size\":[10,21],\"counts\":[210]}", "annotations[0].segmentation.size: a mask of 21 x 10")]
    [InlineData("annotations.0.segmentation", "{\"size\":[10,20],\"counts\":[100,-1,101]}", "annotations[0].segmentation.counts: run 2")]
    [InlineData("annotations.0.segmentation", "{\"size\":[10,20],\"counts\":\"zz\"}", "annotations[0].segmentation.counts: character 1")]
    [InlineData("annotations.0.segmentation", "\"x\"", "annotations[0].segmentation: a list in brackets")]
    [InlineData("annotations.0.keypoints", "[1,1]", "annotations[0].keypoints: 2 numbers, and 3 were expected")]
    [InlineData("annotations.0.keypoints", "[1,1,3]", "annotations[0].keypoints: keypoint 1 is seen by 3")]
    [InlineData("annotations.0.iscrowd", "2", "annotations[0].iscrowd: 2 is not from 0 to 1")]
    [InlineData("categories.0.name", "7", "categories[0].name: a text in quotes was expected")]
    [InlineData("categories.0.skeleton", "[[1,2]]", "categories[0].skeleton[0][1]: 2 is not from 1 to 1")]
    public void A_fault_of_coco_is_told_by_its_path(string path, string value, string message)
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "images/a.png", Png());
        var root = JsonNode.Parse(Coco)!;
        string[] parts = path.Split('.');
        var at = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out int i) ? node[i]! : node[part]!);
        var leaf = JsonNode.Parse(value);
        if (int.TryParse(parts[^1], out int index)) at[index] = leaf;
        else at[parts[^1]] = leaf;
        folder.Write("annotations.json", root.ToJsonString());
        Assert.Contains(message, Refused(folder["annotations.json"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coco_without_a_fault_is_read_and_boxes_of_nothing_are_counted()
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "val/a.png", Png());
        folder.Write("notes.json", Coco.Replace("]}]}", "]},{\"id\":2,\"image_id\":1,\"category_id\":1.0,\"bbox\":[1,1,0,5]}]}",
            StringComparison.Ordinal));
        var set = SetReader.Open(folder["notes.json"], folder["val"]);
        Assert.Equal(1, set.Empty);
        Assert.Equal(new Box(2, 2, 5, 6), Assert.Single(set.Load(0).Subjects).Box);
        Directory.CreateDirectory(folder["annotations"]);
        File.Move(folder["notes.json"], folder["annotations/instances_val.json"]);
        Assert.Single(SetReader.Open(folder["annotations/instances_val.json"]).Load(0).Subjects);
    }

    [Fact]
    public void What_is_no_JSON_or_twice_there_is_refused()
    {
        using var folder = new TempFolder();
        folder.Write("annotations.json", "{\n\"images\": [\n}");
        Says(Refused(folder.Path), "annotations.json", 3, "not JSON");
        folder.Write("annotations.json", Coco.Replace("10}],", "10},{\"id\":1,\"file_name\":\"b.png\",\"width\":2,\"height\":2}],",
            StringComparison.Ordinal));
        Says(Refused(folder.Path), "annotations.json", null, "images[1].id: an image 1 stands above");
        folder.Write("annotations.json", Coco.Replace("10}],", "10},{\"id\":2,\"file_name\":\"A.jpg\",\"width\":2,\"height\":2}],",
            StringComparison.Ordinal));
        SetRoundTripTests.Put(folder, "images/a.png", Png());
        Says(Refused(folder.Path), "annotations.json", null, "differ by their endings alone");
    }

    [Theory]
    [InlineData("5 0.5 0.5 0.1 0.1", "class '5'; a number from 0 to 1"), InlineData("-1 0.5 0.5 0.1 0.1", "class '-1'")]
    [InlineData("0 0.5 0.5 0.1", "3 numbers behind the class"), InlineData("0 0.5 0.5 0.1 x", "'x' is no number")]
    [InlineData("0 50 50 10 10", "50 is not from 0 to 1"), InlineData("0 0.1 0.1 0.2 nan", "'nan' is no number")]
    [InlineData("0 0.1 0.1 0.2 0.2 0.3", "5 numbers behind the class")]
    public void A_fault_of_yolo_is_told_by_its_line(string line, string message)
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "images/a.png", Png());
        Directory.CreateDirectory(folder["labels"]);
        folder.Write("data.yaml", "names: [ a, b ]\n");
        folder.Write("labels/a.txt", $"0 0.5 0.5 0.1 0.1\n\n{line}\n");
        Says(Refused(folder.Path), "a.txt", 3, message);
    }

    [Theory]
    [InlineData("train: images\n", 1, "no names"), InlineData("names: x\n", 1, "names is a list"), InlineData("names: []\n", 1, "no class")]
    [InlineData("names:\n  1: a\n", 2, "class 0 was expected, and '1'"), InlineData("names: [a\n", 2, "")]
    [InlineData("names: [a]\nkpt_shape: [2]\n", 2, "kpt_shape is"), InlineData("names: [a]\nkpt_shape: [2, 4]\n", 2, "from 2 to 3")]
    [InlineData("names: [a]\nkpt_shape: [2, 3]\nflip_idx: [0, 0]\n", 3, "both ways"), InlineData("names: [a]\ntrain: no\n", null,
        "'train'")]
    public void A_fault_of_data_yaml_is_told_by_its_line(string text, int? line, string message)
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "images/a.png", Png());
        folder.Write("data.yaml", text);
        var fault = Refused(folder.Path);
        if (message == "'train'") Assert.Contains("mend train", fault.Message, StringComparison.Ordinal);
        else Says(fault, "data.yaml", line, message);
    }

    [Fact]
    public void Yolo_by_classes_txt_and_pictures_without_labels()
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "images/a.png", Png());
        SetRoundTripTests.Put(folder, "images/sub/b.png", Png());
        Directory.CreateDirectory(folder["labels/sub"]);
        folder.Write("classes.txt", "cat\r\ndog\r\n");
        folder.Write("labels/sub/b.txt", "1 0.5 0.5 0.2 0.4\r\n");
        var set = SetReader.Open(folder.Path);
        Assert.Empty(set.Load(0).Subjects);
        var subject = Assert.Single(set.Load(1).Subjects);
        Assert.Equal((1, new Box(8, 3, 12, 7)), (subject.Class, new Box(Math.Round(subject.Box.Left, 9), Math.Round(subject.Box.Top, 9),
            Math.Round(subject.Box.Right, 9), Math.Round(subject.Box.Bottom, 9))));
        folder.Write("list.txt", "images/a.png\n");
        folder.Write("data.yaml", "train: list.txt\nnames: [cat, dog]\n");
        Assert.Equal("a.png", Assert.Single(SetReader.Open(folder["data.yaml"]).Pictures).Name);
    }

    [Theory]
    [InlineData("Car 0 0 0 1 2 3", "7 columns; 15 were expected")]
    [InlineData("Car 0 0 x 1 2 3 4 1 1 1 1 1 1 1", "column 4: 'x' is no number")]
    [InlineData("Car 2 0 0 1 2 3 4 1 1 1 1 1 1 1", "column 2: truncated is 2")]
    [InlineData("Car 0 7 0 1 2 3 4 1 1 1 1 1 1 1", "column 3: occluded is 7")]
    [InlineData("Car 0 0 0 5 2 3 4 1 1 1 1 1 1 1", "columns 5 to 8")]
    public void A_fault_of_kitti_is_told_by_its_line(string line, string message)
    {
        using var folder = new TempFolder();
        SetRoundTripTests.Put(folder, "training/image_2/000001.png", Png());
        Directory.CreateDirectory(folder["training/label_2"]);
        Says(Refused(folder.Path), "000001.txt", null, "no such file");
        folder.Write("training/label_2/000001.txt", $"DontCare -1 -1 -10 1 2 3 4 -1 -1 -1 -1000 -1000 -1000 -10\n{line}\n");
        Says(Refused(folder.Path), "000001.txt", 2, message);
        folder.Write("training/label_2/000001.txt", "DontCare -1 -1 -10 1 2 3 4 -1 -1 -1 -1000 -1000 -1000 -10 0.5\n");
        var subject = Assert.Single(SetReader.Open(folder.Path).Load(0).Subjects);
        Assert.Equal((null, null, null), (subject.Space, subject.Truncation, subject.Occlusion));
    }

    [Theory]
    [InlineData("<annotation><object/></annotation>", 1, "has no filename")]
    [InlineData("<annotation><filename>../a.png</filename></annotation>", 1, "leads out of the set")]
    [InlineData("<annotation><filename>a.png</filename>\n<object><name>x</name></object></annotation>", 2, "no bndbox")]
    [InlineData("<annotation><filename>a.png</filename>\n<object><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>u</xmax></bndbox></object>"
        + "</annotation>", 2, "xmax is 'u'")]
    [InlineData("<annotation><filename>a.png</filename>\n<object><name>x</name><bndbox><xmin>5</xmin><ymin>1</ymin><xmax>2</xmax>"
        + "<ymax>4</ymax></bndbox></object></annotation>", 2, "exchange them")]
    [InlineData("<annotation><filename>a.png</filename><size><width>2.5</width><height>3</height></size></annotation>", 1, "whole number")]
    [InlineData("<annotation>\n<filename>a.png</annotation>", 2, "not XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]>\n<annotation><filename>&x;</filename></annotation>", null, "document type")]
    [InlineData("<other/>", 1, "<other>, and <annotation>")]
    public void A_fault_of_voc_is_told_by_its_line(string text, int? line, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["Annotations"]);
        Assert.Contains("JPEGImages", Refused(folder.Path).Message, StringComparison.Ordinal);
        SetRoundTripTests.Put(folder, "JPEGImages/a.png", Png());
        folder.Write("Annotations/a.xml", text);
        Says(Refused(folder.Path), "a.xml", line, message);
    }

    [Fact]
    public void What_is_no_set_is_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("no pictures", Refused(folder.Path).Message, StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Refused(folder["none"]).Message, StringComparison.Ordinal);
        SetRoundTripTests.Put(folder, "a.png", Png());
        Assert.Contains("lies in no folder of a class", Refused(folder.Path).Message, StringComparison.Ordinal);
        Assert.Contains("no annotation that is read", Refused(folder["a.png"]).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(folder["c"]);
        File.Move(folder["a.png"], folder["c/a.png"]);
        File.WriteAllBytes(folder["c/a.png"], [1, 2, 3]);
        Assert.Contains("neither a PNG nor a JPEG", Refused(folder.Path).Message, StringComparison.Ordinal);
    }
}
