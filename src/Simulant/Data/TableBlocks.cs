namespace Simulant.Data;

/// <summary>
/// Reads a source block by block under a known table's schema, so that tables of any size can be counted: CSV, TSV and Parquet
/// keep one block in memory at a time; JSON is read whole.
/// </summary>
public static class TableBlocks
{
    /// <param name="pathOrGlob">As <see cref="TableReader.Read"/> takes it.</param>
    /// <param name="like">Its columns are read, under its kinds; its levels keep their codes in every block, and each block's own
    /// new levels follow.</param>
    /// <param name="rows">Rows of a block, at least 1; Parquet blocks end with whole vectors of 2,048.</param>
    /// <param name="consume">Called in the order of the rows.</param>
    /// <param name="restart">Called where a text turns out not to be UTF-8 after blocks were handed on: all of them come again,
    /// read as Latin-1.</param>
    /// <exception cref="DataException">As <see cref="TableReader.ReadAs(string, Table, ReadOptions?, CancellationToken)"/>.</exception>
    public static void ForEach(string pathOrGlob, Table like, ReadOptions options, int rows, Action<Table> consume, Action restart,
        CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var files = SourceFiles.Find(pathOrGlob);
        string format = SourceFiles.FormatOf(files[0], options.Format);
        void Bound(RawTable raw) => consume(TableReader.Bind(raw, like.Schema, like, options, cancel));
        switch (format)
        {
            case "parquet":
                ParquetReader.ReadBlocks(files, like.Schema, options, rows, Bound, cancel);
                return;
            case "csv" or "tsv":
                ReadText(files, format, options, rows, Bound, restart, cancel);
                return;
            default:
                var whole = TableReader.ReadAs(pathOrGlob, like, options, cancel);
                for (int start = 0; start < whole.RowCount; start += rows)
                    consume(whole.Take([.. Enumerable.Range(start, Math.Min(rows, whole.RowCount - start))]));
                return;
        }
    }

    private static void ReadText(IReadOnlyList<string> files, string format, ReadOptions options, int rows, Action<RawTable> consume,
        Action restart, CancellationToken cancel)
    {
        string encoding = DelimitedReader.EncodingOf(files[0], options);
        try
        {
            DelimitedReader.ReadBlocks(files, format, encoding, options, rows, consume, cancel);
        }
        catch (DelimitedReader.NotUtf8Exception) when (options.Encoding is null)
        {
            restart();
            DelimitedReader.ReadBlocks(files, format, "latin-1", options, rows, consume, cancel);
        }
        catch (DelimitedReader.NotUtf8Exception e)
        {
            throw new DataException($"{e.File}:{e.Line}: not UTF-8, as declared; try encoding: latin-1", e.File, e.Line);
        }
    }
}
