using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Simulant.Numerics.Random;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>supplement</c> on its way through the corridor: real rows with made ones beside them.</summary>
public class SupplementTests
{
    /// <summary>One patient in twenty is ill, and the ill have higher values; with a key, an address of mail and gaps.</summary>
    private static string Patients(int rows, string name)
    {
        var random = new RandomStream(4, name);
        var text = new StringBuilder("id,mail,sex,value,dose,ill\n");
        for (int r = 0; r < rows; r++)
        {
            bool ill = r % 20 == 0;
            double value = Math.Round(10 * random.Normal(r, 0) + (ill ? 25 : 0), 1) + 0.0; // no -0
            string mail = r % 7 == 0 ? "" : $"{name}{r}@clinic.test";
            text.Append(CultureInfo.InvariantCulture,
                $"{name}-{r:00000},{mail},{(r % 3 == 0 ? "F" : "M")},{value:0.0},{random.Below(9, r, 1)},{(ill ? "yes" : "no")}\n");
        }
        return text.ToString();
    }

    private static TempFolder Furnished(string engine = "trees", string more = "")
    {
        var folder = new TempFolder();
        folder.Write("train.csv", Patients(800, "a"));
        folder.Write("holdout.csv", Patients(400, "b"));
        folder.Write("spec.yaml", $$"""
            simulant: 1
            name: patients
            source: { train: train.csv, holdout: holdout.csv, target: ill }
            columns: { id: { role: id }, mail: { personal: email }, sex: { role: protected } }
            engine: {{engine}}
            supplement:
              reach:
                - { where: "ill = 'yes'", share: 25% }
                - { where: "sex = 'F' and ill = 'yes'", rows: 100 }
                - { where: "sex = 'M'", share: 0.1 }
              mark: row
            validate:
              only: [fidelity.shapes, utility.transfer-ratio, utility.augmented, memory.copies, fairness.representation]
              replicates: 20
              {{more}}
            output: { format: csv }
            seed: 5
            """);
        return folder;
    }

    private static MakeOutcome Make(TempFolder folder, string name) =>
        TestBench.Make(TestBench.Corridor(), new MakeRequest(folder["spec.yaml"]) { Output = folder[name] });

    private static string[][] Rows(string file) => [.. File.ReadAllLines(file).Skip(1).Select(l => l.Split(','))];

    private static List<string[]> Data(string folder) => [.. Directory.GetFiles(Path.Combine(folder, "data")).Order(StringComparer.Ordinal)
        .SelectMany(Rows)];

    [Theory]
    [InlineData("trees")]
    [InlineData("copula")]
    public void Real_rows_stay_and_rare_ones_are_made_beside_them(string engine)
    {
        using var folder = Furnished(engine);
        Assert.Equal(MakeState.Made, Make(folder, "out").State);
        var made = Data(folder["out"]);
        string[][] real = Rows(folder["train.csv"]);
        // 40 ill of 800, 14 of them women: 86 more women, and m with 40 + m >= .25 (800 + 86 + m).
        const int women = 86, ill = 242;
        Assert.Equal(800 + women + ill, made.Count);
        for (int r = 0; r < 800; r++)
        {
            Assert.Equal([.. real[r][2..], "real"], made[r][2..]);
            Assert.NotEqual(real[r][0], made[r][0]);
            Assert.Equal(real[r][1].Length == 0, made[r][1].Length == 0);
            Assert.DoesNotContain("@clinic.test", made[r][1], StringComparison.Ordinal);
        }
        Assert.Equal(made.Count, made.Select(r => r[0]).Distinct().Count());
        Assert.All(made.Skip(800), r => Assert.Equal(("yes", "made"), (r[5], r[6])));
        Assert.True(made.Skip(800).Count(r => r[2] == "F") >= women);
        Assert.True(made.Count(r => r[5] == "yes") >= 0.25 * made.Count);
        Assert.True(made.Skip(800).Average(r => double.Parse(r[3], CultureInfo.InvariantCulture)) > 15);

        var run = Manifest.Load(folder["out"]).Content;
        Assert.Equal(800, run.RealRows);
        Assert.Contains("**Real and synthetic data**: 1,128 rows, 7 columns, 800 of the rows real ones, the others sampled from a model",
            File.ReadAllText(folder["out/README.md"]), StringComparison.Ordinal);
        Assert.Contains("Real and synthetic table of 1128 rows, 800 of them real", File.ReadAllText(folder["out/croissant.json"]),
            StringComparison.Ordinal);
        Assert.Contains(run.Notes, n => n.Contains("all 800 training rows", StringComparison.Ordinal)
            && n.Contains("328 made ones", StringComparison.Ordinal) && n.Contains("'row' tells", StringComparison.Ordinal));
        Assert.Contains(run.Notes, n => n.Contains("holds for 40 of 800", StringComparison.Ordinal));
        var metrics = JsonNode.Parse(File.ReadAllText(folder["out/report.json"]))!["metrics"]!.AsArray();
        double Of(string name, string what) => (double)metrics.Single(m => (string)m!["name"]! == name)![what]!;
        // Shapes of rows that are all ill, beside real rows that are: not of the whole table, where half the mass would differ.
        Assert.InRange(Of("fidelity.shapes", "value"), 0.75, 1);
        Assert.InRange(Of("memory.copies", "value"), 0, 0.2);
        Assert.InRange(Of("utility.transfer-ratio", "value"), 0.8, 1.2);
        Assert.InRange(Of("utility.augmented", "value"), 0.8, 1);
        Assert.Equal(400, Of("utility.augmented", "n"));
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
    }

    [Fact]
    public void The_figure_of_utility_is_that_of_the_two_tables_measured_apart()
    {
        using var folder = Furnished();
        Make(folder, "out");
        string Without(string line) => Cells(line.Split(','));
        static string Cells(string[] row) => string.Join(',', row[2..6]);
        string Table(IEnumerable<string> rows) => "sex,value,dose,ill\n" + string.Join('\n', rows) + "\n";
        string Of(string file) => folder.Write("plain-" + file, Table(File.ReadAllLines(folder[file]).Skip(1).Select(Without)));
        string made = folder.Write("made.csv", Table(Data(folder["out"]).Skip(800).Select(Cells)));
        var told = TestBench.Run("evaluate", "--train", Of("train.csv"), "--holdout", Of("holdout.csv"), "--synthetic", made, "--target",
            "ill", "-o", folder["apart"]);
        Assert.True(told.Code == 0, told.Error);
        double Augmented(string report) => (double)JsonNode.Parse(File.ReadAllText(report))!["metrics"]!.AsArray()
            .Single(m => (string)m!["name"]! == "utility.augmented")!["value"]!;
        Assert.Equal(Augmented(folder["apart/report.json"]), Augmented(folder["out/report.json"]), 0.03);
    }

    [Fact]
    public void Shards_a_resumed_run_and_the_stored_model_give_the_same_rows()
    {
        using var folder = Furnished();
        string spec = folder["spec.yaml"];
        Make(folder, "whole");
        foreach (int shard in new[] { 2, 1 })
            TestBench.Make(TestBench.Corridor(),
                new MakeRequest(spec) { Output = folder["shards"], Shard = shard, Shards = 2, Threads = shard });
        Assert.ThrowsAny<IOException>(() => TestBench.Make(TestBench.Corridor(new FaultyFiles(14, true)),
            new MakeRequest(spec) { Output = folder["cut"] }));
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["cut"], Resume = true });
        string digest = Manifest.Load(folder["whole"]).Content.Digest;
        Assert.Equal(digest, Manifest.Load(folder["shards"]).Content.Digest);
        Assert.Equal(digest, Manifest.Load(folder["cut"]).Content.Digest);

        string model = folder["whole/model.simulant"];
        Assert.Equal(0, TestBench.Run("sample", model, "-o", folder["all.csv"]).Code);
        Assert.Equal(Data(folder["whole"]), Rows(folder["all.csv"]));
        Assert.Equal(0, TestBench.Run("sample", model, "--where", "sex = 'F'", "--rows", "50", "-o", folder["women.csv"]).Code);
        Assert.All(Rows(folder["women.csv"]), r => Assert.Equal(("F", 6), (r[2], r.Length)));
    }

    [Fact]
    public void A_gate_on_what_models_learn_from_the_set_can_stop_it()
    {
        using var folder = Furnished(more: "gates: { utility.augmented: \">= 1.01\" }");
        Assert.Equal(MakeState.Rejected, Make(folder, "out").State);
    }

    [Theory]
    [InlineData("share: 25%", "share: 1%", "rows: 100", "rows: 3", 3, "nothing to make")]
    [InlineData("mark: row", "mark: dose", "", "", 3, "choose another 'mark'")]
    [InlineData("sex = 'M'", "gender = 'M'", "", "", 3, "gender")]
    [InlineData("engine: trees", "engine: trees\nprivacy: { epsilon: 1, delta: 1e-6 }", "", "", 2, "gives out the real rows")]
    public void What_it_cannot_do_is_refused(string from, string to, string also, string by, int code, string says)
    {
        using var folder = Furnished();
        string text = File.ReadAllText(folder["spec.yaml"]).Replace(from, to, StringComparison.Ordinal);
        if (also.Length > 0) text = text.Replace(also, by, StringComparison.Ordinal);
        folder.Write("spec.yaml", text);
        var printed = TestBench.Run("make", folder["spec.yaml"], "-o", folder["out"]);
        Assert.Contains(says, printed.Error, StringComparison.Ordinal);
        Assert.Equal(code, printed.Code);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void The_command_line_cannot_ask_for_another_number_of_rows()
    {
        using var folder = Furnished();
        var printed = TestBench.Run("make", folder["spec.yaml"], "--rows", "90", "-o", folder["out"]);
        Assert.Equal(2, printed.Code);
        Assert.Contains("leave --rows out", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_model_is_told_of()
    {
        using var folder = Furnished();
        Make(folder, "out");
        var model = ModelFile.Read(folder["out/model.simulant"]);
        // The real rows come first: two numbers, two codes and two gaps a row.
        for (int at = 0; at < 16_000; at += 1_237)
            Assert.Throws<UsageException>(() => EngineTable.Shipped.Load(model with { Payload = model.Payload[..at] }));
        byte[] less = [.. model.Payload];
        less[13]++; // another number of rows than there are
        Assert.Throws<UsageException>(() => EngineTable.Shipped.Load(model with { Payload = less }));
    }
}
