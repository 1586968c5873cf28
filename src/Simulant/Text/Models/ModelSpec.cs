using Simulant.Specs;

namespace Simulant.Text.Models;

/// <summary>How a model is reached.</summary>
public enum ModelProvider
{
    /// <summary>Any server that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, llama.cpp's server.</summary>
    OpenAi,

    /// <summary>Azure's form of the same: the deployment in the path, the key in a header of its own.</summary>
    Azure,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>A program on this machine that answers one JSON line with another.</summary>
    Process,

    /// <summary>No model: texts drawn from a grammar, or the question given back. For previews and tests.</summary>
    Embedded,
}

/// <summary>What a model charges, in units of money per million tokens; both zero where nothing is charged.</summary>
public readonly record struct ModelPrice(decimal Input, decimal Output)
{
    private const decimal Million = 1_000_000;

    public decimal Of(long inputTokens, long outputTokens) => (Input * inputTokens + Output * outputTokens) / Million;
}

/// <summary>One entry of a spec's <c>models</c>.</summary>
/// <param name="Name">As recipes name it.</param>
/// <param name="Model">As the server names it; of a process or a grammar, any word.</param>
public sealed record ModelSpec(string Name, ModelProvider Provider, string Model, SourcePosition At)
{
    /// <summary>The address that requests go below; null for a process and the embedded model.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The environment variable that holds the key; null where none is sent.</summary>
    public string? KeyFrom { get; init; }

    /// <summary>Azure's version of the interface.</summary>
    public string ApiVersion { get; init; } = "2024-10-21";

    /// <summary>The program and its arguments, run without a shell.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Texts of the embedded model: symbols with what they may become.</summary>
    public Grammar? Grammar { get; init; }

    /// <summary>Part of the model's identity for the cache, beside its name: a checksum of weights, say.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Terms of its answers, as the spec states them; or null.</summary>
    public string? License { get; init; }

    public double? Temperature { get; init; }
    public double? TopP { get; init; }
    public double? PresencePenalty { get; init; }
    public double? FrequencyPenalty { get; init; }
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Most tokens of an answer, 1 to 1,000,000.</summary>
    public int MaxTokens { get; init; } = 1024;

    public ModelPrice Price { get; init; }

    /// <summary>Most requests in flight at once; the gate goes below it where the server asks for that.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a request is made again after a fault that may pass.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>How long the first retry waits; each further one about twice as long, with jitter.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// What the cache takes for the model. Not the address: the same model behind another port gives the same answers.
    /// </summary>
    public string Identity => Provider switch
    {
        ModelProvider.Process => $"process\n{string.Join('\n', Command)}\n{Model}\n{Revision}",
        ModelProvider.Embedded => $"embedded\n{Grammar?.Hash}\n{Model}\n{Revision}",
        _ => $"{Model}\n{Revision}",
    };
}
