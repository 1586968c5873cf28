namespace Simulant.Text.Tasks.Tables;

/// <summary>Reading, joining and keeping records.</summary>
public static class TablesFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new RowCount(), new GroupTotal(), new TableJoin(), new SortRank(), new ColumnStatistics(), new CrosstabMissing(), new LedgerLow(),
        new UpdateLog(), new FifoCost(), new PeakOverlap(),
    ];
}
