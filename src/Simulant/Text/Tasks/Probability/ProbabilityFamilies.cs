namespace Simulant.Text.Tasks.Probability;

/// <summary>Chances and expectations, exactly.</summary>
public static class ProbabilityFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new UrnDraw(), new SpinnerTotal(), new BayesSources(), new MarkovDays(), new EventsExactly(), new GamblersRuin(),
            new SeriesWinner(),
        new ExpectedGain(), new ConditionalTable(),
    ];
}
