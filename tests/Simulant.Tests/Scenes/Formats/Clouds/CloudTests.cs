using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Scenes.Formats.Clouds;
using Xunit;

namespace Simulant.Tests.Scenes.Formats.Clouds;

/// <summary>Clouds go out and come back, in every layout, and what is damaged is refused.</summary>
public class CloudTests
{
    public static TheoryData<string> Layouts => ["ply-ascii", "ply-binary", "pcd-ascii", "pcd-binary", "pcd-compressed"];

    private static byte[] Write(string layout, PointCloud cloud) => layout switch
    {
        "ply-ascii" => PlyCloud.Write(cloud, binary: false),
        "ply-binary" => PlyCloud.Write(cloud),
        "pcd-ascii" => PcdCloud.Write(cloud, PcdData.Text),
        "pcd-binary" => PcdCloud.Write(cloud),
        _ => PcdCloud.Write(cloud, PcdData.Compressed),
    };

    private static PointCloud Read(string layout, byte[] bytes) =>
        layout.StartsWith("ply", StringComparison.Ordinal) ? PlyCloud.Read(bytes, "a") : PcdCloud.Read(bytes, "a");

    private static PointCloud Cloud(int count)
    {
        var stream = new RandomStream(4, "clouds");
        T[] Of<T>(Func<int, T> value) => [.. Enumerable.Range(0, count).Select(value)];
        return new(new("x", Of(i => (float)stream.Normal(i, 0))), new("y", Of(i => i % 5 == 0 ? float.NaN : i * 1e-20f)),
            new("z", Of(i => i == 0 ? float.PositiveInfinity : -i / 3f)), new("time", Of(i => i / 7.0)),
            new("ring", Of(i => (ushort)(i % 64))), new("label", Of(i => (byte)(i / 9))), new("off", Of(i => (sbyte)-i)),
            new("step", Of(i => (short)(-300 * i))), new("id", Of(i => (uint)i * 77_777_777u)), new("code", Of(i => -i * 1_000_003)));
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Every_number_comes_back(string layout)
    {
        foreach (int count in (int[])[0, 1, 400])
        {
            var cloud = Cloud(count);
            var back = Read(layout, Write(layout, cloud));
            Assert.Equal(cloud.Fields.Select(f => f.Name), back.Fields.Select(f => f.Name));
            foreach (var (a, b) in cloud.Fields.Zip(back.Fields))
            {
                Assert.Equal(a.Values.GetType(), b.Values.GetType());
                Assert.Equal(a.Values.Cast<object>(), b.Values.Cast<object>());
            }
            Assert.Equal(count, back.Of<float>("x")!.Length);
            Assert.Null(back.Of<int>("x"));
        }
    }

    [Fact]
    public void Layouts_are_those_of_the_formats()
    {
        var cloud = new PointCloud(new("x", new[] { 1f, -2.5f }), new("ring", new ushort[] { 3, 500 }));
        Assert.Equal("ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty ushort ring\nend_header\n1 3\n-2.5 500\n",
            Encoding.ASCII.GetString(PlyCloud.Write(cloud, binary: false)));
        byte[] binary = PlyCloud.Write(cloud);
        Assert.Equal((byte[])[0, 0, 0x80, 0x3F, 3, 0, 0, 0, 0x20, 0xC0, 0xF4, 1], binary[^12..]);
        string pcd = Encoding.ASCII.GetString(PcdCloud.Write(cloud, PcdData.Text));
        Assert.Contains("FIELDS x ring\nSIZE 4 2\nTYPE F U\nCOUNT 1 1\nWIDTH 2\nHEIGHT 1\n", pcd, StringComparison.Ordinal);
        Assert.EndsWith("POINTS 2\nDATA ascii\n1 3\n-2.5 500\n", pcd, StringComparison.Ordinal);
        // Packed, fields stand one after another.
        byte[] packed = PcdCloud.Write(cloud, PcdData.Compressed);
        Assert.Equal((byte[])[13, 0, 0, 0, 12, 0, 0, 0, 11, 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0, 3, 0, 0xF4, 1], packed[^21..]);
    }

    [Fact]
    public void Packing_undoes_itself_and_packs()
    {
        var stream = new RandomStream(5, "lzf");
        for (int item = 0; item < 200; item++)
        {
            int length = stream.Below(3000, item, 0), kinds = 1 + stream.Below(40, item, 1);
            byte[] from = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 97 < 50 ? stream.Below(kinds, item, 2 + i) : i / 97))];
            byte[] packed = Lzf.Pack(from);
            Assert.Equal(from, Lzf.Unpack(packed, length));
            Assert.Null(Lzf.Unpack(packed, length + 1));
            if (length > 0) Assert.Null(Lzf.Unpack(packed, length - 1));
            Assert.True(packed.Length <= length + length / 32 + 1);
        }
        Assert.InRange(Lzf.Pack(new byte[100_000]).Length, 1, 1300);
        // By hand: "abc" as it is, then six bytes from three back.
        Assert.Equal("abcabcabc"u8.ToArray(), Lzf.Unpack([2, (byte)'a', (byte)'b', (byte)'c', 4 << 5, 2], 9));
    }

    [Theory, MemberData(nameof(Layouts))]
    public void Cut_and_damaged_files_never_fail_otherwise_than_by_refusal(string layout)
    {
        byte[] file = Write(layout, Cloud(30));
        int refused = 0;
        for (int length = 0; length < file.Length; length += 7) Attempt(file[..length]);
        Assert.True(refused > file.Length / 7 - 5, $"{refused}");
        for (int at = 0; at < file.Length; at += 3)
        {
            byte[] changed = [.. file];
            changed[at] ^= (byte)(1 + at % 255);
            Attempt(changed);
        }

        void Attempt(byte[] bytes)
        {
            try
            {
                Read(layout, bytes);
            }
            catch (DataException e)
            {
                Assert.Equal("a", e.File);
                refused++;
            }
        }
    }

    [Theory]
    [InlineData("ply\nformat binary_big_endian 1.0\nelement vertex 0\nproperty float x\nend_header\n", "binary_big_endian")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 99999999\nproperty float x\nend_header\n", "promised in")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty list uchar int x\nend_header\n", "no line of the header")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty half x\nend_header\n1\n", "'half'")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty uchar x\nend_header\n256\n", "'256' is no number")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty uchar x\nproperty uchar x\nend_header\n2 2\n", "one name")]
    [InlineData("ply\nformat ascii 1.0\nelement face 1\nproperty uchar x\nend_header\n256\n", "element face stands")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n1 2\n", "2 numbers, and a point has 1")]
    public void Hostile_PLY_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => PlyCloud.Read(Encoding.ASCII.GetBytes(text), "a")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nPOINTS 100000000\nDATA binary_compressed\nabcdefgh", "100000000 points are promised")]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nPOINTS 100000000\nDATA binary\nabcdefgh", "100000000 points are promised")]
    [InlineData("FIELDS x\nSIZE 3\nTYPE F\nPOINTS 1\nDATA ascii\n1\n", "size '3'")]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nCOUNT 2\nPOINTS 1\nDATA ascii\n1\n", "several numbers a point")]
    [InlineData("FIELDS x\nSIZE 4 4\nTYPE F\nPOINTS 1\nDATA ascii\n1\n", "SIZE with 1 values")]
    [InlineData("FIELDS x\nSIZE 4\nTYPE F\nPOINTS 1\nDATA zip\n1\n", "DATA 'zip'")]
    [InlineData("FIELDS x\nFIELDS y\n", "no line of the header")]
    [InlineData("POINTS 1\nDATA ascii\n", "FIELDS")]
    public void Hostile_PCD_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => PcdCloud.Read(Encoding.ASCII.GetBytes(text), "a")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Clouds_are_checked_as_they_are_made()
    {
        Assert.Throws<ArgumentException>(() => new PointCloud());
        Assert.Throws<ArgumentException>(() => new PointCloud(new CloudField("a b", new float[1])));
        Assert.Throws<ArgumentException>(() => new PointCloud(new CloudField("a", new long[1])));
        Assert.Throws<ArgumentException>(() => new PointCloud(new("a", new float[1]), new("b", new float[2])));
        Assert.Throws<ArgumentException>(() => new PointCloud(new("a", new float[1]), new("a", new float[1])));
    }
}
