using System.Globalization;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>One of several rules, chosen row by row from other columns: conditional tables and cases.</summary>
internal abstract class ChoiceRule : Rule
{
    private readonly Rule[] _branches;
    private readonly int[][] _codes;
    private readonly string[] _levels;

    /// <param name="branches">At least one, all of one storage (see <see cref="Unify"/>).</param>
    protected ChoiceRule(Rule[] branches)
    {
        _branches = branches;
        Storage = branches[0].Storage;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        _codes = [.. branches.Select(branch => branch.Levels.Select(level =>
        {
            if (!index.TryGetValue(level, out int code)) index.Add(level, code = index.Count);
            return code;
        }).ToArray())];
        _levels = [.. index.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
    }

    public override RuleStorage Storage { get; }
    public override IReadOnlyList<string> Levels => _levels;
    public override IEnumerable<string> Reads => _branches.SelectMany(branch => branch.Reads).Concat(ChoosesBy);

    public override ColumnKind NaturalKind
    {
        get
        {
            var kinds = _branches.Select(branch => branch.NaturalKind).Distinct().ToList();
            return kinds.Count == 1 ? kinds[0]
                : Storage == RuleStorage.Number ? ColumnKind.Decimal
                : Storage == RuleStorage.Code ? ColumnKind.Category : ColumnKind.Text;
        }
    }

    /// <summary>Columns that decide.</summary>
    protected abstract IEnumerable<string> ChoosesBy { get; }

    /// <summary>Index of the branch of every row; -1 makes the value missing.</summary>
    protected abstract int[] Choose(Batch batch);

    public override Drawer Bind(Batch batch) =>
        new Bound(Choose(batch), [.. _branches.Select(branch => branch.Bind(batch))], _codes);

    /// <summary>Brings branches to one storage: levels among text become text. False where numbers and words are mixed.</summary>
    public static bool Unify(Rule[] branches)
    {
        if (Array.TrueForAll(branches, branch => branch.Storage == branches[0].Storage)) return true;
        if (Array.Exists(branches, branch => branch.Storage == RuleStorage.Number)) return false;
        for (int i = 0; i < branches.Length; i++)
            if (branches[i].Storage == RuleStorage.Code) branches[i] = new AsTextRule(branches[i]);
        return true;
    }

    private sealed class Bound(int[] choice, Drawer[] branches, int[][] codes) : Drawer
    {
        public override double Number(in Address at, int row) =>
            choice[row] < 0 ? double.NaN : branches[choice[row]].Number(at, row);

        public override int Code(in Address at, int row)
        {
            if (choice[row] < 0) return -1;
            int code = branches[choice[row]].Code(at, row);
            return code < 0 ? -1 : codes[choice[row]][code];
        }

        public override string? Text(in Address at, int row) => choice[row] < 0 ? null : branches[choice[row]].Text(at, row);
    }
}

/// <summary>A conditional table: a rule for each combination of the given columns' values, and one for all others.</summary>
internal sealed class ConditionalRule(
    string[] given, Dictionary<string, int> table, int otherwise, Rule[] branches) : ChoiceRule(branches)
{
    /// <summary>Between the values of a combination in the table's keys.</summary>
    public const char Separator = '\u001f';

    protected override IEnumerable<string> ChoosesBy => given;

    protected override int[] Choose(Batch batch)
    {
        int[] choice = new int[batch.Count];
        var keys = Array.ConvertAll(given, name => new ValueTexts(batch[name]));
        var lookup = table.GetAlternateLookup<ReadOnlySpan<char>>();
        if (keys.Length == 1)
        {
            for (int row = 0; row < choice.Length; row++) choice[row] = table.GetValueOrDefault(keys[0][row], otherwise);
            return choice;
        }
        var key = new System.Text.StringBuilder();
        for (int row = 0; row < choice.Length; row++)
        {
            key.Clear();
            foreach (var texts in keys) key.Append(texts[row]).Append(Separator);
            choice[row] = lookup.TryGetValue(key.ToString(0, key.Length - 1), out int branch) ? branch : otherwise;
        }
        return choice;
    }

    /// <summary>Values as they are written in the spec; missing is the empty text.</summary>
    private readonly struct ValueTexts(Column column)
    {
        public string this[int row] => column switch
        {
            CodedColumn coded => coded[row] ?? "",
            NumericColumn numbers =>
                double.IsNaN(numbers.Values[row]) ? "" : numbers.Values[row].ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
    }
}

/// <summary>The first case whose condition is true, row by row.</summary>
internal sealed class CasesRule(Expression[] conditions, int otherwise, Rule[] branches) : ChoiceRule(branches)
{
    protected override IEnumerable<string> ChoosesBy => conditions.SelectMany(condition => condition.Columns);

    protected override int[] Choose(Batch batch)
    {
        int[] choice = new int[batch.Count];
        Array.Fill(choice, otherwise);
        for (int k = conditions.Length - 1; k >= 0; k--)
        {
            sbyte[] truth = batch.Test(conditions[k]);
            for (int row = 0; row < choice.Length; row++)
                if (truth[row] == 1) choice[row] = k;
        }
        return choice;
    }
}

/// <summary>The values of an expression over other columns.</summary>
internal sealed class ExpressionRule(Expression expression, ColumnKind kind, RuleStorage storage, string[] levels) : Rule
{
    public override RuleStorage Storage => storage;
    public override ColumnKind NaturalKind => kind;
    public override IReadOnlyList<string> Levels => levels;
    public override IEnumerable<string> Reads => expression.Columns;

    public override Drawer Bind(Batch batch) => new ColumnDrawer(batch.Evaluate(expression), levels);
}

/// <summary>Hands out a column that is already there.</summary>
internal sealed class ColumnDrawer(Column column, IReadOnlyList<string> levels, int[]? map = null) : Drawer
{
    private readonly NumericColumn? _numbers = column as NumericColumn;
    private readonly CodedColumn? _coded = column as CodedColumn;
    private readonly int[] _codes = column is CodedColumn coded ? Remap(coded.Levels, levels) : [];

    public override double Number(in Address at, int row) => _numbers!.Values[map is null ? row : map[row]];

    public override int Code(in Address at, int row)
    {
        int code = _coded!.Codes[map is null ? row : map[row]];
        return code < 0 ? -1 : _codes[code];
    }

    public override string? Text(in Address at, int row) => _coded![map is null ? row : map[row]];

    private static int[] Remap(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < to.Count; i++) index[to[i]] = i;
        return [.. from.Select(level => index.GetValueOrDefault(level, -1))];
    }
}

/// <summary>Levels as text.</summary>
internal sealed class AsTextRule(Rule inner) : Rule
{
    public override RuleStorage Storage => RuleStorage.Text;
    public override ColumnKind NaturalKind => ColumnKind.Text;
    public override IEnumerable<string> Reads => inner.Reads;
    public override Drawer Bind(Batch batch) => new Bound(inner.Bind(batch), inner.Levels);

    private sealed class Bound(Drawer inner, IReadOnlyList<string> levels) : Drawer
    {
        public override string? Text(in Address at, int row) => inner.Code(at, row) is >= 0 and var code ? levels[code] : null;
    }
}

/// <summary>A rule that wraps another and passes on what it does not change.</summary>
internal abstract class WrapperRule(Rule inner) : Rule
{
    protected Rule Inner => inner;
    public override RuleStorage Storage => inner.Storage;
    public override ColumnKind NaturalKind => inner.NaturalKind;
    public override IReadOnlyList<string> Levels => inner.Levels;
    public override IEnumerable<string> Reads => inner.Reads;
    public override bool IsUnique => inner.IsUnique;
}

/// <summary>Missing at a rate, everywhere or where a condition is true.</summary>
internal sealed class MissingRule(Rule inner, double rate, Expression? when, int slot) : WrapperRule(inner)
{
    public override IEnumerable<string> Reads => when is null ? Inner.Reads : Inner.Reads.Concat(when.Columns);

    public override Drawer Bind(Batch batch) => new Bound(Inner.Bind(batch), when is null ? null : batch.Test(when), rate, slot);

    private sealed class Bound(Drawer inner, sbyte[]? truth, double rate, int slot) : Drawer
    {
        private bool Missing(in Address at, int row) => (truth is null || truth[row] == 1) && at.Slot(slot).Uniform() < rate;

        public override double Number(in Address at, int row) => Missing(at, row) ? double.NaN : inner.Number(at, row);
        public override int Code(in Address at, int row) => Missing(at, row) ? -1 : inner.Code(at, row);
        public override string? Text(in Address at, int row) => Missing(at, row) ? null : inner.Text(at, row);
    }
}

/// <summary>Running sums over the steps of a session.</summary>
internal sealed class CumulateRule(Rule inner) : WrapperRule(inner)
{
    public override Drawer Bind(Batch batch) => new Bound(Inner.Bind(batch), batch);

    private sealed class Bound(Drawer inner, Batch batch) : Drawer
    {
        private double _sum;

        // Rows of a batch are asked for in order, once each, and sessions stand whole in it.
        public override double Number(in Address at, int row)
        {
            double step = inner.Number(at, row);
            return _sum = batch.Step(row) == 0 ? step : _sum + step;
        }
    }
}

/// <summary>A column's value at the step before, in the same session; missing at the first.</summary>
internal sealed class LagRule(string column, Rule source) : Rule
{
    public override RuleStorage Storage => source.Storage;
    public override ColumnKind NaturalKind => source.NaturalKind;
    public override IReadOnlyList<string> Levels => source.Levels;
    public override IEnumerable<string> Reads => [column];

    public override Drawer Bind(Batch batch) => new Bound(new ColumnDrawer(batch[column], source.Levels), batch);

    private sealed class Bound(Drawer inner, Batch batch) : Drawer
    {
        public override double Number(in Address at, int row) => batch.Step(row) == 0 ? double.NaN : inner.Number(at, row - 1);
        public override int Code(in Address at, int row) => batch.Step(row) == 0 ? -1 : inner.Code(at, row - 1);
        public override string? Text(in Address at, int row) => batch.Step(row) == 0 ? null : inner.Text(at, row - 1);
    }
}
