namespace Simulant.Data;

/// <summary>A sampler whose items were made by asking language models, once, when it was fitted; it kept the account of it.</summary>
public interface IAsked
{
    AskedModels Asked { get; }

    /// <summary>How many items there are; no others can be drawn.</summary>
    long Items { get; }

    /// <summary>How each item came to be, one JSON object a line, in the order of the items.</summary>
    ReadOnlyMemory<byte> Histories { get; }

    /// <summary>What became of every attempt, one JSON object a line, in the order in which they were settled.</summary>
    ReadOnlyMemory<byte> Attempts { get; }
}

/// <summary>
/// What a run asked of language models and what became of it. It follows from spec, seed and recorded answers: it says what was used,
/// whether it was asked in this process, in one before, or by another spec that shares the log.
/// </summary>
/// <param name="Candidates">Candidates that were begun until there were enough items.</param>
/// <param name="SourceLicense">Terms of what the recipe read, as the spec states them; null where it states none.</param>
public sealed record AskedModels(long Candidates, string? SourceLicense)
{
    public IReadOnlyList<AskedModel> Models { get; init; } = [];

    /// <summary>What was said to them, in the order of the steps.</summary>
    public IReadOnlyList<AskedPrompt> Prompts { get; init; } = [];

    /// <summary>How attempts ended, most frequent first; they add up to all attempts.</summary>
    public IReadOnlyList<AttemptCount> Attempts { get; init; } = [];
}

/// <summary>One language model of the spec, and what was used of it.</summary>
/// <param name="Name">As the spec calls it.</param>
/// <param name="Provider">openai, azure, anthropic, process or embedded.</param>
/// <param name="Model">As its server calls it.</param>
/// <param name="Revision">Which state of it, where the spec says so; else empty.</param>
/// <param name="License">Terms of its answers, as the spec states them; null where it states none.</param>
/// <param name="Answers">That were used.</param>
/// <param name="Cost">At the prices of the spec.</param>
public sealed record AskedModel(string Name, string Provider, string Model, string Revision, string? License, long Answers,
    long InputTokens, long OutputTokens, decimal Cost);

/// <summary>A question as a step asks it, with <c>{field}</c> where a field of the record stands.</summary>
/// <param name="System">What is said before it; or null.</param>
public sealed record AskedPrompt(string Step, string Model, string? System, string Prompt);

/// <summary>Attempts that ended alike.</summary>
/// <param name="End">accepted, rejected, failed or surplus.</param>
/// <param name="Step">That ended them; empty for accepted and surplus ones.</param>
/// <param name="Rule">By which rule or fault; likewise.</param>
public sealed record AttemptCount(string End, string Step, string Rule, long Count);

/// <summary>A run ended with fewer records than were wanted; what was answered is recorded.</summary>
/// <param name="outOfBudget">Whether its budget ended it.</param>
public sealed class RecipeShortException(string message, bool outOfBudget) : Exception(message)
{
    public bool OutOfBudget { get; } = outOfBudget;
}
