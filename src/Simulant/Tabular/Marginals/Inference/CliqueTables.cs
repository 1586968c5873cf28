using Simulant.Data;

namespace Simulant.Tabular.Marginals.Inference;

/// <summary>Expected counts of every clique's cells, agreeing on what neighbours share (Jensen, Lauritzen and Olesen 1990).</summary>
internal sealed class CliqueTables
{
    private readonly int[][] _own;      // [clique][cell] -> cell of the separator towards the parent
    private readonly int[][] _parents;  // [clique][cell of the parent] -> the same
    private readonly double[][] _separators;

    public CliqueTables(JunctionTree tree, double[][] counts)
    {
        Tree = tree;
        Counts = counts;
        _own = new int[counts.Length][];
        _parents = new int[counts.Length][];
        _separators = new double[counts.Length][];
        for (int k = 1; k < counts.Length; k++)
        {
            _own[k] = tree.Map(tree.Cliques[k], tree.Separators[k]);
            _parents[k] = tree.Map(tree.Cliques[tree.Parents[k]], tree.Separators[k]);
            _separators[k] = new double[tree.CellsOf(tree.Separators[k])];
            Array.Fill(_separators[k], 1);
        }
    }

    /// <summary>Tables that agree already.</summary>
    public static CliqueTables Agreed(JunctionTree tree, double[][] counts)
    {
        var tables = new CliqueTables(tree, counts);
        for (int k = 1; k < counts.Length; k++) tables._separators[k] = Sum(counts[k], tables._own[k], tables._separators[k].Length);
        return tables;
    }

    private CliqueTables(CliqueTables other)
    {
        (Tree, _own, _parents) = (other.Tree, other._own, other._parents);
        Counts = [.. other.Counts.Select(c => (double[])c.Clone())];
        _separators = [.. other._separators.Select(s => s is null ? s! : (double[])s.Clone())];
    }

    /// <summary>The same, to be changed apart.</summary>
    public CliqueTables Copy() => new(this);

    public JunctionTree Tree { get; }

    /// <summary>[clique][cell].</summary>
    public double[][] Counts { get; }

    public double Total => Counts.Length == 0 ? 0 : Counts[0].Sum();

    /// <summary>From separator to child: for each cell of clique k, the cell of what it shares with its parent.</summary>
    public int[] ToSeparator(int k) => _own[k];

    public int[] ParentToSeparator(int k) => _parents[k];

    /// <summary>Makes all tables agree, after any of them was multiplied by something.</summary>
    public void Calibrate()
    {
        for (int k = Counts.Length - 1; k > 0; k--) Up(k);
        for (int k = 1; k < Counts.Length; k++) Down(k);
    }

    /// <summary>Tells the parent of clique k what is in clique k.</summary>
    public void Up(int k) => Pass(Counts[k], _own[k], Counts[Tree.Parents[k]], _parents[k], _separators[k]);

    /// <summary>Tells clique k what is in its parent.</summary>
    public void Down(int k) => Pass(Counts[Tree.Parents[k]], _parents[k], Counts[k], _own[k], _separators[k]);

    private static void Pass(double[] from, int[] fromMap, double[] to, int[] toMap, double[] separator)
    {
        double[] fresh = Sum(from, fromMap, separator.Length);
        for (int s = 0; s < separator.Length; s++)
        {
            double ratio = separator[s] > 0 ? fresh[s] / separator[s] : 0;
            separator[s] = fresh[s];
            fresh[s] = ratio;
        }
        for (int cell = 0; cell < to.Length; cell++) to[cell] *= fresh[toMap[cell]];
    }

    public static double[] Sum(double[] counts, int[] map, int cells)
    {
        double[] sums = new double[cells];
        for (int cell = 0; cell < counts.Length; cell++) sums[map[cell]] += counts[cell];
        return sums;
    }

    /// <summary>Expected counts of columns that lie in one clique.</summary>
    /// <param name="columns">Ascending.</param>
    public double[] Marginal(IReadOnlyList<int> columns)
    {
        int home = Array.FindIndex(Tree.Cliques, c => columns.All(c.Contains));
        return Sum(Counts[home], Tree.Map(Tree.Cliques[home], columns), Tree.CellsOf(columns));
    }

    /// <summary>
    /// Expected counts of all pairs of columns: for each column its joint table with every separator is carried outward through the
    /// tree.
    /// </summary>
    /// <returns>[a][b], b above a: cells with b's code fastest.</returns>
    public double[][][] Pairs(RunContext run)
    {
        int n = Tree.Sizes.Length;
        double[][][] pairs = new double[n][][];
        int[][] children = [.. Enumerable.Range(0, Counts.Length).Select(k =>
            Enumerable.Range(0, Counts.Length).Where(c => Tree.Parents[c] == k).ToArray())];
        Work.For(n, run, a =>
        {
            pairs[a] = new double[n][];
            int home = Array.FindIndex(Tree.Cliques, c => c.Contains(a));
            int[] digit = Tree.Map(Tree.Cliques[home], [a]);
            double[][] joint = new double[Tree.Sizes[a]][];
            for (int x = 0; x < joint.Length; x++)
            {
                double[] table = new double[digit.Length];
                for (int cell = 0; cell < table.Length; cell++)
                    if (digit[cell] == x) table[cell] = Counts[home][cell];
                joint[x] = table;
            }
            Spread(a, home, -1, joint, pairs[a], children, run.Cancel);
        });
        return pairs;
    }

    private void Spread(int a, int clique, int cameFrom, double[][] joint, double[][] into, int[][] children, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (int b in Tree.Cliques[clique])
        {
            if (b <= a || into[b] is not null) continue;
            int[] map = Tree.Map(Tree.Cliques[clique], [b]);
            double[] pair = new double[joint.Length * Tree.Sizes[b]];
            for (int x = 0; x < joint.Length; x++) Sum(joint[x], map, Tree.Sizes[b]).CopyTo(pair, x * Tree.Sizes[b]);
            into[b] = pair;
        }
        foreach (int child in children[clique])
            if (child != cameFrom) Cross(child, _parents[child], _own[child], child);
        if (Tree.Parents[clique] is >= 0 and var parent && parent != cameFrom) Cross(parent, _own[clique], _parents[clique], clique);

        void Cross(int next, int[] here, int[] there, int separator)
        {
            double[][] carried = new double[joint.Length][];
            for (int x = 0; x < joint.Length; x++)
            {
                double[] message = Sum(joint[x], here, _separators[separator].Length);
                for (int s = 0; s < message.Length; s++)
                    message[s] = _separators[separator][s] > 0 ? message[s] / _separators[separator][s] : 0;
                double[] table = new double[Counts[next].Length];
                for (int cell = 0; cell < table.Length; cell++) table[cell] = Counts[next][cell] * message[there[cell]];
                carried[x] = table;
            }
            Spread(a, next, clique, carried, into, children, cancel);
        }
    }
}
