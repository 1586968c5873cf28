using System.Text;
using Simulant.Bench.Quality;
using Simulant.Images.Vector;
using Simulant.Scenes.Signs;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

public class FlatSignsTests
{
    [Fact]
    public void Warped_drawings_stand_in_the_middle_of_grounds_that_differ()
    {
        const string Half = "<svg viewBox='0 0 20 20'><rect width='20' height='10' fill='#f00'/>"
            + "<rect y='10' width='20' height='10' fill='#0f0'/>"
            + "<path d='M0 0H20V20H0z' fill-opacity='0'/></svg>";
        var signs = new FlatSigns(3, [SignTemplate.Of(0, "half", SvgReader.Read(Encoding.UTF8.GetBytes(Half), "half.svg"), "half.svg")]);
        var corners = new HashSet<(int, int, int)>();
        for (int item = 0; item < 30; item++)
        {
            byte[] picture = signs.Picture(item, 32);
            Assert.Equal(picture, signs.Picture(item, 32));
            // Turns of 10 degrees and shifts of corners leave a quarter above the middle red, and one below it green.
            Assert.Equal((255, 0), (picture[3 * (10 * 32 + 16)], picture[3 * (10 * 32 + 16) + 1]));
            Assert.Equal((0, 255), (picture[3 * (22 * 32 + 16)], picture[3 * (22 * 32 + 16) + 1]));
            corners.Add((picture[0], picture[1], picture[2]));
        }
        Assert.Equal(30, corners.Count);
    }
}
