using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class EvolveTests
{
    [Theory]
    [InlineData("A task", false, "A fine long reply", "no gain")]
    [InlineData("A task", true, "Sorry, I cannot do that.", "sorry")]
    [InlineData("A task", true, "It is so. And the of, - !", "says nothing")]
    [InlineData("Here is the rewritten task: x", true, "A fine reply", "words of the prompt")]
    [InlineData("A task", true, "A fine reply", null)]
    public void The_published_eliminations(string evolved, bool gain, string reply, string? rule) =>
        Assert.Equal(rule, Evolve.Eliminated(evolved, gain, reply));

    [Fact]
    public void Sorry_in_a_long_answer_is_no_refusal() =>
        Assert.Null(Evolve.Eliminated("A task", true, "I am sorry to say that " + string.Join(' ', Enumerable.Repeat("word", 90))));

    /// <summary>A generation that fails leaves the instruction for the next; every operator is used.</summary>
    [Fact]
    public void Generations_build_on_what_passed()
    {
        using var folder = new TempFolder();
        string file = folder.Write("i.jsonl", """{"instruction": "Name a river"}""" + "\n").Replace('\\', '/');
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(Answer(r.Body))));
        var outcome = Run(Read(Model(stub) + $"recipe: {{ name: evolve, file: \"{file}\", generations: 3, max_attempts: 60 }}"), 40,
            folder);
        Assert.All(outcome.Accepted, r =>
        {
            // Each operator that passed has left one word at the end, and no other has.
            int passed = r.Fields["operators"].Split(' ').Length;
            Assert.Equal(3 + passed, r.Fields["instruction"].Split(' ').Length);
            Assert.StartsWith("Name a river", r.Fields["instruction"]);
            Assert.Equal($"reply to {r.Fields["instruction"]}", r.Fields["output"]);
        });
        Assert.Contains(outcome.Accepted, r => r.Fields["operators"].Split(' ').Length == 3);
        Assert.Contains(outcome.Accepted, r => r.Fields["operators"].Split(' ').Length < 3);
        Assert.Equal(Evolve.Operators.Select(o => o.Name).Order(),
            outcome.Accepted.SelectMany(r => r.Fields["operators"].Split(' ')).Distinct().Order());
    }

    /// <summary>Whatever passes no generation is in the account under its rule.</summary>
    [Fact]
    public void An_elimination_is_accounted_for_by_its_rule()
    {
        using var folder = new TempFolder();
        string file = folder.Write("i.jsonl", """{"instruction": "Name a river"}""" + "\n").Replace('\\', '/');
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat((StubAnswers.SeedOf(r.Body) % 4) switch
        {
            _ when r.Body.Contains("Do the two ask for the same") => r.Body.Contains("nothing new") ? "Yes" : "No",
            0 when r.Body.Contains("Change it in this way") => "nothing new",
            1 when r.Body.Contains("Change it in this way") => "The rewritten task: name two",
            2 when r.Body.Contains("Change it in this way") => "Name it or be sorry",
            _ when r.Body.Contains("Change it in this way") => "Say nothing",
            _ when r.Body.Contains("be sorry") => "I am sorry, but I cannot.",
            _ when r.Body.Contains("Say nothing") => "The of, and - it.",
            _ => "A fine reply",
        })));
        var outcome = Run(Read(Model(stub) + $"recipe: {{ name: evolve, file: \"{file}\", max_attempts: 40 }}"), 1, folder);
        Assert.Empty(outcome.Accepted);
        Assert.Equal(["no gain", "says nothing", "sorry", "words of the prompt"], outcome.Account.ByRule.Select(r => r.Rule).Order());
        Assert.All(outcome.Account.ByRule, r => Assert.Equal((AttemptEnd.Rejected, "evolved"), (r.End, r.Step)));
        Assert.Equal(40, outcome.Account.Rejected);
    }

    private static string Answer(string body)
    {
        ulong seed = StubAnswers.SeedOf(body);
        string content =
            System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        if (content.Contains("Change it in this way")) return content.Split("\n\n")[1] + " w" + seed;
        if (content.Contains("Do the two ask for the same")) return seed % 4 == 0 ? "Yes" : "No";
        return $"reply to {content}";
    }

    [Fact]
    public void An_operator_that_is_not_there_is_refused()
    {
        using var folder = new TempFolder();
        string file = folder.Write("i.jsonl", """{"instruction": "Name a river"}""" + "\n").Replace('\\', '/');
        Assert.Contains("there is no operator 'widen'", Assert.Single(TryRead("models: { m: { endpoint: 'http://h', model: x } }\n"
            + $"recipe: {{ name: evolve, file: \"{file}\", operators: [widen] }}").Faults));
        Assert.Contains("'operators' names none", Assert.Single(TryRead("models: { m: { endpoint: 'http://h', model: x } }\n"
            + $"recipe: {{ name: evolve, file: \"{file}\", operators: [] }}").Faults));
    }
}
