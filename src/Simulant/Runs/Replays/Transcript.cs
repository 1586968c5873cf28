using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Numerics.Random;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Runs.Replays;

/// <summary>A rule of differential privacy that the program broke.</summary>
internal sealed class ViolationException(string message) : Exception(message);

/// <summary>One question as it was asked and answered.</summary>
internal sealed record Asked(Spend Spend, long Sensitivity, IReadOnlyDictionary<string, long> Exact, Outcome Outcome);

/// <summary>
/// Stands in for the ledger and for the noise while a fit is audited: checks each price, gives each question noise bytes of its own so
/// that its outcome can be made a second time, and on the second of two neighbouring tables gives out the first one's outcomes.
/// </summary>
internal sealed partial class Transcript(Rho amount, int shares, ulong seed, Transcript? before) : ISpendLog, IWitness, INoiseSource
{
    private readonly List<Asked> _asked = [];
    private (Spend Spend, long Sensitivity, IReadOnlyDictionary<string, long> Exact)? _open;
    private Rho _spent;
    private int _sharesSpent;
    private RandomStream? _bytes;
    private long _drawn;
    private bool _recorded;

    public IReadOnlyList<Asked> Asked => _asked;

    public void Fill(Span<byte> bytes)
    {
        if (_open is not null && !_recorded) throw new ViolationException("noise was drawn before the spend was written down");
        if (before is not null && _open is not null) throw new ViolationException("an outcome that was known was drawn again");
        var stream = _bytes ??= new RandomStream(seed, "noise before any question");
        foreach (ref byte b in bytes) b = (byte)stream.Bits(_drawn++, 0).R0;
    }

    public void Saw(Spend spend, long sensitivity, IReadOnlyDictionary<string, long> exact)
    {
        (_open, _recorded) = ((spend, sensitivity, exact), false);
        _spent += spend.Rho;
        _sharesSpent += spend.DeltaShares;
        if (_spent > amount || _sharesSpent > shares) throw new ViolationException($"'{spend.Purpose}' spends more than there is");
        if (!Priced(spend, sensitivity)) throw new ViolationException($"'{spend.Purpose}' is priced below its noise");
    }

    public Outcome? Recorded(Spend spend)
    {
        if (before is null) return null;
        if (spend.Number >= before._asked.Count) throw new ViolationException($"'{spend.Purpose}' is asked of one neighbour only");
        var first = before._asked[spend.Number];
        if (spend != first.Spend)
            throw new ViolationException($"neighbours are asked other things: '{first.Spend.Purpose}' ({first.Spend.Question}) and "
                + $"'{spend.Purpose}' ({spend.Question})");
        var (_, sensitivity, exact) = _open!.Value;
        if (Moved(spend, first.Exact, exact) > (BigInteger)sensitivity * sensitivity)
            throw new ViolationException($"'{spend.Purpose}' moves by more than its sensitivity {sensitivity}");
        _asked.Add(new Asked(spend, sensitivity, exact, first.Outcome));
        _open = null;
        return first.Outcome;
    }

    public void Record(Spend spend)
    {
        _recorded = true;
        (_bytes, _drawn) = (StreamOf(spend), 0);
    }

    public void Keep(Spend spend, Outcome outcome)
    {
        var (asked, sensitivity, exact) = _open!.Value;
        var made = Again(asked, sensitivity, exact);
        if (!made.Numbers.SequenceEqual(outcome.Numbers) || !made.Texts.SequenceEqual(outcome.Texts))
            throw new ViolationException($"'{spend.Purpose}' gave out something else than its noise makes of the counts");
        _asked.Add(new Asked(asked, sensitivity, exact, outcome));
        _open = null;
    }

    /// <summary>Both fits are over: the second asked no less than the first.</summary>
    public void End()
    {
        if (before is not null && _asked.Count < before._asked.Count)
            throw new ViolationException($"'{before._asked[_asked.Count].Spend.Purpose}' is asked of one neighbour only");
    }

    private RandomStream StreamOf(Spend spend) => new(seed, string.Create(CultureInfo.InvariantCulture,
        $"noise of question {spend.Number}"));

    /// <summary>The price against the noise, in whole numbers: rho at least s^2 / (2 v), or e^2 / 8.</summary>
    private static bool Priced(Spend spend, long sensitivity)
    {
        BigInteger units = spend.Rho.Units;
        if (EpsilonOf(spend) is { } e)
            return 8 * units * BigInteger.Pow(2, 2 * ChoiceEpsilon.Bits) >= (BigInteger)e * e * BigInteger.Pow(2, Rho.Bits);
        var (numerator, shift) = VarianceOf(spend);
        return 2 * units * numerator >= (BigInteger)sensitivity * sensitivity * BigInteger.Pow(2, Rho.Bits + shift);
    }

    /// <summary>The square of how far the exact answers lie apart: the greatest for choices, Euclid's for counts.</summary>
    private static BigInteger Moved(Spend spend, IReadOnlyDictionary<string, long> a, IReadOnlyDictionary<string, long> b)
    {
        BigInteger sum = 0, most = 0;
        foreach (string key in a.Keys.Union(b.Keys))
        {
            BigInteger d = a.GetValueOrDefault(key) - b.GetValueOrDefault(key);
            sum += d * d;
            most = BigInteger.Max(most, d * d);
        }
        return spend.Mechanism == "choice" ? most : sum;
    }

    /// <summary>What the question's noise bytes make of the exact answers under the noise that was declared.</summary>
    private Outcome Again(Spend spend, long sensitivity, IReadOnlyDictionary<string, long> exact)
    {
        var sampler = new ExactSampler(new Bytes(StreamOf(spend)));
        if (EpsilonOf(spend) is { } epsilon)
            return new Outcome([sampler.Choose([.. exact.Values], sensitivity, new ChoiceEpsilon(epsilon))], []);
        var (numerator, shift) = VarianceOf(spend);
        var noisy = exact.Select(e => (e.Key, Count: e.Value + sampler.Gaussian(Variance.Of(numerator, shift)))).ToList();
        if (spend.Mechanism != "vocabulary") return new Outcome([.. noisy.Select(n => n.Count)], []);
        long threshold = long.Parse(ThresholdPattern().Match(spend.Question).Groups[1].Value, CultureInfo.InvariantCulture);
        if (threshold < sensitivity + 3 * Math.Sqrt(Math.ScaleB(numerator, -shift)))
            throw new ViolationException($"'{spend.Purpose}' shows texts that a single unit may have");
        var kept = noisy.Where(n => n.Count > threshold).ToList();
        return new Outcome([.. kept.Select(n => n.Count)], [.. kept.Select(n => n.Key)]);
    }

    private static (ulong Numerator, int Shift) VarianceOf(Spend spend)
    {
        var match = VariancePattern().Match(spend.Question);
        if (!match.Success) throw new ViolationException($"'{spend.Purpose}' does not say its noise");
        return (ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value,
            CultureInfo.InvariantCulture));
    }

    private static ulong? EpsilonOf(Spend spend) => EpsilonPattern().Match(spend.Question) is { Success: true } match
        ? ulong.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    private sealed class Bytes(RandomStream stream) : INoiseSource
    {
        private long _drawn;

        public void Fill(Span<byte> bytes)
        {
            foreach (ref byte b in bytes) b = (byte)stream.Bits(_drawn++, 0).R0;
        }
    }

    [GeneratedRegex(@"variance (\d+)/2\^(\d+)")]
    private static partial Regex VariancePattern();

    [GeneratedRegex(@"epsilon (\d+)/2\^")]
    private static partial Regex EpsilonPattern();

    [GeneratedRegex(@"texts above (-?\d+)")]
    private static partial Regex ThresholdPattern();
}
