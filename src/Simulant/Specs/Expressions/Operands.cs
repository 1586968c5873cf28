using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>What an expression's value is. Dates are days, times microseconds, timestamps microseconds, as in columns.</summary>
internal enum ValueKind { Number, Text, Boolean, Date, Time, Timestamp, Missing }

/// <summary>
/// The values of one node over all rows: a vector, or one value for every row (<see cref="Step"/> 0, one element). Index
/// <c>i * Step</c> serves both.
/// </summary>
internal abstract class Operand(int step)
{
    public int Step { get; } = step;
}

/// <summary>Numbers, dates, times, timestamps; NaN is missing.</summary>
internal sealed class Numbers : Operand
{
    private readonly double[]? _values;
    private readonly NumericColumn? _column;

    public Numbers(double value) : base(0) => _values = [value];
    public Numbers(double[] values) : base(1) => _values = values;
    public Numbers(NumericColumn column) : base(1) => _column = column;

    public ReadOnlySpan<double> Span => _column is null ? _values : _column.Values;
}

/// <summary>Codes into levels (which may repeat after a function of text); -1 is missing.</summary>
internal sealed class Texts : Operand
{
    private readonly int[]? _codes;
    private readonly CodedColumn? _column;

    public Texts(string value) : base(0)
    {
        _codes = [0];
        Levels = [value];
    }

    public Texts(int[] codes, IReadOnlyList<string> levels, int step = 1) : base(step)
    {
        _codes = codes;
        Levels = levels;
    }

    public Texts(CodedColumn column) : base(1)
    {
        _column = column;
        Levels = column.Levels;
    }

    public IReadOnlyList<string> Levels { get; }
    public ReadOnlySpan<int> Codes => _column is null ? _codes : _column.Codes;

    /// <summary>
    /// The same values over the levels in use only, where the levels outnumber the rows: work per level is then bounded by
    /// the rows at hand, however many levels the whole table has.
    /// </summary>
    public Texts Compact()
    {
        var codes = Codes;
        if (Levels.Count <= codes.Length) return this;
        var used = new Dictionary<int, int>();
        var levels = new List<string>();
        int[] compact = new int[codes.Length];
        for (int i = 0; i < compact.Length; i++)
        {
            if (codes[i] < 0)
            {
                compact[i] = -1;
                continue;
            }
            if (!used.TryGetValue(codes[i], out int code))
            {
                used.Add(codes[i], code = levels.Count);
                levels.Add(Levels[codes[i]]);
            }
            compact[i] = code;
        }
        return new Texts(compact, levels, Step);
    }
}

/// <summary>Three-valued truth: 1 true, 0 false, -1 unknown.</summary>
internal sealed class Truths : Operand
{
    private readonly sbyte[] _values;

    public Truths(sbyte value) : base(0) => _values = [value];
    public Truths(sbyte[] values) : base(1) => _values = values;

    public ReadOnlySpan<sbyte> Span => _values;
}
