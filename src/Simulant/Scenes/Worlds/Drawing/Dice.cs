using System.Numerics;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>Everything random in a world beside its parameters, by the path of what it is for: "rack 3/bay 2/box 1".</summary>
public sealed class Dice(ulong seed, long item)
{
    public Throws Of(string path) => new(new RandomStream(seed, "scenes/world/" + path), item);
}

/// <summary>The throws for one thing, in the order that they are asked for.</summary>
public sealed class Throws(RandomStream stream, long item)
{
    private int _next;

    public float Uniform() => (float)stream.Uniform(item, 0, _next++);

    public float Between(float low, float high) => low + (high - low) * Uniform();

    public float Normal() => (float)stream.Normal(item, 0, _next++);

    public int Below(int bound) => stream.Below(bound, item, 0, _next++);

    public bool Chance(double part) => Uniform() < part;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>A colour some way off another, each part by itself, within 0 to 1.</summary>
    public Vector3 Near(Vector3 colour, float by)
    {
        float bright = Between(-by, by);
        float Part(float c) => Math.Clamp(c * (1 + bright + Between(-by, by) / 2), 0, 1);
        return new(Part(colour.X), Part(colour.Y), Part(colour.Z));
    }
}
