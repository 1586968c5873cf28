using Simulant.Data;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Quality;

/// <summary>
/// How far tables' marginals lie apart on bins that no data was asked for: 16 of equal width between fixed ends for numbers, levels as
/// the codebook lists them, one more for missing.
/// </summary>
internal sealed class Marginals
{
    private const int Bins = 16;

    private static readonly Dictionary<string, (double Low, double High)> Ends = new(StringComparer.Ordinal)
    {
        ["age"] = (17, 91), ["fnlwgt"] = (0, 1_600_000), ["education-num"] = (1, 17), ["capital-gain"] = (0, 100_000),
        ["capital-loss"] = (0, 5_000), ["hours-per-week"] = (1, 100),
    };

    private readonly byte[][] _codes;
    private readonly int[] _sizes;

    private Marginals(byte[][] codes, int[] sizes) => (_codes, _sizes) = (codes, sizes);

    public static Marginals Of(Table table, Table like)
    {
        byte[][] codes = new byte[like.Columns.Count][];
        int[] sizes = new int[codes.Length];
        for (int c = 0; c < codes.Length; c++)
        {
            var column = table[like.Columns[c].Name];
            codes[c] = new byte[table.RowCount];
            if (column is NumericColumn numbers)
            {
                var (low, high) = Ends[column.Name];
                sizes[c] = Bins + 1;
                for (int r = 0; r < codes[c].Length; r++)
                    codes[c][r] = (byte)(double.IsNaN(numbers.Values[r]) ? Bins
                        : Math.Clamp((int)((numbers.Values[r] - low) / (high - low) * Bins), 0, Bins - 1));
                continue;
            }
            string[] levels = [.. ((CodedColumn)like.Columns[c]).Levels];
            sizes[c] = levels.Length + 1;
            for (int r = 0; r < codes[c].Length; r++)
                codes[c][r] = (byte)(column.IsMissing(r) || Array.IndexOf(levels, ((CodedColumn)column)[r]) < 0 ? levels.Length
                    : Array.IndexOf(levels, ((CodedColumn)column)[r]));
        }
        return new Marginals(codes, sizes);
    }

    /// <summary>The same columns, each in an order of its own.</summary>
    public Marginals Shuffled(ulong seed)
    {
        var random = new RandomStream(seed, "shuffled columns");
        return new Marginals([.. _codes.Select((codes, c) => random.Permutation(codes.Length, c).Select(r => codes[r]).ToArray())], _sizes);
    }

    /// <summary>Mean total variation over all pairs of columns.</summary>
    public double Pairs(Marginals other)
    {
        double sum = 0;
        int count = 0;
        for (int a = 0; a < _sizes.Length; a++)
            for (int b = a + 1; b < _sizes.Length; b++, count++)
                sum += Distance(other, [a, b]) / 2;
        return sum / count;
    }

    /// <summary>NIST's score over all triples of columns: 500 (2 - mean L1 distance).</summary>
    public double Triples(Marginals other)
    {
        double sum = 0;
        int count = 0;
        for (int a = 0; a < _sizes.Length; a++)
            for (int b = a + 1; b < _sizes.Length; b++)
                for (int c = b + 1; c < _sizes.Length; c++, count++)
                    sum += Distance(other, [a, b, c]);
        return 500 * (2 - sum / count);
    }

    private double Distance(Marginals other, int[] columns)
    {
        double[] mine = Shares(columns), theirs = other.Shares(columns);
        double distance = 0;
        for (int k = 0; k < mine.Length; k++) distance += Math.Abs(mine[k] - theirs[k]);
        return distance;
    }

    private double[] Shares(int[] columns)
    {
        double[] shares = new double[columns.Aggregate(1, (cells, c) => cells * _sizes[c])];
        int rows = _codes[0].Length;
        for (int r = 0; r < rows; r++)
        {
            int cell = 0;
            foreach (int c in columns) cell = cell * _sizes[c] + _codes[c][r];
            shares[cell] += 1.0 / rows;
        }
        return shares;
    }
}
