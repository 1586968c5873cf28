using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Quality;

/// <summary>
/// Sequential trees that learn by heart, as a careless user of synthpop grows them: the first column is drawn from the training rows,
/// every other from the leaf of a regression tree on the columns before it. Leaves are split (least squares, categories by their codes)
/// until they hold one row or one value.
/// </summary>
internal sealed class LeafOfOneTrees
{
    private sealed class Node
    {
        public int Column;
        public double Cut;
        public Node? Left, Right;
        public int[] Rows = [];
    }

    private readonly double[][] _values;
    private readonly Node[] _trees;

    public LeafOfOneTrees(Table training)
    {
        _values = [.. training.Columns.Select(column => Enumerable.Range(0, training.RowCount).Select(r =>
            column.IsMissing(r) ? -1e9 : column is NumericColumn n ? n.Values[r] : ((CodedColumn)column).Codes[r]).ToArray())];
        int[] all = [.. Enumerable.Range(0, training.RowCount)];
        _trees = [.. _values.Select((_, c) => c == 0 ? new Node { Rows = all } : Grow(all, c))];
    }

    /// <summary>The training row that each cell is taken from, [columns][rows].</summary>
    public int[][] Sample(int rows, RandomStream random)
    {
        int[][] donors = [.. _values.Select(_ => new int[rows])];
        for (int i = 0; i < rows; i++)
            for (int c = 0; c < _trees.Length; c++)
            {
                var node = _trees[c];
                while (node.Left is not null)
                    node = _values[node.Column][donors[node.Column][i]] <= node.Cut ? node.Left : node.Right!;
                donors[c][i] = node.Rows[random.Below(node.Rows.Length, i, c)];
            }
        return donors;
    }

    private Node Grow(int[] rows, int target)
    {
        double[] y = _values[target];
        var node = new Node { Rows = rows };
        if (rows.Length < 2 || rows.All(r => y[r] == y[rows[0]])) return node;
        double best = double.NegativeInfinity, total = rows.Sum(r => y[r]);
        int column = -1;
        double cut = 0;
        for (int c = 0; c < target; c++)
        {
            double[] x = _values[c], keys = Array.ConvertAll(rows, r => x[r]), answers = Array.ConvertAll(rows, r => y[r]);
            Array.Sort(keys, answers);
            double left = 0;
            for (int i = 0; i + 1 < keys.Length; i++)
            {
                left += answers[i];
                if (keys[i] == keys[i + 1]) continue;
                double gain = left * left / (i + 1) + (total - left) * (total - left) / (keys.Length - i - 1);
                if (gain > best) (best, column, cut) = (gain, c, (keys[i] + keys[i + 1]) / 2);
            }
        }
        if (column < 0) return node;
        node.Column = column;
        node.Cut = cut;
        node.Left = Grow(Array.FindAll(rows, r => _values[column][r] <= cut), target);
        node.Right = Grow(Array.FindAll(rows, r => _values[column][r] > cut), target);
        return node;
    }
}
