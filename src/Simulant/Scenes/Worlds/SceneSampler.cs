using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Sensors;
using Simulant.Scenes.Shading;
using Simulant.Scenes.Worlds.Drawing;
using Simulant.Specs;

namespace Simulant.Scenes.Worlds;

/// <summary>
/// A world as a sampler: row i is frame i, told by what was drawn for it, what is seen in it, and the hash of its files. Its files come
/// beside the rows; a frame rendered again has the same hash, which is how a set proves itself.
/// </summary>
public sealed class SceneSampler : ISampler, IFiled
{
    private static readonly ISceneFormat Plain = SceneFormats.Find("plain")!;

    private readonly IWorld _world;
    private readonly OptionValues _values;
    private readonly SceneOptions _options;
    private readonly IReadOnlyDictionary<string, Law> _laws;
    private readonly long _frames;

    /// <param name="name">Name of the data set.</param>
    /// <param name="values">Options without fault.</param>
    /// <param name="frames">Frames that the set has, at least 1.</param>
    public SceneSampler(IWorld world, string name, OptionValues values, IReadOnlyDictionary<string, Law> laws, long frames)
    {
        (_world, _values, _laws, _frames) = (world, values, laws, frames);
        _options = SceneOptions.Of(values);
        Schema = new DatasetSchema([FrameTable.Schema(world, name)]);
    }

    public DatasetSchema Schema { get; }

    public IWorld World => _world;

    public SceneOptions Options => _options;

    /// <summary>How each parameter is drawn, in the world's order.</summary>
    public IReadOnlyList<Law> Laws => Draws(0).Laws;

    public Dataset Sample(ItemRange items, RunContext run) => Sample(items, run, _ => { });

    public Dataset Sample(ItemRange items, RunContext run, Action<SceneFile> put)
    {
        var draws = Draws(run.Seed);
        var rows = new FrameRow[items.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            rows[i] = Row(draws, items.Start + i, run, put);
        }
        return Dataset.Of(FrameTable.Of(_world, Schema.Single, rows));
    }

    public void Save(Stream to)
    {
        var model = new JsonObject
        {
            ["name"] = Schema.Single.Name, ["frames"] = _frames, ["options"] = _values.ToJson(), ["vary"] = VaryReader.Write(_laws),
        };
        to.Write(Encoding.UTF8.GetBytes(model.ToJsonString(PlainJson.Serializer)));
    }

    /// <summary>Reads back what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a program with other options.</exception>
    public static SceneSampler Load(IWorld world, EngineOptions declared, Stream from)
    {
        using var reader = new StreamReader(from, Encoding.UTF8);
        var faults = new DiagnosticBag();
        if (JsonNodes.Read(reader.ReadToEnd(), "the stored world", faults) is not SpecMap map
            || map["name"] is not SpecScalar name || map["options"] is not SpecMap options || map["vary"] is not SpecMap vary
            || map["frames"] is not SpecScalar { Number: >= 1 and { } frames })
            throw new InvalidDataException(faults.All is [var first, ..] ? first.Message : "it holds no world");
        var values = declared.Read(options, faults);
        var laws = VaryReader.Read(vary, world, faults);
        if (!faults.HasErrors) SceneOptions.Check(values, world, laws, options, options.At, faults);
        if (faults.All.FirstOrDefault(f => f.Severity == Severity.Error) is { } fault) throw new InvalidDataException(fault.Message);
        return new SceneSampler(world, name.Text, values, laws, (long)frames);
    }

    private ParameterDraw Draws(ulong seed) => new(_world.Parameters, _laws, seed,
        (_frames + _options.Sequence - 1) / _options.Sequence, _options.Even);

    private FrameRow Row(ParameterDraw draws, long index, RunContext run, Action<SceneFile> put)
    {
        long sequence = index / _options.Sequence;
        var values = draws.At(sequence);
        double step = 1 / _options.Rate;
        View At(double time) => _world.Build(new(values, new Dice(run.Seed, sequence), _options.Width, _options.Height, time, step)
        {
            Cancel = run.Cancel,
        });
        var view = At(index % _options.Sequence * step);
        view = view with { Camera = _options.Body.Fit(view.Camera, step) };
        var taken = Taken.Of(view, _options, run);
        var frame = taken.Frame;
        byte[] picture = Picture(frame, taken.Render, view, index, 0, run);
        var notes = FrameNotes.Of(frame, index, string.Create(CultureInfo.InvariantCulture, $"images/{index:D6}.{Ending}"), Told(values));
        var shot = new Shot(view, taken, notes, picture, index, time => At(time).Camera.Pose);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Files(shot, run))
        {
            if (!written.Add(file.Path)) continue; // formats that share the picture put it at one place
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path + "\n"));
            hash.AppendData(file.Content);
            put(file);
        }
        int faults = taken.Faults(run);
        taken.Release();
        return new(notes, sequence, values, faults, view.Scene.Actors.Sum(a => a.Parts.Sum(p => (long)p.Mesh.Triangles)),
            Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A frame with all that its files are made from.</summary>
    /// <param name="Eye">Where the camera is, so many seconds after the sequence began.</param>
    private sealed record Shot(View View, Taken Taken, FrameNotes Notes, byte[] Picture, long Index, Func<double, Pose> Eye);

    private string Ending => _options.Jpeg ? "jpg" : "png";

    private IEnumerable<SceneFile> Files(Shot shot, RunContext run)
    {
        var (notes, frame) = (shot.Notes, shot.Taken.Frame);
        var picture = new SceneFile(notes.Picture, shot.Picture);
        yield return picture;
        yield return new(notes.Path, notes.ToJson());
        foreach (var format in _options.Formats)
            foreach (var file in format.OfFrame(notes, frame, shot.Picture)) yield return file;
        var sharded = _options.Formats.Any(f => f is ShardFormat) ? new List<SceneFile> { picture } : null;
        foreach (var file in Sensed(shot, run))
        {
            sharded?.Add(file);
            yield return file;
        }
        // A shard holds labels by pixel whether or not they are asked for beside it; other formats' annotations follow from the notes.
        if (sharded is not null)
            yield return ShardFormat.Piece(notes, sharded.Concat(Plain.OfFrame(notes, frame, shot.Picture)).DistinctBy(f => f.Path));
    }

    private IEnumerable<SceneFile> Sensed(Shot shot, RunContext run)
    {
        var (notes, index) = (shot.Notes, shot.Index);
        foreach (var file in SensorFiles.Of(_options, shot.View, shot.Taken.Stage, notes, run)) yield return file;
        foreach (var file in RiderFiles.OfFrame(_options, shot.View, index, notes.Key, run)) yield return file;
        if (index % _options.Sequence == 0)
            foreach (var file in RiderFiles.OfSequence(_options, index / _options.Sequence, notes.Key, shot.Eye, run)) yield return file;
        if (_options.Baseline == 0) yield break;
        var stereo = StereoFrame.Of(shot.Taken.Frame, (float)_options.Baseline, run);
        yield return new($"right/{notes.Key}.{Ending}", Picture(stereo.Right, (options, own) => Renderer.Render(stereo.Right, options, own),
            shot.View with { Camera = stereo.Right.Stage.Camera }, index, 1, run));
        yield return new($"disparity/{notes.Key}.npy", Npy.Write(new Raster<float>(_options.Width, _options.Height, 1, stereo.Disparity,
            ColourSpace.Data)));
    }

    // The eye tells the random numbers of two cameras apart.
    private byte[] Picture(Frame frame, Func<RenderOptions, RunContext, ColourImage> render, View view, long index, int eye,
        RunContext run)
    {
        if (eye > 0) run = run with { Seed = run.Seed ^ 0x9E3779B97F4A7C15 * (ulong)eye };
        var colours = render(_options.Render with { Frame = checked((int)index) }, run);
        var raster = new Raster<byte>(_options.Width, _options.Height, 3, _options.Camera ? Photographed(frame, colours, view, index, run)
            : colours.ToBytes(view.Exposure));
        colours.Release();
        return _options.Jpeg ? JpegWriter.Write(raster) : PngWriter.Write(raster);
    }

    private byte[] Photographed(Frame frame, ColourImage colours, View view, long index, RunContext run)
    {
        var camera = new SensorOptions
        {
            // Amplification makes brighter, and the shutter is closed sooner for it.
            Exposure = new(MathF.Log2(view.Exposure / (float)_options.Gain)),
            Photosites = new() { Gain = (float)_options.Gain },
            Precipitation = view.Falling is null ? null : view.Falling with
            {
                Time = index % _options.Sequence / _options.Rate,
                Shutter = _options.Body.Shutter > 0 ? (float)_options.Body.Shutter : view.Falling.Shutter,
            },
            Glare = new(),
            PointSpread = new(0.45f, 1.1f, 1.15f),
            Vignetting = new(),
            Sharpening = new(),
            Frame = checked((int)index),
        };
        return SensorModel.Expose(frame, colours, camera, run).Rgb;
    }

    private static Dictionary<string, NoteValue> Told(Values values)
    {
        var told = new Dictionary<string, NoteValue>(StringComparer.Ordinal);
        for (int i = 0; i < values.Parameters.Count; i++)
        {
            var parameter = values.Parameters[i];
            told[parameter.Name] = parameter.Levels is { } levels ? levels[(int)values[i]] : values[i];
        }
        return told;
    }
}
