using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Tests.Provenance;
using Simulant.Validation;
using Xunit;

namespace Simulant.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly Regex Needing = new("[<>\"\n\r\t&\u0001\u2028\uFEFF\uFFFE]");

    private static readonly string[] Names =
        ["age", "workclass", "fnlwgt", "recorded", "education", "education-num", "occupation", "relationship", "sex", "income"];

    [Fact]
    public void ItIsOneStaticPageInWhichNothingRunsOrLoads()
    {
        foreach (var model in new[] { Results.Model(Names), Hostile(), Several() })
        {
            string page = Text(model);
            var parsed = Parse(page);
            var names = parsed.Descendants().Select(e => e.Name.LocalName).Distinct().ToList();
            foreach (string bad in (string[])["script", "link", "img", "iframe", "object", "embed", "use", "image", "form", "base"])
                Assert.DoesNotContain(bad, names);
            foreach (var attribute in parsed.Descendants().Attributes())
            {
                string name = attribute.Name.LocalName;
                Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase), name);
                Assert.DoesNotContain(name, new[] { "src", "style", "srcset", "action", "xmlns" });
                if (name == "href") Assert.StartsWith("#", attribute.Value, StringComparison.Ordinal);
            }
            string style = parsed.Descendants("style").Single().Value;
            Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
            Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
            Assert.Equal(1, Regex.Count(page, "default-src 'none'|default-src &#39;none&#39;"));
        }
    }

    [Fact]
    public void WithoutForeignTextThereIsNoAddressAtAll() => Assert.DoesNotContain("http", Text(Results.Model(Names))
        .Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void NoTextFromOutsideGetsIntoTheMarkupRaw()
    {
        string page = Text(Hostile());
        foreach (string name in SampleRuns.HostileNames)
        {
            if (!Needing.IsMatch(name)) continue;
            Assert.DoesNotContain(name, page.Replace("&amp;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.DoesNotContain(page, c => c != '\n' && char.IsControl(c));
        // Every name is there, as text.
        string seen = Parse(page).Value;
        foreach (string name in SampleRuns.HostileNames) Assert.Contains(PlainText.Name(name, 60), seen, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLinkHasItsPlaceAndEveryIdIsUnique()
    {
        foreach (var model in new[] { Results.Model(Names), Several() })
        {
            var page = Parse(Text(model));
            var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(page.Descendants("a"), a => Assert.Contains(a.Attribute("href")!.Value[1..], ids));
            Assert.All(page.Descendants().Attributes("aria-labelledby"), a => Assert.Contains(a.Value, ids));
        }
    }

    [Fact]
    public void EveryChartHasWords()
    {
        var charts = Parse(Text(Results.Model(Names))).Descendants("svg").ToList();
        Assert.True(charts.Count > 20);
        Assert.All(charts, chart =>
        {
            Assert.Equal("img", chart.Attribute("role")!.Value);
            Assert.False(string.IsNullOrWhiteSpace(chart.Attribute("aria-label")!.Value));
            Assert.Equal("title", chart.Elements().First().Name.LocalName);
        });
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(300)]
    public void ItStaysUnderTwoMegabytesAndSaysWhatItLeftOut(int columns)
    {
        string[] names = [.. Enumerable.Range(0, columns).Select(i => $"a rather long column name, number {i}, <of> \"many\"")];
        byte[] page = HtmlReport.Write(Results.Model(names));
        Assert.InRange(page.Length, 100_000, HtmlReport.MaxBytes);
        string text = Parse(Encoding.UTF8.GetString(page)).Value;
        Assert.Contains($"of lowest shape are drawn of {columns:N0}".Replace("of lowest", "of the lowest"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void ManySetsOfManyColumnsStayUnderTwoMegabytes()
    {
        var model = Results.Model([.. Enumerable.Range(0, 400).Select(i => $"column {i}")]);
        var result = model.Sets[0].Result; // a report of tables has no figures of texts and pictures
        string[] others = [.. MetricNames.Text, .. MetricNames.Pictures, MetricNames.ImagesTransfer];
        var rows = result with { Metrics = [.. result.Metrics.Where(m => !others.Contains(m.Name))] };
        var sets = Enumerable.Range(0, 20).Select(i => model.Sets[0] with { Name = $"tool {i}", Result = rows });
        Assert.InRange(HtmlReport.Write(model with { Sets = [.. sets], Run = null }).Length, 100_000, HtmlReport.MaxBytes);
    }

    [Fact]
    public void AnEmptyValidationIsAPageToo()
    {
        var result = new ValidationResult { Metrics = [], Rows = new(0, 0, 0) };
        var model = new ReportModel { Title = "", Command = "", ProgramVersion = "", Sets = [new ReportSet("", result, [])] };
        string text = Parse(Text(model)).Value;
        Assert.Contains("No gates set", text, StringComparison.Ordinal);
        Assert.Contains("no held-out rows", text, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HtmlReport.Write(model with { Sets = [] }));
    }

    [Fact]
    public void FiguresThatWereNotEvaluatedGiveTheirReason()
    {
        string text = Parse(Text(Results.Model(Names))).Value;
        Assert.Contains("not evaluated", text, StringComparison.Ordinal);
        Assert.Contains("the target is a class", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void DistancesAreDiagnosticsAndTheWordIsNeverPrinted()
    {
        string text = Parse(Text(Results.Model(Names))).Value;
        Assert.DoesNotMatch(new Regex(@"\bprivate\b", RegexOptions.IgnoreCase), text);
        Assert.Contains("diagnostics", text, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsHaveTheirFiguresAndNobodyIsCalledFair()
    {
        string text = Parse(Text(Results.Model(Names))).Value;
        foreach (string part in (string[])["−0.170", "−0.200 to −0.140", "+1.020", "7 groups or intersections have fewer than 30"])
            Assert.Equal(part != "+1.020", text.Contains(part, StringComparison.Ordinal)); // a ratio has no sign
        foreach (string denial in (string[])["none of them says that data or a model is fair", "right, complete or fair to begin with"])
        {
            Assert.Contains(denial, text, StringComparison.Ordinal);
            text = text.Replace(denial, "", StringComparison.Ordinal);
        }
        Assert.DoesNotMatch(@"(?i)\b(un)?fair(ly|er)?\b", text);
    }

    [Fact]
    public void VerdictGatesSeedAndCommandAreThere()
    {
        string text = Parse(Text(Results.Model(Names))).Value;
        foreach (string expected in (string[])
            ["Rejected", "1 of 3 gates passed, 1 failed, 1 not evaluated.", "simulant make spec.yaml --seed 7", "18446744073709551615",
                "capital-gain >= 0", "98 delivered"])
            Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualModelsGiveEqualBytes() => Assert.Equal(HtmlReport.Write(Results.Model(Names)), HtmlReport.Write(Results.Model(Names)));

    [Fact]
    public void SeveralSetsStandSideBySide()
    {
        var page = Parse(Text(Several()));
        string text = page.Value;
        Assert.Contains("Side by side", text, StringComparison.Ordinal);
        Assert.Contains("★", text, StringComparison.Ordinal);
        Assert.Equal(2, page.Descendants("details").Count(d => d.Value.StartsWith("Everything measured", StringComparison.Ordinal)));
    }

    [Fact]
    public void ACopyOfTheTrainingRowsEarnsNoStarAndAWarning()
    {
        ReportSet Set(string name, double shapes, double train, double share) => new(name, new ValidationResult
        {
            Rows = new(100, 100, 100),
            Metrics =
            [
                new(MetricNames.Shapes, new Score(shapes, .993, shapes, shapes, Direction.Higher, 9)),
                new(MetricNames.DetectionTrain, new Score(train, .5, train - .01, train + .01, Direction.Lower, 9)),
                new(MetricNames.DcrShare, new Score(share, .5, share - .01, share + .01, Direction.Lower, 9)),
            ],
        }, []);
        var model = Results.Model(Names) with
        {
            Run = null, Sets = [Set("fresh", .9929, .52, .505), Set("copier", 1, .23, .9), Set("poor", .8, .9, .5)],
        };
        var page = Parse(Text(model));
        var starred = page.Descendants("tr").Where(r => r.Value.Contains('★'))
            .Select(r => r.Elements().ToList().FindIndex(c => c.Value.Contains('★')));
        // Columns: metric, real, fresh, copier, poor. The copier's shapes are the best, and count for nothing.
        Assert.Equal([2, 2, 4], starred);
        Assert.Single(page.Descendants("div"), d => d.Attribute("class")?.Value == "warning");
    }

    private static ReportModel Several()
    {
        var model = Results.Model(Names);
        var first = model.Sets[0];
        var metrics = first.Result.Metrics.Select(m => m.IsEvaluated
            ? m with { Score = m.Score with { Value = m.Score.Value - .01 } } : m);
        var second = new ReportSet("another <tool>", first.Result with { Metrics = [.. metrics] }, []);
        return model with { Sets = [first, second], Run = null };
    }

    private static ReportModel Hostile() => Results.Model(SampleRuns.HostileNames, SampleRuns.Hostile());

    private static string Text(ReportModel model) => Encoding.UTF8.GetString(HtmlReport.Write(model));

    private static XElement Parse(string page)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore };
        using var reader = XmlReader.Create(new StringReader(page), settings);
        return XDocument.Load(reader).Root!;
    }
}
