using System.Text.Json.Nodes;
using Simulant.Bench.Speed;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>Recipes that ask language models, through the corridor.</summary>
public class AskedMakeTests
{
    private const string Grammar = """
        models:
          g:
            license: CC0-1.0
            grammar:
              answer: "{Who} {does} the {thing} in {place}, and {does} it again until {time} comes."
              Who: [The baker, My aunt, A sailor, The miller, Her cousin, Our neighbour]
              does: [mends, sells, paints, hides, finds, carries, washes]
              thing: [lamp, boat, loaf, ladder, kettle, fence, basket, clock]
              place: [York, the garden, the harbour, a cellar, the attic, Leeds]
              time: [winter, the tide, evening, the rain]
        """;

    private static string Spec(string models, string more = "", string output = "jsonl", int rows = 40) => $$"""
        simulant: 1
        name: notes
        kind: text
        {{models}}
        recipe:
          name: steps
          source_license: none needed
          steps:
            - draw: { field: topic, from: [rivers, lamps, bread] }
            - ask: { prompt: "Write one sentence about {topic}.", system: Be brief., writes: answer }
            - check: { field: answer, without: [sells] }
            - set: { field: question, text: "What of {topic}?" }
          output: [question, answer]
          unique: [answer]
          {{more}}
        rows: {{rows}}
        output: {{output}}
        seed: 4
        """;

    private static string Stub(ModelStub stub, string more = "") =>
        $"models: {{ m: {{ endpoint: \"{stub.Address}\", model: stub, temperature: 1, backoff: 1ms{more} }} }}";

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    [InlineData("{ format: jsonl, shape: chat }")]
    [InlineData("{ format: jsonl, shape: alpaca }")]
    public void A_set_is_published_with_the_history_of_every_record_and_proves_itself(string output)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(Grammar, output: output));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"], Threads = 1 });
        Assert.Equal((MakeState.Made, 40L), (made.State, made.Summary!.Rows));
        var proof = TestBench.Verify(folder["out"]);
        Assert.Null(proof.Difference);
        Assert.Contains(proof.Proved, p => p.Contains("written again", StringComparison.Ordinal));

        var histories = Lines(folder["out/history.jsonl"]);
        Assert.Equal(Enumerable.Range(0, 40), histories.Select(h => (int)h["record"]!));
        Assert.All(histories, h => Assert.Equal("ask-2", (string)Assert.Single(h["answers"]!.AsArray())!["step"]!));
        var attempts = Lines(folder["out/attempts.jsonl"]);
        Assert.Equal(40, attempts.Count(a => (string)a["end"]! == "accepted"));
        Assert.Contains(attempts, a => (string)a["end"]! == "rejected" && (string)a["step"]! == "check-3");
        var asked = Manifest.Load(folder["out"]).Content.Asked!;
        Assert.Equal(attempts.Count, asked.Attempts.Sum(a => a.Count));
        Assert.Equal(attempts.GroupBy(a => (string)a["end"]!).ToDictionary(g => g.Key, g => (long)g.Count()),
            asked.Attempts.GroupBy(a => a.End).ToDictionary(g => g.Key, g => g.Sum(a => a.Count)));
        var model = Assert.Single(asked.Models);
        Assert.Equal(("g", "embedded", "CC0-1.0"), (model.Name, model.Provider, model.License));
        Assert.True(model.Answers >= attempts.Count && model.OutputTokens > model.Answers);

        string card = File.ReadAllText(folder["out/README.md"]), report = File.ReadAllText(folder["out/report.html"]);
        foreach (string page in (string[])[card, report])
        {
            Assert.Contains("Write one sentence about {topic}.", page, StringComparison.Ordinal);
            Assert.Contains("Be brief.", page, StringComparison.Ordinal);
            Assert.Contains("CC0-1.0", page, StringComparison.Ordinal);
        }
        Assert.Contains("none needed", card, StringComparison.Ordinal);

        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"], Threads = 5 });
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
    }

    [Fact]
    public void With_faults_among_the_answers_exactly_as_many_records_are_made_and_nothing_is_asked_twice()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Faulty(TimeSpan.FromMilliseconds(2), 0.2, 5, 12));
        string spec = folder.Write("spec.yaml", Spec(Stub(stub, ", timeout: 1s"), rows: 120));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(120, made.Summary!.Rows);
        long asked = stub.Requests;
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["again"] });
        Assert.Equal(asked, stub.Requests);
        Assert.Equal(TempFolder.Contents(folder["out"]), TempFolder.Contents(folder["again"]));
        // The first records of a longer run are those of the shorter one.
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["more"], Rows = 150 });
        Assert.Equal(Rows(folder["out"]), Rows(folder["more"])[..120]);
    }

    [Fact]
    public void A_preview_asks_for_no_more_than_it_shows_and_leaves_its_answers()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Steady(TimeSpan.Zero, 12));
        string spec = folder.Write("spec.yaml", Spec(Stub(stub), rows: 500));
        var shown = TestBench.Run("make", spec, "--preview", "12", "--json");
        Assert.Equal(0, shown.Code);
        long asked = stub.Requests;
        Assert.InRange(asked, 12, 80);
        var measured = TestBench.Run("check", spec);
        Assert.Contains("measured on", measured.Out, StringComparison.Ordinal);
        Assert.Equal(asked, stub.Requests);
    }

    [Fact]
    public void A_check_says_what_a_run_will_take()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml",
            Spec("models: { m: { endpoint: \"http://127.0.0.1:9\", model: m, max_tokens: 100, price: { input: 1, output: 10 } } }"));
        var check = TestBench.Run("check", spec);
        Assert.Equal(0, check.Code);
        Assert.Matches(@"takes about 40 requests, [\d,]+ tokens of questions and 2,000 of answers, cost 0\.02", check.Out);
        Assert.Contains("about 40 requests", (string)TestBench.Run("check", spec, "--json").Json["takes"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spent_budget_ends_the_run_with_its_own_exit_code_and_a_greater_one_goes_on()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Steady(TimeSpan.FromMilliseconds(1), 12));
        string models = Stub(stub, ", concurrency: 4");
        string spec = folder.Write("spec.yaml", Spec(models, "budget: { tokens: 600 }"));
        var stopped = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(4, stopped.Code);
        Assert.Contains("the budget of 600 tokens is spent", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("attempts.jsonl", stopped.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Lines(folder["notes.answers/attempts.jsonl"]));
        Assert.False(Directory.Exists(folder["out"]));
        long before = stub.Requests;
        folder.Write("spec.yaml", Spec(models, "budget: { tokens: 10k }"));
        Assert.Equal(0, TestBench.Run("make", spec, "-o", folder["whole"]).Code);
        Assert.Equal(stub.Times.Count, stub.Requests); // no question was sent twice
        Assert.True(stub.Requests > before);
    }

    [Fact]
    public void Too_few_acceptable_answers_end_it_with_the_account()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(_ => new StubReply(200, StubAnswers.Chat("always the same")));
        string spec = folder.Write("spec.yaml", Spec(Stub(stub), "max_attempts: 50"));
        var stopped = TestBench.Run("make", spec, "-o", folder["out"]);
        Assert.Equal(3, stopped.Code);
        Assert.Contains("1 of 40 records were accepted when max_attempts (50 candidates) is reached: 49 ", stopped.Error,
            StringComparison.Ordinal);
        Assert.Equal(50, Lines(folder["notes.answers/attempts.jsonl"]).Count);
    }

    [Fact]
    public void A_stored_model_draws_what_was_made_and_nothing_else()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(Grammar));
        Assert.Equal(0, TestBench.Run("fit", spec, "-o", folder["notes.simulant"]).Code);
        Assert.Equal(0, TestBench.Run("sample", folder["notes.simulant"], "--rows", "10", "-o", folder["ten.jsonl"]).Code);
        TestBench.Make(TestBench.Corridor(rowsPerFile: 1000), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(Rows(folder["out"])[..10], File.ReadAllLines(folder["ten.jsonl"]));
        var more = TestBench.Run("sample", folder["notes.simulant"], "--rows", "41", "-o", folder["more.jsonl"]);
        Assert.Equal(2, more.Code);
        Assert.Contains("40 were made when the model was fitted", more.Error, StringComparison.Ordinal);
        var other = TestBench.Run("sample", folder["notes.simulant"], "--seed", "9", "-o", folder["more.jsonl"]);
        Assert.Equal(2, other.Code);
        Assert.Contains("asked of language models under one seed", other.Error, StringComparison.Ordinal);
        var shard = TestBench.Run("make", spec, "-o", folder["s"], "--shard", "1/2");
        Assert.Equal(2, shard.Code);
        Assert.Contains("run it whole", shard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stopped_keeps_its_answers()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Steady(TimeSpan.FromMilliseconds(20), 12));
        string spec = folder.Write("spec.yaml", Spec(Stub(stub, ", concurrency: 2"), rows: 100));
        Assert.InRange(Conformance.Checks.TimeToStop(stop => TestBench.Corridor().Make(
            new MakeRequest(spec) { Output = folder["out"] }, Quiet.Instance, stop), after: TimeSpan.FromMilliseconds(400)),
            TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.False(Directory.Exists(folder["out"]));
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"], Resume = true });
        Assert.Equal(100, made.Summary!.Rows);
        Assert.InRange(stub.Requests - stub.Times.Count, 0, 2); // what was in flight
    }

    [Fact]
    public void Words_that_were_changed_in_the_published_history_are_found()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(Grammar));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        File.AppendAllText(folder["out/history.jsonl"], "{}\n");
        Assert.Contains("history.jsonl", TestBench.Verify(folder["out"]).Difference, StringComparison.Ordinal);
    }

    private const string Model = "models: { m: { model: x, provider: openai } }\n";

    [Theory]
    [InlineData("recipe: { name: steps, steps: [{ ask: { prompt: a, writes: b } }] }",
        "a model is asked here, and the spec has no 'models'")]
    [InlineData(Model + "recipe: { name: steps, steps: [{ ask: { prompt: \"{c}\", writes: b } }] }",
        "reads 'c', which nothing before it writes")]
    [InlineData(Model + "recipe: { name: steps, steps: [{ ask: { prompt: a, writes: b } }] }\n"
        + "output: { shape: chat }",
        "cannot be laid out as chat")]
    [InlineData(Model + "recipe: { name: steps, budget: { cost: 1 }, steps: [{ ask: { prompt: a, writes: b } }] }",
        "a budget of cost needs prices")]
    [InlineData("models: { m: { model: x, provider: openai, api_key: k } }\n"
        + "recipe: { name: steps, steps: [{ ask: { prompt: a, writes: b } }] }",
        "key_from")]
    [InlineData("recipe: tasks\nvalidate: { field: text }", "the records have no text field 'text'; there are ")]
    [InlineData("recipe: tasks\nvalidate: { gates: { fidelity.shapes: \">= 0.9\" } }", "is a figure of tables")]
    public void Faults_are_told_with_their_place(string lines, string part)
    {
        using var folder = new TempFolder();
        var check = TestBench.Run("check", folder.Write("spec.yaml", $"simulant: 1\nkind: text\nrows: 10\n{lines}\n"));
        Assert.Equal(2, check.Code);
        Assert.Contains(part, check.Error, StringComparison.Ordinal);
        Assert.Matches(@"spec\.yaml:\d+:\d+: error SIM\d+", check.Error);
    }

    [Fact]
    public void Figures_are_of_the_field_that_the_spec_names()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", Spec(Grammar) + "\nvalidate: { field: answer, gates: { memory.duplicates: \"<= 0\" } }\n");
        Assert.Equal(MakeState.Made, TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] }).State);
        folder.Write("spec.yaml", Spec(Grammar) + "\nvalidate: { field: question, gates: { memory.duplicates: \"<= 0\" } }\n");
        Assert.Equal(MakeState.Rejected, TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["three"] }).State);
    }

    [Fact]
    public void A_figure_of_texts_is_no_gate_of_a_table()
    {
        using var folder = new TempFolder();
        var check = TestBench.Run("check", folder.Write("spec.yaml",
            TestBench.Rules + "\nvalidate: { gates: { text.mauve: \">= 0.9\" } }\n"));
        Assert.Equal(2, check.Code);
        Assert.Contains("is a figure of texts", check.Error, StringComparison.Ordinal);
    }

    private static List<JsonNode> Lines(string path) => [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!)];

    private static string[] Rows(string folder) =>
        [.. Directory.GetFiles(Path.Combine(folder, "data")).Order(StringComparer.Ordinal).SelectMany(File.ReadAllLines)];
}
