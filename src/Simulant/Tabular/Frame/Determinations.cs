using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Which columns are fixed by others: the spec's <c>determines</c> rules, and exact dependencies of the training data that are no
/// accident. Such columns are looked up, never drawn, so the rule holds in every row.
/// </summary>
internal static class Determinations
{
    /// <summary>A found dependency needs this many rows a determining value on average, so that it is not chance.</summary>
    private const int MinRowsPerValue = 20;

    /// <summary>Columns beyond this many are not searched for dependencies.</summary>
    private const int MaxSearched = 200;

    public static IReadOnlyList<DeterminesConstraint> Find(Spec spec, Table training, Func<Column, bool> isLearned)
    {
        var rules = new List<DeterminesConstraint>();
        var determined = new HashSet<string>(StringComparer.Ordinal);
        var learned = training.Columns.Where(isLearned).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in spec.Constraints.OfType<DeterminesConstraint>())
        {
            // What determines a determining column determines on; generated columns are keys, and a key determines anything.
            string[] left = [.. rule.Left.SelectMany(name => Origin(name, rules)).Distinct(StringComparer.Ordinal)];
            if (!left.All(learned.Contains)) continue;
            string[] right = [.. rule.Right.Where(name => training.Find(name) is not null && !left.Contains(name) && determined.Add(name))];
            if (right.Length == 0) continue;
            Reroot(rules, left, right);
            rules.Add(rule with { Left = left, Right = right });
        }
        rules.AddRange(Discover(training, learned, determined, rules));
        return rules;
    }

    /// <summary>Earlier rules that start from a column which is fixed from here on start from what fixes it instead.</summary>
    private static void Reroot(List<DeterminesConstraint> rules, string[] left, string[] right)
    {
        for (int r = 0; r < rules.Count; r++)
            if (rules[r].Left.Any(right.Contains))
                rules[r] = rules[r] with { Left = [.. rules[r].Left.Except(right).Union(left)] };
    }

    private static IEnumerable<string> Origin(string column, List<DeterminesConstraint> rules)
    {
        var rule = rules.Find(r => r.Right.Contains(column));
        return rule is null ? [column] : rule.Left;
    }

    private static IEnumerable<DeterminesConstraint> Discover(
        Table training, HashSet<string> learned, HashSet<string> determined, List<DeterminesConstraint> declared)
    {
        if (training.RowCount < 2 * MinRowsPerValue) yield break;
        var held = declared.SelectMany(r => r.Left).ToHashSet(StringComparer.Ordinal);
        var coarse = training.Columns.Where(c => learned.Contains(c.Name) && !determined.Contains(c.Name))
            .Take(MaxSearched).Select(c => new Coarse(c)).Where(c => c.Distinct <= training.RowCount / MinRowsPerValue).ToList();
        var fixedBy = new Dictionary<string, string>(StringComparer.Ordinal);
        // Numbers and fine columns first as the determining side: they carry the order that trees can use.
        foreach (var left in coarse.OrderByDescending(c => c.Distinct).ThenByDescending(c => c.Column is NumericColumn))
        {
            if (fixedBy.ContainsKey(left.Column.Name)) continue;
            foreach (var right in coarse)
            {
                string name = right.Column.Name;
                if (right == left || right.Distinct > left.Distinct || fixedBy.ContainsKey(name) || fixedBy.ContainsValue(name)
                    || held.Contains(name) || right.Column.Schema.Role == ColumnRole.Target || !left.Determines(right)) continue;
                fixedBy[name] = left.Column.Name;
                string text = $"{Expression.Quote(left.Column.Name)} determines {Expression.Quote(name)} (found in the data)";
                yield return new DeterminesConstraint([left.Column.Name], [name], text, default);
            }
        }
    }

    /// <summary>A column as small codes, missing one of them.</summary>
    private sealed class Coarse
    {
        private readonly int[] _codes;
        private readonly int _rarest;

        public Coarse(Column column)
        {
            Column = column;
            _codes = new int[column.Count];
            var index = new Dictionary<double, int>();
            var counts = new List<int>();
            for (int r = 0; r < _codes.Length; r++)
            {
                double value = column is NumericColumn n ? n.Values[r] : ((CodedColumn)column).Codes[r];
                if (!index.TryGetValue(value, out int code))
                {
                    index.Add(value, code = index.Count);
                    counts.Add(0);
                }
                _codes[r] = code;
                counts[code]++;
            }
            Distinct = index.Count;
            _rarest = counts.Count == 0 ? 0 : _codes.Length - counts.Max();
        }

        public Column Column { get; }
        public int Distinct { get; }

        /// <summary>Exact, and neither side so lopsided that a few rows decide it.</summary>
        public bool Determines(Coarse other)
        {
            if (other.Distinct < 2 || other._rarest < MinRowsPerValue) return false;
            int[] fixedTo = new int[Distinct];
            for (int r = 0; r < _codes.Length; r++)
            {
                ref int to = ref fixedTo[_codes[r]];
                if (to == 0) to = other._codes[r] + 1;
                else if (to != other._codes[r] + 1) return false;
            }
            return true;
        }
    }
}
