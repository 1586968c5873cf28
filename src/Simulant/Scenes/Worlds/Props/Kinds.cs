using Simulant.Images.Sets;
using Simulant.Scenes.Formats;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>Classes of a world, numbered from 1 in their order.</summary>
internal static class Kinds
{
    private static readonly string[][] Bones =
    [
        ["head", "neck"], ["neck", "left_shoulder"], ["neck", "right_shoulder"], ["left_shoulder", "left_elbow"],
        ["right_shoulder", "right_elbow"], ["left_elbow", "left_wrist"], ["right_elbow", "right_wrist"], ["left_shoulder", "left_hip"],
        ["right_shoulder", "right_hip"], ["left_hip", "right_hip"], ["left_hip", "left_knee"], ["right_hip", "right_knee"],
        ["left_knee", "left_ankle"], ["right_knee", "right_ankle"],
    ];

    /// <param name="stuff">What is not counted: floors, walls, the ground.</param>
    /// <param name="things">What is.</param>
    public static SceneClasses Of(IReadOnlyList<string> stuff, IReadOnlyList<string> things) => new(
    [
        .. stuff.Select((name, i) => new LabelClass(i + 1, name) { Countable = false }),
        .. things.Select((name, i) => Thing(stuff.Count + i + 1, name)),
    ]);

    private static LabelClass Thing(int number, string name) => name is not "person" ? new(number, name) : new(number, name)
    {
        Keypoints = People.Joints,
        Skeleton = [.. Bones.Select(b => (IndexOf(b[0]), IndexOf(b[1])))],
    };

    private static int IndexOf(string joint) => People.Joints.ToList().IndexOf(joint);
}
