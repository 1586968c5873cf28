using Simulant.Text.Recipes;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public class PromptTemplateTests
{
    private static readonly TextRecord Record = TextRecord.Empty.With("a", "A{b}").With("b_2", "B");

    [Theory]
    [InlineData("x {a} y {b_2}{a}", "x A{b} y BA{b}", "a,b_2")]
    [InlineData("""{"a": {a}, "list": [1, {"x": 2}]}""", """{"a": A{b}, "list": [1, {"x": 2}]}""", "a")]
    [InlineData("{{a}} { a } {} {1} {a", "{a} { a } {} {1} {a", "")]
    [InlineData("{{{a}}}", "{{a}}", "")]
    [InlineData("", "", "")]
    public void Fields_are_filled_and_other_braces_left(string template, string text, string fields)
    {
        var read = new PromptTemplate(template);
        Assert.Equal(fields, string.Join(',', read.Fields));
        Assert.Equal(text, read.Fill(Record));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a_b-c2", true)]
    [InlineData("2a", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    [InlineData("a}", false)]
    public void Names_of_fields(string word, bool name) => Assert.Equal(name, PromptTemplate.IsName(word));
}
