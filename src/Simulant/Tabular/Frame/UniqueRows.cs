using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Keeps rows apart on declared columns. Items are accepted in index order, each at its first attempt that no earlier item has,
/// so row i is still a pure function of (model, seed, i), at the cost of drawing all items before it once.
/// </summary>
internal sealed class UniqueRows(IReadOnlyList<UniqueConstraint> rules)
{
    private const int MaxAttempts = 2000, StepRows = 16384;

    private readonly Lock _gate = new();
    private List<double>[] _accepted = [];                  // [column], items 0.._until
    private readonly HashSet<string>[] _keys = [.. rules.Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    private ulong _seed;
    private long _until;

    public double[][] Draw(long[] items, ulong seed, Func<ItemRange, double[][]> drawRange,
        Func<long, int, double[][]> drawRow, Func<double[][], Table> finish, RunContext run)
    {
        lock (_gate)
        {
            if (_until > 0 && _seed != seed) Forget();
            _seed = seed;
            long end = items.Length == 0 ? 0 : items.Max() + 1;
            while (_until < end) Extend((int)Math.Min(StepRows, end - _until), drawRange, drawRow, finish, run);
            return Copy(items);
        }
    }

    private void Forget()
    {
        _accepted = [];
        foreach (var keys in _keys) keys.Clear();
        _until = 0;
    }

    private void Extend(int count, Func<ItemRange, double[][]> drawRange, Func<long, int, double[][]> drawRow,
        Func<double[][], Table> finish, RunContext run)
    {
        double[][] values = drawRange(new ItemRange(_until, count));
        string[][] keys = KeysOf(finish(values));
        for (int r = 0; r < count; r++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            string[] key = [.. keys.Select(k => k[r])];
            for (int attempt = 1; !TryAccept(key); attempt++)
            {
                if (attempt > MaxAttempts)
                    throw new DataException($"no further row satisfies '{rules[0].Text}' after {_until + r} rows: "
                        + "its columns have too few combinations; ask for fewer rows or drop the rule");
                double[][] row = drawRow(_until + r, attempt * 64);
                for (int c = 0; c < values.Length; c++) values[c][r] = row[c][0];
                key = [.. KeysOf(finish(row)).Select(k => k[0])];
            }
        }
        if (_accepted.Length == 0) _accepted = [.. values.Select(_ => new List<double>())];
        for (int c = 0; c < values.Length; c++) _accepted[c].AddRange(values[c]);
        _until += count;
    }

    private bool TryAccept(string[] key)
    {
        for (int u = 0; u < key.Length; u++)
            if (_keys[u].Contains(key[u])) return false;
        for (int u = 0; u < key.Length; u++) _keys[u].Add(key[u]);
        return true;
    }

    private string[][] KeysOf(Table table)
    {
        string[][] keys = new string[rules.Count][];
        for (int u = 0; u < keys.Length; u++)
        {
            var columns = rules[u].Columns.Select(name => table[name]).ToArray();
            keys[u] = new string[table.RowCount];
            for (int r = 0; r < table.RowCount; r++)
                keys[u][r] = string.Join('\u001f', columns.Select(c => c.IsMissing(r) ? "\u001e" : ValueText.Format(c, r)));
        }
        return keys;
    }

    private double[][] Copy(long[] items) => [.. _accepted.Select(c => Array.ConvertAll(items, item => c[(int)item]))];
}
