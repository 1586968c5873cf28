using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Text.Code.Mutation;

/// <summary>Puts a step of fuel at the head of every loop's body and of every function.</summary>
internal sealed class FuelRewriter : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Spend = SyntaxFactory.ParseStatement("Fuel.Spend();");

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) =>
        base.VisitForStatement(node.WithStatement(Fuelled(node.Statement)));

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) =>
        base.VisitForEachStatement(node.WithStatement(Fuelled(node.Statement)));

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        base.VisitWhileStatement(node.WithStatement(Fuelled(node.Statement)));

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) =>
        base.VisitDoStatement(node.WithStatement(Fuelled(node.Statement)));

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (node.Body is { } body) node = node.WithBody(Fuelled(body));
        else if (node.ExpressionBody is { } arrow)
            node = node.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(node.ReturnType, arrow.Expression));
        return base.VisitMethodDeclaration(node);
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        if (node.Body is { } body) node = node.WithBody(Fuelled(body));
        else if (node.ExpressionBody is { } arrow)
            node = node.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block(node.ReturnType, arrow.Expression));
        return base.VisitLocalFunctionStatement(node);
    }

    private static BlockSyntax Fuelled(StatementSyntax body) => body is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, Spend))
        : SyntaxFactory.Block(Spend, body);

    private static BlockSyntax Block(TypeSyntax returns, ExpressionSyntax value) => SyntaxFactory.Block(Spend,
        returns is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } || value is ThrowExpressionSyntax
            ? SyntaxFactory.ParseStatement($"{value};")
            : SyntaxFactory.ParseStatement($"return {value};"));
}
