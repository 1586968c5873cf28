using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Quality;

/// <summary>
/// Isolation forest (Liu, Ting, Zhou 2008): trees that split at random between the least and the greatest value of a random column;
/// rows that end up alone early are anomalies. Levels are codes, as is usual for it.
/// </summary>
internal sealed class IsolationForest
{
    private const int Trees = 100, Sample = 256;

    private readonly double[][] _rows;
    private readonly RandomStream _random;
    private readonly List<(int Column, double At, int Left, int Right, double Depth)>[] _trees;

    /// <param name="columns">[column][row], no value missing.</param>
    public IsolationForest(IReadOnlyList<double[]> columns, RunContext run)
    {
        _rows = [.. columns];
        _random = new RandomStream(run.Seed, "isolation forest");
        _trees = new List<(int, double, int, int, double)>[Trees];
        Work.For(Trees, run, Grow);
    }

    private void Grow(int tree)
    {
        int rows = _rows[0].Length;
        int[] sample = _random.Permutation(rows, tree)[..Math.Min(Sample, rows)];
        int deepest = (int)Math.Ceiling(Math.Log2(Math.Max(2, sample.Length)));
        var nodes = _trees[tree] = [];
        int draw = 0;
        int Node(int[] inside, int depth)
        {
            int at = nodes.Count;
            nodes.Add((-1, 0, 0, 0, depth + Average(inside.Length)));
            int[] open = [.. Enumerable.Range(0, _rows.Length).Where(c => inside.Any(r => _rows[c][r] != _rows[c][inside[0]]))];
            if (depth >= deepest || open.Length == 0) return at;
            int column = open[_random.Below(open.Length, tree, 1, draw++)];
            double low = inside.Min(r => _rows[column][r]), high = inside.Max(r => _rows[column][r]);
            double split = low + (high - low) * _random.Uniform(tree, 2, draw++);
            int left = Node([.. inside.Where(r => _rows[column][r] <= split)], depth + 1);
            int right = Node([.. inside.Where(r => _rows[column][r] > split)], depth + 1);
            nodes[at] = (column, split, left, right, 0);
            return at;
        }
        Node(sample, 0);
    }

    /// <summary>The mean depth at which a row ends; small is anomalous. The paper's score falls with it.</summary>
    public double Depth(Func<int, double> value)
    {
        double sum = 0;
        foreach (var nodes in _trees)
        {
            int at = 0;
            while (nodes[at].Column >= 0) at = value(nodes[at].Column) <= nodes[at].At ? nodes[at].Left : nodes[at].Right;
            sum += nodes[at].Depth;
        }
        return sum / Trees;
    }

    /// <summary>Mean depth of an unsuccessful search among n (the paper's c(n)).</summary>
    private static double Average(int n)
    {
        if (n < 2) return 0;
        double harmonic = Math.Log(n - 1) + 0.5772156649;
        return 2 * harmonic - 2.0 * (n - 1) / n;
    }
}
