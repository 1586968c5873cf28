using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class StoredRowsTests
{
    [Fact]
    public void What_marks_a_gap_in_one_column_is_a_value_in_another()
    {
        using var folder = new TempFolder();
        var schema = new TableSchema("t",
        [
            new ColumnSchema("a", ColumnKind.Integer) { MissingText = "-9" },
            new ColumnSchema("b", ColumnKind.Integer),
            new ColumnSchema("c", ColumnKind.Category) { MissingText = "?" },
            new ColumnSchema("d", ColumnKind.Category),
        ]);
        string path = folder.Write("d.csv", "a,b,c,d\n-9,-9,?,?\n1,,NA,\n");
        var read = StoredRows.ReadFile(path, schema, CancellationToken.None);
        Assert.Equal([",-9,,?", "1,,NA,"], Enumerable.Range(0, 2).Select(row => string.Join(',', read.Columns.Select(c =>
            c.IsMissing(row) ? "" : ValueText.Format(c, row)))));
    }
}
