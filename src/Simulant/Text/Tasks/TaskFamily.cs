namespace Simulant.Text.Tasks;

/// <summary>
/// A family of problems whose answers can be computed: one question structure and one solver. Item i of a family at a level is a
/// pure function of (family, level, seed, i), so sets of tasks can be cut, shared and made again like every other data.
/// </summary>
/// <param name="name">Lower case with hyphens, unique among all families: <c>long-division</c>.</param>
/// <param name="category">One of <see cref="TaskCategories"/>.</param>
public abstract class TaskFamily(string name, string category)
{
    public string Name { get; } = name;

    public string Category { get; } = category;

    /// <summary>Levels of difficulty, numbered from 1; the solver needs more steps at each than at the one before, on average.</summary>
    public virtual int Levels => 5;

    /// <summary>How answers of this family are compared.</summary>
    public abstract AnswerKind Kind { get; }

    /// <summary>
    /// Number of different problems of a level where it is small enough to run out (they are then numbered, and drawn without
    /// repetition); null where repetition is rarer than one in a thousand among 10,000 items.
    /// </summary>
    public virtual long? Problems(int level) => null;

    /// <summary>Draws a problem, solves it, and words it.</summary>
    /// <param name="level">1 to <see cref="Levels"/>.</param>
    /// <param name="problem">Number of the problem below <see cref="Problems"/>; the item's own number where that is null.</param>
    /// <param name="draws">Randomness of the item: what the problem is, and, apart from it, how it is worded.</param>
    protected internal abstract TaskDraft Draw(int level, long problem, TaskDraws draws);

    /// <summary>Whether an answer given to an item is right. By default as its <see cref="Kind"/> compares.</summary>
    public virtual bool Accepts(TaskItem item, string answer) => AnswerCheck.Same(Kind, item.Answer, answer);
}

/// <summary>What a family gives for one item, before its trace is written in a style.</summary>
/// <param name="Question">The statement; states everything the solver used.</param>
/// <param name="Answer">The canonical answer, as <see cref="AnswerCheck"/> reads it.</param>
/// <param name="Work">The solver's own steps, in order; their number is the item's measure of difficulty.</param>
public sealed record TaskDraft(string Question, string Answer, IReadOnlyList<TraceStep> Work);

/// <summary>One step of a solution.</summary>
/// <param name="Say">What is done, as a clause without a full stop: <c>carry the 1 to the tens</c>.</param>
/// <param name="Formula">The same as a formula or state, where there is one: <c>7 + 8 = 15</c>.</param>
public readonly record struct TraceStep(string Say, string? Formula = null);

/// <summary>One finished task.</summary>
/// <param name="Family">Name of its family.</param>
/// <param name="Level">Its level of difficulty, from 1.</param>
/// <param name="Question">The statement.</param>
/// <param name="Answer">The canonical answer.</param>
/// <param name="Trace">The solution, ending in the answer.</param>
/// <param name="Steps">Steps of the solver.</param>
public sealed record TaskItem(string Family, int Level, string Question, string Answer, string Trace, int Steps);
