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
    [InlineData("The hint says so.\nAnswer: 5", "speaks of the hint")]
    [InlineData("It is five.", "no answer in it")]
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

    /// <summary>Samples that were of no use have not agreed.</summary>
    [Fact]
    public void What_was_asked_counts_in_a_vote_and_not_what_was_of_use()
    {
        var outcome = Run("""{"question": "How many?"}""" + "\n", "samples: 20, repeats: 0, agree: 0.9",
            (_, seed) => seed % 2 == 0 ? "" : "Count.\nAnswer: 7", 1);
        Assert.Equal("no answer agreed on", outcome.Account.ByRule.First(r => r.End == AttemptEnd.Rejected).Rule);
    }

    /// <summary>Equal answers are told by their kind, votes and the truth alike.</summary>
    [Theory]
    [InlineData("quantity", "2 km", "2000 m", true)]
    [InlineData("quantity", "2 km", "2000 s", false)]
    [InlineData("rational", "1/2", "0.5", true)]
    [InlineData("set", "{1, 2}", "2, 1", true)]
    [InlineData("integer", "Half of 144 is 72.\\n#### 72", "72", true)]
    [InlineData("word", "York", "Leeds", false)]
    public void A_known_answer_is_compared_by_its_kind(string kind, string known, string final, bool accepted)
    {
        var outcome = Run($$"""{"question": "What?", "answer": "{{known}}"}""" + "\n", $"samples: 2, answer_kind: {kind}",
            (_, _) => $"So.\nAnswer: {final}", 1);
        Assert.Equal(accepted ? 1 : 0, outcome.Accepted.Count);
        if (!accepted) Assert.Contains(outcome.Account.ByRule, r => r.Rule == "no sample reached the answer");
        string last = known.Split("#### ")[^1];
        var votes = Run("""{"question": "What?"}""" + "\n", $"samples: 20, agree: 0.9, answer_kind: {kind}",
            (_, seed) => $"By way {seed}.\nAnswer: {(seed % 2 == 0 ? final : last)}", 1);
        Assert.Equal(accepted ? 1 : 0, votes.Accepted.Count);
    }

    [Theory]
    [InlineData("We pay $1,200 + $300 = $1,500 in all.", "First 1200+300 = 1500.", true)]
    [InlineData("It is (2 + 3) × 4 = 20.", "(2+3)*4=20", true)]
    [InlineData("2 + 3 = 5, 5 * 4 = 20", "5 * 4 = 20, 2 + 3 = 5", false)]
    [InlineData("2 + 3 = 5", "3 + 2 = 5", false)]
    [InlineData("No  numbers here", "no numbers here", true)]
    public void Ways_of_reasoning(string a, string b, bool same) => Assert.Equal(same, Distil.Way(a) == Distil.Way(b));

    [Fact]
    public void A_long_answer_of_marks_alone_is_read_in_time()
    {
        foreach (string text in (string[])[new('\n', 60_000), new('(', 60_000), string.Concat(Enumerable.Repeat("1+", 30_000))])
        {
            Assert.Null(Distil.FinalOf(text));
            Assert.DoesNotContain('=', Distil.Way(text));
        }
    }

    /// <summary>A program is given question, trace and result, one line a record, and has the last word.</summary>
    [Fact]
    public void A_program_verifies_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the program is a shell script");
        using var folder = new TempFolder();
        string script = folder.Write("check.sh", """
            while read -r line; do
              case "$line" in
                *'"question":"2 + 3?"'*guess*'"final":"5"'*) echo '{"reject":"a guess"}';;
                *'"question":"2 + 3?"'*'"final":"5"'*) echo '{"fields":{}}';;
                *) echo '{"reject":"not as it should be"}';;
              esac
            done
            """);
        var outcome = Run(Known, $"samples: 12, keep: 12, verifier: [sh, \"{script}\"]",
            (_, seed) => seed % 2 == 0 ? $"I guess {seed}.\nAnswer: 5" : $"By {seed} fingers.\nAnswer: 5", 12);
        Assert.NotEmpty(outcome.Accepted);
        Assert.All(outcome.Accepted, r => Assert.DoesNotContain("guess", r.Fields["trace"]));
        Assert.Equal(["a guess"], outcome.Account.ByRule.Where(r => r.End == AttemptEnd.Rejected).Select(r => r.Rule));
        Assert.Equal(12, outcome.Account.Attempts);
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
    [InlineData(@"so x = \boxed{4}.", "4")]
    [InlineData("the answer is 4", null)]
    public void The_result_is_what_stands_last(string trace, string? final) => Assert.Equal(final, Distil.FinalOf(trace));

    [Theory]
    [InlineData("1,200", "$1200.00", true)]
    [InlineData("50%", "50", true)]
    [InlineData("New  York.", "new york", true)]
    [InlineData("7", "77", false)]
    public void Equal_answers(string a, string b, bool same) => Assert.Equal(same, Distil.Same(a, b));
}
