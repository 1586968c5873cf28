namespace Simulant.Tabular.Marginals.Inference;

/// <summary>
/// A tree of cliques in which every set of columns that was measured together lies in one clique, and each column's cliques hang
/// together (Lauritzen and Spiegelhalter 1988). Columns are eliminated in the order that makes the smallest tables.
/// </summary>
internal sealed class JunctionTree
{
    private JunctionTree(int[] sizes, int[][] cliques, int[] parents, int[][] separators) =>
        (Sizes, Cliques, Parents, Separators) = (sizes, cliques, parents, separators);

    public int[] Sizes { get; }

    /// <summary>Columns of each clique, ascending; a clique stands behind its parent.</summary>
    public int[][] Cliques { get; }

    /// <summary>Of each clique; -1 for the first.</summary>
    public int[] Parents { get; }

    /// <summary>What a clique shares with its parent; may be empty.</summary>
    public int[][] Separators { get; }

    public static JunctionTree Of(int[] sizes, IEnumerable<IReadOnlyList<int>> together)
    {
        var cliques = Maximal(Eliminate(sizes, together));
        var (order, parents) = Span(cliques);
        int[][] placed = [.. order.Select(k => cliques[k])];
        int[] at = new int[order.Length];
        for (int k = 0; k < order.Length; k++) at[order[k]] = k;
        int[] parent = [.. order.Select(k => parents[k] < 0 ? -1 : at[parents[k]])];
        int[][] separators = [.. placed.Select((c, k) => parent[k] < 0 ? [] : c.Intersect(placed[parent[k]]).ToArray())];
        return new JunctionTree(sizes, placed, parent, separators);
    }

    /// <summary>A tree as it was stored.</summary>
    public static JunctionTree Restore(int[] sizes, int[][] cliques, int[] parents)
    {
        for (int k = 0; k < cliques.Length; k++)
            if (cliques[k].Any(c => c < 0 || c >= sizes.Length) || parents[k] >= k || parents[k] < 0 != (k == 0))
                throw new InvalidDataException("the tree of the model is damaged");
        int[][] separators = [.. cliques.Select((c, k) => k == 0 ? [] : c.Intersect(cliques[parents[k]]).ToArray())];
        return new JunctionTree(sizes, cliques, parents, separators);
    }

    /// <summary>Cells of all cliques' tables together, without building any.</summary>
    public static double CellsFor(int[] sizes, IEnumerable<IReadOnlyList<int>> together) =>
        Maximal(Eliminate(sizes, together)).Sum(clique => clique.Aggregate(1.0, (cells, c) => cells * sizes[c]));

    public int CellsOf(IReadOnlyList<int> columns) => columns.Aggregate(1, (cells, c) => checked(cells * Sizes[c]));

    /// <summary>For each cell of a clique's table, the cell of the table of some of its columns; the last column runs fastest.</summary>
    public int[] Map(int[] clique, IReadOnlyList<int> columns)
    {
        int[] stride = new int[clique.Length];
        for (int k = columns.Count - 1, cells = 1; k >= 0; cells *= Sizes[columns[k]], k--)
            stride[Array.IndexOf(clique, columns[k])] = cells;
        int[] map = new int[CellsOf(clique)];
        int[] digits = new int[clique.Length];
        int at = 0;
        for (int cell = 0; cell < map.Length; cell++)
        {
            map[cell] = at;
            for (int d = clique.Length - 1; d >= 0; d--)
            {
                at += stride[d];
                if (++digits[d] < Sizes[clique[d]]) break;
                at -= stride[d] * Sizes[clique[d]];
                digits[d] = 0;
            }
        }
        return map;
    }

    private static List<int[]> Eliminate(int[] sizes, IEnumerable<IReadOnlyList<int>> together)
    {
        int n = sizes.Length;
        var near = new bool[n, n];
        foreach (var set in together)
            foreach (int a in set)
                foreach (int b in set)
                    near[a, b] = true;
        var left = Enumerable.Range(0, n).ToList();
        var cliques = new List<int[]>();
        while (left.Count > 0)
        {
            int[]? best = null;
            int which = -1;
            double least = double.PositiveInfinity;
            foreach (int c in left)
            {
                int[] clique = [.. left.Where(o => o == c || near[c, o])];
                double cells = clique.Aggregate(1.0, (product, o) => product * sizes[o]);
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
