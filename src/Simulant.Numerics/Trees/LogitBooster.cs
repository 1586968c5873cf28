using System.Numerics;

namespace Simulant.Numerics.Trees;

/// <summary>What the booster sees of its rows: byte-coded features, column by column.</summary>
/// <param name="Codes">[feature][row], each below the feature's bin count.</param>
/// <param name="Bins">Bin count per feature, at most 256.</param>
/// <param name="Nominal">Whether the feature's codes have no order, so that any subset of them may go left.</param>
public sealed record CodedFeatures(byte[][] Codes, int[] Bins, bool[] Nominal);

/// <summary>How boosted logistic models are grown.</summary>
public sealed record LogitBoosterOptions
{
    /// <summary>Trees at most; growth stops earlier when no split pays.</summary>
    public int Rounds { get; init; } = 40;

    /// <summary>Step size in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.25;

    /// <summary>Leaves of one tree, at most 256.</summary>
    public int MaxLeaves { get; init; } = 16;

    /// <summary>L2 penalty on leaf values.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>
    /// Log-likelihood (nats) that a split must gain. The best of m random splits gains about ln m by chance, so this is what
    /// keeps noise, and with it single training rows, out of the model.
    /// </summary>
    public double MinGain { get; init; } = 3.5;

    /// <summary>Least sum of p(1-p) in a leaf.</summary>
    public double MinHessian { get; init; } = 1;

    /// <summary>
    /// Passes over the grown trees in which every leaf takes another step towards the likelihood's maximum. Growth stops while
    /// small gains remain in structure already found; over a chain of questions that would blur what depends on what.
    /// </summary>
    public int CorrectivePasses { get; init; } = 1;

    /// <summary>
    /// Further gain (nats) that a split of a nominal feature must show for each level beyond two: sorted by their gradients, k
    /// levels of pure noise gain about 0.32 k on average, and the best of several features more. A level of few rows counts in part.
    /// </summary>
    public double NominalPenalty { get; init; } = 0.6;

    /// <summary>
    /// Where levels are many and rows few, at least this many levels count for each of (sum of sqrt(h))² / (sum of h), h a level's
    /// sum of p(1-p): so many levels of equal size would gain as much from pure noise.
    /// </summary>
    public double RareLevels { get; init; } = 0.7;

    /// <summary>Levels from which they are many. Below it the penalty of rare levels cost transfer and saved no memory.</summary>
    public int ManyLevels { get; init; } = 12;

    /// <summary>Added to the hessian when levels of a nominal feature are ordered by their gradient.</summary>
    public double NominalSmoothing { get; init; } = 5;
}

/// <summary>
/// Second-order boosted trees for one yes/no question over byte-coded features (Friedman 2001; Chen and Guestrin 2016, eq. 6-7),
/// with nominal splits by gradient order (Fisher 1958) and gradients summed as integers, so that sums are exact and
/// independent of their order.
/// </summary>
public sealed class LogitBooster
{
    private const double CorrectiveStep = 0.5;

    private readonly CodedFeatures _features;
    private readonly LogitBoosterOptions _options;
    private readonly int[] _use;          // features in use
    private readonly int[] _offset;       // first histogram cell of each used feature
    private readonly int _cells;          // cells of one histogram
    private readonly int _rows;
    private readonly byte[][] _codes;     // [used feature][local row]
    private readonly BoostingLoss _loss;
    private readonly double[] _score;
    private readonly long[] _gradient;    // packed: gradient in the high 32 bits, hessian in the low
    private readonly int[] _order;        // local rows, grouped by leaf
    private readonly int[] _spare;
    private readonly double _scale;
    private readonly List<(int[] LeafOf, int First, int End)> _grown = []; // per tree: each row's leaf, and its range of nodes

    /// <param name="use">Which features may be split on.</param>
    /// <param name="rows">Rows of the features that take part, ascending.</param>
    /// <param name="label">0 or 1 per taking-part row.</param>
    public LogitBooster(CodedFeatures features, ReadOnlySpan<int> use, ReadOnlySpan<int> rows, byte[] label, LogitBoosterOptions options)
        : this(features, use, rows, new LogitLoss(label), options) { }

    public LogitBooster(
        CodedFeatures features, ReadOnlySpan<int> use, ReadOnlySpan<int> rows, BoostingLoss loss, LogitBoosterOptions options)
    {
        _features = features;
        _options = options;
        _use = use.ToArray();
        _rows = rows.Length;
        _loss = loss;
        _codes = new byte[_use.Length][];
        _offset = new int[_use.Length];
        for (int f = 0; f < _use.Length; f++)
        {
            byte[] from = features.Codes[_use[f]], to = new byte[_rows];
            for (int i = 0; i < to.Length; i++) to[i] = from[rows[i]];
            _codes[f] = to;
            _offset[f] = _cells;
            _cells += features.Bins[_use[f]];
        }
        _score = new double[_rows];
        _gradient = new long[_rows];
        _order = new int[_rows];
        _spare = new int[_rows];
        // |sum of gradients| stays below 2^31: 31 bits less the bits of the row count, at most 16 a row.
        int bits = Math.Clamp(30 - BitOperations.Log2((uint)Math.Max(_rows, 1)) - 1, 4, 16);
        _scale = 1L << bits;
    }

    /// <summary>Grows the model.</summary>
    public LogitModel Fit(CancellationToken cancel)
    {
        double intercept = _loss.Start(_score);
        var nodes = new List<LogitNode>();
        var roots = new List<int>();
        for (int round = 0; round < _options.Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            _loss.Refresh(_score);
            for (int i = 0; i < _rows; i++) _gradient[i] = Packed(i);
            int root = GrowTree(nodes);
            if (root < 0) break;
            roots.Add(root);
        }
        var grown = nodes.ToArray();
        for (int pass = 0; pass < _options.CorrectivePasses; pass++) Correct(grown, cancel);
        return new LogitModel(intercept, [.. roots], grown);
    }

    /// <summary>A row's gradient and hessian as fixed-point integers, so that sums are exact.</summary>
    private long Packed(int i)
    {
        var (gradient, hessian) = _loss.At(i, _score[i]);
        long g = (long)Math.Round(gradient * _scale);
        long h = (long)Math.Round(hessian * _scale);
        return (g << 32) + h;
    }

    private sealed class Leaf
    {
        public int Start, Count, Slot = -1;
        public long Sum;
        public long[] Histogram = [];
        public double Gain;
        public int Feature;
        public Mask256 Left;
        public bool Splits;
    }

    private readonly Stack<long[]> _pool = new();

    private long[] RentHistogram() => _pool.TryPop(out var h) ? h : new long[_cells];

    /// <summary>Grows one tree best-first; -1 where not even the root splits.</summary>
    private int GrowTree(List<LogitNode> nodes)
    {
        for (int i = 0; i < _rows; i++) _order[i] = i;
        var root = new Leaf { Start = 0, Count = _rows, Histogram = RentHistogram() };
        BuildHistogram(root);
        FindSplit(root);
        if (!root.Splits)
        {
            _pool.Push(root.Histogram);
            return -1;
        }
        var leaves = new List<Leaf> { root };
        int rootSlot = nodes.Count;
        nodes.Add(default);
        root.Slot = rootSlot;
        while (leaves.Count < _options.MaxLeaves)
        {
            Leaf? best = null;
            foreach (var leaf in leaves)
                if (leaf.Splits && (best is null || leaf.Gain > best.Gain)) best = leaf;
            if (best is null) break;
            SplitLeaf(best, leaves, nodes);
        }
        int[] leafOf = _options.CorrectivePasses > 0 ? new int[_rows] : [];
        if (leafOf.Length > 0) _grown.Add((leafOf, rootSlot, nodes.Count));
        foreach (var leaf in leaves)
        {
            for (int k = leaf.Start; k < leaf.Start + leaf.Count && leafOf.Length > 0; k++) leafOf[_order[k]] = leaf.Slot;
            double value = LeafValue(leaf.Sum) * _options.LearningRate;
            nodes[leaf.Slot] = LogitNode.Leaf((float)value);
            float stored = (float)value;
            for (int k = leaf.Start; k < leaf.Start + leaf.Count; k++) _score[_order[k]] += stored;
            _pool.Push(leaf.Histogram);
        }
        return rootSlot;
    }

    /// <summary>One more Newton step for every leaf, tree by tree.</summary>
    private void Correct(LogitNode[] nodes, CancellationToken cancel)
    {
        long[] sums = new long[nodes.Length];
        float[] steps = new float[nodes.Length];
        foreach (var (leafOf, first, end) in _grown)
        {
            cancel.ThrowIfCancellationRequested();
            for (int i = 0; i < _rows; i++) sums[leafOf[i]] += Packed(i);
            for (int n = first; n < end; n++)
            {
                if (!nodes[n].IsLeaf) continue;
                steps[n] = (float)(LeafValue(sums[n]) * CorrectiveStep);
                nodes[n] = LogitNode.Leaf(nodes[n].Value + steps[n]);
            }
            for (int i = 0; i < _rows; i++) _score[i] += steps[leafOf[i]];
        }
    }

    private double LeafValue(long sum)
    {
        var (g, h) = Unpack(sum);
        return g / (h + _options.Lambda);
    }

    private (double G, double H) Unpack(long sum) => ((sum >> 32) / _scale, (uint)sum / _scale);

    private void SplitLeaf(Leaf leaf, List<Leaf> leaves, List<LogitNode> nodes)
    {
        byte[] codes = _codes[leaf.Feature];
        int left = leaf.Start, right = 0;
        for (int k = leaf.Start; k < leaf.Start + leaf.Count; k++)
        {
            int row = _order[k];
            if (leaf.Left.Contains(codes[row])) _order[left++] = row;
            else _spare[right++] = row;
        }
        Array.Copy(_spare, 0, _order, left, right);
        var a = new Leaf { Start = leaf.Start, Count = left - leaf.Start };
        var b = new Leaf { Start = left, Count = right };
        var (small, large) = a.Count <= b.Count ? (a, b) : (b, a);
        small.Histogram = RentHistogram();
        BuildHistogram(small);
        large.Histogram = leaf.Histogram;
        for (int c = 0; c < large.Histogram.Length; c++) large.Histogram[c] -= small.Histogram[c];
        large.Sum = leaf.Sum - small.Sum;
        a.Slot = nodes.Count;
        nodes.Add(default);
        b.Slot = nodes.Count;
        nodes.Add(default);
        nodes[leaf.Slot] = LogitNode.Split((ushort)_use[leaf.Feature], leaf.Left, a.Slot);
        leaves[leaves.IndexOf(leaf)] = a;
        leaves.Add(b);
        FindSplit(a);
        FindSplit(b);
    }

    private void BuildHistogram(Leaf leaf)
    {
        long[] histogram = leaf.Histogram;
        Array.Clear(histogram);
        ReadOnlySpan<int> rows = _order.AsSpan(leaf.Start, leaf.Count);
        long[] gradient = _gradient;
        long sum = 0;
        foreach (int row in rows) sum += gradient[row];
        leaf.Sum = sum;
        bool whole = leaf.Count == _rows;
        for (int f = 0; f < _codes.Length; f++)
        {
            byte[] codes = _codes[f];
            var cells = histogram.AsSpan(_offset[f], _features.Bins[_use[f]]);
            if (whole)
                for (int i = 0; i < codes.Length; i++) cells[codes[i]] += gradient[i];
            else
                foreach (int row in rows) cells[codes[row]] += gradient[row];
        }
    }

    private void FindSplit(Leaf leaf)
    {
        leaf.Gain = _options.MinGain / _loss.NatsPerGain;
        leaf.Splits = false;
        var (g, h) = Unpack(leaf.Sum);
        if (h < 2 * _options.MinHessian || leaf.Count < 2) return;
        double parent = g * g / (h + _options.Lambda);
        Span<int> order = stackalloc int[256];
        Span<double> key = stackalloc double[256];
        for (int f = 0; f < _use.Length; f++)
        {
            int bins = _features.Bins[_use[f]];
            var cells = leaf.Histogram.AsSpan(_offset[f], bins);
            int used = 0;
            for (int b = 0; b < bins; b++)
                if (cells[b] != 0) order[used++] = b;
            if (used < 2) continue;
            bool nominal = _features.Nominal[_use[f]];
            double penalty = 0;
            if (nominal && used > 2)
            {
                double full = 0, roots = 0;
                for (int k = 0; k < used; k++)
                {
                    var (cg, ch) = Unpack(cells[order[k]]);
                    key[k] = cg / (ch + _options.NominalSmoothing);
                    full += ch / (ch + _options.NominalSmoothing);
                    roots += Math.Sqrt(Math.Max(0, ch));
                }
                double levels = used < _options.ManyLevels ? full
                    : Math.Max(full, _options.RareLevels * roots * roots / Math.Max(h, 1e-300));
                penalty = _options.NominalPenalty * Math.Max(0, levels - 2);
                key[..used].Sort(order[..used]);
            }
            long sum = 0;
            for (int k = 0; k + 1 < used; k++)
            {
                sum += cells[order[k]];
                var (gl, hl) = Unpack(sum);
                double gr = g - gl, hr = h - hl;
                if (hl < _options.MinHessian) continue;
                if (hr < _options.MinHessian) break;
                double gain = 0.5 * (gl * gl / (hl + _options.Lambda) + gr * gr / (hr + _options.Lambda) - parent) - penalty;
                if (gain <= leaf.Gain) continue;
                leaf.Gain = gain;
                leaf.Feature = f;
                leaf.Splits = true;
                leaf.Left = nominal ? Mask256.Of(order[..(k + 1)]) : Mask256.UpTo(order[k]);
            }
        }
    }
}
