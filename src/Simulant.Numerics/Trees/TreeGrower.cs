namespace Simulant.Numerics.Trees;

/// <summary>
/// Grows one tree, level by level. At each split only the smaller child's histograms are summed from rows; the larger child's
/// are the parent's less those. Buffers are kept between trees.
/// </summary>
internal sealed class TreeGrower
{
    // Below this many updates a second thread costs more than it brings.
    private const long ParallelUpdates = 200_000;

    private readonly BinnedMatrix _matrix;
    private readonly BoostingOptions _options;
    private readonly ParallelLoop _loop;
    private readonly SplitFinder _finder;
    private readonly int[] _rows, _scratch;
    private readonly Stack<double[]> _pool = new();
    private readonly byte[] _goesLeft = new byte[256];

    public TreeGrower(BinnedMatrix matrix, BoostingOptions options, int rowCount, ParallelLoop loop)
    {
        _matrix = matrix;
        _options = options;
        _loop = loop;
        _finder = new SplitFinder(matrix, options);
        _rows = new int[rowCount];
        _scratch = new int[rowCount];
    }

    private sealed class Node(int id, int start, int count, double g, double h)
    {
        public int Id => id;
        public int Start => start;
        public int Count => count;
        public double G => g;
        public double H => h;
        public double[]? Hist { get; set; }
        public double[]? ParentHist { get; set; }
        public Node? Sibling { get; set; } // set on the smaller child: the larger one takes the parent's histogram
        public Split Split { get; set; } = Split.None;
    }

    /// <param name="rows">Rows to train on, ascending.</param>
    /// <param name="gh">Interleaved derivatives by row of the matrix.</param>
    /// <param name="margins">Each training row's leaf weight is added at [row * stride + offset].</param>
    /// <param name="gains">Gains are added per feature.</param>
    public BoostedTree Grow(int[] rows, double[] gh, double[] margins, int stride, int offset, double[] gains)
    {
        rows.CopyTo(_rows, 0);
        var tree = new BoostedTree();
        double g = 0, h = 0;
        foreach (int row in rows)
        {
            g += gh[2 * row];
            h += gh[2 * row + 1];
        }
        var level = new List<Node> { new(tree.AddNode(), 0, rows.Length, g, h) };
        for (int depth = 0; level.Count > 0; depth++)
        {
            bool last = depth == _options.Depth;
            if (!last)
            {
                BuildHistograms(level, gh);
                FindSplits(level);
            }
            var next = new List<Node>();
            foreach (var node in level)
            {
                if (!last && node.Split.Feature >= 0) Divide(tree, node, next, gains, depth + 1 == _options.Depth);
                else Close(tree, node, margins, stride, offset);
            }
            level = next;
        }
        return tree;
    }

    /// <summary>Sums the root or each smaller child, then derives each larger one; features are cut among threads.</summary>
    private void BuildHistograms(List<Node> level, double[] gh)
    {
        long updates = 0;
        var built = new List<Node>();
        foreach (var node in level)
        {
            if (node.Sibling is null && node.ParentHist is null && node.Id != 0) continue;
            node.Hist = Rent();
            built.Add(node);
            updates += (long)node.Count * _matrix.FeatureCount;
        }
        Blocks(updates, (first, last) =>
        {
            int from = 2 * _matrix.Offsets[first], to = 2 * _matrix.Offsets[last];
            foreach (var node in built)
            {
                Array.Clear(node.Hist!, from, to - from);
                Histogram.Accumulate(_matrix, _rows.AsSpan(node.Start, node.Count), gh, node.Hist!, first, last);
                if (node.ParentHist is not null) Histogram.Subtract(node.ParentHist, node.Hist!, from, to);
            }
        });
        foreach (var node in built)
            if (node.Sibling is not null) node.Sibling.Hist = node.ParentHist;
    }

    private void FindSplits(List<Node> level)
    {
        // A block's best split per node; merged in feature order, so ties fall as in one scan.
        long work = (long)level.Count * _matrix.Offsets[^1] * 8;
        var bests = new Dictionary<int, Split[]>();
        Blocks(work, (first, last) =>
        {
            var found = new Split[level.Count];
            for (int i = 0; i < found.Length; i++)
                found[i] = _finder.Find(level[i].Hist!, level[i].G, level[i].H, first, last);
            lock (bests) bests.Add(first, found);
        });
        foreach (int first in bests.Keys.Order())
        {
            for (int i = 0; i < level.Count; i++)
            {
                var found = bests[first][i];
                bool better = level[i].Split.Feature < 0 || found.Gain > level[i].Split.Gain;
                if (found.Feature >= 0 && better) level[i].Split = found;
            }
        }
    }

    private void Blocks(long work, Action<int, int> body)
    {
        int features = _matrix.FeatureCount;
        int blocks = work < ParallelUpdates ? 1 : Math.Min(_loop.Threads, features);
        if (blocks <= 1)
        {
            body(0, features);
            return;
        }
        _loop.Run(blocks, b => body((int)((long)features * b / blocks), (int)((long)features * (b + 1) / blocks)));
    }

    /// <summary>Splits the node's rows in place, keeping their order, and queues the children.</summary>
    private void Divide(BoostedTree tree, Node node, List<Node> next, double[] gains, bool childrenAreLeaves)
    {
        var split = node.Split;
        _finder.Table(split, _goesLeft);
        int leftCount = Partition(node.Start, node.Count, split.Feature);
        int left = tree.Split(node.Id, split.Feature, _goesLeft, split.Gain);
        gains[split.Feature] += split.Gain;
        var leftNode = new Node(left, node.Start, leftCount, split.LeftG, split.LeftH);
        var rightNode = new Node(left + 1, node.Start + leftCount, node.Count - leftCount, node.G - split.LeftG,
            node.H - split.LeftH);
        next.Add(leftNode);
        next.Add(rightNode);
        if (childrenAreLeaves)
        {
            Return(node.Hist);
            return;
        }
        var (small, large) = leftCount <= rightNode.Count ? (leftNode, rightNode) : (rightNode, leftNode);
        small.ParentHist = node.Hist;
        small.Sibling = large;
    }

    private int Partition(int start, int count, int feature)
    {
        ReadOnlySpan<byte> bins = _matrix.Bins;
        int width = _matrix.FeatureCount;
        var rows = _rows.AsSpan(start, count);
        var right = _scratch.AsSpan(0, count);
        byte[] table = _goesLeft;
        int l = 0, r = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            int goesLeft = table[bins[(int)((uint)row * (uint)width) + feature]];
            rows[l] = row;
            right[r] = row;
            l += goesLeft;
            r += 1 - goesLeft;
        }
        right[..r].CopyTo(rows[l..]);
        return l;
    }

    private void Close(BoostedTree tree, Node node, double[] margins, int stride, int offset)
    {
        double weight = _finder.Weight(node.G, node.H) * _options.LearningRate;
        tree.SetValue(node.Id, weight);
        foreach (int row in _rows.AsSpan(node.Start, node.Count)) margins[(long)row * stride + offset] += weight;
        Return(node.Hist);
    }

    private double[] Rent() => _pool.Count > 0 ? _pool.Pop() : new double[2 * _matrix.Offsets[^1]];

    private void Return(double[]? hist)
    {
        if (hist is not null) _pool.Push(hist);
    }
}
