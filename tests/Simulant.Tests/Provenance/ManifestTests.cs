using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;
using Xunit;

namespace Simulant.Tests.Provenance;

public sealed class ManifestTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("simulant-manifest").FullName;

    public void Dispose() => Directory.Delete(_directory, true);

    private static RunJournal Journal { get; } = new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new DateTimeOffset(2026, 1, 2, 3, 5, 5, TimeSpan.Zero),
        [new("fit", 1.25), new("sample", 0.5)], [new("processors", "2")]);

    [Fact]
    public void ARoundTripIsExact()
    {
        foreach (var run in new[] { SampleRuns.Ordinary(), SampleRuns.Hostile() })
        {
            byte[] bytes = new Manifest(run, Journal).ToBytes();
            var back = Manifest.Parse(bytes, "m");
            Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(back.ToBytes()));
            Assert.Equal(run.Schema.Columns, back.Content.Schema.Columns);
            Assert.Equal(run.Figures, back.Content.Figures);
            Assert.Equal(ulong.MaxValue, back.Content.SampleSeed);
        }
    }

    [Fact]
    public void TheContentHashLeavesTimesOut()
    {
        var a = new Manifest(SampleRuns.Ordinary(), Journal);
        var b = new Manifest(SampleRuns.Ordinary(), RunJournal.Empty);
        Assert.Equal(a.ContentSha256, b.ContentSha256);
        Assert.NotEqual(a.ToBytes(), b.ToBytes());
        Assert.NotEqual(a.ContentSha256, new Manifest(SampleRuns.Ordinary() with { Rows = 97 }, Journal).ContentSha256);
    }

    [Fact]
    public void WhatIsNoManifestIsADataError()
    {
        string good = Encoding.UTF8.GetString(new Manifest(SampleRuns.Ordinary(), Journal).ToBytes());
        string[] bad =
        [
            "", "[]", "null", "{}", "{", good.Replace("simulant-manifest-1", "other"),
            good.Replace("\"delivered\": 98", "\"delivered\": null"),
            good.Replace("\"delivered\": 98", "\"delivered\": 1e99"), good.Replace("\"Integer\"", "\"Nonsense\""),
            good.Replace("\"verdict\": \"passed\"", "\"verdict\": \"maybe\""), good.Replace("\"notes\": [", "\"notes\": [null, "),
            good.Replace("\"name\": \"adult\"", "\"name\": \"adult\", \"name\": \"twice\""),
            good.Replace("\"started\": \"2026", "\"started\": \"soon"),
        ];
        foreach (string text in bad)
        {
            Assert.NotEqual(good, text);
            Assert.Throws<DataException>(() => Manifest.Parse(Encoding.UTF8.GetBytes(text), "m"));
        }
    }

    [Fact]
    public void AnIntactDirectoryHasNoDifferences()
    {
        Publish();
        Assert.Empty(ManifestCheck.Check(_directory));
    }

    [Fact]
    public void AChangedByteOfAnyFileIsFound()
    {
        Publish();
        foreach (string path in Directory.GetFiles(_directory, "*", SearchOption.AllDirectories))
        {
            byte[] good = File.ReadAllBytes(path);
            // The step shares no factor with the manifest's line lengths, so every kind of place is hit.
            const int step = 23;
            for (int i = 0; i < good.Length; i += step)
            {
                byte[] bad = (byte[])good.Clone();
                bad[i] ^= 1;
                File.WriteAllBytes(path, bad);
                Assert.True(IsFound(), $"byte {i} of {path}");
            }
            File.WriteAllBytes(path, good[..^1]);
            Assert.True(IsFound(), $"{path} cut short");
            File.WriteAllBytes(path, [.. good, (byte)'\n']);
            Assert.True(IsFound(), $"{path} with a byte more");
            File.WriteAllBytes(path, good);
        }
        Assert.Empty(ManifestCheck.Check(_directory));
    }

    [Fact]
    public void FilesTooManyAndTooFewAreNamed()
    {
        Publish();
        File.WriteAllText(Path.Combine(_directory, "data", "extra.csv"), "x");
        File.Delete(Path.Combine(_directory, "README.md"));
        var found = ManifestCheck.Check(_directory);
        Assert.Equal(["README.md", "data/extra.csv"], found.Select(d => d.Path));
        Assert.Contains("not in the directory", found[0].What, StringComparison.Ordinal);
        Assert.Contains("not in the manifest", found[1].What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    [InlineData("data/../../outside")]
    [InlineData("data//x")]
    [InlineData("")]
    [InlineData("a\\b")]
    public void APathThatLeavesTheDirectoryIsNotRead(string path)
    {
        Publish();
        var run = SampleRuns.Ordinary() with { Outputs = [new OutputFile(path, FileHash.OfText("x"), 1)] };
        File.WriteAllBytes(Path.Combine(_directory, Manifest.FileName), new Manifest(run, Journal).ToBytes());
        Assert.Contains(ManifestCheck.Check(_directory), d => d.What.Contains("not a path inside", StringComparison.Ordinal));
    }

    [Fact]
    public void AMissingDirectoryOrManifestIsADataError()
    {
        Assert.Throws<DataException>(() => ManifestCheck.Check(Path.Combine(_directory, "none")));
        Assert.Throws<DataException>(() => ManifestCheck.Check(_directory));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, -5)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(1L << 52, 1)]
    [InlineData(1, 1L << 52)]
    public void SizesThatNoFilesHaveAreADataError(long bytes, long rows)
    {
        Publish();
        var outputs = Enumerable.Range(0, 3).Select(i => new OutputFile($"data/{i}", FileHash.OfText("x"), bytes, rows));
        var run = SampleRuns.Ordinary() with { Outputs = [.. outputs] };
        File.WriteAllBytes(Path.Combine(_directory, Manifest.FileName), new Manifest(run, Journal).ToBytes());
        Assert.Throws<DataException>(() => ManifestCheck.Check(_directory));
    }

    [Fact]
    public void AConsistentForgeryOfTheRunPartIsFoundWithoutItsHash()
    {
        Publish();
        string path = Path.Combine(_directory, Manifest.FileName);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["unknown"] = 1;
        File.WriteAllBytes(path, CanonicalJson.Write(json));
        Assert.Contains("differs at byte", Assert.Single(ManifestCheck.Check(_directory)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatJsonLacksSurvive()
    {
        Assert.Null(CanonicalJson.Number(double.NaN));
        Assert.Equal("\"-Infinity\"", CanonicalJson.Number(double.NegativeInfinity)!.ToJsonString());
        byte[] bytes = CanonicalJson.Write(new JsonObject { ["b"] = 0.1, ["a"] = JsonValue.Create(1e300), ["<"] = "<\u2028>" });
        Assert.Equal(
            "{\n  \"\\u003C\": \"\\u003C\\u2028\\u003E\",\n  \"a\": 1E+300,\n  \"b\": 0.1\n}\n", Encoding.UTF8.GetString(bytes));
    }

    private bool IsFound()
    {
        try
        {
            return ManifestCheck.Check(_directory).Count > 0;
        }
        catch (DataException)
        {
            return true;
        }
    }

    private void Publish()
    {
        Directory.CreateDirectory(Path.Combine(_directory, "data"));
        var outputs = new List<OutputFile>();
        foreach (string path in (string[])["data/train-00000-of-00001.csv", "README.md", "report.html"])
        {
            string full = Path.Combine(_directory, path);
            File.WriteAllText(full, $"content of {path}\n");
            var (sha256, bytes) = FileHash.Of(full);
            outputs.Add(new OutputFile(path, sha256, bytes, path.StartsWith("data/", StringComparison.Ordinal) ? 98 : null));
        }
        var run = SampleRuns.Ordinary() with { Outputs = outputs };
        File.WriteAllBytes(Path.Combine(_directory, Manifest.FileName), new Manifest(run, Journal).ToBytes());
    }
}
