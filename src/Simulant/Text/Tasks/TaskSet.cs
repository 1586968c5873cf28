using Simulant.Numerics.Random;

namespace Simulant.Text.Tasks;

/// <summary>
/// The tasks of one family at one level under one seed: item i is a pure function of the four, whatever was asked before and on
/// whatever thread. Where a level has few problems its items are a keyed permutation of them, without repetition.
/// </summary>
public sealed class TaskSet
{
    private readonly RandomStream _stream;
    private readonly IndexPermutation? _order;
    private readonly TraceStyle? _style;

    /// <param name="family">The family.</param>
    /// <param name="level">1 to the family's <see cref="TaskFamily.Levels"/>.</param>
    /// <param name="seed">Chooses problems, wordings and styles.</param>
    /// <param name="style">How traces are written; by default each in a style drawn for it.</param>
    public TaskSet(TaskFamily family, int level, ulong seed, TraceStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, family.Levels);
        Family = family;
        Level = level;
        Count = family.Problems(level);
        _style = style;
        _stream = new RandomStream(seed, $"task/{family.Name}/{level}");
        if (Count is { } count) _order = new IndexPermutation(_stream, 3, count);
    }

    public TaskFamily Family { get; }

    public int Level { get; }

    /// <summary>Number of items, where the level has only so many problems; null where there is no end to them.</summary>
    public long? Count { get; }

    /// <summary>The item, from 0.</summary>
    public TaskItem this[long i]
    {
        get
        {
            var draws = new TaskDraws(_stream, i);
            var draft = Draft(i, draws);
            string trace = TraceStyles.Render(_style ?? draws.Style.Pick(TraceStyles.All), draft.Work, draft.Answer, draws.Style);
            return new TaskItem(Family.Name, Level, draft.Question, draft.Answer, trace, draft.Work.Count);
        }
    }

    /// <summary>The problem of one item in the words of another: what stays the same is the problem.</summary>
    internal TaskDraft Draft(long i, long wording) => Draft(i, new TaskDraws(_stream, i, wording));

    private TaskDraft Draft(long i, TaskDraws draws)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        if (Count is { } count) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, count);
        return Family.Draw(Level, _order is { } order ? order.Map(i) : i, draws);
    }
}
