using System.Globalization;
using Simulant.Data;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Latent;

/// <summary>How much of the training rows' variety drawn rows have.</summary>
/// <param name="Levels">Share of the codes of columns, of those due in a sample, that occur in it.</param>
/// <param name="Pairs">The same of pairs of codes of two columns.</param>
/// <param name="Entropy">Entropy of a column's codes over that in training rows, mean over columns.</param>
/// <param name="Distance">Total variation distance between the tables of two columns, mean over pairs of columns.</param>
/// <param name="Poorest">The column whose entropy has shrunk most.</param>
/// <param name="PoorestEntropy">That column's ratio.</param>
internal readonly record struct Variety(
    double Levels, double Pairs, double Entropy, double Distance, int Poorest, double PoorestEntropy)
{
    /// <summary>Whether the generator has left out part of what it learned from: mode collapse.</summary>
    public bool IsCollapsed => Levels < 0.9 || Pairs < 0.8 || PoorestEntropy < 0.25;

    /// <summary>The curve, with a warning where the generator that was kept has collapsed.</summary>
    public TrainingCurve Warn(TrainingCurve curve, IReadOnlyList<ModelColumn> columns) => !IsCollapsed ? curve : curve with
    {
        Events = [.. curve.Events, new TrainingEvent(curve.Epochs, string.Create(CultureInfo.InvariantCulture,
            $"{TrainingCurve.Warning}mode collapse: drawn rows have {Levels:P0} of the levels and {Pairs:P0} of the pairs of levels "
            + $"that training rows have; the column '{columns[Poorest].Name}' has {PoorestEntropy:P0} of its entropy"))],
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"levels {Levels:P0}, pairs {Pairs:P0}, entropy {Entropy:F2}");
}

/// <summary>
/// Measures mode collapse: which codes and pairs of codes that training rows have are missing from drawn rows. Counted are those
/// due at least <see cref="Due"/> times in a sample of the size given, so that chance hides almost none.
/// </summary>
internal sealed class CollapseMeter
{
    /// <summary>A code absent by chance alone where it is due so often: 1 in 400,000 at the most.</summary>
    private const int Due = 13;

    private const int MostPairs = 120;

    private readonly int[] _codesOf;
    private readonly double[][] _shares;
    private readonly (int A, int B)[] _pairs;
    private readonly double[][] _pairShares;
    private readonly int _sample;

    /// <param name="codes">[column][training row].</param>
    /// <param name="codesOf">How many codes each column has.</param>
    /// <param name="sample">How many drawn rows each measurement sees.</param>
    public CollapseMeter(int[][] codes, int[] codesOf, int sample)
    {
        _codesOf = codesOf;
        _sample = sample;
        int columns = codes.Length;
        var all = (from a in Enumerable.Range(0, columns) from b in Enumerable.Range(a + 1, columns - a - 1) select (a, b)).ToArray();
        int step = Math.Max(1, (all.Length + MostPairs - 1) / MostPairs);
        _pairs = [.. all.Where((_, i) => i % step == 0)];
        _shares = [.. Enumerable.Range(0, columns).Select(c => Shares(codes[c], codesOf[c]))];
        _pairShares = [.. _pairs.Select(p => PairShares(codes, p))];
    }

    /// <param name="drawn">[column][row].</param>
    public Variety Measure(int[][] drawn)
    {
        int due = 0, there = 0, pairsDue = 0, pairsThere = 0, poorest = 0, counted = 0;
        double entropy = 0, least = double.PositiveInfinity, distance = 0;
        for (int c = 0; c < _shares.Length; c++)
        {
            double[] shares = Shares(drawn[c], _codesOf[c]);
            Count(_shares[c], shares, ref due, ref there);
            double real = Entropy(_shares[c]);
            if (real < 0.01) continue;
            double ratio = Entropy(shares) / real;
            entropy += Math.Min(1, ratio);
            counted++;
            if (ratio < least) (least, poorest) = (ratio, c);
        }
        for (int p = 0; p < _pairs.Length; p++)
        {
            double[] shares = PairShares(drawn, _pairs[p]);
            Count(_pairShares[p], shares, ref pairsDue, ref pairsThere);
            double apart = 0;
            for (int k = 0; k < shares.Length; k++) apart += Math.Abs(shares[k] - _pairShares[p][k]);
            distance += apart / 2 / _pairs.Length;
        }
        return new Variety(due == 0 ? 1 : (double)there / due, pairsDue == 0 ? 1 : (double)pairsThere / pairsDue,
            counted == 0 ? 1 : entropy / counted, distance, poorest, counted == 0 ? 1 : least);
    }

    private void Count(double[] real, double[] drawn, ref int due, ref int there)
    {
        for (int k = 0; k < real.Length; k++)
        {
            if (real[k] * _sample < Due) continue;
            due++;
            if (drawn[k] > 0) there++;
        }
    }

    /// <summary>Of rows, by code.</summary>
    public static double[] Shares(int[] codes, int count)
    {
        double[] shares = new double[count];
        foreach (int code in codes) shares[code]++;
        for (int k = 0; k < count; k++) shares[k] /= Math.Max(1, codes.Length);
        return shares;
    }

    /// <summary>Counts as shares.</summary>
    public static double[] Normal(int[] counts)
    {
        double total = Math.Max(1, counts.Sum(c => (long)c));
        return Array.ConvertAll(counts, c => c / total);
    }

    private double[] PairShares(int[][] codes, (int A, int B) pair)
    {
        double[] shares = new double[_codesOf[pair.A] * _codesOf[pair.B]];
        int[] a = codes[pair.A], b = codes[pair.B];
        double each = 1.0 / Math.Max(1, a.Length);
        for (int r = 0; r < a.Length; r++) shares[a[r] * _codesOf[pair.B] + b[r]] += each;
        return shares;
    }

    private static double Entropy(double[] shares)
    {
        double sum = 0;
        foreach (double p in shares)
            if (p > 0) sum -= p * Math.Log(p);
        return sum;
    }
}
