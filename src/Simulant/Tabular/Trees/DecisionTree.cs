using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>
/// A column's bins as a binary tree of yes/no questions. Ordered bins are halved by mass; nominal ones are joined by
/// frequency (Huffman), so that the expected number of questions is least; missing is asked first.
/// </summary>
internal sealed class DecisionTree
{
    /// <summary>A child: a question's index, or the complement of a bin.</summary>
    public readonly record struct Question(int Left, int Right);

    private readonly List<Question> _questions = [];

    private DecisionTree() { }

    public IReadOnlyList<Question> Questions => _questions;

    /// <summary>Question index, or ~bin where the column has one bin only.</summary>
    public int Root { get; private set; }

    /// <summary>Bins [From, To) below a question of ordered bins and the first bin of its right side.</summary>
    public (int From, int Cut, int To) Range(int question) => (First(question), First(_questions[question].Right), Last(question) + 1);

    private int First(int node) => node < 0 ? ~node : First(_questions[node].Left);

    private int Last(int node) => node < 0 ? ~node : Last(_questions[node].Right);

    public static DecisionTree Build(ColumnBins bins)
    {
        var tree = new DecisionTree();
        int values = bins.HasMissing ? bins.Count - 1 : bins.Count;
        int root;
        if (values == 0) root = ~bins.MissingBin;
        else
        {
            root = bins.IsNominal ? tree.Huffman(bins.Counts.AsSpan(0, values)) : tree.Halve(bins.Counts, 0, values);
            if (bins.HasMissing) root = tree.Add(root, ~bins.MissingBin);
        }
        tree.Root = root;
        return tree;
    }

    private int Add(int left, int right)
    {
        _questions.Add(new Question(left, right));
        return _questions.Count - 1;
    }

    /// <summary>Splits bins [from, to) where the two sides' masses are nearest to equal.</summary>
    private int Halve(int[] counts, int from, int to)
    {
        if (to - from == 1) return ~from;
        long total = 0;
        for (int b = from; b < to; b++) total += counts[b];
        long before = 0, bestGap = long.MaxValue;
        int cut = from + 1;
        for (int b = from; b + 1 < to; b++)
        {
            before += counts[b];
            long gap = Math.Abs(total - 2 * before);
            if (gap >= bestGap) continue;
            bestGap = gap;
            cut = b + 1;
        }
        int left = Halve(counts, from, cut);
        int right = Halve(counts, cut, to);
        return Add(left, right);
    }

    private int Huffman(ReadOnlySpan<int> counts)
    {
        var queue = new PriorityQueue<(int Node, long Mass), (long Mass, int Age)>();
        int age = 0;
        for (int b = 0; b < counts.Length; b++) queue.Enqueue((~b, counts[b]), (counts[b], age++));
        while (queue.Count > 1)
        {
            var light = queue.Dequeue();
            var heavy = queue.Dequeue();
            long mass = light.Mass + heavy.Mass;
            queue.Enqueue((Add(heavy.Node, light.Node), mass), (mass, age++));
        }
        return queue.Dequeue().Node;
    }
}
