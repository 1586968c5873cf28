using System.Globalization;
using System.Text;
using Simulant.Augment;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Sets;
using Simulant.Numerics.Random;
using Simulant.Provenance;
using Simulant.Specs;
using Simulant.Validation.Images;
using Judged = Simulant.Validation.Images.PictureSet;

namespace Simulant.Runs;

/// <summary>
/// Real pictures that a set of frames is held against: a part that is compared with, and a held-out part that gives the reference. No world
/// sees either.
/// </summary>
/// <param name="Notes">What a user should know of how they were read and parted.</param>
internal sealed record RealPictures(MeasuredPictures Training, MeasuredPictures Holdout, IReadOnlyList<string> Notes)
{
    /// <summary>Pictures of each part that are measured at most, evenly spread.</summary>
    public const int Most = 1000;

    /// <summary>How inputs name the network whose features pictures are compared by.</summary>
    public const string ExtractorRole = "extractor";

    /// <summary>The annotated set, or the folder of classes, at each path of the source; hashed with the pictures it names.</summary>
    public static IReadOnlyList<SourceFile> Describe(Spec spec, string folder, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var found = new List<SourceFile>();
        foreach (var (role, path) in new[] { ("train", spec.Source?.Train), ("holdout", spec.Source?.Holdout) })
            if (path is not null) found.Add(Describe(role, Path.Combine(folder, path), progress, cancel));
        if (spec.Measures.Extractor is not { } network) return found;
        // Opened before a frame is made, so that a network that cannot be run is told of at once.
        string file = Path.Combine(folder, network);
        using (PictureMeasure.Of(spec, folder)) found.Add(Described(ExtractorRole, file, FileHash.Of(file, cancel)));
        return found;

        static SourceFile Described(string role, string file, (string Sha256, long Bytes) hash) =>
            new(role, Path.GetFileName(file), hash.Bytes, hash.Sha256);
    }

    public static SourceFile Describe(string role, string path, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var set = SetReader.Open(path, null);
        string[] files = [.. set.Pictures.SelectMany(p => (string[])[p.File, p.Said]).Where(File.Exists).Distinct(StringComparer.Ordinal)];
        var told = new StringBuilder();
        long all = 0;
        for (int i = 0; i < files.Length; i++)
        {
            if (i % 100 == 0) progress.Report(new StageProgress("hashing inputs", i, files.Length, "files"));
            var (sha256, bytes) = FileHash.Of(files[i], cancel);
            told.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(files[i])}\t{sha256}\n");
            all += bytes;
        }
        return new(role, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), all,
            FileHash.OfText(told.ToString()));
    }

    public static RealPictures Of(RealParts parts, PictureMeasure measure, RunContext run) =>
        new(measure.Of(parts.Training, parts.Trained, run), measure.Of(parts.Holdout, parts.Held, run), parts.Notes);
}

/// <summary>The two parts of the real pictures: sets, and which pictures of each.</summary>
internal sealed record RealParts(Images.Sets.PictureSet Training, int[] Trained, Images.Sets.PictureSet Holdout, int[] Held,
    IReadOnlyList<string> Notes)
{
    private const double DefaultHoldout = 0.5;

    /// <exception cref="DataException">A set cannot be read, or is too small to be parted.</exception>
    public static RealParts Of(Spec spec, string folder)
    {
        var source = spec.Source!;
        var set = SetReader.Open(Path.Combine(folder, source.Train!), null);
        int[] all = [.. Enumerable.Range(0, set.Pictures.Count)];
        if (source.Holdout is { } path)
        {
            var other = SetReader.Open(Path.Combine(folder, path), null);
            return new(set, all, other, [.. Enumerable.Range(0, other.Pictures.Count)], []);
        }
        if (all.Length < 2)
            throw new DataException("there is one picture, and nothing of it could be held out; name a set of more", source.Train);
        double share = spec.Split?.Holdout ?? DefaultHoldout;
        int held = Math.Clamp((int)Math.Round(share * all.Length), 1, all.Length - 1);
        var stream = new RandomStream(spec.Split?.Seed ?? spec.FitSeed, "runs/pictures-split");
        int[] order = [.. all.OrderBy(i => stream.Uniform(i, 0)).ThenBy(i => i)];
        string note = $"Of {all.Length} real pictures {held} were held out, one by one: shots of one scene may stand on both sides.";
        return new(set, [.. order[held..].Order()], set, [.. order[..held].Order()], [note]);
    }
}

/// <summary>
/// How pictures come to be compared: brought to one size, and turned into numbers by one extractor, named in what it makes.
/// </summary>
internal sealed class PictureMeasure : IDisposable
{
    /// <summary>Of pictures for random convolutions.</summary>
    private const int Side = 64;

    private readonly FeatureExtractor _extractor;
    private readonly int _width, _height, _channels;
    private readonly Policy _resize;

    private PictureMeasure(FeatureExtractor extractor, int width, int height, int channels)
    {
        (_extractor, _width, _height, _channels) = (extractor, width, height, channels);
        _resize = Policy.Only("resize", string.Create(CultureInfo.InvariantCulture, $"width: {width}, height: {height}"));
    }

    /// <summary>Name, hash of the weights, resize rule and dimension of all features that it makes.</summary>
    public ExtractorId Id => _extractor.Id with
    {
        Resize = string.Create(CultureInfo.InvariantCulture, $"area {_width}x{_height}x{_channels}"),
    };

    /// <summary>By the network that a spec names, or by random convolutions.</summary>
    /// <param name="folder">Where its path starts.</param>
    /// <exception cref="DataException">The network cannot be run.</exception>
    public static PictureMeasure Of(Spec spec, string folder)
    {
        if (spec.Measures.Extractor is not { } file) return new(new RandomConvolutions(Side, Side, 3), Side, Side, 3);
        file = Path.Combine(folder, file);
        if (!File.Exists(file)) throw new DataException("validate.extractor: the file is not there", file);
        var network = OnnxExtractor.Open(file);
        return new(network, network.Width, network.Height, network.Channels);
    }

    public void Dispose() => (_extractor as IDisposable)?.Dispose();

    public FeatureSet Features(Judged set, RunContext run) => _extractor.Extract(set, run) with { Id = Id };

    /// <summary>Some pictures of a set, or as many of them, evenly spread, as are measured.</summary>
    public MeasuredPictures Of(Images.Sets.PictureSet set, int[] chosen, RunContext run)
    {
        chosen = Spread(chosen);
        var names = set.Classes.ToDictionary(c => c.Number, c => c.Name);
        var counts = new Dictionary<string, long>[chosen.Length];
        var pictures = Small(chosen.Length, run, i =>
        {
            var picture = set.Load(chosen[i]);
            var seen = picture.Subjects.Select(s => s.Class).Concat(picture.Weights.Keys);
            counts[i] = seen.Where(names.ContainsKey).GroupBy(c => names[c]).ToDictionary(g => g.Key, g => g.LongCount());
            return picture.Image;
        });
        var all = set.Classes.Select(c => c.Name).Distinct().ToDictionary(n => n, n => counts.Sum(c => c.GetValueOrDefault(n)));
        return new(pictures, Features(pictures, run), all);
    }

    /// <summary>The frames of a set, or as many of them, evenly spread, as are measured.</summary>
    /// <param name="classes">How often each class is seen in all of them.</param>
    public MeasuredPictures Of(SceneSet set, IReadOnlyDictionary<string, long> classes, RunContext run)
    {
        int[] chosen = Spread([.. Enumerable.Range(0, (int)Math.Min(set.Frames, int.MaxValue))]);
        var pictures = Small(chosen.Length, run, i =>
        {
            string path = set.PictureOf(chosen[i]);
            return ImageFile.Read(File.ReadAllBytes(path), path);
        });
        return new(pictures, Features(pictures, run), classes);
    }

    /// <summary>The same pictures, each a pixel further to the right.</summary>
    public static Judged Shifted(Judged set)
    {
        byte[] pixels = new byte[set.Pixels.Length];
        int row = set.Width * set.Channels;
        for (int at = 0; at < pixels.Length; at += row)
        {
            set.Pixels.AsSpan(at, set.Channels).CopyTo(pixels.AsSpan(at));
            set.Pixels.AsSpan(at, row - set.Channels).CopyTo(pixels.AsSpan(at + set.Channels));
        }
        return set with { Pixels = pixels };
    }

    /// <summary>As many as are wanted at most, evenly spread.</summary>
    internal static int[] Spread(int[] all, int most = RealPictures.Most) => all.Length <= most ? all
        : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Length / most)])];

    private Judged Small(int count, RunContext run, Func<int, Raster<byte>> picture)
    {
        int length = _width * _height * _channels;
        byte[] pixels = new byte[count * length];
        Work.For(count, run, i =>
        {
            run.Cancel.ThrowIfCancellationRequested();
            var image = picture(i);
            var small = image.Width == _width && image.Height == _height ? image : _resize.Apply(new Labelled(image), 0, 0).Image;
            var into = pixels.AsSpan(i * length, length);
            for (int p = 0; p < _width * _height; p++)
                for (int c = 0; c < _channels; c++) into[_channels * p + c] = Sample(small, p, c, _channels);
        });
        return new(_width, _height, _channels, pixels, [], 0);
    }

    /// <summary>Grey is repeated where colours are asked for; colours become a grey of their brightness.</summary>
    internal static byte Sample(Raster<byte> picture, int pixel, int channel, int channels)
    {
        var at = picture.Samples.AsSpan(pixel * picture.Channels, picture.Channels);
        if (picture.Channels < 3) return at[0];
        return channels == 3 ? at[channel] : (byte)((299 * at[0] + 587 * at[1] + 114 * at[2] + 500) / 1000);
    }
}
