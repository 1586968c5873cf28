using System.IO.Compression;
using System.Text;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Data;

public sealed class DelimitedReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private InferredTable Read(string text, ReadOptions? options = null) => TableReader.Read(_folder.Write("t.csv", text), options);

    private static string[] Texts(Table table, string column) =>
        [.. Enumerable.Range(0, table.RowCount).Select(r => table[column].IsMissing(r) ? "(missing)" : ValueText.Format(table[column], r))];

    private DataException Fails(string text, ReadOptions? options = null) => Assert.Throws<DataException>(() => Read(text, options));

    [Fact]
    public void Quotes_newlines_and_doubled_quotes_are_undone()
    {
        var table = Read("a,b\r\n\"x, \"\"y\"\"\",1\r\n\"line\nline\",2\r\n5\" pipe,3").Table;
        Assert.Equal(["x, \"y\"", "line\nline", "5\" pipe"], Texts(table, "a"));
        Assert.Equal(["1", "2", "3"], Texts(table, "b"));
    }

    [Theory]
    [InlineData("a;b;c\n1;2,5;x\n3;4,5;y\n", ";")]
    [InlineData("a\tb\n1,2\t3\n4,5\t6\n", "\t")]
    [InlineData("a|b\n1|2\n", "|")]
    [InlineData("a,b\n1;1,2\n", ",")]
    [InlineData("only\n1\n2\n", ",")]
    [InlineData("\"a;b\",c\n\"1;2\",3\n\"3;4\",5\n", ",")]
    public void The_delimiter_is_sniffed(string text, string delimiter) => Assert.Equal(delimiter, Read(text).Findings.Source.Delimiter);

    [Theory]
    [InlineData("a,b\n1,2\n3\n", 3, "1 field where the header has 2")]
    [InlineData("a,b\n1,2\n\"x\ny\",2\n3,4,5\n", 5, "3 fields where the header has 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", 2, "a quote opens here and is never closed")]
    [InlineData("a,b\n1,\"2\"x\n", 2, "text after a closing quote")]
    [InlineData("a,b\n1,x\0y\n", 2, "NUL byte")]
    public void A_bad_row_is_an_error_with_its_line(string text, long line, string says)
    {
        var e = Fails(text);
        Assert.Equal(line, e.Row);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{e.File}:{line}: ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Empty_missing_and_folder_are_errors()
    {
        Assert.Contains("is empty", Fails("").Message, StringComparison.Ordinal);
        Assert.Contains("is empty", Fails("\n\n").Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<DataException>(() => TableReader.Read(_folder.File("none.csv"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<DataException>(() => TableReader.Read(_folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no file matches", Assert.Throws<DataException>(() => TableReader.Read(_folder.File("*.tsv"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_and_one_row_are_tables()
    {
        var none = Read("a,b\n");
        Assert.Equal(0, none.Table.RowCount);
        Assert.Equal(["a", "b"], none.Table.Columns.Select(c => c.Name));
        Assert.Contains("the source has no rows", none.Findings.Notes);
        var one = Read("a,b\n1,x");
        Assert.Equal(1, one.Table.RowCount);
        Assert.Equal(ColumnKind.Integer, one["a"].Kind);
        Assert.True(one["a"].Confidence < 0.8);
    }

    [Fact]
    public void Headers_are_made_distinct_and_hostile_names_are_kept()
    {
        var table = Read("a,a,,\"x\"\"; DROP TABLE t; --\",\"<script>\",\"two\nlines\"\n1,2,3,4,5,6\n");
        Assert.Equal(["a", "a_2", "column_3", "x\"; DROP TABLE t; --", "<script>", "two\nlines"], table.Table.Columns.Select(c => c.Name));
        Assert.Contains(table.Findings.Notes, n => n.Contains("second 'a'", StringComparison.Ordinal));
        Assert.Contains(table.Findings.Notes, n => n.Contains("has no name", StringComparison.Ordinal));
    }

    [Fact]
    public void Latin1_is_read_and_stated()
    {
        string path = _folder.Write("l.csv", Encoding.Latin1.GetBytes("name,n\ncafé,1\nnaïve,2\n"));
        var table = TableReader.Read(path);
        Assert.Equal(["café", "naïve"], Texts(table.Table, "name"));
        Assert.Equal("latin-1", table.Findings.Source.Encoding);
        Assert.Contains(table.Findings.Notes, n => n.Contains("line 2", StringComparison.Ordinal)
            && n.Contains("Latin-1", StringComparison.Ordinal));
        var e = Assert.Throws<DataException>(() => TableReader.Read(path, new ReadOptions { Encoding = "utf-8" }));
        Assert.Equal(2, e.Row);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Byte_order_marks_are_read_and_left_out(string encoding)
    {
        var with = encoding == "utf-8" ? new UTF8Encoding(true) : Encoding.GetEncoding(encoding);
        byte[] bytes = [.. with.GetPreamble(), .. with.GetBytes("größe,b\n1,ü\n2,ö\n")];
        var table = TableReader.Read(_folder.Write("b.csv", bytes)).Table;
        Assert.Equal("größe", table.Columns[0].Name);
        Assert.Equal(["ü", "ö"], Texts(table, "b"));
    }

    [Fact]
    public void Gzip_is_looked_through_and_damage_is_an_error()
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.ASCII.GetBytes("a\tb\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}\t{i * 31 % 97}\n"))));
        byte[] bytes = memory.ToArray();
        var table = TableReader.Read(_folder.Write("t.tsv.gz", bytes));
        Assert.Equal(5000, table.Table.RowCount);
        Assert.Equal("t", table.Table.Name);
        bytes[bytes.Length / 2] ^= 0x55;
        Assert.Throws<DataException>(() => TableReader.Read(_folder.Write("bad.tsv.gz", bytes)));
        Assert.Throws<DataException>(() => TableReader.Read(_folder.Write("cut.tsv.gz", bytes[..(bytes.Length / 3)])));
    }

    [Fact]
    public void Globs_read_in_order_and_must_agree()
    {
        _folder.Write("p-2.csv", "a,b\n3,z\n");
        _folder.Write("p-1.csv", "a,b\n1,x\n2,y\n");
        var table = TableReader.Read(_folder.File("p-*.csv"));
        Assert.Equal(["1", "2", "3"], Texts(table.Table, "a"));
        Assert.Equal(2, table.Findings.Source.Files.Count);
        _folder.Write("p-3.csv", "a,c\n3,z\n");
        var e = Assert.Throws<DataException>(() => TableReader.Read(_folder.File("p-*.csv")));
        Assert.Contains("'c' where the first file has 'b'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_many_megabytes_reads()
    {
        string large = new('x', 100_000_000);
        var table = Read($"a,b\n1,\"{large}\"\n2,y\n").Table;
        Assert.Equal(large.Length, ((CodedColumn)table["b"])[0]!.Length);
    }

    [Fact]
    public void Five_thousand_columns_read()
    {
        string header = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"c{i}"));
        var text = new StringBuilder(header).Append('\n');
        for (int row = 0; row < 40; row++)
            text.AppendJoin(',', Enumerable.Range(0, 5000).Select(i => (i * 7919 + row * row * (i % 11 + 1) + row) % 13)).Append('\n');
        Assert.Equal(5000, Read(text.ToString()).Table.Columns.Count);
    }

    [Fact]
    public void A_sample_is_uniform_seeded_and_in_file_order()
    {
        string text = "i\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i * 3 % 1000}.5\n"));
        int[] hits = new int[1000];
        for (ulong seed = 0; seed < 200; seed++)
        {
            var options = new ReadOptions { SampleRows = 100, SampleSeed = seed, MaxThreads = 1 + (int)(seed % 2) };
            var column = (NumericColumn)Read(text, options).Table["i"];
            Assert.Equal(100, column.Count);
            int before = -1;
            foreach (double value in column.Values)
            {
                int row = (int)((value - 0.5) * 667 % 1000);              // 3 * 667 = 2001 = 1 mod 1000
                Assert.True(row > before);
                before = row;
                hits[row]++;
            }
        }
        // Each row is expected 20 times; chi-square over 1000 cells with variance 200 * .1 * .9.
        double chi = hits.Sum(h => (h - 20.0) * (h - 20.0) / 18);
        Assert.InRange(chi, 820, 1190);
        var again = Read(text, new ReadOptions { SampleRows = 100, SampleSeed = 3 }).Table;
        var once = Read(text, new ReadOptions { SampleRows = 100, SampleSeed = 3, MaxThreads = 4 }).Table;
        Assert.Equal(Texts(once, "i"), Texts(again, "i"));
    }

    [Fact]
    public void A_second_file_must_fit_the_first()
    {
        var train = Read("n,c,d\n1,x,2020-01-31\n2,y,2020-02-01\n").Table;
        var test = TableReader.ReadAs(_folder.Write("h.csv", "d,extra,c,n\n2021-05-06,0,z,7\n,0,NA,\n"), train);
        Assert.Equal(["n", "c", "d"], test.Columns.Select(c => c.Name));
        Assert.Equal(["x", "y", "z"], ((CodedColumn)test["c"]).Levels);
        Assert.True(test["n"].IsMissing(1) && test["c"].IsMissing(1) && test["d"].IsMissing(1));
        var bad = Assert.Throws<DataException>(() => TableReader.ReadAs(
            _folder.Write("h.csv", "n,c,d\n1,x,2020-01-31\nabc,x,2020-01-31\n"), train));
        Assert.Equal((2L, "n"), (bad.Row!.Value, bad.Column));
        var whole = Assert.Throws<DataException>(() => TableReader.ReadAs(_folder.Write("h.csv", "n,c,d\n1.5,x,2020-01-31\n"), train));
        Assert.Contains("not a whole number", whole.Message, StringComparison.Ordinal);
        var lacks = Assert.Throws<DataException>(() => TableReader.ReadAs(_folder.Write("h.csv", "n,c\n1,x\n"), train));
        Assert.Equal("d", lacks.Column);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        string path = _folder.Write("t.csv", "a\n1\n");
        Assert.Throws<OperationCanceledException>(() => TableReader.Read(path, cancel: stop.Token));
    }
}
