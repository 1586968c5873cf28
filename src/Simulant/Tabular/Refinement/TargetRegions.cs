using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Trees;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// Regions of the other columns in which the target differs, and the target's place within its region: counts of both say how
/// the target follows from all columns together, which no table of three columns can. The regions are the leaves of regression
/// trees, each grown on half of the training rows and two thirds of the columns (Breiman, "Random forests", 2001).
/// </summary>
internal sealed class TargetRegions
{
    /// <summary>Bytes that a row has for each tree: its cell, the high byte first.</summary>
    public const int Bytes = 2;

    /// <summary>Quarters of a numeric target within its leaf; of a nominal one the frequent levels, then all others.</summary>
    private const int Parts = 4;

    private const int Depth = 10, MostLeaves = (ushort.MaxValue + 1) / (Parts + 1);

    /// <summary>Of the half that a tree is grown on, rows of a leaf at least.</summary>
    private const double LeastRows = 12.5;

    private readonly string _target;
    private readonly Dictionary<string, int>? _targetRanks;
    private readonly string[] _names;
    private readonly BinnedFeature[] _features;
    private readonly Dictionary<string, int>?[] _ranks;
    private readonly Tree[] _trees;

    /// <param name="Leaf">By node of the tree, the leaf's number; of leaves too many for two bytes, the last.</param>
    /// <param name="Cuts">By leaf: the quartiles of a numeric target.</param>
    private sealed record Tree(GradientBoosting Grown, int[] Leaf, double[][] Cuts);

    private TargetRegions(Table training, NumericColumn? numbers, CodedColumn? levels, string[] names, int trees, RunContext run)
    {
        (_target, _names) = (((Column?)numbers ?? levels)!.Name, names);
        _targetRanks = levels is null ? null : ByFrequency(levels);
        double[] labels = numbers is not null ? numbers.Values.ToArray()
            : Values(levels!, _targetRanks, rank => rank == 0 ? 1 : 0);
        int[] rows = [.. Enumerable.Range(0, labels.Length).Where(r => double.IsFinite(labels[r]))];
        for (int r = 0; r < labels.Length; r++)
            if (!double.IsFinite(labels[r])) labels[r] = 0;
        _ranks = [.. names.Select(n => training[n] is CodedColumn coded ? ByLabel(coded, rows, labels) : null)];
        double[][] columns = [.. names.Select((n, k) => Values(training[n], _ranks[k], rank => rank))];
        _features = [.. columns.Select(c => BinnedFeature.Ordered(c))];
        _trees = new Tree[rows.Length == 0 ? 0 : trees];
        var whole = BinnedMatrix.Build(_features, columns);
        Work.For(_trees.Length, run, t => _trees[t] = Grow(t, columns, whole, rows, labels, run));
    }

    public int Count => _trees.Length;

    /// <summary>Cells of a tree's table: a place of each leaf, and one for a missing target.</summary>
    public int Cells(int tree) => _trees[tree].Cuts.Length * (Parts + 1);

    /// <returns>Null where none are asked for, or the table has no target that an engine has learned.</returns>
    public static TargetRegions? Fit(Table training, IReadOnlyList<string> learned, int trees, RunContext run)
    {
        var target = training.Columns.FirstOrDefault(c => c.Schema.Role == ColumnRole.Target);
        string[] names = [.. learned.Where(n => n != target?.Name)];
        return trees == 0 || target is null || names.Length == 0 || !learned.Contains(target.Name) ? null
            : new TargetRegions(training, target as NumericColumn, target as CodedColumn, names, trees, run);
    }

    private Tree Grow(int t, double[][] columns, BinnedMatrix whole, int[] rows, double[] labels, RunContext run)
    {
        var random = new RandomStream(0, "target regions");
        int[] use = [.. random.Permutation(columns.Length, t).Take(Math.Max(2, columns.Length * 2 / 3))];
        var matrix = BinnedMatrix.Build(_features, [.. columns.Select((c, k) => use.Contains(k) ? c : new double[c.Length])]);
        int[] half = [.. rows.Where(r => random.Uniform(r, 1, t) < 0.5)];
        var grown = GradientBoosting.Fit(matrix, half.Length > 0 ? half : rows, labels, new BoostingOptions
        {
            Objective = BoostingObjective.SquaredError, Trees = 1, Depth = Depth, LearningRate = 1, Lambda = 0,
            MinChildWeight = LeastRows, BaseScore = double.NaN,
        }, cancel: run.Cancel);
        int[] leaf = new int[grown.Trees[0].NodeCount];
        int leaves = 0;
        for (int node = 0; node < leaf.Length; node++)
            if (grown.Trees[0].Feature(node) < 0) leaf[node] = Math.Min(leaves++, MostLeaves - 1);
        List<double>[] members = [.. Enumerable.Range(0, Math.Min(leaves, MostLeaves)).Select(_ => new List<double>())];
        int[] nodes = grown.Leaves(whole, rows, 0);
        for (int i = 0; i < rows.Length; i++) members[leaf[nodes[i]]].Add(labels[rows[i]]);
        return new Tree(grown, leaf, [.. members.Select(Quantiles)]);
    }

    private static double[] Quantiles(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? new double[Parts - 1]
            : [.. Enumerable.Range(1, Parts - 1).Select(p => values[(int)((long)p * values.Count / Parts)])];
    }

    /// <summary>Writes each row's cell in tree t at row * width + offset + 2 t.</summary>
    public void Code(Table table, byte[] into, int width, int offset, RunContext run)
    {
        var matrix = BinnedMatrix.Build(_features, [.. _names.Select((n, k) => Values(table[n], _ranks[k], rank => rank))]);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        double[] target = Values(table[_target], _targetRanks, rank => rank);
        Work.For(_trees.Length, run, t =>
        {
            var (grown, leaf, cuts) = _trees[t];
            int[] nodes = grown.Leaves(matrix, rows, 0);
            for (int r = 0; r < rows.Length; r++)
            {
                int cell = leaf[nodes[r]] * (Parts + 1) + Place(target[r], cuts[leaf[nodes[r]]]), at = r * width + offset + Bytes * t;
                (into[at], into[at + 1]) = ((byte)(cell >> 8), (byte)cell);
            }
        });
    }

    private int Place(double value, double[] cuts)
    {
        if (double.IsNaN(value)) return Parts;
        if (_targetRanks is not null) return Math.Min((int)value, Parts - 1);
        int place = 0;
        while (place < cuts.Length && value > cuts[place]) place++;
        return place;
    }

    /// <summary>A column as numbers, levels by their ranks; a level without one, like a missing value, is NaN.</summary>
    private static double[] Values(Column column, Dictionary<string, int>? ranks, Func<int, double> of)
    {
        if (column is NumericColumn numbers) return numbers.Values.ToArray();
        var coded = (CodedColumn)column;
        double[] byLevel = [.. coded.Levels.Select(l => ranks!.TryGetValue(l, out int rank) ? of(rank) : double.NaN)];
        double[] values = new double[coded.Count];
        for (int r = 0; r < values.Length; r++) values[r] = coded.Codes[r] < 0 ? double.NaN : byLevel[coded.Codes[r]];
        return values;
    }

    private static Dictionary<string, int> ByFrequency(CodedColumn column)
    {
        int[] counts = new int[column.Levels.Count];
        foreach (int code in column.Codes)
            if (code >= 0) counts[code]++;
        return Ranked(column, Enumerable.Range(0, counts.Length).OrderByDescending(l => counts[l]));
    }

    /// <summary>By mean of the label, so that one cut parts levels that differ.</summary>
    private static Dictionary<string, int> ByLabel(CodedColumn column, int[] rows, double[] labels)
    {
        double[] sums = new double[column.Levels.Count], counts = new double[sums.Length];
        foreach (int r in rows)
        {
            if (column.Codes[r] < 0) continue;
            sums[column.Codes[r]] += labels[r];
            counts[column.Codes[r]]++;
        }
        return Ranked(column, Enumerable.Range(0, sums.Length).OrderBy(l => counts[l] > 0 ? sums[l] / counts[l] : 0));
    }

    private static Dictionary<string, int> Ranked(CodedColumn column, IOrderedEnumerable<int> order)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int level in order.ThenBy(l => column.Levels[l], StringComparer.Ordinal)) ranks[column.Levels[level]] = ranks.Count;
        return ranks;
    }
}
