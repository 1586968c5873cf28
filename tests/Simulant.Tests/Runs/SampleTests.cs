using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class SampleTests
{
    private static readonly string[] Names = ["it's", "a \"b\", c", "and", "1=1 or", "ünïcode 😀"];

    /// <summary>A model of 300 rows whose texts could be mistaken for expressions.</summary>
    private static string Model(TempFolder folder)
    {
        var text = new StringBuilder("`odd` name,size,day,flag\n");
        for (int row = 0; row < 300; row++)
        {
            string name = row % 10 == 9 ? "" : '"' + Names[row % Names.Length].Replace("\"", "\"\"") + '"';
            string size = row % 25 == 0 ? "inf" : row % 25 == 1 ? "-inf" : row % 5 == 2 ? "" : (row % 40 * 0.25)
                .ToString(CultureInfo.InvariantCulture);
            string day = row % 5 == 2 ? "" : new DateOnly(2024, 1, 1).AddDays(row % 50)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{name},{size},{day},{(row % 3 == 0 ? "yes" : "no")}\n");
        }
        folder.Write("data.csv", text.ToString());
        string spec = folder.Write("spec.yaml", "simulant: 1\nname: t\nsource: { train: data.csv }\nrows: 10\nseed: 3\n");
        var request = new MakeRequest(spec) { Output = folder["model.simulant"] };
        TestBench.Corridor().Fit(request, Quiet.Instance, CancellationToken.None);
        return request.Output;
    }

    private static SampleOutcome Sample(SampleRequest request) =>
        TestBench.Corridor().Sample(request, Quiet.Instance, CancellationToken.None);

    [Fact]
    public void Given_rows_come_back_completed_whatever_they_hold()
    {
        using var folder = new TempFolder();
        string model = Model(folder);
        string[] given =
        [
            "it's,2.5,2024-01-05", "\"a \"\"b\"\", c\",inf,2024-01-26", ",1,2024-01-10", "1=1 or,-inf,2024-01-02", "and,,",
            "ünïcode 😀,3.25,", "it's,2.5,2024-01-05",
        ];
        folder.Write("given.csv", "`odd` name,size,day\n" + string.Join('\n', given) + "\n");
        foreach (int threads in new[] { 1, 3 })
        {
            var outcome = Sample(new SampleRequest(model, folder[$"{threads}.csv"]) { Given = folder["given.csv"], Threads = threads });
            Assert.Equal(given.Length, outcome.Rows);
        }
        Assert.Equal(File.ReadAllText(folder["1.csv"]), File.ReadAllText(folder["3.csv"]));
        var asked = TableReader.Read(folder["given.csv"]).Table;
        var made = TableReader.Read(folder["1.csv"]).Table;
        Assert.Equal(given.Length, made.RowCount);
        foreach (var column in asked.Columns)
            for (int row = 0; row < given.Length; row++)
                Assert.Equal(ValueText.Format(column, row), ValueText.Format(made[column.Name], row));
        Assert.All(Enumerable.Range(0, given.Length), row => Assert.False(made["flag"].IsMissing(row)));
    }

    [Fact]
    public void No_rows_at_all_are_a_table_with_a_header()
    {
        using var folder = new TempFolder();
        string model = Model(folder);
        foreach (string format in (string[])["csv", "jsonl", "parquet"])
            Assert.Equal(0, Sample(new SampleRequest(model, folder["none." + format]) { Rows = 0 }).Rows);
        Assert.Equal("`odd` name,size,day,flag\n", File.ReadAllText(folder["none.csv"]));
    }
}
