namespace Simulant.Validation.Fidelity;

/// <summary>Counts of one table's pairs of codes: a full table where that is small, else only the cells that occur.</summary>
internal sealed class Contingency
{
    // A full table of this many cells stays within the second cache level.
    private const long FullCells = 1 << 18;

    private readonly int _rows, _width, _height;
    private readonly int[]? _full;
    private readonly Dictionary<long, int>? _sparse;

    private Contingency(int rows, int height, int width, int[]? full, Dictionary<long, int>? sparse)
    {
        _rows = rows;
        _height = height;
        _width = width;
        _full = full;
        _sparse = sparse;
    }

    /// <summary>Tables of the same two columns have the same shape, whichever rows they count.</summary>
    public static Contingency Of(BinnedColumn a, BinnedColumn b)
    {
        int rows = a.Rows;
        if ((long)a.Size * b.Size > FullCells) return new Contingency(rows, a.Size, b.Size, null, CountSparse(a, b));
        int[] counts = new int[a.Size * b.Size];
        if (a.Narrow is { } x && b.Narrow is { } y) CountNarrow(x, y, b.Size, counts);
        else
        {
            for (int i = 0; i < rows; i++) counts[Code(a, i) * b.Size + Code(b, i)]++;
        }
        return new Contingency(rows, a.Size, b.Size, counts, null);
    }

    private static int Code(BinnedColumn column, int row) => column.Narrow is { } narrow ? narrow[row] : column.Wide![row];

    /// <summary>Two tables take turns, so that rows in one frequent cell do not wait for each other.</summary>
    private static void CountNarrow(byte[] x, byte[] y, int width, int[] counts)
    {
        int[] other = new int[counts.Length];
        int i = 0;
        for (; i + 2 <= x.Length; i += 2)
        {
            counts[x[i] * width + y[i]]++;
            other[x[i + 1] * width + y[i + 1]]++;
        }
        if (i < x.Length) counts[x[i] * width + y[i]]++;
        for (int c = 0; c < counts.Length; c++) counts[c] += other[c];
    }

    private static Dictionary<long, int> CountSparse(BinnedColumn a, BinnedColumn b)
    {
        var counts = new Dictionary<long, int>();
        for (int i = 0; i < a.Rows; i++)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                counts, (long)Code(a, i) * b.Size + Code(b, i), out _)++;
        }
        return counts;
    }

    /// <summary>Total variation of the two tables' shares; NaN where one has no rows.</summary>
    public double Distance(Contingency other)
    {
        if (_rows == 0 || other._rows == 0) return double.NaN;
        double sum = 0;
        if (_full is not null)
        {
            for (int c = 0; c < _full.Length; c++)
                sum += Math.Abs((double)_full[c] / _rows - (double)other._full![c] / other._rows);
            return sum / 2;
        }
        // In key order, so that the sum is the same on every machine.
        foreach (long key in _sparse!.Keys.Union(other._sparse!.Keys).Order())
            sum += Math.Abs((double)_sparse.GetValueOrDefault(key) / _rows - (double)other._sparse.GetValueOrDefault(key) / other._rows);
        return sum / 2;
    }

    /// <summary>sqrt(chi2 / (n min(r - 1, c - 1))) over rows and columns that occur; NaN where either is constant.</summary>
    public double CramersV()
    {
        double[] rowSums = new double[_height], columnSums = new double[_width];
        foreach (var (row, column, count) in Cells())
        {
            rowSums[row] += count;
            columnSums[column] += count;
        }
        int rows = rowSums.Count(s => s > 0), columns = columnSums.Count(s => s > 0);
        if (rows < 2 || columns < 2) return double.NaN;
        double sum = 0; // chi2 / n = sum of p^2 / (p_row p_column) - 1, so empty cells add nothing
        foreach (var (row, column, count) in Cells()) sum += (double)count * count / (rowSums[row] * columnSums[column]);
        return Math.Sqrt(Math.Max(0, sum - 1) / (Math.Min(rows, columns) - 1));
    }

    private IEnumerable<(int Row, int Column, int Count)> Cells()
    {
        if (_full is not null)
        {
            for (int c = 0; c < _full.Length; c++)
                if (_full[c] > 0) yield return (c / _width, c % _width, _full[c]);
            yield break;
        }
        foreach (long key in _sparse!.Keys.Order()) yield return ((int)(key / _width), (int)(key % _width), _sparse[key]);
    }
}
