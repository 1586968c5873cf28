using Simulant.Data;
using Simulant.Privacy.Accounting;
using Simulant.Privacy.Mechanisms;
using Xunit;

namespace Simulant.Tests.Privacy.Mechanisms;

public class PrivacySessionTests
{
    private static readonly Rho Amount = new(1L << 48); // rho 1/4

    /// <summary>Two columns of 3 and 2 codes; the joint counts are 4 0, 1 3, 0 2.</summary>
    private static ProtectedRows Rows(int bound = 1) => new([[0, 0, 0, 0, 1, 1, 1, 1, 2, 2], [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]], [3, 2], 10,
        bound);

    private static PrivacySession Session(Rho amount, MemoryLog? log = null, ulong seed = 1, VocabularyRule? rule = null,
        IWitness? witness = null) =>
        new(amount, log ?? new MemoryLog(), rule, new SeededNoise(seed), witness);

    [Fact]
    public void A_measurement_is_the_counts_with_the_noise_of_its_price_on_every_cell()
    {
        var session = Session(Amount);
        var measured = session.Measure("both", Rows(), [0, 1], Amount);
        var sampler = new ExactSampler(new SeededNoise(1));
        long[] counts = [4, 0, 1, 3, 0, 2];
        long[] expected = [.. counts.Select(n => n + sampler.Gaussian(measured.Variance))];
        Assert.Equal(expected, measured.Counts);
        Assert.Equal(2.0, Math.ScaleB(measured.Variance.Numerator, -measured.Variance.Shift), 1e-6); // 1 / (2 * 1/4)
        Assert.Equal(0, session.Remaining.Units);
        double mean = Enumerable.Range(0, 400).Average(k => Session(Amount, seed: (ulong)k).Measure("n", Rows(), [],
            Amount).Counts.Single());
        Assert.InRange(mean, 9.6, 10.4); // of no columns there is one cell, that of all rows
    }

    [Fact]
    public void Owners_of_many_rows_cost_the_square_of_their_bound()
    {
        var one = Session(Amount).Measure("a", Rows(), [0], Amount).Variance;
        var three = Session(Amount).Measure("a", Rows(3), [0], Amount).Variance;
        Assert.Equal(9.0, three.Numerator * Math.ScaleB(1, one.Shift - three.Shift) / one.Numerator, 1e-5);
    }

    [Fact]
    public void What_is_spent_is_written_first_and_no_more_than_there_is()
    {
        var log = new MemoryLog();
        var session = Session(Amount, log);
        session.Measure("a", Rows(), [0], Amount.Part(1, 2));
        session.Choose("which", Rows(), [new Candidate([0], [0, 0, 0], 1, 0), new Candidate([1], [0, 0], 1, 0)], Amount.Part(1, 4));
        Assert.Equal(["record 0", "keep 0", "record 1", "keep 1"], log.Events);
        Assert.Equal(Amount, session.Spends.Aggregate(session.Remaining, (sum, s) => sum + s.Rho));
        var refused = Assert.Throws<PrivacyBudgetException>(() => session.Measure("b", Rows(), [1], Amount.Part(1, 3)));
        Assert.Contains("'b' costs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4, log.Events.Count);
        Assert.Equal(2, session.Spends.Count);
    }

    [Fact]
    public void An_outcome_that_is_known_is_given_again_without_noise_or_record()
    {
        var log = new MemoryLog();
        var first = Session(Amount, log).Measure("a", Rows(), [0], Amount);
        log.Events.Clear();
        var again = new PrivacySession(Amount, log, null, new Forbidden(), null).Measure("a", Rows(), [0], Amount);
        Assert.Equal(first.Counts, again.Counts);
        Assert.Empty(log.Events);
    }

    [Fact]
    public void The_candidate_that_lies_farthest_off_is_the_likeliest()
    {
        var rows = Rows();
        Candidate[] candidates = [new([0], [4 * 64, 4 * 64, 2 * 64], 1, 0), new([1], [0, 10 * 64], 1, 0), new([0], [4 * 64, 3 * 64,
            3 * 64], 1, 0)];
        Assert.Equal([0, 10 * 64, 2 * 64], candidates.Select(c => c.Score(rows)));
        int[] chosen = new int[3];
        for (int k = 0; k < 300; k++)
            chosen[new PrivacySession(Amount, new MemoryLog(), null, new SeededNoise((ulong)k), null).Choose("c", rows, candidates,
                Amount)]++;
        double e = Math.Exp(Math.Sqrt(8 * 0.25) / 2 * 10), f = Math.Exp(Math.Sqrt(8 * 0.25) / 2 * 2);
        Assert.InRange(chosen[1], 300 * (e / (e + f + 1) - 0.08), 300);
    }

    [Fact]
    public void Rare_texts_stay_unknown_and_shares_of_delta_run_out()
    {
        string[] texts = ["common", "rare", "never"];
        var protectedTexts = new ProtectedTexts([.. Enumerable.Repeat(0, 500), 1, -1], texts, 1);
        var plan = new PrivacyPlan(1, 1e-6, "row", 1, 1);
        for (int k = 0; k < 200; k++)
        {
            var session = Session(Amount, seed: (ulong)k, rule: plan.Rule);
            var found = session.Discover("levels", protectedTexts, Amount.Part(1, 2));
            Assert.Equal("common", Assert.Single(found).Key);
            Assert.InRange(found[0].Value, 450, 550);
            Assert.Throws<PrivacyBudgetException>(() => session.Discover("levels", protectedTexts, Amount.Part(1, 4)));
        }
        Assert.Throws<PrivacyBudgetException>(() => Session(Amount).Discover("levels", protectedTexts, Amount));
    }

    [Fact]
    public void A_text_of_one_unit_passes_the_threshold_with_less_than_its_share_of_delta()
    {
        foreach (int bound in new[] { 1, 5 })
        {
            var variance = Variance.For(Amount, bound);
            double sigma2 = Math.ScaleB(variance.Numerator, -variance.Shift), delta = 1e-6;
            long threshold = PrivacyPlan.Threshold(variance, bound, delta);
            // Exact tail of the discrete Gaussian, summed.
            double Weight(long x) => Math.Exp(-(double)x * x / (2 * sigma2));
            double all = Enumerable.Range(-2000, 4001).Sum(x => Weight(x));
            double tail = Enumerable.Range(0, 2000).Sum(x => Weight(threshold - bound + 1 + x)) / all;
            Assert.True(bound * tail <= delta, $"{bound * tail}");
            Assert.True(bound * tail > delta / 1e7, "the threshold should not be far off");
        }
    }

    [Fact]
    public void Each_owner_keeps_so_many_rows_whatever_others_have()
    {
        string?[] owners = ["a", "a", "a", null, "b", null, "a", "b", "c"];
        for (ulong seed = 0; seed < 50; seed++)
        {
            int[] kept = Contributions.Keep(owners, 2, new SeededNoise(seed));
            Assert.Equal([2, 2, 1], new[] { "a", "b", "c" }.Select(o => kept.Count(r => owners[r] == o)));
            Assert.Contains(3, kept);
            Assert.Contains(5, kept);
            Assert.Equal(kept.Order(), kept);
        }
        int first = Enumerable.Range(0, 2000).Count(s => Contributions.Keep(owners, 2, new SeededNoise((ulong)s)).Contains(0));
        Assert.InRange(first, 900, 1100); // 2 of 4
    }

    [Fact]
    public void A_witness_sees_the_exact_answers_and_the_sensitivity()
    {
        var witness = new Seen();
        var session = Session(Amount, witness: witness);
        session.Measure("a", Rows(2), [0], Amount.Part(1, 2));
        session.Choose("c", Rows(2), [new Candidate([1], [0, 0], 3, 0)], Amount.Part(1, 2));
        Assert.Equal([(2, "4 4 2"), (2 * 64 * 3, $"{10 * 64 * 3}")], witness.Calls);
    }

    private sealed class Seen : IWitness
    {
        public List<(long Sensitivity, string Exact)> Calls { get; } = [];

        public void Saw(Spend spend, long sensitivity, IReadOnlyDictionary<string, long> exact) =>
            Calls.Add((sensitivity, string.Join(' ', exact.Values)));
    }

    private sealed class Forbidden : INoiseSource
    {
        public void Fill(Span<byte> bytes) => throw new InvalidOperationException("no noise may be drawn here");
    }
}
