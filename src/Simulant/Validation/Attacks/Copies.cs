using System.Numerics;
using Simulant.Data;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Rows that repeat a training row exactly, in all compared columns or in those that are not near-unique: a column is near-unique
/// where more than half of its values that are present in the training table are distinct (Adult's fnlwgt; most measured
/// decimals). Rows are compared by 128-bit hashes of their values.
/// </summary>
internal sealed class Copies
{
    private const double NearUnique = 0.5;

    private readonly UInt128[][] _hashes;

    private Copies(UInt128[][] hashes, int columns)
    {
        _hashes = hashes;
        Columns = columns;
    }

    /// <summary>Columns that are compared; 0 means that nothing can be said.</summary>
    public int Columns { get; }

    /// <param name="distinctiveOnly">Leave near-unique columns out.</param>
    public static Copies Of(ComparedTables tables, bool distinctiveOnly)
    {
        var columns = tables.Columns.Where(c => !distinctiveOnly || !IsNearUnique(c)).ToArray();
        var hashes = new UInt128[3][];
        for (int p = 0; p < 3; p++) hashes[p] = Hash(columns, (Part)p, tables.Rows((Part)p));
        return new Copies(hashes, columns.Length);
    }

    public static bool IsNearUnique(ComparedColumn column)
    {
        int present = 0, distinct;
        if (column.IsNumeric)
        {
            var seen = new HashSet<double>();
            foreach (double v in column.Values(Part.Training))
            {
                if (double.IsNaN(v)) continue;
                present++;
                seen.Add(v);
            }
            distinct = seen.Count;
        }
        else
        {
            bool[] seen = new bool[column.Levels.Count];
            foreach (int code in column.Codes(Part.Training))
            {
                if (code < 0) continue;
                present++;
                seen[code] = true;
            }
            distinct = seen.Count(s => s);
        }
        return distinct > NearUnique * present;
    }

    /// <summary>How many rows of the part equal some training row.</summary>
    public int InTraining(Part part)
    {
        var training = new HashSet<UInt128>(_hashes[(int)Part.Training]);
        return _hashes[(int)part].Count(training.Contains);
    }

    /// <summary>How many rows of the part repeat an earlier row of it.</summary>
    public int Repeated(Part part) => _hashes[(int)part].Length - _hashes[(int)part].Distinct().Count();

    private static UInt128[] Hash(ComparedColumn[] columns, Part part, int rows)
    {
        ulong[] first = new ulong[rows], second = new ulong[rows];
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].IsNumeric)
            {
                double[] values = columns[c].Values(part);
                for (int i = 0; i < rows; i++) Mix(ref first[i], ref second[i], Bits(values[i]));
            }
            else
            {
                int[] codes = columns[c].Codes(part);
                for (int i = 0; i < rows; i++) Mix(ref first[i], ref second[i], (ulong)(uint)codes[i]);
            }
        }
        var hashes = new UInt128[rows];
        for (int i = 0; i < rows; i++) hashes[i] = new UInt128(first[i], second[i]);
        return hashes;
    }

    private static ulong Bits(double value) =>
        double.IsNaN(value) ? ulong.MaxValue : BitConverter.DoubleToUInt64Bits(value == 0 ? 0.0 : value);

    /// <summary>Two independent multiply-xorshift rounds; the golden ratio and splitmix64's constants.</summary>
    private static void Mix(ref ulong a, ref ulong b, ulong value)
    {
        a = (a ^ value) * 0x9E3779B97F4A7C15;
        a ^= a >> 29;
        b = BitOperations.RotateLeft(b, 23) + value * 0xBF58476D1CE4E5B9;
        b = (b ^ (b >> 31)) * 0x94D049BB133111EB;
    }
}
