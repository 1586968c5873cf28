using System.Text;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Latent;

public class ColumnModesTests
{
    private static readonly double[] Numbers =
        [.. Enumerable.Range(0, 1000).Select(i => i % 3 == 0 ? 0 : 50.0 + i % 40), double.NaN, double.PositiveInfinity];

    private static ColumnModes Numeric() => ColumnModes.Fit(new ModelColumn("n", 0, false, 1, false), Numbers);

    [Fact]
    public void Values_come_back_through_their_codes()
    {
        var column = Numeric();
        Assert.InRange(column.Modes, 2, 10);
        Assert.False(column.IsDiscrete);
        foreach (double value in Numbers)
        {
            var (code, place) = column.Encode(value, 0.5);
            Assert.Equal(value, column.Decode(code, place, 0.5));
            Assert.True(double.IsFinite(value) ? code < column.Modes : code >= column.Modes);
        }
    }

    [Fact]
    public void A_place_beyond_a_mode_is_held_at_its_end()
    {
        var column = Numeric();
        for (int mode = 0; mode < column.Modes; mode++) Assert.Equal(column.Decode(mode, 1, 0), column.Decode(mode, 5, 0));
    }

    [Fact]
    public void Levels_beyond_the_limit_share_a_code_and_come_back_by_frequency()
    {
        // Levels 0..299: the first 255 three times, 255 to 298 once, 299 twice.
        double[] levels = [.. Enumerable.Range(0, 300), .. Enumerable.Range(0, 255), .. Enumerable.Range(0, 255), 299];
        var column = ColumnModes.Fit(new ModelColumn("c", 300, false, 0, false), levels);
        Assert.True(column.IsDiscrete);
        Assert.Equal(ColumnModes.MostCodes, column.Codes);
        int shared = column.Encode(299, 0).Code;
        Assert.Equal(shared, column.Encode(260, 0).Code);
        Assert.NotEqual(shared, column.Encode(17, 0).Code);
        int[] drawn = [.. Enumerable.Range(0, 4600).Select(i => (int)column.Decode(shared, 0, (i + 0.5) / 4600))];
        Assert.Equal(45, drawn.Distinct().Count());
        Assert.Equal(200, drawn.Count(level => level == 299));
        var allowed = new Allowed(0, [256, 299], 0, 0);
        Assert.Equal(3.0 / 46, column.Share(shared, 0, allowed), 1e-12);
        Assert.All(Enumerable.Range(0, 30), i => Assert.Contains(column.Decode(shared, 0, i / 30.0, allowed), new[] { 256.0, 299 }));
    }

    [Fact]
    public void What_is_saved_is_read_back()
    {
        var column = Numeric();
        var bytes = new MemoryStream();
        column.Save(new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true));
        var read = Read(bytes.ToArray());
        foreach (double value in Numbers) Assert.Equal(column.Encode(value, 0.7), read.Encode(value, 0.7));
    }

    [Theory]
    [InlineData(0, 11, "11 modes")]
    [InlineData(0, -1, "-1 modes")]
    public void Damaged_bytes_are_refused(int at, int value, string message)
    {
        var bytes = new MemoryStream();
        Numeric().Save(new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true));
        byte[] damaged = bytes.ToArray();
        BitConverter.TryWriteBytes(damaged.AsSpan(at), value);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(damaged)).Message);
    }

    private static ColumnModes Read(byte[] bytes) =>
        ColumnModes.Load(new BinaryReader(new MemoryStream(bytes)), new ModelColumn("n", 0, false, 1, false));
}
