using Simulant.Data;

namespace Simulant.Images.Sets;

/// <summary>Opens annotated sets, told apart by their files.</summary>
public static class SetReader
{
    /// <summary>
    /// A COCO file (.json); a YOLO file (.yaml); or a folder: annotations.json, or a single .json in annotations (COCO); data.yaml, or
    /// labels and classes.txt (YOLO); label_2, also below training (KITTI); Annotations (VOC); else pictures in a folder a class.
    /// </summary>
    /// <param name="images">The folder of the pictures of a COCO file; null to look for it.</param>
    /// <exception cref="DataException">There is nothing of the kind, or a file of it is at fault; the place is said.</exception>
    public static PictureSet Open(string path, string? images = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (File.Exists(path))
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".json" => CocoReader.Read(path, images),
                ".yaml" or ".yml" => YoloReader.Read(path),
                _ => throw new DataException("the file is no annotation that is read; name a COCO .json, a YOLO data.yaml, or a folder",
                    path),
            };
        if (!Directory.Exists(path)) throw new DataException("there is no such file or folder", path);
        if (Found("annotations.json", "annotations.coco.json", "_annotations.coco.json") is { } coco) return CocoReader.Read(coco, images);
        if (Found("data.yaml", "data.yml", "dataset.yaml") is { } yaml) return YoloReader.Read(yaml);
        if (Directory.Exists(Path.Combine(path, "labels")) && Found("classes.txt", "labels/classes.txt") is { } classes)
            return YoloReader.Read(classes);
        foreach (string folder in (string[])[path, Path.Combine(path, "training")])
            if (Directory.Exists(Path.Combine(folder, "label_2"))) return KittiReader.Read(folder);
        if (Directory.Exists(Path.Combine(path, "Annotations"))) return VocReader.Read(path);
        string annotations = Path.Combine(path, "annotations");
        string[] several = Directory.Exists(annotations) ? Directory.GetFiles(annotations, "*.json") : [];
        if (several.Length == 1) return CocoReader.Read(several[0], images);
        if (several.Length > 1)
            throw new DataException($"there are {several.Length} files of annotations; name the one that is meant", annotations);
        return Folders(path);

        string? Found(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
                if (File.Exists(Path.Combine(path, name))) return Path.Combine(path, name);
            return null;
        }
    }

    private static PictureSet Folders(string path)
    {
        var names = SetPaths.Pictures(path);
        foreach (string name in names)
            if (!name.Contains('/'))
                throw new DataException($"the picture '{name}' lies in no folder of a class, and there are no files of labels; "
                    + "sort the pictures into a folder a class, or add labels", path);
        string[] classes = [.. names.Select(n => n.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)];
        return new PictureSet("folders", path, [.. classes.Select((c, i) => new LabelClass(i, c))], [.. names.Select(n =>
            new PictureEntry(n, Path.Combine(path, n), path) { Class = Array.IndexOf(classes, n.Split('/')[0]) })]);
    }
}
