using System.Globalization;
using Simulant.Images;
using Simulant.Numerics.Random;

namespace Simulant.Augment;

/// <summary>Pictures that mixing operations draw from.</summary>
public interface IPicturePool
{
    long Count { get; }

    /// <summary>Picture i, the same at each call.</summary>
    Labelled Get(long index);
}

/// <summary>
/// The chances of one operation on one item: a sequence at (stream of seed and the operation's path, item). What other operations draw
/// shifts none of it.
/// </summary>
internal sealed class Dice(ulong seed, string path, long item, IPicturePool? pool)
{
    private DrawSequence _draws = new RandomStream(seed, "augment/" + path).Draws(item, 0);

    public IPicturePool? Pool => pool;

    public double Uniform(double from, double to) => from + (to - from) * _draws.Uniform();

    /// <summary>Between -limit and limit.</summary>
    public double Either(double limit) => Uniform(-limit, limit);

    public bool Chance(double probability) => _draws.Uniform() < probability;
    public int Below(int bound) => _draws.Below(bound);

    /// <summary>From one number to another, both possible.</summary>
    public int Whole(int from, int to) => from + _draws.Below(Math.Max(1, to - from + 1));

    public double Normal() => _draws.Normal();

    /// <summary>A stream of this operation and item, addressed by place in the picture.</summary>
    public RandomStream Places => new(seed, string.Create(CultureInfo.InvariantCulture, $"augment/{path}/places/{item}"));

    /// <summary>Another picture of the pool; the item's own stands for it where it is alone.</summary>
    public Labelled Other()
    {
        if (pool is null || pool.Count < 1) throw new InvalidOperationException("mixing needs a pool of pictures");
        if (pool.Count == 1) return pool.Get(0);
        long other = (long)(_draws.Uniform() * (pool.Count - 1));
        return pool.Get(other >= item % pool.Count ? other + 1 : other);
    }
}
