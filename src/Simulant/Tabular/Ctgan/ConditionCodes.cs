using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// Condition vectors (Xu and others 2019, section 4.3): a discrete column is chosen with equal chances, then one of its codes. In
/// training codes go by the logarithm of their frequency, so that rare ones are seen; rows are sampled under the true frequencies.
/// </summary>
internal sealed class ConditionCodes
{
    private readonly int[] _columns;       // the discrete columns
    private readonly double[][] _byLog;    // [discrete column][code], rising to 1
    private readonly double[][] _true;
    private readonly int[] _first;         // by column: number of its first code in the vector; -1 for columns with modes

    /// <param name="frequency">[column][code]; shares that sum to 1.</param>
    /// <param name="rows">How many rows they are shares of.</param>
    public ConditionCodes(RowLayout layout, double[][] frequency, int rows)
    {
        _columns = [.. Enumerable.Range(0, layout.Columns.Count).Where(c => layout.Columns[c].IsDiscrete)];
        _first = new int[layout.Columns.Count];
        Array.Fill(_first, -1);
        foreach (int c in _columns)
        {
            _first[c] = Width;
            Width += layout.Columns[c].Codes;
        }
        Frequency = frequency;
        _true = [.. _columns.Select(c => Rising(frequency[c]))];
        _byLog = [.. _columns.Select(c => Rising([.. frequency[c].Select(f => Math.Log(1 + f * rows))]))];
    }

    /// <summary>Numbers of a condition vector; 0 where no column is discrete.</summary>
    public int Width { get; private set; }

    public double[][] Frequency { get; }

    /// <summary>Place of a code in the vector; -1 where the column cannot be named.</summary>
    public int Number(int column, int code) => _first[column] < 0 ? -1 : _first[column] + code;

    public bool CanName(int column) => _first[column] >= 0;

    /// <summary>A condition for training.</summary>
    public (int Column, int Code) ForTraining(double column, double code) => Draw(_byLog, column, code);

    /// <summary>A condition for a free row, from one uniform.</summary>
    public (int Column, int Code) ForSampling(double u)
    {
        double at = u * _columns.Length;
        int which = Math.Min((int)at, _columns.Length - 1);
        return Draw(_true, (which + 0.5) / _columns.Length, Math.Min(at - which, 1 - 1e-12));
    }

    /// <summary>A code of the column that may have an allowed value, by the frequency of what is allowed; -1 for none.</summary>
    public int ForAllowed(ColumnModes modes, Allowed allowed, double u)
    {
        double[] shares = Frequency[allowed.Column];
        double total = 0;
        for (int k = 0; k < shares.Length; k++) total += shares[k] * modes.Share(k, 0, allowed);
        double rest = u * total;
        int last = -1;
        for (int k = 0; k < shares.Length; k++)
        {
            double share = shares[k] * modes.Share(k, 0, allowed);
            if (share <= 0) continue;
            last = k;
            rest -= share;
            if (rest < 0) break;
        }
        return last;
    }

    private (int, int) Draw(double[][] rising, double column, double code)
    {
        int which = Math.Min((int)(column * _columns.Length), _columns.Length - 1);
        int found = Array.BinarySearch(rising[which], code);
        return (_columns[which], Math.Min(found < 0 ? ~found : found + 1, rising[which].Length - 1));
    }

    private static double[] Rising(double[] weights)
    {
        double total = weights.Sum(), sum = 0;
        return [.. weights.Select(w => (sum += w) / total)];
    }
}

/// <summary>Training rows by the code they have in each discrete column.</summary>
internal sealed class RowsByCode
{
    private readonly int[][] _starts, _rows;

    public RowsByCode(RowLayout layout, int[][] codes, int[] of)
    {
        _starts = new int[layout.Columns.Count][];
        _rows = new int[layout.Columns.Count][];
        for (int c = 0; c < _rows.Length; c++)
        {
            if (!layout.Columns[c].IsDiscrete) continue;
            int[] starts = new int[layout.Columns[c].Codes + 1];
            foreach (int r in of) starts[codes[c][r] + 1]++;
            for (int k = 1; k < starts.Length; k++) starts[k] += starts[k - 1];
            int[] rows = new int[of.Length], next = [.. starts];
            foreach (int r in of) rows[next[codes[c][r]]++] = r;
            (_starts[c], _rows[c]) = (starts, rows);
        }
    }

    /// <summary>One of the rows that have the code, which at least one has.</summary>
    public int Pick(int column, int code, RandomStream stream, long item, int slot)
    {
        int start = _starts[column][code], count = _starts[column][code + 1] - start;
        return _rows[column][start + stream.Below(count, item, slot)];
    }
}
