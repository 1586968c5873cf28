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

/// <summary>
/// Tests that training rows are scored no higher than held-out ones. Where the synthetic data tells nothing of which rows were
/// training rows, the labels are exchangeable, whatever the scores and however they depend on each other. Two statistics: the rank
/// sum (Mann and Whitney 1947), for a little of every row; and the least hypergeometric tail over numbers k of training rows among the k
/// highest scores, from 5 up to half of all, for much of few rows, against its own law under random labels.
/// </summary>
internal sealed class ExchangeTest
{
    private const int Draws = 4_999, First = 5;

    /// <summary>Of the probability of a false alarm, that of the least tail; the rest is the rank sum's.</summary>
    public const double TopShare = 0.75;

    private readonly int _rows, _members;
    private readonly int[] _tops;
    private readonly double[][] _tails; // by top, by number of members in it
    private readonly double[] _null; // least tails under random labels, ascending
    private readonly RandomStream _ties;

    public ExchangeTest(int rows, int members, RunContext run)
    {
        (_rows, _members) = (rows, members);
        var tops = new List<int>();
        for (double k = Math.Min(First, rows); k <= Math.Max(First, rows / 2) && k <= rows; k = Math.Max(k + 1, Math.Floor(k * 1.2)))
            tops.Add((int)k);
        _tops = [.. tops];
        _tails = [.. _tops.Select(k => Tail(rows, members, k))];
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

    /// <summary>P(at least x members among the k highest of all) for x from 0 to k.</summary>
    internal static double[] Tail(int rows, int members, int k)
    {
        double LogChoose(int n, int m) => SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(m)
            - SpecialFunctions.FactorialLn(n - m);
        double[] tail = new double[k + 1];
        double sum = 0, all = LogChoose(rows, k);
        for (int x = k; x >= 0; x--)
        {
            if (x <= members && k - x <= rows - members)
                sum += Math.Exp(LogChoose(members, x) + LogChoose(rows - members, k - x) - all);
            tail[x] = Math.Min(1, sum);
        }
        return tail;
    }

    /// <summary>The least tail of one random labelling: members are drawn row by row, without replacement.</summary>
    private double Drawn(RandomStream random, int draw)
    {
        double least = 1;
        uint left = (uint)_rows, members = (uint)_members;
        int seen = 0, top = 0;
        for (int at = 0; top < _tops.Length; at += 4)
        {
            var (a, b, c, d) = random.Bits(draw, at / 4);
            for (int lane = 0; lane < 4 && top < _tops.Length; lane++)
            {
                uint bits = lane switch { 0 => a, 1 => b, 2 => c, _ => d };
                if ((uint)(((ulong)bits * left) >> 32) < members)
                {
                    seen++;
                    members--;
                }
                left--;
                if (at + lane + 1 == _tops[top]) least = Math.Min(least, _tails[top++][seen]);
            }
        }
        return least;
    }

    /// <summary>P-value of the least tail.</summary>
    private double OfLeast(double tail)
    {
        // Equal tails are sums in another order of the same terms at most.
        int at = Array.BinarySearch(_null, tail * (1 + 1e-9));
        return (1.0 + (at < 0 ? ~at : at + 1)) / (Draws + 1);
    }

    /// <returns>The smaller of the two p-values, corrected for being two; the area under the ROC curve; training rows among the telling
    /// top.</returns>
    public (double P, double Auc, Share Top) Test(ScoredRows rows)
    {
        if (rows.Count != _rows || rows.Members.Count(m => m) != _members) throw new ArgumentException("other rows", nameof(rows));
        int[] order = [.. Enumerable.Range(0, _rows)];
        ulong[] ties = new ulong[_rows];
        for (int i = 0; i < _rows; i++) ties[i] = _ties.Bits(i, 0) is var (a, b, _, _) ? (ulong)a << 32 | b : 0;
        Array.Sort(order, (i, j) => rows.Scores[j].CompareTo(rows.Scores[i]) is not 0 and int by ? by : ties[i].CompareTo(ties[j]));
        double least = 2;
        var best = new Share(0, 0);
        int seen = 0, at = 0;
        for (int top = 0; top < _tops.Length; top++)
        {
            for (; at < _tops[top]; at++)
                if (rows.Members[order[at]]) seen++;
            if (_tails[top][seen] >= least) continue;
            least = _tails[top][seen];
            best = new Share(seen, _tops[top]);
        }
        var (auc, deviation) = RankSum(rows, order);
        double bulk = deviation > 0 ? Normal.Above((auc - 0.5) / deviation) : 1;
        return (Math.Min(1, Math.Min(OfLeast(least) / TopShare, bulk / (1 - TopShare))), auc, best);
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
        int least = _tops.Zip(_tails).FirstOrDefault(t => OfLeast(t.Second[^1]) / TopShare <= p).First;
        return least == 0 ? _rows : least;
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
