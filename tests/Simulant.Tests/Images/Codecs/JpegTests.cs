using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Codecs.Jpeg;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Images.Codecs;

/// <summary>JPEG against libjpeg-turbo's own output, and in circles.</summary>
public class JpegTests
{
    [Theory]
    [InlineData(JpegSamples.Baseline420, JpegSamples.Baseline420Pixels)]
    [InlineData(JpegSamples.Progressive420, JpegSamples.Baseline420Pixels)]
    [InlineData(JpegSamples.Restarts444, JpegSamples.Restarts444Pixels)]
    [InlineData(JpegSamples.Optimised422, JpegSamples.Optimised422Pixels)]
    [InlineData(JpegSamples.ProgressiveGrey, JpegSamples.ProgressiveGreyPixels)]
    public void Files_of_libjpeg_are_read_as_libjpeg_reads_them(string file, string pixels)
    {
        var image = JpegReader.Read(Convert.FromBase64String(file), "a.jpg");
        byte[] expected = Convert.FromBase64String(pixels);
        Assert.Equal((21, 13, expected.Length), (image.Width, image.Height, image.Samples.Length));
        // Its transform rounds in whole numbers, ours at the end: a step of 1 before colours are mixed can become 2.
        int worst = 0, apart = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = Math.Abs(expected[i] - image.Samples[i]);
            worst = Math.Max(worst, difference);
            if (difference > 1) apart++;
        }
        Assert.InRange(worst, 0, 2);
        Assert.InRange(apart, 0, expected.Length / 50);
    }

    [Theory]
    [InlineData(100, false, 50.0)]
    [InlineData(95, false, 38.0)]
    [InlineData(95, true, 36.0)]
    [InlineData(50, true, 28.0)]
    public void What_is_written_is_read_at_the_quality_asked_for(int quality, bool halved, double decibels)
    {
        var image = Smooth(75, 41, 3);
        byte[] file = JpegWriter.Write(image, quality, halved);
        Assert.Equal(file, JpegWriter.Write(image, quality, halved));
        double found = Decibels(image, JpegReader.Read(file, "a.jpg"));
        Assert.True(found >= decibels, $"{found:0.0} dB");
    }

    [Fact]
    public void Grey_and_extremes_go_in_a_circle()
    {
        Assert.True(Decibels(Smooth(33, 9, 1), JpegReader.Read(JpegWriter.Write(Smooth(33, 9, 1), 100), "a.jpg")) > 50);
        var stream = new RandomStream(1, "extremes");
        var harsh = new Raster<byte>(40, 40, 3);
        for (int i = 0; i < harsh.Samples.Length; i++) harsh.Samples[i] = stream.Below(2, i, 0) == 0 ? (byte)0 : (byte)255;
        Assert.True(Decibels(harsh, JpegReader.Read(JpegWriter.Write(harsh, 100, halved: false), "a.jpg")) > 35);
    }

    [Fact]
    public void Lower_quality_is_smaller() => Assert.True(
        JpegWriter.Write(Smooth(75, 41, 3), 20).Length < JpegWriter.Write(Smooth(75, 41, 3), 80).Length);

    /// <summary>The zigzag of figure A.6, its first and last rows.</summary>
    [Fact]
    public void The_zigzag_is_the_standard_s()
    {
        Assert.Equal([0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5], JpegTables.Zigzag[..16].Select(z => (int)z));
        Assert.Equal([58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63], JpegTables.Zigzag[48..].Select(z => (int)z));
        for (int t = 0; t < 4; t++)
        {
            Assert.Equal(t % 2 == 0 ? 12 : 162, JpegTables.CodeValues[t].Length);
            Assert.Equal(JpegTables.CodeValues[t].Length, JpegTables.CodeCounts[t].Sum(c => c));
            Assert.Equal(JpegTables.CodeValues[t].Length, JpegTables.CodeValues[t].Distinct().Count());
        }
    }

    [Theory]
    [InlineData(0, "D8FF", "does not begin as a JPEG")]
    [InlineData(2, "00", "where a marker")]
    [InlineData(4, "FFFF", "reaches beyond the end")]
    [InlineData(-1, "", "cut off")]
    public void Hostile_files_are_refused(int at, string bytes, string message)
    {
        byte[] file = Convert.FromBase64String(JpegSamples.Baseline420);
        if (at < 0) file = file[..^20];
        else Convert.FromHexString(bytes).CopyTo(file, at);
        var thrown = Assert.Throws<DataException>(() => JpegReader.Read(file, "a.jpg"));
        Assert.Contains(message, thrown.Message);
        Assert.StartsWith("at byte ", thrown.Message);
    }

    [Theory]
    [InlineData(0xC3, 0, 8, "arithmetic-coded")]
    [InlineData(0xC0, 0, 12, "12 bits a sample")]
    [InlineData(0xC0, 1, 0, "both must be at least 1")]
    [InlineData(0xC0, 1, 0xFF, "more than the|too few for")]
    [InlineData(0xC0, 5, 2, "wrong length")]
    [InlineData(0xC0, 7, 0x51, "impossible sampling")]
    [InlineData(0xC0, 9, 1, "impossible sampling")]
    public void Hostile_frames_are_refused(byte marker, int field, byte value, string message)
    {
        byte[] file = Convert.FromBase64String(JpegSamples.Baseline420);
        int frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        file[frame + 1] = marker;
        file[frame + 4 + field] = value;
        if (field == 1) file[frame + 6] = file[frame + 7] = file[frame + 8] = value;
        Assert.Matches(message, Assert.Throws<DataException>(() => JpegReader.Read(file, "a.jpg")).Message);
    }

    [Theory]
    [InlineData(JpegSamples.Baseline420)]
    [InlineData(JpegSamples.Progressive420)]
    [InlineData(JpegSamples.Restarts444)]
    public void Damaged_files_are_read_or_refused_and_nothing_else(string sample)
    {
        byte[] sound = Convert.FromBase64String(sample);
        var stream = new RandomStream(7, "fuzz");
        int refused = 0, read = 0;
        for (int i = 0; i < 1500; i++)
        {
            byte[] file = [.. sound];
            for (int k = 0; k <= i % 3; k++) file[stream.Below(file.Length, i, k)] = (byte)stream.Below(256, i, k + 10);
            if (i % 5 == 0) file = file[..stream.Below(file.Length, i, 99)];
            try
            {
                JpegReader.Read(file, "a.jpg", new ImageLimits { MaxPixels = 1_000_000 });
                read++;
            }
            catch (DataException)
            {
                refused++;
            }
        }
        Assert.True(read > 50 && refused > 300, $"{read} {refused}");
    }

    [Fact]
    public void Alpha_is_not_written() =>
        Assert.Throws<ArgumentException>(() => JpegWriter.Write(new Raster<byte>(3, 3, 4)));

    private static Raster<byte> Smooth(int width, int height, int channels)
    {
        var image = new Raster<byte>(width, height, channels);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int c = 0; c < channels; c++)
                    image[x, y, c] = (byte)(127 + 60 * Math.Sin(x * 0.11 + c) + 60 * Math.Cos(y * 0.13 - c));
        return image;
    }

    private static double Decibels(Raster<byte> a, Raster<byte> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Samples.Length; i++) sum += Math.Pow(a.Samples[i] - b.Samples[i], 2);
        return 10 * Math.Log10(255 * 255 / Math.Max(sum / a.Samples.Length, 1e-9));
    }
}
