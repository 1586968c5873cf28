using Simulant.Numerics.Random;
using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>The model's law given what is allowed of single columns: rows are drawn from the first clique down.</summary>
internal sealed class ConditionalLaw
{
    private readonly CliqueTables _tables;
    private readonly GroupedCells[] _groups;
    private readonly double[][] _running; // [clique][place in the grouped order]: sum of the group up to here

    /// <param name="evidence">[column][code]: the part that is allowed; null where all is.</param>
    public ConditionalLaw(CliqueTables tables, GroupedCells[] groups, double[]?[] evidence)
    {
        _groups = groups;
        var tree = tables.Tree;
        _tables = Array.TrueForAll(evidence, e => e is null) ? tables : Under(tables, evidence);
        _running = new double[groups.Length][];
        for (int k = 0; k < groups.Length; k++)
        {
            double[] running = new double[groups[k].Cells.Length];
            for (int g = 0; g < groups[k].Groups; g++)
            {
                double sum = 0;
                for (int p = groups[k].Starts[g]; p < groups[k].Starts[g + 1]; p++)
                    running[p] = sum += _tables.Counts[k][groups[k].Cells[p]];
            }
            _running[k] = running;
        }
    }

    private static CliqueTables Under(CliqueTables tables, double[]?[] evidence)
    {
        var tree = tables.Tree;
        var under = tables.Copy();
        for (int c = 0; c < evidence.Length; c++)
        {
            if (evidence[c] is not { } shares) continue;
            int home = Array.FindIndex(tree.Cliques, clique => clique.Contains(c));
            int[] code = tree.Map(tree.Cliques[home], [c]);
            for (int cell = 0; cell < code.Length; cell++) under.Counts[home][cell] *= shares[code[cell]];
        }
        under.Calibrate();
        return under.Total > 0 ? under : tables; // what the model holds to be impossible is for the caller to refuse
    }

    public void Draw(Span<int> cells, RandomStream stream, long item, int attempt)
    {
        for (int k = 0; k < cells.Length; k++)
        {
            int group = k == 0 ? 0 : _tables.ParentToSeparator(k)[cells[_tables.Tree.Parents[k]]];
            int first = _groups[k].Starts[group], last = _groups[k].Starts[group + 1];
            double wanted = stream.Uniform(item, 100_000 + k, attempt) * _running[k][last - 1];
            int low = first, high = last - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_running[k][middle] > wanted) high = middle;
                else low = middle + 1;
            }
            cells[k] = _groups[k].Cells[low];
        }
    }
}
