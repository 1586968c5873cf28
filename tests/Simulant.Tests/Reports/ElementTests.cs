using System.Xml.Linq;
using Simulant.Reports.Markup;
using Simulant.Tests.Provenance;
using Xunit;

namespace Simulant.Tests.Reports;

public sealed class ElementTests
{
    [Fact]
    public void TextAndAttributesComeBackFromAnXmlParser()
    {
        foreach (string text in SampleRuns.HostileNames)
        {
            string markup = Element.Of("p").With("aria-label", text).Text(text).ToString();
            var parsed = XElement.Parse(markup, LoadOptions.PreserveWhitespace);
            string shown = Simulant.Provenance.PlainText.OneLine(text);
            Assert.Equal(shown, parsed.Value);
            Assert.Equal(shown, parsed.Attribute("aria-label")!.Value);
            Assert.Empty(parsed.Elements());
        }
    }

    [Theory]
    [InlineData("script")]
    [InlineData("iframe")]
    [InlineData("img")]
    [InlineData("link")]
    [InlineData("foreignObject")]
    [InlineData("a b")]
    [InlineData("p><script")]
    [InlineData("")]
    public void ElementsThatRunOrFetchCannotBeMade(string name) => Assert.Throws<ArgumentException>(() => Element.Of(name));

    [Theory]
    [InlineData("onclick", "x")]
    [InlineData("ONLOAD", "x")]
    [InlineData("src", "x")]
    [InlineData("style", "background: red")]
    [InlineData("href", "javascript:alert(1)")]
    [InlineData("href", "https://example.org")]
    [InlineData("a\"b", "x")]
    [InlineData("", "x")]
    public void AttributesThatRunOrFetchCannotBeSet(string name, string value) =>
        Assert.Throws<ArgumentException>(() => Element.Of("a").With(name, value));

    [Fact]
    public void AnAttributeIsSetOnceAndClassesJoin()
    {
        Assert.Equal("<a class=\"x y\" href=\"#z\"></a>", Element.Of("a").Class("x").Class("y").With("href", "#z").ToString());
        Assert.Throws<ArgumentException>(() => Element.Of("a").Id("1").Id("2"));
    }

    [Theory]
    [InlineData("a > b { }")]
    [InlineData("</style><script>")]
    [InlineData("a { background: url(x) }")]
    [InlineData("@import 'x';")]
    public void AStyleSheetThatNeedsEscapingOrFetchesIsRefused(string css) =>
        Assert.Throws<ArgumentException>(() => Element.Style(css));

    [Fact]
    public void AStyleSheetIsWrittenAsItIs() =>
        Assert.Equal("<style>a { font: \"b\" }</style>", Element.Style("a { font: \"b\" }").ToString());

    [Fact]
    public void EmptyElementsAreWrittenForBothParsers()
    {
        Assert.Equal("<br />", Element.Of("br").ToString());
        Assert.Equal("<span></span>", Element.Of("span").ToString());
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, .2, .4, .6, .8, 1 })]
    [InlineData(-3, 17, new[] { 0.0, 5, 10, 15 })]
    [InlineData(0.02, 0.11, new[] { .02, .04, .06, .08, .1 })]
    [InlineData(5, 5, new double[0])]
    [InlineData(0, double.PositiveInfinity, new double[0])]
    public void TicksAreRoundAndInside(double low, double high, double[] expected)
    {
        var ticks = Scale.Ticks(low, high);
        Assert.Equal(expected.Length, ticks.Count);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], ticks[i], 1e-12);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(-1.5, "−1.5")]
    [InlineData(25_000, "25k")]
    [InlineData(1_200_000, "1.2M")]
    [InlineData(3e16, "3e16")]
    public void TickLabelsAreShort(double value, string label) => Assert.Equal(label, Scale.Label(value));

    [Theory]
    [InlineData("short", 100, "short")]
    [InlineData("DALLAS/FORT WORTH INTL", 70, "DALLAS/FO…")]
    [InlineData("a🙂🙂🙂", 24, "a…")]
    [InlineData("wwwwwwww", 1, "w…")]
    [InlineData("", 1, "")]
    public void LabelsAreCutToTheirPlace(string text, double width, string fitted) => Assert.Equal(fitted, Svg.Fit(text, width));

    [Fact]
    public void AScaleKeepsValuesInsideTheChart()
    {
        var linear = new Scale(0, 10, 100, 200);
        Assert.Equal([100, 150, 200, 200, 100, 100], new[] { linear[0], linear[5], linear[10], linear[99], linear[-1],
            linear[double.NaN] });
        var log = new Scale(.01, 1, 0, 2, log: true);
        Assert.Equal(1, log[.1], 1e-12);
        Assert.Equal(0, log[0]);
    }
}
