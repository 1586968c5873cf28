using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// The fitted graphical model. Rows come in exact counts where nothing is asked of them; under a condition, or where a row was
/// refused, they are drawn clique by clique from the conditional law.
/// </summary>
internal sealed class MarginalsModel : ITableModel
{
    /// <summary>Rows that have exact counts together, at most.</summary>
    private const int MostPeriod = 1 << 20;

    private readonly Coarsening[] _columns;
    private readonly CliqueTables _tables;
    private readonly GroupedCells[] _groups;
    private readonly int[][][] _digits; // [clique][its column][cell]: code
    private readonly int _period;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, ExactCounts> _exact = [];

    public MarginalsModel(Coarsening[] columns, CliqueTables tables, long rows)
    {
        // From the counts alone, which are what is stored: a model that was read back is the same to the bit.
        (_columns, _tables) = (columns, CliqueTables.Agreed(tables.Tree, tables.Counts));
        _period = (int)Math.Clamp(rows, 1, MostPeriod);
        var tree = tables.Tree;
        _groups = [.. tree.Cliques.Select((c, k) => k == 0 ? new GroupedCells(new int[tables.Counts[0].Length], 1)
            : new GroupedCells(tables.ToSeparator(k), tree.CellsOf(tree.Separators[k])))];
        _digits = [.. tree.Cliques.Select(c => c.Select(column => tree.Map(c, [column])).ToArray())];
    }

    public bool RestrictsExactly(IReadOnlyList<int> columns) => true;

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        int cliques = _tables.Counts.Length;
        var exact = batch.Allowed.Count == 0 && batch.Attempts.Contains(0) ? Exact(batch.Stream) : null;
        var law = exact is null || batch.Attempts.Any(a => a != 0) ? new ConditionalLaw(_tables, _groups, Evidence(batch.Allowed)) : null;
        Span<int> cells = stackalloc int[cliques], ranks = stackalloc int[cliques];
        int[] codes = new int[_columns.Length];
        for (int r = 0; r < batch.Count; r++)
        {
            if (r % 256 == 0) cancel.ThrowIfCancellationRequested();
            if (exact is not null && batch.Attempts[r] == 0) exact.Locate(batch.Items[r], cells, ranks);
            else law!.Draw(cells, batch.Stream, batch.Items[r], batch.Attempts[r]);
            for (int k = 0; k < cliques; k++)
                for (int i = 0; i < _digits[k].Length; i++)
                    codes[_tables.Tree.Cliques[k][i]] = _digits[k][i][cells[k]];
            for (int c = 0; c < codes.Length; c++)
            {
                var (u, v) = batch.Stream.UniformPair(batch.Items[r], c, batch.Attempts[r]);
                batch.Values[c][r] = _columns[c].Draw(codes[c], u, v, AllowedIn(batch.Allowed, c));
            }
        }
    }

    private static Allowed? AllowedIn(IReadOnlyList<Allowed> allowed, int column)
    {
        foreach (var a in allowed)
            if (a.Column == column) return a;
        return null;
    }

    /// <summary>[column][code]: the part of it that is allowed; null where all is.</summary>
    private double[]?[] Evidence(IReadOnlyList<Allowed> allowed)
    {
        double[]?[] evidence = new double[_columns.Length][];
        foreach (var a in allowed) evidence[a.Column] = [.. Enumerable.Range(0, _columns[a.Column].Count).Select(k =>
            _columns[a.Column].Share(k, a))];
        return evidence;
    }

    private ExactCounts Exact(RandomStream stream)
    {
        var (a, b, _, _) = stream.Bits(0, -400);
        ulong key = (ulong)a << 32 | b;
        lock (_gate)
        {
            if (_exact.TryGetValue(key, out var known)) return known;
            if (_exact.Count >= 4) _exact.Clear();
            return _exact[key] = new ExactCounts(_tables, _groups, _period, stream);
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_period);
        foreach (var column in _columns) column.Save(to);
        to.Write(_tables.Counts.Length);
        for (int k = 0; k < _tables.Counts.Length; k++)
        {
            to.Write(_tables.Tree.Parents[k]);
            to.Write(_tables.Tree.Cliques[k].Length);
            foreach (int column in _tables.Tree.Cliques[k]) to.Write(column);
        }
        foreach (double[] counts in _tables.Counts)
            foreach (double count in counts)
                to.Write(count);
    }

    public static MarginalsModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        int period = from.ReadInt32();
        Coarsening[] coarse = [.. columns.Select(_ => Coarsening.Load(from))];
        int count = from.ReadInt32();
        if (period is < 1 or > MostPeriod || count < 1 || count > columns.Count) throw new InvalidDataException("the model is damaged");
        int[][] cliques = new int[count][];
        int[] parents = new int[count];
        for (int k = 0; k < count; k++)
        {
            parents[k] = from.ReadInt32();
            int length = from.ReadInt32();
            if (length < 1 || length > columns.Count) throw new InvalidDataException("a clique of the model is damaged");
            cliques[k] = [.. Enumerable.Range(0, length).Select(_ => from.ReadInt32())];
        }
        var tree = JunctionTree.Restore([.. coarse.Select(c => c.Count)], cliques, parents);
        double[][] counts = [.. cliques.Select(c => new double[tree.CellsOf(c)])];
        foreach (double[] table in counts)
            for (int cell = 0; cell < table.Length; cell++)
                table[cell] = from.ReadDouble();
        return new MarginalsModel(coarse, new CliqueTables(tree, counts), period);
    }
}
