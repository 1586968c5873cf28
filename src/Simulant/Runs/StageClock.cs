namespace Simulant.Runs;

/// <summary>
/// How long each stage of a run took, by the clock of the run. A stage that comes again adds to its time; one that an earlier
/// process did, or that the run has no need of, took none.
/// </summary>
internal sealed class StageClock(IClock clock)
{
    public const string Hashing = "hashing inputs", Reading = "reading", Fitting = "fitting", Sampling = "sampling",
        ReadingBack = "reading back", Judging = "judging";

    private static readonly string[] Stages = [Hashing, Reading, Fitting, Sampling, ReadingBack, Judging];

    private readonly Dictionary<string, TimeSpan> _times = Stages.ToDictionary(stage => stage, _ => TimeSpan.Zero);

    public DateTimeOffset Started { get; } = clock.Now;

    public DateTimeOffset Now => clock.Now;

    /// <summary>Wall seconds by stage, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Seconds =>
        [.. Stages.Select(stage => KeyValuePair.Create(stage, Math.Round(_times[stage].TotalSeconds, 3)))];

    public T Time<T>(string stage, Func<T> work)
    {
        var before = clock.Now;
        try
        {
            return work();
        }
        finally
        {
            _times[stage] += clock.Now - before;
        }
    }

    public void Time(string stage, Action work) => Time(stage, () =>
    {
        work();
        return true;
    });
}
