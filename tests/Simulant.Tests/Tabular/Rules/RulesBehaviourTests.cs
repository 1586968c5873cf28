using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Rules;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>What single rules promise, checked against closed forms.</summary>
public class RulesBehaviourTests
{
    [Fact]
    public void Expressions_and_their_kinds()
    {
        var table = RuleSpec.Sample("""
            columns:
              price: { type: decimal, decimals: 2, distribution: uniform, min: 1, max: 9 }
              quantity: { distribution: poisson, mean: 3 }
              total: { expression: "price * quantity" }
              dear: { expression: "total > 10" }
            """, 500);
        var price = ((NumericColumn)table["price"]).Values;
        var quantity = ((NumericColumn)table["quantity"]).Values;
        var total = ((NumericColumn)table["total"]).Values;
        var dear = (CodedColumn)table["dear"];
        Assert.Equal(ColumnKind.Boolean, dear.Schema.Kind);
        for (int row = 0; row < 500; row++)
        {
            Assert.Equal(price[row] * quantity[row], total[row]);
            Assert.Equal(total[row] > 10 ? "true" : "false", dear[row]);
        }
    }

    [Fact]
    public void A_conditional_table_gives_each_combination_its_own_law()
    {
        const int Rows = 60_000;
        var table = RuleSpec.Sample("""
            columns:
              a: { values: [x, y] }
              b: { values: { p: 3, q: 1 } }
              c: { given: [a, b], table: { x: { p: { values: { u: 1, v: 3 } } }, y: { q: v } }, default: { values: [u, w] } }
            """, Rows);
        CodedColumn a = (CodedColumn)table["a"], b = (CodedColumn)table["b"], c = (CodedColumn)table["c"];
        var cells = Enumerable.Range(0, Rows).GroupBy(row => a[row] + b[row] + c[row]).ToDictionary(g =>
            g.Key, g => (double)g.Count());
        var expected = new Dictionary<string, double>
        {
            ["xpu"] = 0.375 * 0.25, ["xpv"] = 0.375 * 0.75, ["yqv"] = 0.125, ["xqu"] = 0.0625, ["xqw"] = 0.0625,
            ["ypu"] = 0.1875, ["ypw"] = 0.1875,
        };
        Assert.Equal(expected.Keys.Order(), cells.Keys.Order());
        DistributionTests.AssertChiSquare(expected.Select(pair => (cells[pair.Key], Rows * pair.Value)));
    }

    [Fact]
    public void Arrivals_in_a_window_are_sorted_and_follow_the_intensity()
    {
        const int Rows = 100_000;
        var at = ((NumericColumn)RuleSpec.Sample($$"""
            rows: {{Rows}}
            columns: { t: { type: timestamp, arrivals: { start: 2024-01-01, end: 2024-01-15, weekly: [1, 1, 1, 1, 1, 2, 0] } } }
            """, Rows)["t"]).Values.ToArray();
        Assert.Equal(at.Order(), at);
        // Monday 1 January 2024; weights 1, 1, 1, 1, 1, 2, 0 over two weeks.
        double start = (new DateTime(2024, 1, 1) - DateTime.UnixEpoch).TotalMicroseconds;
        double[] days = new double[14];
        foreach (double t in at) days[(int)((t - start) / 86_400e6)]++;
        double[] weights = [1, 1, 1, 1, 1, 2, 0];
        Assert.Equal(0, days[6] + days[13]);
        DistributionTests.AssertChiSquare(Enumerable.Range(0, 14).Select(d => (days[d], Rows * weights[d % 7] / 14)));
        // Given the days, instants within a day are uniform: a finer count than the leaves of the order statistics.
        double[] minutes = new double[1440];
        foreach (double t in at) minutes[(int)((t - start) % 86_400e6 / 60e6)]++;
        DistributionTests.AssertChiSquare(minutes.Select(count => (count, Rows / 1440.0)));
    }

    [Fact]
    public void Arrivals_by_rate_have_exponential_gaps()
    {
        const int Rows = 60_000;
        var at = ((NumericColumn)RuleSpec.Sample(
            "columns: { t: { type: timestamp, arrivals: { start: 2024-01-01, rate: 30, per: second } } }", Rows)["t"]).Values;
        double[] gaps = new double[Rows - 1];
        for (int i = 0; i < gaps.Length; i++) gaps[i] = (at[i + 1] - at[i]) / 1e6;
        Array.Sort(gaps);
        double distance = 0;
        for (int i = 0; i < gaps.Length; i++)
            distance = Math.Max(distance, Math.Abs((i + 0.5) / gaps.Length - (1 - Math.Exp(-30 * gaps[i]))));
        // Instants are whole microseconds: a gap is off by at most one, 3e-5 of the mean.
        Assert.InRange(distance, 0, 1e-4 + Math.Sqrt(Math.Log(2 / 1e-4) / (2 * gaps.Length)));
        // No memory from one gap to the next across the blocks' seams either: the count of a second is Poisson.
        double[] seconds = new double[(int)((at[^1] - at[0]) / 1e6)];
        foreach (double t in at)
            if ((int)((t - at[0]) / 1e6) < seconds.Length) seconds[(int)((t - at[0]) / 1e6)]++;
        double mean = seconds.Average(), variance = seconds.Sum(n => (n - mean) * (n - mean)) / seconds.Length;
        Assert.InRange(variance / mean, 1 - 5 * Math.Sqrt(2.0 / seconds.Length), 1 + 5 * Math.Sqrt(2.0 / seconds.Length));
    }

    [Fact]
    public void A_machine_walks_by_its_transition_weights()
    {
        var table = RuleSpec.Sample("""
            engine: { sessions: { machine: { start: { a: 0.8, b: 0.2 },
                states: { a: { a: 0.5, b: 0.3, end: 0.2 }, b: { a: 0.6, end: 0.4 } } } } }
            columns: { s: { session: state }, before: { lag: s }, last: { session: last }, i: { session: index } }
            """, 80_000);
        CodedColumn at = (CodedColumn)table["s"], before = (CodedColumn)table["before"], last = (CodedColumn)table["last"];
        var moves = new Dictionary<string, double>();
        for (int row = 0; row < 79_000; row++)
        {
            string move = $"{before[row]}{at[row]}", end = $"{at[row]}.";
            moves[move] = moves.GetValueOrDefault(move) + 1;
            if (last[row] == "true") moves[end] = moves.GetValueOrDefault(end) + 1;
        }
        double fromA = moves["aa"] + moves["ab"] + moves["a."], fromB = moves["ba"]
            + moves["b."], starts = moves["a"] + moves["b"];
        DistributionTests.AssertChiSquare([(moves["aa"], 0.5 * fromA), (moves["ab"], 0.3 * fromA), (moves["a."], 0.2 * fromA)]);
        DistributionTests.AssertChiSquare([(moves["ba"], 0.6 * fromB), (moves["b."], 0.4 * fromB)]);
        DistributionTests.AssertChiSquare([(moves["a"], 0.8 * starts), (moves["b"], 0.2 * starts)]);
    }

    [Fact]
    public void Members_keep_their_values_and_are_chosen_by_weight()
    {
        const int Rows = 50_000;
        var table = RuleSpec.Sample("""
            engine:
              entities:
                shop: { count: 20, choose: { zipf: 1 }, columns: { id: { key: sequential }, city: { provider: address.city } } }
                other: { same: shop, distinct: true }
            columns: { id: { from: shop.id }, city: { from: shop.city }, second: { from: other.id } }
            """, Rows);
        var id = ((NumericColumn)table["id"]).Values;
        var second = ((NumericColumn)table["second"]).Values;
        var city = (CodedColumn)table["city"];
        double[] counts = new double[20];
        var cities = new string?[20];
        for (int row = 0; row < Rows; row++)
        {
            int shop = (int)id[row] - 1;
            counts[shop]++;
            Assert.Equal(cities[shop] ??= city[row], city[row]);
            Assert.NotEqual(id[row], second[row]);
        }
        double harmonic = Enumerable.Range(1, 20).Sum(k => 1.0 / k);
        DistributionTests.AssertChiSquare(counts.Select((count, k) => (count, Rows / ((k + 1) * harmonic))));
    }

    [Theory]
    [InlineData("x: { values: { a: 1, b: 5, c: 4 } }")]
    [InlineData("y: { values: { p: 0.7, q: 0.3 } }, x: { given: y, table: { p: { values: { a: 1, b: 1 } }, q: { values: { a: "
        + "1, c: 4 } } } }")]
    public void Balance_is_exact_and_leaves_the_rest_in_proportion(string columns)
    {
        string yaml = $"rows: 9999\nbalance: {{ x: {{ a: 0.5 }} }}\ncolumns: {{ {columns} }}";
        var x = (CodedColumn)RuleSpec.Sample(yaml, 9999)["x"];
        int[] counts = new int[3];
        for (int row = 0; row < x.Count; row++) counts[x[row]![0] - 'a']++;
        Assert.Equal(5000, counts[0]);
        bool direct = columns.StartsWith('x');
        double b = direct ? 5 / 9.0 : 0.35 / (0.35 + 0.3 * 0.8);
        DistributionTests.AssertChiSquare([(counts[1], 4999 * b), (counts[2], 4999 * (1 - b))]);
    }

    [Fact]
    public void Conditions_are_met_by_exactly_their_rows_by_the_conditional_law()
    {
        const int Rows = 30_000;
        var spec = RuleSpec.Parse("""
            rows: 30000
            columns:
              sex: { values: { F: 0.1, M: 0.9 } }
              income: { given: sex,
                  table: { F: { distribution: normal, mean: 30, sd: 5 }, M: { distribution: normal, mean: 20, sd: 5 } } }
            conditions: [ { where: "sex = 'F'", rows: 12000 }, { where: "income > 28 and sex = 'M'", rows: 6000 } ]
            """);
        var table = RulesEngine.Build(spec).Sample(new ItemRange(0, Rows), RunContext.Quiet(4)).Single;
        var sex = (CodedColumn)table["sex"];
        var income = ((NumericColumn)table["income"]).Values;
        int women = 0, richMen = 0;
        double[] sorted = new double[12_000];
        for (int row = 0; row < Rows; row++)
        {
            if (sex[row] == "F") sorted[women++] = income[row];
            else if (income[row] > 28) richMen++;
        }
        Assert.Equal((12_000, 6000), (women, richMen));
        Array.Sort(sorted);
        double distance = sorted.Select((v, i) =>
            Math.Abs((i + 0.5) / sorted.Length - MathNet.Numerics.Distributions.Normal.CDF(30, 5, v))).Max();
        Assert.InRange(distance, 0, Math.Sqrt(Math.Log(2 / 1e-4) / (2 * sorted.Length)));
    }

    [Fact]
    public void Constraints_hold_in_every_row()
    {
        var table = RuleSpec.Sample("""
            columns:
              low: { distribution: uniform, min: 0, max: 10 }
              high: { distribution: uniform, min: 0, max: 10 }
              price: { type: decimal, decimals: 2, distribution: uniform, min: 0, max: 100, step: 0.25 }
              a: { values: { 0: 0.5, 1: 0.5 }, type: integer }
              b: { values: { 0: 0.5, 1: 0.5 }, type: integer }
              zip: { values: [z1, z2, z3, z4, z5] }
              town: { provider: address.city }
              id: { key: sequential }
            constraints: [ "low < high", price increments 0.25, "one_hot a, b", zip determines town, unique id ]
            """, 4000);
        double[] Numbers(string name) => ((NumericColumn)table[name]).Values.ToArray();
        double[] low = Numbers("low"), high = Numbers("high"), price = Numbers("price"), a = Numbers("a"), b = Numbers("b");
        CodedColumn zip = (CodedColumn)table["zip"], town = (CodedColumn)table["town"];
        for (int row = 0; row < 4000; row++)
        {
            Assert.True(low[row] < high[row]);
            Assert.Equal(price[row], Math.Round(price[row] * 4) / 4);
            Assert.Equal(1, a[row] + b[row]);
        }
        Assert.Equal(5, Enumerable.Range(0, 4000).Select(row => (zip[row], town[row])).Distinct().Count());
        Assert.Equal(5, town.Levels.Count);
    }

    [Fact]
    public void Patterns_are_uniform_over_their_language_and_unique_by_rank()
    {
        var texts = RulesLawTests.Texts(RuleSpec.Sample("columns: { x: { pattern: \"a|b[0-2]|c[0-9]{2}\" } }",
            52_000)["x"]).ToList();
        var counts = texts.GroupBy(text => text).ToDictionary(g => g.Key!, g => (double)g.Count());
        Assert.Equal(104, counts.Count);
        DistributionTests.AssertChiSquare(counts.Values.Select(count => (count, 500.0)));
        Assert.All(counts.Keys, text => Assert.Matches("^(a|b[0-2]|c[0-9]{2})$", text));
        var all = RulesLawTests.Texts(
            RuleSpec.Sample("rows: 104\ncolumns: { x: { pattern: \"a|b[0-2]|c[0-9]{2}\", unique: true } }", 104)["x"]);
        Assert.Equal(104, all.Distinct().Count());
    }

    [Fact]
    public void Missing_values_and_anomalies_come_at_their_rates_and_places()
    {
        const int Rows = 50_000;
        var table = RuleSpec.Sample("""
            columns:
              g: { values: [x, y] }
              v: { distribution: uniform, min: 0, max: 1, missing: [ 0.1, { rate: 0.5, when: "g = 'y'" } ] }
              w: { distribution: uniform, min: 0, max: 1 }
              label: { anomalies: [ { name: spike, rate: 0.05, set: { w: { add: 10 } } },
                                    { name: flat, rate: 0.1, when: "g = 'x'", set: { w: { constant: -1 } } } ] }
            """, Rows);
        var g = (CodedColumn)table["g"];
        var label = (CodedColumn)table["label"];
        var v = (NumericColumn)table["v"];
        var w = ((NumericColumn)table["w"]).Values;
        double[,] missing = new double[2, 2];
        var labels = new Dictionary<string, double>();
        for (int row = 0; row < Rows; row++)
        {
            missing[g[row] == "x" ? 0 : 1, v.IsMissing(row) ? 1 : 0]++;
            string key = g[row] + label[row];
            labels[key] = labels.GetValueOrDefault(key) + 1;
            Assert.True(label[row] switch { "spike" => w[row] >= 10, "flat" => w[row] == -1, _ => w[row] is >= 0 and < 1 });
        }
        double x = missing[0, 0] + missing[0, 1], y = missing[1, 0] + missing[1, 1];
        DistributionTests.AssertChiSquare([(missing[0, 1], 0.1 * x), (missing[0, 0], 0.9 * x)]);
        DistributionTests.AssertChiSquare([(missing[1, 1], 0.55 * y), (missing[1, 0], 0.45 * y)]);
        Assert.Equal(["xflat", "xnormal", "xspike", "ynormal", "yspike"], labels.Keys.Order(StringComparer.Ordinal));
        DistributionTests.AssertChiSquare([(labels["xflat"], 0.1 * x),
            (labels["xspike"], 0.05 * x), (labels["xnormal"], 0.85 * x)]);
    }
}
