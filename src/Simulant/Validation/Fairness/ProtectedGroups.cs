using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fairness;

/// <summary>Rows of one group, by part of the real and synthetic data, ascending.</summary>
internal sealed record ProtectedGroup(string Name, IReadOnlyList<string> Columns, int[][] Rows)
{
    public int[] In(Part part) => Rows[(int)part];
}

/// <summary>
/// The groups of protected columns and of every combination of them. A level is a group, missing values are one; numbers of more than
/// a dozen values are cut at their training quartiles.
/// </summary>
internal static class ProtectedGroups
{
    private const int MostNumericGroups = 12;

    /// <param name="columns">Places in the compared tables.</param>
    /// <returns>Those with enough training rows; and how many have too few.</returns>
    public static (List<ProtectedGroup> Groups, int TooSmall) Of(ComparedTables tables, IReadOnlyList<int> columns)
    {
        var coded = columns.Select(c => Coded(tables.Columns[c])).ToList();
        var groups = new List<ProtectedGroup>();
        int small = 0;
        foreach (int subset in Enumerable.Range(1, (1 << coded.Count) - 1).OrderBy(s => int.PopCount(s)).ThenBy(s => s))
        {
            var used = coded.Where((_, i) => (subset & 1 << i) != 0).ToList();
            string[] names = [.. used.Select(u => u.Column)];
            foreach (var (codes, rows) in Divided(used))
            {
                if (rows[(int)Part.Training].Count == 0) continue;
                if (rows[(int)Part.Training].Count < FairnessDetail.LeastRows) small++;
                else groups.Add(new ProtectedGroup(
                    string.Join(", ", used.Select((u, i) => u.Labels[codes[i]])), names, [.. rows.Select(r => r.ToArray())]));
            }
        }
        return (groups, small);
    }

    private sealed record CodedGroups(string Column, IReadOnlyList<string> Labels, int[][] Codes);

    /// <summary>By combination of codes, in their order: the rows of each part.</summary>
    private static IEnumerable<(int[] Codes, List<int>[] Rows)> Divided(List<CodedGroups> used)
    {
        var cells = new Dictionary<string, (int[] Codes, List<int>[] Rows)>(StringComparer.Ordinal);
        for (int p = 0; p < 3; p++)
        {
            int rows = used[0].Codes[p].Length;
            for (int r = 0; r < rows; r++)
            {
                string key = string.Join(',', used.Select(u => u.Codes[p][r]));
                if (!cells.TryGetValue(key, out var cell))
                    cells[key] = cell = ([.. used.Select(u => u.Codes[p][r])], [[], [], []]);
                cell.Rows[p].Add(r);
            }
        }
        return cells.Values.OrderBy(c => c.Codes, Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
    }

    private static CodedGroups Coded(ComparedColumn column)
    {
        Part[] parts = [Part.Training, Part.Holdout, Part.Synthetic];
        if (column.IsNumeric) return Numbers(column, parts);
        int missing = column.Levels.Count;
        string[] labels = [.. column.Levels.Select(l => $"{column.Name} = {l}"), $"{column.Name} missing"];
        return new CodedGroups(column.Name, labels, [.. parts.Select(p => Array.ConvertAll(column.Codes(p), c => c < 0 ? missing : c))]);
    }

    private static CodedGroups Numbers(ComparedColumn column, Part[] parts)
    {
        double[] sorted = [.. column.Values(Part.Training).Where(double.IsFinite).Order()];
        double[] distinct = [.. sorted.Distinct().Take(MostNumericGroups + 1)];
        bool values = distinct.Length <= MostNumericGroups;
        // Upper ends, each in its group; the last is open.
        double[] ends = values ? distinct[..Math.Max(0, distinct.Length - 1)]
            : [.. Enumerable.Range(1, 3).Select(q => sorted[q * sorted.Length / 4]).Distinct().Where(e => e < sorted[^1])];
        string Text(double value) => ValueText.Format(column.Schema, value);
        var labels = new List<string>();
        for (int i = 0; i <= ends.Length; i++)
        {
            labels.Add(values ? $"{column.Name} = {(distinct.Length == 0 ? "" : Text(distinct[i]))}"
                : i == 0 ? $"{column.Name} <= {Text(ends[0])}"
                : i == ends.Length ? $"{column.Name} > {Text(ends[^1])}"
                : $"{Text(ends[i - 1])} < {column.Name} <= {Text(ends[i])}");
        }
        labels.Add($"{column.Name} missing");
        if (values) labels.Add($"{column.Name} = another value");
        int Code(double v)
        {
            if (double.IsNaN(v)) return ends.Length + 1;
            if (values) return Array.IndexOf(distinct, v) is >= 0 and var at ? at : ends.Length + 2;
            int end = Array.BinarySearch(ends, v);
            return end < 0 ? ~end : end;
        }
        return new CodedGroups(column.Name, labels, [.. parts.Select(p => Array.ConvertAll(column.Values(p), Code))]);
    }
}
