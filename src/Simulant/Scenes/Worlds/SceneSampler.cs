using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Simulant.Images.Codecs.Jpeg;
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
        View At(double time) => _world.Build(new(values, new Dice(run.Seed, sequence), _options.Width, _options.Height, time, step));
        var view = At(index % _options.Sequence * step);
        view = view with { Camera = _options.Body.Fit(view.Camera, step) };
        var taken = Taken.Of(view, _options, run);
        var frame = taken.Frame;
        byte[] picture = Picture(frame, taken.Render, view, index, 0, run);
        string ending = _options.Jpeg ? "jpg" : "png";
        var notes = FrameNotes.Of(frame, index, string.Create(CultureInfo.InvariantCulture, $"images/{index:D6}.{ending}"), Told(values));
        var right = _options.Baseline > 0 ? StereoFrame.Of(frame, (float)_options.Baseline, run) : null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = new HashSet<string>(StringComparer.Ordinal);
        void Put(SceneFile file)
        {
            if (!written.Add(file.Path)) return; // formats that share the picture put it at one place
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path + "\n"));
            hash.AppendData(file.Content);
            put(file);
        }
        Put(new(notes.Picture, picture));
        Put(new(notes.Path, notes.ToJson()));
        foreach (var format in _options.Formats)
            foreach (var file in format.OfFrame(notes, frame, picture)) Put(file);
        foreach (var file in SensorFiles.Of(_options, view, taken.Stage, notes, run)) Put(file);
        foreach (var file in RiderFiles.OfFrame(_options, view, index, notes.Key, run)) Put(file);
        if (index % _options.Sequence == 0)
            foreach (var file in RiderFiles.OfSequence(_options, sequence, notes.Key, time => At(time).Camera.Pose, run)) Put(file);
        if (right is not null)
        {
            Put(new($"right/{notes.Key}.{ending}", Picture(right.Right, (options, own) =>
                Renderer.Render(right.Right, options, own), view with { Camera = right.Right.Stage.Camera }, index, 1, run)));
            Put(new($"disparity/{notes.Key}.npy", Npy.Write(new Raster<float>(_options.Width, _options.Height, 1, right.Disparity,
                ColourSpace.Data))));
        }
        return new(notes, sequence, values, taken.Faults(run), view.Scene.Actors.Sum(a => a.Parts.Sum(p => (long)p.Mesh.Triangles)),
            Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    // The eye tells the random numbers of two cameras apart.
    private byte[] Picture(Frame frame, Func<RenderOptions, RunContext, ColourImage> render, View view, long index, int eye,
        RunContext run)
    {
        if (eye > 0) run = run with { Seed = run.Seed ^ 0x9E3779B97F4A7C15 * (ulong)eye };
        var colours = render(_options.Render with { Frame = checked((int)index) }, run);
        var raster = new Raster<byte>(_options.Width, _options.Height, 3, _options.Camera ? Photographed(frame, colours, view, index, run)
            : colours.ToBytes(view.Exposure));
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
