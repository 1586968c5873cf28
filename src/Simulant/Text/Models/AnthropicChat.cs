using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Simulant.Text.Models;

/// <summary>
/// Anthropic's messages: what the system says stands apart, the answer comes in blocks, and a schema is asked for as the input of
/// a tool that must be used.
/// </summary>
internal sealed class AnthropicChat(ModelSpec spec, HttpTransport transport)
    : HttpChat(spec, transport, new Uri(spec.Endpoint!.AbsoluteUri.TrimEnd('/') + "/v1/messages"))
{
    /// <summary>The interface this is written against, as its header says it.</summary>
    public const string Version = "2023-06-01";

    private const string Tool = "answer";

    protected override void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var all = messages.ToList();
        json.WriteStartObject();
        json.WriteString("model", Spec.Model);
        json.WriteNumber("max_tokens", options.MaxOutputTokens ?? Spec.MaxTokens);
        string system = string.Join("\n\n", all.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        if (system.Length > 0) json.WriteString("system", system);
        json.WriteStartArray("messages");
        foreach (var message in all.Where(m => m.Role != ChatRole.System))
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
            json.WriteString("content", message.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteNumber(json, "temperature", options.Temperature);
        WriteNumber(json, "top_p", options.TopP);
        WriteTexts(json, "stop_sequences", options.StopSequences);
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema }) WriteTool(json, schema);
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteString("name", Tool);
        json.WriteString("description", "Takes the answer.");
        json.WritePropertyName("input_schema");
        schema.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("tool_choice");
        json.WriteString("type", "tool");
        json.WriteString("name", Tool);
        json.WriteEndObject();
    }

    protected override ChatResponse? Read(JsonElement reply)
    {
        if (Member(reply, "content") is not { ValueKind: JsonValueKind.Array } blocks) return null;
        var text = new StringBuilder();
        foreach (var block in blocks.EnumerateArray())
        {
            if (TextOf(Member(block, "type")) == "text") text.Append(TextOf(Member(block, "text")));
            else if (TextOf(Member(block, "type")) == "tool_use" && Member(block, "input") is { } input) text.Append(input.GetRawText());
        }
        var usage = Member(reply, "usage") ?? default;
        var finish = TextOf(Member(reply, "stop_reason")) switch
        {
            "max_tokens" => ChatFinishReason.Length,
            "refusal" => ChatFinishReason.ContentFilter,
            _ => ChatFinishReason.Stop,
        };
        return Answer(text.ToString(), finish, TextOf(Member(reply, "model")), CountOf(Member(usage, "input_tokens")),
            CountOf(Member(usage, "output_tokens")));
    }
}
