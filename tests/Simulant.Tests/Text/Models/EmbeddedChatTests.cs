using Microsoft.Extensions.AI;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

public class EmbeddedChatTests
{
    private static Grammar Of(params (string Symbol, string[] Texts)[] rules) =>
        new(rules.ToDictionary(r => r.Symbol, r => (IReadOnlyList<string>)r.Texts));

    [Fact]
    public void Texts_belong_to_the_language_and_all_of_it_is_reached()
    {
        var grammar = Of(("answer", ["a {thing} is {kind}", "{kind}"]), ("thing", ["cat", "dog"]), ("kind", ["big", "small", "{x} {odd"]));
        var texts = Enumerable.Range(0, 400).Select(i => grammar.Expand((ulong)i)).ToHashSet();
        string[] kinds = ["big", "small", "{x} {odd"];
        Assert.Equal(kinds.Concat(from t in (string[])["cat", "dog"] from k in kinds select $"a {t} is {k}").ToHashSet(), texts);
        Assert.Equal(grammar.Expand(5), grammar.Expand(5));
    }

    [Fact]
    public void Endless_rules_end() => Assert.True(Of(("answer", ["x{answer}{answer}"])).Expand(1).Length <= 100_001);

    [Fact]
    public void A_grammar_without_a_start_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Of(("a", ["b"])));
        Assert.Throws<ArgumentException>(() => Of(("answer", [])));
    }

    [Fact]
    public async Task Without_a_grammar_the_question_comes_back_cut_to_the_most_tokens()
    {
        using var client = ModelClients.Client(new ModelSpec("e", ModelProvider.Embedded, "e", default), null);
        var whole = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "one two three four")]);
        Assert.Equal(("one two three four", ChatFinishReason.Stop, 4), (whole.Text, whole.FinishReason, whole.Usage!.OutputTokenCount));
        var cut = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "one two three four")],
            new ChatOptions { MaxOutputTokens = 2 });
        Assert.Equal(("one two", ChatFinishReason.Length), (cut.Text, cut.FinishReason));
    }
}
