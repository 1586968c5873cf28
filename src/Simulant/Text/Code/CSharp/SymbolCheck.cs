using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Text.Code.CSharp;

/// <summary>
/// Judges a program that compiles, before it runs: every name by the symbol that it means, every expression by its type, so that
/// neither an alias nor a <c>var</c> hides anything; and the few constructs that are no names.
/// </summary>
internal static class SymbolCheck
{
    private const int Most = 20;

    /// <summary>What the programs may not use, by place; at most twenty.</summary>
    public static IReadOnlyList<CodeDiagnostic> Run(CSharpCompilation compilation)
    {
        var found = new List<CodeDiagnostic>();
        foreach (var tree in compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes(n => n is not UsingDirectiveSyntax { Alias: null }))
                if (found.Count < Most && Fault(node, model) is { } why)
                    found.Add(CSharpCompiler.At(node.GetLocation(), "ban", why));
        }
        return [.. found.DistinctBy(f => (f.File, f.Line, f.Message))];
    }

    private static string? Fault(SyntaxNode node, SemanticModel model)
    {
        if (Construct(node) is { } construct) return $"{construct} may not be used in checked code";
        if (node is BaseNamespaceDeclarationSyntax) return null;
        if (node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or ElementAccessExpressionSyntax
            or BinaryExpressionSyntax or ImplicitElementAccessSyntax or MemberBindingExpressionSyntax or AttributeSyntax
            && OfSymbol(model.GetSymbolInfo(node).Symbol) is { } named) return named;
        return node is ExpressionSyntax expression ? OfTypes(model.GetTypeInfo(expression)) : null;
    }

    private static string? Construct(SyntaxNode node) => node switch
    {
        DestructorDeclarationSyntax => "a finaliser",
        MakeRefExpressionSyntax or RefTypeExpressionSyntax or RefValueExpressionSyntax => "a typed reference",
        FunctionPointerTypeSyntax => "a function pointer",
        ExternAliasDirectiveSyntax => "an extern alias",
        MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.ExternKeyword) => "an extern member",
        LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.ExternKeyword) => "an extern function",
        _ => null,
    };

    private static string? OfSymbol(ISymbol? symbol)
    {
        switch (symbol)
        {
            case null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ILabelSymbol or IRangeVariableSymbol
                or IDiscardSymbol or ITypeParameterSymbol:
                return null;
            case IAliasSymbol alias:
                return OfSymbol(alias.Target);
            case ITypeSymbol type:
                return AllowedSymbols.Allows(type) ? null : $"'{type.ToDisplayString()}' may not be used in checked code";
            case IMethodSymbol { MethodKind: MethodKind.BuiltinOperator or MethodKind.LocalFunction or MethodKind.LambdaMethod
                or MethodKind.DelegateInvoke }:
                return null;
        }
        var member = symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol;
        if (member.ContainingType is not { } owner) return null;
        return AllowedSymbols.Allows(owner) && AllowedSymbols.Allows(member, owner)
            ? null : $"'{owner.ToDisplayString()}.{member.Name}' may not be used in checked code";
    }

    private static string? OfTypes(TypeInfo info)
    {
        foreach (var type in (ITypeSymbol?[])[info.Type, info.ConvertedType])
            if (type is not null and not IErrorTypeSymbol && type.SpecialType != SpecialType.System_Void && !AllowedSymbols.Allows(type))
                return $"'{type.ToDisplayString()}' may not be used in checked code";
        return null;
    }
}
