using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>An expression that must not be false.</summary>
internal sealed class ExpressionCheck(Expression expression, string text, SourcePosition at) : RowCheck(text, at)
{
    public override IEnumerable<string> Reads => expression.Columns;

    public override void Test(Batch batch, bool[] passes)
    {
        sbyte[] truth = batch.Test(expression);
        for (int row = 0; row < passes.Length; row++) passes[row] &= truth[row] != 0;
    }
}

/// <summary>Whole multiples of a step, for columns that cannot be rounded to it.</summary>
internal sealed class IncrementCheck(string column, double step, string text, SourcePosition at) : RowCheck(text, at)
{
    public override IEnumerable<string> Reads => [column];

    public override void Test(Batch batch, bool[] passes)
    {
        var values = ((NumericColumn)batch[column]).Values;
        for (int row = 0; row < passes.Length; row++)
        {
            double steps = values[row] / step;
            passes[row] &= !(Math.Abs(steps - Math.Round(steps)) > 1e-9 * Math.Max(1, Math.Abs(steps)));
        }
    }
}

/// <summary>Exactly one of the columns is 1 (or true).</summary>
internal sealed class OneHotCheck(IReadOnlyList<string> columns, string text, SourcePosition at) : RowCheck(text, at)
{
    public override IEnumerable<string> Reads => columns;

    public override void Test(Batch batch, bool[] passes)
    {
        int[] ones = new int[passes.Length], zeros = new int[passes.Length];
        foreach (string name in columns)
        {
            var column = batch[name];
            for (int row = 0; row < passes.Length; row++)
            {
                string? value = column is NumericColumn numbers
                    ? numbers.Values[row] == 1 ? "1" : numbers.Values[row] == 0 ? "0" : "" : ((CodedColumn)column)[row];
                if (value is "1" or "true") ones[row]++;
                else if (value is "0" or "false") zeros[row]++;
            }
        }
        for (int row = 0; row < passes.Length; row++) passes[row] &= ones[row] == 1 && zeros[row] == columns.Count - 1;
    }
}

/// <summary>
/// Exact counts: rows 0..total-1 are dealt to parts of given sizes by a bijection that looks random; further rows are dealt
/// anew, total by total.
/// </summary>
internal sealed class Parts(string name, long total, long[] ends)
{
    public string Name => name;

    /// <summary>The row's part; ends.Length for the remainder.</summary>
    public int Of(RandomStream stream, long row)
    {
        var (round, index) = Math.DivRem(row, total);
        long place = new IndexPermutation(stream, (int)round, total).Map(index);
        int part = 0;
        while (part < ends.Length && place >= ends[part]) part++;
        return part;
    }
}

/// <summary>A category drawn as ever, but from the levels of the row's part.</summary>
internal sealed class PartsRule(CategoryRule inner, Parts parts, CategoryRule[] byPart) : Rule
{
    public override RuleStorage Storage => RuleStorage.Code;
    public override IReadOnlyList<string> Levels => inner.Levels;
    public override ColumnKind NaturalKind => inner.NaturalKind;

    public override Drawer Bind(Batch batch) => new Bound(batch.Stream(parts.Name), parts, byPart);

    private sealed class Bound(RandomStream stream, Parts parts, CategoryRule[] byPart) : Drawer
    {
        public override int Code(in Address at, int row) => byPart[parts.Of(stream, at.Item)].Code(at, row);
    }
}

/// <summary>A column that cannot be drawn from its part's levels directly is held to them: part k has level k, the remainder
/// none of them.</summary>
internal sealed class ShareCheck(string column, Parts parts, string[] levels, SourcePosition at)
    : RowCheck($"balance {column}", at)
{
    public override IEnumerable<string> Reads => [column];

    public override void Test(Batch batch, bool[] passes)
    {
        var values = (CodedColumn)batch[column];
        var stream = batch.Stream(parts.Name);
        for (int row = 0; row < passes.Length; row++)
        {
            int part = parts.Of(stream, batch.Items[row]);
            string? value = values[row];
            passes[row] &= part < levels.Length ? value == levels[part] : Array.IndexOf(levels, value) < 0;
        }
    }
}

/// <summary>Conditions: rows of part k satisfy condition k and no other, rows of the remainder none.</summary>
internal sealed class ConditionCheck(IReadOnlyList<Expression> conditions, Parts parts, SourcePosition at)
    : RowCheck("conditions", at)
{
    public override IEnumerable<string> Reads => conditions.SelectMany(condition => condition.Columns);

    public override void Test(Batch batch, bool[] passes)
    {
        var stream = batch.Stream(parts.Name);
        int[] part = new int[passes.Length];
        for (int row = 0; row < part.Length; row++) part[row] = parts.Of(stream, batch.Items[row]);
        for (int k = 0; k < conditions.Count; k++)
        {
            sbyte[] truth = batch.Test(conditions[k]);
            for (int row = 0; row < part.Length; row++) passes[row] &= truth[row] == 1 == (part[row] == k);
        }
    }
}
