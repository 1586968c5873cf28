using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// A table's row as the numbers that are diffused: the scores of numeric columns, then a block for each choice, one of whose
/// numbers is <see cref="Height"/> and the others 0.
/// </summary>
internal sealed class RowLayout
{
    /// <summary>Distance of a choice's corners from 0: two levels are then about as far apart as numbers spread.</summary>
    public const float Height = 1.5f;

    /// <summary>A choice in the row.</summary>
    /// <param name="Choice">0, or 1 for the second digit of its column.</param>
    public readonly record struct Block(int Column, int Choice, int Start, int Size);

    private readonly ColumnPlan[] _plans;
    private readonly int[] _scoreOf;
    private readonly int[] _columnOf; // score -> column
    private readonly int[] _firstBlock;

    public RowLayout(ColumnPlan[] plans)
    {
        _plans = plans;
        _scoreOf = new int[plans.Length];
        _firstBlock = new int[plans.Length];
        for (int c = 0; c < plans.Length; c++) _scoreOf[c] = plans[c].Scale is null ? -1 : Scores++;
        _columnOf = [.. Enumerable.Range(0, plans.Length).Where(c => _scoreOf[c] >= 0)];
        var blocks = new List<Block>();
        int at = Scores;
        for (int c = 0; c < plans.Length; c++)
        {
            int[] sizes = plans[c].Choices;
            _firstBlock[c] = sizes.Length == 0 ? -1 : blocks.Count;
            for (int k = 0; k < sizes.Length; k++)
            {
                blocks.Add(new Block(c, k, at, sizes[k]));
                at += sizes[k];
            }
        }
        (Blocks, Width) = (blocks, at);
        Offsets = [.. blocks.Select(b => b.Start - Scores), at - Scores];
    }

    public IReadOnlyList<ColumnPlan> Plans => _plans;
    public int Columns => _plans.Length;

    /// <summary>Numeric columns with a score; they come first.</summary>
    public int Scores { get; }

    /// <summary>Numbers of a row.</summary>
    public int Width { get; }

    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>Where each block begins behind the scores, and the end.</summary>
    public int[] Offsets { get; }

    /// <summary>Where a column's score stands; -1 for none.</summary>
    public int ScoreOf(int column) => _scoreOf[column];

    /// <summary>The column that a score belongs to.</summary>
    public int ColumnOf(int score) => _columnOf[score];

    /// <summary>A column's blocks: the first, and how many.</summary>
    public (int First, int Count) BlocksOf(int column) => (_firstBlock[column], _plans[column].Choices.Length);

    /// <summary>Writes a value into a row that is clear, and the choices' digits.</summary>
    /// <param name="u">Where in its stretch of ranks a number lies.</param>
    /// <param name="fill">The score of a missing number, which means nothing.</param>
    public void Write(int column, double value, double u, double fill, Span<float> row, Span<int> digits)
    {
        var plan = _plans[column];
        int code = plan.CodeOf(value);
        if (_scoreOf[column] >= 0)
            row[_scoreOf[column]] = (float)(plan.HasScore(code) ? plan.Scale!.Score(value, u) : fill);
        var (first, count) = BlocksOf(column);
        for (int k = 0; k < count; k++)
        {
            int digit = plan.DigitOf(code, k);
            digits[first + k] = digit;
            row[Blocks[first + k].Start + digit] = Height;
        }
    }

    /// <summary>Copies a column's numbers to those that are given, and marks it.</summary>
    public void Give(int column, ReadOnlySpan<float> row, Span<float> given, Span<float> mask)
    {
        if (_scoreOf[column] >= 0) given[_scoreOf[column]] = row[_scoreOf[column]];
        var (first, count) = BlocksOf(column);
        for (int k = first; k < first + count; k++)
            row.Slice(Blocks[k].Start, Blocks[k].Size).CopyTo(given[Blocks[k].Start..]);
        mask[column] = 1;
    }

    /// <summary>Puts the given columns' numbers in their place.</summary>
    public void Keep(ReadOnlySpan<float> mask, ReadOnlySpan<float> given, Span<float> row)
    {
        for (int i = 0; i < Scores; i++)
            if (mask[_columnOf[i]] > 0) row[i] = given[i];
        foreach (var block in Blocks)
            if (mask[block.Column] > 0) given.Slice(block.Start, block.Size).CopyTo(row[block.Start..]);
    }

    /// <summary>The value that a finished row gives: the likeliest code that was seen, and the score.</summary>
    public double Read(int column, ReadOnlySpan<float> row)
    {
        var plan = _plans[column];
        var (first, count) = BlocksOf(column);
        int code = 0;
        if (count > 0)
        {
            var a = row.Slice(Blocks[first].Start, Blocks[first].Size);
            var b = count > 1 ? row.Slice(Blocks[first + 1].Start, Blocks[first + 1].Size) : [];
            code = Likeliest(plan, a, b);
        }
        return plan.ValueOf(code, _scoreOf[column] >= 0 ? row[_scoreOf[column]] : 0);
    }

    private static int Likeliest(ColumnPlan plan, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        int best = -1;
        float most = float.NegativeInfinity;
        for (int i = 0; i < first.Length; i++)
            for (int j = 0; j < Math.Max(1, second.Length); j++)
            {
                float sum = first[i] + (second.Length > 0 ? second[j] : 0);
                if (!(sum > most) || plan.CodeOf(i, j) is not (>= 0 and var code)) continue;
                (best, most) = (code, sum);
            }
        return Math.Max(0, best);
    }

    public static RowLayout Of(IReadOnlyList<ModelColumn> columns, IReadOnlyList<ColumnBins> bins) =>
        new([.. columns.Select((c, i) => new ColumnPlan(c, bins[i]))]);
}
