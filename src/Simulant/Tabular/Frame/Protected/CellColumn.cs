using Simulant.Privacy.Mechanisms;

namespace Simulant.Tabular.Frame.Protected;

/// <summary>
/// A column cut into cells that were declared or paid for. Its last cell is "missing". Numbers stand on a grid: cell k holds the
/// whole multiples of <see cref="Step"/> from Cells[k].Low to Cells[k].High.
/// </summary>
public sealed class CellColumn
{
    private readonly Stretch[] _cells;

    private CellColumn(string name, string[] levels, bool ordered, Stretch[] cells, double step) =>
        (Name, Levels, IsOrdered, _cells, Step) = (name, levels, ordered, cells, step);

    public static CellColumn OfLevels(string name, string[] levels, bool ordered) => new(name, levels, ordered, [], 0);

    /// <param name="cells">Ascending and disjoint, at least one.</param>
    public static CellColumn OfNumbers(string name, Stretch[] cells, double step) => new(name, [], true, cells, step);

    public string Name { get; }

    /// <summary>Texts of the cells; empty for numbers.</summary>
    public string[] Levels { get; }

    public IReadOnlyList<Stretch> Cells => _cells;

    /// <summary>Whether neighbouring cells are like each other.</summary>
    public bool IsOrdered { get; }

    public double Step { get; }
    public bool IsNumeric => _cells.Length > 0;

    /// <summary>Cells, the missing one among them.</summary>
    public int Count => (IsNumeric ? _cells.Length : Levels.Length) + 1;

    public int Missing => Count - 1;

    /// <summary>How many different values a cell has.</summary>
    public double WidthOf(int cell) => IsNumeric && cell < _cells.Length ? (double)(_cells[cell].High - _cells[cell].Low) + 1 : 1;

    /// <summary>The part of a cell's values that a condition allows, from 0 to 1.</summary>
    public double Share(int cell, Allowed allowed)
    {
        if (cell == Missing) return allowed.Values is { } values && values.Any(double.IsNaN) ? 1 : 0;
        if (!IsNumeric) return allowed.Holds(cell) ? 1 : 0;
        var (first, last) = Inside(cell, allowed);
        if (allowed.Values is { } listed) return Listed(cell, listed).Count() / WidthOf(cell);
        return first > last ? 0 : ((double)(last - first) + 1) / WidthOf(cell);
    }

    /// <summary>A value of the cell that the condition allows; all are equally likely.</summary>
    /// <param name="u">Uniform in [0, 1).</param>
    public double Draw(int cell, double u, Allowed? allowed)
    {
        if (cell == Missing) return double.NaN;
        if (!IsNumeric) return cell;
        if (allowed?.Values is { } values)
        {
            long[] listed = [.. Listed(cell, values)];
            return listed.Length == 0 ? double.NaN : listed[(int)(u * listed.Length)] * Step;
        }
        var (first, last) = allowed is null ? (_cells[cell].Low, _cells[cell].High) : Inside(cell, allowed);
        return (first + (long)Math.Floor(u * ((double)(last - first) + 1))) * Step;
    }

    private (long First, long Last) Inside(int cell, Allowed allowed)
    {
        double low = Math.Ceiling(allowed.Low / Step - 1e-6), high = Math.Floor(allowed.High / Step + 1e-6);
        long first = low <= _cells[cell].Low ? _cells[cell].Low : low > _cells[cell].High ? long.MaxValue : (long)low;
        long last = high >= _cells[cell].High ? _cells[cell].High : high < _cells[cell].Low ? long.MinValue : (long)high;
        return (first, last);
    }

    private IEnumerable<long> Listed(int cell, IReadOnlyList<double> values) => values.Where(double.IsFinite)
        .Select(v => Math.Round(v / Step)).Where(g => g >= _cells[cell].Low && g <= _cells[cell].High).Select(g => (long)g).Distinct();

    public void Save(BinaryWriter to)
    {
        to.Write(Name);
        to.Write(IsOrdered);
        to.Write(Step);
        to.Write(Levels.Length);
        foreach (string level in Levels) to.Write(level);
        to.Write(_cells.Length);
        foreach (var cell in _cells)
        {
            to.Write(cell.Low);
            to.Write(cell.High);
        }
    }

    public static CellColumn Load(BinaryReader from)
    {
        string name = from.ReadString();
        bool ordered = from.ReadBoolean();
        double step = from.ReadDouble();
        string[] levels = new string[Length(from)];
        for (int k = 0; k < levels.Length; k++) levels[k] = from.ReadString();
        var cells = new Stretch[Length(from)];
        for (int k = 0; k < cells.Length; k++) cells[k] = new Stretch(from.ReadInt64(), from.ReadInt64());
        return new CellColumn(name, levels, ordered, cells, step);
    }

    private static int Length(BinaryReader from) =>
        from.ReadInt32() is >= 0 and <= 10_000_000 and var n ? n : throw new InvalidDataException("a count is damaged");
}
