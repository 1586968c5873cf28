using Simulant.Data;

namespace Simulant.Runs;

/// <summary>Rows that a user hands to a stored model.</summary>
internal static class KnownTable
{
    /// <summary>The rows under the model's own kinds; a column that the model lacks is refused, not ignored.</summary>
    public static Table Read(string path, TableSchema schema, int threads, CancellationToken cancel)
    {
        var options = new ReadOptions { MaxThreads = threads };
        var found = TableReader.Read(path, options, cancel).Table.Schema;
        foreach (var column in found.Columns)
            if (schema.IndexOf(column.Name) < 0)
                throw new DataException("the model has no such column; leave it out", path, column: column.Name);
        var shared = new TableSchema(schema.Name, [.. schema.Columns.Where(c => found.IndexOf(c.Name) >= 0)]);
        return TableReader.ReadAs(path, shared, options, cancel);
    }
}
