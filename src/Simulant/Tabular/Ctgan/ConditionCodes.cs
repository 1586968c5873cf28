using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// Condition vectors (Xu and others 2019, section 4.3): a discrete column is chosen with equal chances, then one of its codes. In
/// training codes go by the logarithm of their frequency, so that rare ones are seen; rows are sampled under the true frequencies.
/// </summary>
internal sealed class ConditionCodes
{
    private readonly int[] _columns;       // those that can be named
    private readonly double[][] _byLog;    // [named column][code], rising to 1
    private readonly double[][] _true;
    private readonly int[] _first;         // by column: number of its first code in the vector; -1 for the others

    /// <param name="columns">The discrete columns.</param>
    /// <param name="frequency">[column][code]; shares that sum to 1.</param>
    /// <param name="rows">How many rows they are shares of.</param>
    public ConditionCodes(int[] columns, double[][] frequency, int rows)
    {
        _columns = columns;
        _first = new int[frequency.Length];
        Array.Fill(_first, -1);
        foreach (int c in _columns)
        {
            _first[c] = Width;
            Width += frequency[c].Length;
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

    /// <summary>A condition that a row meets: a column by equal chances, and the row's code there.</summary>
    public (int Column, int Code) Of(double u, Func<int, int> codeOf)
    {
        int column = _columns[Math.Min((int)(u * _columns.Length), _columns.Length - 1)];
        return (column, codeOf(column));
    }

    /// <summary>
    /// A condition for each candidate: the first restricted column that one can name, with an allowed code by its frequency, or else
    /// any column and code, as in the training rows.
    /// </summary>
    /// <param name="share">Of a restriction and a code: how much of the code is allowed.</param>
    /// <returns>The restricted column that all name, or -1; and by candidate the code and the column.</returns>
    public (int Named, int[] Codes, int[] Columns) Plan(DrawBatch batch, Func<Allowed, int, double> share)
    {
        var named = batch.Allowed.FirstOrDefault(a => CanName(a.Column));
        double[] weights = named is null ? [] : [.. Frequency[named.Column].Select((f, k) => f * share(named, k))];
        double total = weights.Sum();
        // No code has an allowed value: ordinary rows, which the frame will refuse.
        if (!(total > 0)) named = null;
        int[] codes = new int[batch.Count], columns = new int[batch.Count];
        double[] uniforms = new double[batch.Count];
        StratifiedUniforms.Fill(uniforms, batch, ConditionSlot);
        for (int r = 0; r < codes.Length; r++)
            (columns[r], codes[r]) = named is null ? ForSampling(uniforms[r]) : (named.Column, At(weights, uniforms[r] * total));
        return (named?.Column ?? -1, codes, columns);
    }

    /// <summary>Slot of the uniform that chooses a row's condition.</summary>
    private const int ConditionSlot = 4 << 20;

    private static int At(double[] weights, double rest)
    {
        int last = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            if (weights[k] <= 0) continue;
            last = k;
            rest -= weights[k];
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

/// <summary>Training rows by the code they have in each column that a condition can name.</summary>
internal sealed class RowsByCode
{
    private readonly int[][] _starts, _rows;

    /// <param name="codes">[column][row]</param>
    public RowsByCode(ConditionCodes conditions, int[][] codes)
    {
        _starts = new int[codes.Length][];
        _rows = new int[codes.Length][];
        for (int c = 0; c < codes.Length; c++)
        {
            if (!conditions.CanName(c)) continue;
            int[] starts = new int[conditions.Frequency[c].Length + 1], rows = new int[codes[c].Length];
            foreach (int code in codes[c]) starts[code + 1]++;
            for (int k = 1; k < starts.Length; k++) starts[k] += starts[k - 1];
            int[] next = [.. starts];
            for (int r = 0; r < rows.Length; r++) rows[next[codes[c][r]]++] = r;
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
