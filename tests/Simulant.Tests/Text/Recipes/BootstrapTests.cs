using System.Text.Json;
using Simulant.Bench.Speed;
using Simulant.Numerics.Random;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public sealed class BootstrapTests : IDisposable
{
    private const string Seeds = """
        {"instruction": "Name three rivers of Spain.", "output": "Ebro, Tajo, Duero.", "topic": "rivers"}
        {"instruction": "Say what bread is made of.", "output": "Flour, water, salt and yeast.", "topic": "bread"}
        {"instruction": "Tell how a clock keeps time.", "output": "By a pendulum or a spring.", "topic": "clocks"}
        """;

    private static readonly string[] Words = ["red", "old", "slow", "warm", "high", "cold", "long", "soft", "dark", "wide", "loud", "thin",
        "north", "stone", "river", "glass", "paper", "honey", "winter", "garden", "copper", "ladder", "market", "candle", "engine"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RecipeOutcome Run(Func<string, ulong, string> answer, long wanted, string more, string cache = "cache", int concurrency = 16,
        bool twice = false)
    {
        string file = _folder.Write("seeds.jsonl", Seeds).Replace('\\', '/');
        using var stub = new ModelStub(r =>
        {
            using var body = JsonDocument.Parse(r.Body);
            string asked = body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
            return new StubReply(200, StubAnswers.Chat(answer(asked, StubAnswers.SeedOf(r.Body))));
        });
        var recipe = RecipeBench.Read(RecipeBench.Model(stub, $", concurrency: {concurrency}") + $$"""
            recipe:
              name: bootstrap
              seeds: "{{file}}"
              topics: [rivers, bread, clocks]
              round: 20
              {{more}}
            """);
        if (twice) RecipeBench.Run(recipe, wanted, _folder, seed: 8, cache: cache + "-before");
        return RecipeBench.Run(recipe, wanted, _folder, cache: cache);
    }

    /// <summary>A task in words that the seed decides, so that tasks differ.</summary>
    private static string Task(ulong seed, int words = 8)
    {
        var draws = new RandomStream(seed, "test.words").Draws(0, 0);
        string drawn = string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[draws.Below(Words.Length)]));
        return $"Task: Write about {drawn}.\nAnswer: Yes {seed}.";
    }

    private static string Varied(string asked, ulong seed) => asked.StartsWith("Task:", StringComparison.Ordinal) ? "yes" : Task(seed);

    [Fact]
    public void Topics_come_out_even_and_held_out_records_are_in_no_prompt()
    {
        var prompts = new List<string>();
        var gate = new Lock();
        var outcome = Run((asked, seed) =>
        {
            lock (gate) prompts.Add(asked);
            return Varied(asked, seed);
        }, 200, "shown: 3");
        Assert.Equal(200, outcome.Accepted.Count);
        Assert.All(outcome.Accepted.GroupBy(r => r.Fields["topic"]), g => Assert.InRange(g.Count(), 200 / 3 - 20, 200 / 3 + 20));
        var generating = prompts.Where(p => p.Contains("Write one more")).ToList();
        var heldOut = outcome.Accepted.Where(r => Bootstrap.IsHeldOut(r.Number)).Select(r => r.Fields["instruction"]).ToList();
        Assert.Equal(40, heldOut.Count);
        Assert.All(generating, p => Assert.DoesNotContain(heldOut, h => p.Contains(h, StringComparison.Ordinal)));
        // What is not held out is shown, and stands as a parent.
        Assert.Contains(outcome.Accepted, r => !Bootstrap.IsHeldOut(r.Number)
            && generating.Any(p => p.Contains(r.Fields["instruction"], StringComparison.Ordinal)));
        Assert.Contains(outcome.Accepted, r => r.History.Parents.Any(p => p.StartsWith("record:", StringComparison.Ordinal)));
        Assert.All(outcome.Accepted.SelectMany(r => r.History.Parents).Where(p => p.StartsWith("record:", StringComparison.Ordinal)), p =>
            Assert.False(Bootstrap.IsHeldOut(long.Parse(p["record:".Length..], null))));
    }

    [Fact]
    public void A_topic_that_fails_more_is_asked_for_more()
    {
        int clocks = 0, all = 0;
        var outcome = Run((asked, seed) =>
        {
            if (!asked.Contains("Write one more", StringComparison.Ordinal)) return "yes";
            Interlocked.Increment(ref all);
            if (!asked.Contains("this topic: clocks", StringComparison.Ordinal)) return Task(seed);
            Interlocked.Increment(ref clocks);
            return seed % 4 == 0 ? Task(seed) : "Task: no\nAnswer: no";
        }, 150, "min_yield: 0.01");
        Assert.True(clocks > 1.6 * (all - clocks) / 2, $"{clocks} of {all}");
        Assert.Contains(outcome.Account.ByRule, r => r.Rule == "too short");
    }

    [Fact]
    public void It_ends_where_a_round_yields_too_little()
    {
        var outcome = Run((asked, seed) => asked.StartsWith("Task:", StringComparison.Ordinal) ? "no" : Task(seed), 50, "min_yield: 0.2");
        Assert.Empty(outcome.Accepted);
        Assert.Contains("a round yielded 0 of 20 attempts, less than min_yield 0.2", outcome.Short, StringComparison.Ordinal);
        Assert.Equal(20, outcome.Account.Rejected);
        Assert.Contains(outcome.Account.ByRule, r => r is { Rule: "judged wrong", Count: 20 });
    }

    [Fact]
    public void It_ends_where_held_out_records_grow_alike()
    {
        int asked = 0;
        // After the first eighty questions all tasks have most of their words in common, below the limit of novelty.
        var outcome = Run((prompt, seed) => prompt.StartsWith("Task:", StringComparison.Ordinal) ? "yes"
            : Interlocked.Increment(ref asked) <= 80 ? Task(seed)
            : $"Task: Please do write for me here now all about {Words[seed % 25]} {Words[seed / 25 % 25]} {Words[seed / 625 % 25]} "
                + $"{Words[seed / 15625 % 25]} {Words[seed / 390625 % 25]}.\nAnswer: Yes.", 400, "max_similarity: 0.95");
        Assert.InRange(outcome.Accepted.Count, 40, 399);
        Assert.Matches(@"diversity of held-out records fell to 0\.\d\d from 0\.\d\d, below min_diversity 0\.7 of it", outcome.Short);
        Assert.EndsWith($"set rows to {outcome.Accepted.Count} or fewer to publish what there is, at no cost", outcome.Short,
            StringComparison.Ordinal);
    }

    /// <summary>Among more records the nearest is nearer: of a source that does not change, that must not be taken for a fall.</summary>
    [Fact]
    public void A_source_that_stays_as_it_is_goes_on()
    {
        var health = new PoolHealth(0.05, 0.7).Start();
        var pool = new Pool([]);
        for (int round = 0; round < 120; round++)
        {
            for (int i = 0; i < 50; i++)
                pool.Add(new PoolMember("m", TextRecord.Of(KeyValuePair.Create("instruction", Task((ulong)pool.Count, 4)[6..])), false));
            Assert.Null(health.After(50, 50, pool.Now()));
        }
    }

    /// <summary>Two pairs share 3 of 4 words, and one text none: 1 - .75 four times, and 1.</summary>
    [Fact]
    public void Diversity_is_the_distance_to_the_nearest_of_the_window() =>
        Assert.Equal((4 * 0.25 + 1) / 5, PoolHealth.Diversity(["a b c d", "a b c e", "f g h i", "f g h j", "k l m n"]), 12);

    [Fact]
    public void A_recipe_that_runs_again_knows_nothing_of_the_run_before()
    {
        var first = Run(Varied, 60, "shown: 2", "a");
        Assert.Equal(RecipeBench.Written(first), RecipeBench.Written(Run(Varied, 60, "shown: 2", "b", twice: true)));
    }

    [Fact]
    public void Votes_and_a_program_verify_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the program is a shell script");
        string script = _folder.Write("check.sh", """
            while read -r line; do
              case "$line" in *red*) echo '{"reject":"too red"}';; *) echo '{"fields":{}}';; esac
            done
            """);
        var outcome = Run((asked, seed) => !asked.StartsWith("Task:", StringComparison.Ordinal) ? Task(seed)
            : seed % 3 == 0 ? "no" : "yes", 40, $"votes: 5\n  verifier: [sh, \"{script}\"]\n  min_yield: 0.01");
        Assert.Equal(40, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, r => Assert.DoesNotContain(" red", r.Fields["instruction"]));
        Assert.All(outcome.Accepted, r => Assert.Equal(6, r.History.Calls.Count)); // one task, five votes
        Assert.Contains(outcome.Account.ByRule, r => r.Rule == "too red");
        Assert.Contains(outcome.Account.ByRule, r => r.Rule == "judged wrong");
    }

    [Fact]
    public void Records_do_not_depend_on_how_many_are_in_flight()
    {
        var one = Run(Varied, 60, "shown: 2", "one", concurrency: 1);
        Assert.Equal(RecipeBench.Written(one), RecipeBench.Written(Run(Varied, 60, "shown: 2", "many", concurrency: 32)));
    }
}
