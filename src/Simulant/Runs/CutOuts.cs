using System.Globalization;
using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Judged = Simulant.Validation.Images.PictureSet;

namespace Simulant.Runs;

/// <summary>Labelled objects cut out of their pictures and brought to one size, for a network that is to name them.</summary>
internal static class CutOuts
{
    /// <summary>Pixels of a side of what is cut out, and the least that its box has.</summary>
    private const int Side = 32, Smallest = 8;

    /// <summary>Pictures that objects are cut out of at most, evenly spread.</summary>
    private const int MostPictures = 5000;

    /// <summary>Part of a box's size that is taken round it; part of an object that must be seen.</summary>
    private const double Margin = 0.08, Seen = 0.5;

    private static readonly Policy Resize = Policy.Only("resize", string.Create(CultureInfo.InvariantCulture,
        $"width: {Side}, height: {Side}"));

    /// <summary>What is seen at least by half in the frames of a set.</summary>
    /// <param name="names">Classes to name, which number them.</param>
    public static Judged Of(SceneSet set, IReadOnlyList<string> names, RunContext run)
    {
        var numbers = Numbers(set.Scenes.World.Classes.All.Select(c => (c.Number, c.Name)), names);
        int[] frames = PictureMeasure.Spread([.. Enumerable.Range(0, (int)Math.Min(set.Frames, int.MaxValue))], MostPictures);
        return Gather(frames.Length, names.Count, run, i =>
        {
            var notes = set.Notes(frames[i]);
            string path = set.PictureOf(notes);
            var boxes = notes.Actors.Where(a => a.Visibility >= Seen && numbers.ContainsKey(a.Class)).Select(a =>
                (numbers[a.Class], new Box(a.Tight.Left, a.Tight.Top, a.Tight.Right, a.Tight.Bottom))).ToList();
            return boxes.Count == 0 ? (null, []) : (ImageFile.Read(File.ReadAllBytes(path), path), boxes);
        });
    }

    /// <summary>What is labelled in some pictures of a set; pictures that have a class themselves count whole.</summary>
    public static Judged Of(Images.Sets.PictureSet set, int[] chosen, IReadOnlyList<string> names, RunContext run)
    {
        var numbers = Numbers(set.Classes.Select(c => (c.Number, c.Name)), names);
        chosen = PictureMeasure.Spread(chosen, MostPictures);
        return Gather(chosen.Length, names.Count, run, i =>
        {
            var picture = set.Load(chosen[i]);
            var boxes = picture.Subjects.Where(s => !s.Crowd && s.Occlusion is not 2 && numbers.ContainsKey(s.Class))
                .Select(s => (numbers[s.Class], s.Box)).ToList();
            if (picture.Subjects.Count == 0)
                boxes.AddRange(picture.Weights.Where(w => w.Value >= 1 && numbers.ContainsKey(w.Key)).Select(w =>
                    (numbers[w.Key], new Box(0, 0, picture.Width, picture.Height))));
            return (picture.Image, boxes);
        });
    }

    /// <summary>What each of a set's classes is called by, a place among the names.</summary>
    private static Dictionary<int, int> Numbers(IEnumerable<(int Number, string Name)> classes, IReadOnlyList<string> names)
    {
        var place = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
        return classes.Where(c => place.ContainsKey(c.Name)).ToDictionary(c => c.Number, c => place[c.Name]);
    }

    private static Judged Gather(int pictures, int classes, RunContext run,
        Func<int, (Raster<byte>? Picture, List<(int Class, Box Box)> Boxes)> of)
    {
        var cut = new List<(int Class, byte[] Pixels)>[pictures];
        Work.For(pictures, run, i =>
        {
            run.Cancel.ThrowIfCancellationRequested();
            var (picture, boxes) = of(i);
            cut[i] = [.. boxes.Where(b => b.Box.Right - b.Box.Left >= Smallest && b.Box.Bottom - b.Box.Top >= Smallest)
                .Select(b => (b.Class, Cut(picture!, b.Box)))];
        });
        var all = cut.SelectMany(c => c).ToList();
        byte[] pixels = new byte[all.Count * Side * Side * 3];
        for (int i = 0; i < all.Count; i++) all[i].Pixels.CopyTo(pixels, i * Side * Side * 3);
        return new(Side, Side, 3, pixels, [.. all.Select(a => a.Class)], classes);
    }

    private static byte[] Cut(Raster<byte> picture, Box box)
    {
        double across = Margin * (box.Right - box.Left), down = Margin * (box.Bottom - box.Top);
        int left = (int)Math.Clamp(Math.Floor(box.Left - across), 0, picture.Width - 1);
        int top = (int)Math.Clamp(Math.Floor(box.Top - down), 0, picture.Height - 1);
        int right = (int)Math.Clamp(Math.Ceiling(box.Right + across), left + 1, picture.Width);
        int bottom = (int)Math.Clamp(Math.Ceiling(box.Bottom + down), top + 1, picture.Height);
        var part = new Raster<byte>(right - left, bottom - top, picture.Channels);
        for (int y = top; y < bottom; y++)
            picture.Samples.AsSpan((y * picture.Width + left) * picture.Channels, part.Width * picture.Channels)
                .CopyTo(part.Samples.AsSpan((y - top) * part.Width * picture.Channels));
        var small = Resize.Apply(new Labelled(part), 0, 0).Image;
        byte[] pixels = new byte[Side * Side * 3];
        for (int p = 0; p < Side * Side; p++)
            for (int c = 0; c < 3; c++) pixels[3 * p + c] = PictureMeasure.Sample(small, p, c, 3);
        return pixels;
    }
}
