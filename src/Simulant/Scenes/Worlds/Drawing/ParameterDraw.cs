using MathNet.Numerics.Distributions;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;

namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>
/// Draws a world's parameters. Each has a random stream named after it, so that adding one shifts no other; a value is a pure function of
/// (seed, name, item), and of the number of items where draws are even.
/// </summary>
public sealed class ParameterDraw
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Law[] _laws;
    private readonly RandomStream[] _streams;
    private readonly IndexPermutation[]? _orders;
    private readonly int[] _leads;
    private readonly long _items;

    /// <param name="laws">By parameter; a parameter that is not named has its default. No chain of <see cref="Law.Follows"/> is a
    /// ring.</param>
    /// <param name="items">Number of items of the set, at least 1.</param>
    /// <param name="even">
    /// Whether the items share out each parameter's distribution evenly, one in each of as many equally likely parts (Latin hypercube
    /// sampling: McKay, Beckman, Conover, Technometrics 1979); else each item is drawn alone.
    /// </param>
    public ParameterDraw(IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, Law> laws, ulong seed, long items, bool even)
    {
        (_parameters, _items) = (parameters, items);
        _laws = [.. parameters.Select(p => laws.GetValueOrDefault(p.Name) ?? new Law(p.Default))];
        _streams = [.. parameters.Select(p => new RandomStream(seed, "scenes/vary/" + p.Name))];
        _leads = [.. _laws.Select(l => l.Follows is null ? -1 : Enumerable.Range(0, parameters.Count)
            .First(i => parameters[i].Name == l.Follows))];
        if (even) _orders = [.. _streams.Select(s => new IndexPermutation(s, 1, items))];
    }

    /// <summary>The laws, by parameter in the world's order.</summary>
    public IReadOnlyList<Law> Laws => _laws;

    public Values At(long item)
    {
        double[] values = new double[_laws.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = _laws[i].Distribution.At(Part(i, item));
            values[i] = _laws[i].Distribution is Choice or Whole ? value : Math.Round(value, Parameter.Decimals);
        }
        return new Values(_parameters, values);
    }

    // The uniform number behind a value.
    private double Part(int parameter, long item)
    {
        double u = _streams[parameter].Uniform(item, 0);
        if (_orders is not null) u = (_orders[parameter].Map(item % _items) + u) / _items;
        if (_leads[parameter] < 0) return u;
        double by = _laws[parameter].By;
        double score = by * Score(Part(_leads[parameter], item)) + Math.Sqrt(1 - by * by) * Score(u);
        return Math.Min(Normal.CDF(0, 1, score), Math.BitDecrement(1.0));
    }

    private static double Score(double u) => NormalQuantile.At(Math.Clamp(u, 1e-12, 1 - 1e-12));
}
