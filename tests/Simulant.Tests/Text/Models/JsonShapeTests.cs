using System.Text.Json;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

public class JsonShapeTests
{
    private const string Schema = """
        {"type":"object","required":["name","age"],"additionalProperties":false,"properties":{
          "name":{"type":"string","minLength":2,"maxLength":5,"pattern":"^[A-Z]"},
          "age":{"type":"integer","minimum":0,"maximum":150},
          "share":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1},
          "kind":{"enum":["a","b"]},"one":{"const":1},
          "tags":{"type":"array","minItems":1,"maxItems":2,"items":{"type":["string","null"]}}}}
        """;

    [Theory]
    [InlineData("""{"name":"Ada","age":36}""", null)]
    [InlineData("""{"name":"Ada","age":36,"tags":["x",null],"kind":"b","one":1,"share":0.5}""", null)]
    [InlineData("""{"name":"Ada"}""", "'age' is missing")]
    [InlineData("""{"name":"A","age":1}""", "1, at least 2 expected, characters at /name")]
    [InlineData("""{"name":"Adabel","age":1}""", "6, at most 5 expected, characters at /name")]
    [InlineData("""{"name":"ada","age":1}""", "the text at /name does not match ^[A-Z]")]
    [InlineData("""{"name":"Ada","age":1.5}""", "expected integer at /age, found 1.5")]
    [InlineData("""{"name":"Ada","age":-1}""", "-1, at least 0 expected, at /age")]
    [InlineData("""{"name":"Ada","age":1,"share":1}""", "not below 1 at /share")]
    [InlineData("""{"name":"Ada","age":1,"share":0}""", "not above 0 at /share")]
    [InlineData("""{"name":"Ada","age":1,"kind":"c"}""", "'c' at /kind is none of a, b")]
    [InlineData("""{"name":"Ada","age":1,"one":2}""", "expected 1 at /one, found 2")]
    [InlineData("""{"name":"Ada","age":1,"tags":[]}""", "0, at least 1 expected, items at /tags")]
    [InlineData("""{"name":"Ada","age":1,"tags":[3]}""", "expected string or null at /tags/0, found 3")]
    [InlineData("""{"name":"Ada","age":1,"other":1}""", "nothing may stand at /other")]
    [InlineData("""[1]""", "expected object, found an array")]
    public void A_value_is_judged(string value, string? fault) =>
        Assert.Equal(fault, JsonShape.Read(JsonDocument.Parse(Schema).RootElement).Check(JsonDocument.Parse(value).RootElement));

    [Theory]
    [InlineData("""{"type":"object","requird":["a"]}""", "'requird' is not known here; did you mean 'required'?")]
    [InlineData("""{"properties":{"a":{"type":"text"}}}""", "'text' at /a is no type of JSON")]
    [InlineData("""{"items":3}""", "the schema at /items is no object")]
    public void A_schema_that_is_not_understood_is_refused(string schema, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => JsonShape.Read(JsonDocument.Parse(schema).RootElement)).Message);

    [Fact]
    public void Fields_make_a_schema()
    {
        var shape = JsonShape.OfTexts(["question", "answer"]);
        Assert.Null(shape.Check(JsonDocument.Parse("""{"question":"q","answer":"a"}""").RootElement));
        Assert.Equal("'answer' is missing", shape.Check(JsonDocument.Parse("""{"question":"q"}""").RootElement));
    }
}
