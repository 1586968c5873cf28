namespace Simulant.Validation.Statistics;

/// <summary>
/// Scores of rows of two classes, sorted once, so that the area under the ROC curve of any weighting of the rows costs one pass.
/// Ties count half (Mann, Whitney 1947).
/// </summary>
public sealed class RankedScores
{
    private readonly int[] _order; // rows by ascending score
    private readonly int[] _groupEnds; // ends of runs of equal scores
    private readonly bool[] _positive;

    /// <param name="scores">Higher means more likely positive.</param>
    public RankedScores(double[] scores, bool[] positive)
    {
        if (scores.Length != positive.Length) throw new ArgumentException("one class a score", nameof(positive));
        _positive = positive;
        _order = new int[scores.Length];
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        double[] keys = (double[])scores.Clone();
        Array.Sort(keys, _order);
        var ends = new List<int>();
        for (int i = 1; i <= keys.Length; i++)
            if (i == keys.Length || keys[i] != keys[i - 1]) ends.Add(i);
        _groupEnds = [.. ends];
    }

    public int Count => _order.Length;

    /// <summary>NaN where a class has no rows.</summary>
    public double Auc()
    {
        double below = 0, area = 0, positives = 0;
        int at = 0;
        foreach (int end in _groupEnds)
        {
            int p = 0;
            for (int i = at; i < end; i++)
                if (_positive[_order[i]]) p++;
            double n = end - at - p;
            area += p * (below + n / 2);
            below += n;
            positives += p;
            at = end;
        }
        return area / (positives * below);
    }

    /// <summary>The same with each row standing for that many rows.</summary>
    public double Auc(ReadOnlySpan<byte> weights)
    {
        double below = 0, area = 0, positives = 0;
        int at = 0;
        foreach (int end in _groupEnds)
        {
            int p = 0, n = 0;
            for (; at < end; at++)
            {
                int row = _order[at], w = weights[row];
                if (_positive[row]) p += w;
                else n += w;
            }
            area += p * (below + n / 2.0);
            below += n;
            positives += p;
        }
        return area / (positives * below);
    }

    public static double Auc(double[] scores, bool[] positive) => new RankedScores(scores, positive).Auc();
}
