using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Simulant.Text.Models;

/// <summary>
/// A model that a program on this machine answers for: it is given a line
/// <c>{"model":…, "messages":[{"role":…,"content":…}], "temperature":…, "max_tokens":…, "seed":…, "schema":…}</c> and answers
/// <c>{"text":…, "finish":"stop"|"length", "input_tokens":…, "output_tokens":…}</c> or <c>{"error":…}</c>.
/// </summary>
internal sealed class ProcessChat(ModelSpec spec, string? folder) : IChatClient
{
    private readonly LineProcess[] _processes =
        [.. Enumerable.Range(0, spec.Concurrency).Select(_ => new LineProcess(spec.Command, folder, spec.Timeout))];

    private int _next;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        uint turn = (uint)Interlocked.Increment(ref _next);
        var process = _processes[turn % (uint)_processes.Length];
        string answer = await process.Exchange(Line(messages, options ?? new ChatOptions()), cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            if (root.TryGetProperty("error", out var error)) throw new ModelException(FaultKind.Refused, $"{Shown}: {error}");
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, root.GetProperty("text").GetString() ?? ""))
            {
                FinishReason = root.TryGetProperty("finish", out var finish) && finish.GetString() == "length"
                    ? ChatFinishReason.Length : ChatFinishReason.Stop,
                ModelId = spec.Model,
                Usage = Usage(root),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelException(FaultKind.BadReply, $"{Shown}: not an answer: '{Specs.Nearest.Printable(answer)}'");
        }
    }

    /// <summary>The whole answer as one piece.</summary>
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
        foreach (var process in _processes) process.Dispose();
    }

    private string Shown => Path.GetFileName(spec.Command[0]);

    private static UsageDetails? Usage(JsonElement root) =>
        root.TryGetProperty("input_tokens", out var input) && root.TryGetProperty("output_tokens", out var output)
            ? new UsageDetails { InputTokenCount = input.GetInt64(), OutputTokenCount = output.GetInt64() } : null;

    private string Line(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("model", spec.Model);
            HttpChat.WriteMessages(json, messages);
            if (options.Temperature is { } temperature) json.WriteNumber("temperature", Math.Round((double)temperature, 6));
            if (options.TopP is { } top) json.WriteNumber("top_p", Math.Round((double)top, 6));
            if (options.MaxOutputTokens is { } most) json.WriteNumber("max_tokens", most);
            if (options.Seed is { } seed) json.WriteNumber("seed", seed);
            if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
            {
                json.WritePropertyName("schema");
                schema.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
