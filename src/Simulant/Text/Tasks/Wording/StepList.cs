namespace Simulant.Text.Tasks.Wording;

/// <summary>A solver's steps, written down as it goes.</summary>
internal sealed class StepList : List<TraceStep>
{
    public void Add(string say, string? formula = null) => Add(new TraceStep(say, formula));
}
