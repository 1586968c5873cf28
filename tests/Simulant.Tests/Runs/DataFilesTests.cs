using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class DataFilesTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(100, 1, 1)]
    [InlineData(101, 1, 2)]
    [InlineData(5, 3, 3)]
    [InlineData(9_999_900, 1, 99_999)]
    public void Files_hold_all_rows_in_order(long rows, int shards, int files)
    {
        var layout = DataFiles.Layout(rows, 100, shards, "csv");
        Assert.Equal(files, layout.Count);
        long start = 0;
        foreach (var file in layout)
        {
            Assert.Equal(start, file.Start);
            start += file.Rows;
        }
        Assert.Equal(rows, start);
    }

    [Theory]
    [InlineData(9_999_901)]
    [InlineData(long.MaxValue)]
    public void More_rows_than_files_can_hold_are_refused(long rows) => Assert.Contains("at most 9,999,900",
        Assert.Throws<UsageException>(() => DataFiles.Layout(rows, 100, 1, "csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_rows_are_refused_before_any_work()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", TestBench.Rules);
        var printed = TestBench.Run("make", spec, "-o", folder["out"], "--rows", $"{long.MaxValue}");
        Assert.Equal(2, printed.Code);
        Assert.Contains("ask for at most 99,999,000,000", printed.Error, StringComparison.Ordinal);
        Assert.Equal(["spec.yaml"], TempFolder.Contents(folder.Path).Select(f => f.Name));
    }

    [Theory]
    [InlineData(0, long.MaxValue)]
    [InlineData(long.MaxValue - 70_000, 70_000)]
    [InlineData(3L << 31, 200_000)]
    public void Rows_are_drawn_in_order_however_far_they_are(long start, long rows)
    {
        using var enough = new CancellationTokenSource();
        var run = new RunContext(1, 2, Quiet.Instance, enough.Token);
        long at = start;
        void Draw() => DataFiles.Draw(new Counter(), start, rows, run, table =>
        {
            var values = ((NumericColumn)table["i"]).Values;
            Assert.Equal((at % 1000, (at + table.RowCount - 1) % 1000), ((long)values[0], (long)values[^1]));
            at += table.RowCount;
            if (at - start > 300_000) enough.Cancel();
        });
        if (rows > 300_000) Assert.Throws<OperationCanceledException>(Draw);
        else Draw();
        Assert.Equal(Math.Min(rows, 300_000), Math.Min(at - start, 300_000));
    }

    [Fact]
    public void A_name_of_many_letters_becomes_a_folder_that_can_be_made()
    {
        foreach (string name in (string[])[new string('名', 300), new string('x', 300), "😀" + new string('é', 300)])
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(FileNames.Safe(name) + ".rejected"), 100, 255);
    }

    private sealed class Counter : ISampler
    {
        private static readonly ColumnSchema Index = new("i", ColumnKind.Integer);

        public DatasetSchema Schema => new([new TableSchema("t", [Index])]);

        public Dataset Sample(ItemRange items, RunContext run) => Dataset.Of(new Table("t",
            [new NumericColumn(Index, [.. Enumerable.Range(0, items.Count).Select(i => (double)((items.Start + i) % 1000))])]));

        public void Save(Stream to) { }
    }
}
