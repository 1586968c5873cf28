using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Simulant.Privacy.Ledger;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary>
/// The program itself under <c>privacy</c>, killed (SIGKILL) at moments that are told by what lies on the disk: it is let go on for a
/// fraction of a millisecond, stopped, looked at, and killed where it stands as asked.
/// </summary>
public partial class KilledLedgerTests
{
    private const int Kill = 9, Go = 18, Stop = 19, Attempts = 30;
    private const double Delta = 1e-6;

    private static string Spec(string budget = "") => PrivacyTests.Spec(privacy: $"epsilon: 1, delta: 1e-6{budget}");

    /// <summary>What a run has left on the disk so far.</summary>
    /// <param name="Runs">Reserved in the ledger.</param>
    /// <param name="Spends">Questions in the ledger.</param>
    /// <param name="Begun">Questions that the work folder knows of.</param>
    /// <param name="Done">Questions whose outcome is kept there.</param>
    private sealed record State(int Runs, int Spends, int Begun, int Done, bool Model);

    public static TheoryData<string> Moments => [.. All.Keys];

    private static readonly Dictionary<string, Func<State, bool>> All = new()
    {
        ["reserved, nothing asked"] = s => s is { Runs: 1, Spends: 0 },
        ["the first question in the ledger alone"] = s => s is { Spends: 1, Begun: 0 },
        ["a later question in the ledger alone"] = s => s.Spends >= 3 && s.Begun == s.Spends - 1,
        ["a question begun, its outcome not kept"] = s => s.Spends >= 2 && s.Begun == s.Spends && s.Done == s.Spends - 1,
        ["an outcome kept, more to ask"] = s => s.Spends >= 3 && s.Done == s.Spends && !s.Model,
        ["the model stored"] = s => s.Model,
    };

    [Theory, MemberData(nameof(Moments))]
    public void A_run_killed_there_has_paid_and_going_on_pays_for_nothing_twice(string moment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stops and kills processes by signals");
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People(900));
        string spec = folder.Write("spec.yaml", Spec(", budget: 1.2"));
        var state = KilledAt(folder, ["make", spec, "-o", folder["out"]], All[moment]);
        var before = Lines(folder);
        Whole(before, state);
        string run = before.Single(l => l.Kind == "run").Run!;
        Assert.NotNull(Ledger(folder).Proof(run));
        Assert.False(Directory.Exists(folder["out"]));

        // It has paid in full: a second run does not fit into what is left.
        var refused = TestBench.Run("make", spec, "-o", folder["other"]);
        Assert.Equal(4, refused.Code);
        Assert.Equal(before, Lines(folder));

        Assert.Equal(0, TestBench.Run("make", spec, "-o", folder["out"], "--resume").Code);
        var after = Lines(folder);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(run, after.Single(l => l.Kind == "run").Run);
        var spends = after.Where(l => l.Kind == "spend").ToList();
        int questions = spends.Select(s => s.Number!.Value).Distinct().Count();
        Assert.Equal(Enumerable.Range(0, questions), spends.Select(s => s.Number!.Value).Distinct());
        Assert.All(spends, s => Assert.Equal(run, s.Run));
        // Asked again is only what had been begun and whose outcome was lost, and that was paid again.
        bool lost = state.Begun > state.Done;
        Assert.Equal((questions + (lost ? 1 : 0), lost ? 1 : 0), (spends.Count, after.Count(l => l.Kind == "again")));
        Assert.NotNull(Ledger(folder).Proof(run));
        var paid = Manifest.Load(folder["out"]).Content.Privacy!;
        Assert.True(paid.Spends.Sum(s => s.Rho) <= paid.Rho);
        Assert.Equal(PrivacyLedger.Epsilon(after, after.Single(l => l.Kind == "run").Source!, Delta), paid.SourceEpsilon);
        Assert.InRange(paid.SourceEpsilon, lost ? 1.0001 : 0.99, lost ? 1.2 : 1);
        Assert.Null(TestBench.Verify(folder["out"]).Difference);
    }

    [Fact]
    public void A_fit_that_was_killed_has_paid_and_a_second_one_adds_to_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stops and kills processes by signals");
        using var folder = new TempFolder();
        folder.Write("people.csv", TestBench.People(900));
        string spec = folder.Write("spec.yaml", Spec());
        var state = KilledAt(folder, ["fit", spec, "-o", folder["m.simulant"]], s => s.Spends == 2);
        var before = Lines(folder);
        Whole(before, state with { Begun = state.Spends }); // a fit keeps no outcomes: it is not gone on with
        Assert.False(File.Exists(folder["m.simulant"]));
        Assert.Equal(0, TestBench.Run("fit", spec, "-o", folder["m.simulant"]).Code);
        var after = Lines(folder);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(2, after.Count(l => l.Kind == "run"));
        Assert.InRange(PrivacyLedger.Epsilon(after, after.First(l => l.Kind == "run").Source!, Delta), 1.3, 1.5);
    }

    /// <summary>The ledger reads whole, has the run's whole amount, and no fewer questions than were begun.</summary>
    private static void Whole(IReadOnlyList<LedgerLine> lines, State state)
    {
        Assert.Equal("ledger", lines[0].Kind);
        var run = lines.Single(l => l.Kind == "run");
        Assert.Equal(state.Spends, lines.Count(l => l.Kind == "spend"));
        Assert.InRange(state.Begun, Math.Max(0, state.Spends - 1), state.Spends);
        Assert.InRange(PrivacyLedger.Epsilon(lines, run.Source!, Delta), 0.99, 1);
    }

    private static PrivacyLedger Ledger(TempFolder folder) => new(folder["simulant.ledger"], _ => { }, CancellationToken.None);

    private static IReadOnlyList<LedgerLine> Lines(TempFolder folder) => Ledger(folder).Lines;

    private static State KilledAt(TempFolder folder, string[] args, Func<State, bool> moment)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            File.Delete(folder["simulant.ledger"]);
            foreach (string part in new[] { "out", "out.partial" })
                if (Directory.Exists(folder[part])) Directory.Delete(folder[part], recursive: true);
            File.Delete(folder["m.simulant"]);
            using var child = Start(args);
            bool killed = Step(child, folder, moment);
            Assert.True(child.WaitForExit(60_000));
            var state = Look(folder);
            if (killed && moment(state)) return state;
        }
        throw new Xunit.Sdk.XunitException($"the moment was missed in {Attempts} runs");
    }

    /// <summary>Lets the process go on in small steps until the moment has come, and kills it there.</summary>
    private static bool Step(Process child, TempFolder folder, Func<State, bool> moment)
    {
        while (!child.HasExited && !File.Exists(folder["simulant.ledger"])) Thread.Sleep(1);
        while (!child.HasExited)
        {
            Signal(child.Id, Stop);
            if (moment(Look(folder)))
            {
                Signal(child.Id, Kill);
                return true;
            }
            Signal(child.Id, Go);
            for (long until = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 5000; Stopwatch.GetTimestamp() < until;) { }
        }
        return false;
    }

    private static State Look(TempFolder folder)
    {
        string ledger = Text(folder["simulant.ledger"]), kept = Text(folder["out.partial/measurements.jsonl"]);
        var begun = new HashSet<int>();
        var done = new HashSet<int>();
        foreach (Match line in Kept().Matches(kept))
            (line.Groups[2].Value == "true" ? done : begun).Add(int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));
        return new State(Count(ledger, "\"kind\":\"run\""), Count(ledger, "\"kind\":\"spend\""), begun.Count, done.Count,
            File.Exists(folder["out.partial/result/model.simulant"]));
    }

    private static int Count(string text, string what) => Regex.Count(text, Regex.Escape(what) + ".*\n");

    private static string Text(string path)
    {
        if (!File.Exists(path)) return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    [GeneratedRegex("\"number\":([0-9]+),.*\"done\":(true|false).*\n")]
    private static partial Regex Kept();

    private static Process Start(string[] args) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Simulant.Cli.dll"), .. args, "--threads", "1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static void Signal(int process, int signal) => _ = Send(process, signal);

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
