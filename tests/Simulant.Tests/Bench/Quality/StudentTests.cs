using Simulant.Bench.Quality;
using Simulant.Tests.Data;
using Simulant.Text.Code;
using Simulant.Text.Code.Exercises;
using Simulant.Validation.Text;
using Xunit;

namespace Simulant.Tests.Bench.Quality;

public class StudentTests
{
    [Theory]
    [InlineData("assert f(1) == True", ReturnTypes.Truth)]
    [InlineData("assert f('==') == 'a == b'", null)] // the last sign of equality stands inside the text
    [InlineData("assert f('x')==\"y\"", ReturnTypes.Text)]
    [InlineData("assert f([1, 2]) == -.5", ReturnTypes.Number)]
    [InlineData("assert f(2) == [(1, 2)]", ReturnTypes.Collection)]
    [InlineData("assert f(2) == set()", ReturnTypes.Collection)]
    [InlineData("assert f(2) == Trueish", null)]
    [InlineData("assert f(2) == None", null)]
    [InlineData("assert f(2)", null)]
    [InlineData("f(2) == 3", null)]
    public void The_class_is_that_of_the_expected_literal(string assertion, string? kind) =>
        Assert.Equal(kind, ReturnTypes.ClassOf(assertion));

    /// <summary>What the grammar says that a function gives is what the tests of the exercise expect of it.</summary>
    [Fact]
    public void Exercises_have_the_class_that_their_tests_show()
    {
        var grammar = new ExerciseGrammar(new([CodeLanguage.Python], []), 3);
        var made = ReturnTypes.Exercises(200, 3);
        for (int i = 0; i < 200; i++)
        {
            string first = grammar.Item(i).Tests.Split('\n').First(l => l.StartsWith("expect_equal(", StringComparison.Ordinal));
            Assert.Equal(ReturnTypes.ClassOf("assert x == " + first["expect_equal(".Length..]), made.Labels[i]);
        }
        Assert.All(made.Texts, text => Assert.DoesNotMatch("`|For example", text));
    }

    [Fact]
    public void Parts_of_the_benchmark_are_those_published()
    {
        string file = SharedData.Text("mbpp.jsonl");
        LabelledTexts training = ReturnTypes.Real(file, 601, 974), test = ReturnTypes.Real(file, 11, 510);
        Assert.Equal((369, 494), (training.Texts.Count, test.Texts.Count));
        // Three statements stand in both published parts.
        Assert.Equal(3, training.Texts.Zip(training.Labels).Intersect(test.Texts.Zip(test.Labels)).Count());
        Assert.Equal(4, training.Labels.Distinct().Count());
    }
}
