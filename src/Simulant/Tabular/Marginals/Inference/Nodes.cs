namespace Simulant.Tabular.Marginals.Inference;

/// <summary>
/// What cliques are made of: columns, and coarser codings of them. A coarser coding is a function of its column and of every finer
/// coding of it, so a table that has a finer one needs no axis for it.
/// </summary>
internal sealed class Nodes
{
    private readonly List<int> _columns = [];
    private readonly List<int[]> _codes = [];
    private readonly List<int> _sizes = [];

    /// <param name="sizes">Codes of each column.</param>
    public Nodes(IReadOnlyList<int> sizes)
    {
        Columns = sizes.Count;
        for (int c = 0; c < sizes.Count; c++) Put(c, [.. Enumerable.Range(0, sizes[c])], sizes[c]);
    }

    /// <summary>How many columns there are; the nodes below this number are they.</summary>
    public int Columns { get; }

    public int Count => _columns.Count;

    public IReadOnlyList<int> Sizes => _sizes;

    public int ColumnOf(int node) => _columns[node];

    /// <summary>[code of the column]: the node's code.</summary>
    public int[] CodesOf(int node) => _codes[node];

    /// <summary>Adds a coding that is coarser than all of its column so far.</summary>
    /// <param name="codes">[code of the column]: its code here.</param>
    public void Add(int column, int[] codes, int size)
    {
        if (size > _sizes[column] || codes.Length != _sizes[column] || codes.Any(c => c < 0 || c >= size))
            throw new InvalidDataException("a coding does not fit its column");
        int finer = _columns.LastIndexOf(column);
        foreach (var group in codes.Zip(_codes[finer]).GroupBy(c => c.Second))
            if (group.Any(c => c.First != group.First().First)) throw new InvalidDataException("a coding is no function of the finer one");
        Put(column, codes, size);
    }

    /// <summary>The nodes of some that a table over them has axes for: the finest of each column, by column.</summary>
    public int[] Axes(IReadOnlyList<int> nodes) => [.. nodes.Where(n => IsAxis(nodes, n)).OrderBy(n => _columns[n])];

    /// <summary>Cells of the table over some nodes.</summary>
    public double CellsFor(IReadOnlyList<int> nodes)
    {
        double cells = 1;
        for (int k = 0; k < nodes.Count; k++)
            if (IsAxis(nodes, nodes[k])) cells *= _sizes[nodes[k]];
        return cells;
    }

    /// <summary>Whether a table over some nodes tells the code of another.</summary>
    public bool Tells(int[] nodes, int node)
    {
        foreach (int n in nodes)
            if (n <= node && _columns[n] == _columns[node]) return true;
        return false;
    }

    /// <summary>[code of the finer node]: code of the coarser.</summary>
    public int[] Between(int fine, int coarse)
    {
        int[] map = new int[_sizes[fine]];
        for (int k = 0; k < _codes[fine].Length; k++) map[_codes[fine][k]] = _codes[coarse][k];
        return map;
    }

    /// <summary>The counts of two columns' joint table, under two of their codings.</summary>
    public double[] Joined(double[] counts, int a, int b)
    {
        if (a < Columns && b < Columns) return counts;
        int[] first = _codes[a], second = _codes[b];
        double[] sums = new double[_sizes[a] * _sizes[b]];
        for (int x = 0; x < first.Length; x++)
            for (int y = 0; y < second.Length; y++) sums[first[x] * _sizes[b] + second[y]] += counts[x * second.Length + y];
        return sums;
    }

    private bool IsAxis(IReadOnlyList<int> nodes, int node)
    {
        for (int k = 0; k < nodes.Count; k++)
            if (nodes[k] < node && _columns[nodes[k]] == _columns[node]) return false;
        return true;
    }

    private void Put(int column, int[] codes, int size)
    {
        _columns.Add(column);
        _codes.Add(codes);
        _sizes.Add(size);
    }
}
