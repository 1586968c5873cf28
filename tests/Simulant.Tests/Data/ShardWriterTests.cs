using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Data;

public sealed class ShardWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ColumnSchema Of(string name, ColumnKind kind) => new(name, kind);

    /// <summary>Every kind, missing values, infinities, texts that need escaping in each format.</summary>
    private static Table Mixed(int rows, ulong seed = 1)
    {
        var random = new RandomStream(seed, "test");
        double Missing(int i, int slot, double value) => random.Uniform(i, slot, 9) < 0.1 ? double.NaN : value;
        double[] Numbers(int slot, Func<int, double> value) => [.. Enumerable.Range(0, rows).Select(i => Missing(i, slot, value(i)))];
        string[] nasty = ["plain", "comma, here", "quote \" here", "line\nbreak", "tab\there", "ünï\u4e2d\U0001F600", "NA?",
            "'; DROP TABLE x; --", "<b>&amp;</b>", "\\"];
        int[] Codes(int slot, int levels) => [.. Enumerable.Range(0, rows)
            .Select(i => random.Uniform(i, slot, 9) < 0.1 ? -1 : random.Below(levels, i, slot))];
        return new Table("mixed",
        [
            new NumericColumn(Of("int", ColumnKind.Integer), Numbers(0, i => random.Below(1000, i, 0) - 500)),
            new NumericColumn(Of("wide int", ColumnKind.Integer), Numbers(1, i => Math.Floor(random.Uniform(i, 1) * 9e15))),
            new NumericColumn(Of("zeros", ColumnKind.Integer), Numbers(2, i => random.Uniform(i, 2) < 0.95 ? 0 : i)),
            new NumericColumn(Of("dec", ColumnKind.Decimal) with { Decimals = 2 },
                Numbers(3, i => Math.Round(random.Normal(i, 3) * 100, 2))),
            new NumericColumn(Of("float", ColumnKind.Decimal), Numbers(4, i =>
                i % 50 == 0 ? double.PositiveInfinity : random.Normal(i, 4) * Math.Pow(10, i % 40 - 20))),
            new NumericColumn(Of("date", ColumnKind.Date), Numbers(5, i => random.Below(40000, i, 5) - 10000)),
            new NumericColumn(Of("time", ColumnKind.Time), Numbers(6, i => Math.Floor(random.Uniform(i, 6) * 86400e6))),
            new NumericColumn(Of("ts", ColumnKind.Timestamp), Numbers(7, i => Math.Floor((random.Uniform(i, 7) - 0.3) * 2e15))),
            new CodedColumn(Of("bool", ColumnKind.Boolean), Codes(8, 2), ["false", "true"]),
            new CodedColumn(Of("cat \"x\",\n<y>", ColumnKind.Category), Codes(9, nasty.Length), nasty),
            new CodedColumn(Of("id", ColumnKind.Identifier), [.. Enumerable.Range(0, rows)],
                [.. Enumerable.Range(0, rows).Select(i => $"k{i:x8}")]),
        ]);
    }

    private static byte[] Written(string format, Table table, params int[] cuts)
    {
        using var memory = new MemoryStream();
        using var writer = ShardWriter.Create(format, table.Schema, memory);
        int at = 0;
        foreach (int cut in (int[])[.. cuts, table.RowCount])
        {
            writer.Append(table.Slice(at, cut - at));
            at = cut;
        }
        writer.Complete();
        Assert.Equal(memory.Length, writer.Bytes);
        Assert.Equal(table.RowCount, writer.Rows);
        return memory.ToArray();
    }

    private static void Same(Table expected, Table actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        Assert.Equal(expected.Columns.Select(c => c.Name), actual.Columns.Select(c => c.Name));
        for (int c = 0; c < expected.Columns.Count; c++)
        {
            for (int row = 0; row < expected.RowCount; row++)
            {
                bool same = expected.Columns[c] is NumericColumn numbers
                    ? numbers.Values[row].Equals(((NumericColumn)actual.Columns[c]).Values[row])
                    : ((CodedColumn)expected.Columns[c])[row] == ((CodedColumn)actual.Columns[c])[row];
                if (!same) Assert.Fail(
                    $"row {row}, column {expected.Columns[c].Name}: {ValueText.Format(expected.Columns[c], row)}, "
                    + $"read as {ValueText.Format(actual.Columns[c], row)}");
            }
        }
    }

    [Theory]
    [InlineData("csv", 3000)]
    [InlineData("tsv", 3000)]
    [InlineData("jsonl", 3000)]
    [InlineData("parquet", 3000)]
        [InlineData("csv", 0)]
    [InlineData("parquet", 0)]
    [InlineData("parquet", 1)]
    public void What_is_written_reads_back_equal(string format, int rows)
    {
        var table = Mixed(rows);
        string path = _folder.Write($"t.{format}", Written(format, table));
        Same(table, TableReader.ReadAs(path, table.Schema));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void Inference_finds_the_kinds_again(string format)
    {
        var table = Mixed(3000);
        string path = _folder.Write($"t.{format}", Written(format, table));
        var read = TableReader.Read(path).Table;
        Assert.Equal(table.Columns.Select(c => c.Schema.Kind), read.Columns.Select(c => c.Schema.Kind));
        Assert.Equal(2, read["dec"].Schema.Decimals);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void Bytes_do_not_depend_on_the_batches(string format)
    {
        int end = format == "parquet" ? 131_072 : 6_000;                    // of a Parquet row group
        var table = Mixed(end + 500);
        byte[] whole = Written(format, table);
        Assert.True(whole.AsSpan().SequenceEqual(Written(format, table, 1, 17, 4096, end - 1, end, end + 1, end + 499)));
    }

    [Fact]
    public void Level_lists_may_differ_from_batch_to_batch()
    {
        var schema = new TableSchema("t", [Of("c", ColumnKind.Category)]);
        Table Batch(string[] levels, params int[] codes) => new("t", [new CodedColumn(schema.Columns[0], codes, levels)]);
        foreach (string format in ShardWriter.Formats)
        {
            using var memory = new MemoryStream();
            using var writer = ShardWriter.Create(format, schema, memory);
            writer.Append(Batch(["a", "b"], 0, 1));
            writer.Append(Batch(["b", "c"], 1, 0, -1));
            writer.Complete();
            var read = (CodedColumn)TableReader.ReadAs(_folder.Write($"t.{format}", memory.ToArray()), schema).Columns[0];
            Assert.Equal("a b c b -", string.Join(' ', Enumerable.Range(0, 5).Select(i => read[i] ?? "-")));
        }
    }

    [Fact]
    public void Text_is_written_as_declared()
    {
        var schema = new TableSchema("t",
        [
            Of("whole", ColumnKind.Integer) with { Format = "0.0", MissingText = "NA" },
            Of("dec", ColumnKind.Decimal) with { Decimals = 3, Format = "0.0##" },
            Of("day", ColumnKind.Date) with { Format = "M/d/yy' 0:00'" },
            Of("yes", ColumnKind.Boolean) with { Format = "True|False", MissingText = "?" },
        ]);
        var table = new Table("t",
        [
            new NumericColumn(schema.Columns[0], [5, double.NaN]), new NumericColumn(schema.Columns[1], [1.5, 2]),
            new NumericColumn(schema.Columns[2], [7312, 0]), new CodedColumn(schema.Columns[3], [1, -1], ["false", "true"]),
        ]);
        Assert.Equal("whole,dec,day,yes\n5.0,1.5,1/8/90 0:00,True\nNA,2.0,1/1/70 0:00,?\n", Encoding.UTF8.GetString(Written("csv", table)));
        Assert.Equal("{\"whole\":5.0,\"dec\":1.5,\"day\":\"1/8/90 0:00\",\"yes\":true}\n"
            + "{\"whole\":null,\"dec\":2.0,\"day\":\"1/1/70 0:00\",\"yes\":null}\n",
            Encoding.UTF8.GetString(Written("jsonl", table)));
    }

    [Fact]
    public void Parquet_is_what_DuckDB_says_it_is()
    {
        var table = Mixed(132_000);
        string path = _folder.Write("t.parquet", Written("parquet", table));
        Same(table, TableReader.ReadAs(path, table.Schema));
        using var db = new DuckDb(1);
        using var types = db.Query($"SELECT string_agg(column_type, ' ') FROM (DESCRIBE SELECT * FROM {DuckDb.Literal(path)})", default);
        using var chunk = types.Next()!;
        string found = "";
        chunk.Texts(0, (_, text, _) => found = Encoding.UTF8.GetString(text));
        Assert.Equal("BIGINT BIGINT BIGINT DOUBLE DOUBLE DATE TIME TIMESTAMP BOOLEAN VARCHAR VARCHAR", found);
        // Sums by the other implementation, over the file.
        using var sums = db.Query(
            $"SELECT sum(int)::DOUBLE, sum(\"wide int\")::DOUBLE, count(*) - count(date), count(DISTINCT id) FROM {DuckDb.Literal(path)}",
            default);
        using var row = sums.Next()!;
        double[] sum = new double[1];
        row.CopyTo(0, sum);
        double expected = 0;
        foreach (double value in ((NumericColumn)table["int"]).Values) expected += double.IsNaN(value) ? 0 : value;
        Assert.Equal(expected, sum[0]);
        long[] counts = new long[1];
        row.CopyTo(2, counts);
        Assert.Equal(Enumerable.Range(0, table.RowCount).Count(table["date"].IsMissing), counts[0]);
        row.CopyTo(3, counts);
        Assert.Equal(132_000, counts[0]);
    }

    [Fact]
    public void Large_texts_end_a_row_group_early_and_read_back()
    {
        string[] levels = [new('a', 20_000_000), new('b', 20_000_000), "short"];
        var schema = new TableSchema("t", [Of("c", ColumnKind.Text)]);
        var table = new Table("t", [new CodedColumn(schema.Columns[0], [0, 1, 2, 0], levels)]);
        string path = _folder.Write("t.parquet", Written("parquet", table, 2));
        var read = (CodedColumn)TableReader.ReadAs(path, schema).Columns[0];
        Assert.Equal([20_000_000, 20_000_000, 5, 20_000_000], Enumerable.Range(0, 4).Select(i => read[i]!.Length));
    }

    [Fact]
    public void Thousands_of_columns_write()
    {
        var table = new Table("t", [.. Enumerable.Range(0, 5000).Select(i =>
            (Column)new NumericColumn(Of($"c{i}", ColumnKind.Integer), [i, i + 1, double.NaN]))]);
        string path = _folder.Write("t.parquet", Written("parquet", table));
        Same(table, TableReader.ReadAs(path, table.Schema));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void A_failing_stream_fails_the_writer_at_any_write(string format)
    {
        var table = Mixed(5000);
        int writes = 0;
        using (var counted = new FailingStream(int.MaxValue))
        {
            WriteTo(counted);
            writes = counted.Writes;
        }
        Assert.True(writes > 1);
        for (int n = 0; n < writes; n++)
        {
            using var failing = new FailingStream(n);
            Assert.Throws<IOException>(() => WriteTo(failing));
        }

        void WriteTo(Stream to)
        {
            using var writer = ShardWriter.Create(format, table.Schema, to);
            writer.Append(table);
            writer.Complete();
        }
    }

    [Fact]
    public void Infinite_integers_and_wrong_columns_are_refused()
    {
        var schema = new TableSchema("t", [Of("n", ColumnKind.Integer)]);
        var infinite = new Table("t", [new NumericColumn(schema.Columns[0], [1, double.PositiveInfinity])]);
        Assert.Equal("n", Assert.Throws<DataException>(() => Written("parquet", infinite)).Column);
        Assert.Equal("n\n1\nInfinity\n", Encoding.UTF8.GetString(Written("csv", infinite)));
        using var writer = ShardWriter.Create("csv", schema, Stream.Null);
        Assert.Throws<ArgumentException>(() => writer.Append(new Table("t", [new NumericColumn(Of("m", ColumnKind.Integer), [1])])));
        writer.Complete();
        Assert.Throws<ObjectDisposedException>(() => writer.Append(infinite));
        Assert.Throws<ArgumentException>(() => ShardWriter.Create("xlsx", schema, Stream.Null));
    }

    /// <summary>Fails at its nth write.</summary>
    private sealed class FailingStream(int failAt) : MemoryStream
    {
        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Writes++ == failAt) throw new IOException("the disk is full");
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
