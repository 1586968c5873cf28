using Simulant.Numerics.Random;
using Simulant.Tabular.Marginals.Inference;

namespace Simulant.Tabular.Marginals;

/// <summary>
/// Whole counts for every cell of every clique, which agree where cliques meet, and the rows that have them: row i is found by
/// walking down the tree, its place among the rows of each cell scattered by a keyed bijection, so any row can be had without the
/// others, and all of a period's rows together have exactly the counts.
/// </summary>
internal sealed class ExactCounts
{
    private readonly CliqueTables _tables;
    private readonly RandomStream _stream;
    private readonly GroupedCells[] _groups;
    private readonly int[][] _before;   // [clique][place in the grouped order]: rows of the group before this cell
    private readonly int[][] _groupRows;
    private readonly int[][] _offsets;  // [clique][cell of its parent]: rows of the shared cell before this parent's cell

    /// <param name="groups">Each clique's cells by what it shares with its parent.</param>
    /// <param name="period">Rows that have the counts together, at least 1.</param>
    /// <param name="stream">Which way halves are rounded, and where rows stand.</param>
    public ExactCounts(CliqueTables tables, GroupedCells[] groups, int period, RandomStream stream)
    {
        (_tables, _groups, _stream, Period) = (tables, groups, stream, period);
        int cliques = tables.Counts.Length;
        (_before, _groupRows, _offsets) = (new int[cliques][], new int[cliques][], new int[cliques][]);
        int[][] counts = new int[cliques][];
        for (int k = 0; k < cliques; k++)
        {
            if (k == 0) _groupRows[k] = [period];
            else Shared(k, counts[tables.Tree.Parents[k]]);
            counts[k] = Round(k);
        }
    }

    public int Period { get; }

    /// <summary>The cell of each clique for an item.</summary>
    public void Locate(long item, Span<int> cells, Span<int> ranks)
    {
        long period = item / Period;
        for (int k = 0; k < cells.Length; k++)
        {
            int group = 0, rank;
            if (k == 0) rank = (int)(item % Period);
            else
            {
                int parent = _tables.Tree.Parents[k];
                group = _tables.ParentToSeparator(k)[cells[parent]];
                rank = _offsets[k][cells[parent]] + ranks[parent];
            }
            int slot = (int)_stream.Bits(group, k, (int)period).R0;
            rank = (int)new IndexPermutation(_stream, slot, _groupRows[k][group]).Map(rank);
            int first = _groups[k].Starts[group], last = _groups[k].Starts[group + 1];
            int place = LastAtMost(_before[k], first, last, rank);
            cells[k] = _groups[k].Cells[place];
            ranks[k] = rank - _before[k][place];
        }
    }

    /// <summary>The last place in [first, last) whose value is at most the rank; of equal values it is the one that has rows.</summary>
    private static int LastAtMost(int[] before, int first, int last, int rank)
    {
        while (last - first > 1)
        {
            int middle = (first + last) / 2;
            if (before[middle] <= rank) first = middle;
            else last = middle;
        }
        return first;
    }

    /// <summary>Rows of each cell that clique k shares with its parent, as the parent's whole counts say.</summary>
    private void Shared(int k, int[] parent)
    {
        int[] map = _tables.ParentToSeparator(k), sums = new int[_groups[k].Groups], offsets = new int[parent.Length];
        for (int cell = 0; cell < parent.Length; cell++)
        {
            offsets[cell] = sums[map[cell]];
            sums[map[cell]] += parent[cell];
        }
        (_groupRows[k], _offsets[k]) = (sums, offsets);
    }

    /// <summary>Divides each group's rows among its cells in proportion to the expected counts: running sums, rounded from a random
    /// start, so that no cell is off by one or more and none is favoured.</summary>
    private int[] Round(int k)
    {
        var groups = _groups[k];
        double[] expected = _tables.Counts[k];
        int[] counts = new int[expected.Length];
        _before[k] = new int[expected.Length];
        for (int g = 0; g < groups.Groups; g++)
        {
            int first = groups.Starts[g], last = groups.Starts[g + 1], rows = _groupRows[k][g];
            double sum = 0;
            for (int p = first; p < last; p++) sum += expected[groups.Cells[p]];
            double running = 0, start = _stream.Uniform(g, k, -1);
            int done = 0;
            for (int p = first; p < last; p++)
            {
                running += sum > 0 ? expected[groups.Cells[p]] / sum : 1.0 / (last - first);
                int until = p == last - 1 ? rows : Math.Clamp((int)Math.Floor(running * rows + start), done, rows);
                _before[k][p] = done;
                counts[groups.Cells[p]] = until - done;
                done = until;
            }
        }
        return counts;
    }
}
