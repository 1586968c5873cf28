using Simulant.Images.Sets;

namespace Simulant.Scenes.Formats;

/// <summary>The table of formats that scenes are written in.</summary>
public static class SceneFormats
{
    public static IReadOnlyList<ISceneFormat> All { get; } =
    [
        new PlainFormat("plain", "NPY for measures, PNG for masks, FLO for flow", new()),
        new PlainFormat("plain-png", "the same with depth in millimetres and normals as 16-bit PNG",
            new() { DepthAsPng = true, NormalsAsPng = true }),
        new PlainFormat("plain-amodal", "plain, and for each actor a picture of where it would be seen alone",
            new() { AmodalMasks = true }),
        new CocoFormat(),
        new CocoFormat(panoptic: true),
        new SetFormat(new YoloSet(YoloKind.Boxes), "YOLO's boxes"),
        new SetFormat(new YoloSet(YoloKind.Outlines), "YOLO's outlines"),
        new SetFormat(new YoloSet(YoloKind.Keypoints), "YOLO's boxes with keypoints"),
        new SetFormat(new KittiSet(), "KITTI's boxes in the picture and in space, with calibration"),
        new SetFormat(new VocSet(), "Pascal VOC's boxes"),
        new BopFormat(),
        new ShardFormat(),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>The format of a name, or null.</summary>
    public static ISceneFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);
}
