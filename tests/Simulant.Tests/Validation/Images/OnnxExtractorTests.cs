using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Images;
using Xunit;

namespace Simulant.Tests.Validation.Images;

/// <summary>Networks written here byte by byte, as the messages of the ONNX format say, and run where the library is installed.</summary>
public sealed class OnnxExtractorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onnx").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_of_means_gives_the_means_of_channels(bool channelsFirst)
    {
        Assert.SkipUnless(OnnxExtractor.Installed, "ONNX Runtime is not installed");
        string file = Write(channelsFirst ? Model("GlobalAveragePool", 1, [0, 3, 5, 7]) : Model("ReduceMean", 1, [0, 5, 7, 3]));
        using var extractor = OnnxExtractor.Open(file);
        var set = Noise(20, 7, 5);
        var features = extractor.Extract(set, RunContext.Quiet(1));
        Assert.Equal((7, 5, 3), (extractor.Width, extractor.Height, extractor.Channels));
        Assert.Equal(("onnx", "none 7x5x3", channelsFirst ? 3 : 1), (features.Id.Name, features.Id.Resize, features.Id.Dimension));
        for (int i = 0; i < set.Count; i++)
            if (channelsFirst)
                for (int c = 0; c < 3; c++)
                    Assert.Equal(Enumerable.Range(0, 35).Average(p => set.Picture(i)[3 * p + c] / 255.0), features.Row(i)[c], 1e-5);
            else
                Assert.Equal(set.Picture(i).ToArray().Average(v => v / 255.0), features.Row(i)[0], 1e-5);
        Assert.Equal(features.Values, extractor.Extract(set, RunContext.Quiet(1, 2)).Values);
        Assert.Contains("7 x 5", Assert.Throws<ArgumentException>(() => extractor.Extract(Noise(1, 5, 7), RunContext.Quiet(1))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_sides_are_224()
    {
        Assert.SkipUnless(OnnxExtractor.Installed, "ONNX Runtime is not installed");
        using var extractor = OnnxExtractor.Open(Write(Model("GlobalAveragePool", 1, [0, 1, 0, 0])));
        Assert.Equal((224, 224, 1), (extractor.Width, extractor.Height, extractor.Channels));
    }

    [Theory]
    [InlineData("rubbish", "cannot be run")]
    [InlineData("rank", "not float samples")]
    [InlineData("type", "not float samples")]
    [InlineData("channels", "takes 4 channels")]
    [InlineData("infinite", "output 0 is")]
    public void Faults_name_the_file(string kind, string words)
    {
        string file = Write(kind switch
        {
            "rubbish" => Encoding.UTF8.GetBytes("this is no network"),
            "rank" => Model("Abs", 1, [0, 3]),
            "type" => Model("Abs", 6, [0, 3, 5, 7]),
            "channels" => Model("GlobalAveragePool", 1, [0, 4, 5, 7]),
            _ => Model("Log", 1, [0, 3, 5, 7]),
        });
        var fault = Assert.Throws<DataException>(() => OnnxExtractor.Open(file));
        Assert.Contains(OnnxExtractor.Installed ? words : "is not installed here; run: npm install", fault.Message,
            StringComparison.Ordinal);
        Assert.Equal(file, fault.File);
    }

    private string Write(byte[] model)
    {
        string file = Path.Combine(_folder, "network.onnx");
        File.WriteAllBytes(file, model);
        return file;
    }

    private static PictureSet Noise(int count, int width, int height)
    {
        var stream = new RandomStream(5, "onnx");
        byte[] pixels = [.. Enumerable.Range(0, count * width * height * 3).Select(i => (byte)(stream.Uniform(i, 0) * 256))];
        return new(width, height, 3, pixels, [], 0);
    }

    // ModelProto of one node from x to y: ir_version 8, opset 13; a dimension of 0 is left open.
    private static byte[] Model(string operation, int element, int[] shape)
    {
        byte[] tensor = [.. Number(1, element), .. Message(2, [.. shape.SelectMany(d =>
            Message(1, d > 0 ? Number(1, d) : Text(2, "n")))])];
        byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, operation)];
        byte[] graph = [.. Message(1, node), .. Text(2, "graph"), .. Message(11, [.. Text(1, "x"), .. Message(2, Message(1, tensor))]),
            .. Message(12, [.. Text(1, "y"), .. Message(2, Message(1, Number(1, element)))])];
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    private static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] body) => [(byte)(field << 3 | 2), .. Varint(body.Length), .. body];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7) yield return (byte)(value & 127 | 128);
        yield return (byte)value;
    }
}
