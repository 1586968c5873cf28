using Simulant.Bench.Speed;
using Simulant.Tests.Runs;
using Simulant.Text.Recipes;
using Xunit;
using static Simulant.Tests.Text.Recipes.RecipeBench;

namespace Simulant.Tests.Text.Recipes;

public class DistilTests
{
    private static RecipeOutcome Run(string rows, string options, Func<string, ulong, string> answer, long wanted)
    {
        using var folder = new TempFolder();
        string file = folder.Write("q.jsonl", rows).Replace('\\', '/');
        using var stub = new ModelStub(r => new StubReply(200, StubAnswers.Chat(answer(r.Body, StubAnswers.SeedOf(r.Body)))));
        return RecipeBench.Run(Read(Model(stub) + $"recipe: {{ name: distil, file: \"{file}\", max_attempts: 1, {options} }}"), wanted,
            folder);
    }

    private const string Known = """{"question": "2 + 3?", "answer": "5"}""" + "\n";

    [Fact]
    public void Only_reasoning_that_reaches_the_truth_is_kept_each_way_once()
    {
        var outcome = Run(Known, "samples: 30, keep: 3", (_, seed) => (seed % 4) switch
        {
            0 => "First 2 + 3 = 5.\nAnswer: 5", // the same way in other words as the next
            1 => "So, 2+3=5, clearly.\n**Answer:** 5.0",
            2 => "3 + 2 = 5\nAnswer: $5",
            _ => "2 + 3 = 6\nAnswer: 6",
        }, 3);
        Assert.Equal(2, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, r => Assert.True(Distil.Same(r.Fields["final"], "5")));
        Assert.Equal(2, outcome.Accepted.Select(r => r.Fields["trace"].Contains("3 + 2")).Distinct().Count());
        Assert.All(outcome.Accepted, r => Assert.Equal(30, r.History.Calls.Count));
    }

    [Theory]
    [InlineData("It must be, as 2 + 3 = 5.\nAnswer: 5", null)]
    [InlineData("The hint says so.\nAnswer: 5", "wrong answer")]
    [InlineData("It is six.\nAnswer: 6", "wrong answer")]
    public void Where_no_sample_reaches_it_the_teacher_is_told(string hinted, string? rule)
    {
        var outcome = Run(Known, "samples: 3, rationalise: true",
            (body, _) => body.Contains("The result is 5") ? hinted : "2 + 3 = 6\nAnswer: 6", 1);
        Assert.Equal(rule is null ? 1 : 0, outcome.Accepted.Count);
        if (rule is null) Assert.Equal("rationalise", outcome.Accepted[0].History.Calls[^1].Step);
        else Assert.Contains(outcome.Account.ByRule, r => r.Rule == rule);
    }

    [Theory]
    [InlineData(0.5, "7")]
    [InlineData(0.95, null)]
    public void Without_the_truth_most_samples_decide(double agree, string? final)
    {
        var outcome = Run("""{"question": "How many?"}""" + "\n", FormattableString.Invariant($"samples: 40, agree: {agree}"),
            (_, seed) => seed % 5 == 0 ? $"Perhaps {seed}.\nAnswer: 8" : $"Count {seed}.\nAnswer: 7", 1);
        Assert.Equal(final, outcome.Accepted.SingleOrDefault()?.Fields["final"]);
        if (final is null) Assert.Contains(outcome.Account.ByRule, r => r.Rule == "no answer agreed on");
    }

    [Theory]
    [InlineData("check: answer", "'check: answer' needs an 'answer' in every record; use vote")]
    [InlineData("rationalise: true", "'rationalise' needs the known answer: 'check: answer'")]
    public void What_needs_the_truth_is_refused_without_it(string option, string fault)
    {
        using var folder = new TempFolder();
        string file = folder.Write("q.jsonl", """{"question": "How many?"}""" + "\n").Replace('\\', '/');
        var faults = TryRead("models: { m: { endpoint: 'http://h', model: x } }\n"
            + $"recipe: {{ name: distil, file: \"{file}\", {option} }}").Faults;
        Assert.Contains(faults, f => f.Contains(fault));
    }

    [Theory]
    [InlineData("a\nAnswer: 12", "12")]
    [InlineData("Answer: 1\nno\n**Final answer:** two words", "two words")]
    [InlineData("so 5 * 2 = 10\n#### 10", "10")]
    [InlineData("the answer is 4", null)]
    public void The_result_is_what_stands_last(string trace, string? final) => Assert.Equal(final, Distil.FinalOf(trace));

    [Theory]
    [InlineData("1,200", "$1200.00", true)]
    [InlineData("50%", "50", true)]
    [InlineData("New  York.", "new york", true)]
    [InlineData("Reason.\n#### 72", "72", true)]
    [InlineData("7", "77", false)]
    public void Equal_answers(string a, string b, bool same) => Assert.Equal(same, Distil.Same(a, b));
}
