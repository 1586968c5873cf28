using System.Globalization;
using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>score</c>, and <c>sample --given --fill</c>: what a stored model says of rows that are at hand.</summary>
public class ScoreTests
{
    private const string Network = "{ name: autoregressive, max_epochs: 60 }";

    /// <summary>People with a number and a key, of which the code of a group follows.</summary>
    private static string Model(TempFolder folder, string engine = Network)
    {
        string[] lines = TestBench.People(600).TrimEnd().Split('\n');
        folder.Write("people.csv", string.Join('\n', lines.Select((line, r) => r == 0 ? line + ",code,id"
            : $"{line},{(line.Split(',')[1] is "young" ? "Y" : line.Split(',')[1] is "middle" ? "M" : "O")},{100_000 + 7 * r}")) + "\n");
        string spec = folder.Write("spec.yaml", TestBench.Learned(engine, "columns: { id: { role: id } }"));
        string path = folder["m.simulant"];
        TestBench.Corridor().Fit(new MakeRequest(spec) { Output = path, Force = true }, Quiet.Instance, default);
        return path;
    }

    private static Table Scores(TempFolder folder, string model, string rows, int orders = 8)
    {
        folder.Write("rows.csv", rows);
        string to = folder["scores.parquet"];
        TestBench.Corridor().Score(new ScoreRequest(model, folder["rows.csv"]) { Output = to, Orders = orders, Force = true },
            Quiet.Instance, default);
        return TableReader.Read(to).Table;
    }

    private static double[] Numbers(Table table, string column) => ((NumericColumn)table[column]).Values.ToArray();

    [Fact]
    public void Unlikely_rows_score_low_and_the_columns_that_make_them_so_are_told()
    {
        using var folder = new TempFolder();
        string model = Model(folder);
        // 'old' follows from 70 and not from 20; 'blue' is no group; the code of the last is not its group's.
        const string rows = "age,group,smokes,code\n70,old,no,O\n20,old,no,O\n20,blue,no,\n20,young,no,Y\n20,young,no,O\n";
        var scores = Scores(folder, model, rows);
        double[] total = Numbers(scores, "log_likelihood");
        Assert.True(total[0] > total[1] + 2 && total[3] > total[2] && total[3] > total[4] + 2, string.Join(' ', total));
        string[] parts = [.. scores.Columns.Select(c => c.Name).Where(n => n.StartsWith("log_likelihood.", StringComparison.Ordinal))];
        Assert.Equal(4, parts.Length);
        for (int r = 0; r < total.Length; r++) Assert.Equal(total[r], parts.Sum(p => Numbers(scores, p)[r]), 1e-9);
        var outcome = TestBench.Corridor().Score(new ScoreRequest(model, folder["rows.csv"]) { Top = 2 }, Quiet.Instance, default);
        Assert.Equal(2, outcome.Least.Count);
        Assert.Equal(total.Order().Take(2), outcome.Least.Select(r => r.LogLikelihood));
        Assert.All(outcome.Least, row => Assert.Equal(row.Worst.Select(w => w.Value).Order(), row.Worst.Select(w => w.Value)));
        Assert.Equal(total.Average(), outcome.Mean, 1e-9);
        // By fit, what does not belong together comes first; a level that was never seen does not matter to it.
        double[] fit = Numbers(scores, "fit");
        Assert.True(fit[0] > 0 && fit[1] < 0 && fit[3] > 0, string.Join(' ', fit));
        var request = new ScoreRequest(model, folder["rows.csv"]) { Top = 5, ByFit = true };
        var byFit = TestBench.Corridor().Score(request, Quiet.Instance, default);
        Assert.Equal(fit.Order(), byFit.Least.Select(r => r.Fit));
        // The score is of the row alone, whatever else is scored.
        var alone = Scores(folder, model, "age,group,smokes,code\n20,young,no,Y\n");
        Assert.Equal(total[3], Numbers(alone, "log_likelihood")[0]);
    }

    [Fact]
    public void Columns_that_are_not_given_are_left_out_of_the_score()
    {
        using var folder = new TempFolder();
        string model = Model(folder);
        var one = Scores(folder, model, "smokes\nyes\nno\n");
        Assert.Equal(["row", "log_likelihood", "fit", "log_likelihood.smokes"], one.Columns.Select(c => c.Name));
        Assert.Equal(1, Numbers(one, "log_likelihood").Sum(Math.Exp), 1e-5);
        // A cell alone has no company: as likely as its column says, as far as the network learned that.
        Assert.All(Numbers(one, "fit"), fit => Assert.Equal(0, fit, 0.2));
        // One row in three smokes.
        Assert.Equal(1 / 3.0, Math.Exp(Numbers(one, "log_likelihood")[0]), 0.08);
    }

    [Theory]
    [InlineData("score m.simulant --data rows.csv", "trees", 2, "a model of the engine 'trees' does not know how likely a row is")]
    [InlineData("score m.simulant --data rows.csv -o x.txt", Network, 2, "must end in .csv, .jsonl or .parquet")]
    [InlineData("score m.simulant --data rows.csv -o rows.csv", Network, 2, "is there already")]
    [InlineData("score m.simulant --data other.csv", Network, 3, "the model has no such column")]
    [InlineData("score m.simulant --data ids.csv", Network, 3, "none of its columns is one that the model learned")]
    [InlineData("score m.simulant --data nowhere.csv", Network, 3, "nowhere.csv")]
    [InlineData("score m.simulant --data rows.csv --orders 0", Network, 2, "--orders is 0, and must be from 1 to 1000")]
    [InlineData("score m.simulant", Network, 2, "--data")]
    [InlineData("sample m.simulant --fill -o x.csv", Network, 2, "name it with --given")]
    [InlineData("sample m.simulant --given rows.csv --draws 5 -o x.csv", Network, 2, "add --fill")]
    public void What_cannot_be_done_is_refused(string line, string engine, int code, string message)
    {
        using var folder = new TempFolder();
        Model(folder, engine.Replace("60", "2", StringComparison.Ordinal));
        folder.Write("rows.csv", "age,group\n20,young\n");
        folder.Write("other.csv", "age,height\n20,170\n");
        folder.Write("ids.csv", "id\n100007\n");
        string[] args = [.. line.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? folder[word] : word)];
        var printed = TestBench.Run(args);
        Assert.Equal(code, printed.Code);
        Assert.Contains(message, printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_prints_rows_and_json()
    {
        using var folder = new TempFolder();
        string model = Model(folder, Network.Replace("60", "2", StringComparison.Ordinal));
        folder.Write("rows.csv", "age,group\n20,young\n70,young\n");
        var printed = TestBench.Run("score", model, "--data", folder["rows.csv"], "--top", "1");
        Assert.Equal(0, printed.Code);
        Assert.StartsWith("2 rows scored by 2 columns; mean log-likelihood -", printed.Out, StringComparison.Ordinal);
        var json = TestBench.Run("score", model, "--data", folder["rows.csv"], "--json").Json;
        Assert.Equal(2, (int)json["rows"]!);
        Assert.Equal(2, json["least"]!.AsArray().Count);
        Assert.True((double)json["least"]![0]!["logLikelihood"]! <= (double)json["least"]![1]!["logLikelihood"]!);
    }

    private static Table Fill(TempFolder folder, string model, string rows, int draws, int threads = 1, ulong seed = 5)
    {
        folder.Write("gaps.csv", rows);
        string to = folder["filled.csv"];
        TestBench.Corridor().Sample(new SampleRequest(model, to)
        {
            Given = folder["gaps.csv"], Fill = true, Draws = draws, Threads = threads, Seed = seed, Force = true,
        }, Quiet.Instance, default);
        return TableReader.Read(to).Table;
    }

    [Theory]
    [InlineData(Network)]
    [InlineData("trees")]
    public void Empty_cells_are_filled_and_the_others_stay(string engine)
    {
        using var folder = new TempFolder();
        string model = Model(folder, engine);
        string rows = "id,age,group,score,smokes\n";
        for (int r = 0; r < 120; r++)
        {
            int age = 18 + r * 37 % 60;
            string group = age < 30 ? "young" : age < 55 ? "middle" : "old";
            rows += string.Create(CultureInfo.InvariantCulture,
                $"#{r},{(r % 3 == 0 ? "" : age)},{(r % 3 == 1 ? "" : group)},,{(r % 2 == 0 ? "" : "yes")}\n");
        }
        rows += "#120,,,,\n";
        var given = TableReader.Read(folder.Write("given.csv", rows)).Table;
        var filled = Fill(folder, model, rows.Replace("#", "90", StringComparison.Ordinal), 1);
        Assert.Equal(121, filled.RowCount);
        foreach (var column in given.Columns.Where(c => c.Name != "id"))
            for (int r = 0; r < 121; r++)
                if (!column.IsMissing(r)) Assert.Equal(ValueText.Format(column, r), ValueText.Format(filled[column.Name], r));
        Assert.Equal("9064", ValueText.Format(filled["id"], 64));
        foreach (string whole in (string[])["age", "group", "smokes", "code"])
            Assert.All(Enumerable.Range(0, 121), r => Assert.False(filled[whole].IsMissing(r)));
        // What is drawn follows what is known: the group is the age's.
        int right = Enumerable.Range(0, 120).Count(r =>
            ValueText.Format(filled["group"], r) == (18 + r * 37 % 60 < 30 ? "young" : 18 + r * 37 % 60 < 55 ? "middle" : "old"));
        Assert.InRange(right, 105, 120);
        if (engine != Network) return;
        string one = File.ReadAllText(folder["filled.csv"]);
        Fill(folder, model, rows.Replace("#", "90", StringComparison.Ordinal), 1, threads: 3);
        Assert.Equal(one, File.ReadAllText(folder["filled.csv"]));
    }

    [Fact]
    public void Of_many_draws_a_number_gets_the_mean_and_a_category_the_commonest()
    {
        using var folder = new TempFolder();
        string model = Model(folder);
        const int count = 60;
        string rows = "age,group,smokes\n" + string.Concat(Enumerable.Repeat(",young,\n", count)) + "20,purple,\n";
        double Spread(Table t) => Numbers(t, "age").Take(count).Max() - Numbers(t, "age").Take(count).Min();
        Table one = Fill(folder, model, rows, 1), many = Fill(folder, model, rows, 40);
        Assert.True(Spread(many) < Spread(one), $"{Spread(many)} {Spread(one)}");
        Assert.Equal(Numbers(one, "age").Take(count).Average(), Numbers(many, "age").Take(count).Average(), 2.0);
        Assert.All(Numbers(many, "age"), v => Assert.Equal(Math.Round(v), v));
        int Yes(Table t) => Enumerable.Range(0, count).Count(r => ValueText.Format(t["smokes"], r) is "yes" or "true");
        Assert.InRange(Yes(one), 8, 32);
        Assert.InRange(Yes(many), 0, 5);
        // A level that the model does not know stays where it was given.
        Assert.Equal("purple", ValueText.Format(many["group"], count));
    }

    [Fact]
    public void Given_rows_of_many_patterns_come_back_as_they_were()
    {
        using var folder = new TempFolder();
        string model = Model(folder, Network.Replace("60", "5", StringComparison.Ordinal));
        string[] cells = ["age,group,code", "33,middle,M", "33,,", ",old,O", "61,old,", "18,young,Y"];
        folder.Write("given.csv", string.Join('\n', cells) + "\n");
        var outcome = TestBench.Corridor().Sample(new SampleRequest(model, folder["out.csv"]) { Given = folder["given.csv"], Fill = true },
            Quiet.Instance, default);
        Assert.Equal(5, outcome.Rows);
        string[] lines = File.ReadAllLines(folder["out.csv"]);
        string[] header = lines[0].Split(',');
        int code = Array.IndexOf(header, "code"), group = Array.IndexOf(header, "group");
        for (int r = 1; r < lines.Length; r++)
        {
            string[] line = lines[r].Split(',');
            Assert.Equal(line[group] switch { "young" => "Y", "middle" => "M", _ => "O" }, line[code]);
        }
    }
}
