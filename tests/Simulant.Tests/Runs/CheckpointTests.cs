using System.Diagnostics;
using Simulant.Data;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>A fit that is cut short goes on behind its last checkpoint, and ends byte for byte as one that was not.</summary>
public class CheckpointTests
{
    private const string Network = "{ name: autoregressive, max_epochs: 12, early_stopping: false, hidden_scale: 0.2 }";

    /// <summary>A checkpoint after every epoch.</summary>
    private static Corridor Eager(IFiles? files = null) => new()
    {
        Files = files ?? DiskFiles.Instance,
        Clock = new StoppedClock(),
        RowsPerFile = 100,
        CheckpointEvery = TimeSpan.Zero,
    };

    private static string Spec(TempFolder folder, string engine = Network, int rows = 240)
    {
        folder.Write("people.csv", TestBench.People(rows));
        return folder.Write("spec.yaml", TestBench.Learned(engine));
    }

    private static FitOutcome Fit(TempFolder folder, string spec, string model, bool resume = false, int dieAt = 0, IFiles? files = null) =>
        Eager(files).Fit(new MakeRequest(spec) { Output = folder[model], Resume = resume, Force = true }, new Death(dieAt), default);

    private static string OnlyCheckpoint(TempFolder folder) =>
        Assert.Single(Directory.EnumerateFiles(folder.Path, "*.checkpoint"));

    [Fact]
    public void A_run_that_died_in_training_goes_on_and_ends_the_same()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder);
        Eager().Make(new MakeRequest(spec) { Output = folder["whole"] }, Quiet.Instance, default);
        var expected = TempFolder.Contents(folder["whole"]);
        foreach (int epoch in (int[])[2, 7, 12])
        {
            var request = new MakeRequest(spec) { Output = folder[$"cut{epoch}"] };
            Assert.Throws<OperationCanceledException>(() => Eager().Make(request, new Death(epoch), default));
            Assert.Contains("--resume", Assert.Throws<UsageException>(
                () => Eager().Make(request, Quiet.Instance, default)).Message, StringComparison.Ordinal);
            var progress = new Death(0);
            var outcome = Eager().Make(request with { Resume = true }, progress, default);
            Assert.Equal(["the fit went on behind its last checkpoint"], outcome.Notes);
            Assert.Equal(epoch - 1, progress.First);
            Assert.Equal(expected, TempFolder.Contents(request.Output));
        }
    }

    [Fact]
    public void A_fit_goes_on_where_asked_and_leaves_no_checkpoint_behind()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder);
        Fit(folder, spec, "whole.simulant");
        Assert.Throws<OperationCanceledException>(() => Fit(folder, spec, "cut.simulant", dieAt: 6));
        OnlyCheckpoint(folder);
        Assert.Equal(["the fit went on behind its last checkpoint"], Fit(folder, spec, "cut.simulant", resume: true).Notes);
        Assert.Equal(File.ReadAllBytes(folder["whole.simulant"]), File.ReadAllBytes(folder["cut.simulant"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.checkpoint*"));
        // Without the wish to go on it starts from its beginning.
        Assert.Throws<OperationCanceledException>(() => Fit(folder, spec, "cut.simulant", dieAt: 6));
        Assert.Empty(Fit(folder, spec, "cut.simulant").Notes);
    }

    [Fact]
    public void A_damaged_checkpoint_is_left_aside_and_said()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder);
        Fit(folder, spec, "whole.simulant");
        Assert.Throws<OperationCanceledException>(() => Fit(folder, spec, "cut.simulant", dieAt: 6));
        string path = OnlyCheckpoint(folder);
        byte[] good = File.ReadAllBytes(path);
        foreach (int at in (int[])[0, 40, good.Length / 2, good.Length - 1])
        {
            byte[] bad = [.. good];
            bad[at] ^= 4;
            File.WriteAllBytes(path, bad);
            string note = Assert.Single(Fit(folder, spec, "cut.simulant", resume: true).Notes);
            Assert.Equal("a checkpoint was left aside (it is damaged); the fit started from its beginning", note);
            Assert.Equal(File.ReadAllBytes(folder["whole.simulant"]), File.ReadAllBytes(folder["cut.simulant"]));
        }
        File.WriteAllBytes(path, good[..20]);
        Assert.Contains("damaged", Assert.Single(Fit(folder, spec, "cut.simulant", resume: true).Notes), StringComparison.Ordinal);
    }

    public static TheoryData<string> Changes => ["data", "options", "seed"];

    [Theory, MemberData(nameof(Changes))]
    public void What_changes_the_fit_makes_its_checkpoint_stale(string change)
    {
        using var folder = new TempFolder();
        string spec = Spec(folder);
        Assert.Throws<OperationCanceledException>(() => Fit(folder, spec, "cut.simulant", dieAt: 6));
        if (change == "data") Spec(folder, rows: 241);
        else if (change == "options") Spec(folder, Network.Replace("0.2", "0.3", StringComparison.Ordinal));
        else File.WriteAllText(spec, File.ReadAllText(spec).Replace("seed: 7", "seed: 8", StringComparison.Ordinal));
        Assert.Empty(Fit(folder, spec, "cut.simulant", resume: true).Notes);
        Fit(folder, spec, "whole.simulant");
        Assert.Equal(File.ReadAllBytes(folder["whole.simulant"]), File.ReadAllBytes(folder["cut.simulant"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.checkpoint*"));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_costs_no_fit()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder);
        Fit(folder, spec, "whole.simulant");
        string note = Assert.Single(Fit(folder, spec, "cut.simulant", files: new FaultyFiles(1, stayDead: false)).Notes);
        Assert.StartsWith("a checkpoint could not be written (Input/output error", note, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["whole.simulant"]), File.ReadAllBytes(folder["cut.simulant"]));
    }

    [Fact]
    public void Checkpoints_are_no_more_frequent_than_they_may_be()
    {
        using var folder = new TempFolder();
        var clock = new SteppedClock();
        var all = new CheckpointFiles(DiskFiles.Instance, folder["m"], true, clock, TimeSpan.FromSeconds(10));
        var fit = all.For(() => "key");
        Assert.False(fit.Due);
        clock.Now += TimeSpan.FromSeconds(10);
        Assert.True(fit.Due);
        fit.Store(to =>
        {
            to.WriteByte(1);
            clock.Now += TimeSpan.FromSeconds(2); // a slow disk
        });
        clock.Now += TimeSpan.FromSeconds(39);
        Assert.False(fit.Due);
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.True(fit.Due);
        Assert.False(all.For(() => "another").Restore(_ => Assert.Fail("of another fit")));
        Assert.True(fit.Restore(from => Assert.Equal(1, from.ReadByte())));
    }

    /// <summary>The kill of an operating system, in a process of its own: ten seconds to the first checkpoint.</summary>
    [Fact, Trait("Suite", "long")]
    public void Killed_in_training_a_run_goes_on_and_ends_the_same()
    {
        using var folder = new TempFolder();
        string spec = Spec(folder, Network.Replace("12", "6000", StringComparison.Ordinal), 1200);
        TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["whole"] });
        string program = Path.Combine(AppContext.BaseDirectory, "Simulant.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "make", spec, "-o", folder["cut"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using (var child = Process.Start(start)!)
        {
            while (!child.HasExited && !(Directory.Exists(folder["cut.partial"])
                && Directory.EnumerateFiles(folder["cut.partial"], "*.checkpoint").Any())) Thread.Sleep(10);
            Assert.False(child.HasExited, "it was over before its first checkpoint");
            child.Kill();
            child.WaitForExit();
        }
        var outcome = TestBench.Make(TestBench.Corridor(), new MakeRequest(spec) { Output = folder["cut"], Resume = true });
        Assert.Equal(["the fit went on behind its last checkpoint"], outcome.Notes);
        Assert.Equal(TempFolder.Contents(folder["whole"]), TempFolder.Contents(folder["cut"]));
    }

    private sealed class StoppedClock : IClock
    {
        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;
    }

    private sealed class SteppedClock : IClock
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;
    }

    /// <summary>Dies when training reports an epoch: that epoch's checkpoint is not yet written.</summary>
    private sealed class Death(int epoch) : IProgress<StageProgress>
    {
        /// <summary>The first epoch that was reported.</summary>
        public long First { get; private set; } = -1;

        public void Report(StageProgress value)
        {
            if (value.Unit != "epochs") return;
            if (First < 0) First = value.Done;
            if (value.Done == epoch) throw new OperationCanceledException();
        }
    }
}
