using System.Buffers.Binary;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Xunit;

namespace Simulant.Tests.Data;

public class SafetensorsTests
{
    private static ParameterStore Model(ulong seed, int width = 5)
    {
        var store = new ParameterStore(new RandomStream(seed, "model"));
        _ = new Mlp(store, "net", [3, width, 2]);
        return store;
    }

    private static byte[] Bytes(ParameterStore store, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, store, metadata);
        return stream.ToArray();
    }

    private static byte[] File(string header, int data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), file = new byte[8 + json.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    private static string Refused(byte[] file) =>
        Assert.Throws<DataException>(() => Safetensors.Read(new MemoryStream(file), "w.safetensors")).Message;

    [Fact]
    public void Weights_come_back_bit_for_bit()
    {
        ParameterStore model = Model(1), other = Model(2);
        var read = Safetensors.Read(new MemoryStream(Bytes(model, new Dictionary<string, string> { ["engine"] = "ctgan \"é\"" })));
        Assert.Equal("ctgan \"é\"", read.Metadata["engine"]);
        Assert.Equal([3L, 5L], read.Tensors["net.0.weight"].Shape);
        read.CopyTo(other);
        Assert.Equal(model.Values.ToArray(), other.Values.ToArray());
    }

    // The layout of the format's own page: length, header, numbers; here for one tensor of 1 x 2, byte by byte.
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var store = new ParameterStore(new RandomStream(1, "model"));
        store.Add("w", 1, 2, (tensor, _, _) => (tensor.Values[0], tensor.Values[1]) = (1, -2));
        const string header = """{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        byte[] expected = File(header.PadRight(56), 8);
        BinaryPrimitives.WriteSingleLittleEndian(expected.AsSpan(64), 1);
        BinaryPrimitives.WriteSingleLittleEndian(expected.AsSpan(68), -2);
        Assert.Equal(expected, Bytes(store));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "type F16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "2 numbers has 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "dimension of -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999,99999999,99999999],"data_offsets":[0,4]}}""", 4, "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "no place")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "after the last")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "ends within tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        8, "begins at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "header cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "header cannot be read")]
    [InlineData("""{"a":[[[[[[1]]]]]]}""", 0, "header cannot be read")]
    [InlineData("""{"__metadata__":{"a":null}}""", 0, "is null")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "header cannot be read")]
    [InlineData("[1, 2]", 0, "not a JSON object")]
    [InlineData("{]", 0, "header cannot be read")]
    public void A_hostile_header_is_refused_with_its_reason(string header, int data, string reason) =>
        Assert.Contains(reason, Refused(File(header, data)));

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = Bytes(Model(1));
        for (int length = 0; length < whole.Length; length++) Refused(whole[..length]);
        BinaryPrimitives.WriteUInt64LittleEndian(whole, ulong.MaxValue);
        Assert.Contains("header claims", Refused(whole));
    }

    [Fact]
    public void Weights_of_another_model_are_refused_and_change_nothing()
    {
        var read = Safetensors.Read(new MemoryStream(Bytes(Model(1))));
        var wide = Model(2, 6);
        float[] before = wide.Values.ToArray();
        Assert.Contains("is 3 x 5, not 3 x 6", Assert.Throws<DataException>(() => read.CopyTo(wide)).Message);
        Assert.Equal(before, wide.Values.ToArray());
        var larger = Model(2);
        larger.Add("more", 1, 1, Initialisers.Zeros);
        Assert.Contains("no tensor 'more'", Assert.Throws<DataException>(() => read.CopyTo(larger)).Message);
        var smaller = new ParameterStore(new RandomStream(1, "model"));
        _ = new LinearLayer(smaller, "net.0", 3, 5);
        Assert.Contains("no part of the model", Assert.Throws<DataException>(() => read.CopyTo(smaller)).Message);
        var broken = Model(1);
        broken.Values[3] = float.NaN;
        Assert.Contains("not finite",
            Assert.Throws<DataException>(() => Safetensors.Read(new MemoryStream(Bytes(broken))).CopyTo(Model(2))).Message);
    }
}
