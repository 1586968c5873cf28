using Simulant.Data;

namespace Simulant.Validation.Collapse;

/// <summary>Values of the real rows that occur From to To times there, and what became of them.</summary>
/// <param name="Values">How many there are, over all columns.</param>
/// <param name="Recall">The share of them that a generation has; NaN where there are none.</param>
/// <param name="Law">What chance alone would have left: <see cref="SurvivalLaw"/>.</param>
public sealed record SurvivalBand(int From, int To, int Values, double Recall, double Law);

/// <summary>What a generation has of the real rows' variety, by counting alone.</summary>
/// <param name="Entropy">Entropy of a column of levels over that in real rows, mean over columns; NaN where there are none.</param>
/// <param name="Pairs">Share of the pairs of levels of two columns that occur; NaN where there are none.</param>
/// <param name="Tails">
/// How far the 1% and the 99% quantile lie from where they should among the real rows, in shares of rows, mean over numeric
/// columns; NaN where there are none.
/// </param>
public sealed record GenerationFigures(IReadOnlyList<SurvivalBand> Bands, double Entropy, double Pairs, double Tails)
{
    private static readonly (int From, int To)[] Ranges = [(1, 1), (2, 4), (5, 9), (10, 19), (20, int.MaxValue)];

    /// <summary>Numeric columns of no more values than this are counted by value.</summary>
    private const int MostValues = 255;

    private const int MostPairs = 120;

    /// <param name="made">As many rows as <paramref name="real"/>, of the same columns.</param>
    /// <param name="law">Of a value's count in the real rows.</param>
    public static GenerationFigures Of(Table real, Table made, Func<int, double> law)
    {
        var columns = new List<(int[] Real, int[] Made, int Levels)>();
        var tails = new List<double>();
        foreach (var column in real.Columns.Where(c => c.Schema.Role != ColumnRole.Id && c.Schema.Kind != ColumnKind.Text))
        {
            if (column is CodedColumn coded) columns.Add(Coded(coded, (CodedColumn)made[column.Name]));
            else if (column is NumericColumn numbers)
            {
                double[] reals = Finite(numbers), mades = Finite((NumericColumn)made[column.Name]);
                if (reals.Distinct().Take(MostValues + 1).Count() <= MostValues)
                    columns.Add(Valued(numbers, (NumericColumn)made[column.Name], [.. reals.Distinct()]));
                if (reals.Length > 0 && mades.Length > 0) tails.Add((Off(reals, mades, 0.01) + Off(reals, mades, 0.99)) / 2);
            }
        }
        return new GenerationFigures(Survivals(columns, law), Mean(columns.Select(Entropies)), PairSupport(columns), Mean(tails));
    }

    private static double[] Finite(NumericColumn column) => [.. column.Values.ToArray().Where(double.IsFinite).Order()];

    private static (int[], int[], int) Coded(CodedColumn real, CodedColumn made)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string level in real.Levels) codes[level] = codes.Count;
        int[] of = [.. made.Levels.Select(l => codes.GetValueOrDefault(l, -1))];
        return ([.. real.Codes.ToArray()], [.. made.Codes.ToArray().Select(c => c < 0 ? -1 : of[c])], codes.Count);
    }

    private static (int[], int[], int) Valued(NumericColumn real, NumericColumn made, double[] values)
    {
        var codes = new Dictionary<double, int>();
        foreach (double v in values) codes[v] = codes.Count;
        int[] Code(NumericColumn c) => [.. c.Values.ToArray().Select(v => codes.GetValueOrDefault(v, -1))];
        return (Code(real), Code(made), codes.Count);
    }

    private static int[] Counted(int[] codes, int levels)
    {
        int[] counts = new int[levels];
        foreach (int code in codes)
            if (code >= 0) counts[code]++;
        return counts;
    }

    private static SurvivalBand[] Survivals(List<(int[] Real, int[] Made, int Levels)> columns, Func<int, double> law)
    {
        int[] values = new int[Ranges.Length], found = new int[Ranges.Length];
        double[] expected = new double[Ranges.Length];
        foreach (var (real, made, levels) in columns)
        {
            int[] before = Counted(real, levels), after = Counted(made, levels);
            for (int k = 0; k < levels; k++)
            {
                if (before[k] == 0) continue;
                int band = Array.FindIndex(Ranges, b => before[k] <= b.To);
                values[band]++;
                if (after[k] > 0) found[band]++;
                expected[band] += law(before[k]);
            }
        }
        return [.. Ranges.Select((b, i) => new SurvivalBand(b.From, b.To, values[i],
            values[i] == 0 ? double.NaN : (double)found[i] / values[i], values[i] == 0 ? double.NaN : expected[i] / values[i]))];
    }

    private static double Entropies((int[] Real, int[] Made, int Levels) column)
    {
        double real = Of(Counted(column.Real, column.Levels));
        return real > 0 ? Of(Counted(column.Made, column.Levels)) / real : double.NaN;

        static double Of(int[] counts)
        {
            double all = counts.Sum();
            return all == 0 ? 0 : -counts.Where(c => c > 0).Sum(c => c / all * Math.Log(c / all));
        }
    }

    private static double PairSupport(List<(int[] Real, int[] Made, int Levels)> columns)
    {
        int n = columns.Count;
        var pairs = (from a in Enumerable.Range(0, n) from b in Enumerable.Range(a + 1, n - a - 1) select (a, b)).ToArray();
        int step = Math.Max(1, (pairs.Length + MostPairs - 1) / MostPairs);
        long due = 0, found = 0;
        for (int p = 0; p < pairs.Length; p += step)
        {
            var (a, b) = (columns[pairs[p].a], columns[pairs[p].b]);
            HashSet<long> Cells(int[] x, int[] y) => [.. Enumerable.Range(0, x.Length).Where(r => x[r] >= 0 && y[r] >= 0)
                .Select(r => (long)x[r] * b.Levels + y[r])];
            var real = Cells(a.Real, b.Real);
            due += real.Count;
            real.IntersectWith(Cells(a.Made, b.Made));
            found += real.Count;
        }
        return due == 0 ? double.NaN : (double)found / due;
    }

    /// <summary>The share of real rows up to the generation's quantile, against the share that it should be.</summary>
    private static double Off(double[] real, double[] made, double p)
    {
        double quantile = made[(int)Math.Clamp(p * made.Length, 0, made.Length - 1)];
        int below = 0, equal = 0;
        foreach (double v in real)
        {
            if (v < quantile) below++;
            else if (v == quantile) equal++;
        }
        double low = (double)below / real.Length, high = (double)(below + equal) / real.Length;
        return p < low ? low - p : p > high ? p - high : 0;
    }

    private static double Mean(IEnumerable<double> values)
    {
        double[] some = [.. values.Where(double.IsFinite)];
        return some.Length == 0 ? double.NaN : some.Average();
    }
}
