using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Simulant.Tests.Architecture;
using Xunit;

namespace Simulant.Tests.Privacy.Mechanisms;

/// <summary>
/// No floating-point value stands between data and noise: in all sources of the mechanisms no expression, member, parameter or local
/// has a floating type. Judged by what the compiler binds, so that no spelling hides one.
/// </summary>
public class WholeNumberTests
{
    private const string Folder = "src/Simulant/Privacy/Mechanisms/";

    [Fact]
    public void Mechanisms_hold_whole_numbers_only() => ArchitectureTests.AssertNone(Floating(SourceModel.OfSources()));

    [Theory]
    [InlineData("long F(long n) => n + (long)Math.Round(0.5 * n);")]
    [InlineData("object F(object x) => x is float;")]
    [InlineData("decimal M;")]
    [InlineData("void F() { foreach (var x in new[] { 1.5 }) G(x); } void G(object o) { }")]
    [InlineData("List<double> L = [];")]
    [InlineData("Half H => default;")]
    [InlineData("long F(int n) => (long)Math.Sqrt(n);")]
    [InlineData("void F<T>() where T : IComparable<double> { }")]
    public void A_float_in_a_mechanism_is_found(string member)
    {
        string text = $"namespace Simulant.Privacy.Mechanisms; class A {{ {member} }}";
        Assert.NotEmpty(Floating(SourceModel.Of((Folder + "A.cs", text))));
        Assert.Empty(Floating(SourceModel.Of(("src/Simulant/Privacy/Accounting/A.cs", text))));
    }

    [Fact]
    public void Engines_of_differential_privacy_hold_no_table()
    {
        string[] tables = ["Table", "Column", "NumericColumn", "CodedColumn", "Dataset"];
        var trespasses = SourceModel.OfSources().References
            .Where(r => r.File.StartsWith("src/Simulant/Tabular/Marginals/", StringComparison.Ordinal))
            .Where(r => r.Type is { } type && tables.Contains(type.Name)
                && SourceModel.DeclaredIn(type)?.StartsWith("src/Simulant/Data/", StringComparison.Ordinal) == true)
            .Select(r => new Violation(r.File, r.Line, "protected rows", $"{r.Type!.Name} would show rows that nobody paid for"));
        ArchitectureTests.AssertNone(trespasses);
    }

    private static IEnumerable<Violation> Floating(SourceModel model)
    {
        foreach (var tree in model.Trees.Where(t => t.FilePath.StartsWith(Folder, StringComparison.Ordinal)))
        {
            var semantics = model.Compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                var types = new List<ITypeSymbol?>();
                if (node is ExpressionSyntax) types.AddRange([semantics.GetTypeInfo(node).Type, semantics.GetTypeInfo(node).ConvertedType]);
                if (semantics.GetDeclaredSymbol(node) is { } declared)
                    types.Add(declared switch
                    {
                        ILocalSymbol local => local.Type,
                        IParameterSymbol parameter => parameter.Type,
                        IFieldSymbol field => field.Type,
                        IPropertySymbol property => property.Type,
                        IMethodSymbol method => method.ReturnType,
                        _ => null,
                    });
                if (types.Exists(IsFloating))
                    yield return new Violation(tree.FilePath, SourceModel.LineOf(node), "whole numbers", $"'{node}' is of a floating type");
            }
        }
    }

    private static bool IsFloating(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal } => true,
        { Name: "Half" or "BFloat16" or "NFloat" or "Complex" } => true,
        IArrayTypeSymbol array => IsFloating(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(IsFloating),
        _ => false,
    };
}
