using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Simulant.Bench.Speed;
using Simulant.Text.Models;
using Xunit;

namespace Simulant.Tests.Text.Models;

/// <summary>What each client sends and makes of what comes back, against a server on loopback.</summary>
public class ChatClientTests
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Say \"hi\" – ü")];

    private static ModelSpec Spec(ModelStub stub, ModelProvider provider = ModelProvider.OpenAi) =>
        new("m", provider, "the-model", default) { Endpoint = new Uri(stub.Address), Timeout = TimeSpan.FromSeconds(20) };

    private static async Task<(ChatResponse Response, StubRequest Request)> Ask(string reply, ModelProvider provider, ChatOptions options)
    {
        StubRequest? seen = null;
        using var stub = new ModelStub(r =>
        {
            seen = r;
            return new StubReply(200, reply);
        });
        using var client = ModelClients.Client(Spec(stub, provider), "the-key");
        return (await client.GetResponseAsync(Messages, options), seen!);
    }

    private static ChatOptions Options => new()
    {
        Temperature = 0.7f, TopP = 0.5f, PresencePenalty = 2, MaxOutputTokens = 99, Seed = 12, StopSequences = ["END"],
    };

    [Fact]
    public async Task Chat_completions_are_spoken()
    {
        var (response, request) = await Ask(StubAnswers.Chat("hi \"there\"", input: 8, output: 3), ModelProvider.OpenAi, Options);
        Assert.Equal(("hi \"there\"", ChatFinishReason.Stop, "stub"), (response.Text, response.FinishReason, response.ModelId));
        Assert.Equal((8, 3), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(("/v1/chat/completions", "Bearer the-key"), (request.Path, request.Header("Authorization")));
        Same("""
            {"model":"the-model","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Say \"hi\" – ü"}],
             "temperature":0.7,"top_p":0.5,"presence_penalty":2,"max_tokens":99,"seed":12,"stop":["END"]}
            """, request.Body);
    }

    [Fact]
    public async Task A_schema_is_sent_as_the_provider_takes_it()
    {
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonShape.OfTexts(["a"]).Schema) };
        const string Schema = """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""";
        var (_, open) = await Ask(StubAnswers.Chat("{}"), ModelProvider.OpenAi, options);
        Same($$$"""{"type":"json_schema","json_schema":{"name":"answer","schema":{{{Schema}}}}}""",
            JsonDocument.Parse(open.Body).RootElement.GetProperty("response_format").GetRawText());
        var (response, other) =
            await Ask("""{"content":[{"type":"tool_use","name":"answer","input":{"a":"x"}}],"stop_reason":"tool_use"}""",
            ModelProvider.Anthropic, options);
        Assert.Equal("""{"a":"x"}""", response.Text);
        Same($$"""[{"name":"answer","description":"Takes the answer.","input_schema":{{Schema}}}]""",
            JsonDocument.Parse(other.Body).RootElement.GetProperty("tools").GetRawText());
    }

    [Fact]
    public async Task Azure_is_spoken()
    {
        var (_, request) = await Ask(StubAnswers.Chat("hi"), ModelProvider.Azure, new ChatOptions { MaxOutputTokens = 5 });
        Assert.Equal(("/v1/openai/deployments/the-model/chat/completions?api-version=2024-10-21", "the-key"),
            (request.Path, request.Header("api-key")));
        Assert.Contains("\"max_completion_tokens\":5", request.Body);
    }

    [Fact]
    public async Task Anthropics_messages_are_spoken()
    {
        const string Reply = """
            {"model":"c-1","content":[{"type":"text","text":"hi "},{"type":"text","text":"there"}],"stop_reason":"max_tokens",
             "usage":{"input_tokens":9,"output_tokens":2}}
            """;
        var (response, request) = await Ask(Reply, ModelProvider.Anthropic, Options);
        Assert.Equal(("hi there", ChatFinishReason.Length, "c-1"), (response.Text, response.FinishReason, response.ModelId));
        Assert.Equal((9, 2), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(("/v1/v1/messages", "the-key", "2023-06-01"),
            (request.Path, request.Header("x-api-key"), request.Header("anthropic-version")));
        Same("""
            {"model":"the-model","max_tokens":99,"system":"Be brief.","messages":[{"role":"user","content":"Say \"hi\" – ü"}],
             "temperature":0.7,"top_p":0.5,"stop_sequences":["END"]}
            """, request.Body);
    }

    [Theory]
    [InlineData(429, "Retry-After: 7", FaultKind.RateLimited, 7)]
    [InlineData(429, "Date: Fri, 01 Jan 2021 00:00:00 GMT\r\nRetry-After: Fri, 01 Jan 2021 00:01:30 GMT", FaultKind.RateLimited, 90)]
    [InlineData(503, "Retry-After: 2", FaultKind.Server, 2)]
    [InlineData(500, "", FaultKind.Server, null)]
    [InlineData(401, "", FaultKind.Forbidden, null)]
    [InlineData(404, "", FaultKind.Forbidden, null)]
    [InlineData(400, "", FaultKind.Refused, null)]
    [InlineData(302, "Location: http://127.0.0.1:1/", FaultKind.Forbidden, null)]
    [InlineData(0, "", FaultKind.Network, null)]
    public async Task A_failure_is_told_apart(int status, string header, FaultKind kind, int? seconds)
    {
        using var stub = new ModelStub(_ => new StubReply(status, "it\nbroke") { Headers = header.Length == 0 ? [] : [header] });
        using var client = ModelClients.Client(Spec(stub), "the-key");
        var fault = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Messages));
        Assert.Equal((kind, seconds), (fault.Kind, (int?)fault.RetryAfter?.TotalSeconds));
        Assert.DoesNotContain('\n', fault.Message);
        Assert.DoesNotContain("the-key", fault.Message);
        Assert.Equal(1, stub.Requests); // a redirect is not followed
    }

    [Theory]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{"mess""")]
    [InlineData("""{"choices":[{"text":"old"}]}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_broken_reply_is_a_fault(string reply) =>
        Assert.Equal(FaultKind.BadReply, (await Assert.ThrowsAsync<ModelException>(() => Ask(reply, ModelProvider.OpenAi, Options))).Kind);

    [Fact]
    public async Task No_reply_in_time_is_a_fault_and_a_stop_is_obeyed_at_once()
    {
        using var stub = new ModelStub(_ => new StubReply(-1, ""));
        using var client = ModelClients.Client(Spec(stub) with { Timeout = TimeSpan.FromMilliseconds(150) }, null);
        Assert.Equal(FaultKind.Timeout, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Messages))).Kind);
        using var patient = ModelClients.Client(Spec(stub), null);
        using var stop = new CancellationTokenSource(100);
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => patient.GetResponseAsync(Messages, cancellationToken: stop.Token));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_fault()
    {
        int port;
        using (var stub = new ModelStub(_ => new StubReply(200, ""))) port = stub.Port;
        var spec = new ModelSpec("m", ModelProvider.OpenAi, "x", default) { Endpoint = new Uri($"http://127.0.0.1:{port}") };
        using var client = ModelClients.Client(spec, null);
        Assert.Equal(FaultKind.Network, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Messages))).Kind);
    }

    [Fact]
    public async Task An_answer_streams_as_one_piece()
    {
        using var stub = new ModelStub(_ => new StubReply(200, StubAnswers.Chat("hi there")));
        using var client = ModelClients.Client(Spec(stub), null);
        Assert.Equal("hi there", (await client.GetStreamingResponseAsync(Messages).ToChatResponseAsync()).Text);
    }

    private static void Same(string expected, string actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(actual).RootElement), actual);
}
