using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Text.Embeddings;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>filter</c>, end to end: what is kept, what is listed, and that the two are all there was.</summary>
public class FilterTests
{
    private const string Records = """
        {"instruction": "Name three rivers in Europe", "input": "", "output": "Rhine, Danube, Loire", "n": 1.50}
        {"instruction":"Draw me a cat, please, now","output":"(cat)"}

        {"instruction": "name three  rivers in europe", "output": "Rhine, Danube, Loire", "input": "", "tags": [1, {"a": null}]}
          {"instruction": "Name three rivers in Europe", "input": "short", "output": "Po, Inn, Elbe"}
        {"instruction": "Explain why the sky is blue to a child of six years", "output": "Light …"}
        {"instruction": "Who wrote the play that begins in Elsinore?", "output": "A"}
        {"instruction": "Who wrote the play that begins in Elsinore?", "output": "B"}
        """;

    private static FilterOutcomes Run(FilterRequest request) => Corridor.Shipped.Filter(request, Quiet.Instance, default);

    private static JsonNode[] Lines(string file) => [.. File.ReadLines(file).Select(line => JsonNode.Parse(line)!)];

    [Fact]
    public void What_is_kept_stays_as_it_stood_and_what_is_removed_is_listed()
    {
        using var folder = new TempFolder();
        string data = folder.Write("d.jsonl", Records), bench = folder.Write("bench.jsonl",
            """{"question": "Explain why the sky is blue to a child"}""");
        var outcome = Run(new FilterRequest(data, folder["kept.jsonl"])
        {
            Rules = ["self-instruct"], Dedup = ["exact"], Decontaminate = [bench], Against = [folder.Write("pool.jsonl",
                """{"prompt":"no"}""")],
        });
        // Byte by byte, but for the space around it.
        Assert.Equal([Records.Split('\n')[0]], File.ReadAllLines(folder["kept.jsonl"]));
        Assert.Equal((7, 1), (outcome.Records, outcome.Kept));
        Assert.Equal(outcome.Records, outcome.Kept + outcome.Removed.Sum(r => r.Value));
        var removed = Lines(outcome.RemovedFile);
        Assert.Equal(folder["kept.removed.jsonl"], outcome.RemovedFile);
        Assert.Equal([(2, 2, "instruction-words"), (3, 4, "exact-duplicate"), (4, 5, "rouge-l"), (5, 6, "overlap-share"),
            (6, 7, "instance-conflict"), (7, 8, "instance-conflict")],
            removed.Select(r => ((int)r["record"]!, (int)r["line"]!, (string)r["rule"]!)));
        Assert.Equal("""{"instruction":"Draw me a cat, please, now","output":"(cat)"}""", removed[0]["fields"]!.ToJsonString());
        Assert.Equal("names 'draw'", (string)removed[0]["evidence"]!);
        Assert.Contains("bench.jsonl:1", (string)removed[3]["evidence"]!);
        Assert.Equal(outcome.Removed.ToDictionary(r => r.Key, r => r.Value),
            removed.GroupBy(r => (string)r["rule"]!).ToDictionary(g => g.Key, g => g.LongCount()));
    }

    [Theory]
    [InlineData("csv", "csv")]
    [InlineData("csv", "jsonl")]
    [InlineData("jsonl", "csv")]
    [InlineData("jsonl", "parquet")]
    [InlineData("json", "jsonl")]
    [InlineData("tsv", "parquet")]
    public void Every_format_is_read_and_written(string from, string to)
    {
        using var folder = new TempFolder();
        string[] texts = ["NA", "a, \"b\" and c", "a, \"B\"  and c", "last\tone"];
        string data = folder["d." + from];
        File.WriteAllText(data, from switch
        {
            "csv" => "id,text\n" + string.Concat(texts.Select((t, i) => $"{i},\"{Doubled(t)}\"\n")),
            "tsv" => "id\ttext\n" + string.Concat(texts.Select((t, i) => $"{i}\t\"{Doubled(t)}\"\n")),
            "json" => new JsonArray([.. texts.Select((t, i) => (JsonNode?)new JsonObject { ["id"] = i, ["text"] = t })]).ToJsonString(),
            _ => string.Concat(texts.Select((t, i) => new JsonObject { ["id"] = i, ["text"] = t }.ToJsonString() + "\n")),
        });
        var outcome = Run(new FilterRequest(data, folder["o." + to]) { Dedup = ["exact"] });
        Assert.Equal(3, outcome.Kept);
        var table = TableReader.Read(folder["o." + to], new ReadOptions { MissingTexts = [] }).Table;
        Assert.Equal(["NA", "a, \"b\" and c", "last\tone"], Enumerable.Range(0, 3).Select(r => ValueText.Format(table["text"], r)));
        Assert.Equal(["0", "1", "3"], Enumerable.Range(0, 3).Select(r => ValueText.Format(table["id"], r)));
        Assert.Equal("a, \"B\"  and c", (string)Lines(outcome.RemovedFile).Single()["fields"]!["text"]!);
    }

    private static string Doubled(string text) => text.Replace("\"", "\"\"", StringComparison.Ordinal);

    [Fact]
    public void Threads_and_order_of_options_change_nothing()
    {
        using var folder = new TempFolder();
        string[] texts = Text.Filters.Sentences.Instructions(3000);
        string data = folder.Write("d.jsonl", string.Concat(texts.Select(t => $"{{\"text\":\"{t}\"}}\n")));
        string[] outputs = [.. new[] { 1, 3 }.Select(threads =>
        {
            string to = folder[$"o{threads}.jsonl"], pool = folder.Write("p.jsonl", $"{{\"text\":\"{texts[17]}\"}}");
            Run(new FilterRequest(data, to) { Dedup = ["minhash", "exact"], Against = [pool], Rules = ["word-count: { min: 3 }"],
                Threads = threads });
            return File.ReadAllText(to) + File.ReadAllText(Path.ChangeExtension(to, null) + ".removed.jsonl");
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Contains("\"rule\":\"near-duplicate\"", outputs[0], StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"rouge-l\"", outputs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_are_kept_by_examples()
    {
        using var folder = new TempFolder();
        string Many(string name, string text) => folder.Write(name, string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{{\"text\":\"{text} {i}\"}}\n")));
        string good = Many("good.jsonl", "a clear lesson on rivers"), bad = Many("bad.jsonl", "buy cheap offers now");
        string data = folder.Write("d.jsonl", "{\"text\":\"buy a cheap river\"}\n{\"text\":\"a clear lesson\"}\n{\"text\":\"cheap "
            + "offers\"}\n");
        var outcome = Run(new FilterRequest(data, folder["o.jsonl"]) { Good = good, Bad = bad, Top = 0.34 });
        Assert.Equal("{\"text\":\"a clear lesson\"}\n", File.ReadAllText(folder["o.jsonl"]));
        Assert.Contains("24 examples that it had not seen apart with AUC 1.000", outcome.Notes.Single());
        Assert.Throws<UsageException>(() => Run(new FilterRequest(data, folder["p.jsonl"]) { Good = good, Bad = bad }));
        var few = Assert.Throws<DataException>(() => Run(new FilterRequest(data, folder["p.jsonl"]) { Good = good, Bad = data,
            Top = 0.5 }));
        Assert.Contains("3 examples", few.Message);
    }

    [Fact]
    public void What_means_the_same_as_a_text_kept_before_falls()
    {
        Assert.SkipWhen(
            SentenceEncoder.Find(Environment.GetEnvironmentVariable(SentenceEncoder.Variable), AppContext.BaseDirectory) is null,
            "the sentence encoder is not restored: cd native && npm ci");
        using var folder = new TempFolder();
        string[] texts = ["How old are you?", "What is your age?", "The ship left the harbour at noon.", "", "how old are you", "",
            "The vessel left the port at midday."];
        string data = folder.Write("d.jsonl", string.Concat(texts.Select(t => new JsonObject { ["text"] = t }.ToJsonString() + "\n")));
        var outcomes = new[] { .999, .8, .75 }.Select(c => Run(new FilterRequest(data, folder[$"o{c}.jsonl"])
            { Dedup = ["embedding"], Cosine = c, Threads = 2 })).ToList();
        // By the vectors themselves, one text after the other.
        float[] vectors = SentenceEncoder.Default.Embed(texts);
        foreach (var (outcome, cosine) in outcomes.Zip(new[] { .999f, .8f, .75f }))
        {
            var kept = new List<int>();
            for (int i = 0; i < texts.Length; i++)
                if (!kept.Any(k => Enumerable.Range(0, 512).Sum(d => (double)vectors[i * 512 + d] * vectors[k * 512 + d]) >= cosine))
                    kept.Add(i);
            Assert.Equal(kept.Select(k => k + 1), Enumerable.Range(1, texts.Length).Except(Lines(outcome.RemovedFile)
                .Select(r => (int)r["record"]!)));
        }
        Assert.True(outcomes[2].Kept < outcomes[0].Kept);
        var fallen = Lines(outcomes[2].RemovedFile)[0];
        Assert.Equal("like-meaning", (string)fallen["rule"]!);
        Assert.StartsWith("means the same as record 1, by a cosine of 0.", (string)fallen["evidence"]!);
    }

    [Fact]
    public void What_contradicts_a_table_falls()
    {
        using var folder = new TempFolder();
        string facts = folder.Write("rivers.csv", "river,length_km,mouth\nRhine,1230,North Sea\nDanube,2850,Black Sea\n");
        string data = folder.Write("d.jsonl", """
            {"question": "How long is the Rhine?", "answer": "The length km of the Rhine is 1,230."}
            {"question": "How long is the Danube?", "answer": "The length km of the Danube is 1,230."}
            {"question": "Where does it end?", "answer": "The mouth of the Danube is the North Sea."}
            """);
        var outcome = Run(new FilterRequest(data, folder["o.jsonl"]) { Facts = facts });
        Assert.Equal([KeyValuePair.Create("false-fact", 2L)], outcome.Removed);
        Assert.Contains("the length km of Danube is said to be 1,230, and is 2850", File.ReadAllText(outcome.RemovedFile),
            StringComparison.Ordinal);
        string narrow = folder.Write("narrow.csv", "river\nRhine\n");
        var e = Assert.Throws<DataException>(() => Run(new FilterRequest(data, folder["p.jsonl"]) { Facts = narrow }));
        Assert.Contains("facts take a table", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int> Hostile => new()
    {
        { "", "the file is empty", 0 },
        { "\n  \n", "the file is empty", 0 },
        { "{\"text\":\"a\"}\n{\"tekst\":\"b\"}\n", "the record has no field 'text'", 2 },
        { "{\"text\":\"a\"}\n{\"text\":null}\n", "the record has no field 'text'", 2 },
        { "{\"id\":1}\n", "none of its fields (id) is named text", 0 },
        { "{\"text\":\"a\"}\n\n[1]\n", "an object was expected on each line", 3 },
        { "{\"text\":\"a\"}\n{\"text\":\"b\"\n", "not JSON", 2 },
        { "{\"text\":\"a\"} {\"text\":\"b\"}\n", "not JSON", 1 },
        { "{\"text\":\"a\",\"text\":\"b\"}\n", "key 'text' stands twice", 1 },
        { "{\"text\":\"a\"}\n{\"text\":\"b\u00FF\"}\n", "not valid UTF-8", 2 },     // written as Latin-1 below
        { "{\"text\":\"a\"}\n{\"text\":\"\\ud800\"}\n", "not valid Unicode", 2 },
        { "{\"text\":\"a\"}\n\0\0\n", "not JSON", 2 },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void Files_at_fault_are_refused_at_their_line(string content, string message, int line)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["d.jsonl"], Encoding.Latin1.GetBytes(content));
        var e = Assert.Throws<DataException>(() => Run(new FilterRequest(folder["d.jsonl"], folder["o.jsonl"]) { Dedup = ["exact"] }));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Equal((folder["d.jsonl"], line == 0 ? null : (long?)line), (e.File, e.Row));
        Assert.Equal(["d.jsonl"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Strange_records_that_are_sound_pass_through()
    {
        using var folder = new TempFolder();
        string huge = new('x', 3_000_000), spread = string.Concat(Enumerable.Repeat("word ", 200_000));
        string content = $"{{\"text\":\"{huge}\"}}\r\n{{\"text\":\"{spread}\"}}\n"
            + """
            {"text":"a\u0000b"}
            {"text":""}
            {"text":42}
            {"text":[1,2]}
            """;
        string data = folder.Write("d.jsonl", content);
        var outcome = Run(new FilterRequest(data, folder["o.jsonl"])
        {
            Dedup = ["exact", "minhash"], Against = [data[..^7] + "p.jsonl"], Decontaminate = [folder.Write("p.jsonl",
                """{"text":"other"}""")],
        });
        Assert.Equal(content.Replace("\r", "", StringComparison.Ordinal) + "\n", File.ReadAllText(folder["o.jsonl"]));
        Assert.Empty(File.ReadAllText(outcome.RemovedFile));
        Assert.Contains("1 of 1 benchmark items are too short", outcome.Notes.Single());
    }

    [Fact]
    public void Requests_that_cannot_be_met_are_refused()
    {
        using var folder = new TempFolder();
        string data = folder.Write("d.jsonl", "{\"text\":\"a\"}\n"), to = folder["o.jsonl"];
        Assert.Throws<UsageException>(() => Run(new FilterRequest(data, to)));
        Assert.Contains("exact, minhash or embedding",
            Assert.Throws<UsageException>(() => Run(new FilterRequest(data, to) { Dedup = ["fuzzy"] })).Message, StringComparison.Ordinal);
        Assert.Throws<UsageException>(() => Run(new FilterRequest(data, folder["o.txt"]) { Dedup = ["exact"] }));
        Assert.Throws<UsageException>(() => Run(new FilterRequest(data, data) { Dedup = ["exact"] }));
        Assert.Throws<Simulant.Specs.SpecException>(() => Run(new FilterRequest(data, to) { Rules = [folder["none.yaml"]] }));
        Assert.Throws<DataException>(() => Run(new FilterRequest(data, to) { Dedup = ["exact"], TextField = "body" }));
        Assert.Throws<DataException>(() => Run(new FilterRequest(folder["none.jsonl"], to) { Dedup = ["exact"] }));
        Assert.Equal(["d.jsonl"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
        var e = Assert.Throws<Simulant.Specs.SpecException>(() => Run(new FilterRequest(data, to)
        {
            Rules = [folder.Write("r.yaml", "rules:\n  - word-count\n  - wordcount: { min: 2 }\n  - letter-words: { min: 7 }\n")],
        }));
        Assert.Equal([3, 4], e.Diagnostics.Select(d => d.At.Line));
        // Nothing is left to do, and it is done: what was there is replaced when asked.
        Run(new FilterRequest(data, to) { Dedup = ["exact"] });
        Assert.Throws<UsageException>(() => Run(new FilterRequest(data, to) { Dedup = ["exact"] }));
        Run(new FilterRequest(data, to) { Dedup = ["exact"], Force = true });
    }
}
