using System.IO.Compression;
using System.Text;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs;
using Xunit;

namespace Simulant.Tests.Images.Codecs;

/// <summary>NPY and IDX.</summary>
public class ArrayFileTests
{
    /// <summary>The bytes that numpy.save writes for array([[1, 2, 3]], dtype='uint16'), by NumPy's description of the format.</summary>
    [Fact]
    public void An_npy_file_is_what_NumPy_writes()
    {
        string header = "{'descr': '<u2', 'fortran_order': False, 'shape': (1, 3), }".PadRight(117) + "\n";
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 1, 0, 2, 0, 3, 0];
        Assert.Equal(expected, Npy.Write(new Raster<ushort>(3, 1, 1, [1, 2, 3])));
    }

    [Fact]
    public void Npy_goes_in_a_circle()
    {
        var image = new Raster<float>(5, 4, 3, [.. Enumerable.Range(0, 60).Select(i => i * 0.37f - 3)], ColourSpace.Data);
        var back = Npy.Read<float>(Npy.Write(image), "a.npy");
        Assert.Equal((5, 4, 3), (back.Width, back.Height, back.Channels));
        Assert.Equal(image.Samples, back.Samples);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3), }", "type '<f8'")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 3), }", "Fortran order")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 1, 1), }", "4 dimensions")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 3, 5), }", "5 channels")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 3), }", "at least 1")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (900000, 3), }", "more than the")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", "the shape takes 6")]
    [InlineData("{'descr': __import__('os'), }", "does not say descr")]
    public void Npy_refuses(string header, string message)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), 1, 2, 3];
        Assert.Contains(message, Assert.Throws<DataException>(() => Npy.Read<byte>(file, "a.npy")).Message);
    }

    [Fact]
    public void Npy_refuses_other_beginnings()
    {
        byte[] file = Npy.Write(new Raster<byte>(3, 1, 1, [1, 2, 3]));
        Assert.Contains("does not begin", Refusal(file[1..]));
        byte[] version = [.. file], length = [.. file];
        (version[6], length[9]) = (4, 90);
        Assert.Contains("version 4", Refusal(version));
        Assert.Contains("a header of", Refusal(length));
        static string Refusal(byte[] bytes) => Assert.Throws<DataException>(() => Npy.Read<byte>(bytes, "a.npy")).Message;
    }

    [Fact]
    public void Idx_is_read_packed_and_plain()
    {
        byte[] file = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];
        foreach (byte[] given in new[] { file, Packed(file) })
        {
            var array = Idx.Read(given, "a.idx");
            Assert.Equal([2, 1, 3], array.Shape);
            Assert.Equal([4, 5, 6], array.Image(1).Samples.Select(s => (int)s));
            Assert.Equal((3, 1, 1), (array.Image(1).Width, array.Image(1).Height, array.Image(1).Channels));
        }
    }

    [Theory]
    [InlineData("01000803", "does not begin")]
    [InlineData("00000D03", "type 0d")]
    [InlineData("00000809", "9 dimensions")]
    [InlineData("0000080200000002FFFFFFFF", "dimension 2 is -1")]
    [InlineData("00000802000000027F000000", "dimension 2")]
    [InlineData("0000080100010000", "too few for 65536")]
    [InlineData("000008010000000401", "ends early")]
    [InlineData("00000801000000010102", "more than the stated")]
    [InlineData("1F8B00", "ends early|cannot be unpacked")]
    public void Idx_refuses(string bytes, string message)
    {
        string refusal = Assert.Throws<DataException>(() => Idx.Read(Convert.FromHexString(bytes), "a.idx")).Message;
        Assert.Matches(message, refusal);
    }

    [Fact]
    public void Traffic_signs_are_read()
    {
        string? folder = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        Assert.SkipWhen(folder is null, "SIMULANT_DATA names no folder of public data");
        var images = Idx.Read(File.ReadAllBytes(Path.Combine(folder!, "images/gtsrb32_validation_images.idx.gz")), "signs");
        var labels = Idx.Read(File.ReadAllBytes(Path.Combine(folder!, "images/gtsrb32_validation_labels.idx.gz")), "labels");
        Assert.Equal([0xF18, 32, 32, 3], images.Shape);
        Assert.Equal([0xF18], labels.Shape);
        Assert.Equal(42, labels.Values.Max());
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
