using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Simulant.Data;
using Simulant.Provenance;
using Xunit;
using YamlDotNet.Serialization;

namespace Simulant.Tests.Provenance;

/// <summary>Dataset card and Croissant file, read back by parsers of others.</summary>
public sealed class PublicationTests
{
    [Fact]
    public void FrontMatterIsWhatHuggingFaceReads()
    {
        var front = FrontMatter(SampleRuns.Ordinary() with { License = "CC-BY-4.0" });
        Assert.Equal("cc-by-4.0", front["license"]);
        Assert.Equal("adult", front["pretty_name"]);
        Assert.Equal(["tabular-classification"], List(front["task_categories"]));
        Assert.Equal(["n<1K"], List(front["size_categories"]));
        Assert.Contains("synthetic", List(front["tags"]));
        Assert.Contains("trainedAlgorithmicMedia", List(front["tags"]));
        var config = (Dictionary<object, object>)List(front["configs"])[0];
        var files = (Dictionary<object, object>)List(config["data_files"])[0];
        Assert.Equal("train", files["split"]);
        Assert.Equal("data/train-*.parquet", files["path"]);
        var info = (Dictionary<object, object>)front["dataset_info"];
        Assert.Equal(["int64", "float64", "date32", "string"],
            List(info["features"]).Select(f => ((Dictionary<object, object>)f)["dtype"]));
    }

    [Theory]
    [InlineData("ODbL-1.0", "odbl", null, null, "https://spdx.org/licenses/ODbL-1.0.html")]
    [InlineData("cc0-1.0", "cc0-1.0", null, null, "https://spdx.org/licenses/CC0-1.0.html")]
    [InlineData("OGL-UK-3.0", "other", "OGL-UK-3.0", null, "https://spdx.org/licenses/OGL-UK-3.0.html")]
    [InlineData("https://x.org/terms", "other", null, "https://x.org/terms", "https://x.org/terms")]
    [InlineData("ask the ward", "other", "ask the ward", null, "ask the ward")]
    [InlineData(null, "unknown", null, null, "not stated")]
    public void ALicenceIsSaidInEachReadersWords(string? license, string hub, string? name, string? link, string croissant)
    {
        var run = SampleRuns.Ordinary() with { License = license };
        var front = FrontMatter(run);
        Assert.Equal((hub, name, link), (front["license"], front.GetValueOrDefault("license_name"),
            front.GetValueOrDefault("license_link")));
        Assert.Equal(croissant, (string)Json(run)["license"]!);
    }

    [Fact]
    public void WhatTheSpecClaimsStandsInCardAndCroissant()
    {
        var run = SampleRuns.Ordinary() with
        {
            Description = "One.\n\nTwo.\n", Creator = "Ward 9", Citation = "@misc{x,\n  year = 2024\n}", Url = "https://x.org/d",
            Published = new DateOnly(2024, 1, 31),
        };
        string body = Body(DatasetCard.Write(run));
        foreach (string text in new[] { "One. Two.", "- Creator: Ward 9", "- Address: https\\://x.org/d", "- Published: 2024-01-31",
            "```text\n@misc{x,\n  year = 2024\n}\n```" }) Assert.Contains(text, body, StringComparison.Ordinal);
        var json = Json(run);
        Assert.Equal(("Ward 9", run.Citation, run.Url, "2024-01-31"), ((string)json["creator"]!["name"]!, (string)json["citeAs"]!,
            (string)json["url"]!, (string)json["datePublished"]!));
        Assert.DoesNotContain("## Publication", Body(DatasetCard.Write(SampleRuns.Ordinary())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(999, "n<1K")]
    [InlineData(1000, "1K<n<10K")]
    [InlineData(10_000_000, "10M<n<100M")]
    [InlineData(5_000_000_000, "1B<n<10B")]
    public void SizesAreTheHubsClasses(long rows, string size) =>
        Assert.Equal([size], List(FrontMatter(SampleRuns.Ordinary() with { Rows = rows })["size_categories"]));

    [Fact]
    public void TextFormatsStateNoTypesThatALoaderWouldTripOver()
    {
        var run = SampleRuns.Ordinary() with { Outputs = [new OutputFile("data/train-00000-of-00001.csv", "0", 10, 98)] };
        var info = (Dictionary<object, object>)FrontMatter(run)["dataset_info"];
        Assert.False(info.ContainsKey("features"));
    }

    [Fact]
    public void HostileNamesComeBackExactlyFromTheFrontMatter()
    {
        var run = SampleRuns.Hostile();
        var front = FrontMatter(run);
        Assert.Equal(run.Name, front["pretty_name"]);
        Assert.Equal(run.License, front["license_name"]);
        var features = List(((Dictionary<object, object>)front["dataset_info"])["features"]);
        Assert.Equal(SampleRuns.HostileNames, features.Select(f => (string)((Dictionary<object, object>)f)["name"]));
        // Other parsers take a pair of escaped surrogates for two characters.
        Assert.Contains("\\U0001F642", DatasetCard.Write(run), StringComparison.Ordinal);
        Assert.DoesNotContain("\\uD83D", DatasetCard.Write(run), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void SentencesOnTheCardAreNotCutLikeNames()
    {
        string sentence = string.Join(' ', Enumerable.Repeat("word", 60)) + " end";
        string card = DatasetCard.Write(SampleRuns.Ordinary() with { Description = sentence, Notes = [sentence], NotChecked = [sentence] });
        Assert.Equal(3, card.Split(sentence).Length - 1);
    }

    [Fact]
    public void TheCardHoldsNoRawMarkup()
    {
        string body = WithoutCode(Body(DatasetCard.Write(SampleRuns.Hostile())));
        Assert.DoesNotContain("```", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("](http", body, StringComparison.Ordinal);
        Assert.DoesNotContain("private", body, StringComparison.OrdinalIgnoreCase);
        foreach (string line in body.Split('\n'))
        {
            Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF');
            // Every row of a table has as many unescaped bars as its header: no name opens a cell.
            if (line.StartsWith('|') && line.Contains("plain", StringComparison.Ordinal))
                Assert.Contains(line.Replace("\\|", "").Count(c => c == '|'), new[] { 3, 4 });
        }
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("- item", "\\- item")]
    [InlineData("1. item", "1\\. item")]
    [InlineData("in 1994.", "in 1994.")]
    [InlineData("capital-gain", "capital-gain")]
    [InlineData("<b>", "&lt;b\\>")]
    [InlineData("x\ny", "x\\\\ny")]
    [InlineData("", "“”")]
    [InlineData("http://x", "http\\://x")]
    [InlineData("www.x.y", "www\\.x.y")]
    public void MarkdownIsEscaped(string text, string escaped) => Assert.Equal(escaped, Markdown.Escape(text));

    [Fact]
    public void ACodeFenceOutlastsTheBackticksWithin() =>
        Assert.Equal("\n`````text\na ```` b\\n```\n`````\n", new Markdown().Code("a ```` b\n```").ToString());

    [Fact]
    public void CroissantStatesFilesFieldsAndOrigin()
    {
        var run = SampleRuns.Ordinary();
        var json = Json(run);
        Assert.Equal("https://schema.org/", (string)json["@context"]!["@vocab"]!);
        Assert.Equal("sc:Dataset", (string)json["@type"]!);
        Assert.Contains("http://mlcommons.org/croissant/1.1", json["conformsTo"]!.AsArray().Select(n => (string)n!));
        Assert.EndsWith("/trainedAlgorithmicMedia", (string)json["digitalSourceType"]!["@id"]!, StringComparison.Ordinal);
        var file = json["distribution"]![0]!;
        Assert.Equal("cr:FileObject", (string)file["@type"]!);
        Assert.Equal(run.Outputs[0].Sha256, (string)file["sha256"]!);
        var fields = json["recordSet"]![0]!["field"]!.AsArray();
        Assert.Equal(["sc:Integer", "sc:Float", "sc:Date", "sc:Text"], fields.Select(f => (string)f!["dataType"]!));
        Assert.All(fields, f => Assert.Equal(run.Outputs[0].Path, (string)f!["source"]!["fileObject"]!["@id"]!));
        Assert.Equal("urn:sha256:" + run.Inputs[0].Sha256, (string)json["prov:wasDerivedFrom"]![0]!["@id"]!);
        Assert.Contains(run.Command, (string)json["prov:wasGeneratedBy"]!["prov:label"]!, StringComparison.Ordinal);
        Assert.NotNull(json["rai:dataLimitations"]);
        foreach (string required in (string[])["description", "license", "name", "url", "creator"])
            Assert.NotNull(json[required]);
    }

    [Fact]
    public void TheHoldoutIsUsedButNothingDerivesFromIt()
    {
        var holdout = new InputFile("holdout", "h.csv", FileHash.OfText("h"), 1, 1, null);
        var json = Json(SampleRuns.Ordinary() with { Inputs = [holdout], Parents = [] });
        Assert.Null(json["prov:wasDerivedFrom"]);
        Assert.Contains(holdout.Sha256, json["prov:wasGeneratedBy"]!["prov:used"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void RulesAloneAreAlgorithmicMedia()
    {
        var run = SampleRuns.Ordinary() with { FittedOnData = false, Inputs = [], Parents = [] };
        Assert.Equal("algorithmicMedia", MediaLabel.Of(run));
        Assert.EndsWith("/algorithmicMedia", (string)Json(run)["digitalSourceType"]!["@id"]!, StringComparison.Ordinal);
        Assert.Contains("algorithmicMedia", List(FrontMatter(run)["tags"]));
    }

    [Fact]
    public void SeveralShardsAreOneFileSet()
    {
        var outputs = Enumerable.Range(0, 3).Select(i => new OutputFile($"data/train-0000{i}-of-00003.jsonl", "0", 1, 1));
        var json = Json(SampleRuns.Ordinary() with { Outputs = [.. outputs, new OutputFile("README.md", "0", 1)] });
        var distribution = json["distribution"]!.AsArray();
        Assert.Equal(4, distribution.Count);
        Assert.Equal("data/train-*.jsonl", (string)distribution[3]!["includes"]!);
        var source = json["recordSet"]![0]!["field"]![0]!["source"]!;
        Assert.Equal("data-files", (string)source["fileSet"]!["@id"]!);
        Assert.Equal("$['age']", (string)source["extract"]!["jsonPath"]!);
    }

    [Fact]
    public void HostileNamesKeepTheirFieldsApart()
    {
        var json = Json(SampleRuns.Hostile());
        var fields = json["recordSet"]![0]!["field"]!.AsArray();
        Assert.Equal(SampleRuns.HostileNames, fields.Select(f => (string)f!["name"]!));
        var ids = fields.Select(f => (string)f!["@id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Uri.IsWellFormedUriString(id, UriKind.Relative), id));
        Assert.StartsWith("urn:", (string)json["url"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(Croissant.Write(SampleRuns.Hostile())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u200Bb", "a\\u200Bb")]
    [InlineData("\u202Eevil", "\\u202Eevil")]
    [InlineData("名前 🙂", "名前 🙂")]
    [InlineData("nb\u00A0sp", "nb\\u00A0sp")]
    public void WhatCannotBeSeenIsWrittenOut(string text, string line) => Assert.Equal(line, PlainText.OneLine(text));

    [Fact]
    public void HalfACharacterIsWrittenOut() => Assert.Equal("\\uD800x", PlainText.OneLine("\uD800x"));

    [Fact]
    public void LongTextsAreCut() => Assert.Equal("aaa…", PlainText.OneLine(new string('a', 1000), 3));

    private static JsonNode Json(PublishedRun run) => JsonNode.Parse(Croissant.Write(run))!;

    private static List<object> List(object value) => (List<object>)value;

    private static Dictionary<object, object> FrontMatter(PublishedRun run)
    {
        string[] parts = DatasetCard.Write(run).Split("---\n", 3);
        Assert.Equal("", parts[0]);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parts[1]);
    }

    private static string Body(string card) => card.Split("\n---\n", 2)[1];

    /// <summary>Markup is inert within a fence; a fence is closed by one as long as it was opened with.</summary>
    private static string WithoutCode(string body) =>
        Regex.Replace(body, "^(`{3,})text\n[\\s\\S]*?\n\\1$", "", RegexOptions.Multiline);
}
