using System.Text.Json;
using Simulant.Text.Models;
using Simulant.Text.Recipes;
using Simulant.Text.Recipes.Steps;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public class AnswerFormTests
{
    private static string Read(AnswerForm form, string answer, bool whole = true)
    {
        var fields = form.Read(answer, whole, out var fault);
        Assert.Equal(fields is null, fault is not null);
        return fields is null ? $"{fault!.Rule}: {fault.Detail}" : string.Join(" | ", fields.Select(f => $"{f.Key}={f.Value}"));
    }

    [Theory]
    [InlineData("  x y ", "t=x y")]
    [InlineData(" \n ", "empty answer: ")]
    public void Text(string answer, string read) => Assert.Equal(read, Read(AnswerForm.Text("t"), answer));

    [Theory]
    [InlineData("""Here: {"q": "why?", "a": 3}""", "unusable answer: expected string at /a, found 3")]
    [InlineData("""{"q": "why?", "a": "so"}""", "q=why? | a=so")]
    [InlineData("""{'q': 'why?', 'a': 'so',}""", "q=why? | a=so")]
    [InlineData("none", "unusable answer: no JSON in it")]
    [InlineData("""{"q": "why?"}""", "unusable answer: 'a' is missing")]
    public void Json(string answer, string read) => Assert.Equal(read, Read(AnswerForm.Json(["q", "a"]), answer));

    [Fact]
    public void Json_of_another_shape_gives_the_texts_of_its_values()
    {
        var shape = JsonShape.Read(JsonDocument.Parse("""{"required":["n","l"]}""").RootElement);
        Assert.Equal("n=3 | l=[\"a\",1]", Read(AnswerForm.Json(["n", "l"], shape), """{"n":3,"l":["a",1],"x":0}"""));
        Assert.Equal("unusable answer: 'l' is missing", Read(AnswerForm.Json(["n", "l"], shape), """{"n":3}"""));
    }

    [Theory]
    [InlineData("Question: a\nb\nAnswer: c", "q=a\nb | a=c")]
    [InlineData("**Question:** a\n\n**answer:** c ", "q=a | a=c")]
    [InlineData("Question: a", "unusable answer: no 'Answer:' in it")]
    [InlineData("Question:\nAnswer: c", "unusable answer: nothing behind 'Question:'")]
    [InlineData("Answer: c\nQuestion: a", "unusable answer: no 'Answer:' in it")]
    public void Labelled(string answer, string read) => Assert.Equal(read,
        Read(AnswerForm.Labelled([("q", "Question"), ("a", "Answer")]), answer));

    [Theory]
    [InlineData("1. one\n2) two\nmore\n\n3: three", true, """l=["one","two\nmore","three"]""")]
    [InlineData("- one\n* two", true, """l=["one","two"]""")]
    [InlineData("Task 9: one\nTask 10: two", true, """l=["one","two"]""")]
    [InlineData("first\n2. second\n3. thi", false, """l=["first","second"]""")]
    [InlineData("1. only", false, "unusable answer: no list in it")]
    [InlineData("just prose", true, "unusable answer: no list in it")]
    [InlineData("In 1990. it began", true, "unusable answer: no list in it")]
    public void List(string answer, bool whole, string read) => Assert.Equal(read, Read(AnswerForm.List("l"), answer, whole));

    [Theory]
    [InlineData("Yes.", "c=yes")]
    [InlineData("The answer is NO, not yes", "c=no")]
    [InlineData("nobody knows", "unusable answer: none of yes, no in it")]
    public void Choice(string answer, string read) => Assert.Equal(read, Read(AnswerForm.Choice("c", ["yes", "no"]), answer));

    [Theory]
    [InlineData("I give it 8/10", "s=8")]
    [InlineData("First 3, then 7.5.", "s=7.5")]
    [InlineData("Score: 99", "unusable answer: no number from 1 to 10 in it")]
    public void Score(string answer, string read) => Assert.Equal(read, Read(AnswerForm.Score("s", 1, 10), answer));
}
