namespace Simulant.Tabular.Marginals;

/// <summary>A clique's cells, those of each separator cell side by side.</summary>
internal sealed class GroupedCells
{
    /// <param name="groupOf">Group of each cell.</param>
    public GroupedCells(int[] groupOf, int groups)
    {
        Starts = new int[groups + 1];
        foreach (int g in groupOf) Starts[g + 1]++;
        for (int g = 0; g < groups; g++) Starts[g + 1] += Starts[g];
        Cells = new int[groupOf.Length];
        int[] next = [.. Starts];
        for (int cell = 0; cell < groupOf.Length; cell++) Cells[next[groupOf[cell]]++] = cell;
    }

    /// <summary>Cells by group, ascending within each.</summary>
    public int[] Cells { get; }

    /// <summary>Where each group begins in <see cref="Cells"/>, and where the last ends.</summary>
    public int[] Starts { get; }

    public int Groups => Starts.Length - 1;
}
