using System.Text.Json.Nodes;
using Simulant.Runs;
using Simulant.Text.Embeddings;
using Simulant.Text.Tasks;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Specs of kind text through the corridor.</summary>
public class TextMakeTests
{
    private static string Spec(string output, string more = "") => $$"""
        simulant: 1
        name: tasks
        kind: text
        recipe: { name: tasks, levels: 1-3 }
        rows: 230
        output: {{output}}
        seed: 4
        {{more}}
        """;

    [Theory]
    [InlineData("parquet", "plain")]
    [InlineData("jsonl", "plain")]
    [InlineData("csv", "plain")]
    [InlineData("jsonl", "chat")]
    [InlineData("parquet", "chat")]
    [InlineData("jsonl", "alpaca")]
    [InlineData("csv", "sharegpt")]
    public void A_set_is_published_whole_and_proves_itself_on_any_number_of_threads_and_shards(string format, string shape)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec($"{{ format: {format}, shape: {shape} }}"));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"], Threads = 1 });
        Assert.Equal((MakeState.Made, 230L), (made.State, made.Summary!.Rows));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"], Threads = 5 });
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
        MakeOutcome last = null!;
        foreach (int shard in new[] { 2, 3, 1 })
            last = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["s"], Shard = shard, Shards = 3 });
        Assert.Equal(made.Summary.Digest, last.Summary!.Digest);
    }

    [Fact]
    public void Lines_of_a_chat_are_what_trainers_read()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("{ format: jsonl, shape: chat }"));
        TestBench.Make(TestBench.Corridor(rowsPerFile: 1000), new MakeRequest(spec) { Output = folder["out"] });
        var lines = File.ReadLines(folder["out/data/train-00000-of-00001.jsonl"]).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(230, lines.Count);
        Assert.All(lines, line =>
        {
            var turns = line["messages"]!.AsArray();
            Assert.Equal(["user", "assistant"], turns.Select(t => (string)t!["role"]!));
            var family = TaskFamilies.Find((string)line["family"]!)!;
            Assert.InRange((int)line["level"]!, 1, 3);
            Assert.EndsWith((string)line["answer"]!, (string)turns[1]!["content"]!, StringComparison.Ordinal);
            Assert.Equal(family.Category, (string)line["category"]!);
        });
        Assert.Equal(lines.Count, lines.Select(l => (string)l["messages"]![0]!["content"]!).Distinct().Count());
    }

    [Fact]
    public void Card_and_report_speak_of_a_recipe()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec("jsonl"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        string card = File.ReadAllText(folder["out/README.md"]);
        Assert.Contains("\n- text\n", card, StringComparison.Ordinal);
        Assert.Contains("recipe `tasks`", card, StringComparison.Ordinal);
        Assert.Contains("recipe tasks", File.ReadAllText(folder["out/report.html"]), StringComparison.Ordinal);
        var manifest = JsonNode.Parse(File.ReadAllText(folder["out/manifest.json"]))!;
        Assert.Contains("\"kind\":\"text\"", manifest.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>Real texts with a class: what a student learns from the records, and how many of their meanings these reach.</summary>
    [Fact]
    public void Classes_and_meanings_are_held_against_real_texts()
    {
        using var folder = new TempFolder();
        TestBench.Make(TestBench.Corridor(rowsPerFile: 1000),
            new MakeRequest(folder.Write("real.yaml", Spec("jsonl"))) { Output = folder["real"], Seed = 9 });
        // A file by itself stands for real data; in its folder it is known to be made.
        File.Copy(folder["real/data/train-00000-of-00001.jsonl"], folder["real.jsonl"]);
        string spec = folder.Write("spec.yaml", Spec("jsonl",
            "source: { train: real.jsonl, target: category }\nvalidate: { field: question }"));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        var metrics = JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!["metrics"]!.AsArray();
        JsonNode Of(string name) => metrics.Single(m => (string)m!["name"]! == name)!;
        Assert.InRange((double)Of("text.tstr")["value"]!, 0.3, 1); // of fifteen categories
        Assert.InRange((double)Of("text.tstr")["reference"]!, 0.3, 1);
        if (SentenceEncoder.Find(Environment.GetEnvironmentVariable(SentenceEncoder.Variable), AppContext.BaseDirectory) is null)
            Assert.Skip("the sentence encoder is not there; run: cd native && npm ci");
        Assert.InRange((double)Of("text.coverage")["value"]!, 0.7, 1);
    }

    [Theory]
    [InlineData("recipe: task", "unknown recipe 'task'; did you mean 'tasks'?")]
    [InlineData("recipe: tasks\nengine: trees", "'engine' is for tables, and the spec's kind is text; remove it")]
    [InlineData("recipe: tasks\nbalance: { a: { b: 0.1 } }", "'balance' is for tables")]
    [InlineData("recipe: tasks\ncolumns: { a: integer }", "'columns' is for tables")]
    [InlineData("", "a spec of kind text needs a recipe; add 'recipe: NAME'")]
    [InlineData("recipe: { name: tasks, level: 2 }", "unknown key 'level'")]
    [InlineData("recipe: { name: tasks, levels: 3-1 }", "'levels' is '3-1'; write one level, such as 2, or a range, such as 1-3")]
    [InlineData("recipe: { name: tasks, levels: 17 }", "has levels 1 to")]
    [InlineData("recipe: { name: tasks, families: [long-adition] }", "unknown family 'long-adition'; did you mean 'long-addition'?")]
    [InlineData("recipe: { name: tasks, categories: arithmetics }", "unknown category 'arithmetics'; did you mean 'arithmetic'?")]
    [InlineData("recipe: { name: tasks, families: long-addition, categories: geometry }", "none of 'families' is in 'categories'")]
    [InlineData("recipe: { name: tasks, trace: verse }", "trace")]
    [InlineData("recipe: tasks\nmodels: { small: { model: m } }", "the recipe 'tasks' asks no language model; remove 'models'")]
    [InlineData("recipe: { name: stories, plots: [none such] }", "no plot 'none such'")]
    [InlineData("recipe: { name: stories, features: [twist, bad-ending] }", "no plot has")]
    [InlineData("recipe: { name: dialogues, domains: [moon] }", "no domain 'moon'")]
    [InlineData("recipe: tasks\noutput: { shape: preference }", "cannot be laid out as preference")]
    public void Faults_of_a_text_spec_are_told_with_their_place(string lines, string part)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", $"simulant: 1\nkind: text\nrows: 10\n{lines}\n");
        var check = TestBench.Run("check", spec);
        Assert.Equal(2, check.Code);
        Assert.Contains(part, check.Error, StringComparison.Ordinal);
        Assert.Matches(@"spec\.yaml:\d+:\d+: error SIM\d+", check.Error);
    }

    [Theory]
    [InlineData("recipe: tasks", "'recipe' is for text, and the spec's kind is table; write 'kind: text', or remove it")]
    [InlineData("models: { a: { model: b } }", "'models' is for text")]
    [InlineData("validate: { field: answer }", "'field' is for text, and the spec's kind is table; write 'kind: text', or remove it")]
    [InlineData("validate: { extractor: a.onnx }", "'extractor' is for scenes, and the spec's kind is table")]
    [InlineData("validate: { transfer: 100 }", "'transfer' is for scenes")]
    [InlineData("output: { shape: chat }", "shape 'chat' lays out texts")]
    public void What_is_for_text_is_refused_of_tables(string line, string part)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", $"simulant: 1\nrows: 10\ncolumns: {{ a: {{ values: {{ x: 1 }} }} }}\n{line}\n");
        var check = TestBench.Run("check", spec);
        Assert.Equal(2, check.Code);
        Assert.Contains(part, check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_rows_a_text_spec_says_what_is_missing()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", "simulant: 1\nkind: text\nrecipe: tasks\n");
        var check = TestBench.Run("check", spec);
        Assert.Equal(2, check.Code);
        Assert.Contains("how many records", check.Error, StringComparison.Ordinal);
    }
}
