using System.Globalization;
using MathNet.Numerics.Distributions;
using Simulant.Numerics.Kernels;

namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>
/// How a parameter of a world is distributed, by its inverse distribution function: a value is a function of one uniform number, so that
/// stratified and correlated draws are made of the same numbers as independent ones.
/// </summary>
public abstract record Distribution
{
    /// <summary>The value below which a part <paramref name="u"/> in [0, 1) of all lies; of a choice, the index of its level.</summary>
    public abstract double At(double u);

    /// <summary>The part of all that lies at or below a value, 0 to 1.</summary>
    public abstract double Below(double value);

    /// <summary>Least and greatest value.</summary>
    public abstract (double Low, double High) Range { get; }

    /// <summary>As a spec writes it.</summary>
    public abstract string Text { get; }

    private protected static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>One value, always.</summary>
public sealed record Fixed(double Value) : Distribution
{
    public override double At(double u) => Value;
    public override double Below(double value) => value >= Value ? 1 : 0;
    public override (double Low, double High) Range => (Value, Value);
    public override string Text => Write(Value);
}

/// <summary>Evenly from low to high.</summary>
public sealed record Uniform(double Low, double High) : Distribution
{
    public override double At(double u) => Low + (High - Low) * u;
    public override double Below(double value) => High > Low ? Math.Clamp((value - Low) / (High - Low), 0, 1) : value >= Low ? 1 : 0;
    public override (double Low, double High) Range => (Low, High);
    public override string Text => $"{{ uniform: [{Write(Low)}, {Write(High)}] }}";
}

/// <summary>Evenly in the logarithm, low above 0.</summary>
public sealed record LogUniform(double Low, double High) : Distribution
{
    public override double At(double u) => Low * Math.Pow(High / Low, u);
    public override double Below(double value) =>
        High > Low ? Math.Clamp(Math.Log(Math.Max(value, Low) / Low) / Math.Log(High / Low), 0, 1) : value >= Low ? 1 : 0;
    public override (double Low, double High) Range => (Low, High);
    public override string Text => $"{{ log_uniform: [{Write(Low)}, {Write(High)}] }}";
}

/// <summary>A normal distribution of which only what lies from low to high is kept.</summary>
public sealed record CutNormal(double Mean, double Deviation, double Low, double High) : Distribution
{
    private double Before => Normal.CDF(0, 1, (Low - Mean) / Deviation);
    private double Until => Normal.CDF(0, 1, (High - Mean) / Deviation);

    public override double At(double u) =>
        Math.Clamp(Mean + Deviation * NormalQuantile.At(Before + (Until - Before) * u), Low, High);

    public override double Below(double value) =>
        Math.Clamp((Normal.CDF(0, 1, (value - Mean) / Deviation) - Before) / (Until - Before), 0, 1);

    public override (double Low, double High) Range => (Low, High);
    public override string Text => $"{{ normal: [{Write(Mean)}, {Write(Deviation)}] }}";
}

/// <summary>Whole numbers from low to high, each as often.</summary>
public sealed record Whole(int Low, int High) : Distribution
{
    public override double At(double u) => Math.Min(High, Low + Math.Floor(u * (High - Low + 1.0)));
    public override double Below(double value) => Math.Clamp((Math.Floor(value) - Low + 1) / (High - Low + 1.0), 0, 1);
    public override (double Low, double High) Range => (Low, High);
    public override string Text => $"{{ integers: [{Low}, {High}] }}";
}

/// <summary>Levels by weight; the value is the level's index.</summary>
/// <param name="Weights">0 or more, one for each level, not all 0.</param>
public sealed record Choice(IReadOnlyList<string> Levels, IReadOnlyList<double> Weights) : Distribution
{
    public static Choice Even(params string[] levels) => new(levels, [.. levels.Select(_ => 1.0)]);

    public override double At(double u)
    {
        double left = u * Weights.Sum();
        int last = 0;
        for (int i = 0; i < Weights.Count; i++)
        {
            if (Weights[i] <= 0) continue;
            last = i;
            if (left < Weights[i]) return i;
            left -= Weights[i];
        }
        return last;
    }

    public override double Below(double value) => Weights.Take((int)value + 1).Sum() / Weights.Sum();
    public override (double Low, double High) Range => (0, Levels.Count - 1);

    public override string Text =>
        $"{{ choice: {{ {string.Join(", ", Levels.Zip(Weights, (level, weight) => $"{level}: {Write(weight)}"))} }} }}";
}
