using Simulant.Numerics.Random;

namespace Simulant.Scenes.Signs;

/// <summary>How a dial's numbers fall between its ends.</summary>
internal enum Law
{
    Uniform,

    /// <summary>Evenly in the logarithm; both ends above 0.</summary>
    LogUniform,

    /// <summary>A normal cut at three deviations, the ends two deviations from the middle.</summary>
    Normal,
}

/// <summary>A parameter that varies from item to item, drawn from a stream of its own name, so that adding one shifts no other.</summary>
internal readonly struct Dial(ulong seed, string name, double low, double high, Law law = Law.Uniform)
{
    private readonly RandomStream _stream = new(seed, "signs/" + name);

    public double At(long item, int slot = 0)
    {
        switch (law)
        {
            case Law.LogUniform: return low * Math.Exp(_stream.Uniform(item, slot) * Math.Log(high / low));
            case Law.Normal: return (low + high) / 2 + (high - low) / 4 * Math.Clamp(_stream.Normal(item, slot), -3, 3);
            default: return low + (high - low) * _stream.Uniform(item, slot);
        }
    }

    public float Single(long item, int slot = 0) => (float)At(item, slot);

    /// <summary>Whether a number of 0 to 1 falls below the chance.</summary>
    public bool Happens(double chance, long item, int slot = 0) => _stream.Uniform(item, slot) < chance;

    public int Below(int count, long item, int slot = 0) => _stream.Below(count, item, slot);
}
