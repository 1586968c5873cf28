using System.Text;
using Simulant.Data;
using Simulant.Images.Codecs;
using Xunit;

namespace Simulant.Tests.Images.Codecs;

public class RadianceHdrTests
{
    private static byte[] File(string size, params byte[] pixels) =>
        [.. Encoding.ASCII.GetBytes($"#?RADIANCE\n# made by hand\nFORMAT=32-bit_rle_rgbe\n\n{size}\n"), .. pixels];

    [Fact]
    public void Flat_pixels_and_old_runs_are_read()
    {
        // 128/256 * 2^(129 - 128) = 1; 64/256 * 2^(131 - 128) = 2; exponent 0 is black.
        var image = RadianceHdr.Read(File("-Y 1 +X 5", 128, 64, 0, 129, 1, 1, 1, 2, 64, 128, 255, 131, 9, 9, 9, 0), "a.hdr");
        Assert.Equal((5, 1, 3), (image.Width, image.Height, image.Channels));
        foreach (int x in new[] { 0, 1, 2 }) Assert.Equal((1f, 0.5f, 0f), (image[x, 0, 0], image[x, 0, 1], image[x, 0, 2]));
        Assert.Equal((2f, 4f, 255 / 32f), (image[3, 0, 0], image[3, 0, 1], image[3, 0, 2]));
        Assert.Equal((0f, 0f), (image[4, 0, 0], image[4, 0, 2]));
    }

    [Fact]
    public void Planes_of_runs_are_read()
    {
        var image = RadianceHdr.Read(File("-Y 1 +X 8", 2, 2, 0, 8, 128 + 8, 100, 3, 1, 2, 3, 128 + 5, 7, 128 + 8, 0, 128 + 8, 128),
            "a.hdr");
        Assert.Equal([100 / 256f, 1 / 256f, 0], new[] { image[0, 0, 0], image[0, 0, 1], image[0, 0, 2] });
        Assert.Equal([3 / 256f, 7 / 256f], new[] { image[2, 0, 1], image[7, 0, 1] });
    }

    [Fact]
    public void What_is_damaged_is_refused_with_its_place()
    {
        byte[] whole = File("-Y 1 +X 8", 2, 2, 0, 8, 136, 100, 136, 1, 136, 0, 136, 128);
        RadianceHdr.Read(whole, "a.hdr");
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<DataException>(() => RadianceHdr.Read(whole.AsSpan(0, length), "a.hdr"));
        foreach (byte[] bad in new[]
        {
            File("-Y 1 +X 8", 2, 2, 0, 8, 137, 100, 136, 1, 136, 0, 136, 128), File("-Y 1 +X 8", 2, 2, 0, 8, 0, 100, 136, 1),
            File("+Y 1 +X 8", 1), File("-Y 1 +X x", 1), File("-Y 99999999 +X 99999999", 1), File("-Y 1 +X 4", 1, 1, 1, 4),
            File("-Y 9000 +X 9000", 1, 2, 3, 4), Encoding.ASCII.GetBytes("#?RADIANCE\nFORMAT=32-bit_rle_xyze\n\n-Y 1 +X 1\nabcd"),
        })
            Assert.Equal("a.hdr", Assert.Throws<DataException>(() => RadianceHdr.Read(bad, "a.hdr")).File);
    }
}
