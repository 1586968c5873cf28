using Simulant.Numerics.Trees;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Utility;

/// <summary>
/// Training, holdout and synthetic rows whose target is present, stacked in this order. Categories are one-hot, numbers as they
/// are; each model bins them on the rows it is trained on, so that no table moves another's model.
/// </summary>
internal sealed class UtilityData
{
    // A numeric target of so few distinct values is a set of classes.
    private const int MostNumericClasses = 2;

    private readonly BinnedFeature?[] _oneHot; // null for numbers
    private readonly double[][] _columns;
    private readonly int[][] _rows, _tableRows;

    private UtilityData(UtilityTask task, IReadOnlyList<string> classes, BinnedFeature?[] oneHot, double[][] columns, double[] labels,
        int[][] rows, int[][] tableRows)
    {
        _tableRows = tableRows;
        Task = task;
        Classes = classes;
        Labels = labels;
        _oneHot = oneHot;
        _columns = columns;
        _rows = rows;
    }

    public UtilityTask Task { get; }

    /// <summary>Labels in order; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>By stacked row: class index or value.</summary>
    public double[] Labels { get; }

    /// <summary>Stacked rows that belong to a part.</summary>
    public int[] Rows(Part part) => _rows[(int)part];

    /// <summary>Which rows of the part's table these are, ascending.</summary>
    public int[] TableRows(Part part) => _tableRows[(int)part];

    /// <summary>All stacked rows, binned on some of them.</summary>
    public BinnedMatrix BinnedOn(int[] rows)
    {
        var features = new BinnedFeature[_columns.Length];
        for (int c = 0; c < features.Length; c++)
        {
            double[] column = _columns[c];
            features[c] = _oneHot[c] ?? BinnedFeature.Ordered(Array.ConvertAll(rows, r => column[r]));
        }
        return BinnedMatrix.Build(features, _columns);
    }

    /// <param name="most">Training and synthetic rows are cut to this many each.</param>
    /// <param name="reason">Why there is nothing to measure, where null comes back.</param>
    public static UtilityData? Of(ComparedTables tables, int target, int most, ulong seed, out string reason)
    {
        var column = tables.Columns[target];
        var (labels, classes) = Label(column);
        int[][] kept = new int[3][];
        for (int p = 0; p < 3; p++)
        {
            double[] own = labels[p];
            int[] present = [.. Enumerable.Range(0, own.Length).Where(i => double.IsFinite(own[i]))];
            int[] chosen = Sampling.Rows(present.Length, (Part)p == Part.Holdout ? int.MaxValue : most, seed, $"utility/{(Part)p}");
            kept[p] = [.. chosen.Select(i => present[i])];
        }
        reason = Fault(classes, labels, kept, tables.Columns.Count);
        if (reason.Length > 0) return null;
        var oneHot = new List<BinnedFeature?>();
        var columns = new List<double[]>();
        (Part, int[])[] pieces =
            [(Part.Training, kept[0]), (Part.Holdout, kept[1]), (Part.Synthetic, kept[2])];
        for (int c = 0; c < tables.Columns.Count; c++)
        {
            if (c == target) continue;
            if (tables.Columns[c].IsNumeric)
            {
                columns.Add(FeatureColumns.SortedCodes(tables.Columns[c], pieces));
                oneHot.Add(null);
                continue;
            }
            var (feature, codes) = FeatureColumns.OneHot(tables.Columns[c], pieces);
            columns.Add(codes);
            oneHot.Add(feature);
        }
        double[] stacked = [.. kept.SelectMany((rows, p) => rows.Select(r => labels[p][r]))];
        int[] starts = [0, kept[0].Length, kept[0].Length + kept[1].Length];
        int[][] matrixRows = [.. kept.Select((rows, p) => Enumerable.Range(starts[p], rows.Length).ToArray())];
        var task = classes.Length == 0 ? UtilityTask.Regression : classes.Length == 2 ? UtilityTask.Binary : UtilityTask.Multiclass;
        return new UtilityData(task, classes, [.. oneHot], [.. columns], stacked, matrixRows, kept);
    }

    /// <summary>Class indices in label order, or the values of a regression target; NaN where missing.</summary>
    public static (double[][] Labels, string[] Classes) Label(ComparedColumn column)
    {
        Part[] parts = [Part.Training, Part.Holdout, Part.Synthetic];
        if (!column.IsNumeric)
        {
            double[][] codes = [.. parts.Select(p => column.Codes(p).Select(c => c < 0 ? double.NaN : c).ToArray())];
            return (codes, [.. column.Levels]);
        }
        double[][] values = [.. parts.Select(column.Values)];
        double[] distinct = [.. values.SelectMany(v => v).Where(double.IsFinite).Distinct().Take(MostNumericClasses + 1).Order()];
        if (distinct.Length > MostNumericClasses) return (values, []);
        double[][] indices = [.. values.Select(part => part.Select(v =>
            double.IsFinite(v) ? Array.IndexOf(distinct, v) : double.NaN).ToArray())];
        return (indices, [.. distinct.Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    private static string Fault(string[] classes, double[][] labels, int[][] kept, int columns)
    {
        if (columns < 2) return "no column beside the target";
        if (kept[(int)Part.Holdout].Length == 0) return "no holdout row has the target";
        if (kept[(int)Part.Training].Length == 0) return "no training row has the target";
        if (kept[(int)Part.Synthetic].Length == 0) return "no synthetic row has the target";
        int distinct = kept[(int)Part.Holdout].Select(r => labels[(int)Part.Holdout][r]).Distinct().Take(2).Count();
        if (distinct < 2) return "the target is constant in the holdout";
        return classes.Length > 100 ? $"the target has {classes.Length} classes" : "";
    }
}
