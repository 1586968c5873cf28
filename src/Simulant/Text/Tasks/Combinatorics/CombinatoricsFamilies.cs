namespace Simulant.Text.Tasks.Combinatorics;

/// <summary>Counting without listing.</summary>
public static class CombinatoricsFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new WordArrangements(), new Committee(), new BoundedSums(), new CoinWays(), new SubsetSums(), new Pigeonhole(),
            new MultiplesUnion(),
        new VennSurvey(), new StringsWithoutRuns(), new NumbersFromDigits(), new PermutationRank(),
    ];
}
