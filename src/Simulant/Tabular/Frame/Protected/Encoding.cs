using Simulant.Data;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;

namespace Simulant.Tabular.Frame.Protected;

/// <summary>
/// Turns a table into codes. What a row's code is follows from that row alone and from facts that the spec declares or the session
/// paid for, so that two tables that differ in one row differ in one row of codes.
/// </summary>
internal sealed class Encoding(PrivacySession session, int bound)
{
    /// <summary>What stands for all texts that are not in the vocabulary.</summary>
    public const string Other = "(other)";

    /// <summary>This part of what there is goes to bins and vocabularies, where any must be found.</summary>
    private const int DiscoveryParts = 1, DiscoveryOf = 10;

    private readonly List<CellColumn> _columns = [];
    private readonly List<int[]> _codes = [];

    public IReadOnlyList<CellColumn> Columns => _columns;

    public ProtectedRows Rows(int rows) => new([.. _codes], [.. _columns.Select(c => c.Count)], rows, bound);

    /// <summary>Encodes the columns in their order.</summary>
    public void Add(IReadOnlyList<(Column Column, ColumnSpec Spec, double Step)> columns)
    {
        int paying = columns.Count(c => Pays(c.Spec, c.Step));
        var each = paying == 0 ? Rho.Zero : session.Remaining.Part(DiscoveryParts, DiscoveryOf * paying);
        foreach (var (column, spec, step) in columns)
        {
            if (column is NumericColumn numbers) AddNumbers(numbers, spec, step, each);
            else AddLevels((CodedColumn)column, spec, each);
        }
    }

    /// <summary>Whether levels must be discovered.</summary>
    public static bool Discovers(ColumnSpec spec) => spec.Kind == ColumnKind.Category && spec.Levels is null;

    private static bool Pays(ColumnSpec spec, double step) =>
        step > 0 ? Stretches.Pays(OnGrid(spec.Minimum, step), OnGrid(spec.Maximum, step)) : Discovers(spec);

    private static long? OnGrid(double? value, double step) => value is { } v ? (long)Math.Round(v / step) : null;

    private void AddNumbers(NumericColumn column, ColumnSpec spec, double step, Rho amount)
    {
        long? low = OnGrid(spec.Minimum, step), high = OnGrid(spec.Maximum, step);
        const double far = 1L << 53;
        long least = low ?? -(1L << 53), most = high ?? 1L << 53;
        long?[] grid = new long?[column.Count];
        for (int r = 0; r < grid.Length; r++)
        {
            double value = column.Values[r];
            if (!double.IsNaN(value)) grid[r] = Math.Clamp((long)Math.Clamp(Math.Round(value / step), -far, far), least, most);
        }
        var numbers = new ProtectedNumbers([.. grid.OfType<long>()], bound);
        var cells = Stretches.Of(column.Name, numbers, low, high, session, amount);
        long[] starts = [.. cells.Select(c => c.Low)];
        var cut = CellColumn.OfNumbers(column.Name, cells, step);
        int[] codes = new int[grid.Length];
        for (int r = 0; r < codes.Length; r++)
        {
            if (grid[r] is not { } value)
            {
                codes[r] = cut.Missing;
                continue;
            }
            int k = Array.BinarySearch(starts, value);
            codes[r] = Math.Max(0, k < 0 ? ~k - 1 : k);
        }
        _columns.Add(cut);
        _codes.Add(codes);
    }

    private void AddLevels(CodedColumn column, ColumnSpec spec, Rho amount)
    {
        string[] levels = spec.Kind == ColumnKind.Boolean ? ["false", "true"] : [.. spec.Levels ?? Found(column, amount)];
        var cut = CellColumn.OfLevels(column.Name, levels, spec.Ordered ?? false);
        int other = Discovers(spec) ? Array.IndexOf(levels, Other) : cut.Missing;
        int[] place = new int[column.Levels.Count];
        for (int k = 0; k < place.Length; k++) place[k] = Array.IndexOf(levels, column.Levels[k]) is >= 0 and var found ? found : other;
        int[] codes = new int[column.Count];
        for (int r = 0; r < codes.Length; r++) codes[r] = column.Codes[r] < 0 ? cut.Missing : place[column.Codes[r]];
        _columns.Add(cut);
        _codes.Add(codes);
    }

    private IEnumerable<string> Found(CodedColumn column, Rho amount)
    {
        var texts = new ProtectedTexts(column.Codes.ToArray(), column.Levels, bound);
        return session.Discover($"levels of '{column.Name}'", texts, amount).Select(t => t.Key).Where(t => t != Other).Append(Other);
    }
}
