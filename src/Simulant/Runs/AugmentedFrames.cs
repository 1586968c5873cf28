using System.Globalization;
using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Images.Sets;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>
/// Changed copies of a set's frames, labels following, as a set of their own in <c>augmented/</c>. Copy c of frame p is item c times the
/// frames plus p of the policy, under the seed of sampling; what it is made from lies in the folder, so anyone may make it again.
/// </summary>
internal sealed class AugmentedFrames
{
    /// <summary>Pictures of the report's sheet, and the sides of each.</summary>
    private const int Shown = 8, Tile = 220;

    private readonly SceneSet _set;
    private readonly AugmentSpec _asked;
    private readonly RunContext _run;
    private readonly Policy _policy;
    private readonly SetWriter _writer;
    private readonly LabelClass[] _classes;
    private readonly IReadOnlyList<int> _mirrored;
    private readonly SetPool? _pool;

    private AugmentedFrames(SceneSet set, AugmentSpec asked, RunContext run)
    {
        (_set, _asked, _run) = (set, asked, run);
        _policy = Policy.Read(asked.Steps, new DiagnosticBag());
        _writer = SetWriter.Find(LayoutOf(asked, set.Scenes.Options.Formats.Select(f => f.Name)))!;
        _classes = [.. set.Scenes.World.Classes.All.Where(c => c.Countable)];
        _mirrored = Mirrors.Of(_classes);
        _pool = _policy.Mixes ? new SetPool(set.Frames, Load) : null;
    }

    /// <summary>Null where the spec asks for none.</summary>
    public static AugmentedFrames? Of(Spec spec, SceneSet? set, RunContext run) =>
        spec.Augment is { } asked && set is not null ? new(set, asked, run) : null;

    /// <summary>Adds the faults of the policy, and of a layout that the world's classes do not fit.</summary>
    public static void Check(Spec spec, IWorld world, IEnumerable<string> formats, DiagnosticBag faults)
    {
        if (spec.Augment is not { } asked) return;
        Policy.Read(asked.Steps, faults);
        if (asked.Steps is SpecList { Items.Count: 0 })
            faults.Error(Codes.BadValue, asked.At, "'augment' has no steps, and copies would be the frames again; add some, or remove it");
        if (LayoutOf(asked, formats) == "yolo-pose" && world.Classes.All.All(c => c.Keypoints.Count == 0))
            faults.Error(Codes.Contradiction, asked.At,
                $"no class of {world.Name} has keypoints, and yolo-pose is made of them; choose another 'layout'");
    }

    /// <summary>All files of the set of copies, in one order; a few pictures are held at a time.</summary>
    public IEnumerable<SceneFile> Files()
    {
        int wave = Math.Max(1, _run.MaxThreads) * 4;
        var notes = new List<SetPicture>();
        for (long from = 0; from < _set.Frames; from += wave)
        {
            var made = new (List<SceneFile> Files, List<SetPicture> Notes)[(int)Math.Min(wave, _set.Frames - from)];
            Work.For(made.Length, _run, i => made[i] = Copies(from + i));
            foreach (var (files, told) in made)
            {
                foreach (var file in files) yield return file;
                // What is written by picture is not kept.
                notes.AddRange(_writer is CocoSet ? told : told.Select(n => n with { Subjects = [] }));
            }
            _run.Progress.Report(new StageProgress("augmenting", (from + made.Length) * _asked.Copies, _set.Frames * _asked.Copies,
                "copies"));
        }
        foreach (var file in _writer.OfSet(notes, _classes)) yield return At(file.Path, file.Content);
    }

    /// <summary>The first copies of frames spread over the set, with their labels drawn; a JPEG file.</summary>
    public byte[] Sheet()
    {
        int shown = (int)Math.Min(Shown, _set.Frames);
        var tiles = new Labelled[shown];
        Work.For(shown, _run, i => tiles[i] = Copy(i * _set.Frames / shown, 0));
        return JpegWriter.Write(ContactSheet.Of(tiles, Tile), 80);
    }

    private static string LayoutOf(AugmentSpec asked, IEnumerable<string> formats) =>
        asked.Layout ?? formats.FirstOrDefault(AugmentSpec.Layouts.Contains) ?? AugmentSpec.Layouts[0];

    private static SceneFile At(string path, byte[] content) => new("augmented/" + path, content);

    private (List<SceneFile> Files, List<SetPicture> Notes) Copies(long frame)
    {
        var files = new List<SceneFile>();
        var notes = new List<SetPicture>();
        var picture = Load(frame);
        for (int copy = 0; copy < _asked.Copies; copy++)
        {
            _run.Cancel.ThrowIfCancellationRequested();
            var made = Copy(picture, frame, copy);
            string ending = _set.Scenes.Options.Jpeg ? ".jpg" : ".png";
            var note = new SetPicture(frame * _asked.Copies + copy + 1,
                string.Create(CultureInfo.InvariantCulture, $"{frame:D6}_a{copy + 1}{ending}"), made.Width, made.Height, made.Subjects);
            files.Add(At(_writer.PictureAt(note, _classes), ImageFile.Write(made.Image, ending)));
            files.AddRange(_writer.OfPicture(note, _classes).Select(f => At(f.Path, f.Content)));
            notes.Add(note);
            Policy.Release(made, picture);
        }
        return (files, notes);
    }

    private Labelled Copy(long frame, int copy) => Copy(Load(frame), frame, copy);

    private Labelled Copy(Labelled picture, long frame, int copy) =>
        _policy.Apply(picture, _run.Seed, copy * _set.Frames + frame, _pool);

    private Labelled Load(long frame)
    {
        var notes = _set.Notes(frame);
        string path = _set.PictureOf(notes);
        return new(ImageFile.Read(File.ReadAllBytes(path), path))
        {
            Subjects = [.. CocoFormat.Annotated(_set.Scenes.World.Classes, notes).Where(a => a.Class.Countable)
                .Select(a => SetFormat.Seen(notes, a.Actor, a.Class))],
            Mirrored = _mirrored,
        };
    }
}
