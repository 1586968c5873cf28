using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Rules;
using Simulant.Tests.Conformance;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>The law of random access, saving, cancelling: over a spec that uses every rule, with and without sessions.</summary>
public class RulesLawTests
{
    internal const string Everything = """
        rows: 3000
        engine:
          name: rules
          entities:
            customer:
              count: 200
              choose: { zipf: 1.1 }
              columns:
                id: { key: permuted, prefix: C-, digits: 5 }
                city: { provider: address.city }
                spending: { distribution: lognormal, mu: 3, sigma: 0.5 }
            account:
              count: 300
              of: customer
              columns:
                iban: { provider: payment.iban, unique: true }
                owner: { from: customer.id }
            payee: { same: account, distinct: true }
        columns:
          id: { key: sequential }
          code: { key: hashed }
          uuid: { key: uuid }
          ref: { pattern: "[A-Z]{2}-[0-9]{6}", unique: true }
          name: { provider: person.full_name }
          email: { provider: person.email }
          gender: { provider: person.gender }
          customer: { from: customer.id }
          owner: { from: account.owner }
          city: { from: customer.city }
          iban: { from: account.iban }
          to: { from: payee.iban }
          spending: { from: customer.spending, hidden: true }
          segment: { values: { basic: 0.7, plus: 0.3 } }
          amount:
            type: decimal
            decimals: 2
            given: [segment]
            table: { basic: { distribution: exponential, mean: 20 }, plus: { distribution: gamma, shape: 2, scale: 30 } }
            missing: { rate: 0.1, when: "segment = 'plus'" }
          total: { type: decimal, decimals: 2, expression: "amount + spending" }
          big: { type: boolean, expression: "total > 60" }
          level: { cases: [ { when: "total > 100", constant: high }, { when: "total > 30", values: [mid, middle] } ],
              default: low }
          at: { type: timestamp, arrivals: { start: 2024-01-01, end: 2024-03-01, weekly: [1, 1, 1, 1, 1, 0.3, 0.2] } }
          due: { type: date, after: at, delay: { distribution: poisson, mean: 10 }, unit: days }
          seen: { type: time, times: { hourly: [0,0,0,0,0,0,1,2,3,3,3,3,2,2,2,2,2,3,4,4,2,1,0,0] } }
          odd: { type: boolean, anomalies: [ { rate: 0.02, when: "segment = 'basic'",
              set: { amount: { multiply: { distribution: uniform, min: 5, max: 9 } } } } ] }
          country: { values: [DE, FR, IT] }
          vat: { type: decimal, decimals: 3, distribution: uniform, min: 0.1, max: 0.25 }
        constraints: [ "total is null or total < 400", "country determines vat", "unique ref" ]
        """;

    internal const string Sessions = """
        engine:
          name: rules
          sessions:
            machines:
              normal: { share: 0.9, start: open, states: { open: { send: 1 }, send: { send: 0.6, close: 0.4 }, close: end } }
              broken: { share: 0.1, start: { open: 1 }, states: { open: { open: 0.5, end: 0.5 } } }
          entities:
            host: { count: 20, per: session, columns: { ip: { provider: internet.ip, unique: true } } }
        columns:
          session: { session: index }
          step: { session: step }
          state: { session: state }
          kind: { session: machine }
          last: { session: last }
          ip: { from: host.ip }
          port: { type: integer, per: session, distribution: uniform, min: 1024, max: 65535 }
          start: { type: timestamp, per: session, arrivals: { start: 2024-05-01, rate: 90, per: hour } }
          at: { type: timestamp, after: start, delay: { distribution: exponential, mean: 0.2, cumulate: true } }
          before: { lag: state }
          bytes: { type: integer, given: state,
              table: { open: 60, send: { distribution: lognormal, mu: 6, sigma: 1 }, close: 40 } }
          sent: { type: integer, expression: "bytes", cumulate: true }
        constraints: [ "bytes < 5000" ]
        """;

    public static TheoryData<string> Specs => [Everything, Sessions];

    [Theory, MemberData(nameof(Specs))]
    public void Pieces_equal_the_whole_at_any_thread_count(string yaml)
    {
        var sampler = RuleSpec.Build(yaml);
        var whole = sampler.Sample(new ItemRange(0, 20_000), RunContext.Quiet(5, 1)).Single;
        var threaded = RuleSpec.Build(yaml).Sample(new ItemRange(0, 20_000), RunContext.Quiet(5, 4)).Single;
        AssertEqual(whole, threaded, 0);
        var random = new (int Start, int Count)[] { (9_991, 30), (0, 1), (19_000, 1000), (8190, 5), (1, 1), (12_345, 0) };
        foreach (var (start, count) in random)
        {
            // A sampler of its own each time: what one call keeps must not matter.
            var part = RuleSpec.Build(yaml).Sample(new ItemRange(start, count), RunContext.Quiet(5, 2)).Single;
            AssertEqual(whole.Slice(start, count), part, start);
            AssertEqual(part, sampler.Sample(new ItemRange(start, count), RunContext.Quiet(5, 3)).Single, start);
        }
    }

    [Theory, MemberData(nameof(Specs))]
    public void Another_seed_gives_other_rows_and_the_first_comes_back(string yaml)
    {
        var sampler = RuleSpec.Build(yaml);
        var a = sampler.Sample(new ItemRange(0, 300), RunContext.Quiet(1)).Single;
        var b = sampler.Sample(new ItemRange(0, 300), RunContext.Quiet(2)).Single;
        Assert.Contains(Enumerable.Range(0, a.Columns.Count), c =>
            Texts(a.Columns[c]) is var x && !x.SequenceEqual(Texts(b.Columns[c])));
        AssertEqual(a, sampler.Sample(new ItemRange(0, 300), RunContext.Quiet(1)).Single, 0);
    }

    [Theory, MemberData(nameof(Specs))]
    public void A_saved_model_makes_the_same_rows(string yaml)
    {
        var sampler = RuleSpec.Build(yaml);
        using var memory = new MemoryStream();
        sampler.Save(memory);
        byte[] bytes = memory.ToArray();
        var loaded = RulesEngine.Load(new MemoryStream(bytes));
        AssertEqual(sampler.Sample(new ItemRange(0, 2000), RunContext.Quiet(3)).Single,
            loaded.Sample(new ItemRange(0, 2000), RunContext.Quiet(3)).Single, 0);
        using var again = new MemoryStream();
        loaded.Save(again);
        Assert.Equal(bytes, again.ToArray());
        for (int length = 0; length < bytes.Length; length += 97)
            Assert.Throws<InvalidDataException>(() => RulesEngine.Load(new MemoryStream(bytes[..length])));
    }

    [Theory, MemberData(nameof(Specs))]
    public void It_stops_within_a_second(string yaml)
    {
        var sampler = RuleSpec.Build(yaml);
        var took = Checks.TimeToStop(stop => sampler.Sample(new ItemRange(0, 2_000_000), RunContext.Quiet(1, 2) with { Cancel = stop }),
            after: TimeSpan.FromMilliseconds(50));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            sampler.Sample(new ItemRange(0, 2_000_000), RunContext.Quiet(1, 2) with { Cancel = stopped.Token }));
    }

    [Fact]
    public void Rejected_candidates_are_counted_under_their_rule()
    {
        var run = RunContext.Quiet(5);
        RuleSpec.Build("columns: { x: { distribution: uniform, min: 0, max: 1 } }\nconstraints: [ \"x < 0.25\" ]")
            .Sample(new ItemRange(0, 20_000), run);
        var (rule, count) = Assert.Single(run.Rejections.Counts);
        Assert.Equal("x < 0.25", rule);
        // Each row waits for its first success of 1/4: three failures on average.
        Assert.InRange(count, 60_000 - 5 * Math.Sqrt(20_000 * 12), 60_000 + 5 * Math.Sqrt(20_000 * 12));
    }

    [Fact]
    public void An_impossible_rule_is_named_after_its_attempts()
    {
        var sampler = RuleSpec.Build(
            "engine: { attempts: 20 }\ncolumns: { x: { distribution: uniform, min: 0, max: 1 } }\nconstraints: [ \"x > 2\" ]");
        var fault = Assert.Throws<SpecException>(() => sampler.Sample(new ItemRange(0, 10), RunContext.Quiet(1)));
        Assert.Equal(RuleCodes.Exhausted, Assert.Single(fault.Diagnostics).Code);
        Assert.Contains("x > 2", fault.Message, StringComparison.Ordinal);
    }

    internal static IEnumerable<string?> Texts(Column column) => column is CodedColumn coded
        ? Enumerable.Range(0, coded.Count).Select(row => coded[row])
        : ((NumericColumn)column).Values.ToArray().Select(v => BitConverter.DoubleToInt64Bits(v).ToString("x"));

    private static void AssertEqual(Table expected, Table actual, int start)
    {
        Assert.Equal(expected.Schema.Columns, actual.Schema.Columns);
        for (int c = 0; c < expected.Columns.Count; c++)
        {
            string?[] a = [.. Texts(expected.Columns[c])], b = [.. Texts(actual.Columns[c])];
            Assert.Equal(a.Length, b.Length);
            for (int row = 0; row < a.Length; row++)
                Assert.True(a[row] == b[row], $"column {expected.Columns[c].Name}, row {start + row}: {a[row]} and {b[row]}");
        }
    }
}
