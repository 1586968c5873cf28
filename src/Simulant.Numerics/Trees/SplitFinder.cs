namespace Simulant.Numerics.Trees;

/// <summary>The best split of one node; Feature -1 where none gains enough.</summary>
internal struct Split
{
    public int Feature;
    public int Bin;
    public bool MissingLeft;
    public double Gain;
    public double LeftG, LeftH;

    public static Split None => new() { Feature = -1, Gain = 0 };
}

/// <summary>
/// Exact greedy search over bins. Gain = Gl^2/(Hl+lambda) + Gr^2/(Hr+lambda) - G^2/(H+lambda), leaf weight = -G/(H+lambda).
/// Source: Chen, Guestrin, "XGBoost" (KDD 2016), equations 5 to 7, and algorithm 3 for missing values.
/// </summary>
internal sealed class SplitFinder(BinnedMatrix matrix, BoostingOptions options)
{
    // XGBoost's kRtEps: a smaller gain is noise.
    private const double LeastGain = 1e-6;

    // Subtracted histograms leave rounding in empty slots; less curvature than this is an empty slot.
    private const double Empty = 1e-9;

    private readonly double _lambda = options.Lambda;
    private readonly double _minChild = options.MinChildWeight;

    public double Weight(double g, double h) => h <= 0 ? 0 : -g / (h + _lambda);

    /// <summary>The best split among features [first, last); ties go to the first feature and lowest bin.</summary>
    public Split Find(double[] hist, double g, double h, int first, int last)
    {
        var best = Split.None;
        best.Gain = Math.Max(options.Gamma, LeastGain);
        if (h < 2 * _minChild) return best;
        double parent = g * g / (h + _lambda);
        for (int f = first; f < last; f++)
        {
            var feature = matrix.Features[f];
            var slots = hist.AsSpan(2 * matrix.Offsets[f], 2 * (feature.Bins + 1));
            if (feature.IsOneHot)
            {
                OneAgainstRest(slots, f, g, h, parent, ref best);
                continue;
            }
            double missingG = slots[^2], missingH = slots[^1];
            Scan(slots, f, g, h, 0, 0, parent, ref best);
            if (missingH > Empty) Scan(slots, f, g, h, missingG, missingH, parent, ref best);
        }
        return best;
    }

    /// <summary>Bins up to b left, later ones right; missing goes left where its sums are given as the start.</summary>
    private void Scan(ReadOnlySpan<double> slots, int f, double g, double h, double leftG, double leftH, double parent,
        ref Split best)
    {
        bool missingLeft = leftH > 0;
        bool anyMissing = slots[^1] > Empty;
        // With missing values on the right, even the last bin may end the left side.
        int lastBin = slots.Length / 2 - 1 - (anyMissing && !missingLeft ? 1 : 2);
        for (int b = 0; b <= lastBin; b++)
        {
            double binH = slots[2 * b + 1];
            leftG += slots[2 * b];
            leftH += binH;
            if (binH <= Empty) continue;
            double rightH = h - leftH;
            if (leftH < _minChild) continue;
            if (rightH < _minChild) break;
            double rightG = g - leftG;
            double gain = leftG * leftG / (leftH + _lambda) + rightG * rightG / (rightH + _lambda) - parent;
            if (gain <= best.Gain) continue;
            best = new Split { Feature = f, Bin = b, MissingLeft = missingLeft, Gain = gain, LeftG = leftG, LeftH = leftH };
        }
    }

    private void OneAgainstRest(ReadOnlySpan<double> slots, int f, double g, double h, double parent, ref Split best)
    {
        for (int b = 0; 2 * b + 2 < slots.Length; b++)
        {
            double rightG = slots[2 * b], rightH = slots[2 * b + 1];
            double leftG = g - rightG, leftH = h - rightH;
            if (rightH < _minChild || leftH < _minChild) continue;
            double gain = leftG * leftG / (leftH + _lambda) + rightG * rightG / (rightH + _lambda) - parent;
            if (gain <= best.Gain) continue;
            best = new Split { Feature = f, Bin = b, MissingLeft = true, Gain = gain, LeftG = leftG, LeftH = leftH };
        }
    }

    /// <summary>Fills a table of 256: 1 sends the bin left.</summary>
    public void Table(in Split split, Span<byte> goesLeft)
    {
        goesLeft.Clear();
        var feature = matrix.Features[split.Feature];
        if (feature.IsOneHot)
        {
            goesLeft.Fill(1);
            goesLeft[split.Bin] = 0;
            return;
        }
        goesLeft[..(split.Bin + 1)].Fill(1);
        goesLeft[feature.Bins] = split.MissingLeft ? (byte)1 : (byte)0;
    }
}
