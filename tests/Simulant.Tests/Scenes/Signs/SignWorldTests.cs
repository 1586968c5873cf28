using System.Numerics;
using System.Text;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Vector;
using Simulant.Scenes.Signs;
using Xunit;

namespace Simulant.Tests.Scenes.Signs;

public sealed class SignWorldTests : IDisposable
{
    private const string Disc = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'>"
        + "<circle cx='10' cy='10' r='10' fill='#c01020'/>"
        + "<rect x='4' y='8' width='12' height='4' fill='white'/></svg>";

    private const string Triangle = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'><path d='M10 0L20 18H0Z' fill='#d02020'/>"
        + "<path d='M10 5L16 15H4Z' fill='white'/><rect x='9' y='8' width='2' height='5'/></svg>";

    private readonly string _folder = Directory.CreateTempSubdirectory("signs").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Pictures_are_the_same_on_any_threads_and_in_any_division()
    {
        var world = new SignWorld(5, Templates());
        byte[] whole = world.Pictures(0, 12, 32, RunContext.Quiet(1));
        Assert.Equal(whole, world.Pictures(0, 12, 32, RunContext.Quiet(9, 4)));
        Assert.Equal(whole.AsSpan(7 * 3072, 3072).ToArray(), new SignWorld(5, Templates()).Picture(7, 32));
        Assert.NotEqual(whole, new SignWorld(6, Templates()).Pictures(0, 12, 32, RunContext.Quiet(1)));
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(i => world.ClassOf(i)));
    }

    [Fact]
    public void What_is_shown_is_the_sign_of_the_class()
    {
        // Red discs with a bar, and red triangles: the middle rows of a disc are mostly white, those of a triangle hold a dark stroke.
        var world = new SignWorld(11, Templates());
        byte[] all = world.Pictures(0, 120, 32, RunContext.Quiet(1, 2));
        double[] redder = new double[2], lower = new double[2];
        for (int i = 0; i < 120; i++)
            for (int p = 0; p < 1024; p++)
            {
                var pixel = all.AsSpan(i * 3072 + 3 * p, 3);
                double red = pixel[0] - 0.5 * (pixel[1] + pixel[2]);
                redder[i % 2] += red;
                // A triangle's red lies low; a disc's is even.
                lower[i % 2] += red * (p / 32 - 15.5);
            }
        Assert.All(redder, r => Assert.True(r > 0, "signs are redder than the roadside"));
        Assert.True(lower[1] / redder[1] > lower[0] / redder[0] + 1, $"{lower[0] / redder[0]} {lower[1] / redder[1]}");
    }

    [Fact]
    public void Sizes_keep_means()
    {
        var even = new Raster<byte>(40, 40, 3, [.. Enumerable.Range(0, 4800).Select(i => (byte)(i % 3 == 0 ? 200 : 40))]);
        Assert.All(SignPhotograph.Sized(even, 32).Chunk(3), p => Assert.Equal([200, 40, 40], p));
        Assert.All(SignPhotograph.Sized(new(17, 17, 3, [.. even.Samples.Take(867)]), 32).Chunk(3), p => Assert.Equal([200, 40, 40], p));
        var ramp = new Raster<byte>(96, 96, 3, [.. Enumerable.Range(0, 96 * 96 * 3).Select(i => (byte)(i / 3 % 96 * 2))]);
        byte[] small = SignPhotograph.Sized(ramp, 32);
        for (int x = 0; x < 32; x++) Assert.Equal(6 * x + 2, small[3 * (5 * 32 + x)]);
    }

    [Fact]
    public void A_mosaic_of_one_colour_is_that_colour_and_an_edge_is_fringed()
    {
        float[] colour = [0.2f, 0.5f, 0.7f];
        float[] even = [.. Enumerable.Range(0, 49).Select(i => colour[SignPhotograph.Mosaic(i % 7, i / 7)])];
        float[] edge = [.. Enumerable.Range(0, 49).Select(i => i % 7 < 4 ? 0f : 1)];
        for (int i = 0; i < 49; i++)
            Assert.True(Vector3.Distance(new(0.2f, 0.5f, 0.7f), SignPhotograph.Demosaiced(even, 7, i % 7, i / 7)) < 1e-6);
        // A step from black to white at column 4: greens see it half way where reds, whose columns are even, see it whole or not.
        var fringe = SignPhotograph.Demosaiced(edge, 7, 3, 2);
        Assert.True(fringe.X > fringe.Y, $"{fringe}");
        Assert.Equal(Vector3.Zero, SignPhotograph.Demosaiced(edge, 7, 1, 2));
    }

    [Fact]
    public void A_table_names_drawings_frames_and_what_is_taken()
    {
        Write("ring.svg", "<svg viewBox='0 0 40 40'><circle cx='20' cy='20' r='20' fill='#f00'/>"
            + "<circle cx='20' cy='20' r='15' fill='#fff'/></svg>");
        Write("disc.svg", Disc.Replace("white", "black", StringComparison.Ordinal));
        string table = Write("signs.csv",
            "# classes\n0,ring,ring.svg\n1,bar,disc.svg,frame=ring.svg,take=dark\n1,bold,disc.svg,frame=ring.svg,take=dark,"
            + "bold=1,swap=#c01020=#00ff00\n1,fitted,disc.svg,frame=ring.svg,take=dark,fit=0.2,mirror=yes\n");
        var templates = SignTemplate.Read(File.ReadAllText(table), table, Open);
        Assert.Equal([0, 1, 1, 1], templates.Select(t => t.Class));
        var fitted = Painter.Paint(templates[3].Drawing, 40, 40);
        Assert.Equal(8 * 8 / 3.0, Enumerable.Range(0, 900).Sum(i => fitted[5 + i % 30, 5 + i / 30, 1] < 0.5 && fitted[5 + i % 30, 5
            + i / 30, 0] < 0.5 ? 1 : 0), 6.0);
        Raster<float> plain = Painter.Paint(templates[1].Drawing, 40, 40), bold = Painter.Paint(templates[2].Drawing, 40, 40);
        Assert.Equal((1, 0, 0), (plain[2, 20, 0], plain[2, 20, 1], plain[2, 20, 2]));
        Assert.Equal((0, 0, 0), (plain[20, 20, 0], plain[20, 20, 1], plain[20, 20, 2]));
        Assert.Equal((1, 1, 1), (plain[20, 15, 0], plain[20, 15, 1], plain[20, 15, 2]));
        Assert.True(bold[20, 15, 0] < 0.5);
        Assert.Equal(SignTemplate.Size, templates[0].Outline.Max(p => p.X) - templates[0].Outline.Min(p => p.X), 1e-4);
    }

    [Fact]
    public void What_is_fitted_stands_where_it_is_told_and_what_is_on_top_covers_it()
    {
        Write("ring.svg", "<svg viewBox='0 0 40 40'><circle cx='20' cy='20' r='20' fill='#f00'/></svg>");
        Write("marks.svg", "<svg viewBox='0 0 10 10'><circle cx='5' cy='5' r='5' fill='#fff'/><rect x='3' y='3' width='2' height='2'/>"
            + "<rect x='6' y='6' width='2' height='2' fill='#333'/></svg>");
        Write("bar.svg", "<svg viewBox='0 0 40 40'><rect x='0' y='28' width='40' height='2' fill='#00f'/></svg>");
        string table = Write("signs.csv", "0,low,marks.svg,frame=ring.svg,take=black,fit=0.2,at=0.75\n"
            + "0,both,marks.svg,frame=ring.svg,take=dark,fit=0.2,at=0.75,top=bar.svg\n");
        var templates = SignTemplate.Read(File.ReadAllText(table), table, Open);
        Raster<float> low = Painter.Paint(templates[0].Drawing, 40, 40), both = Painter.Paint(templates[1].Drawing, 40, 40);
        (float, float, float) At(Raster<float> r, int x, int y) => (r[x, y, 0], r[x, y, 1], r[x, y, 2]);
        // The black square alone is taken: 8 wide, its middle at 20 across and three quarters down.
        Assert.Equal((0, 0, 0), At(low, 17, 27));
        Assert.Equal((0, 0, 0), At(low, 22, 32));
        Assert.Equal((1, 0, 0), At(low, 22, 24));
        Assert.Equal((1, 0, 0), At(low, 26, 30));
        Assert.Equal((0, 0, 1), At(both, 17, 28));
        Assert.Equal((0, 0, 0), At(both, 17, 27));
    }

    [Theory]
    [InlineData("0,ring,a.svg,frame=a.svg,take=dark,fit=0.4,at=-1", "at=-1")]
    [InlineData("0,ring,a.svg,frame=a.svg,take=dark,top=none.svg", "is not found")]
    [InlineData("0;ring;a.svg", "class,name,file")]
    [InlineData("x,ring,a.svg", "class,name,file")]
    [InlineData("0,ring,none.svg", "is not found")]
    [InlineData("0,ring,a.svg,size=3", "no option 'size=3'")]
    [InlineData("0,ring,a.svg,swap=red", "colour=#rrggbb")]
    [InlineData("0,ring,a.svg,frame=a.svg,take=some", "take=some")]
    [InlineData("0,ring,a.svg,frame=a.svg,take=dark,bold=x", "bold=x")]
    [InlineData("0,ring,empty.svg", "nothing is filled")]
    [InlineData("# nothing", "no sign")]
    public void Faults_of_a_table_are_named(string line, string words)
    {
        Write("a.svg", Disc);
        Write("empty.svg", "<svg><path fill='none' d='M0 0H9V9z'/></svg>");
        string table = Write("signs.csv", line);
        Assert.Contains(words, Assert.Throws<DataException>(() => SignTemplate.Read(File.ReadAllText(table), table, Open)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_class_needs_a_drawing() =>
        Assert.Contains("class 0", Assert.Throws<ArgumentException>(() => new SignWorld(1, [Templates()[1]])).Message,
            StringComparison.Ordinal);

    private byte[]? Open(string file) => Path.Combine(_folder, file) is var path && File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static SignTemplate[] Templates() => [Of(0, Disc), Of(1, Triangle)];

    private static SignTemplate Of(int kind, string svg) =>
        SignTemplate.Of(kind, "sign", SvgReader.Read(Encoding.UTF8.GetBytes(svg), "sign.svg"), "sign.svg");

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
