using System.Text.Json;
using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>
/// Reads COCO's instances and keypoints: images, annotations, categories. Masks become outlines along their pixels' edges; outlines that
/// overlap become that of their union, as COCO draws them.
/// </summary>
internal static class CocoReader
{
    private const int MostSide = 65_535;

    /// <param name="folder">Of the pictures; null to look for it: images beside the file, the file's own folder, or, beside that, images
    /// and the folder that the file's name ends in (instances_val2017.json: val2017).</param>
    public static PictureSet Read(string file, string? folder)
    {
        var root = JsonPlace.Parse(PictureSet.Bytes(file), file);
        var (classes, numbers) = Categories(root["categories"]);
        var images = Images(root["images"], file);
        var subjects = images.Keys.ToDictionary(id => id, _ => new List<Subject>());
        int empty = 0;
        foreach (var annotation in root["annotations"].Items())
        {
            long image = annotation["image_id"].Whole();
            if (!images.TryGetValue(image, out var of)) throw annotation["image_id"].Fault($"there is no image {image} in images; add it");
            if (Subject(annotation, numbers, of.Size!.Value) is { } subject) subjects[image].Add(subject);
            else empty++;
        }
        string[] names = [.. images.Values.Select(i => i.Name)];
        string pictures = names.Length == 0 ? "" : folder ?? Folder(file, names[0]);
        return new PictureSet("coco", file, classes,
            [.. images.Select(i => i.Value with { File = Path.Combine(pictures, i.Value.Name), Subjects = subjects[i.Key] })])
        {
            Empty = empty, Mirrored = Mirrors.Of(classes),
        };
    }

    private static (List<LabelClass>, Dictionary<long, LabelClass>) Categories(JsonPlace at)
    {
        var classes = new List<LabelClass>();
        var numbers = new Dictionary<long, LabelClass>();
        foreach (var category in at.Items())
        {
            long number = category["id"].Whole(0, int.MaxValue);
            string[] keypoints = category.Find("keypoints") is { } named ? [.. named.Items().Select(k => k.Text())] : [];
            var of = new LabelClass((int)number, category["name"].Text())
            {
                Keypoints = keypoints,
                Skeleton = category.Find("skeleton") is { } bones ? [.. bones.Items().Select(b => Bone(b, keypoints.Length))] : [],
                Kind = category.Find("supercategory")?.Text() ?? "",
            };
            if (!numbers.TryAdd(number, of)) throw category["id"].Fault($"a category {number} stands above; give each a number of its own");
            classes.Add(of);
        }
        return (classes, numbers);
    }

    private static (int, int) Bone(JsonPlace at, int count)
    {
        JsonPlace[] ends = [.. at.Items()];
        return ends.Length == 2 ? ((int)ends[0].Whole(1, count) - 1, (int)ends[1].Whole(1, count) - 1)
            : throw at.Fault("two keypoints, counted from 1, were expected");
    }

    private static Dictionary<long, PictureEntry> Images(JsonPlace at, string file)
    {
        var images = new Dictionary<long, PictureEntry>();
        foreach (var image in at.Items())
        {
            long id = image["id"].Whole();
            string name = image["file_name"].Text().Replace('\\', '/');
            if (!SetPaths.IsWithin(name)) throw image["file_name"].Fault("the path leads out of the set; name a file below its folder");
            var entry = new PictureEntry(name, "", $"{file} ({image.Path})")
            {
                Size = ((int)image["width"].Whole(1, MostSide), (int)image["height"].Whole(1, MostSide)),
            };
            if (!images.TryAdd(id, entry)) throw image["id"].Fault($"an image {id} stands above; give each a number of its own");
        }
        return images;
    }

    private static Subject? Subject(JsonPlace at, Dictionary<long, LabelClass> numbers, (int Width, int Height) size)
    {
        long number = at["category_id"].Whole();
        if (!numbers.TryGetValue(number, out var of)) throw at["category_id"].Fault($"there is no category {number}; add it to categories");
        double[] box = at["bbox"].Numbers(4);
        if (box[2] < 0 || box[3] < 0) throw at["bbox"].Fault("a box of less than nothing; x, y, width and height were expected");
        var outlines = at.Find("segmentation") is { } mask ? Outlines(mask, size) : [];
        if (outlines.Count == 0 && (box[2] == 0 || box[3] == 0)) return null;
        var subject = outlines.Count > 0 ? Simulant.Images.Subject.Outlined((int)number, outlines)
            : new Subject((int)number, new(box[0], box[1], box[0] + box[2], box[1] + box[3]));
        return subject with
        {
            Crowd = at.Find("iscrowd")?.Whole(0, 1) == 1,
            Keypoints = at.Find("keypoints") is { } points ? Keypoints(points, of.Keypoints.Count) : [],
        };
    }

    private static Keypoint[] Keypoints(JsonPlace at, int count)
    {
        double[] values = at.Numbers(3 * count);
        return [.. values.Chunk(3).Select((v, i) => v[2] switch
        {
            0 => default,
            1 or 2 => new Keypoint(v[0] + 0.5, v[1] + 0.5, (int)v[2]),
            _ => throw at.Fault($"keypoint {i + 1} is seen by {v[2]}; 0, 1 or 2 were expected"),
        })];
    }

    private static IReadOnlyList<Spot[]> Outlines(JsonPlace at, (int Width, int Height) size)
    {
        if (at.Kind == JsonValueKind.Object) return Runs(at, size);
        var outlines = new List<Spot[]>();
        foreach (var polygon in at.Items())
        {
            double[] values = polygon.Numbers();
            if (values.Length < 6 || values.Length % 2 != 0)
                throw polygon.Fault($"{values.Length} numbers; an outline has at least three pairs of x and y");
            Spot[] outline = [.. values.Chunk(2).Select(v => new Spot(v[0], v[1]))];
            if (CocoSet.SignedArea(outline) != 0) outlines.Add(outline);
        }
        return outlines.Count < 2 ? outlines : United(outlines, size);
    }

    /// <summary>Outlines as they are where none overlaps another; else those of all pixels that any of them holds.</summary>
    private static IReadOnlyList<Spot[]> United(List<Spot[]> outlines, (int Width, int Height) size)
    {
        bool apart = true;
        for (int i = 0; i < outlines.Count && apart; i++)
            for (int k = 0; k < i && apart; k++) apart = !(Box.Of(outlines[i]).Overlap(Box.Of(outlines[k])) > 0);
        if (apart) return outlines;
        bool[] any = new bool[size.Width * size.Height];
        int[] count = new int[any.Length];
        foreach (var outline in outlines)
            Simulant.Images.Outlines.Fill([outline], size.Width, size.Height, pixel =>
                (any[pixel], count[pixel]) = (true, count[pixel] + 1));
        return count.All(c => c <= 1) ? outlines : MaskOutlines.Trace(any, size.Width, size.Height);
    }

    private static IReadOnlyList<Spot[]> Runs(JsonPlace at, (int Width, int Height) size)
    {
        double[] stated = at["size"].Numbers(2);
        if (stated[0] != size.Height || stated[1] != size.Width)
            throw at["size"].Fault($"a mask of {stated[1]} x {stated[0]}, and its image is {size.Width} x {size.Height}");
        var counts = at["counts"];
        string fault;
        var mask = counts.Kind == JsonValueKind.String ? RunLengths.Unpack(size.Width, size.Height, counts.Text(), out fault)
            : RunLengths.Of(size.Width, size.Height, [.. counts.Items().Select(c => c.Whole())], out fault);
        if (mask is null) throw counts.Fault(fault + "; write the mask again");
        return MaskOutlines.Trace(mask.Pixels(), size.Width, size.Height);
    }

    private static string Folder(string file, string first)
    {
        string own = Path.GetDirectoryName(Path.GetFullPath(file))!, above = Path.GetDirectoryName(own) ?? own;
        string split = Path.GetFileNameWithoutExtension(file).Split('_')[^1];
        string[] tried = [Path.Combine(own, "images"), own, Path.Combine(own, split), Path.Combine(above, "images"),
            Path.Combine(above, split)];
        return tried.FirstOrDefault(f => File.Exists(Path.Combine(f, first)))
            ?? throw new DataException($"the picture {MessageText.Quote(first)} is neither in {string.Join(", ", tried)}; "
                + "name the folder of the pictures", file);
    }
}

/// <summary>Paths that other people's files name.</summary>
internal static class SetPaths
{
    /// <summary>Whether a path of forward slashes stays below the folder that it is joined to.</summary>
    public static bool IsWithin(string path) => path.Length > 0 && !path.StartsWith('/') && !Path.IsPathRooted(path) && !path.Contains('\0')
        && !path.Contains(':') && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Pictures below a folder, by name in ordinal order, with forward slashes.</summary>
    public static IReadOnlyList<string> Pictures(string folder)
    {
        try
        {
            var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 16 };
            return [.. Directory.EnumerateFiles(folder, "*", deep)
                .Where(f => Codecs.ImageFile.Endings.Contains(Path.GetExtension(f).ToLowerInvariant()))
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(folder, e);
        }
    }

    /// <summary>The lines of a file of text, however they end.</summary>
    public static string[] Lines(string file)
    {
        string text = System.Text.Encoding.UTF8.GetString(PictureSet.Bytes(file)).TrimStart('\uFEFF');
        return [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
    }
}
