using Simulant.Data;
using Simulant.Privacy.Accounting;
using Simulant.Privacy.Ledger;
using Simulant.Privacy.Mechanisms;
using Simulant.Tests.Privacy.Mechanisms;
using Simulant.Tests.Runs;
using Xunit;

namespace Simulant.Tests.Privacy.Ledger;

public class PrivacyLedgerTests
{
    private static readonly ProtectedRows Rows = new([[0, 0, 1]], [2], 3, 1);

    private static PrivacyLedger Open(TempFolder folder, CancellationToken cancel = default) => new(folder["simulant.ledger"], _ => { },
        cancel);

    private static LedgerLine Run(double epsilon, string source = "s") => new("run")
    {
        Source = source, Spec = "people", Engine = "mst", Unit = "row", Bound = 1, Epsilon = epsilon, Delta = 1e-9,
        Rho = Zcdp.Budget(epsilon, 1e-9).Units, VocabularyDelta = 0,
    };

    private static RunLog Log(TempFolder folder, LedgerLine run, (double, double)? budget = null, string? kept = null) =>
        RunLog.Open(Open(folder), run, budget, kept is null ? null : folder[kept], () => "1970-01-01");

    [Fact]
    public void Every_line_is_there_before_the_mechanism_runs_and_says_what_for()
    {
        using var folder = new TempFolder();
        var log = Log(folder, Run(1));
        var seen = new List<int>();
        var session = new PrivacySession(new Rho(Run(1).Rho!.Value), log, null, new Watching(() => seen.Add(Open(folder).Lines.Count)),
            null);
        session.Measure("counts of 'a'", Rows, [0], session.Remaining.Part(1, 2));
        Assert.All(seen, lines => Assert.Equal(3, lines)); // the ledger's own, the run's, the spend's
        var lines = Open(folder).Lines;
        Assert.Equal(["ledger", "run", "spend"], lines.Select(l => l.Kind));
        Assert.Equal(64, lines[0].Key!.Length);
        Assert.Equal((log.Name, "s", 1.0), (lines[1].Run, lines[1].Source, lines[1].Epsilon));
        Assert.Equal((log.Name, "gaussian", "counts of 'a'"), (lines[2].Run, lines[2].Mechanism, lines[2].Purpose));
        Assert.True(lines[2].Rho <= lines[1].Rho);
    }

    [Fact]
    public void Without_a_budget_spends_are_totalled_by_source_in_rho()
    {
        using var folder = new TempFolder();
        for (int k = 0; k < 3; k++) Log(folder, Run(1));
        Log(folder, Run(2, "another source"));
        double total = PrivacyLedger.Epsilon(Open(folder).Lines, "s", 1e-9);
        Assert.Equal(Zcdp.Epsilon(3 * Zcdp.Rho(1, 1e-9), 1e-9), total, 1e-9);
        Assert.InRange(total, 1, 3); // less than the sum of the epsilons
        Assert.Equal(0, PrivacyLedger.Epsilon(Open(folder).Lines, "never used", 1e-9));
        Assert.Equal(double.PositiveInfinity, PrivacyLedger.Epsilon([Run(1) with { VocabularyDelta = 1e-9 }], "s", 1e-9));
    }

    [Fact]
    public void With_a_budget_a_run_that_would_overspend_is_refused_and_leaves_no_line()
    {
        using var folder = new TempFolder();
        (double, double)? budget = (2, 1e-9);
        int runs = 0;
        var refused = Assert.Throws<PrivacyBudgetException>(() =>
        {
            for (; runs < 10; runs++) Log(folder, Run(1), budget);
        });
        Assert.Equal(3, runs); // sqrt(3) and a little is below 2, sqrt(4) and a little is not
        Assert.Contains("the budget of this source is epsilon 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1 + runs, Open(folder).Lines.Count);
        Log(folder, Run(1, "another source"), budget);
    }

    [Fact]
    public void A_line_that_a_crash_cut_short_is_dropped_and_any_other_damage_stops_all_spending()
    {
        using var folder = new TempFolder();
        Log(folder, Run(1));
        byte[] whole = File.ReadAllBytes(folder["simulant.ledger"]);
        File.WriteAllBytes(folder["simulant.ledger"], [.. whole, .. "0123 {\"kind\":\"spe"u8]);
        Assert.Equal(2, Open(folder).Lines.Count);
        Log(folder, Run(1));
        Assert.Equal(3, Open(folder).Lines.Count);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(folder["simulant.ledger"], damaged);
            if (at == whole.Length - 1) continue; // the last line's end: the line counts as cut short
            Assert.Throws<PrivacyBudgetException>(() => Open(folder).Lines);
        }
        // A line taken out of the middle, or two exchanged, break the chain too.
        string[] lines = System.Text.Encoding.UTF8.GetString(whole).Split('\n');
        File.WriteAllText(folder["simulant.ledger"], string.Join('\n', lines[1..]));
        Assert.Throws<PrivacyBudgetException>(() => Log(folder, Run(1)));
    }

    [Fact]
    public void Writers_take_turns()
    {
        using var folder = new TempFolder();
        Work.For(8, 8, k => Log(folder, Run(0.1, $"source {k}")), CancellationToken.None);
        Assert.Equal(9, Open(folder).Lines.Count);
        using var held = new FileStream(folder["simulant.ledger.lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => Open(folder, stop.Token).Reserve(Run(1), null));
    }

    [Fact]
    public void A_run_that_goes_on_asks_nothing_twice_and_pays_again_for_what_was_lost()
    {
        using var folder = new TempFolder();
        var amount = new Rho(Run(1).Rho!.Value);
        long[] Ask(RunLog log, INoiseSource noise)
        {
            var session = new PrivacySession(amount, log, null, noise, null);
            long[] a = session.Measure("a", Rows, [0], amount.Part(1, 4)).Counts;
            return [.. a, .. session.Measure("b", Rows, [], amount.Part(1, 4)).Counts];
        }
        var first = Log(folder, Run(1), kept: "kept");
        var told = Ask(first, new SystemNoise());
        byte[] kept = File.ReadAllBytes(folder["kept"]);
        var again = Log(folder, Run(1), kept: "kept");
        Assert.Equal(first.Name, again.Name);
        Assert.Equal(told, Ask(again, new Watching(() => Assert.Fail("nothing is drawn twice"))));
        Assert.Equal(4, Open(folder).Lines.Count);

        // The last outcome was lost: its question stands in the books, its answer nowhere.
        int end = kept.AsSpan(0, kept.Length - 1).LastIndexOf((byte)'\n') + 1;
        File.WriteAllBytes(folder["kept"], kept[..(end + 5)]);
        Ask(Log(folder, Run(1), kept: "kept"), new SystemNoise());
        var lines = Open(folder).Lines;
        Assert.Equal(["ledger", "run", "spend", "spend", "again", "spend"], lines.Select(l => l.Kind));
        Assert.Equal(lines[3].Rho, lines[4].Rho);
        Assert.True(PrivacyLedger.Epsilon(lines, "s", 1e-9) > PrivacyLedger.Epsilon(lines.Take(4), "s", 1e-9));

        // Other questions than before are refused: their answers are not those kept.
        var other = new PrivacySession(amount, Log(folder, Run(1), kept: "kept"));
        Assert.Throws<PrivacyBudgetException>(() => other.Measure("a", Rows, [], amount.Part(1, 4)));

        // Outcomes of another ledger were not paid for here.
        File.Delete(folder["simulant.ledger"]);
        Assert.NotEqual(first.Name, Log(folder, Run(1), kept: "kept").Name);
    }

    /// <summary>The operating system's noise, telling when it is asked.</summary>
    private sealed class Watching(Action asked) : INoiseSource
    {
        private readonly SystemNoise _noise = new();

        public void Fill(Span<byte> bytes)
        {
            asked();
            _noise.Fill(bytes);
        }
    }
}
