namespace Simulant.Data;

/// <summary>
/// Reads tables from files: csv, tsv, json, jsonl, parquet, each also in gzip, one file or a glob of like files. Rows come in
/// file order at any number of threads. Faults of the data are <see cref="DataException"/>s that name file, row and column.
/// </summary>
public static class TableReader
{
    /// <summary>Reads and infers every column's kind and role.</summary>
    /// <param name="pathOrGlob">A path, or a pattern with <c>*</c>, <c>?</c>, <c>**</c>; matches are read in ordinal order.</param>
    public static InferredTable Read(string pathOrGlob, ReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= ReadOptions.Default;
        return TypeInference.Infer(ReadRaw(pathOrGlob, options, cancel), options, cancel);
    }

    /// <summary>
    /// Reads a second file, a holdout or a synthetic one, under a first file's schema: the same columns in the same order with
    /// the same kinds; columns the schema lacks are left out. Category levels come sorted.
    /// </summary>
    public static Table ReadAs(string pathOrGlob, TableSchema schema, ReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= ReadOptions.Default;
        return Bind(ReadRaw(pathOrGlob, options, cancel), schema, null, options, cancel);
    }

    /// <summary>As <see cref="ReadAs(string, TableSchema, ReadOptions?, CancellationToken)"/>, with the first table's level lists:
    /// its levels keep their codes, new ones follow.</summary>
    public static Table ReadAs(string pathOrGlob, Table like, ReadOptions? options = null, CancellationToken cancel = default)
    {
        options ??= ReadOptions.Default;
        return Bind(ReadRaw(pathOrGlob, options, cancel), like.Schema, like, options, cancel);
    }

    internal static Table Bind(RawTable raw, TableSchema schema, Table? like, ReadOptions options, CancellationToken cancel)
    {
        var columns = new Column[schema.Columns.Count];
        var byName = raw.Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var wanted in schema.Columns)
            if (!byName.ContainsKey(wanted.Name)) throw TypeInference.MissingColumn(raw, wanted.Name);
        Work.For(columns.Length, options.MaxThreads, i =>
        {
            var wanted = schema.Columns[i];
            var known = (like?.Columns[i] as CodedColumn)?.Levels;
            columns[i] = ColumnBinder.Bind(raw, byName[wanted.Name], wanted, known, closed: false, options.MissingTexts);
        }, cancel);
        return new Table(options.TableName ?? schema.Name, columns);
    }

    private static RawTable ReadRaw(string pathOrGlob, ReadOptions options, CancellationToken cancel)
    {
        if (options.SampleRows is < 1) throw new ArgumentOutOfRangeException(nameof(options), "SampleRows is at least 1");
        if (options.MaxThreads < 1) throw new ArgumentOutOfRangeException(nameof(options), "MaxThreads is at least 1");
        var files = SourceFiles.Find(pathOrGlob);
        string format = SourceFiles.FormatOf(files[0], options.Format);
        var raw = format switch
        {
            "csv" or "tsv" => DelimitedReader.Read(files, format, options, cancel),
            "json" or "jsonl" => JsonTableReader.Read(files, format, options, cancel),
            "parquet" => ParquetReader.Read(files, options, cancel),
            _ => throw new DataException($"{files[0]}: format {format} cannot be read", files[0]),
        };
        return raw;
    }
}
