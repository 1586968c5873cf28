namespace Simulant.Text.Tasks.Units;

/// <summary>Measures, rates, clocks and the calendar.</summary>
public static class UnitsFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new MixedUnitsSum(), new BestOffer(), new RecipeScaling(), new AverageSpeed(), new ClockChain(), new TimeZones(),
        new DatePlusDays(), new DaysBetween(), new WeekdayOfDate(), new MonthFirsts(), new WorkingDays(),
    ];
}
