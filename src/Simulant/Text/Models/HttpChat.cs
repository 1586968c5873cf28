using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Simulant.Text.Models;

/// <summary>
/// A chat client over JSON and HTTP that writes requests and reads replies without objects in between: a run makes millions of
/// them (decision 14). Derived classes say how one provider spells them.
/// </summary>
internal abstract class HttpChat(ModelSpec spec, HttpTransport transport, Uri address) : IChatClient
{
    protected ModelSpec Spec { get; } = spec;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body)) Write(json, messages, options ?? new ChatOptions());
        byte[] reply = await transport.Post(address, body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(reply);
            return Read(document.RootElement) ?? throw Broken(reply);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Broken(reply);
        }
    }

    /// <summary>The whole answer as one piece: recipes use an answer only when it is whole.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages,
        ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => transport.Dispose();

    protected abstract void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions options);

    /// <summary>The answer, or null where the reply is JSON of another kind.</summary>
    protected abstract ChatResponse? Read(JsonElement reply);

    /// <summary>The list <c>messages</c> of role and content, as OpenAI's servers and local processes take it.</summary>
    internal static void WriteMessages(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            json.WriteString("content", message.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    protected static void WriteNumber(Utf8JsonWriter json, string name, float? value)
    {
        if (value is { } number) json.WriteNumber(name, Math.Round((double)number, 6));
    }

    protected static void WriteTexts(Utf8JsonWriter json, string name, IList<string>? texts)
    {
        if (texts is not { Count: > 0 }) return;
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    protected static ChatResponse Answer(string text, ChatFinishReason finish, string? model, long? input, long? output) =>
        new(new ChatMessage(ChatRole.Assistant, text))
        {
            FinishReason = finish,
            ModelId = model,
            Usage = input is null && output is null ? null
                : new UsageDetails { InputTokenCount = input, OutputTokenCount = output },
        };

    protected static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
            ? found : null;

    protected static string? TextOf(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    protected static long? CountOf(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long count) && count >= 0 ? count : null;

    private ModelException Broken(byte[] reply)
    {
        string start = System.Text.Encoding.UTF8.GetString(reply.AsSpan(0, Math.Min(reply.Length, 80)));
        return new ModelException(FaultKind.BadReply,
            $"{address.GetLeftPart(UriPartial.Path)}: not a chat reply: '{Specs.Nearest.Printable(start)}'");
    }
}
