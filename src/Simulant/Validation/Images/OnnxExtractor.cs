using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Simulant.Data;

namespace Simulant.Validation.Images;

/// <summary>
/// A network from an ONNX file, run by ONNX Runtime's native library where one is installed: its first output, flattened, is what a picture
/// is told by. Pictures enter one by one, so that no picture's features depend on the others, as float samples of 0 to 1, [1, channels,
/// height, width] or [1, height, width, channels]; what else a network wants (means, deviations) belongs into the file.
/// </summary>
public sealed class OnnxExtractor : FeatureExtractor, IDisposable
{
    /// <summary>Where the library is, if not in native/ or where the system looks.</summary>
    public const string Variable = "SIMULANT_ONNXRUNTIME";

    private const string Oldest = "1.30";

    /// <summary>A side that the file leaves open.</summary>
    private const int UsualSide = 224;

    private readonly InferenceSession _session;
    private readonly string _file, _input;
    private readonly bool _channelsFirst;

    private OnnxExtractor(string file, byte[] model, InferenceSession session)
    {
        (_file, _session) = (file, session);
        if (session.InputMetadata.Count != 1)
            throw new DataException($"the network takes {session.InputMetadata.Count} inputs, and pictures are one", file);
        (_input, var input) = session.InputMetadata.First();
        int[] shape = input.Dimensions;
        if (input.ElementType != typeof(float) || shape.Length != 4)
            throw new DataException("the network's input is not float samples of [pictures, channels, height, width]", file);
        _channelsFirst = shape[1] is 1 or 3 || shape[3] is not (1 or 3);
        int Side(int at) => shape[at] > 0 ? shape[at] : UsualSide;
        (Channels, Height, Width) = _channelsFirst ? (shape[1] > 0 ? shape[1] : 3, Side(2), Side(3)) : (shape[3], Side(1), Side(2));
        if (Channels is not (1 or 3)) throw new DataException($"the network takes {Channels} channels; pictures have 1 or 3", file);
        float[] probe = Ask(new byte[Width * Height * Channels]);
        Id = new("onnx", Convert.ToHexStringLower(SHA256.HashData(model).AsSpan(0, 8)), Rule(Width, Height, Channels), probe.Length);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>Weights are told by the hash of the whole file.</summary>
    public override ExtractorId Id { get; }

    /// <exception cref="DataException">The file is no network that takes pictures, or the library is not installed.</exception>
    public static OnnxExtractor Open(string file)
    {
        byte[] model = File.ReadAllBytes(file);
        if (!Runtime.Value) throw new DataException("a network of an ONNX file is run by ONNX Runtime, which is not installed here; run: "
            + $"npm install --prefix native onnxruntime-node@{Oldest} (or set {Variable} to the library's file)", file);
        // One thread a picture: pictures are shared out instead, so that results do not depend on how many threads there are.
        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
            session = new InferenceSession(model, options);
            return new OnnxExtractor(file, model, session);
        }
        catch (Exception e)
        {
            session?.Dispose();
            if (e is TypeInitializationException) throw new DataException(
                $"the ONNX Runtime that is installed here is older than {Oldest}; install a newer one", file, inner: e);
            if (e is OnnxRuntimeException) throw new DataException($"the network cannot be run ({e.Message})", file, inner: e);
            throw;
        }
    }

    /// <summary>Whether the library is installed.</summary>
    public static bool Installed => Runtime.Value;

    public override FeatureSet Extract(PictureSet set, RunContext run)
    {
        if ((set.Width, set.Height, set.Channels) != (Width, Height, Channels))
            throw new ArgumentException($"the network takes {Width} x {Height} x {Channels}", nameof(set));
        float[] all = new float[set.Count * Id.Dimension];
        Work.For(set.Count, run, i =>
        {
            run.Cancel.ThrowIfCancellationRequested();
            Ask(set.Picture(i)).CopyTo(all.AsSpan(i * Id.Dimension));
        });
        return new(Id, all);
    }

    public void Dispose() => _session.Dispose();

    private float[] Ask(ReadOnlySpan<byte> picture)
    {
        int plane = Width * Height;
        long[] shape = _channelsFirst ? [1, Channels, Height, Width] : [1, Height, Width, Channels];
        // The runtime's own memory is aligned: on other memory its sums, and so their last bits, depend on where that lies.
        using var input = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
        var samples = input.GetTensorMutableDataAsSpan<float>();
        for (int i = 0; i < picture.Length; i++)
            samples[_channelsFirst ? i % Channels * plane + i / Channels : i] = picture[i] / 255f;
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [_input], [input], [_session.OutputNames[0]]);
        if (outputs[0].GetTensorTypeAndShape().ElementDataType != TensorElementType.Float)
            throw new DataException("the network's first output is not float numbers", _file);
        float[] features = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        int wrong = Array.FindIndex(features, f => !float.IsFinite(f));
        return wrong < 0 ? features : throw new DataException(
            string.Create(CultureInfo.InvariantCulture, $"the network's output {wrong} is {features[wrong]} for a picture"), _file);
    }

    private static readonly Lazy<bool> Runtime = new(() =>
    {
        nint handle = 0;
        foreach (string place in Places())
            if (NativeLibrary.TryLoad(place, out handle)) break;
        if (handle == 0) return false;
        NativeLibrary.SetDllImportResolver(typeof(InferenceSession).Assembly, (name, _, _) => name.Contains("onnxruntime",
            StringComparison.Ordinal) && !name.Contains("extensions", StringComparison.Ordinal) ? handle : 0);
        return true;
    });

    private static IEnumerable<string> Places()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return [named];
        string machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string folder = $"onnxruntime-node/bin/napi-v6/linux/{machine}/";
        string? packaged = NativePackages.Find(AppContext.BaseDirectory, folder + "libonnxruntime.so.1", folder + "libonnxruntime.so");
        return packaged is null ? ["libonnxruntime.so.1", "libonnxruntime.so", "onnxruntime"] : [packaged];
    }
}
