using Simulant.Data;
using Simulant.Images.Sets;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Labels;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>A labelled frame and its notes, for tests of formats.</summary>
internal static class Noted
{
    private static readonly Lazy<Frame> Traced = new(() =>
    {
        var (scene, camera) = LabelTests.Table();
        return Frame.Of(scene, camera, RunContext.Quiet(0, 2));
    });

    public static Frame Frame => Traced.Value;

    public static FrameNotes Notes => FrameNotes.Of(Frame, 42, "images/000042.png", Parameters, polygons: true);

    public static Dictionary<string, NoteValue> Parameters => new() { ["weather"] = "rain", ["sun"] = 1.25, ["a \"b\""] = -3 };

    /// <summary>The floor is stuff, what stands behind is not annotated.</summary>
    public static SceneClasses Classes { get; } = new(
    [
        new(1, "floor") { Countable = false }, new(2, "box") { Keypoints = ["far", "corner", "lid"], Skeleton = [(0, 1)], Kind = "thing" },
        new(3, "ball"), new(4, "table lamp"),
    ]);

    public static IReadOnlyDictionary<string, byte[]> Files(string format, params FrameNotes[] notes)
    {
        var writer = SceneFormats.Find(format)!;
        return notes.SelectMany(n => writer.OfFrame(n, Frame, [1, 2, 3])).Concat(writer.OfSet(Classes, notes))
            .ToDictionary(f => f.Path, f => f.Content);
    }
}
