using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Rules;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>The two samples without data, read from the repository: what their pages promise holds in their rows.</summary>
public class RulesSampleTests
{
    [Fact]
    public void Bank_transactions_keep_their_promises()
    {
        var table = Sample("bank-transactions", 20_000);
        var amount = (NumericColumn)table["amount"];
        Assert.All(amount.Values.ToArray(), value => Assert.True(value is >= 0.5 and <= 20_000 && Math.Round(value, 2) == value));
        var booked = ((NumericColumn)table["booked_at"]).Values.ToArray();
        Assert.Equal(booked.Order(), booked);
        AssertDetermines(table, "customer_id", "customer_name", "segment", "home");
        AssertDetermines(table, "account", "customer_id");
        Assert.Equal(20_000, Texts(table["transaction_id"]).Distinct().Count());
        string?[] kind = Texts(table["kind"]), category = Texts(table["category"]), fraud = Texts(table["is_fraud"]);
        int eligible = 0, hits = 0;
        for (int row = 0; row < kind.Length; row++)
        {
            Assert.Equal(kind[row] == "card", category[row] != "none");
            bool may = category[row] is "electronics" or "travel";
            if (may) eligible++;
            if (fraud[row] == "true") hits++;
            Assert.True(may || fraud[row] == "false");
        }
        Assert.InRange(hits, 0.01 * eligible - 5 * Math.Sqrt(0.01 * eligible), 0.01 * eligible + 5 * Math.Sqrt(0.01 * eligible));
    }

    [Fact]
    public void A_network_log_keeps_its_protocol()
    {
        var table = Sample("network-log", 20_000);
        string?[] before = Texts(table["previous"]), at = Texts(table["event"]), label = Texts(table["label"]);
        var session = ((NumericColumn)table["session"]).Values;
        var time = ((NumericColumn)table["time"]).Values;
        var total = ((NumericColumn)table["bytes_so_far"]).Values;
        var bytes = ((NumericColumn)table["bytes"]).Values;
        var allowed = new HashSet<(string?, string?)>
        {
            (null, "SYN"), ("SYN", "SYN_ACK"), ("SYN", "TIMEOUT"), ("SYN_ACK", "ACK"),
                ("ACK", "REQUEST"), ("REQUEST", "RESPONSE"),
            ("REQUEST", "RST"), ("RESPONSE", "REQUEST"), ("RESPONSE", "FIN"),
        };
        for (int row = 0; row < at.Length; row++)
        {
            if (label[row] == "normal") Assert.Contains((before[row], at[row]), allowed);
            bool first = row == 0 || session[row] != session[row - 1];
            Assert.Equal(first, before[row] is null);
            Assert.Equal(first ? bytes[row] : total[row - 1] + bytes[row], total[row]);
            Assert.True(first || time[row] >= time[row - 1]);
        }
        Assert.Equal(["brute force", "normal", "port scan"], label.Distinct().Order(StringComparer.Ordinal));
        AssertDetermines(table, "session", "source_ip", "source_port", "label");
    }

    private static Table Sample(string name, int rows)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Simulant.slnx"))) root = Path.GetDirectoryName(root);
        Assert.SkipUnless(root is not null, "the tests run outside the repository");
        var spec = SpecReader.Load(Path.Combine(root!, "samples", name));
        return RulesEngine.Build(spec).Sample(new ItemRange(0, rows), RunContext.Quiet(spec.SampleSeed)).Single;
    }

    private static void AssertDetermines(Table table, string left, params string[] right)
    {
        string?[] keys = [.. RulesLawTests.Texts(table[left])];
        foreach (string name in right)
        {
            string?[] values = [.. RulesLawTests.Texts(table[name])];
            var seen = new Dictionary<string, string?>();
            for (int row = 0; row < keys.Length; row++)
                Assert.True(seen.TryAdd(keys[row]!, values[row])
                    || seen[keys[row]!] == values[row], $"{left} -> {name}, row {row}");
        }
    }

    private static string?[] Texts(Column column) => [.. RulesLawTests.Texts(column)];
}
