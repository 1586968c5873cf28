using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

/// <summary>A fifth of all requests meet 429, 500, silence, a broken connection, broken JSON, an empty answer or one cut off.</summary>
public class FaultTests
{
    private const string Steps = "recipe: { name: steps, steps: "
        + "[ { ask: { prompt: Write., writes: text } }, { check: { field: text, min_words: 5 } } ] }";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_is_accounted_for_and_exactly_so_many_are_accepted(ulong seed)
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Faulty(TimeSpan.FromMilliseconds(2), 0.2, seed));
        var outcome = Run(Read(Model(stub, ", concurrency: 32, timeout: 400ms, retries: 4") + Steps), 400, folder);
        var (account, asked) = (outcome.Account, outcome.Account.Asked);
        Assert.Null(outcome.Short);
        Assert.Equal(400, outcome.Accepted.Count);
        Assert.Equal((account.Attempts, account.Attempts), (account.ByRule.Sum(r => r.Count), account.Candidates));
        Assert.Equal(400, account.Accepted);
        Assert.Contains(account.ByRule, r => r is { End: AttemptEnd.Rejected, Rule: "cut off" });
        foreach (string rule in (string[])["rate limited", "server error", "timed out", "no connection", "broken reply"])
            Assert.Contains(asked.Faults, f => f.Key == rule && f.Value > 0);
        // Each request that was sent was answered or has its fault. An empty answer is an answer, followed by another.
        long answers = account.Models.Single().Answers;
        // A request that timed out may never have been read by the server.
        Assert.InRange(asked.Requests, stub.Requests, stub.Requests
            + asked.Faults.Where(f => f.Key is "timed out" or "no connection").Sum(f => f.Value));
        Assert.InRange(asked.Requests - asked.Faults.Sum(f => f.Value) - answers, 0, 64);
        Assert.All(outcome.Accepted, r => Assert.True(r.Fields["text"].Split(' ').Length == 41));
        // Made again from the log alone, with nobody to ask, it is the same.
        Assert.Equal(outcome.Accepted.Select(r => r.Fields.ToJson()),
            Run(Read(Model(stub, ", concurrency: 3") + Steps), 400, folder, options: new RunOptions { Offline = true }).Accepted
                .Select(r => r.Fields.ToJson()));
    }

    [Fact]
    public void Where_most_fails_it_stops_clearly()
    {
        using var folder = new TempFolder();
        using var stub = new ModelStub(StubAnswers.Faulty(TimeSpan.Zero, 0.95, 3));
        var outcome = Run(Read(Model(stub, ", concurrency: 16, timeout: 200ms, retries: 0")
            + Steps.Replace("steps,", "steps, max_attempts: 120,")),
            100, folder);
        Assert.Equal(120, outcome.Account.Attempts);
        Assert.Equal(outcome.Account.Accepted, outcome.Accepted.Count);
        Assert.InRange(outcome.Account.Failed, 30, 119);
        Assert.StartsWith($"{outcome.Account.Accepted} of 100 records were accepted when max_attempts (120 candidates) is reached: ",
            outcome.Short);
    }
}
