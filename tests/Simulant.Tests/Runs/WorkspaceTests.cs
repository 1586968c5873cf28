using System.Text;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class WorkspaceTests
{
    private static readonly Admission Plain = new(Resume: false, Force: false, Shard: 1);

    private static RunPlan Plan(string spec = "s", int shards = 1, ulong seed = 7) => new()
    {
        Spec = FileHash.OfText(spec),
        Inputs = [new SourceFile("train", "a.csv", 3, FileHash.OfText("abc"))],
        FitSeed = seed,
        SampleSeed = seed,
        Shards = shards,
        Program = "test",
    };

    private static Workspace Open(TempFolder folder, RunPlan plan, Admission admission, IFiles? files = null) =>
        Workspace.Open(files ?? DiskFiles.Instance, folder["out"], plan, admission, CancellationToken.None);

    /// <summary>Does all of a run's writing: two data files with their journal lines, and a report.</summary>
    private static void Work(Workspace workspace)
    {
        for (int file = 0; file < 2; file++)
        {
            string name = $"data/f{file}.csv";
            if (workspace.Journal.Finished.ContainsKey(name)) continue;
            byte[] content = Encoding.ASCII.GetBytes($"content of {file}");
            workspace.Write(name, stream => stream.Write(content));
            workspace.Journal.Add(new FinishedFile(name, file, 1, content.Length, FileHash.OfBytes(content), []));
        }
        workspace.Write("report.json", stream => stream.Write("{}"u8));
        workspace.Publish(rejected: false);
    }

    private static void AssertPublished(TempFolder folder)
    {
        Assert.Equal(["data/f0.csv", "data/f1.csv", "report.json"], TempFolder.Contents(folder["out"]).Select(f => f.Name));
        Assert.Equal("content of 1", File.ReadAllText(folder["out/data/f1.csv"]));
        Assert.False(Directory.Exists(folder["out.partial"]));
    }

    [Fact]
    public void What_is_published_appears_whole()
    {
        using var folder = new TempFolder();
        using (var workspace = Open(folder, Plan(), Plain)) Work(workspace);
        AssertPublished(folder);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_that_fails_leaves_all_or_nothing_and_the_run_goes_on(bool stayDead)
    {
        int calls = 0;
        for (int failAt = 1; ; failAt++)
        {
            using var folder = new TempFolder();
            var files = new FaultyFiles(failAt, stayDead);
            try
            {
                using var workspace = Open(folder, Plan(), Plain, files);
                Work(workspace);
            }
            catch (IOException)
            {
                Assert.True(files.Fired);
            }
            if (!files.Fired) break;
            calls++;
            if (Directory.Exists(folder["out"])) Assert.Equal(3, TempFolder.Contents(folder["out"]).Count);
            else
            {
                using var again = Open(folder, Plan(), Plain with { Resume = true });
                Work(again);
                AssertPublished(folder);
            }
        }
        Assert.InRange(calls, 20, 100);
    }

    [Fact]
    public void Two_processes_do_not_make_the_same_folder()
    {
        using var folder = new TempFolder();
        using var first = Open(folder, Plan(), Plain);
        var refused = Assert.Throws<UsageException>(() => Open(folder, Plan(), Plain with { Resume = true }));
        Assert.Contains("another process is making", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_work_side_by_side()
    {
        using var folder = new TempFolder();
        using var first = Open(folder, Plan(shards: 2), Plain);
        using var second = Open(folder, Plan(shards: 2), Plain with { Shard = 2 });
        Assert.Equal(first.Root, second.Root);
        using var finish = first.TryTakeFinish();
        Assert.NotNull(finish);
        Assert.Null(second.TryTakeFinish());
    }

    [Fact]
    public void Shards_may_write_one_file_at_the_same_time()
    {
        using var folder = new TempFolder();
        using var first = Open(folder, Plan(shards: 2), Plain);
        using var second = Open(folder, Plan(shards: 2), Plain with { Shard = 2 });
        first.Write("model.simulant", stream =>
        {
            stream.Write("the mo"u8);
            stream.Flush();
            second.Write("model.simulant", other => other.Write("the model"u8));
            Assert.Equal("the model", File.ReadAllText(folder["out.partial/result/model.simulant"]));
            stream.Write("del"u8);
        });
        Assert.Equal("the model", File.ReadAllText(folder["out.partial/result/model.simulant"]));
    }

    [Fact]
    public void Files_of_one_name_from_several_folders_are_told_apart()
    {
        static SourceFile A(string text) => new("train", "a.csv", 3, FileHash.OfText(text));
        var plan = Plan() with { Inputs = [A("abc"), A("abd")] };
        Assert.Null(plan.DifferenceFrom(Plan() with { Inputs = [A("abc"), A("abd")] }, sameProgram: true));
        foreach (SourceFile[] others in (SourceFile[][])[[A("abd"), A("abc")], [A("abc"), A("abe")], [A("abc")]])
            Assert.Contains("'a.csv' has changed", plan.DifferenceFrom(Plan() with { Inputs = others }, true), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfinished_run_is_neither_joined_nor_lost_by_accident()
    {
        using var folder = new TempFolder();
        using (var begun = Open(folder, Plan(), Plain)) begun.Write("model.simulant", stream => stream.Write("m"u8));
        Assert.Contains("add --resume", Assert.Throws<UsageException>(() => Open(folder, Plan(), Plain)).Message,
            StringComparison.Ordinal);
        using (Open(folder, Plan(), Plain with { Resume = true })) { }
        File.WriteAllText(folder["out.partial/result/data/left-over"], "x");
        using (Open(folder, Plan("other"), Plain with { Force = true }))
            Assert.Empty(Directory.EnumerateFiles(folder["out.partial/result/data"]));
    }

    [Fact]
    public void A_changed_plan_is_not_continued()
    {
        using var folder = new TempFolder();
        using (var begun = Open(folder, Plan(), Plain)) begun.Write("model.simulant", stream => stream.Write("m"u8));
        void Refused(RunPlan plan, string why) => Assert.Contains(why,
            Assert.Throws<UsageException>(() => Open(folder, plan, Plain with { Resume = true })).Message,
                StringComparison.Ordinal);
        Refused(Plan("other"), "the spec has changed since");
        Refused(Plan(seed: 8), "its seed was 7, not 8");
        Refused(Plan() with { Rows = 5 }, "it was asked for the spec's rows, not 5 rows");
        Refused(Plan() with { Program = "newer" }, "another build of the program began it");
        Refused(Plan() with { Inputs = [new SourceFile("train", "a.csv", 3, FileHash.OfText("abd"))] }, "'a.csv' has changed");
        Refused(Plan() with { Inputs = [] }, "it had other inputs");
        Refused(Plan() with { Inputs = [new SourceFile("holdout", "a.csv", 3, FileHash.OfText("abc"))] }, "was not there then");
    }

    [Fact]
    public void A_line_cut_short_and_a_file_that_changed_are_made_again()
    {
        using var folder = new TempFolder();
        using (var workspace = Open(folder, Plan(), Plain))
        {
            foreach (string name in new[] { "data/a", "data/b", "data/c" })
            {
                workspace.Write(name, stream => stream.Write("abc"u8));
                workspace.Journal.Add(new FinishedFile(name, 0, 1, 3, FileHash.OfText("abc"), new() { ["rule"] = 2 }));
            }
        }
        File.WriteAllText(folder["out.partial/result/data/b"], "abd");
        string journal = folder["out.partial/shard-1-of-1.jsonl"];
        string text = File.ReadAllText(journal);
        File.WriteAllText(journal, text[..^5]);
        using (var again = Open(folder, Plan(), Plain with { Resume = true }))
        {
            Assert.Equal(["data/a"], again.Journal.Finished.Keys);
            Assert.Equal(2, again.Journal.Finished["data/a"].Rejected["rule"]);
            again.Journal.Add(new FinishedFile("data/c", 0, 1, 3, FileHash.OfText("abc"), []));
        }
        using var third = Open(folder, Plan(), Plain with { Resume = true });
        Assert.Equal(["data/a", "data/c"], third.Journal.Finished.Keys.Order());
    }

    [Fact]
    public void A_plan_survives_its_file() => Assert.Equal(Plan().Fingerprint, RunPlan.FromJson(Plan().ToJson())!.Fingerprint);

    [Fact]
    public void A_journal_line_that_says_nothing_is_dropped()
    {
        using var folder = new TempFolder();
        string path = folder.Write("j.jsonl", "{}\n{\"name\":\"data/a\"}\nnull\n");
        Assert.Empty(Journal.Read(DiskFiles.Instance, path).Finished);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    public void What_is_no_plan_is_none(string text) => Assert.Null(RunPlan.FromJson(Encoding.UTF8.GetBytes(text)));
}
