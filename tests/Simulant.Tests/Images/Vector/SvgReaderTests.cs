using System.Text;
using Simulant.Data;
using Simulant.Images;
using Simulant.Images.Vector;
using Xunit;

namespace Simulant.Tests.Images.Vector;

public class SvgReaderTests
{
    [Theory]
    [InlineData("M2 3h6v4H2z", 24)]
    [InlineData("m2,3 6,0 0,4 -6,0z", 24)]
    [InlineData("M2 3L8 3 8 7 2 7", 24)]
    [InlineData("M10 5a5 5 0 1 1-10 0 5 5 0 0110 0z", Math.PI * 25)]
    [InlineData("M10 5A5 5 0 0 0 0 5Z", Math.PI * 12.5)]
    [InlineData("M10 5A1 1 0 0 0 0 5Z", Math.PI * 12.5)] // radii too short grow until they reach
    [InlineData("M0 0Q5 10 10 0Z", 100.0 / 3)] // Archimedes: two thirds of the triangle's box
    [InlineData("M0 5Q2.5 10 5 5T10 5", 50.0 / 3)]
    [InlineData("M0 0C0 4 10 4 10 0z", 24)] // 3/5 of the box of the control places
    [InlineData("M1-.5.5.5 1 1.5 1.5.5z", 1)]
    public void Path_data_encloses_its_area(string d, double area)
    {
        var drawing = Read("<svg xmlns='http://www.w3.org/2000/svg' width='12' height='12'>"
            + $"<path transform='translate(1 1)' d='{d}'/></svg>");
        Assert.Equal(area, Alpha(Painter.Paint(drawing, 120, 120)) / 100, 0.02 * Math.Max(1, area / 20));
    }

    [Theory]
    [InlineData("<rect x='1' y='2' width='5' height='4'/>", 20)]
    [InlineData("<rect x='1' y='2' width='6' height='4' rx='1'/>", 24 - (4 - Math.PI))]
    [InlineData("<circle cx='5' cy='5' r='3'/>", Math.PI * 9)]
    [InlineData("<ellipse cx='5' cy='5' rx='4' ry='2'/>", Math.PI * 8)]
    [InlineData("<polygon points='0,0 6,0 0,6'/>", 18)]
    [InlineData("<polyline points='0,0 6,0 0,6'/>", 18)]
    [InlineData("<line x1='1' y1='5' x2='9' y2='5' stroke='red' stroke-width='2'/>", 16)]
    [InlineData("<line x1='1' y1='5' x2='9' y2='5' stroke='red' stroke-width='2' stroke-linecap='square'/>", 20)]
    [InlineData("<line x1='1' y1='5' x2='9' y2='5' stroke='red' stroke-width='2' stroke-linecap='round'/>", 16 + Math.PI)]
    [InlineData("<line x1='1' y1='5' x2='9' y2='5' stroke='red' stroke-width='2' stroke-dasharray='1 3'/>", 4)]
    [InlineData("<rect x='2' y='2' width='4' height='4' fill='none' stroke='red' stroke-width='2'/>", 36 - 4)]
    [InlineData("<rect x='2' y='2' width='4' height='4' fill='none' stroke='red' stroke-width='2' stroke-linejoin='bevel'/>", 36 - 4 - 2)]
    [InlineData("<rect x='2' y='2' width='4' height='4' fill='none' stroke='red' stroke-width='2' stroke-linejoin='round'/>",
        36 - 4 - (4 - Math.PI))]
    [InlineData("<path fill-rule='evenodd' d='M0 0h8v8h-8zM2 2h4v4h-4z'/>", 48)]
    [InlineData("<path d='M0 0h8v8h-8zM2 2v4h4v-4z'/>", 48)]
    [InlineData("<path d='M0 0h8v8h-8zM2 2h4v4h-4z'/>", 64)]
    [InlineData("<g opacity='.5'><rect width='4' height='4'/><rect width='4' height='4'/></g>", 8)]
    [InlineData("<g transform='scale(2)'><g transform='rotate(90) translate(0 -2)'><rect width='2' height='1'/></g></g>", 8)]
    [InlineData("<clipPath id='c'><circle cx='5' cy='5' r='3'/></clipPath><rect width='10' height='10' clip-path='url(#c)'/>", Math.PI * 9)]
    [InlineData("<defs><rect id='r' width='2' height='2'/></defs><use href='#r'/><use href='#r' x='5' y='5'/>", 8)]
    [InlineData("<style>.a{fill:none} #b{fill-opacity:.5}</style><rect class='a' width='9' height='9'/>"
        + "<rect id='b' width='4' height='4'/>", 8)]
    [InlineData("<rect style='fill:none' width='9' height='9'/>", 0)]
    public void Shapes_cover_their_area(string body, double area) =>
        Assert.Equal(area, Alpha(Painter.Paint(Of(body), 100, 100)) / 100, 0.03);

    [Fact]
    public void Colours_are_blended_in_order_and_by_opacity()
    {
        var p = Painter.Paint(Of("<rect width='10' height='10' fill='#00f'/>"
            + "<rect width='5' height='10' fill='rgb(255,0,0)' opacity='.25'/>"), 10, 10);
        Assert.Equal([0.25f, 0, 0.75f, 1], p.Row(3)[..4].ToArray());
        Assert.Equal([0f, 0, 1, 1], p.Row(3)[36..].ToArray());
        Assert.Equal([1f, 0.3882353f, 0.2784314f, 1], Painter.Paint(Of("<rect width='10' height='10' fill='tomato'/>"), 1, 1).Samples);
    }

    [Fact]
    public void Gradients_run_between_their_stops()
    {
        const string Stops = "<stop offset='0' stop-color='black'/><stop offset='1' stop-color='white'/>";
        var linear = Painter.Paint(Of($"<linearGradient id='g'>{Stops}</linearGradient>"
            + "<rect width='10' height='10' fill='url(#g)'/>"), 10, 10);
        for (int x = 0; x < 10; x++) Assert.Equal((x + 0.5) / 10, linear[x, 4, 0], 1e-6);
        var radial = Painter.Paint(Of($"<radialGradient id='g' gradientUnits='userSpaceOnUse' cx='5' cy='5' r='5'>{Stops}</radialGradient>"
            + "<rect width='10' height='10' fill='url(#g)'/>"), 10, 10);
        Assert.Equal(Math.Sqrt(2.5 * 2.5 + 0.5 * 0.5) / 5, radial[7, 5, 1], 1e-6);
        Assert.Equal(1, radial[0, 0, 0]);
        var mirrored = Painter.Paint(Of($"<linearGradient id='g' x2='.5' spreadMethod='reflect'>{Stops}</linearGradient>"
            + "<rect width='10' height='10' fill='url(#g)'/>"), 10, 10);
        Assert.Equal(mirrored[2, 0, 0], mirrored[7, 0, 0], 1e-6);
        var focused = Painter.Paint(Of($"<radialGradient id='g' fx='.2'>{Stops}</radialGradient>"
            + "<rect width='10' height='10' fill='url(#g)'/>"),
            10, 10);
        // A place of part t lies on the circle of radius t r about what lies a part t of the way from focus to centre.
        for (int x = 0; x < 10; x++)
        {
            double t = focused[x, 5, 0], apart = (x + 0.5) / 10 - (0.2 + 0.3 * t);
            if (t < 1) Assert.Equal(t * 0.5, Math.Sqrt(apart * apart + 0.05 * 0.05), 1e-6);
        }
        Assert.True(focused[4, 5, 0] is > 0.2f and < 0.5f);
    }

    [Fact]
    public void The_view_box_is_fitted_into_the_picture()
    {
        var drawing = Read("<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10' viewBox='-1 -1 2 2'><circle r='1'/></svg>");
        var p = Painter.Paint(drawing, 20, 10);
        Assert.Equal(Math.PI * 25, Alpha(p), 0.15);
        Assert.Equal(1, p[10, 5, 3]);
        Assert.Equal(0, p[2, 5, 3]);
    }

    [Theory]
    [InlineData("<svg", 1, "XML")]
    [InlineData("<html/>", 1, "not svg")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]><svg>&b;</svg>", 1, "XML")]
    [InlineData("<svg>\n<text>a</text></svg>", 2, "convert it to paths")]
    [InlineData("<svg>\n\n<image href='http://x/y.png'/></svg>", 3, "convert it to paths")]
    [InlineData("<svg><path d='M0 0L1e400 1'/></svg>", 1, "beyond")]
    [InlineData("<svg><path d='M0 0l9999999 0 9999999 0'/></svg>", 1, "beyond")]
    [InlineData("<svg><path d='L1 1'/></svg>", 1, "begins with M")]
    [InlineData("<svg><path d='M1 1zz5'/></svg>", 1, "command was expected")]
    [InlineData("<svg><path d='M1 1A1 1 0 2 0 3 3'/></svg>", 1, "flag")]
    [InlineData("<svg><path d='M1'/></svg>", 1, "number was expected")]
    [InlineData("<svg><rect width='-1' height='1'/></svg>", 1, "below 0")]
    [InlineData("<svg><rect width='1em' height='1'/></svg>", 1, "unit 'em'")]
    [InlineData("<svg><polygon points='1 2 3'/></svg>", 1, "no pairs")]
    [InlineData("<svg><rect fill='colour' width='1' height='1'/></svg>", 1, "no colour")]
    [InlineData("<svg><rect fill='url(#none)' width='1' height='1'/></svg>", 1, "nothing has the id")]
    [InlineData("<svg><rect fill='url(http://x)' width='1' height='1'/></svg>", 1, "outside the file")]
    [InlineData("<svg><pattern id='p'/><rect fill='url(#p)' width='1' height='1'/></svg>", 1, "patterns are not read")]
    [InlineData("<svg><rect filter='url(#f)' width='1' height='1'/></svg>", 1, "filter is not read")]
    [InlineData("<svg><rect transform='spin(3)' width='1' height='1'/></svg>", 1, "no transform")]
    [InlineData("<svg><style>a b{fill:red}</style></svg>", 1, "selector")]
    [InlineData("<svg viewBox='0 0 0 1'/>", 1, "viewBox")]
    [InlineData("<svg><use href='#a'/><g id='a'><use href='#a'/></g></svg>", 1, "deep")]
    [InlineData("<svg><linearGradient id='a' href='#a'/><rect fill='url(#a)' width='1' height='1'/></svg>", 1, "without end")]
    [InlineData("<svg><clipPath id='a' clip-path='url(#a)'><rect/></clipPath>"
        + "<rect clip-path='url(#a)' width='1' height='1'/></svg>", 1, "deep")]
    public void What_is_not_read_is_refused_with_its_place(string text, int line, string words)
    {
        var fault = Assert.Throws<DataException>(() => Read(text));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal((line, "a.svg"), (fault.Row, fault.File));
    }

    [Fact]
    public void Laughs_by_use_depth_and_size_are_bounded()
    {
        string uses = string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"<g id='g{i}'>{string.Concat(Enumerable.Repeat($"<use href='#g{i - 1}'/>", 10))}</g>"));
        Assert.Contains("elements", Refusal($"<svg><defs><rect id='g0' width='1' height='1'/></defs>{uses}</svg>"),
            StringComparison.Ordinal);
        string deep = string.Concat(Enumerable.Repeat("<g>", 100)) + string.Concat(Enumerable.Repeat("</g>", 100));
        Assert.Contains("deep", Refusal($"<svg>{deep}</svg>"), StringComparison.Ordinal);
        Assert.Contains("bytes", Refusal("<svg>" + new string(' ', 9 << 20) + "</svg>"), StringComparison.Ordinal);
    }

    private static string Refusal(string text) => Assert.Throws<DataException>(() => Read(text)).Message;

    private static Drawing Of(string body) => Read($"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>{body}</svg>");

    private static Drawing Read(string text) => SvgReader.Read(Encoding.UTF8.GetBytes(text), "a.svg");

    private static double Alpha(Raster<float> p)
    {
        double sum = 0;
        for (int i = 3; i < p.Samples.Length; i += 4) sum += p.Samples[i];
        return sum;
    }
}
