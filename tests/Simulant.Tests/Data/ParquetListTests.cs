using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Text.Recipes.Steps;
using Xunit;

namespace Simulant.Tests.Data;

/// <summary>Conversations in Parquet: lists of structs, held against DuckDB's reader.</summary>
public sealed class ParquetListTests : IDisposable
{
    private static readonly ColumnSchema Messages =
        new("messages", ColumnKind.Text) { Format = ColumnSchema.JsonList("role", "content") };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Table Of(IReadOnlyList<string?> lists) => new("chat",
        [new NumericColumn(new ColumnSchema("n", ColumnKind.Integer), [.. lists.Select((_, i) => (double)i)]),
            CodedColumn.From(Messages, [.. lists])]);

    /// <summary>Conversations of 0 to 6 turns, some missing, with letters that JSON and Parquet must not mangle.</summary>
    private static string?[] Drawn(int count)
    {
        var stream = new RandomStream(3, "test/conversations");
        string[] said = ["a \"quoted\"\tword\n", "naïve – 東京", "\U0001F600 \U0001F1E6", "", "C:\\new", "\u0007\u2028", "null"];
        return [.. Enumerable.Range(0, count).Select(i => stream.Uniform(i, 0) < 0.1 ? null
            : Turns.Write([.. Enumerable.Range(0, stream.Below(7, i, 1)).Select(t => (t % 2 == 0 ? Turns.User : Turns.Assistant,
                said[stream.Below(said.Length, i, 2, t)] + (i % 3 == 0 ? stream.Below(count, i, 3, t).ToString(
                    System.Globalization.CultureInfo.InvariantCulture) : "")))]))];
    }

    private string Write(Table table, int batch, string name)
    {
        using var bytes = new MemoryStream();
        using (var writer = ShardWriter.Create("parquet", table.Schema, bytes))
        {
            for (int start = 0; start < table.RowCount; start += batch)
                writer.Append(table.Take([.. Enumerable.Range(start, Math.Min(batch, table.RowCount - start))]));
            writer.Complete();
        }
        File.WriteAllBytes(_folder.File(name), bytes.ToArray());
        return _folder.File(name);
    }

    private static List<string?> Ask(string sql)
    {
        var found = new List<string?>();
        using var db = new DuckDb(2);
        using var result = db.Query(sql, default);
        while (result.Next() is { } chunk)
            using (chunk) chunk.Texts(0, (_, text, present) => found.Add(present ? Encoding.UTF8.GetString(text) : null));
        return found;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(9000)]
    public void Another_reader_finds_every_turn(int count)
    {
        string?[] lists = Drawn(count);
        string path = Write(Of(lists), 512, "t.parquet"), file = DuckDb.Literal(path);
        Assert.Equal(["BIGINT", "STRUCT(\"role\" VARCHAR, \"content\" VARCHAR)[]"],
            Ask($"SELECT replace(replace(column_type, 'STRUCT(role ', 'STRUCT(\"role\" '), ', content ', ', \"content\" ') FROM (DESCRIBE "
                + $"SELECT * FROM {file})"));
        Assert.Equal(lists.Select(l => l is null ? null : Turns.Read(l).Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Ask($"SELECT len(messages)::VARCHAR FROM {file} ORDER BY n"));
        (string Role, string Text)[] turns = [.. lists.Where(l => l is not null).SelectMany(l => Turns.Read(l!))];
        string unnested = $"FROM (SELECT n, unnest(messages) AS m, generate_subscripts(messages, 1) AS t FROM {file}) ORDER BY n, t";
        Assert.Equal(turns.Select(t => t.Role), Ask($"SELECT m.role {unnested}"));
        Assert.Equal(turns.Select(t => t.Text), Ask($"SELECT m.content {unnested}"));
    }

    [Fact]
    public void What_is_written_reads_back_equal_however_it_was_cut()
    {
        string?[] lists = Drawn(5000);
        var table = Of(lists);
        string path = Write(table, 5000, "whole.parquet");
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Write(table, 333, "cut.parquet")));
        var back = (CodedColumn)TableReader.ReadAs(path, table.Schema)["messages"];
        Assert.Equal(lists, Enumerable.Range(0, lists.Length).Select(i => back[i]));
        var blocks = new List<string?>();
        TableBlocks.ForEach(path, table, new ReadOptions(), 1000, block => blocks.AddRange(Enumerable.Range(0, block.RowCount)
            .Select(i => ((CodedColumn)block["messages"])[i])), () => Assert.Fail("no text to read again"), default);
        Assert.Equal(lists, blocks);
    }

    [Fact]
    public void A_member_may_be_missing_and_long_conversations_end_a_row_group()
    {
        string[] lists = [.. Enumerable.Range(0, 90).Select(i => Turns.Write([(Turns.User, new string((char)('a' + i % 26), 1_000_000)),
            (Turns.Assistant, "ok")]))];
        string path = Write(Of(lists), 10, "long.parquet");
        Assert.Equal(["3"], Ask($"SELECT (max(row_group_id) + 1)::VARCHAR FROM parquet_metadata({DuckDb.Literal(path)})"));
        Assert.Equal(lists.Length, Ask($"SELECT m.content FROM (SELECT unnest(messages) AS m FROM {DuckDb.Literal(path)}) WHERE "
            + "len(m.content) = 1000000").Count);
        string partly = Write(Of(["[{\"role\":\"user\"},{\"content\":null,\"role\":\"b\"}]"]), 1, "partly.parquet");
        Assert.Equal(["user", "b"], Ask($"SELECT m.role FROM (SELECT unnest(messages) AS m FROM {DuckDb.Literal(partly)})"));
        Assert.Equal([null, null], Ask($"SELECT m.content FROM (SELECT unnest(messages) AS m FROM {DuckDb.Literal(partly)})"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{\"role\":1}]")]
    [InlineData("[{\"role\":\"a\",\"name\":\"b\"}]")]
    [InlineData("hello")]
    public void What_is_no_such_list_is_refused(string text)
    {
        var refused = Assert.Throws<DataException>(() => Write(Of([text]), 1, "x.parquet"));
        Assert.Contains("not a list of role, content as JSON", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Nested columns of other programs' files come as JSON too.</summary>
    [Fact]
    public void Lists_structs_and_maps_of_other_files_are_read_as_JSON()
    {
        string path = _folder.File("other.parquet");
        using (var db = new DuckDb(1))
            db.Execute("COPY (SELECT 1 AS n, [1, 2] AS l, {'a': 'é\"', 'b': [NULL, 'x']} AS s, MAP {'k': 2.5} AS m UNION ALL "
                + $"SELECT 2, NULL, NULL, NULL) TO {DuckDb.Literal(path)} (FORMAT parquet)", default);
        var table = TableReader.Read(path).Table;
        string? Cell(string column, int row) => ((CodedColumn)table[column])[row];
        Assert.Equal(("[1,2]", "{\"a\":\"é\\\"\",\"b\":[null,\"x\"]}", "{\"k\":2.5}"), (Cell("l", 0), Cell("s", 0), Cell("m", 0)));
        Assert.Equal((null, null, null), (Cell("l", 1), Cell("s", 1), Cell("m", 1)));
    }
}
