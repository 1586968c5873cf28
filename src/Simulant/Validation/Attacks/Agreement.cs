using Simulant.Data;
using Simulant.Numerics.Neighbours;
using Simulant.Validation.Comparison;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>
/// What two rows have in common, in nats: each column in which they agree counts -log of the share of real rows with that value, so
/// that a rare value counts for more; numbers also agree, for less, where they lie in one of 16 bins of equal mass. A row is
/// suspicious by how much more the best agreeing synthetic row has in common with it than the best agreeing other real row. That finds
/// copies of which some fields were redrawn, which distances do not: the redrawn fields put them far away.
/// </summary>
internal static class Agreement
{
    private const int Bins = 16;

    /// <summary>Weights of a row sum to at most so many units, of which a nat has at most 1,000.</summary>
    private const double MostUnits = 60_000, MostPerNat = 1_000;

    /// <summary>A column as codes, with what agreeing in each code counts.</summary>
    internal sealed record CodedColumn(ushort[] Real, ushort[] Synthetic, double[] Weights);

    public static double[] Scores(AttackedRows rows)
    {
        var columns = rows.Tables.Columns.SelectMany(Coded).ToList();
        double most = 0;
        for (int r = 0; r < rows.Rows; r++) most = Math.Max(most, columns.Sum(c => c.Weights[c.Real[r]]));
        double perNat = most > 0 ? Math.Min(MostPerNat, MostUnits / most) : 0;
        ushort[][] weights = [.. columns.Select(c => Array.ConvertAll(c.Real, code => (ushort)(c.Weights[code] * perNat)))];
        var real = CodedRows.Of(rows.Rows, [.. columns.Select(c => c.Real)]);
        var synthetic = CodedRows.Of(rows.Synthetic, [.. columns.Select(c => c.Synthetic)]);
        int[] made = AgreeingRows.Best(synthetic, real, weights, sameRows: false, Work.Loop(rows.Run), rows.Run.Cancel);
        int[] others = AgreeingRows.Best(real, real, weights, sameRows: true, Work.Loop(rows.Run), rows.Run.Cancel);
        return [.. made.Zip(others, (m, o) => (double)(m - o))];
    }

    /// <summary>A column once, or a number of many values twice: as it is, and in bins.</summary>
    public static IEnumerable<CodedColumn> Coded(ComparedColumn column) => column.IsNumeric ? OfNumbers(column) : OfLevels(column);

    private static IEnumerable<CodedColumn> OfLevels(ComparedColumn column)
    {
        ushort Code(int code) => (ushort)(code < 0 ? 0 : Math.Min(code + 1, ushort.MaxValue));
        ushort[] real = Array.ConvertAll(column.Codes(Part.Training), Code);
        yield return new CodedColumn(real, Array.ConvertAll(column.Codes(Part.Synthetic), Code), Information(real));
    }

    /// <summary>Exact values, and bins where there are more values than they would hold apart.</summary>
    private static IEnumerable<CodedColumn> OfNumbers(ComparedColumn column)
    {
        double[] real = column.Values(Part.Training), made = column.Values(Part.Synthetic);
        double[] values = [.. real.Where(v => !double.IsNaN(v)).Select(v => v + 0.0).Distinct().Order()];
        // Code 0 is missing, the last one a value that no real row has; values beyond a code's reach share it, and count nothing.
        ushort Exact(double v)
        {
            if (double.IsNaN(v)) return 0;
            int at = Array.BinarySearch(values, v + 0.0);
            return at < 0 || at >= ushort.MaxValue - 1 ? ushort.MaxValue : (ushort)(at + 1);
        }
        ushort[] codes = Array.ConvertAll(real, Exact);
        double[] exact = Information(codes);
        exact[ushort.MaxValue] = 0;
        if (values.Length <= 2 * Bins)
        {
            yield return new CodedColumn(codes, Array.ConvertAll(made, Exact), exact);
            yield break;
        }
        double[] sorted = [.. real.Where(v => !double.IsNaN(v)).Order()];
        double[] cuts = [.. Enumerable.Range(1, Bins - 1).Select(k => Quantiles.OfSorted(sorted, (double)k / Bins)).Distinct()];
        ushort Bin(double v)
        {
            if (double.IsNaN(v)) return 0;
            int at = Array.BinarySearch(cuts, v);
            return (ushort)(1 + (at < 0 ? ~at : at));
        }
        ushort[] bins = Array.ConvertAll(real, Bin);
        double[] coarse = Information(bins);
        for (int v = 0; v < Math.Min(values.Length, ushort.MaxValue - 1); v++)
            exact[v + 1] = Math.Max(0, exact[v + 1] - coarse[Bin(values[v])]); // what the bin does not count yet
        exact[0] = 0;
        yield return new CodedColumn(codes, Array.ConvertAll(made, Exact), exact);
        yield return new CodedColumn(bins, Array.ConvertAll(made, Bin), coarse);
    }

    /// <summary>-log of each code's share among the rows, by code.</summary>
    private static double[] Information(ushort[] codes)
    {
        double[] counts = new double[ushort.MaxValue + 1];
        foreach (ushort code in codes) counts[code]++;
        return Array.ConvertAll(counts, n => n == 0 ? 0 : Math.Log(codes.Length / n));
    }
}
