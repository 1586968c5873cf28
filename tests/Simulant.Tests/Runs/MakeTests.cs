using Simulant.Data;
using Simulant.Runs;
using Simulant.Specs;
using Simulant.Tabular;
using Xunit;

namespace Simulant.Tests.Runs;

public class MakeTests
{
    private static readonly string[] Published =
    [
        "README.md", "croissant.json", "data/train-00000-of-00002.csv", "data/train-00001-of-00002.csv",
        "manifest.json", "model.simulant", "report.html", "report.json",
    ];

    private static string Spec(TempFolder folder, string text)
    {
        folder.Write("people.csv", TestBench.People());
        return folder.Write("spec.yaml", text);
    }

    [Fact]
    public void A_learned_table_is_published_whole_and_proves_itself()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder, TestBench.Learned());
        var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(MakeState.Made, made.State);
        Assert.Equal((150, 4, 180, 60), (made.Summary!.Rows, made.Summary.Columns, made.Summary.TrainingRows,
            made.Summary.HoldoutRows));
        Assert.Equal(Published, TempFolder.Contents(folder["out"]).Select(f => f.Name));
        Assert.False(Directory.Exists(folder["out.partial"]));
        var verified = TestBench.Verify(folder["out"]);
        Assert.Null(verified.Difference);
        Assert.Empty(verified.NotChecked);
        Assert.Equal(5, verified.Proved.Count);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public void The_same_rows_have_the_same_digest_in_any_format_at_any_number_of_threads_and_shards(string format)
    {
        using var folder = new TempFolder();
        string spec = Spec(folder, TestBench.Learned());
        string other = folder.Write("other.yaml", TestBench.Learned(format: format));
        string digest = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["a"],
            Threads = 1 }).Summary!.Digest;
        foreach (int threads in new[] { 1, 2, 8 })
        {
            string target = folder[$"t{threads}"];
            var made = TestBench.Make(TestBench.Corridor(), new MakeRequest(other) { Output = target, Threads = threads });
            Assert.Equal(digest, made.Summary!.Digest);
            Assert.Equal(TempFolder.Contents(folder["t1"]), TempFolder.Contents(target));
        }
        MakeOutcome last = null!;
        foreach (int shard in new[] { 3, 1, 4, 2 })
            last = TestBench.Make(TestBench.Corridor(), new MakeRequest(other) { Output = folder["s"], Shard = shard,
                Shards = 4 });
        Assert.Equal(MakeState.Made, last.State);
        Assert.Equal(digest, last.Summary!.Digest);
        Assert.Equal(4, Directory.GetFiles(folder["s/data"]).Length);
    }

    [Fact]
    public void Held_out_rows_never_reach_an_engine()
    {
        using var folder = new TempFolder();
        // The holdout's rows carry a level and numbers that training rows have not.
        folder.Write("people.csv", TestBench.People());
        folder.Write("held.csv", "age,group,score,smokes\n999,secret,7777.5,maybe\n998,secret,7776.5,maybe\n");
        string spec = folder.Write("spec.yaml", TestBench.Learned("spy").Replace("train: people.csv",
            "train: people.csv, holdout: held.csv")
            .Replace("split: { holdout: 0.25, seed: 3 }", ""));
        var spy = new Spy();
        TestBench.Make(TestBench.Corridor(engines: spy.Table), new MakeRequest(spec) { Output = folder["out"] });
        var seen = spy.Seen!.Single;
        Assert.Equal(240, seen.RowCount);
        foreach (var column in seen.Columns)
            for (int row = 0; row < seen.RowCount; row++)
                Assert.DoesNotContain(ValueText.Format(column, row), new[] { "999", "998", "secret", "7777.5", "7776.5",
                    "maybe" });
        Assert.DoesNotContain("secret", ((CodedColumn)seen["group"]).Levels);
    }

    [Fact]
    public void A_level_that_only_held_out_rows_have_is_not_told()
    {
        using var folder = new TempFolder();
        folder.Write("people.csv", "when,what\n2020-01-01,a\n2020-01-02,b\n2021-01-01,c\n2021-01-02,a\n");
        string spec = folder.Write("spec.yaml", TestBench.Learned("spy").Replace("holdout: 0.25, seed: 3", "after: 2021-01-01"));
        var spy = new Spy();
        TestBench.Make(TestBench.Corridor(engines: spy.Table), new MakeRequest(spec) { Output = folder["out"] });
        Assert.Equal(2, spy.Seen!.Single.RowCount);
        Assert.Equal(["a", "b"], ((CodedColumn)spy.Seen.Single["what"]).Levels.Order());
    }

    [Fact]
    public void A_failed_gate_keeps_the_data_aside_and_says_so_again()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder, TestBench.Learned().Replace(
            "only: [fidelity.shapes]", "only: [fidelity.shapes], gates: { fidelity.shapes: \"> 1\" }"));
        var request = new MakeRequest(spec) { Output = folder["out"] };
        var made = TestBench.Make(TestBench.Corridor(), request);
        Assert.Equal((MakeState.Rejected, folder["out.rejected"]), (made.State, made.Folder));
        Assert.Equal("rejected", made.Summary!.Verdict);
        Assert.False(Directory.Exists(folder["out"]));
        Assert.Equal(MakeState.Rejected, TestBench.Make(TestBench.Corridor(), request).State);
        Assert.Null(TestBench.Verify(folder["out.rejected"]).Difference);
    }

    [Fact]
    public void What_is_there_is_confirmed_refused_or_replaced()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("spec.yaml", TestBench.Rules);
        var request = new MakeRequest(spec) { Output = folder["out"] };
        TestBench.Make(TestBench.Corridor(), request);
        var before = TempFolder.Contents(folder["out"]);
        Assert.Equal(MakeState.Confirmed, TestBench.Make(TestBench.Corridor(), request).State);
        Assert.Equal(MakeState.Confirmed, TestBench.Make(TestBench.Corridor(), request with { Resume = true }).State);
        Assert.Equal(before, TempFolder.Contents(folder["out"]));
        var refused = Assert.Throws<UsageException>(() => TestBench.Make(TestBench.Corridor(), request with { Seed = 9 }));
        Assert.Contains("its seed was 7, not 9", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, TempFolder.Contents(folder["out"]));
        Assert.Equal(MakeState.Made, TestBench.Make(TestBench.Corridor(), request with { Seed = 9, Force = true }).State);
        File.AppendAllText(folder["out/README.md"], "x");
        Assert.Contains("README.md", Assert.Throws<UsageException>(
            () => TestBench.Make(TestBench.Corridor(), request with { Seed = 9 })).Message, StringComparison.Ordinal);
        folder.Write("mine/notes.txt", "keep");
        Assert.Throws<UsageException>(() => TestBench.Make(TestBench.Corridor(), request with { Output = folder["mine"] }));
        Assert.Equal("keep", File.ReadAllText(folder["mine/notes.txt"]));
    }

    [Fact]
    public void A_preview_shows_the_rows_that_would_be_made_and_writes_nothing()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder, TestBench.Learned());
        var request = new MakeRequest(spec) { Output = folder["out"] };
        var rows = TestBench.Corridor().Preview(request, 5, Quiet.Instance, CancellationToken.None);
        Assert.Equal(["people.csv", "spec.yaml"], TempFolder.Contents(folder.Path).Select(f => f.Name));
        TestBench.Make(TestBench.Corridor(), request);
        string[] stored = File.ReadAllLines(folder["out/data/train-00000-of-00002.csv"]);
        for (int row = 0; row < 5; row++)
            Assert.Equal(stored[row + 1], string.Join(',', rows.Columns.Select(c => ValueText.Format(c, row))));
    }

    /// <summary>An engine that notes what it is shown, and draws from it.</summary>
    private sealed class Spy
    {
        public Dataset? Seen { get; private set; }

        public EngineTable Table => new(
        [
            new Engine("spy", LearnsFromData: true)
            {
                Check = (_, _) => { },
                Fit = (_, training, _) => new Echo((Seen = training).Single),
                Load = _ => new Echo(Seen!.Single),
            },
        ]);
    }

    private sealed class Echo(Table rows) : ISampler
    {
        public DatasetSchema Schema => new([rows.Schema]);

        public Dataset Sample(ItemRange items, RunContext run) => Dataset.Of(
            rows.Take([.. Enumerable.Range(0, items.Count).Select(i => (int)((items.Start + i) % rows.RowCount))]));

        public void Save(Stream to) { }
    }
}
