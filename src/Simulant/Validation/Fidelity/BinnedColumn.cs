using Simulant.Validation.Comparison;

namespace Simulant.Validation.Fidelity;

/// <summary>A column as small codes for contingency tables; code 0 is missing. Bytes where they suffice, for cache.</summary>
internal sealed class BinnedColumn
{
    private const int NumericBins = 10;

    private BinnedColumn(int size, byte[]? narrow, int[]? wide)
    {
        Size = size;
        Narrow = narrow;
        Wide = wide;
    }

    /// <summary>Codes are in [0, Size).</summary>
    public int Size { get; }

    public byte[]? Narrow { get; }
    public int[]? Wide { get; }
    public int Rows => Narrow?.Length ?? Wide!.Length;

    public static BinnedColumn Of(ComparedColumn column, Part part) =>
        column.IsNumeric ? Cut(column.Values(part)) : Shift(column.Codes(part), column.Levels.Count + 1);

    private static BinnedColumn Shift(int[] codes, int size)
    {
        if (size <= 256)
        {
            byte[] narrow = new byte[codes.Length];
            for (int i = 0; i < narrow.Length; i++) narrow[i] = (byte)(codes[i] + 1);
            return new BinnedColumn(size, narrow, null);
        }
        int[] wide = new int[codes.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = codes[i] + 1;
        return new BinnedColumn(size, null, wide);
    }

    /// <summary>Equal bins on the column's own finite range; infinities fall into the outer bins.</summary>
    private static BinnedColumn Cut(double[] values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            if (v < low) low = v;
            if (v > high) high = v;
        }
        double scale = high > low ? NumericBins / (high - low) : 0;
        if (!double.IsFinite(scale)) scale = 0; // a range beyond the doubles' own: one bin
        byte[] codes = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double v = values[i];
            if (double.IsNaN(v)) continue;
            double bin = double.IsInfinity(v) ? (v > 0 ? NumericBins - 1 : 0) : Math.Floor((v - low) * scale);
            codes[i] = (byte)(1 + Math.Clamp(bin, 0, NumericBins - 1));
        }
        return new BinnedColumn(NumericBins + 1, codes, null);
    }
}
