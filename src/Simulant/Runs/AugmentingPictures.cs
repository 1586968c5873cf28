using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>
/// Changed copies of an annotated set's pictures, labels following. Copy c of picture p is item c * pictures + p of the policy; a thread
/// holds one picture and one copy at a time.
/// </summary>
internal sealed class AugmentingPictures(Corridor corridor, PicturesRequest request, IProgress<StageProgress> progress,
    CancellationToken cancel)
{
    /// <summary>Pictures of a contact sheet.</summary>
    private const int Shown = 16;

    private readonly RunContext _run = new(request.Seed, request.Threads, progress, cancel);
    private long _done;

    public PicturesOutcome Run()
    {
        CheckAsked();
        var (policy, text) = ReadPolicy();
        progress.Report(new StageProgress("reading labels", 0, 0, "pictures"));
        var set = SetReader.Open(request.Data, request.Images);
        var writer = SetWriter.Find(request.Format ?? set.Format)!;
        CheckFormat(writer, set);
        var pool = policy.Mixes ? new SetPool(set) : null;
        if (request.Preview is { } preview)
        {
            byte[] sheet = PngWriter.Write(Sheet(policy, set, pool));
            SingleFile.Write(corridor.Files, preview, stream => stream.Write(sheet));
        }
        long made = (long)set.Pictures.Count * request.Copies;
        if (request.Output is not { } output) return new(set.Pictures.Count, 0, writer.Name, 0, set.Empty);
        using var folder = MadeFolder.Open(corridor.Files, output, request.Data, request.Force);
        var notes = new SetPicture[set.Pictures.Count * Each];
        long subjects = 0;
        Work.For(set.Pictures.Count, _run, p =>
        {
            var picture = set.Load(p);
            if (request.Originals) notes[p * Each] = Original(set, writer, folder, picture, p);
            for (int copy = 0; copy < request.Copies; copy++)
            {
                cancel.ThrowIfCancellationRequested();
                var changed = policy.Apply(picture, request.Seed, Item(set, p, copy), pool);
                var note = Copy(changed, set, writer, folder, p, copy);
                Policy.Release(changed, picture);
                Interlocked.Add(ref subjects, note.Subjects.Count);
                // What is written by picture is not kept.
                notes[p * Each + copy + (request.Originals ? 1 : 0)] = writer is CocoSet ? note : note with { Subjects = [] };
                progress.Report(new StageProgress("augmenting", Interlocked.Increment(ref _done), made, "pictures"));
            }
        });
        foreach (var file in writer.OfSet(notes, set.Classes)) folder.Write(file.Path, file.Content);
        folder.Write("augment.json", Account(set, text, writer));
        cancel.ThrowIfCancellationRequested();
        folder.Publish();
        return new(set.Pictures.Count, made, writer.Name, subjects, set.Empty);
    }

    private int Each => request.Copies + (request.Originals ? 1 : 0);

    private static long Item(PictureSet set, int picture, int copy) => (long)copy * set.Pictures.Count + picture;

    private void CheckAsked()
    {
        if (request.Copies < 1) throw new UsageException($"--copies is {request.Copies}, and must be at least 1");
        if (request.Output is null && request.Preview is null)
            throw new UsageException("there is nothing to write; name a folder with -o, or a contact sheet with --preview");
        if (request.Format is { } format && SetWriter.Find(format) is null)
            throw new UsageException(Nearest.Unknown("layout", format, PicturesRequest.Formats));
        if (request.Preview is { } preview)
        {
            if (!preview.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"--preview is '{preview}', and its name must end in .png");
            SingleFile.Refuse(preview, request.Force);
        }
        // Refused before any label is read; taken again, with its lock, once there is something to write.
        if (request.Output is { } output) MadeFolder.Open(corridor.Files, output, request.Data, request.Force).Dispose();
    }

    private (Policy Policy, string Text) ReadPolicy()
    {
        var faults = new DiagnosticBag();
        string text = RuleFile.Read(request.Policy, faults, "[]");
        var root = YamlNodes.Read(text, request.Policy, faults);
        if (root is SpecMap { Entries: [{ Key: "augment" } only] }) root = only.Value;
        var policy = Policy.Read(root ?? new SpecList([], default), faults);
        faults.ThrowIfErrors();
        return (policy, text);
    }

    private void CheckFormat(SetWriter writer, PictureSet set)
    {
        bool whole = set.Format == "folders";
        if (whole != writer is FolderSet)
            throw new DataException(whole ? "pictures in a folder a class have no boxes to write; leave --format out"
                : $"the set is of layout {set.Format}, whose pictures have no class as a whole; choose another --format", request.Data);
        if (writer.Name == "yolo-pose" && set.Classes.All(c => c.Keypoints.Count == 0))
            throw new DataException("no class has keypoints, and yolo-pose is made of them; choose another --format", request.Data);
        if (!request.Originals) return;
        var stems = set.Pictures.Select(p => Path.ChangeExtension(p.Name, null)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (int copy = 0; copy < request.Copies; copy++)
            if (stems.FirstOrDefault(s => stems.Contains(s + Suffix(copy))) is { } clash)
                throw new DataException($"copies of '{clash}' would be called as another picture is, '{clash}{Suffix(copy)}'; "
                    + "rename one, or leave --originals out", request.Data);
    }

    private static string Suffix(int copy) => string.Create(CultureInfo.InvariantCulture, $"_a{copy + 1}");

    private SetPicture Copy(Labelled made, PictureSet set, SetWriter writer, MadeFolder folder, int p, int copy)
    {
        var entry = set.Pictures[p];
        string ending = Path.GetExtension(entry.Name);
        int first = p * Each + (request.Originals ? 2 : 1);
        var note = Note(made, Path.ChangeExtension(entry.Name, null) + Suffix(copy) + ending, first + copy);
        folder.Write(writer.PictureAt(note, set.Classes), ImageFile.Write(made.Image, ending));
        Labels(note, set, writer, folder, entry);
        return note;
    }

    private SetPicture Original(PictureSet set, SetWriter writer, MadeFolder folder, Labelled picture, int p)
    {
        var entry = set.Pictures[p];
        var note = Note(picture, entry.Name, p * Each + 1);
        folder.Write(writer.PictureAt(note, set.Classes), PictureSet.Bytes(entry.File));
        Labels(note, set, writer, folder, entry);
        return note;
    }

    private static SetPicture Note(Labelled made, string name, long id) =>
        new(id, name, made.Width, made.Height, made.Subjects) { Weights = made.Weights };

    private static void Labels(SetPicture note, PictureSet set, SetWriter writer, MadeFolder folder, PictureEntry entry)
    {
        foreach (var file in writer.OfPicture(note, set.Classes)) folder.Write(file.Path, file.Content);
        // A calibration holds as long as nothing moved.
        if (writer is KittiSet && entry.Calibration is { } calibration && note.Subjects.Any(s => s.Space is not null))
            folder.Write($"calib/{note.Stem}.txt", PictureSet.Bytes(calibration));
    }

    /// <summary>The first copies of pictures spread over the set, further ones where those are few.</summary>
    private Raster<byte> Sheet(Policy policy, PictureSet set, SetPool? pool)
    {
        int count = set.Pictures.Count, shown = (int)Math.Min(Shown, (long)count * request.Copies);
        var tiles = new Labelled[shown];
        Work.For(shown, _run, i =>
        {
            var (p, copy) = count >= shown ? ((int)((long)i * count / shown), 0) : (i % count, i / count);
            tiles[i] = policy.Apply(set.Load(p), request.Seed, Item(set, p, copy), pool);
        });
        return ContactSheet.Of(tiles);
    }

    private byte[] Account(PictureSet set, string policy, SetWriter writer)
    {
        using var stream = new MemoryStream();
        PlainJson.Line(stream, json => new JsonObject
        {
            ["program"] = ProgramVersion.Number, ["seed"] = request.Seed, ["pictures"] = set.Pictures.Count, ["copies"] = request.Copies,
            ["originals"] = request.Originals, ["read"] = set.Format, ["written"] = writer.Name, ["policy"] = policy,
        }.WriteTo(json));
        return stream.ToArray();
    }
}
