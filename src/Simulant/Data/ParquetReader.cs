namespace Simulant.Data;

/// <summary>Reads Parquet files through DuckDB, vector by vector, into numbers and coded texts.</summary>
/// <remarks>Lists, structs and maps are read as JSON, other types without a column kind of their own as their text.</remarks>
internal static class ParquetReader
{
    public static RawTable Read(IReadOnlyList<string> files, ReadOptions options, CancellationToken cancel)
    {
        var unzipped = new List<string>();
        try
        {
            string[] paths = [.. files.Select(f => Plain(f, unzipped))];
            return ReadPlain(files, paths, options, cancel);
        }
        finally
        {
            foreach (string path in unzipped) File.Delete(path);
        }
    }

    /// <summary>Hands on blocks of about so many rows; no more than one is in memory.</summary>
    /// <param name="like">The columns wanted; others are not read.</param>
    public static void ReadBlocks(IReadOnlyList<string> files, TableSchema like, ReadOptions options, int rows, Action<RawTable> consume,
        CancellationToken cancel)
    {
        var unzipped = new List<string>();
        try
        {
            using var db = new DuckDb(options.MaxThreads);
            string source = $"read_parquet([{string.Join(", ", files.Select(f => DuckDb.Literal(Plain(f, unzipped))))}])";
            var all = Plan(db, source, cancel);
            string[] names = [.. all.Select(c => c.Name)];
            HeaderNames.MakeUnique(names, null);
            var wanted = Enumerable.Range(0, names.Length).Where(i => like.IndexOf(names[i]) >= 0).ToList();
            // Codes of digits may lie beyond 2^53.
            var columns = wanted.ConvertAll(i => all[i].As == PlannedColumn.Reading.Integer
                && !like.Columns[like.IndexOf(names[i])].IsNumericStorage ? all[i].AsText() : all[i]);
            long first = 0;
            foreach (var (count, raw) in VectorReader.ReadBlocks(db, source, columns, rows, cancel))
            {
                consume(new RawTable
                {
                    Name = options.TableName ?? SourceFiles.TableName(files[0]),
                    Columns = raw,
                    RowCount = count,
                    FirstRow = first,
                    Source = new SourceFacts("parquet", files, count),
                });
                first += count;
            }
            if (first == 0 && like.Columns.FirstOrDefault(c => !names.Contains(c.Name)) is { } lacking)
                throw new DataException($"{files[0]}: there is no column {MessageText.Quote(lacking.Name)}", files[0],
                    column: lacking.Name);
        }
        catch (DuckDbException e)
        {
            throw Fault(files, e);
        }
        finally
        {
            foreach (string path in unzipped) File.Delete(path);
        }
    }

    private static RawTable ReadPlain(IReadOnlyList<string> files, string[] paths, ReadOptions options, CancellationToken cancel)
    {
        using var db = new DuckDb(options.MaxThreads);
        string source = $"read_parquet([{string.Join(", ", paths.Select(DuckDb.Literal))}])";
        try
        {
            var columns = Plan(db, source, cancel);
            long total = Total(db, source, cancel);
            RowSampler Sampler() => new(total, options.SampleRows, options.SampleSeed);
            var sampler = Sampler();
            long kept = Math.Min(total, options.SampleRows ?? total);
            if (kept > Array.MaxLength / 8)
                throw new DataException($"{files[0]}: {total} rows are more than fit in memory; read a sample (source: sample_rows)",
                    files[0]);
            var raw = VectorReader.Read(db, source, columns, (int)kept, sampler, cancel);
            // Whole numbers beyond 2^53 are codes: their columns are read again, as texts.
            var wide = Enumerable.Range(0, columns.Count).Where(c => columns[c].As == PlannedColumn.Reading.Integer && Exceeds(raw[c]))
                .ToList();
            if (wide.Count > 0)
            {
                var again = VectorReader.Read(db, source, [.. wide.Select(c => columns[c].AsText())], (int)kept, Sampler(), cancel);
                for (int i = 0; i < wide.Count; i++) raw[wide[i]] = again[i];
            }
            var notes = new List<string>();
            string[] names = [.. columns.Select(c => c.Name)];
            HeaderNames.MakeUnique(names, notes);
            return new RawTable
            {
                Name = options.TableName ?? SourceFiles.TableName(files[0]),
                Columns = raw,
                RowCount = (int)kept,
                SourceRows = sampler.Rows,
                Notes = notes,
                Source = new SourceFacts("parquet", files, total),
            };
        }
        catch (DuckDbException e)
        {
            throw Fault(files, e);
        }
    }

    private static bool Exceeds(RawColumn column)
    {
        foreach (double value in ((RawNumbers)column).Values)
            if (Math.Abs(value) >= NumberShape.ExactLimit) return true;
        return false;
    }

    private static DataException Fault(IReadOnlyList<string> files, DuckDbException e)
    {
        string first = e.Message.Split('\n')[0].Trim();
        string file = files.FirstOrDefault(f => e.Message.Contains(f, StringComparison.Ordinal)) ?? files[0];
        return new DataException($"{file}: not a readable Parquet file ({first})", file, inner: e);
    }

    // A zipped Parquet file has no random access: it is unzipped aside first.
    private static string Plain(string file, List<string> unzipped)
    {
        using var stream = SourceFiles.Open(file);
        if (stream is FileStream) return file;
        string path = Path.GetTempFileName();
        unzipped.Add(path);
        try
        {
            using var to = File.Create(path);
            stream.CopyTo(to);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw SourceFiles.Unreadable(file, e);
        }
        return path;
    }

    private static List<PlannedColumn> Plan(DuckDb db, string source, CancellationToken cancel)
    {
        using var shape = db.Query($"SELECT * FROM {source} LIMIT 0", cancel);
        var columns = new List<PlannedColumn>();
        for (int i = 0; i < shape.Names.Length; i++) columns.Add(PlannedColumn.Of(shape.Names[i], shape.Types[i], shape.Scales[i]));
        return columns;
    }

    private static long Total(DuckDb db, string source, CancellationToken cancel)
    {
        using var answer = db.Query($"SELECT count(*) FROM {source}", cancel);
        using var chunk = answer.Next() ?? throw new DuckDbException("no answer on the number of rows");
        long[] count = new long[chunk.Count];
        chunk.CopyTo(0, count);
        return count[0];
    }
}

/// <summary>How one column of a DuckDB result is selected, and what it is then read as.</summary>
internal sealed record PlannedColumn(string Name, string Expression, PlannedColumn.Reading As)
{
    public enum Reading { Text, Json, Boolean, Integer, Decimal, Date, Time, Timestamp }

    /// <summary>Declared digits after the point, or -1.</summary>
    public int Decimals { get; init; } = -1;

    /// <summary>Texts that are whole numbers.</summary>
    public bool Digits { get; init; }

    /// <summary>Whether it is read into texts.</summary>
    public bool IsText => As is Reading.Text or Reading.Json or Reading.Boolean;

    /// <summary>The same column as its digits.</summary>
    public PlannedColumn AsText() => this with { Expression = $"CAST({DuckDb.Identifier(Name)} AS VARCHAR)", As = Reading.Text,
        Digits = true };

    public static PlannedColumn Of(string name, DuckDbType type, int scale)
    {
        string quoted = DuckDb.Identifier(name);
        string Cast(string to) => $"CAST({quoted} AS {to})";
        return type switch
        {
            DuckDbType.Boolean => new(name, quoted, Reading.Boolean),
            DuckDbType.BigInt => new(name, quoted, Reading.Integer),
            DuckDbType.TinyInt or DuckDbType.SmallInt or DuckDbType.Integer or DuckDbType.UTinyInt or DuckDbType.USmallInt
                or DuckDbType.UInteger
                => new(name, Cast("BIGINT"), Reading.Integer),
            // As digits: whether they fit into a double is seen when they are typed.
            DuckDbType.UBigInt or DuckDbType.HugeInt or DuckDbType.UHugeInt => new(name, Cast("VARCHAR"), Reading.Text) { Digits = true },
            // Through text: 0.1 stored in 32 bits is meant as 0.1, not as the double nearest to those bits.
            DuckDbType.Float => new(name, $"CAST(CAST({quoted} AS VARCHAR) AS DOUBLE)", Reading.Decimal),
            DuckDbType.Double => new(name, quoted, Reading.Decimal),
            DuckDbType.Decimal => new(name, Cast("DOUBLE"), Reading.Decimal) { Decimals = Math.Min(scale, 15) },
            DuckDbType.Date => new(name, quoted, Reading.Date),
            DuckDbType.Time or DuckDbType.TimeWithZone => new(name, Cast("TIME"), Reading.Time),
            DuckDbType.Timestamp or DuckDbType.TimestampSeconds or DuckDbType.TimestampMilliseconds or DuckDbType.TimestampNanoseconds
                or DuckDbType.TimestampWithZone => new(name, Cast("TIMESTAMP"), Reading.Timestamp),
            DuckDbType.Varchar => new(name, quoted, Reading.Text),
            DuckDbType.List or DuckDbType.Struct or DuckDbType.Map or DuckDbType.Array => new(name, $"CAST(to_json({quoted}) AS VARCHAR)",
                Reading.Json),
            _ => new(name, Cast("VARCHAR"), Reading.Text),
        };
    }
}
