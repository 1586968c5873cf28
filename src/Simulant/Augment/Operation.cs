using Simulant.Images;
using Simulant.Specs;

namespace Simulant.Augment;

/// <summary>What kind of change an operation makes.</summary>
public enum OperationGroup
{
    Geometric,
    Colour,
    Blur,
    Noise,
    Weather,
    Dropout,
    Quality,
    Sensor,
    Mixing,
}

/// <summary>What an operation does with a picture, the values of its options and its chances.</summary>
internal delegate Labelled OperationBody(Labelled sample, OptionValues options, Dice dice);

/// <summary>One way to change a picture; its labels follow.</summary>
public sealed class Operation
{
    private readonly OperationBody _apply;

    internal Operation(string name, OperationGroup group, string meaning, IReadOnlyList<EngineOption> options,
        OperationBody apply)
    {
        (Name, Group, Meaning, _apply) = (name, group, meaning, apply);
        Options = [new("p", OptionKind.Number, "How often it happens.") { Default = "0.5", Minimum = 0, Maximum = 1 }, .. options];
        Declared = new EngineOptions(name, Options, "operation");
    }

    /// <summary>As policies write it.</summary>
    public string Name { get; }

    public OperationGroup Group { get; }

    /// <summary>What it does, one sentence with a full stop.</summary>
    public string Meaning { get; }

    /// <summary>Its options, the probability p first.</summary>
    public IReadOnlyList<EngineOption> Options { get; }

    internal EngineOptions Declared { get; }

    internal Labelled Apply(Labelled sample, OptionValues options, Dice dice) => _apply(sample, options, dice);

    internal static EngineOption Number(string name, double value, double least, double most, string meaning) =>
        new(name, OptionKind.Number, meaning) { Default = Text(value), Minimum = least, Maximum = most };

    internal static EngineOption Integer(string name, int value, int least, int most, string meaning) =>
        new(name, OptionKind.Integer, meaning) { Default = Text(value), Minimum = least, Maximum = most };

    internal static EngineOption Choice(string name, string meaning, params string[] values) =>
        new(name, OptionKind.Text, meaning) { Default = values[0], Values = values };

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
