using System.Text.Json;
using Simulant.Numerics.Random;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

public class JsonRepairTests
{
    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1}""")]
    [InlineData("""Sure! Here it is: {"a": "b"} Hope that helps.""", """{"a":"b"}""")]
    [InlineData("```json\n{\"a\": [1, 2]}\n```", """{"a":[1,2]}""")]
    [InlineData("{'a': 'it's'}", """{"a":"it's"}""")]
    [InlineData("{a: 1, b_c: true}", """{"a":1,"b_c":true}""")]
    [InlineData("""{"a": True, "b": False, "c": None}""", """{"a":true,"b":false,"c":null}""")]
    [InlineData("{\"a\": [1, 2, 3,], }", "{\"a\":[1,2,3]}")]
    [InlineData("{\"a\": 1 /* one */, // two\n  \"b\": 2 # three\n}", "{\"a\":1,\"b\":2}")]
    [InlineData("""{"a": "one", "b": "cut o""", """{"a":"one","b":"cut o"}""")]
    [InlineData("""{"a": [1, 2""", """{"a":[1]}""")]
    [InlineData("""{"a": {"b": "c", "d""", """{"a":{"b":"c"}}""")]
    [InlineData("""{"a": "x", "b": tru""", """{"a":"x"}""")]
    [InlineData("""{“a”: “b”}""", """{"a":"b"}""")]
    [InlineData("{\"a\": \"line\nbreak\"}", """{"a":"line\nbreak"}""")]
    [InlineData("""{"a": "she said "no" to him", "b": 2}""", """{"a":"she said \"no\" to him","b":2}""")]
    [InlineData("""{"a": +1, "b": .5, "c": 1_000}""", """{"a":1,"b":0.5,"c":1000}""")]
    [InlineData("""{"a": 1 "b": 2}""", """{"a":1,"b":2}""")]
    [InlineData("""[{"a": 1}, {"a": 2}""", """[{"a":1},{"a":2}]""")]
    [InlineData("""{"a" = "b"}""", """{"a":"b"}""")]
    [InlineData("no JSON at all", null)]
    [InlineData("", null)]
    public void Near_json_becomes_json(string text, string? expected)
    {
        string? json = JsonRepair.Repair(text, out _);
        if (expected is null) Assert.Null(json);
        else Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(json!).RootElement), json);
    }

    [Fact]
    public void Sound_json_comes_back_as_it_is()
    {
        const string Text = """  { "a" : [ 1 , { "b" : null } ] }  """;
        Assert.Equal(Text.Trim(), JsonRepair.Repair(Text, out bool repaired));
        Assert.False(repaired);
    }

    /// <summary>Cut anywhere, what comes back is JSON whose texts are beginnings of the true ones, and whose numbers and truths are
    /// true.</summary>
    [Fact]
    public void What_is_cut_off_is_never_made_up()
    {
        const string Text = """{"name":"Ada Lovelace","year":1843,"notes":["first","sec,ond"],"deep":{"ok":true,"n":-2.5}}""";
        for (int length = 2; length <= Text.Length; length++)
        {
            if (JsonRepair.Repair(Text[..length], out _) is not { } json) continue;
            using var part = JsonDocument.Parse(json);
            using var all = JsonDocument.Parse(Text);
            Within(part.RootElement, all.RootElement);
        }
    }

    [Fact]
    public void Damaged_texts_give_json_or_nothing()
    {
        const string Text = """{"name":"Ada","list":[1,{"b":"c"},null],"x":{"y":[true,false]}} tail ``` { ' }""";
        var stream = new RandomStream(3, "test.repair");
        for (int i = 0; i < 3000; i++)
        {
            char[] text = Text.ToCharArray();
            for (int k = 0; k < 4; k++)
                text[stream.Below(text.Length, i, k)] = "{}[]\",':\\ax/#\n"[stream.Below(14, i, k, 1)];
            if (JsonRepair.Repair(new string(text), out _) is { } json) JsonDocument.Parse(json).Dispose();
        }
    }

    private static void Within(JsonElement part, JsonElement all)
    {
        Assert.Equal(all.ValueKind, part.ValueKind);
        switch (part.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in part.EnumerateObject()) Within(member.Value, all.GetProperty(member.Name));
                break;
            case JsonValueKind.Array:
                for (int i = 0; i < part.GetArrayLength(); i++) Within(part[i], all[i]);
                break;
            case JsonValueKind.String:
                Assert.StartsWith(part.GetString()!, all.GetString()!, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(all.GetRawText(), part.GetRawText());
                break;
        }
    }
}
