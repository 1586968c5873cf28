using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>Rows that are drawn under one condition.</summary>
/// <param name="Allowed">What the condition says of single modelled columns.</param>
/// <param name="Must">Must hold (true, not unknown).</param>
/// <param name="MustNot">Must not hold.</param>
/// <param name="Rows">How many of each <see cref="Strata.Total"/> rows.</param>
internal sealed record Stratum(
    string Rule, IReadOnlyList<Allowed> Allowed, IReadOnlyList<Expression> Must, IReadOnlyList<Expression> MustNot, long Rows);

/// <summary>Under which condition each item is drawn, a pure function of its index.</summary>
internal interface IStrata
{
    /// <summary>The items by their stratum, as places in the list.</summary>
    IEnumerable<(Stratum Stratum, int[] Rows)> Divide(ReadOnlyMemory<long> items, RandomStream stream);
}

/// <summary>
/// Exact counts per condition: of each consecutive <see cref="Total"/> items, a stratum has exactly its rows, scattered by a
/// seeded bijection, so which stratum an item belongs to is a pure function of its index.
/// </summary>
internal sealed class Strata : IStrata
{
    private readonly long[] _ends;

    public Strata(IReadOnlyList<Stratum> all)
    {
        All = all;
        _ends = new long[all.Count];
        long end = 0;
        for (int s = 0; s < _ends.Length; s++) _ends[s] = end += all[s].Rows;
        Total = end;
    }

    public IReadOnlyList<Stratum> All { get; }
    public long Total { get; }

    /// <summary>One stratum without conditions.</summary>
    public static Strata Free { get; } = new([new Stratum("", [], [], [], 1)]);

    public IEnumerable<(Stratum Stratum, int[] Rows)> Divide(ReadOnlyMemory<long> items, RandomStream stream)
    {
        var scatter = new IndexPermutation(stream, -300, Math.Max(1, Total));
        var members = new List<int>[All.Count];
        for (int i = 0; i < items.Length; i++) (members[Of(items.Span[i], scatter)] ??= []).Add(i);
        for (int s = 0; s < members.Length; s++)
            if (members[s] is { } rows) yield return (All[s], [.. rows]);
    }

    /// <summary>For each of items 0..count-1, its stratum's place in <see cref="All"/>.</summary>
    public int[] OfFirst(long count, RandomStream stream)
    {
        var scatter = new IndexPermutation(stream, -300, Math.Max(1, Total));
        int[] strata = new int[count];
        for (int i = 0; i < strata.Length; i++) strata[i] = Of(i, scatter);
        return strata;
    }

    private int Of(long item, IndexPermutation scatter)
    {
        if (_ends.Length == 1) return 0;
        long at = scatter.Map(item % Total);
        int s = Array.BinarySearch(_ends, at + 1);
        return s < 0 ? ~s : FirstWithEnd(s);
    }

    /// <summary>Empty strata share an end with the one before; the first is the one that has rows.</summary>
    private int FirstWithEnd(int s)
    {
        while (s > 0 && _ends[s - 1] == _ends[s]) s--;
        return s;
    }
}

/// <summary>Divides the rows by the spec's balance and conditions.</summary>
internal static class StrataPlan
{
    public static Strata Of(Spec spec, Table training, FrameColumns frame)
    {
        if (spec.Supplement is { } supplement) return SupplementPlan.Of(supplement, training).Divide(frame);
        if (spec.Independence > 0) return LooseOutcome.Divide(spec, training, frame);
        if (spec.Balance.Count == 0 && spec.Conditions.Count == 0) return Strata.Free;
        long conditioned = spec.Conditions.Sum(c => c.Rows);
        long rows = spec.Rows ?? (spec.Balance.Count > 0 ? Math.Max(training.RowCount, conditioned) : conditioned);
        if (conditioned > rows)
            throw new SpecException([new Diagnostic(Severity.Error, Codes.Contradiction, spec.Conditions[0].At,
                $"the conditions ask for {conditioned} rows, more than the {rows} rows of the whole; raise 'rows' or drop some")]);
        var strata = new List<Stratum>();
        foreach (var condition in spec.Conditions)
        {
            var others = spec.Conditions.Where(c => c != condition).Select(c => c.Where).ToArray();
            strata.Add(new Stratum(condition.Where.Text, frame.AllowedBy(condition.Where), [condition.Where], others, condition.Rows));
        }
        var none = spec.Conditions.Select(c => c.Where).ToArray();
        long rest = rows - conditioned;
        if (spec.Balance.Count > 0) strata.AddRange(Balanced(spec.Balance, training, frame, none, rest));
        else if (rest > 0) strata.Add(new Stratum("outside every condition", [], [], none, rest));
        return new Strata(strata);
    }

    private static IEnumerable<Stratum> Balanced(
        IReadOnlyList<BalanceSpec> balance, Table training, FrameColumns frame, Expression[] mustNot, long rows)
    {
        var cells = Cells(balance, training);
        double[] mass = [.. cells.Select(c => (double)c.Count)];
        Rake(balance, cells, mass);
        long[] counts = Rounded(cells, mass, rows, balance.Count);
        for (int k = 0; k < cells.Count; k++)
        {
            if (counts[k] > 0) yield return Of(balance, cells[k], frame, mustNot, counts[k]);
        }
    }

    /// <summary>So many rows with the levels of a cell.</summary>
    internal static Stratum Of(IReadOnlyList<BalanceSpec> columns, Cell cell, FrameColumns frame, Expression[] mustNot, long rows)
    {
        var allowed = columns.Select((b, i) => frame.AllowedValue(b.Column, cell.Levels[i], b.At)).ToArray();
        string rule = string.Join(" and ", columns.Select((b, i) => $"{b.Column} = {cell.Levels[i] ?? "missing"}"));
        return new Stratum(rule, allowed, [], mustNot, rows);
    }

    internal sealed record Cell(string?[] Levels, int Count);

    /// <summary>Combinations of the balanced columns' levels in the training data, and every level that is asked for.</summary>
    internal static List<Cell> Cells(IReadOnlyList<BalanceSpec> balance, Table training)
    {
        var columns = balance.Select(b => training[b.Column]).ToArray();
        var cells = new Dictionary<string, Cell>(StringComparer.Ordinal);
        for (int r = 0; r < training.RowCount; r++)
        {
            string?[] levels = [.. columns.Select(c => c.IsMissing(r) ? null : ValueText.Format(c, r))];
            string key = string.Join('\u001f', levels.Select(l => l ?? "\u001e"));
            cells[key] = cells.TryGetValue(key, out var cell) ? cell with { Count = cell.Count + 1 } : new Cell(levels, 1);
        }
        for (int i = 0; i < balance.Count; i++)
            foreach (var (level, share) in balance[i].Shares)
                if (share > 0 && !cells.Values.Any(c => c.Levels[i] == level))
                    throw new DataException($"column '{balance[i].Column}': balance asks for '{level}', which no training row has",
                        column: balance[i].Column);
        return [.. cells.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Value)];
    }

    /// <summary>Iterative proportional fitting (Deming and Stephan 1940) to the asked shares of every column together.</summary>
    private static void Rake(IReadOnlyList<BalanceSpec> balance, List<Cell> cells, double[] mass)
    {
        double total = mass.Sum();
        for (int k = 0; k < mass.Length; k++) mass[k] /= total;
        for (int round = 0; round < 200; round++)
        {
            double moved = 0;
            for (int i = 0; i < balance.Count; i++)
            {
                var asked = balance[i].Shares.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
                double named = asked.Values.Sum();
                var now = new Dictionary<string, double>(StringComparer.Ordinal);
                double rest = 0;
                for (int k = 0; k < mass.Length; k++)
                {
                    if (cells[k].Levels[i] is { } level && asked.ContainsKey(level)) now[level] = now.GetValueOrDefault(level) + mass[k];
                    else rest += mass[k];
                }
                for (int k = 0; k < mass.Length; k++)
                {
                    double factor = cells[k].Levels[i] is { } level && asked.TryGetValue(level, out double share)
                        ? Ratio(share, now[level]) : Ratio(Math.Max(0, 1 - named), rest);
                    moved += Math.Abs(mass[k] * (factor - 1));
                    mass[k] *= factor;
                }
            }
            if (moved < 1e-12) return;
        }
    }

    private static double Ratio(double wanted, double have) => have > 0 ? wanted / have : 0;

    /// <summary>Whole counts that sum to rows: floors, and one more for the largest remainders.</summary>
    /// <summary>
    /// Whole rows for each cell. Rounding cells alone would leave the columns' own counts off by one or two, so single rows are then
    /// moved from a level that has too many to one that has too few, between cells that agree in every other column.
    /// </summary>
    internal static long[] Rounded(List<Cell> cells, double[] mass, long rows, int columns)
    {
        long[] counts = LargestRemainder(mass, rows);
        for (int column = 0; column < columns && columns > 1; column++)
        {
            var levels = cells.Select((cell, k) => (cell, k)).GroupBy(x => x.cell.Levels[column] ?? "\u001e", x => x.k)
                .Select(g => g.ToArray()).ToArray();
            long[] wanted = LargestRemainder([.. levels.Select(g => g.Sum(k => mass[k]))], rows);
            long[] extra = [.. levels.Select((g, l) => g.Sum(k => counts[k]) - wanted[l])];
            while (Move() is { } move)
            {
                counts[move.From]--;
                counts[move.To]++;
                extra[move.Over]--;
                extra[move.Under]++;
            }

            (int Over, int Under, int From, int To)? Move()
            {
                foreach (int over in Enumerable.Range(0, levels.Length).Where(l => extra[l] > 0))
                    foreach (int under in Enumerable.Range(0, levels.Length).Where(l => extra[l] < 0))
                        foreach (int from in levels[over].Where(k => counts[k] > 0))
                            foreach (int to in levels[under].Where(k => mass[k] > 0 && AgreeBut(cells[from], cells[k], column)))
                                return (over, under, from, to);
                return null;
            }
        }
        return counts;
    }

    private static bool AgreeBut(Cell a, Cell b, int column)
    {
        for (int c = 0; c < a.Levels.Length; c++)
            if (c != column && a.Levels[c] != b.Levels[c]) return false;
        return true;
    }

    private static long[] LargestRemainder(double[] mass, long rows)
    {
        double total = mass.Sum();
        double[] exact = [.. mass.Select(m => m / total * rows)];
        long[] counts = [.. exact.Select(x => (long)Math.Floor(x + 1e-9))];
        long left = rows - counts.Sum();
        foreach (int k in Enumerable.Range(0, mass.Length).OrderByDescending(k => exact[k] - counts[k]).ThenBy(k => k).Take((int)left))
            counts[k]++;
        return counts;
    }
}
