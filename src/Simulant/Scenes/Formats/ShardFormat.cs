using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Formats;

/// <summary>
/// WebDataset's shards of whole frames: picture, notes as KEY.json, the labels by pixel of <see cref="PlainFormat"/>, and what sensors
/// saw. A frame leaves its piece of a shard, which is a tar file without its end; the run joins the pieces of the frames of one data file.
/// </summary>
public sealed class ShardFormat : ISceneFormat
{
    /// <summary>Where pieces and shards lie.</summary>
    public const string Folder = "webdataset";

    public string Name => "webdataset";

    public string Meaning => "tar shards that hold all files of a frame together";

    /// <summary>None: a piece holds other formats' files, and is made when all of them are known.</summary>
    public IEnumerable<SceneFile> OfFrame(FrameNotes notes, Frame frame, byte[] picture) => [];

    /// <summary>None: shards are joined of pieces.</summary>
    public IEnumerable<SceneFile> OfSet(SceneClasses classes, IEnumerable<FrameNotes> frames) => [];

    /// <summary>A frame's piece.</summary>
    /// <param name="files">Its files beside the notes, none at one path twice.</param>
    public static SceneFile Piece(FrameNotes notes, IEnumerable<SceneFile> files)
    {
        ArgumentNullException.ThrowIfNull(notes);
        return new($"{Folder}/{notes.Key}.tar",
            WebDataset.Piece(notes.Key, [.. files.Where(f => f.Path != notes.Path), new($"{notes.Key}.json", notes.ToJson())]));
    }

    /// <summary>Whether a file is a piece, which is to be joined with others and not kept.</summary>
    public static bool IsPiece(SceneFile file) =>
        file.Path.StartsWith(Folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(".tar", StringComparison.Ordinal);
}
