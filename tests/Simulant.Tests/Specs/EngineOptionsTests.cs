using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>Options as an engine of networks would declare them.</summary>
public sealed class EngineOptionsTests
{
    private static readonly EngineOptions Options = new("net",
    [
        new("epochs", OptionKind.Integer, "Passes over the data.") { Minimum = 1, Maximum = 10_000, Default = "300" },
        new("rate", OptionKind.Number, "Length of a step.") { Minimum = 0, Default = "2e-4" },
        new("activation", OptionKind.Text, "Function of a unit.") { Values = ["relu", "leaky_relu"], Default = "relu" },
        new("verbose", OptionKind.Boolean, "Whether it talks.") { Default = "false" },
        new("layers", OptionKind.Map, "What stands between."),
    ]);

    private static (OptionValues Values, IReadOnlyList<Diagnostic> Faults) Read(string yaml)
    {
        var (root, _) = YamlNodesTests.Read(yaml);
        var faults = new DiagnosticBag();
        return (Options.Read((SpecMap)root!, faults), faults.All);
    }

    [Fact]
    public void What_is_given_holds_and_the_rest_is_as_declared()
    {
        var (values, faults) = Read("{ epochs: 1_000, activation: leaky-relu, verbose: true, layers: { a: 1 } }");
        Assert.Empty(faults);
        Assert.Equal((1000, 2e-4, "leaky_relu", true), (values.Integer("epochs"), values.Number("rate"), values.Text("activation"),
            values.Truth("verbose")));
        Assert.Single(values.Map("layers")!.Entries);
        Assert.Equal(["activation=leaky_relu", "epochs=1000", "rate=0.0002", "verbose=true"],
            values.AsUsed.Select(v => $"{v.Key}={v.Value}"));
        Assert.Null(Options.Read(null).Map("layers"));
        Assert.Throws<InvalidOperationException>(() => values.Integer("epoch"));
    }

    [Theory]
    [InlineData("{ epoch: 3 }", Codes.UnknownKey, 3, "unknown key 'epoch' in the engine 'net'; did you mean 'epochs'?")]
    [InlineData("{ wxyz: 3 }", Codes.UnknownKey, 3, "it takes epochs, rate, activation, verbose, layers")]
    [InlineData("{ epochs: many }", Codes.WrongType, 11, "'epochs' must be a whole number, found text 'many'")]
    [InlineData("{ epochs: 1.5 }", Codes.WrongType, 11, "'epochs' must be a whole number")]
    [InlineData("{ epochs: 0 }", Codes.BadValue, 11, "'epochs' is 0; it must be from 1 to 10000")]
    [InlineData("{ epochs: }", Codes.WrongType, 11, "'epochs' has no value")]
    [InlineData("{ rate: -1 }", Codes.BadValue, 9, "it must be at least 0")]
    [InlineData("{ rate: [1] }", Codes.WrongType, 9, "'rate' must be a number, found a list")]
    [InlineData("{ activation: reluu }", Codes.BadValue, 15, "did you mean 'relu'?")]
    [InlineData("{ verbose: 3 }", Codes.WrongType, 12, "write true or false")]
    [InlineData("{ layers: 3 }", Codes.WrongType, 11, "'layers' must be a map")]
    public void A_fault_has_its_place_and_the_default_holds(string yaml, string code, int column, string message)
    {
        var (values, faults) = Read(yaml);
        var fault = Assert.Single(faults);
        Assert.Equal((code, 1, column), (fault.Code, fault.At.Line, fault.At.Column));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(Options.Read(null).AsUsed, values.AsUsed);
    }

    [Fact]
    public void A_default_that_is_no_value_of_its_option_is_refused() => Assert.Throws<ArgumentException>(() =>
        new EngineOptions("net", [new("epochs", OptionKind.Integer, "Passes.") { Minimum = 1, Default = "0" }]));
}
