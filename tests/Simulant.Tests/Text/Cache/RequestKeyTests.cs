using Microsoft.Extensions.AI;
using Simulant.Text.Cache;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Cache;

public class RequestKeyTests
{
    private static readonly ModelSpec Model = new("m", ModelProvider.OpenAi, "model",
        default) { Endpoint = new Uri("http://localhost:1/v1") };

    private static UInt128 Key(ModelSpec? model = null, string[]? messages = null, Action<ChatOptions>? set = null, long pass = 0,
        int draw = 0)
    {
        var options = new ChatOptions { Temperature = 0.5f, StopSequences = ["x"] };
        set?.Invoke(options);
        return RequestKey.Of(model ?? Model, [.. (messages ?? ["hello"]).Select(m => new ChatMessage(ChatRole.User, m))], options,
            new SampleNumber(pass, draw));
    }

    /// <summary>A key of one version of the program finds answers recorded by another.</summary>
    [Fact]
    public void The_key_is_the_same_for_ever() => Assert.Equal("2074b542e49b720f523cd26e079346f4", RequestKey.Shown(Key()));

    [Fact]
    public void What_changes_the_answer_changes_the_key()
    {
        UInt128[] keys =
        [
            Key(), Key(Model with { Model = "other" }), Key(Model with { Revision = "2" }), Key(messages: ["hello "]),
            Key(messages: ["hel", "lo"]), Key(messages: ["he", "llo"]), Key(set: o => o.Temperature = 0.6f),
                Key(set: o => o.Temperature = null),
            Key(set: o => o.TopP = 0.5f), Key(set: o => o.PresencePenalty = 0.5f), Key(set: o => o.FrequencyPenalty = 0.5f),
            Key(set: o => o.StopSequences = null), Key(set: o => o.StopSequences = ["x", "y"]),
            Key(set: o => o.ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonShape.OfTexts(["a"]).Schema)),
            Key(pass: 1), Key(draw: 1),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void What_does_not_change_it_does_not()
    {
        Assert.Equal(Key(), Key(set: o => o.MaxOutputTokens = 5));
        Assert.Equal(Key(), Key(Model with { Endpoint = new Uri("http://elsewhere/v1"), Concurrency = 3, Retries = 0, MaxTokens = 9,
            Name = "n" }));
    }
}
