using Simulant.Data;

namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>Something that differs from frame to frame, and that a spec may draw in another way.</summary>
/// <param name="Name">As <c>vary</c> and the table of frames name it.</param>
/// <param name="Meaning">What it does, with its unit; one sentence with a full stop.</param>
/// <param name="Default">How it is drawn where the spec says nothing.</param>
public sealed record Parameter(string Name, string Meaning, Distribution Default)
{
    /// <summary>Digits after the point: values are rounded to them before they are used, so that the table holds what was used.</summary>
    public const int Decimals = 4;

    /// <summary>Least and greatest value that any distribution may give.</summary>
    public double Minimum { get; init; } = Default.Range.Low;

    /// <inheritdoc cref="Minimum"/>
    public double Maximum { get; init; } = Default.Range.High;

    /// <summary>The levels it may have; null for numbers.</summary>
    public IReadOnlyList<string>? Levels => (Default as Choice)?.Levels;

    public bool IsWhole => Default is Whole;

    /// <summary>Its column in the table of frames.</summary>
    public ColumnSchema Column => Levels is not null ? new(Name, ColumnKind.Category)
        : IsWhole ? new(Name, ColumnKind.Integer) { Decimals = 0 } : new(Name, ColumnKind.Decimal) { Decimals = Decimals };
}

/// <summary>How one parameter is drawn in a run.</summary>
/// <param name="Follows">Name of the parameter that it is correlated with, or null.</param>
/// <param name="By">Correlation of the two in normal scores, -1 to 1 (a Gaussian copula).</param>
public sealed record Law(Distribution Distribution, string? Follows = null, double By = 0);

/// <summary>The values of one frame or sequence.</summary>
public sealed class Values(IReadOnlyList<Parameter> parameters, double[] values)
{
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>Of a choice, the index of its level.</summary>
    public double this[int index] => values[index];

    public double Number(string name) => values[Index(name)];

    public float Single(string name) => (float)Number(name);

    public int Count(string name) => (int)Number(name);

    public string Level(string name) => parameters[Index(name)].Levels![(int)Number(name)];

    public bool Is(string name, string level) => Level(name) == level;

    private int Index(string name)
    {
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Name == name) return i;
        throw new ArgumentException($"the world has no parameter '{name}'", nameof(name));
    }
}
