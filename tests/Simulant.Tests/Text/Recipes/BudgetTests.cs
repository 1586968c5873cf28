using Simulant.Bench.Speed;
using Simulant.Data;
using Simulant.Tests.Runs;
using Simulant.Text.Models;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class BudgetTests
{
    private const string Price = ", price: { input: 2, output: 10 }";
    private const string Steps = """
        recipe:
          name: steps
          steps:
            - draw: { field: topic, from: [rivers, lamps, bread] }
            - ask: { prompt: "Write about {topic}.", writes: text }
            - check: { field: text, max_words: 36 }
        """;

    /// <summary>Answers of 5 to 44 words, counted by the server.</summary>
    private static ModelStub Stub(int milliseconds = 0) => new(r =>
    {
        ulong seed = StubAnswers.SeedOf(r.Body);
        return new StubReply(200, StubAnswers.Chat(StubAnswers.Text(seed, 5 + (int)(seed % 40)), input: 30, output: 7 + (int)(seed % 40)))
        {
            Delay = TimeSpan.FromMilliseconds(milliseconds),
        };
    });

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void A_budget_is_passed_by_no_more_than_what_was_in_flight(int inFlight)
    {
        using var folder = new TempFolder();
        using var stub = Stub(2);
        var recipe = Read(Model(stub, $"{Price}, concurrency: {inFlight}") + Steps);
        var outcome = Run(recipe, 1000, folder, new Budget(5000, null));
        const int MostOfOne = 30 + 46;
        long used = outcome.Account.Asked.InputTokens + outcome.Account.Asked.OutputTokens;
        Assert.InRange(used, 5000, 5000 + inFlight * MostOfOne - 1);
        Assert.StartsWith("the budget of 5,000 tokens is spent", outcome.Short);
        Assert.InRange(outcome.Account.Accepted, 10, 999);

        using var other = new TempFolder();
        var money = Run(recipe, 1000, other, new Budget(null, 0.02m));
        Assert.InRange(money.Account.Asked.Cost, 0.02m, 0.02m + inFlight * new ModelPrice(2, 10).Of(30, 46));
        Assert.StartsWith("the budget of 0.02 is spent", money.Short);
    }

    /// <summary>What it delivers is a beginning of what the run would have delivered; what it spent counts when it is run again.</summary>
    [Fact]
    public void A_run_that_reached_its_budget_goes_on_under_a_larger_one()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var recipe = Read(Model(stub, Price) + Steps);
        var small = Run(recipe, 100, folder, new Budget(3000, null));
        long after = stub.Requests;
        var again = Run(recipe, 100, folder, new Budget(3000, null));
        Assert.Equal(after, stub.Requests);
        var whole = Run(recipe, 100, folder);
        Assert.Null(whole.Short);
        Assert.InRange(small.Accepted.Count, 1, 99);
        Assert.Equal(small.Accepted.Select(r => r.Fields.ToJson()),
            whole.Accepted.Take(small.Accepted.Count).Select(r => r.Fields.ToJson()));
        Assert.True(again.Accepted.Count >= small.Accepted.Count);
        // Nothing was asked twice: all requests of three runs are those of the whole and at most what flew when the budget ended it.
        Assert.InRange(stub.Requests, whole.Account.Models.Single().Answers, whole.Account.Models.Single().Answers + 32);
    }

    [Fact]
    public void After_a_preview_the_estimate_is_within_a_tenth()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var recipe = Read(Model(stub, Price) + Steps);
        Run(recipe, 300, folder);
        long asked = stub.Requests;
        var estimate = RecipeRun.Estimate(recipe, 1500, 7, folder["cache"], RunContext.Quiet(1));
        Assert.Equal(asked, stub.Requests);
        Assert.StartsWith("measured on ", estimate.Basis);
        var account = Run(recipe, 1500, folder).Account;
        var used = account.Models.Single();
        Within(account.Candidates, estimate.Candidates);
        Within(used.Answers, estimate.Requests);
        Within(used.InputTokens, estimate.InputTokens);
        Within(used.OutputTokens, estimate.OutputTokens);
        Within((double)used.Cost, estimate.Cost);
    }

    private static void Within(double actual, double estimate) => Assert.InRange(estimate, 0.9 * actual, 1.1 * actual);

    [Fact]
    public void Before_any_answer_prompts_are_counted_and_answers_expected()
    {
        using var folder = new TempFolder();
        using var stub = Stub();
        var recipe = Read(Model(stub, Price) + """
            recipe:
              name: steps
              steps:
                - set: { field: fixed, text: "one two three four" }
                - ask: { prompt: "Say {fixed} five", writes: list, form: list, expected_tokens: 100 }
                - split: { list: list, field: item, expected: 10 }
                - ask: { prompt: "{item}", writes: text, max_tokens: 40, samples: 3 }
            """);
        var estimate = RecipeRun.Estimate(recipe, 1000, 7, folder["cache"], RunContext.Quiet(1));
        // A hundred first questions of 1 + 4 + 1 tokens and 4 about them; a thousand times three of 100 / 10 and 4.
        Assert.Equal((100, 3100), (estimate.Candidates, estimate.Requests));
        Assert.Equal(100 * 10 + 3000 * 14, estimate.InputTokens, 6);
        Assert.Equal(100 * 100 + 3000 * 20, estimate.OutputTokens, 6);
        Assert.Equal((43_000 * 2 + 70_000 * 10) / 1e6, estimate.Cost, 9);
        Assert.False(Directory.Exists(folder["cache"]));
        Assert.Equal(0, stub.Requests);
    }
}
