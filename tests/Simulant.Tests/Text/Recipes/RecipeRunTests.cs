using System.Diagnostics;
using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tests.Runs;
using Simulant.Text.Cache;
using Simulant.Text.Models;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class RecipeRunTests
{
    /// <summary>Draws a topic, asks, rejects about a third, and keeps what is new: everything that order could disturb.</summary>
    private const string Steps = """
        recipe:
          name: steps
          round: 10
          output: [topic, text]
          steps:
            - draw: { field: topic, from: [rivers, lamps, bread] }
            - ask: { prompt: "Write about {topic}.", writes: text }
            - check: { field: text, without: [seven], min_words: 5 }
            - novel: { field: text, max: 0.5 }
        """;

    private static ModelStub Stub(int milliseconds = 0, int words = 6) =>
        new(StubAnswers.Steady(TimeSpan.FromMilliseconds(milliseconds), words));

    [Fact]
    public void Exactly_so_many_are_accepted_and_every_attempt_is_accounted_for()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var outcome = Run(Read(Model(stub) + Steps), 60, folder);
        var account = outcome.Account;
        Assert.Null(outcome.Short);
        Assert.Equal((60, 60), (outcome.Accepted.Count, account.Accepted));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), outcome.Accepted.Select(r => r.Number));
        Assert.Equal(account.Attempts, account.ByRule.Sum(r => r.Count));
        Assert.Equal(account.Candidates, account.Attempts);
        Assert.Contains(account.ByRule, r => r is { Step: "check-3", Rule: "names what a text cannot hold", Count: > 5 });
        Assert.All(outcome.Accepted, r => Assert.DoesNotContain("seven", r.Fields["text"]));
        // Every accepted record is new against all before it, by the score itself.
        for (int i = 0; i < 60; i++)
            for (int j = 0; j < i; j++)
                Assert.True(RougeL.Score(outcome.Accepted[i].Fields["text"], outcome.Accepted[j].Fields["text"]) <= 0.5);
        Assert.Contains(account.ByRule, r => r is { Step: "novel-4", Rule: "too like another" });
        Assert.Equal(account.Candidates, account.Models.Single().Answers);
        Assert.Equal(["topic", "text"], outcome.Accepted[0].Fields.Fields.Select(f => f.Key));
        Assert.Equal("ask-2", Assert.Single(outcome.Accepted[0].History.Calls).Step);
    }

    /// <summary>However many are in flight, however often it is begun, and with nobody to ask at all.</summary>
    [Fact]
    public void The_records_follow_from_spec_seed_and_answers_alone()
    {
        using var folder = new TempFolder();
        using var stub = Stub(1);
        string first = Written(Run(Read(Model(stub, ", concurrency: 1") + Steps), 40, folder, cache: "one"));
        Assert.Equal(first, Written(Run(Read(Model(stub, ", concurrency: 50") + Steps), 40, folder, cache: "many")));
        long asked = stub.Requests;
        Assert.Equal(first, Written(Run(Read(Model(stub) + Steps), 40, folder, cache: "many")));
        Assert.Equal(asked, stub.Requests);
        Assert.Equal(first, Written(Run(Read(Model(stub) + Steps), 40, folder, options: new RunOptions { Offline = true }, cache: "one")));
        Assert.NotEqual(first, Written(Run(Read(Model(stub) + Steps), 40, folder, seed: 8, cache: "many")));
    }

    [Fact]
    public void A_longer_run_begins_as_the_shorter_one()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var recipe = Read(Model(stub) + Steps);
        string[] ten = [.. Run(recipe, 10, folder).Accepted.Select(r => r.Fields.ToJson())];
        Assert.Equal(ten, Run(recipe, 30, folder).Accepted.Take(10).Select(r => r.Fields.ToJson()));
    }

    [Fact]
    public void Raising_max_tokens_asks_again_only_what_was_cut_off()
    {
        using var folder = new TempFolder();
        // Every third answer is cut off below 50 tokens.
        using var stub = new ModelStub(r =>
        {
            string text = StubAnswers.Text(StubAnswers.SeedOf(r.Body), 10);
            bool cut = StubAnswers.SeedOf(r.Body) % 3 == 0 && r.Body.Contains("\"max_tokens\":20,");
            return new StubReply(200, cut ? StubAnswers.Chat(text[..20], "length", output: 20) : StubAnswers.Chat(text));
        });
        const string Plain = "recipe: { name: steps, max_attempts: 90, steps: [ { ask: { prompt: Write., writes: text } } ] }";
        var low = Run(Read(Model(stub, ", max_tokens: 20") + Plain), 90, folder);
        long cut = low.Account.ByRule.Single(r => r.Rule == "cut off").Count;
        Assert.InRange(cut, 10, 60);
        Assert.Equal((90, 90 - cut), (stub.Requests, low.Account.Accepted));
        Assert.StartsWith($"{90 - cut} of 90 records were accepted when max_attempts (90 candidates) is reached: {cut} cut off (ask-1)",
            low.Short);
        var high = Run(Read(Model(stub, ", max_tokens: 200") + Plain), 90, folder);
        Assert.Equal((90, 90 + cut), (high.Account.Accepted, stub.Requests));
        Run(Read(Model(stub, ", max_tokens: 20") + Plain), 90, folder);
        Assert.Equal(90 + cut, stub.Requests);
    }

    [Fact]
    public void A_source_that_is_used_up_stops_the_run()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var outcome = Run(Read(Model(stub) + """
            recipe:
              name: steps
              source: { values: [one, two, three], passes: 2 }
              unique: []
              steps: [ { ask: { prompt: "Say {text}", writes: said } } ]
            """), 10, folder);
        Assert.Equal("6 of 10 records were accepted when the source's 3 entries are used up", outcome.Short);
        Assert.Equal(["row:0", "row:1", "row:2", "row:0", "row:1", "row:2"], outcome.Accepted.SelectMany(r => r.History.Parents));
        // The second time round asks for second answers.
        Assert.Equal(6, outcome.Accepted.Select(r => r.Fields["said"]).Distinct().Count());
    }

    [Fact]
    public void A_server_that_forbids_stops_the_run_at_once()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(_ => new StubReply(401, "wrong key"));
        var outcome = Run(Read(Model(stub, ", concurrency: 4") + Steps), 100, folder);
        Assert.Contains("nothing further can be asked", outcome.Short);
        Assert.Contains("401 wrong key", outcome.Short);
        Assert.InRange(stub.Requests, 1, 20);
    }

    [Fact]
    public void A_server_that_is_gone_stops_the_run_after_a_while()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(_ => new StubReply(500, ""));
        var outcome = Run(Read(Model(stub, ", retries: 1") + Steps), 100, folder, options: new RunOptions { FailuresInARow = 25 });
        Assert.StartsWith("25 candidates failed one after another, and the run gave up: 25 server error (ask-2)", outcome.Short);
        Assert.Equal((25, 0), (outcome.Account.Failed, outcome.Account.Accepted));
    }

    [Fact]
    public void A_stop_is_obeyed_within_a_second_and_what_was_answered_stays()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(r => r.Number < 20 ? StubAnswers.Steady(TimeSpan.Zero)(r) : new StubReply(-1, ""));
        using var stop = new CancellationTokenSource();
        var recipe = Read(Model(stub, ", concurrency: 8")
            + "recipe: { name: steps, steps: [ { ask: { prompt: Write., writes: text } } ] }");
        var run = new RunContext(1, 2, new Seen(() => stub.Requests >= 28, stop), stop.Token);
        var watch = new Thread(() =>
        {
            SpinWait.SpinUntil(() => stub.Requests >= 28, 60_000);
            stop.Cancel();
        });
        watch.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => RecipeRun.Execute(recipe, 1000, 1, folder["cache"], null, run));
        watch.Join();
        using var log = ResponseLog.Open(folder["cache"]);
        Assert.Equal((20, 0), (log.Report.Entries, log.Report.TornBytes));
    }

    [Fact]
    public void Progress_says_rate_tokens_cost_and_time_left()
    {
        using var folder = new TempFolder();
        using var stub = Stub(20);
        var seen = new Notes();
        RecipeRun.Execute(Read(Model(stub, ", concurrency: 4, price: { input: 1, output: 1000 }") + Steps), 60, 1, folder["cache"], null,
            new RunContext(1, 2, seen, default));
        Assert.True(seen.All.Count >= 2);
        Assert.Contains(seen.All, p => p.Done < 60 && System.Text.RegularExpressions.Regex.IsMatch(p.Note!,
            @"^[\d.]+/s, [\d,]+ tokens, cost [\d.]+, [\d.]+ (s|min|h) left$"));
        Assert.Equal((60, 60), (seen.All[^1].Done, seen.All[^1].Total));
    }

    [Fact]
    public void A_missing_key_leaves_the_log_free()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var recipe = Read(Model(stub, ", key_from: SIMULANT_TEST_NO_SUCH_KEY") + Steps);
        Assert.Throws<SpecException>(() => Run(recipe, 1, folder));
        ResponseLog.Open(folder["cache"]).Dispose();
    }

    private sealed class Seen(Func<bool> when, CancellationTokenSource stop) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (when()) stop.Cancel();
        }
    }

    private sealed class Notes : IProgress<StageProgress>
    {
        public List<StageProgress> All { get; } = [];

        public void Report(StageProgress value) => All.Add(value);
    }
}
