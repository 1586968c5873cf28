using Simulant.Privacy.Mechanisms;

namespace Simulant.Tests.Privacy.Mechanisms;

/// <summary>Books in memory, and outcomes that a test may lay down beforehand.</summary>
internal sealed class MemoryLog : ISpendLog
{
    public List<string> Events { get; } = [];
    public Dictionary<int, (string Question, Outcome Outcome)> Known { get; } = [];

    public Outcome? Recorded(Spend spend) => Known.TryGetValue(spend.Number, out var known) && known.Question == spend.Question
        ? known.Outcome : null;

    public void Record(Spend spend) => Events.Add($"record {spend.Number}");

    public void Keep(Spend spend, Outcome outcome)
    {
        Events.Add($"keep {spend.Number}");
        Known[spend.Number] = (spend.Question, outcome);
    }
}
