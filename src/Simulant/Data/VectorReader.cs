namespace Simulant.Data;

/// <summary>Copies the vectors of a DuckDB result into raw columns, keeping the rows that a sampler keeps.</summary>
internal static class VectorReader
{
    // Infinite dates and timestamps of DuckDB.
    private const long NoTimestamp = long.MaxValue - 1;
    private const int NoDate = int.MaxValue - 1;

    public static RawColumn[] Read(DuckDb db, string source, IReadOnlyList<PlannedColumn> columns, int rows, RowSampler sampler,
        CancellationToken cancel)
    {
        var numbers = new double[columns.Count][];
        var texts = new TextStore[columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            if (columns[c].IsText) texts[c] = new TextStore();
            else numbers[c] = new double[rows];
        }
        string sql = $"SELECT {string.Join(", ", columns.Select(c => c.Expression))} FROM {source}";
        using (var result = db.Query(sql, cancel))
        {
            int done = 0;
            bool[] keep = [];
            while (result.Next() is { } chunk)
            {
                using (chunk)
                {
                    if (keep.Length < chunk.Count) keep = new bool[chunk.Count];
                    int kept = 0;
                    for (int i = 0; i < chunk.Count; i++)
                        if (keep[i] = sampler.Next()) kept++;
                    if (kept == 0) continue;
                    for (int c = 0; c < columns.Count; c++)
                    {
                        if (texts[c] is { } store) Append(chunk, c, columns[c].As, store, keep);
                        else Append(chunk, c, columns[c].As, numbers[c].AsSpan(done), keep);
                    }
                    done += kept;
                }
            }
            if (done != rows) throw new DuckDbException($"{done} rows came where {rows} were counted");
        }
        return [.. columns.Select((column, c) => Column(column, numbers[c], texts[c]))];
    }

    /// <summary>
    /// Blocks of at least so many rows, but for the last; a block holds whole vectors, at most 2,048 rows more. No more than one block
    /// is in memory.
    /// </summary>
    public static IEnumerable<(int Rows, RawColumn[] Columns)> ReadBlocks(DuckDb db, string source, IReadOnlyList<PlannedColumn> columns,
        int rows, CancellationToken cancel)
    {
        using var result = db.Query($"SELECT {string.Join(", ", columns.Select(c => c.Expression))} FROM {source}", cancel);
        var next = result.Next();
        bool[] keep = [];
        while (next is not null)
        {
            var numbers = new double[columns.Count][];
            var texts = new TextStore[columns.Count];
            for (int c = 0; c < columns.Count; c++)
            {
                if (columns[c].IsText) texts[c] = new TextStore();
                else numbers[c] = new double[rows + next.Count];
            }
            int done = 0;
            while (next is not null && done < rows)
            {
                using (next)
                {
                    if (keep.Length < next.Count) Array.Fill(keep = new bool[next.Count], true);
                    for (int c = 0; c < columns.Count; c++)
                    {
                        if (texts[c] is { } store)
                        {
                            Append(next, c, columns[c].As, store, keep);
                            continue;
                        }
                        if (numbers[c].Length < done + next.Count) Array.Resize(ref numbers[c], done + next.Count);
                        Append(next, c, columns[c].As, numbers[c].AsSpan(done), keep);
                    }
                    done += next.Count;
                }
                next = result.Next();
            }
            for (int c = 0; c < columns.Count; c++)
                if (numbers[c] is { } full && full.Length != done) Array.Resize(ref numbers[c], done);
            int count = done;
            yield return (count, [.. columns.Select((column, c) => Column(column, numbers[c], texts[c]))]);
        }
    }

    private static RawColumn Column(PlannedColumn column, double[] numbers, TextStore texts) => column.As switch
    {
        PlannedColumn.Reading.Text => new RawTexts(column.Name, texts) { NumbersAllowed = column.Digits },
        PlannedColumn.Reading.Json => new RawTexts(column.Name, texts) { NumbersAllowed = false },
        PlannedColumn.Reading.Boolean => new RawTexts(column.Name, texts) { Declared = true },
        PlannedColumn.Reading.Integer => new RawNumbers(column.Name, ColumnKind.Integer, numbers),
        PlannedColumn.Reading.Decimal => new RawNumbers(column.Name, ColumnKind.Decimal, numbers) { Decimals = column.Decimals },
        PlannedColumn.Reading.Date => new RawNumbers(column.Name, ColumnKind.Date, numbers),
        PlannedColumn.Reading.Time => new RawNumbers(column.Name, ColumnKind.Time, numbers),
        _ => new RawNumbers(column.Name, ColumnKind.Timestamp, numbers),
    };

    private static void Append(DuckDbChunk chunk, int column, PlannedColumn.Reading reading, TextStore store, bool[] keep)
    {
        if (reading == PlannedColumn.Reading.Boolean)
        {
            byte[] bits = new byte[chunk.Count];
            chunk.CopyTo(column, bits);
            ulong[] valid = chunk.Validity(column);
            for (int i = 0; i < bits.Length; i++)
            {
                if (!keep[i]) continue;
                if (!IsValid(valid, i)) store.AddMissing();
                else store.Add(bits[i] != 0 ? "true"u8 : "false"u8);
            }
            return;
        }
        chunk.Texts(column, (row, text, present) =>
        {
            if (!keep[row]) return;
            if (!present || text.IsEmpty) store.AddMissing();
            else if (reading == PlannedColumn.Reading.Json) store.Add(PlainJson.Of(text));
            else store.Add(text);
        });
    }

    private static void Append(DuckDbChunk chunk, int column, PlannedColumn.Reading reading, Span<double> to, bool[] keep)
    {
        ulong[] valid = chunk.Validity(column);
        int at = 0;
        switch (reading)
        {
            case PlannedColumn.Reading.Decimal:
                double[] doubles = new double[chunk.Count];
                chunk.CopyTo(column, doubles);
                for (int i = 0; i < doubles.Length; i++)
                    if (keep[i]) to[at++] = IsValid(valid, i) ? doubles[i] : double.NaN;
                break;
            case PlannedColumn.Reading.Date:
                int[] days = new int[chunk.Count];
                chunk.CopyTo(column, days);
                for (int i = 0; i < days.Length; i++)
                    if (keep[i]) to[at++] = IsValid(valid, i) && Math.Abs((long)days[i]) < NoDate ? days[i] : double.NaN;
                break;
            default:
                long[] longs = new long[chunk.Count];
                chunk.CopyTo(column, longs);
                for (int i = 0; i < longs.Length; i++)
                    if (keep[i]) to[at++] = IsValid(valid, i) && longs[i] > -NoTimestamp && longs[i] < NoTimestamp ? longs[i] : double.NaN;
                break;
        }
    }

    private static bool IsValid(ulong[] valid, int row) => valid.Length == 0 || (valid[row >> 6] >> (row & 63) & 1) != 0;
}
