namespace Simulant.Text.Recipes.Steps;

/// <summary>A step that is taken only by some drafts; the others keep what they have, and lack nothing: fields the step would have
/// written are set to nothing where they are not there.</summary>
/// <param name="share">Which part of the drafts takes it, about, for the estimate.</param>
public sealed class WhenStep(IStep step, IReadOnlyList<string> reads, Func<Draft, bool> when, double share) : IStep
{
    public string Name => step.Name;
    public IReadOnlyList<string> Reads { get; } = [.. step.Reads.Concat(reads).Distinct()];
    public IReadOnlyList<string> Writes => step.Writes;
    public bool SeesPool => step.SeesPool;
    public IReadOnlyList<Data.AskedPrompt> Prompts => step.Prompts;

    public ValueTask<IReadOnlyList<Draft>> Apply(Draft draft, StepContext context)
    {
        if (when(draft)) return step.Apply(draft, context);
        foreach (string field in Writes)
            if (draft.Fields.Find(field) is null) draft.Set(field, "");
        return ValueTask.FromResult<IReadOnlyList<Draft>>([draft]);
    }

    public void Foresee(Forecast forecast)
    {
        double records = forecast.Records;
        forecast.Records *= share;
        step.Foresee(forecast);
        forecast.Records = records;
    }
}
