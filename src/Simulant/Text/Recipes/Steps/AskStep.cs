using Microsoft.Extensions.AI;
using Simulant.Data;
using Simulant.Text.Cache;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes.Steps;

/// <summary>How a step asks.</summary>
/// <param name="Model">Whom.</param>
/// <param name="Prompt">The question, with places for fields.</param>
public sealed record Question(ModelSpec Model, PromptTemplate Prompt)
{
    /// <summary>What is said to the model before the question.</summary>
    public PromptTemplate? System { get; init; }

    /// <summary>A field that holds the turns before, as <see cref="Turns"/> writes them; they stand between system and prompt.</summary>
    public string? After { get; init; }

    /// <summary>How many answers are wanted; more than one makes the field a list.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>How often an unusable answer is followed by another.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>
    /// Number of the first sample: steps that ask one model the same, and want different answers, begin at different numbers.
    /// </summary>
    public int FirstDraw { get; init; }

    /// <summary>Whether an answer that was cut off is of use.</summary>
    public bool TakesCut { get; init; }

    public double? Temperature { get; init; }
    public double? TopP { get; init; }
    public double? PresencePenalty { get; init; }
    public double? FrequencyPenalty { get; init; }
    public int? MaxTokens { get; init; }
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>About how many tokens an answer has, for the estimate; 0 for half of the most.</summary>
    public int Expected { get; init; }

    public int Most => MaxTokens ?? Model.MaxTokens;

    internal ChatOptions Options(JsonShape? shape) => new()
    {
        Temperature = (float?)(Temperature ?? Model.Temperature),
        TopP = (float?)(TopP ?? Model.TopP),
        PresencePenalty = (float?)(PresencePenalty ?? Model.PresencePenalty),
        FrequencyPenalty = (float?)(FrequencyPenalty ?? Model.FrequencyPenalty),
        MaxOutputTokens = Most,
        StopSequences = [.. Stop ?? Model.Stop],
        ResponseFormat = shape is null ? null : ChatResponseFormat.ForJsonSchema(shape.Schema),
    };
}

/// <summary>
/// Asks a model and writes what its answer holds. Answers that are empty or of another form than asked for are followed by further
/// samples, each with a number of its own; one that was cut off is not, since it would be cut again.
/// </summary>
public sealed class AskStep : IStep
{
    private readonly Question _question;
    private readonly AnswerForm _form;

    public AskStep(string name, Question question, AnswerForm form)
    {
        (Name, _question, _form) = (name, question, form);
        if (question.Samples > 1 && form.Fields.Count != 1)
            throw new ArgumentException("several answers go into one field", nameof(form));
        Reads = [.. question.Prompt.Fields.Concat(question.System?.Fields ?? []).Concat(question.After is { } after ? [after] : [])
            .Distinct()];
    }

    public string Name { get; }
    public IReadOnlyList<string> Reads { get; }
    public IReadOnlyList<string> Writes => _form.Fields;
    public bool SeesPool => false;
    public IReadOnlyList<AskedPrompt> Prompts =>
        [new(Name, _question.Model.Name, _question.System?.Text, _question.Prompt.Text)];

    public async ValueTask<IReadOnlyList<Draft>> Apply(Draft draft, StepContext context)
    {
        var messages = Messages(draft);
        if (_question.Samples == 1)
        {
            var sample = await Sample(draft, messages, 0, context).ConfigureAwait(false);
            Note(draft, sample);
            if (sample.Rejected is { } rejected) draft.Reject(Name, rejected.Rule, rejected.Detail);
            else foreach (var (field, text) in sample.Fields!) draft.Set(field, text);
            return [draft];
        }
        var samples = await Task.WhenAll(Enumerable.Range(0, _question.Samples).Select(i => Sample(draft, messages, i, context)))
            .ConfigureAwait(false);
        foreach (var sample in samples) Note(draft, sample);
        string[] usable = [.. samples.Where(s => s.Rejected is null).Select(s => s.Fields![0].Value)];
        if (usable.Length > 0) draft.Set(_form.Fields[0], TextList.Write(usable));
        else draft.Reject(Name, samples[0].Rejected!.Rule, samples[0].Rejected!.Detail);
        return [draft];
    }

    public void Foresee(Forecast forecast)
    {
        double input = _question.Prompt.Tokens(forecast) + TokenCount.PerMessage
            + (_question.System is { } system ? system.Tokens(forecast) + TokenCount.PerMessage : 0)
            + (_question.After is { } after ? forecast[after] : 0);
        double output = _question.Expected > 0 ? _question.Expected : _question.Most / 2.0;
        forecast.Ask(_question.Model, forecast.Records * _question.Samples, input, output);
        foreach (string field in Writes) forecast[field] = output * _question.Samples / Writes.Count;
    }

    private List<ChatMessage> Messages(Draft draft)
    {
        var messages = new List<ChatMessage>();
        if (_question.System is { } system) messages.Add(new ChatMessage(ChatRole.System, system.Fill(draft.Fields)));
        if (_question.After is { } after)
            foreach (var (role, text) in Turns.Read(draft[after]))
                messages.Add(new ChatMessage(role == Turns.Assistant ? ChatRole.Assistant : ChatRole.User, text));
        if (_question.Prompt.Text.Length > 0) messages.Add(new ChatMessage(ChatRole.User, _question.Prompt.Fill(draft.Fields)));
        return messages;
    }

    private async Task<Sampled> Sample(Draft draft, List<ChatMessage> messages, int number, StepContext context)
    {
        var options = _question.Options(_form.Shape);
        var calls = new List<CallTrace>();
        Rejection? last = null;
        for (int repeat = 0; repeat <= _question.Repeats; repeat++)
        {
            context.Cancel.ThrowIfCancellationRequested();
            var sample = new SampleNumber(draft.Pass, _question.FirstDraw + number * (_question.Repeats + 1) + repeat);
            var answer = (await context.Models.Ask(_question.Model, messages, options, sample, context.Cancel).ConfigureAwait(false));
            var recorded = answer.Recorded;
            calls.Add(new CallTrace(Name, _question.Model.Name, RequestKey.Shown(recorded.Key), recorded.InputTokens,
                recorded.OutputTokens, answer.Cost));
            if (recorded.Filtered) return new Sampled(null, new Rejection(Name, "withheld by the server"), calls);
            if (!recorded.Whole && !_question.TakesCut)
                return new Sampled(null, new Rejection(Name, "cut off", $"at {recorded.Asked} tokens"), calls);
            var fields = _form.Read(recorded.Text, recorded.Whole, out last);
            if (fields is not null) return new Sampled(fields, null, calls);
        }
        return new Sampled(null, last! with { Step = Name }, calls);
    }

    private static void Note(Draft draft, Sampled sample)
    {
        foreach (var call in sample.Calls) draft.Add(call);
    }

    private sealed record Sampled(IReadOnlyList<KeyValuePair<string, string>>? Fields, Rejection? Rejected, List<CallTrace> Calls);
}
