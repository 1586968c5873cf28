using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace Simulant.Text.Models;

/// <summary>
/// The model that is none, for previews and tests: a text of the spec's grammar addressed by the request's seed, or the last
/// question given back. It keeps to the most tokens asked for as a server does.
/// </summary>
internal sealed class EmbeddedChat(ModelSpec spec) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var all = messages.ToList();
        string text = spec.Grammar?.Expand((ulong)(options?.Seed ?? 0)) ?? (all.Count == 0 ? "" : all[^1].Text);
        var (kept, whole) = Cut(text, options?.MaxOutputTokens ?? int.MaxValue);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, kept))
        {
            FinishReason = whole ? ChatFinishReason.Stop : ChatFinishReason.Length,
            ModelId = spec.Model,
            Usage = new UsageDetails
            {
                InputTokenCount = all.Sum(m => TokenCount.Estimate(m.Text) + TokenCount.PerMessage),
                OutputTokenCount = TokenCount.Estimate(kept),
            },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages,
        ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static (string Kept, bool Whole) Cut(string text, int tokens)
    {
        if (TokenCount.Estimate(text) <= tokens) return (text, true);
        var kept = new StringBuilder();
        int used = 0;
        foreach (string word in text.Split(' '))
        {
            used += TokenCount.Estimate(word);
            if (used > tokens) break;
            kept.Append(kept.Length == 0 ? "" : " ").Append(word);
        }
        return (kept.ToString(), false);
    }
}
