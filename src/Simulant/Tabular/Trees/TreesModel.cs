using Simulant.Numerics.Trees;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Trees;

/// <summary>
/// A chain of conditional distributions: columns in a fixed order, each drawn bin by bin through its tree of questions, each
/// question answered by boosted trees over the columns before it.
/// </summary>
internal sealed class TreesModel : ITableModel
{
    private readonly IReadOnlyList<ModelColumn> _columns;
    private readonly ChainLink[] _chain;   // in drawing order

    public TreesModel(IReadOnlyList<ModelColumn> columns, ChainLink[] chain)
    {
        _columns = columns;
        _chain = chain;
    }

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        int stride = _columns.Count;
        byte[] codes = new byte[batch.Count * stride];
        var scratch = new DrawScratch(batch.Count);
        foreach (var link in _chain)
        {
            cancel.ThrowIfCancellationRequested();
            Allowed? allowed = null;
            foreach (var a in batch.Allowed)
                if (a.Column == link.Column) allowed = a;
            StratifiedUniforms.Fill(scratch.Uniform, batch, link.Column);
            link.Draw(batch, allowed, codes, stride, scratch);
        }
    }

    public bool RestrictsExactly(IReadOnlyList<int> columns)
    {
        // The first links are drawn before everything else; restricting them, all of them up to the last, is exact
        // only when nothing unrestricted comes before a restricted column.
        int found = 0;
        foreach (var link in _chain)
        {
            if (found == columns.Count) return true;
            if (!columns.Contains(link.Column)) return false;
            found++;
        }
        return found == columns.Count;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_chain.Length);
        foreach (var link in _chain) link.Save(to);
    }

    public static TreesModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        var chain = new ChainLink[from.ReadInt32()];
        for (int i = 0; i < chain.Length; i++) chain[i] = ChainLink.Load(from, columns);
        return new TreesModel(columns, chain);
    }
}

/// <summary>Working space of one batch.</summary>
internal sealed class DrawScratch(int count)
{
    public double[] Uniform { get; } = new double[count];
    public float[] Scores { get; } = new float[count];
    public float[] Means { get; } = new float[count];
    public float[] Spreads { get; } = new float[count];
    public int[] Rows { get; } = new int[count];
    public int[] Spare { get; } = new int[count];
}
