using System.Text.Json;
using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class SelfInstructTests
{
    private static readonly string[] Verbs = ["List", "Explain", "Compare", "Translate", "Summarise", "Rewrite", "Describe", "Name", "Sort",
        "Count"];
    private static readonly string[] Things =
        ["rivers of the north", "kinds of bread", "old letters", "rules of chess", "colours at dusk", "stars seen in June",
            "birds of a marsh",
         "words for snow", "ways to say no", "parts of a clock", "steps of a dance", "trees by leaf", "songs of the sea", "tools for wood"];

    internal static string Seeds(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(new
    {
        id = $"seed_{i}",
        instruction = $"Seed task {i} speaks of subject {i * 7} and of nothing else {i * 13}",
        instances = new[] { new { input = "", output = $"out {i}" } },
        is_classification = i % 4 == 0,
    }))) + "\n";

    private static string Spec(ModelStub stub, string more = "") =>
        Model(stub, ", concurrency: 8") + $"recipe: {{ name: self-instruct, seeds: seeds.jsonl, tasks: 6{more} }}";

    /// <summary>A stand-in that answers each of the three questions, with faults of every published kind among its tasks.</summary>
    internal static string Answer(string body)
    {
        ulong seed = StubAnswers.SeedOf(body);
        if (body.Contains("Think of 6 further ones"))
        {
            string Task(ulong k) => $"{Verbs[(seed / 7 + k) % 10]} {Things[(seed / 71 + 3 * k) % 14]} for "
                + $"{Things[(seed / 997 + 5 * k) % 14]} number {seed % 1000 + k}";
            return $"1. {Task(0)}\n2. {Task(1)}\n3. Write a program that adds {seed}\n"
                + $"4. Draw a fine picture of {seed}\n5. Too short\n6. \"Quoted\" {Task(2)}";
        }
        if (body.Contains("fixed answers")) return seed % 3 == 0 ? "Yes" : "No";
        return (seed % 8) switch
        {
            0 => "Input: same\nOutput: same",
            1 => "Input: a\nOutput: b\nInput: a\nOutput: c",
            2 => "Input: a\nOutput:",
            3 => "Input: a\nOutput: as follows:",
            4 => "no example here",
            _ when body.Contains("few possible answers") => "Output: good\nInput: fine work\nOutput: bad\nInput: poor work",
            _ => "Example 1\nInput: none\nOutput: the result\nover two lines\nExample 2\nInput: x\nOutput: y",
        };
    }

    private static Recipe ReadIn(TempFolder folder, string yaml) =>
        Read(yaml.Replace("seeds.jsonl", folder["seeds.jsonl"].Replace('\\', '/')));

    [Fact]
    public void Tasks_are_made_from_seeds_and_from_what_was_accepted()
    {
        using var folder = new TempFolder();
        folder.Write("seeds.jsonl", Seeds(20));
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(Answer(r.Body))));
        var outcome = Run(ReadIn(folder, Spec(stub)), 120, folder);
        Assert.Null(outcome.Short);
        Assert.Equal(120, outcome.Accepted.Count);
        string[] rules =
        [
            "starts with 'Write a program'", "names what a text cannot hold", "too short", "starts with a mark or another script",
            "too like another", "output equals input", "one input, two outputs", "empty output", "ends with ':'", "unusable answer",
        ];
        foreach (string rule in rules) Assert.Contains(outcome.Account.ByRule, r => r.Rule == rule && r.Count > 0);
        Assert.Equal(outcome.Account.Attempts, outcome.Account.ByRule.Sum(r => r.Count));
        Assert.All(outcome.Accepted, r =>
        {
            Assert.Equal(["instruction", "input", "output", "classification", "instances"], r.Fields.Fields.Select(f => f.Key));
            Assert.Equal(8, r.History.Parents.Count);
            Assert.Equal(["tasks", "kind", "instances"], r.History.Calls.Select(c => c.Step).Distinct());
            Assert.Equal(r.Fields["classification"] == "yes" ? ("fine work", "good") : ("", "the result\nover two lines"),
                (r.Fields["input"], r.Fields["output"]));
            Assert.Equal(2, JsonDocument.Parse(r.Fields["instances"]).RootElement.GetArrayLength());
        });
        // Every task is new against the seeds and all before it, by the score itself.
        var earlier = Enumerable.Range(0, 20).Select(i => $"Seed task {i} speaks of subject {i * 7} and of nothing else {i * 13}").ToList();
        foreach (var record in outcome.Accepted)
        {
            Assert.All(earlier, e => Assert.True(RougeL.Score(e, record.Fields["instruction"]) <= 0.7));
            earlier.Add(record.Fields["instruction"]);
        }
        // The first round sees seeds alone, later ones two accepted tasks beside six seeds, each once.
        Assert.All(outcome.Accepted, r => Assert.Equal(8, r.History.Parents.Distinct().Count()));
        Assert.All(outcome.Accepted.Where(r => r.History.Candidate < 32), r =>
            Assert.All(r.History.Parents, p => Assert.StartsWith("seed:", p)));
        Assert.All(outcome.Accepted.Where(r => r.History.Candidate >= 32), r =>
            Assert.Equal(2, r.History.Parents.Count(p => p.StartsWith("record:"))));
        Assert.Contains(outcome.Accepted, r => r.History.Candidate >= 32);
    }

    [Fact]
    public void It_repeats_itself_at_any_number_in_flight()
    {
        using var folder = new TempFolder();
        folder.Write("seeds.jsonl", Seeds(12));
        using var stub = new ModelStub(r => new StubReply(200,
            StubAnswers.Chat(Answer(r.Body))) { Delay = TimeSpan.FromMilliseconds(r.Number % 4) });
        string one = Written(Run(ReadIn(folder, Spec(stub, ", round: 8").Replace("concurrency: 8", "concurrency: 1")), 30, folder,
            cache: "one"));
        Assert.Equal(one, Written(Run(ReadIn(folder, Spec(stub, ", round: 8").Replace("concurrency: 8", "concurrency: 40")), 30, folder,
            cache: "many")));
    }

    [Fact]
    public void The_last_task_of_an_answer_that_was_cut_off_is_left_out()
    {
        using var folder = new TempFolder();
        folder.Write("seeds.jsonl", Seeds(10));
        using var stub = new ModelStub(r => new StubReply(200, r.Body.Contains("Think of 6")
            ? StubAnswers.Chat("1. Explain how a clock keeps time\n2. List four kinds of bread and", "length")
                : StubAnswers.Chat(Answer(r.Body))));
        var outcome = Run(ReadIn(folder, Spec(stub, ", max_attempts: 8")), 2, folder);
        Assert.All(outcome.Accepted, r => Assert.Equal("Explain how a clock keeps time", r.Fields["instruction"]));
        Assert.DoesNotContain(outcome.Account.ByRule, r => r.Rule == "cut off");
    }

    [Fact]
    public void Too_few_seeds_are_refused()
    {
        using var folder = new TempFolder();
        folder.Write("seeds.jsonl", Seeds(3));
        using var stub = new ModelStub(_ => new StubReply(500, ""));
        string spec = Spec(stub).Replace("seeds.jsonl", folder["seeds.jsonl"].Replace('\\', '/'));
        Assert.Contains("3 seeds, and 6 are shown at once; add seeds or set 'human'", Assert.Single(TryRead(spec).Faults));
    }

    [Fact]
    public void The_published_seeds_are_read()
    {
        string? data = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        Assert.SkipWhen(data is null, "SIMULANT_DATA is not set");
        var seeds = SeedTasks.Read(Path.Combine(data!, "text", "self_instruct_seeds.jsonl"));
        Assert.Equal((175, 26), (seeds.Count, seeds.Count(s => s["classification"] == "yes")));
        Assert.All(seeds, s => Assert.NotEqual("", s["output"]));
        Assert.StartsWith("Is there anything I can eat for a breakfast", seeds[0]["instruction"]);
    }
}
