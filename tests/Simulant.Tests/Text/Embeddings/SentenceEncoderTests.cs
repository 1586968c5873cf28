using System.Diagnostics;
using System.Text.Json;
using Simulant.Data;
using Simulant.Text.Embeddings;
using Xunit;

namespace Simulant.Tests.Text.Embeddings;

public class SentenceEncoderTests
{
    private static readonly string[] Nouns = ["dog", "ship", "doctor", "bank"];
    private const string Here = "tests/Simulant.Tests/Text/Embeddings/";

    // Texts, pieces and vectors as the npm package's own tokeniser and graph gave them under Node.js.
    private sealed record Known(string Text, int[] Pieces, float[]? Vector);

    private static readonly Lazy<Known[]> Reference = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(Here + "reference.json")));
        return [.. document.RootElement.EnumerateArray().Select(e => new Known(
            e.TryGetProperty("text", out var text) ? text.GetString()!
                : string.Join(' ', Enumerable.Repeat(e.GetProperty("repeat").GetString(), e.GetProperty("times").GetInt32())),
            [.. e.GetProperty("pieces").EnumerateArray().Select(p => p.GetInt32())],
            e.TryGetProperty("vector", out var v) ? [.. v.EnumerateArray().Select(x => x.GetSingle())] : null))];
    });

    private static readonly Lazy<SentenceEncoder> Loaded = new(() => SentenceEncoder.Load(Folder()!));

    [Fact]
    public void Texts_are_cut_as_the_package_cuts_them()
    {
        var encoder = Encoder();
        foreach (var known in Reference.Value)
            Assert.True(known.Pieces.SequenceEqual(encoder.Pieces.Encode(known.Text)),
                $"'{known.Text}': {string.Join(' ', encoder.Pieces.Encode(known.Text))}, not {string.Join(' ', known.Pieces)}");
        Assert.Empty(encoder.Pieces.Encode(""));
    }

    [Fact]
    public void Vectors_are_those_the_package_gave()
    {
        var encoder = Encoder();
        var known = Reference.Value.Where(k => k.Vector is not null).ToArray();
        float[] vectors = encoder.Embed([.. known.Select(k => k.Text)]);
        for (int i = 0; i < known.Length; i++)
            Assert.InRange(Cosine(vectors.AsSpan(i * 512, 512), known[i].Vector), .99999, 1.00001);
    }

    [Fact]
    public void Vectors_are_those_the_package_gives_here_and_now()
    {
        var encoder = Encoder();
        string[] texts = [.. Reference.Value.Select(k => k.Text), .. Sentences(20)];
        int[][] pieces = [.. texts.Select(encoder.Pieces.Encode)];
        string answer = RunNode(JsonSerializer.Serialize(pieces.Select(p => p.Take(400).ToArray())));
        float[][] vectors = JsonSerializer.Deserialize<float[][]>(answer)!;
        float[] ours = encoder.Embed(texts);
        for (int i = 0; i < texts.Length; i++) Assert.InRange(Cosine(ours.AsSpan(i * 512, 512), vectors[i]), .99999, 1.00001);
    }

    [Fact]
    public void A_vector_depends_on_its_text_alone()
    {
        var encoder = Encoder();
        string[] texts = Sentences(40);
        float[] all = encoder.Embed(texts);
        Assert.Equal(all, encoder.Embed(texts, maxThreads: 2));
        for (int i = 0; i < texts.Length; i += 13) Assert.Equal(all[(i * 512)..(i * 512 + 512)], encoder.Embed([texts[i]]));
        Assert.All(encoder.Embed([""]), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Like_meanings_lie_closer()
    {
        float[] v = Encoder().Embed(["How old are you?", "What is your age?", "The train was late again."]);
        Assert.True(Cosine(v.AsSpan(0, 512), v.AsSpan(512, 512)) > .7);
        Assert.True(Cosine(v.AsSpan(0, 512), v.AsSpan(1024, 512)) < .4);
    }

    [Fact]
    public void Copies_and_near_copies_go_and_the_first_stays()
    {
        string[] texts =
            ["The cat sat on the mat.", "Prices rose in May.", "The cat sat on the mat.", "the cat sat on the mat", "", ""];
        Assert.Equal([-1, -1, 0, 0, -1, -1], TextEmbeddings.Duplicates(Encoder(), texts, .9f));
        Assert.Equal(1, TextEmbeddings.Coverage(Encoder(), Sentences(12), Sentences(12), k: 2));
    }

    [Theory]
    [InlineData("[]", "{}", "vocab.json")]
    [InlineData("[[\"a\"]]", "{}", "vocab.json")]
    [InlineData("[[\"a\",0],[\"b\",0],[\"c\",0],[\"d\",0],[\"e\",0],[\"f\",0],[\"g\",-1]]", "{}", "model.json")]
    [InlineData("[[\"a\",0],[\"b\",0],[\"c\",0],[\"d\",0],[\"e\",0],[\"f\",0],[\"g\",-1]]",
        "{\"weightsManifest\":[{\"paths\":[\"../x\"],\"weights\":[]}]}", "model.json")]
    [InlineData("[[\"a\",0],[\"b\",0],[\"c\",0],[\"d\",0],[\"e\",0],[\"f\",0],[\"g\",-1]]",
        "{\"weightsManifest\":[{\"paths\":[],\"weights\":[{\"name\":\"w\",\"shape\":[99999,99999],\"dtype\":\"float32\"}]}]}",
        "model.json")]
    public void Files_that_are_not_the_encoder_are_refused(string vocabulary, string model, string file)
    {
        string folder = Directory.CreateTempSubdirectory("simulant-encoder-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "vocab.json"), vocabulary);
            File.WriteAllText(Path.Combine(folder, "model.json"), model);
            var thrown = Assert.Throws<DataException>(() => SentenceEncoder.Load(folder));
            Assert.Contains(file, thrown.Message);
            Assert.Contains("npm ci", thrown.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Folder() => SentenceEncoder.Find(Environment.GetEnvironmentVariable(SentenceEncoder.Variable), Repository.Root);

    private static SentenceEncoder Encoder()
    {
        Assert.SkipWhen(Folder() is null, "the sentence encoder is not restored: cd native && npm ci");
        return Loaded.Value;
    }

    private static string[] Sentences(int count) => [.. Enumerable.Range(0, count).Select(i =>
        $"{(i % 3 == 0 ? "A" : "The other")} {Nouns[i % 4]} number {i} {(i % 2 == 0 ? "sleeps" : "sinks")}.")];

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double product = 0, left = 0, right = 0;
        for (int i = 0; i < a.Length; i++)
        {
            product += (double)a[i] * b[i];
            left += (double)a[i] * a[i];
            right += (double)b[i] * b[i];
        }
        return product / Math.Sqrt(left * right);
    }

    private static string RunNode(string input)
    {
        string modules = Path.GetFullPath(Path.Combine(Folder()!, "..", "..", ".."));
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "@energetic-ai", "core")), "@energetic-ai/core is not restored");
        var start = new ProcessStartInfo("node", [Repository.PathOf(Here + "reference.js"), modules])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = new Process { StartInfo = start };
        bool started;
        try
        {
            started = node.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            started = false;
        }
        Assert.SkipUnless(started, "node is not there");
        node.StandardInput.Write(input);
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, errors.Result);
        return output;
    }
}
