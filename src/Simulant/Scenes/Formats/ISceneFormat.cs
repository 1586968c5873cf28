using Simulant.Images.Sets;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>A file of a set.</summary>
/// <param name="Path">From the set's folder, with forward slashes.</param>
public sealed record SceneFile(string Path, byte[] Content);

/// <summary>What the numbers of semantic masks mean. Classes that are not listed are seen in masks, and annotated nowhere.</summary>
public sealed record SceneClasses(IReadOnlyList<LabelClass> All)
{
    /// <summary>The class of a number, or null where it is not annotated.</summary>
    public LabelClass? Find(int number) => All.FirstOrDefault(c => c.Number == number);
}

/// <summary>
/// A layout of files that others read. What is by pixel is written frame by frame; all else follows from the notes, which any process that
/// made a part of the frames has left behind. Two formats that put the picture at the same path put the same bytes there.
/// </summary>
public interface ISceneFormat
{
    /// <summary>As specs name it.</summary>
    string Name { get; }

    /// <summary>What it writes, a phrase.</summary>
    string Meaning { get; }

    /// <summary>The picture at its place, and labels by pixel.</summary>
    /// <param name="notes">Of this frame: its number and the ending of its picture's name count here.</param>
    /// <param name="picture">The picture's file as it was packed.</param>
    IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture);

    /// <summary>Everything that follows from the notes of all frames, in their order; read once and not kept.</summary>
    IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames);
}
