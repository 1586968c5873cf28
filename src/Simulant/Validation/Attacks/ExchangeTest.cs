using MathNet.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>Scores of rows of which some were training rows; higher means more likely one.</summary>
internal sealed record ScoredRows(double[] Scores, bool[] Members)
{
    public int Count => Scores.Length;
}

/// <summary>What the test says of one attack.</summary>
/// <param name="P">The smaller of the two p-values, corrected for being two.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Top">Training rows among the most suspicious rows, as many as are most telling.</param>
/// <param name="Ranked">Whether each row was a training row, most suspicious first.</param>
internal sealed record Tested(double P, double Auc, Share Top, bool[] Ranked);

/// <summary>
/// Tests that training rows are scored no higher than held-out ones. Where the synthetic data tells nothing of which rows were
/// training rows, the labels are exchangeable, whatever the scores and however they depend on each other. Two statistics: the rank
/// sum (Mann and Whitney 1947), for a little of every row; and the most that a <see cref="Bettor"/> ever has who goes down the
/// ranking, for much of few rows, against its own law under random labels.
/// </summary>
internal sealed class ExchangeTest
{
    private const int Draws = 4_999, MostBets = 4_096;

    /// <summary>Of the probability of a false alarm, that of the bets; the rest is the rank sum's.</summary>
    public const double TopShare = 0.75;

    private readonly int _rows, _members, _bets;
    private readonly double[] _null; // the most under random labels, ascending
    private readonly RandomStream _ties;

    public ExchangeTest(int rows, int members, RunContext run)
    {
        (_rows, _members, _bets) = (rows, members, Math.Min(MostBets, (rows + 1) / 2));
        _ties = new RandomStream(run.Seed, "audit/ties");
        var random = new RandomStream(run.Seed, "audit/labels");
        _null = new double[Draws];
        const int Chunk = 100;
        Work.For((Draws + Chunk - 1) / Chunk, run, chunk =>
        {
            for (int draw = chunk * Chunk; draw < Math.Min(Draws, (chunk + 1) * Chunk); draw++) _null[draw] = Drawn(random, draw);
        });
        Array.Sort(_null);
    }

    /// <summary>The most in one random labelling: members are drawn row by row, without replacement.</summary>
    private double Drawn(RandomStream random, int draw)
    {
        var bettor = new Bettor(0);
        uint left = (uint)_rows, members = (uint)_members;
        for (int at = 0; at < _bets; at += 4)
        {
            var (a, b, c, d) = random.Bits(draw, at / 4);
            for (int lane = 0; lane < 4 && at + lane < _bets; lane++, left--)
            {
                uint bits = lane switch { 0 => a, 1 => b, 2 => c, _ => d };
                bool member = (uint)(((ulong)bits * left) >> 32) < members;
                bettor.Bet(members, left - members, member);
                if (member) members--;
            }
        }
        return bettor.Most;
    }

    /// <summary>P-value of the most that a bettor ever had.</summary>
    private double OfMost(double most)
    {
        double least = most * (1 - 1e-9); // products of the same factors in another order are equal
        int low = 0, high = _null.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_null[middle] < least) low = middle + 1;
            else high = middle;
        }
        return (1.0 + _null.Length - low) / (Draws + 1);
    }

    public Tested Test(ScoredRows rows)
    {
        if (rows.Count != _rows || rows.Members.Count(m => m) != _members) throw new ArgumentException("other rows", nameof(rows));
        int[] order = [.. Enumerable.Range(0, _rows)];
        ulong[] ties = new ulong[_rows];
        for (int i = 0; i < _rows; i++) ties[i] = _ties.Bits(i, 0) is var (a, b, _, _) ? (ulong)a << 32 | b : 0;
        Array.Sort(order, (i, j) => rows.Scores[j].CompareTo(rows.Scores[i]) is not 0 and int by ? by : ties[i].CompareTo(ties[j]));
        bool[] ranked = Array.ConvertAll(order, i => rows.Members[i]);
        var bettor = new Bettor(0);
        var best = new Share(0, 0);
        for (int at = 0, seen = 0; at < _bets; at++)
        {
            bool richer = bettor.Bet(_members - seen, _rows - at - (_members - seen), ranked[at]);
            if (ranked[at]) seen++;
            if (richer) best = new Share(seen, at + 1);
        }
        var (auc, deviation) = RankSum(rows, order);
        double bulk = deviation > 0 ? Normal.Above((auc - 0.5) / deviation) : 1;
        double p = Math.Min(1, Math.Min(OfMost(bettor.Most) / TopShare, bulk / (1 - TopShare)));
        return new Tested(p, auc, best, ranked);
    }

    /// <summary>The area under the ROC curve, and its standard deviation under exchangeable labels, ties counted.</summary>
    private (double Auc, double Deviation) RankSum(ScoredRows rows, int[] order)
    {
        double ties = 0, n = _rows, members = _members, others = n - members;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end < order.Length && rows.Scores[order[end]] == rows.Scores[order[start]]) end++;
            double t = end - start;
            ties += t * t * t - t;
            start = end;
        }
        return (RankedScores.Auc(rows.Scores, rows.Members),
            Math.Sqrt((n + 1 - ties / (n * (n - 1))) / (12 * members * others)));
    }

    /// <summary>The least number of training rows that, scored above all others, give a p-value of at most so much.</summary>
    public int LeastRows(double p)
    {
        var bettor = new Bettor(0);
        for (int at = 0; at < Math.Min(_bets, _members); at++)
        {
            bettor.Bet(_members - at, _rows - _members, true);
            if (OfMost(bettor.Most) / TopShare <= p) return at + 1;
        }
        return _rows;
    }
}

/// <summary>Adjusts p-values for their number.</summary>
internal static class WeightedHolm
{
    /// <summary>
    /// Holm's step-down adjustment (1979), weighted: a test of twice the weight may raise a false alarm twice as
    /// often, and all together no oftener than once in 1/alpha.
    /// </summary>
    public static double[] Adjust(double[] p, double[] weights)
    {
        int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i] / weights[i]).ThenBy(i => i)];
        double[] adjusted = new double[p.Length];
        double most = 0, left = weights.Sum();
        foreach (int i in order)
        {
            most = Math.Max(most, Math.Min(1, p[i] * left / weights[i]));
            adjusted[i] = most;
            left -= weights[i];
        }
        return adjusted;
    }
}

/// <summary>The normal law.</summary>
internal static class Normal
{
    public static double Above(double z) => SpecialFunctions.Erfc(z / Math.Sqrt(2)) / 2;
}
