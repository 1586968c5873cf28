using Simulant.Numerics.Random;
using Simulant.Text.Records;

namespace Simulant.Text.Tasks;

/// <summary>
/// Tasks of many families and levels, spread evenly: of any number of first items every family has the same share, and within a family
/// every level, give or take one, as long as it has problems left. Item i is a pure function of (families, levels, seed, i).
/// </summary>
public sealed class TaskMixture
{
    private readonly Rounds _families;
    private readonly (Rounds Levels, TaskSet[] Sets)[] _parts;

    /// <param name="families">At least one.</param>
    /// <param name="seed">Chooses problems, wordings, styles and the order.</param>
    /// <param name="lowest">Lowest level to take.</param>
    /// <param name="highest">Highest level to take; a family that has fewer gives those it has.</param>
    /// <param name="style">How traces are written; by default each in a style drawn for it.</param>
    public TaskMixture(IReadOnlyList<TaskFamily> families, ulong seed, int lowest = 1, int highest = int.MaxValue, TraceStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(families);
        ArgumentOutOfRangeException.ThrowIfZero(families.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(lowest, 1);
        _parts = new (Rounds, TaskSet[])[families.Count];
        for (int f = 0; f < _parts.Length; f++)
        {
            int last = Math.Min(highest, families[f].Levels);
            if (lowest > last) throw new ArgumentException($"{families[f].Name} has no level from {lowest} to {highest}", nameof(lowest));
            var family = families[f];
            TaskSet[] sets = [.. Enumerable.Range(lowest, last - lowest + 1).Select(level => new TaskSet(family, level, seed, style))];
            _parts[f] = (new Rounds(sets.Select(set => set.Count), new RandomStream(seed, "task-levels/" + family.Name)), sets);
        }
        _families = new Rounds(_parts.Select(part => part.Levels.Count), new RandomStream(seed, "task-families"));
    }

    /// <summary>Number of items, where all families have only so many problems; null where there is no end to them.</summary>
    public long? Count => _families.Count;

    /// <summary>The item, from 0.</summary>
    public TaskItem this[long i]
    {
        get
        {
            var (family, turn) = _families[i];
            var (level, item) = _parts[family].Levels[turn];
            return _parts[family].Sets[level][item];
        }
    }
}
