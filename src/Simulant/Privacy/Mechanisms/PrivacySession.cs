using System.Globalization;
using System.Runtime.InteropServices;
using Simulant.Data;

namespace Simulant.Privacy.Mechanisms;

/// <summary>
/// The only way to learn anything of protected rows. Every question has a price, which is written down before the answer is made
/// and refused once the session's amount is spent (a privacy filter of zCDP: Feldman and Zrnic 2021); noise comes from the
/// operating system alone. Between rows and noise there are whole numbers only.
/// </summary>
public sealed class PrivacySession
{
    private readonly ISpendLog _log;
    private readonly ExactSampler _sampler;
    private readonly VocabularyRule? _vocabulary;
    private readonly IWitness? _witness;
    private readonly List<Spend> _spends = [];
    private int _sharesLeft;

    /// <param name="amount">What may be spent in all.</param>
    /// <param name="vocabulary">For columns whose levels are discovered; null where there is none.</param>
    public PrivacySession(Rho amount, ISpendLog log, VocabularyRule? vocabulary = null)
        : this(amount, log, vocabulary, new SystemNoise(), null) { }

    internal PrivacySession(Rho amount, ISpendLog log, VocabularyRule? vocabulary, INoiseSource noise, IWitness? witness)
    {
        (Remaining, _log, _vocabulary, _witness) = (amount, log, vocabulary, witness);
        Noise = noise;
        _sampler = new ExactSampler(noise);
        _sharesLeft = vocabulary?.Shares ?? 0;
    }

    public Rho Remaining { get; private set; }

    /// <summary>What was spent, in order.</summary>
    public IReadOnlyList<Spend> Spends => _spends;

    /// <summary>The number of rows as the paid counts tell it; null before anybody has estimated it.</summary>
    public long? RowsTold { get; set; }

    internal INoiseSource Noise { get; }

    /// <summary>At most so many rows of each owner, chosen at random; no row's place depends on another owner's rows.</summary>
    /// <param name="owners">Of each row; a row without an owner stands for itself.</param>
    public int[] Bounded(IReadOnlyList<string?> owners, int bound) => Contributions.Keep(owners, bound, Noise);

    /// <summary>Counts of the columns' joint table with discrete Gaussian noise on every cell.</summary>
    public NoisyCounts Measure(string purpose, ProtectedRows rows, IReadOnlyList<int> columns, Rho amount)
    {
        string question = $"columns {string.Join(' ', columns)} of sizes {string.Join(' ', columns.Select(c => rows.Sizes[c]))}";
        return Measure(purpose, question, rows.Bound, amount, () => rows.Count(columns));
    }

    /// <summary>Counts of a column's values in each stretch, with noise.</summary>
    public NoisyCounts Measure(string purpose, ProtectedNumbers numbers, IReadOnlyList<Stretch> cells, Rho amount)
    {
        string question = $"{cells.Count} stretches {Questions.Of(MemoryMarshal.AsBytes<Stretch>(cells.ToArray()))}";
        return Measure(purpose, question, numbers.Bound, amount, () => numbers.Count(cells));
    }

    private NoisyCounts Measure(string purpose, string question, int bound, Rho amount, Func<long[]> count)
    {
        var variance = Variance.For(amount, bound);
        var outcome = Run("gaussian", purpose, $"{question}, {Questions.Of(variance)}", Rho.OfGaussian(bound, variance), 0, bound,
            () => Numbered(count()),
            exact => new Outcome([.. exact.Values.Select(n => n + _sampler.Gaussian(variance))], []));
        return new NoisyCounts(outcome.Numbers, variance);
    }

    /// <summary>A candidate, the likelier the greater its score (the exponential mechanism).</summary>
    public int Choose(string purpose, ProtectedRows rows, IReadOnlyList<Candidate> candidates, Rho amount)
    {
        var epsilon = ChoiceEpsilon.For(amount);
        long sensitivity = checked(rows.Bound * Candidate.Scale * candidates.Max(c => c.Weight));
        string question = $"{candidates.Count} candidates {Digest(candidates)}, epsilon {epsilon.Numerator}/2^{ChoiceEpsilon.Bits}, "
            + $"sensitivity {sensitivity}";
        var outcome = Run("choice", purpose, question, Rho.OfChoice(epsilon), 0, sensitivity,
            () => Numbered([.. candidates.Select(c => c.Score(rows))]),
            exact => new Outcome([_sampler.Choose([.. exact.Values], sensitivity, epsilon)], []));
        return (int)outcome.Numbers[0];
    }

    /// <summary>The texts of a column that enough rows have, in ordinal order, with noisy counts; rarer ones stay unknown. A text of
    /// one unit alone comes out with at most the probability of one share of delta (Korolova and others 2009).</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Discover(string purpose, ProtectedTexts texts, Rho amount)
    {
        if (_vocabulary is null || _sharesLeft == 0)
            throw new PrivacyBudgetException("no share of delta is left to discover a vocabulary with");
        var variance = Variance.For(amount, texts.Bound);
        long threshold = _vocabulary.ThresholdOf(variance, texts.Bound);
        _sharesLeft--;
        var outcome = Run("vocabulary", purpose, $"texts above {threshold}, {Questions.Of(variance)}",
            Rho.OfGaussian(texts.Bound, variance), 1, texts.Bound,
            () => new SortedDictionary<string, long>(texts.Count().ToDictionary(t => t.Text, t => t.Count), StringComparer.Ordinal),
            exact =>
            {
                var kept = exact.Select(t => (t.Key, Count: t.Value + _sampler.Gaussian(variance)))
                    .Where(t => t.Count > threshold).ToList();
                return new Outcome([.. kept.Select(t => t.Count)], [.. kept.Select(t => t.Key)]);
            });
        return [.. outcome.Texts.Zip(outcome.Numbers, KeyValuePair.Create)];
    }

    private Outcome Run(string mechanism, string purpose, string question, Rho cost, int deltaShares, long sensitivity,
        Func<IReadOnlyDictionary<string, long>> answer, Func<IReadOnlyDictionary<string, long>, Outcome> noised)
    {
        var spend = new Spend(_spends.Count, mechanism, purpose, question, cost, deltaShares);
        if (cost > Remaining)
            throw new PrivacyBudgetException($"'{purpose}' costs {cost.Units} units, and {Remaining.Units} are left of this run's");
        Remaining -= cost;
        _spends.Add(spend);
        IReadOnlyDictionary<string, long>? exact = null;
        if (_witness is not null) _witness.Saw(spend, sensitivity, exact = answer());
        if (_log.Recorded(spend) is { } known) return known;
        _log.Record(spend);
        var outcome = noised(exact ?? answer());
        _log.Keep(spend, outcome);
        return outcome;
    }

    /// <summary>Answers by their place, in order.</summary>
    private static SortedDictionary<string, long> Numbered(long[] numbers)
    {
        var named = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int k = 0; k < numbers.Length; k++) named.Add(k.ToString("D9", CultureInfo.InvariantCulture), numbers[k]);
        return named;
    }

    private static string Digest(IReadOnlyList<Candidate> candidates)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var candidate in candidates)
        {
            foreach (int column in candidate.Columns) writer.Write(column);
            foreach (long cell in candidate.Estimate) writer.Write(cell);
            writer.Write(candidate.Weight);
            writer.Write(candidate.Penalty);
        }
        return Questions.Of(bytes.ToArray());
    }
}

/// <summary>Counts with noise on each, safe to show.</summary>
public sealed record NoisyCounts(long[] Counts, Variance Variance);

/// <summary>How often a text must occur to come out.</summary>
/// <param name="Shares">Columns that may be discovered; delta was divided by them.</param>
/// <param name="ThresholdOf">For noise of this variance and so many rows of one unit.</param>
public sealed record VocabularyRule(int Shares, Func<Variance, int, long> ThresholdOf);
