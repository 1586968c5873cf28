using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Simulant.Text.Models;

/// <summary>Chat completions as OpenAI defined them and Ollama, vLLM, llama.cpp's server and Azure speak them.</summary>
internal sealed class OpenAiChat(ModelSpec spec, HttpTransport transport) : HttpChat(spec, transport, Address(spec))
{
    private static Uri Address(ModelSpec spec)
    {
        string start = spec.Endpoint!.AbsoluteUri.TrimEnd('/');
        return new Uri(spec.Provider == ModelProvider.Azure
            ? $"{start}/openai/deployments/{Uri.EscapeDataString(spec.Model)}/chat/completions?api-version={spec.ApiVersion}"
            : start + "/chat/completions");
    }

    protected override void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        json.WriteStartObject();
        json.WriteString("model", Spec.Model);
        WriteMessages(json, messages);
        WriteNumber(json, "temperature", options.Temperature);
        WriteNumber(json, "top_p", options.TopP);
        WriteNumber(json, "presence_penalty", options.PresencePenalty);
        WriteNumber(json, "frequency_penalty", options.FrequencyPenalty);
        // OpenAI's and Azure's newer models take only the newer name; other servers know only the older one.
        bool newer = Spec.Provider == ModelProvider.Azure || Spec.Endpoint!.Host == "api.openai.com";
        if (options.MaxOutputTokens is { } most) json.WriteNumber(newer ? "max_completion_tokens" : "max_tokens", most);
        if (options.Seed is { } seed) json.WriteNumber("seed", seed);
        WriteTexts(json, "stop", options.StopSequences);
        if (options.ResponseFormat is ChatResponseFormatJson format) WriteFormat(json, format);
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format)
    {
        json.WriteStartObject("response_format");
        json.WriteString("type", format.Schema is null ? "json_object" : "json_schema");
        if (format.Schema is { } schema)
        {
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? "answer");
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    protected override ChatResponse? Read(JsonElement reply)
    {
        if (Member(reply, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0) return null;
        if (Member(choices[0], "message") is not { ValueKind: JsonValueKind.Object } message) return null;
        var usage = Member(reply, "usage");
        return Answer(TextOf(Member(message, "content")) ?? "", Finish(TextOf(Member(choices[0], "finish_reason"))),
            TextOf(Member(reply, "model")), Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"));
    }

    private static long? Count(JsonElement? usage, string name) => usage is { } found ? CountOf(Member(found, name)) : null;

    private static ChatFinishReason Finish(string? said) => said switch
    {
        "length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };
}
