namespace Simulant.Specs;

/// <summary>Changed copies of made pictures, as the spec asks for them.</summary>
/// <param name="Copies">Of each picture, at least 1.</param>
/// <param name="Layout">The layout of the set of copies; null for that of the pictures themselves, where it has one.</param>
/// <param name="Steps">The list of operations, as written.</param>
public sealed record AugmentSpec(int Copies, string? Layout, SpecNode Steps, SourcePosition At)
{
    /// <summary>Layouts that annotated pictures may have.</summary>
    public static IReadOnlyList<string> Layouts { get; } = ["coco", "yolo", "yolo-seg", "yolo-pose", "kitti", "voc"];
}
