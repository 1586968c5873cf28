namespace Simulant.Numerics.Neighbours;

/// <summary>How two rows of numbers and categories differ.</summary>
public enum MixedMetric
{
    /// <summary>Sum of |x - y| over numbers, plus 1 for each category that differs.</summary>
    Manhattan,

    /// <summary>Sum of (x - y)^2 over numbers, plus 2 for each category that differs: squared L2 of one-hot rows.</summary>
    SquaredEuclidean,
}

/// <summary>
/// Rows ready for distance kernels: columns padded to whole blocks of 64 rows; numbers in single precision, categories as bytes
/// where they have at most 256 levels, so that one instruction compares 64 rows. Other categories are compared as numbers.
/// </summary>
public sealed class MixedRows
{
    internal const int Block = 64;

    // Counts of mismatches are summed in bytes.
    private const int MaxByteColumns = 255;

    private MixedRows(int rows, float[][] numbers, byte[][] codes, float[][] wide)
    {
        Rows = rows;
        Numbers = numbers;
        Codes = codes;
        Wide = wide;
    }

    public int Rows { get; }

    /// <summary>Columns of all kinds.</summary>
    public int Columns => Numbers.Length + Codes.Length + Wide.Length;

    internal float[][] Numbers { get; }
    internal byte[][] Codes { get; }

    /// <summary>Codes beyond a byte, exact as floats up to 2^24 levels.</summary>
    internal float[][] Wide { get; }

    /// <summary>
    /// Builds rows that can be compared with others of the same numbers of columns and the same <paramref name="levels"/>.
    /// </summary>
    /// <param name="numbers">Finite, already scaled; [columns][rows].</param>
    /// <param name="codes">In [0, levels[c]), [columns][rows].</param>
    /// <param name="levels">Levels of each coded column.</param>
    public static MixedRows Of(int rows, IReadOnlyList<float[]> numbers, IReadOnlyList<int[]> codes, IReadOnlyList<int> levels)
    {
        int padded = (rows + Block - 1) / Block * Block;
        var narrow = new List<byte[]>();
        var wide = new List<float[]>();
        for (int c = 0; c < codes.Count; c++)
        {
            if (levels[c] <= 256 && narrow.Count < MaxByteColumns)
            {
                byte[] bytes = new byte[padded];
                for (int i = 0; i < rows; i++) bytes[i] = (byte)codes[c][i];
                narrow.Add(bytes);
                continue;
            }
            float[] floats = new float[padded];
            for (int i = 0; i < rows; i++) floats[i] = codes[c][i];
            wide.Add(floats);
        }
        var padding = new List<float[]>();
        foreach (float[] column in numbers)
        {
            float[] copy = new float[padded];
            column.AsSpan(0, rows).CopyTo(copy);
            padding.Add(copy);
        }
        return new MixedRows(rows, [.. padding], [.. narrow], [.. wide]);
    }

    /// <summary>The distance of two rows by the plain definition, in double precision: the kernels' oracle.</summary>
    public static double Distance(MixedRows a, int i, MixedRows b, int j, MixedMetric metric)
    {
        double sum = 0, mismatch = metric == MixedMetric.Manhattan ? 1 : 2;
        for (int c = 0; c < a.Numbers.Length; c++)
        {
            double d = (double)a.Numbers[c][i] - b.Numbers[c][j];
            sum += metric == MixedMetric.Manhattan ? Math.Abs(d) : d * d;
        }
        for (int c = 0; c < a.Codes.Length; c++)
            if (a.Codes[c][i] != b.Codes[c][j]) sum += mismatch;
        for (int c = 0; c < a.Wide.Length; c++)
            if (a.Wide[c][i] != b.Wide[c][j]) sum += mismatch;
        return sum;
    }
}
