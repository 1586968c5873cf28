using Simulant.Text.Code;
using Simulant.Text.Code.Exercises;
using Simulant.Text.Code.Mutation;
using Xunit;

namespace Simulant.Tests.Text.Code.Exercises;

/// <summary>Exercises without a model: pure items, many of them, right in every language, with tests that tell wrong from right.</summary>
public class ExerciseTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private static readonly CodeLanguage[] Languages = [CodeLanguage.CSharp, CodeLanguage.Python, CodeLanguage.JavaScript];

    public static TheoryData<string> Families => [.. ExerciseGrammar.FamilyNames];

    [Fact]
    public void There_are_many_families_over_all_topics()
    {
        Assert.True(ExerciseGrammar.All.Length >= 40, $"{ExerciseGrammar.All.Length}");
        Assert.Equal(ExerciseGrammar.All.Length, ExerciseGrammar.FamilyNames.Distinct().Count());
        string[] topics = ["bits", "classes", "dates", "dictionaries", "lists", "matrices", "numbers", "parsing", "recursion", "searching",
            "simulation", "sorting", "strings"];
        Assert.Equal(topics, ExerciseGrammar.All.Select(f => f.Topic).Distinct().Order());
    }

    [Fact]
    public void An_item_depends_on_options_seed_and_index_alone()
    {
        var grammar = new ExerciseGrammar(ExerciseOptions.All, 7);
        var forwards = Enumerable.Range(0, 60).Select(i => grammar.Item(i)).ToList();
        var other = new ExerciseGrammar(ExerciseOptions.All, 7);
        foreach (int i in Enumerable.Range(0, 60).Reverse()) Assert.Equal(forwards[i], other.Item(i));
        var reseeded = new ExerciseGrammar(ExerciseOptions.All, 8);
        Assert.True(forwards.Where((e, i) => e == reseeded.Item(i)).Count() < 5);
    }

    [Fact]
    public void Many_thousands_of_exercises_are_different()
    {
        var grammar = new ExerciseGrammar(ExerciseOptions.All, 3);
        var items = Enumerable.Range(0, 6_000).Select(i => grammar.Item(i)).ToList();
        // By what is asked and by the solution: the same question in other words counts once.
        Assert.True(items.DistinctBy(e => (e.Family, e.Language, e.Solution)).Count() > 3_500);
        Assert.True(items.DistinctBy(e => e.Statement).Count() > 5_400);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Solutions_of_every_language_agree_with_the_oracle(string family)
    {
        var grammar = new ExerciseGrammar(ExerciseOptions.All with { Families = [family] }, 11);
        foreach (var language in Languages.Where(l => fixture.Check.RefusalOf(l) is null))
            for (int i = 0; i < 5; i++)
            {
                var item = grammar.Item(i, language);
                var verdict = fixture.Check.Run(language, item.Solution, item.Tests);
                Assert.True(verdict.Passed, $"{language}: {verdict.Outcome} case {verdict.Case}: {verdict.Message}\n"
                    + $"{item.Statement}\n{item.Solution}\n{item.Tests}");
            }
    }

    [Theory]
    [Trait("Suite", "long")]
    [MemberData(nameof(Families))]
    public void Tests_of_every_family_kill_the_mutants(string family)
    {
        var proof = new ExerciseProof(fixture.Check, new ExerciseGrammar(ExerciseOptions.All with { Families = [family] }, 5));
        for (int i = 0; i < 2; i++)
        {
            var outcome = proof.Prove(i);
            Assert.Null(outcome.Rejection);
            Assert.True(outcome.Last.Score >= ExerciseProof.LeastScore, $"{family}: {outcome.First.Score:P0} {outcome.Last.Score:P0}");
        }
    }

    [Fact]
    public void Weak_tests_are_strengthened_by_the_cases_in_which_survivors_differ()
    {
        var grammar = new ExerciseGrammar(new([CodeLanguage.CSharp], []), 21);
        var proof = new ExerciseProof(fixture.Check, grammar);
        var outcomes = Enumerable.Range(0, 6).Select(i => proof.Prove(i)).ToList();
        Assert.All(outcomes, o => Assert.True(o.Last.Score >= o.First.Score));
        Assert.All(outcomes, o => Assert.Equal(0, o.Last.Count(MutantFate.Survived)));
        Assert.All(outcomes, o => Assert.True(fixture.Check.Run(CodeLanguage.CSharp, o.Exercise!.Solution, o.Exercise.Tests).Passed));
    }

    [Fact]
    public void Statements_name_the_function_and_show_an_example()
    {
        var grammar = new ExerciseGrammar(ExerciseOptions.All, 4);
        var openings = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            var item = grammar.Item(i);
            string name = SolutionWriter.NameIn(grammar.Problem(i), item.Language);
            Assert.Contains(name, item.Statement);
            Assert.Contains(" gives `", item.Statement);
            Assert.Contains(name, item.Solution);
            string asked = item.Statement.Split("\n\nFor example,")[0].Split("\n\nExamples:")[0]; // examples may hold blanks
            Assert.DoesNotContain("  ", asked);
            openings.Add(string.Join(' ', item.Statement.Split(' ').Take(3)));
        }
        Assert.True(openings.Count > 60, $"{openings.Count}");
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Contains("at least one language", Assert.Throws<ArgumentException>(() => new ExerciseGrammar(new([], []), 1)).Message);
        Assert.Contains("no family 'nonsense'", Assert.Throws<ArgumentException>(() =>
            new ExerciseGrammar(ExerciseOptions.All with { Families = ["nonsense"] }, 1)).Message);
    }

    [Fact]
    public void Literals_mean_the_same_in_every_language()
    {
        object[] values = [-7, true, false, "a\"b\\c", Array.Empty<int>(), new[] { 1, -2 }, new[] { "x", "" }, (int[][])[[1], [2, 3]],
            new Dictionary<string, int> { ["k"] = 1, ["a"] = 2 }, new Dictionary<string, int>()];
        foreach (object value in values)
        {
            string[] texts = [.. Languages.Select(l => Literals.Write(l, value))];
            Assert.True(fixture.Check.Run(CodeLanguage.CSharp, "",
                $"static class Tests {{ public static void A() => Expect.Equal({texts[0]}, {texts[0]}); }}").Passed);
            if (fixture.Check.RefusalOf(CodeLanguage.Python) is null)
                Assert.True(fixture.Check.Run(CodeLanguage.Python, "", $"expect_equal({texts[1]}, {texts[1]})").Passed);
            if (fixture.Check.RefusalOf(CodeLanguage.JavaScript) is null)
                Assert.True(fixture.Check.Run(CodeLanguage.JavaScript, "", $"expectEqual({texts[2]}, {texts[2]})").Passed);
        }
        Assert.Throws<ArgumentException>(() => Literals.Write(CodeLanguage.CSharp, 1.5));
    }
}
