using System.Text.Json.Nodes;
using Simulant.Provenance;
using Simulant.Runs;
using Simulant.Tests.Text.Models;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>The corridor with a real language model at its other end: it answers badly, and every row is accounted for.</summary>
public class LocalModelTests
{
    [Fact]
    public void The_sample_asks_a_real_model_and_accounts_for_every_attempt()
    {
        using var server = LocalModelServer.Start();
        using var folder = new TempFolder();
        string text = File.ReadAllText(Repository.PathOf("samples/instructions/spec.yaml"));
        string spec = folder.Write("spec.yaml", text.Replace(":8080/", $":{server.Port}/", StringComparison.Ordinal)
            .Replace("rows: 200", "rows: 12", StringComparison.Ordinal));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(12, made.Summary!.Rows);
        Assert.Null(TestBench.Verify(folder["out"]).Difference);

        var rows = Directory.GetFiles(folder["out/data"]).Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
            .Select(l => JsonNode.Parse(l)!).ToList();
        Assert.All(rows, r => Assert.StartsWith("Once upon a time, there was", (string)r["output"]!, StringComparison.Ordinal));
        Assert.Equal(12, rows.Select(r => (string)r["output"]!).Distinct().Count());
        var asked = Manifest.Load(folder["out"]).Content.Asked!;
        var attempts = File.ReadLines(folder["out/attempts.jsonl"]).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(asked.Candidates, attempts.Select(a => (long)a["candidate"]!).Distinct().Count());
        Assert.Equal(12, attempts.Count(a => (string)a["end"]! == "accepted"));
        Assert.All(attempts.Where(a => (string)a["end"]! == "rejected"), a =>
            Assert.True(((string)a["rule"]!).Length > 0 && ((string)a["step"]!).Length > 0));
        // The server counts its tokens itself.
        Assert.True(asked.Models.Single().OutputTokens > 12 * 40);

        // Everything is recorded: with the model gone, the same run gives the same bytes.
        server.Dispose();
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"] });
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
    }

    [Fact]
    public void What_it_cannot_do_ends_with_the_account_of_why()
    {
        using var server = LocalModelServer.Start();
        using var folder = new TempFolder();
        string seeds = Path.Combine(Environment.GetEnvironmentVariable("SIMULANT_DATA")!, "text", "self_instruct_seeds.jsonl");
        Assert.SkipUnless(File.Exists(seeds), "the seed tasks are not here");
        File.Copy(seeds, folder["seeds.jsonl"]);
        string spec = folder.Write("spec.yaml", $$"""
            simulant: 1
            name: tasks
            kind: text
            models: { m: { endpoint: "http://127.0.0.1:{{server.Port}}/v1", model: stories260K, max_tokens: 80 } }
            recipe: { name: self-instruct, seeds: seeds.jsonl, max_attempts: 6, human: 1, machine: 0, tasks: 2 }
            rows: 5
            output: { format: jsonl, shape: alpaca }
            """);
        var ended = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(3, ended.Code);
        Assert.Contains("of 5 records were accepted", ended.Error, StringComparison.Ordinal);
        var attempts = File.ReadLines(folder["tasks.answers/attempts.jsonl"]).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(6, attempts.Select(a => (long)a["candidate"]!).Distinct().Count());
        Assert.All(attempts, a => Assert.Contains((string)a["end"]!, (string[])["accepted", "rejected", "failed"]));
    }
}
