using Simulant.Numerics.Random;

namespace Simulant.Text.Tasks;

/// <summary>
/// The randomness of one item: <see cref="Problem"/> decides what is asked, <see cref="Wording"/> how it is said, each at its own
/// address, so that another paraphrase leaves the problem as it is.
/// </summary>
public sealed class TaskDraws
{
    public TaskDraws(RandomStream stream, long item) : this(stream, item, item)
    {
    }

    /// <summary>The problem of one item in the words of another.</summary>
    internal TaskDraws(RandomStream stream, long item, long wording)
    {
        Problem = new(stream, item, 0);
        Wording = new(stream, wording, 1);
        Style = new(stream, wording, 2);
    }

    public ItemDraws Problem { get; }

    public ItemDraws Wording { get; }

    /// <summary>How the trace is written; families leave it alone.</summary>
    internal ItemDraws Style { get; }
}

/// <summary>Successive draws of one item for one purpose.</summary>
public sealed class ItemDraws(RandomStream stream, long item, int slot)
{
    private DrawSequence _draws = stream.Draws(item, slot);

    /// <summary>A uniform integer in [0, bound).</summary>
    public int Below(int bound) => _draws.Below(bound);

    /// <summary>A uniform integer in [low, high], both ends included.</summary>
    public int Between(int low, int high) => low + _draws.Below(high - low + 1);

    /// <summary>True with the probability.</summary>
    public bool Chance(double probability) => _draws.Uniform() < probability;

    /// <summary>One of the choices, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[_draws.Below(choices.Count)];

    /// <summary>The first count of a shuffle of the choices: a sample without repetition, in random order.</summary>
    public T[] Sample<T>(IReadOnlyList<T> choices, int count)
    {
        var order = choices.ToArray();
        for (int i = 0; i < count; i++)
        {
            int j = i + _draws.Below(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order[..count];
    }

    /// <summary>The choices in random order.</summary>
    public T[] Shuffle<T>(IReadOnlyList<T> choices) => Sample(choices, choices.Count);
}
