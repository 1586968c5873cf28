using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Attacks;
using Simulant.Validation.Statistics;
using Xunit;

namespace Simulant.Tests.Validation.Attacks;

/// <summary>The statistics under the attacks.</summary>
public class ExchangeTests
{
    /// <summary>All labellings of a few rows, each as likely as any.</summary>
    private static IEnumerable<bool[]> Labellings(int rows, int members) => Enumerable.Range(0, 1 << rows)
        .Where(bits => System.Numerics.BitOperations.PopCount((uint)bits) == members)
        .Select(bits => Enumerable.Range(0, rows).Select(i => (bits >> i & 1) == 1).ToArray());

    /// <summary>How likely labels are whose odds are e^leak times those of random labels, each time a row is drawn.</summary>
    private static double Probability(bool[] labels, int members, double leak)
    {
        double others = labels.Length - members, left = members, p = 1;
        foreach (bool member in labels)
        {
            double odds = Math.Exp(leak) * left;
            p *= (member ? odds : others) / (odds + others);
            if (member) left--;
            else others--;
        }
        return p;
    }

    [Theory, InlineData(10, 4, 0), InlineData(12, 9, 0), InlineData(11, 2, 0.7), InlineData(10, 5, 2)]
    public void A_bettor_wins_nothing_on_average_where_the_odds_are_fair(int rows, int members, double leak)
    {
        double[] wealth = new double[rows];
        foreach (bool[] labels in Labellings(rows, members))
        {
            var bettor = new Bettor(leak);
            double likely = Probability(labels, members, leak);
            for (int at = 0, seen = 0; at < rows; at++)
            {
                bettor.Bet(members - seen, rows - at - (members - seen), labels[at]);
                if (labels[at]) seen++;
                wealth[at] += likely * bettor.Wealth;
                Assert.True(bettor.Most >= bettor.Wealth);
            }
        }
        Assert.All(wealth, w => Assert.Equal(1, w, 1e-9));
    }

    /// <summary>The rows of a ranking at e^leak times the odds of random labels: the worst that such a leak can look.</summary>
    [Theory, InlineData(0.0), InlineData(0.1), InlineData(1.0)]
    public void The_size_of_a_leak_is_overstated_once_in_twenty_at_most(double leak)
    {
        var random = new RandomStream(3, "leaks");
        const int Trials = 400, Members = 400, Others = 200;
        int over = 0;
        double sum = 0;
        for (int t = 0; t < Trials; t++)
        {
            int members = Members, others = Others;
            bool[] ranked = new bool[Members + Others];
            for (int i = 0; i < ranked.Length; i++)
            {
                double odds = Math.Exp(leak) * members;
                if (ranked[i] = random.Uniform(t, i) * (odds + others) < odds) members--;
                else others--;
            }
            double[] scores = [.. ranked.Select((_, i) => -(double)i)];
            double bound = LeakSize.Bound(ranked, RankedScores.Auc(scores, ranked), 0.05);
            if (bound > leak) over++;
            sum += bound;
        }
        Assert.InRange(over, 0, 0.05 * Trials);
        if (leak == 1) Assert.InRange(sum / Trials, 0.4, 1);
    }

    [Theory, InlineData(30, 20), InlineData(400, 200)]
    public void A_perfect_attack_shows_nearly_what_its_likelihood_allows(int members, int others)
    {
        // All members first have probability Prod m e^epsilon / (m e^epsilon + others): no test at that level excludes what gives it that.
        double Likely(double epsilon) => Enumerable.Range(1, members).Sum(m => -Math.Log(1 + others * Math.Exp(-epsilon) / m));
        double bound = LeakSize.Most(members, others, 0.04);
        Assert.True(Likely(bound) < Math.Log(0.03)); // three quarters of it are the bettor's
        Assert.True(Likely(bound + 0.3) > Math.Log(0.03));
    }

    [Theory, InlineData(14, 7, false), InlineData(14, 9, true)]
    public void Under_random_labels_a_small_p_is_as_rare_as_it_says(int rows, int members, bool ties)
    {
        var test = new ExchangeTest(rows, members, RunContext.Quiet(1, 2));
        double[] scores = [.. Enumerable.Range(0, rows).Select(i => ties ? Math.Floor(i / 3.0) : i * i)];
        double[] p = [.. Labellings(rows, members).Select(l => test.Test(new ScoredRows(scores, l)).P)];
        foreach (double level in (double[])[0.01, 0.05, 0.2])
            Assert.InRange(p.Count(v => v <= level) / (double)p.Length, 0, level * 1.1); // the law is drawn 4,999 times
        Assert.True(p.Min() < 0.02);
    }

    [Fact]
    public void Few_rows_above_all_others_are_found_from_the_stated_number_on()
    {
        var test = new ExchangeTest(3_000, 2_000, RunContext.Quiet(1, 2));
        int least = test.LeastRows(0.01);
        Assert.InRange(least, 12, 30);
        double P(int leaked)
        {
            // The others alternate, two training rows to a held-out one.
            bool[] members = [.. Enumerable.Range(0, 3_000).Select(i => i < leaked || i % 3 != 0)];
            int spare = members.Count(m => m) - 2_000;
            for (int i = 2_999; spare > 0; i--)
                if (members[i])
                {
                    members[i] = false;
                    spare--;
                }
            var (p, _, top, _) = test.Test(new ScoredRows([.. Enumerable.Range(0, 3_000).Select(i => -(double)i)], members));
            Assert.True(top.Hits <= top.Trials);
            return p;
        }
        Assert.InRange(P(least), 0, 0.01);
        Assert.InRange(P(least / 2), 0.01, 1);
    }

    [Theory, InlineData(0, 100), InlineData(3, 50), InlineData(50, 50), InlineData(400, 1000)]
    public void Clopper_Pearson_bounds_solve_their_equations(int successes, int trials)
    {
        double AtLeast(double p) => Enumerable.Range(successes, trials - successes + 1).Sum(k => Binomial(k, trials, p));
        double AtMost(double p) => Enumerable.Range(0, successes + 1).Sum(k => Binomial(k, trials, p));
        double low = ClopperPearson.Low(successes, trials, 0.025), high = ClopperPearson.High(successes, trials, 0.025);
        if (successes == 0) Assert.Equal(0, low);
        else Assert.Equal(0.025, AtLeast(low), 1e-8);
        if (successes == trials) Assert.Equal(1, high);
        else Assert.Equal(0.025, AtMost(high), 1e-8);
    }

    private static double Binomial(int k, int n, double p)
    {
        double log = k * Math.Log(p) + (n - k) * Math.Log(1 - p);
        for (int i = 1; i <= k; i++) log += Math.Log((n - k + i) / (double)i);
        return Math.Exp(log);
    }

    /// <summary>Known: a perfect attack of 100, 1,000 and 10,000 trials a side shows 3.3, 5.6 and 7.9 at most.</summary>
    [Theory, InlineData(100, 3.3), InlineData(1_000, 5.6), InlineData(10_000, 7.9)]
    public void A_perfect_attack_shows_what_its_trials_allow(int trials, double epsilon)
    {
        Assert.Equal(epsilon, EffectiveEpsilon.Of(new Share(trials, trials), new Share(0, trials), 0.05), 0.06);
        Assert.InRange(LeakSize.Most(trials, trials, 0.05), epsilon, epsilon + 2.5);
    }

    [Fact]
    public void An_attack_that_knows_nothing_shows_no_epsilon() =>
        Assert.Equal(0, EffectiveEpsilon.Of(new Share(50, 100), new Share(50, 100), 0.05));

    [Fact]
    public void One_percent_is_chosen_on_the_other_half()
    {
        // Choosing held-out rows score 0..199, so that 198 and 199 may be called, and nothing up to 197.
        var scores = new List<double>();
        var members = new List<bool>();
        var chooses = new List<bool>();
        void Add(int count, Func<int, double> score, bool member, bool chooser)
        {
            for (int i = 0; i < count; i++) scores.Add(score(i));
            members.AddRange(Enumerable.Repeat(member, count));
            chooses.AddRange(Enumerable.Repeat(chooser, count));
        }
        Add(200, i => i, false, true);
        Add(100, i => i < 4 ? 198 : 197, false, false);
        Add(100, i => i < 30 ? 250 : 0, true, false);
        Add(50, _ => 1_000, true, true);
        var (main, others) = EffectiveEpsilon.AtOnePercent(new ScoredRows([.. scores], [.. members]), [.. chooses]);
        Assert.Equal((new Share(30, 100), new Share(4, 100)), (main, others));
    }

    [Fact]
    public void Weighted_Holm_is_Holm_where_weights_are_equal_and_spends_by_weight_where_not()
    {
        double[] p = [0.01, 0.04, 0.03, 0.5];
        double[] equal = WeightedHolm.Adjust(p, [1, 1, 1, 1]);
        double[] expected = [0.04, 0.09, 0.09, 0.5];
        for (int i = 0; i < p.Length; i++) Assert.Equal(expected[i], equal[i], 1e-12);
        double[] weighted = WeightedHolm.Adjust([0.012, 0.012], [3, 1]);
        Assert.Equal(0.016, weighted[0], 1e-12);
        Assert.Equal(0.016, weighted[1], 1e-12); // .012 alone, and no less than the one before
    }

    [Fact]
    public void The_risk_is_what_the_control_leaves_over()
    {
        var attack = new AttackResult("a", new Share(60, 100), new Share(20, 100), 0.1, 0.01) { Success = "s" };
        Assert.Equal(0.5, attack.Risk, 1e-12);
        Assert.InRange(attack.RiskInterval.Low, 0.25, 0.5);
        Assert.InRange(attack.RiskInterval.High, 0.5, 0.7);
        Assert.True(attack.BeatsBaseline);
        Assert.False((attack with { Baseline = 0.55 }).BeatsBaseline);
    }
}
