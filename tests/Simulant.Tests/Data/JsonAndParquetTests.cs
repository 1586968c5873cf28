using System.Text;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Data;

public sealed class JsonAndParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_an_array_and_of_lines_are_the_same_table()
    {
        const string records = "{\"a\":1,\"b\":\"x\",\"t\":true},{\"a\":2.50,\"c\":[1,{\"d\":2}],\"t\":null},"
            + "{\"b\":\"\\u00e9\\n\",\"a\":null,\"t\":false}";
        var array = TableReader.Read(_folder.Write("t.json", $"[{records}]")).Table;
        var lines = TableReader.Read(_folder.Write("t.jsonl", records.Replace("},{", "}\n{", StringComparison.Ordinal))).Table;
        foreach (var table in (Table[])[array, lines])
        {
            Assert.Equal(["a", "b", "t", "c"], table.Columns.Select(c => c.Name));
            Assert.Equal([ColumnKind.Decimal, ColumnKind.Category, ColumnKind.Boolean, ColumnKind.Category],
                table.Columns.Select(c => c.Schema.Kind));
            Assert.Equal([1, 2.5, double.NaN], ((NumericColumn)table["a"]).Values.ToArray());
            Assert.Equal("é\n", ((CodedColumn)table["b"])[2]);
            Assert.True(table["b"].IsMissing(1) && table["t"].IsMissing(1) && table["c"].IsMissing(0));
            Assert.Equal("[1,{\"d\":2}]", ((CodedColumn)table["c"])[1]);
        }
    }

    [Fact]
    public void Digits_in_quotes_are_no_numbers_in_JSON()
    {
        var table = TableReader.Read(_folder.Write("t.jsonl",
            string.Concat(Enumerable.Range(0, 40).Select(i => $"{{\"s\":\"{i % 5}\",\"n\":{i % 5}}}\n")))).Table;
        Assert.Equal(ColumnKind.Category, table["s"].Schema.Kind);
        Assert.Equal(ColumnKind.Integer, table["n"].Schema.Kind);
    }

    [Theory]
    [InlineData("t.json", "", 0, "is empty")]
    [InlineData("t.json", "[{\"a\":1},\n{\"a\":}]", 2, "not JSON")]
    [InlineData("t.json", "[{\"a\":1},\n 7]", 2, "not of numbers")]
    [InlineData("t.json", "{\"a\":[1,2]}\n[", 2, "not of arrays")]
    [InlineData("t.jsonl", "{\"a\":1}\n{\"a\":1", 2, "not JSON")]
    [InlineData("t.jsonl", "{\"a\":1}\n\n[1]", 3, "an object was expected")]
    [InlineData("t.jsonl", "{\"a\":1,\"a\":2}", 1, "stands twice")]
    [InlineData("t.jsonl", "{\"a\":\"\\ud800\"}", 1, "not valid Unicode")]
    [InlineData("t.jsonl", "", 0, "no record")]
    public void Faulty_JSON_is_an_error_with_its_line(string file, string text, long line, string says)
    {
        var e = Assert.Throws<DataException>(() => TableReader.Read(_folder.Write(file, text)));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        if (line > 0) Assert.Equal(line, e.Row);
    }

    [Fact]
    public void Penguins_come_out_of_JSON()
    {
        var table = TableReader.Read(SharedData.Vega("penguins.json"));
        Assert.Equal(344, table.Table.RowCount);
        Assert.Equal("Species Island Beak Length (mm) Beak Depth (mm) Flipper Length (mm) Body Mass (g) Sex",
            string.Join(' ', table.Table.Columns.Select(c => c.Name)));
        Assert.Equal(ColumnKind.Integer, table["Body Mass (g)"].Kind);
        Assert.Equal(2, table["Beak Length (mm)"].Missing);
    }

    [Fact]
    public void Flights_are_sampled_the_same_at_any_number_of_threads()
    {
        string path = SharedData.Vega("flights-3m.parquet");
        var options = new ReadOptions { SampleRows = 2000, SampleSeed = 11 };
        var one = TableReader.Read(path, options);
        var two = TableReader.Read(path, options with { MaxThreads = 2 });
        Assert.Equal(3_000_000, one.Findings.Source.Rows);
        Assert.Equal(2000, one.Table.RowCount);
        Assert.Equal([ColumnKind.Timestamp, ColumnKind.Integer, ColumnKind.Integer, ColumnKind.Category, ColumnKind.Category],
            one.Table.Columns.Select(c => c.Schema.Kind));
        for (int c = 0; c < 3; c++)
            Assert.True(((NumericColumn)one.Table.Columns[c]).Values.SequenceEqual(((NumericColumn)two.Table.Columns[c]).Values));
        // The sample's mean delay lies within five standard errors of the whole's, computed by the other implementation.
        using var db = new DuckDb(1);
        using var result = db.Query($"SELECT avg(delay)::DOUBLE, stddev(delay)::DOUBLE FROM {DuckDb.Literal(path)}", default);
        using var chunk = result.Next()!;
        double[] mean = new double[1], deviation = new double[1];
        chunk.CopyTo(0, mean);
        chunk.CopyTo(1, deviation);
        Assert.Equal(mean[0], ((NumericColumn)one.Table["delay"]).Values.ToArray().Average(), 5 * deviation[0] / Math.Sqrt(2000));
    }

    [Fact]
    public void Parquet_types_of_other_writers_are_read()
    {
        string path = _folder.File("o'd\"d;.parquet");
        using (var db = new DuckDb(1))
        {
            db.Execute("CREATE TABLE t AS SELECT i::UTINYINT AS small, 0.1::FLOAT AS single, (i / 4)::DECIMAL(12,2) AS money, "
                + "(18446744073709550000 + i)::UBIGINT AS huge, "
                + "9007199254740993 + i AS wide, uuid() AS u, [i, i + 1] AS list, {'a': i} AS struct, "
                + "TIMESTAMPTZ '2020-01-01 00:00:00+02' AS tz, "
                + "DATE '2020-02-29' AS day, TIME '01:02:03.5' AS clock, i % 2 = 0 AS flag, CASE WHEN i = 3 THEN NULL ELSE 'x' END AS txt, "
                + "'nan'::DOUBLE AS nothing, 'a long text beyond twelve bytes ' || i AS \"se\"\"lect\" FROM range(50) r(i)", default);
            db.Execute($"COPY t TO {DuckDb.Literal(path)} (FORMAT parquet)", default);
        }
        var table = TableReader.Read(path).Table;
        Assert.Equal(50, table.RowCount);
        Assert.Equal(0.1, ((NumericColumn)table["single"]).Values[7]);
        Assert.Equal((0.75, 2), (((NumericColumn)table["money"]).Values[3], table["money"].Schema.Decimals));
        Assert.Equal("18446744073709550007", ((CodedColumn)table["huge"])[7]);
        Assert.Equal("9007199254740993", ((CodedColumn)table["wide"])[0]);
        Assert.Equal("[3,4]", ((CodedColumn)table["list"])[3]);
        Assert.Equal("2019-12-31T22:00:00", ValueText.Format(table["tz"], 0));
        Assert.Equal("2020-02-29", ValueText.Format(table["day"], 0));
        Assert.Equal("01:02:03.5", ValueText.Format(table["clock"], 0));
        Assert.Equal(ColumnKind.Boolean, table["flag"].Schema.Kind);
        Assert.True(table["txt"].IsMissing(3) && table["nothing"].IsMissing(0));
        Assert.Equal("a long text beyond twelve bytes 9", ((CodedColumn)table["se\"lect"])[9]);
    }

    [Fact]
    public void Damaged_Parquet_is_a_data_error()
    {
        byte[] bytes = File.ReadAllBytes(SharedData.Vega("flights-3m.parquet"));
        foreach (byte[] damaged in (byte[][])[bytes[..(bytes.Length / 2)], bytes[..4], [],
            Encoding.ASCII.GetBytes("not parquet at all, but long enough to hold a footer")])
        {
            string path = _folder.Write("cut.parquet", damaged);
            var e = Assert.Throws<DataException>(() => TableReader.Read(path));
            Assert.Contains("cut.parquet", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void A_query_stops_when_cancelled_and_a_missing_library_names_the_remedy()
    {
        using var db = new DuckDb(1);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.ThrowsAny<OperationCanceledException>(() => db.Execute(
            "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = 7", stop.Token));
        Assert.Null(DuckDbLibrary.Find(null, Path.GetPathRoot(_folder.Path)!));
        Assert.Equal("/x/libduckdb.so", DuckDbLibrary.Find("/x/libduckdb.so", _folder.Path));
        Assert.StartsWith("v1.", DuckDb.Version, StringComparison.Ordinal);
        Assert.Contains("syntax", Assert.Throws<DuckDbException>(() => db.Execute("SELEC", default)).Message,
            StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nothing_is_fetched_from_the_network()
    {
        using var db = new DuckDb(1);
        var e = Assert.Throws<DuckDbException>(() => db.Execute("SELECT * FROM read_csv('https://127.0.0.1:1/x.csv')", default));
        Assert.Contains("httpfs", e.Message, StringComparison.Ordinal);
    }
}
