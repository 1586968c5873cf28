using System.Runtime.InteropServices;
using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>
/// A table of what some columns fix: the values of the left columns, and one row of the right columns for each. Where the data
/// contradicts a declared rule, the combination seen most often stands.
/// </summary>
/// <param name="Left">Modelled columns that determine.</param>
/// <param name="Keys">[row][left column], in order of first appearance.</param>
/// <param name="Right">Columns of the determined values, a row a key.</param>
internal sealed class Lookup
{
    private readonly Dictionary<Key, int> _rows = [];

    public Lookup(string rule, int[] left, double[][] keys, IReadOnlyList<Column> right)
    {
        Rule = rule;
        Left = left;
        Keys = keys;
        Right = right;
        for (int k = 0; k < keys.Length; k++) _rows.Add(new Key(keys[k]), k);
    }

    /// <summary>The rule's text, to which rejections are attributed.</summary>
    public string Rule { get; }

    public int[] Left { get; }
    public double[][] Keys { get; }
    public IReadOnlyList<Column> Right { get; }

    /// <summary>Row of the table per drawn row; -1 where the left values were never seen together.</summary>
    public int[] Find(double[][] values, int count)
    {
        int[] found = new int[count];
        double[] key = new double[Left.Length];
        for (int r = 0; r < count; r++)
        {
            for (int c = 0; c < key.Length; c++) key[c] = values[Left[c]][r];
            found[r] = _rows.TryGetValue(new Key(key), out int row) ? row : -1;
        }
        return found;
    }

    public static Lookup Learn(string rule, int[] left, double[][] values, IReadOnlyList<Column> right, int rows)
    {
        // Per left key: each right combination with how often and where first it was seen.
        var seen = new Dictionary<Key, Dictionary<string, (int Count, int First)>>();
        var order = new List<Key>();
        for (int r = 0; r < rows; r++)
        {
            double[] at = new double[left.Length];
            for (int c = 0; c < at.Length; c++) at[c] = values[left[c]][r];
            var key = new Key(at);
            ref var combinations = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out bool known);
            if (!known)
            {
                combinations = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
                order.Add(key);
            }
            string text = Combination(right, r);
            combinations![text] = combinations.TryGetValue(text, out var before) ? (before.Count + 1, before.First) : (1, r);
        }
        int[] first = new int[order.Count];
        for (int k = 0; k < first.Length; k++)
            first[k] = seen[order[k]].Values.OrderByDescending(v => v.Count).ThenBy(v => v.First).First().First;
        return new Lookup(rule, left, [.. order.Select(k => k.Values)], [.. right.Select(c => c.Take(first))]);
    }

    private static string Combination(IReadOnlyList<Column> columns, int row) =>
        string.Join('\u001f', columns.Select(c => c switch
        {
            NumericColumn n => BitConverter.DoubleToInt64Bits(n.Values[row])
                .ToString("X", System.Globalization.CultureInfo.InvariantCulture),
            CodedColumn coded => coded.Codes[row].ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "",
        }));

    /// <summary>Values by bits, so that missing equals missing.</summary>
    private readonly struct Key(double[] values) : IEquatable<Key>
    {
        // A copy: callers reuse their array.
        public double[] Values { get; } = [.. values];

        public bool Equals(Key other)
        {
            for (int i = 0; i < Values.Length; i++)
                if (!Values[i].Equals(other.Values[i])) return false;
            return true;
        }

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (double v in Values) hash.Add(v);
            return hash.ToHashCode();
        }
    }
}
