namespace Simulant.Tabular.Marginals.Inference;

/// <summary>
/// A tree of cliques in which every set of nodes that was measured together lies in one clique, and each node's cliques hang
/// together (Lauritzen and Spiegelhalter 1988). Nodes are eliminated in the order that makes the smallest tables.
/// </summary>
internal sealed class JunctionTree
{
    private JunctionTree(Nodes nodes, int[][] cliques, int[] parents, int[][] separators) =>
        (Nodes, Cliques, Parents, Separators) = (nodes, cliques, parents, separators);

    public Nodes Nodes { get; }

    /// <summary>Nodes of each clique, ascending; a clique stands behind its parent.</summary>
    public int[][] Cliques { get; }

    /// <summary>Of each clique; -1 for the first.</summary>
    public int[] Parents { get; }

    /// <summary>What a clique shares with its parent; may be empty.</summary>
    public int[][] Separators { get; }

    public static JunctionTree Of(Nodes nodes, IEnumerable<IReadOnlyList<int>> together)
    {
        var cliques = Maximal(Eliminate(nodes, together));
        var (order, parents) = Span(cliques);
        int[][] placed = [.. order.Select(k => cliques[k])];
        int[] at = new int[order.Length];
        for (int k = 0; k < order.Length; k++) at[order[k]] = k;
        int[] parent = [.. order.Select(k => parents[k] < 0 ? -1 : at[parents[k]])];
        int[][] separators = [.. placed.Select((c, k) => parent[k] < 0 ? [] : c.Intersect(placed[parent[k]]).ToArray())];
        return new JunctionTree(nodes, placed, parent, separators);
    }

    /// <summary>A tree as it was stored.</summary>
    public static JunctionTree Restore(Nodes nodes, int[][] cliques, int[] parents)
    {
        for (int k = 0; k < cliques.Length; k++)
            if (cliques[k].Any(c => c < 0 || c >= nodes.Count) || parents[k] >= k || parents[k] < 0 != (k == 0))
                throw new InvalidDataException("the tree of the model is damaged");
        int[][] separators = [.. cliques.Select((c, k) => k == 0 ? [] : c.Intersect(cliques[parents[k]]).ToArray())];
        return new JunctionTree(nodes, cliques, parents, separators);
    }

    /// <summary>Cells of all cliques' tables together, without building any.</summary>
    public static double CellsFor(Nodes nodes, IEnumerable<IReadOnlyList<int>> together) =>
        Maximal(Eliminate(nodes, together)).Sum(nodes.CellsFor);

    /// <summary>Cells of the table over some nodes.</summary>
    public int CellsOf(IReadOnlyList<int> nodes) => checked((int)Nodes.CellsFor(nodes));

    /// <summary>For each cell of a clique's table, the cell of the table of some of its nodes; the last axis runs fastest.</summary>
    public int[] Map(int[] clique, IReadOnlyList<int> nodes)
    {
        int[] axes = Nodes.Axes(clique), wanted = Nodes.Axes(nodes);
        int[][] steps = new int[axes.Length][]; // [axis][code]: what it adds to the place
        for (int k = 0; k < axes.Length; k++) steps[k] = new int[Nodes.Sizes[axes[k]]];
        for (int k = wanted.Length - 1, cells = 1; k >= 0; cells *= Nodes.Sizes[wanted[k]], k--)
        {
            int axis = Array.FindIndex(axes, a => Nodes.ColumnOf(a) == Nodes.ColumnOf(wanted[k]));
            int[] codes = Nodes.Between(axes[axis], wanted[k]);
            for (int code = 0; code < codes.Length; code++) steps[axis][code] = codes[code] * cells;
        }
        int[] map = new int[CellsOf(clique)];
        int filled = 1; // the table is filled axis by axis from the last
        for (int k = axes.Length - 1; k >= 0; k--)
        {
            int[] step = steps[k];
            for (int code = step.Length - 1; code >= 0; code--)
                for (int cell = 0; cell < filled; cell++) map[code * filled + cell] = map[cell] + step[code];
            filled *= step.Length;
        }
        return map;
    }

    private static List<int[]> Eliminate(Nodes nodes, IEnumerable<IReadOnlyList<int>> together)
    {
        int n = nodes.Count;
        var near = new bool[n, n];
        var used = new bool[n];
        for (int c = 0; c < nodes.Columns; c++) used[c] = true;
        foreach (var set in together)
            foreach (int a in set)
            {
                used[a] = true;
                foreach (int b in set) near[a, b] = true;
            }
        var left = Enumerable.Range(0, n).Where(k => used[k]).ToList();
        int[] last = [.. Enumerable.Range(0, nodes.Columns)]; // each coding hangs on the next finer one in use
        foreach (int k in left.Where(k => k >= nodes.Columns))
        {
            int finer = last[nodes.ColumnOf(k)];
            near[k, finer] = near[finer, k] = true;
            last[nodes.ColumnOf(k)] = k;
        }
        var cliques = new List<int[]>();
        while (left.Count > 0)
        {
            int[]? best = null;
            int which = -1;
            double least = double.PositiveInfinity;
            foreach (int c in left)
            {
                int[] clique = [.. left.Where(o => o == c || near[c, o])];
                double cells = nodes.CellsFor(clique);
                if (cells < least) (best, which, least) = (clique, c, cells);
            }
            cliques.Add(best!);
            foreach (int a in best!)
                foreach (int b in best!)
                    near[a, b] = true;
            left.Remove(which);
        }
        return cliques;
    }

    private static List<int[]> Maximal(List<int[]> cliques)
    {
        var kept = new List<int[]>();
        foreach (int[] clique in cliques.OrderByDescending(c => c.Length))
            if (!kept.Exists(k => clique.All(k.Contains))) kept.Add(clique);
        return [.. kept.OrderBy(k => k[0]).ThenBy(k => k.Length)];
    }

    /// <summary>A spanning tree of the greatest separators (Prim 1957); parents come before children in the order.</summary>
    private static (int[] Order, int[] Parents) Span(List<int[]> cliques)
    {
        int[] parents = new int[cliques.Count], shared = new int[cliques.Count];
        if (cliques.Count == 0) return ([], []);
        Array.Fill(parents, -1);
        Array.Fill(shared, -1);
        var order = new List<int> { 0 };
        var left = Enumerable.Range(1, cliques.Count - 1).ToList();
        while (left.Count > 0)
        {
            int newest = order[^1];
            foreach (int k in left)
            {
                int common = cliques[newest].Intersect(cliques[k]).Count();
                if (common > shared[k]) (shared[k], parents[k]) = (common, newest);
            }
            int next = left.MaxBy(k => shared[k]);
            order.Add(next);
            left.Remove(next);
        }
        return ([.. order], parents);
    }
}
