using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Tests.Data;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>simulant drift</c>: exit codes, shards, sketches, words; reading in blocks.</summary>
public class DriftTests
{
    [Fact]
    public void Zero_for_no_drift_and_one_for_drift_with_what_changed()
    {
        using var folder = new TempFolder();
        string before = folder.Write("before.csv", Rows(0, 4000, 0)), alike = folder.Write("alike.csv", Rows(4000, 4000, 0));
        string moved = folder.Write("moved.csv", Rows(4000, 4000, 12));
        var none = TestBench.Run("drift", "--reference", before, "--current", alike);
        Assert.True(none.Code == 0, none.Out + none.Error);
        Assert.StartsWith("no drift: 4,000 rows against 4,000, 0 of", none.Out);
        var some = TestBench.Run("drift", "--reference", before, "--current", moved, "--json");
        Assert.Equal(1, some.Code);
        Assert.Equal("refit", (string?)some.Json["advice"]);
        var first = some.Json["findings"]!.AsArray()[0]!;
        Assert.Equal("age", (string?)first["columns"]![0]);
        Assert.Contains("median", (string?)first["changes"]![0]);
        Assert.Contains("id: an identifier", some.Json["notCompared"]!.AsArray().Select(n => (string?)n));
    }

    [Fact]
    public void Sketches_of_shards_say_what_the_whole_says()
    {
        using var folder = new TempFolder();
        string before = folder.Write("before.csv", Rows(0, 3000, 0)), whole = folder.Write("whole.csv", Rows(3000, 2000, 3));
        string header = Rows(0, 0, 0);
        string[] lines = File.ReadAllLines(whole)[1..];
        string one = folder.Write("one.csv", header + string.Join('\n', lines[..700]) + "\n");
        string two = folder.Write("two.csv", header + string.Join('\n', lines[700..]) + "\n");
        string reference = folder["before.sketch"];
        Assert.Equal(0, TestBench.Run("drift", "--reference", before, "--save", reference).Code);
        var ended = TestBench.Run("drift", "--reference", before, "--current", whole, "--json", "--save", folder["whole.sketch"]);
        string[] parts = [folder["one.sketch"], folder["two.sketch"]];
        TestBench.Run("drift", "--reference", reference, "--current", one, "--save", parts[0]);
        TestBench.Run("drift", "--reference", reference, "--current", two, "--save", parts[1]);
        var merged = TestBench.Run("drift", "--reference", reference, "--current", parts[1], parts[0], "--json", "--save",
            folder["merged.sketch"]);
        Assert.Equal(ended.Json["findings"]!.ToJsonString(), merged.Json["findings"]!.ToJsonString());
        Assert.Equal(File.ReadAllBytes(folder["whole.sketch"]), File.ReadAllBytes(folder["merged.sketch"]));
        Assert.Contains("there already", TestBench.Run("drift", "--reference", before, "--save", reference).Error);
    }

    [Theory]
    [InlineData(2, "nothing to compare", "--reference", "before.csv")]
    [InlineData(2, "must lie between 0 and 1", "--reference", "before.csv", "--current", "before.csv", "--alpha", "2")]
    [InlineData(3, "no such file", "--reference", "absent.csv", "--current", "before.csv")]
    [InlineData(3, "no column 'agee'", "--reference", "before.csv", "--current", "before.csv", "--columns", "agee")]
    [InlineData(3, "no column", "--reference", "before.csv", "--current", "other.csv")]
    [InlineData(3, "line 3", "--reference", "before.csv", "--current", "bad.csv")]
    [InlineData(3, "under another plan", "--reference", "before.csv", "--current", "foreign.sketch")]
    [InlineData(3, "no rows", "--reference", "before.csv", "--current", "header.csv")]
    public void Faults_have_their_exit_code_and_a_remedy(int code, string part, params string[] args)
    {
        using var folder = new TempFolder();
        folder.Write("before.csv", Rows(0, 300, 0));
        folder.Write("header.csv", Rows(0, 0, 0));
        folder.Write("other.csv", "years\n1\n2\n");
        folder.Write("bad.csv", "id,age,group,score\n1,30,young,2\n2,thirty,young,2\n");
        folder.Write("foreign.csv", "a,b\n1,2\n1,3\n2,3\n");
        TestBench.Run("drift", "--reference", folder["foreign.csv"], "--save", folder["foreign.sketch"]);
        var run = TestBench.Run(["drift", .. args.Select(a => a.Contains('.') ? folder[a] : a)]);
        Assert.Equal(code, run.Code);
        string error = run.Error.Replace(":3:", ": line 3:", StringComparison.Ordinal).Replace("row 2", "line 3", StringComparison.Ordinal);
        Assert.Contains(part, error);
    }

    [Theory, InlineData("csv"), InlineData("parquet"), InlineData("jsonl")]
    public void Blocks_hold_the_rows_of_the_whole(string format)
    {
        using var folder = new TempFolder();
        var whole = TableReader.Read(folder.Write("a.csv", Rows(0, 5000, 0))).Table;
        string path = folder[$"b.{format}"];
        using (var stream = File.Create(path))
        using (var writer = ShardWriter.Create(format, whole.Schema, stream))
        {
            writer.Append(whole);
            writer.Complete();
        }
        int at = 0;
        TableBlocks.ForEach(path, whole, ReadOptions.Default, 999, block =>
        {
            Assert.InRange(block.RowCount, 1, 999 + 2048);
            for (int c = 0; c < whole.Columns.Count; c++)
                for (int r = 0; r < block.RowCount; r++)
                    Assert.Equal(Cell(whole.Columns[c], at + r), Cell(block.Columns[c], r));
            at += block.RowCount;
        }, () => Assert.Fail("nothing to read again"), TestContext.Current.CancellationToken);
        Assert.Equal(5000, at);
    }

    [Fact]
    public void A_text_that_turns_out_to_be_Latin_1_is_read_again_from_the_start()
    {
        using var folder = new TempFolder();
        string path = folder["latin.csv"];
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("k\n" + string.Concat(Enumerable.Repeat("plain\n", 50))), 0xE9, (byte)'\n']);
        var like = TableReader.Read(path).Table;
        var rows = new List<string?>();
        TableBlocks.ForEach(path, like, ReadOptions.Default, 10, block =>
        {
            for (int r = 0; r < block.RowCount; r++) rows.Add(Cell(block.Columns[0], r));
        }, rows.Clear, TestContext.Current.CancellationToken);
        Assert.Equal(51, rows.Count);
        Assert.Equal("é", rows[^1]);
    }

    private static string? Cell(Column column, int row) => column.IsMissing(row) ? null
        : column is NumericColumn n ? (n.Values[row] + 0.0).ToString("R", CultureInfo.InvariantCulture) : ((CodedColumn)column)[row];

    /// <summary>An identifier, an age, a group by age, a score with gaps.</summary>
    private static string Rows(int from, int count, int older)
    {
        var random = new Simulant.Numerics.Random.RandomStream(5, "drift rows");
        var text = new StringBuilder("id,age,group,score\n");
        for (int i = from; i < from + count; i++)
        {
            int age = older + 18 + (int)(60 * random.Uniform(i, 0));
            double about = age * 0.5 + 9 * random.Normal(i, 2);
            string score = random.Uniform(i, 1) < 0.1 ? "" : about.ToString("0.0", CultureInfo.InvariantCulture);
            string group = random.Uniform(i, 3) < 0.2 ? "any" : age < 40 ? "young" : "old";
            text.Append(CultureInfo.InvariantCulture, $"u-{i:00000},{age},{group},{score}\n");
        }
        return text.ToString();
    }
}
