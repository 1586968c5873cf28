using System.Globalization;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Reports;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Worlds;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Runs;

/// <summary>
/// A set of frames as it lies in a folder: what follows from all of it, annotations and what a report shows, is read from there.
/// </summary>
internal sealed class SceneSet(string folder, SceneSampler scenes, long frames)
{
    private const int MostShown = 12, ShownWidth = 360, Cells = 10;

    /// <summary>Bytes of notes that are kept once they are parsed: every format asks for all of them again.</summary>
    private const long MostKept = 64L << 20;

    private readonly List<FrameNotes> _kept = [];
    private long _bytes;

    /// <summary>Files that formats write once for all frames.</summary>
    public IEnumerable<SceneFile> OfSet()
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var format in scenes.Options.Formats)
            foreach (var file in format.OfSet(scenes.World.Classes, All()))
                if (written.Add(file.Path)) yield return file;
    }

    public SceneStory Story()
    {
        var things = scenes.World.Classes.All.Where(c => c.Countable).ToList();
        var members = things.Select(_ => new List<(int Pixels, double Visibility)>()).ToList();
        long[] within = new long[things.Count];
        var shown = new List<ShownFrame>();
        var draws = new List<Values>();
        long every = Math.Max(1, (frames + MostShown - 1) / MostShown);
        foreach (var notes in All())
        {
            if (notes.Frame % every == 0) shown.Add(Shown(notes));
            if (notes.Frame % scenes.Options.Sequence == 0) draws.Add(Told(notes));
            for (int c = 0; c < things.Count; c++)
            {
                var seen = notes.Actors.Where(a => a.Class == things[c].Number && a.VisiblePixels > 0).ToList();
                members[c].AddRange(seen.Select(a => (a.VisiblePixels, a.Visibility)));
                if (seen.Count > 0) within[c]++;
            }
        }
        return new(shown, [.. scenes.World.Parameters.Select((p, i) => Fallen(p, scenes.Laws[i], i, draws))],
            [.. things.Select((thing, c) => new ShownClass(thing.Name, members[c].Count, within[c],
                members[c].Count == 0 ? 0 : members[c].Count(m => m.Visibility < 0.5) / (double)members[c].Count,
                Median([.. members[c].Select(m => m.Pixels)])))]);
    }

    public long Frames => frames;

    public SceneSampler Scenes => scenes;

    /// <summary>What is known of frame i; any thread may ask.</summary>
    public FrameNotes Notes(long i) => Read(i).Notes;

    /// <summary>Where the picture of a frame lies.</summary>
    public string PictureOf(FrameNotes notes) => Path.Combine(folder, notes.Picture);

    /// <inheritdoc cref="PictureOf(FrameNotes)"/>
    public string PictureOf(long frame) => Path.Combine(folder,
        string.Create(CultureInfo.InvariantCulture, $"images/{frame:D6}.{(scenes.Options.Jpeg ? "jpg" : "png")}"));

    private (FrameNotes Notes, int Bytes) Read(long i)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"labels/{i:D6}.json"));
        byte[] json = File.ReadAllBytes(path);
        return (FrameNotes.Read(json, path), json.Length);
    }

    private IEnumerable<FrameNotes> All()
    {
        for (int i = 0; i < frames; i++)
        {
            if (i < _kept.Count)
            {
                yield return _kept[i];
                continue;
            }
            var (notes, bytes) = Read(i);
            _bytes += bytes;
            if (_kept.Count == i && _bytes <= MostKept) _kept.Add(notes);
            yield return notes;
        }
    }

    private Values Told(FrameNotes notes) => new(scenes.World.Parameters,
    [
        .. scenes.World.Parameters.Select(p => notes.Parameters.TryGetValue(p.Name, out var told)
            ? p.Levels is { } levels ? levels.ToList().IndexOf(told.Text ?? "") : told.Number
            : throw new DataException($"{notes.Path}: it tells no '{p.Name}'")),
    ]);

    private static ShownParameter Fallen(Parameter parameter, Law law, int index, List<Values> draws)
    {
        var cells = new Cells(law, Cells);
        long[] counts = new long[cells.Chances.Count];
        foreach (var draw in draws) counts[cells.Of(draw[index])]++;
        string told = law.Distribution.Text + (law.Follows is null ? "" : $", follows {law.Follows} by {law.By:0.##}");
        return new(parameter.Name, parameter.Meaning, told,
            [.. counts.Select((count, c) => new ShownCell(cells.Label(c), count, cells.Chances[c] * draws.Count))]);
    }

    private static double Median(int[] values)
    {
        if (values.Length == 0) return 0;
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2.0;
    }

    private ShownFrame Shown(FrameNotes notes)
    {
        string path = PictureOf(notes);
        var picture = ImageFile.Read(File.ReadAllBytes(path), path);
        int factor = Math.Max(1, notes.Width / ShownWidth);
        var things = scenes.World.Classes.All.Where(c => c.Countable).ToList();
        var boxes = new List<ShownBox>();
        var bones = new List<ShownBone>();
        foreach (var actor in notes.Actors.Where(a => a.VisiblePixels > 0))
        {
            int kind = things.FindIndex(t => t.Number == actor.Class);
            if (kind < 0) continue;
            var box = actor.Tight;
            boxes.Add(new(things[kind].Name, kind, box.Left, box.Top, box.Width, box.Height, actor.Visibility));
            if (actor.VisiblePixels < 400) continue;
            foreach (var (from, to) in things[kind].Skeleton)
                if (actor.Keypoints[from] is { Seen: Seen.Visible, Place: var a } && actor.Keypoints[to] is { Seen: Seen.Visible,
                Place: var b })
                    bones.Add(new(a.X, a.Y, b.X, b.Y));
        }
        return new(notes.Key, JpegWriter.Write(Smaller(picture, factor), 78), PngWriter.Write(Masks(notes, factor)), notes.Width,
            notes.Height, boxes, bones);
    }

    /// <summary>Means of squares of pixels.</summary>
    private static Raster<byte> Smaller(Raster<byte> picture, int factor)
    {
        int width = picture.Width / factor, height = picture.Height / factor;
        var small = new Raster<byte>(width, height, picture.Channels);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < picture.Channels; c++)
                {
                    int sum = 0;
                    for (int dy = 0; dy < factor; dy++)
                        for (int dx = 0; dx < factor; dx++) sum += picture[x * factor + dx, y * factor + dy, c];
                    small[x, y, c] = (byte)((sum + factor * factor / 2) / (factor * factor));
                }
        return small;
    }

    /// <summary>Every actor in a colour of its own, from the masks in the notes.</summary>
    private static Raster<byte> Masks(FrameNotes notes, int factor)
    {
        int width = notes.Width / factor, height = notes.Height / factor;
        var image = new Raster<byte>(width, height, 3);
        foreach (var actor in notes.Actors.Where(a => a.VisiblePixels > 0))
        {
            uint hash = (uint)actor.Instance * 0x9E3779B9;
            byte[] colour = [(byte)(60 + (hash >> 24) * 3 / 4), (byte)(60 + (hash >> 16 & 255) * 3 / 4),
                (byte)(60 + (hash >> 8 & 255) * 3 / 4)];
            int at = 0;
            for (int run = 0; run < actor.VisibleMask.Counts.Count; run++)
            {
                int count = actor.VisibleMask.Counts[run];
                for (int k = at; run % 2 == 1 && k < at + count; k++)
                {
                    int x = k / notes.Height, y = k % notes.Height;
                    if (x % factor != 0 || y % factor != 0 || x / factor >= width || y / factor >= height) continue;
                    for (int c = 0; c < 3; c++) image[x / factor, y / factor, c] = colour[c];
                }
                at += count;
            }
        }
        return image;
    }
}
