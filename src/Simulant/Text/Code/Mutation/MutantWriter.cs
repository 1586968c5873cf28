using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Simulant.Text.Code.CSharp;

namespace Simulant.Text.Code.Mutation;

/// <summary>
/// Writes every mutant of a C# program: one change each, by the operators that mutation testing has in common (arithmetic, relational and
/// boundary, boolean, bits, constants, conditions, returned values, deleted statements, calls that have an opposite).
/// </summary>
internal static class MutantWriter
{
    private static readonly Dictionary<SyntaxKind, (string Kind, string[] Others)> Operators = new()
    {
        [SyntaxKind.PlusToken] = ("arithmetic", ["-"]),
        [SyntaxKind.MinusToken] = ("arithmetic", ["+"]),
        [SyntaxKind.AsteriskToken] = ("arithmetic", ["/"]),
        [SyntaxKind.SlashToken] = ("arithmetic", ["*"]),
        [SyntaxKind.PercentToken] = ("arithmetic", ["*"]),
        [SyntaxKind.PlusEqualsToken] = ("arithmetic", ["-="]),
        [SyntaxKind.MinusEqualsToken] = ("arithmetic", ["+="]),
        [SyntaxKind.AsteriskEqualsToken] = ("arithmetic", ["/="]),
        [SyntaxKind.SlashEqualsToken] = ("arithmetic", ["*="]),
        [SyntaxKind.PlusPlusToken] = ("arithmetic", ["--"]),
        [SyntaxKind.MinusMinusToken] = ("arithmetic", ["++"]),
        [SyntaxKind.LessThanToken] = ("relational", ["<=", ">="]),
        [SyntaxKind.LessThanEqualsToken] = ("relational", ["<", ">"]),
        [SyntaxKind.GreaterThanToken] = ("relational", [">=", "<="]),
        [SyntaxKind.GreaterThanEqualsToken] = ("relational", [">", "<"]),
        [SyntaxKind.EqualsEqualsToken] = ("relational", ["!="]),
        [SyntaxKind.ExclamationEqualsToken] = ("relational", ["=="]),
        [SyntaxKind.AmpersandAmpersandToken] = ("boolean", ["||"]),
        [SyntaxKind.BarBarToken] = ("boolean", ["&&"]),
        [SyntaxKind.AmpersandToken] = ("bits", ["|"]),
        [SyntaxKind.BarToken] = ("bits", ["&"]),
        [SyntaxKind.CaretToken] = ("bits", ["&"]),
        [SyntaxKind.LessThanLessThanToken] = ("bits", [">>"]),
        [SyntaxKind.GreaterThanGreaterThanToken] = ("bits", ["<<"]),
    };

    private static readonly Dictionary<string, string> Calls = new()
    {
        ["Min"] = "Max", ["Max"] = "Min", ["First"] = "Last", ["Last"] = "First", ["Any"] = "All", ["All"] = "Any",
        ["OrderBy"] = "OrderByDescending", ["OrderByDescending"] = "OrderBy", ["Order"] = "OrderDescending", ["Skip"] = "Take",
        ["Take"] = "Skip", ["Floor"] = "Ceiling", ["Ceiling"] = "Floor", ["ToLowerInvariant"] = "ToUpperInvariant",
        ["ToUpperInvariant"] = "ToLowerInvariant", ["StartsWith"] = "EndsWith", ["EndsWith"] = "StartsWith",
    };

    /// <summary>All mutants, by place; those that do not compile among them.</summary>
    public static IReadOnlyList<Mutant> Write(string solution)
    {
        var tree = CSharpCompiler.Parse(solution, "solution");
        var model = CSharpCompiler.Bind(tree).GetSemanticModel(tree);
        var found = new List<Mutant>();
        foreach (var node in tree.GetRoot().DescendantNodes())
            foreach (var (kind, at, after) in Changes(node, model))
            {
                var place = tree.GetLineSpan(at).StartLinePosition;
                string before = solution.Substring(at.Start, at.Length);
                found.Add(new(kind, place.Line + 1, place.Character + 1, before, after,
                    solution[..at.Start] + after + solution[at.End..]));
            }
        return [.. found.DistinctBy(m => m.Text)];
    }

    private static IEnumerable<(string Kind, TextSpan At, string After)> Changes(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case BinaryExpressionSyntax binary when Operators.TryGetValue(binary.OperatorToken.Kind(), out var others):
                foreach (string other in others.Others) yield return (others.Kind, binary.OperatorToken.Span, other);
                break;
            case AssignmentExpressionSyntax assignment when Operators.TryGetValue(assignment.OperatorToken.Kind(), out var others):
                yield return (others.Kind, assignment.OperatorToken.Span, others.Others[0]);
                break;
            case PostfixUnaryExpressionSyntax unary when Operators.TryGetValue(unary.OperatorToken.Kind(), out var others):
                yield return (others.Kind, unary.OperatorToken.Span, others.Others[0]);
                break;
            case PrefixUnaryExpressionSyntax unary when unary.OperatorToken.Kind() is SyntaxKind.ExclamationToken or SyntaxKind.MinusToken:
                yield return (unary.OperatorToken.IsKind(SyntaxKind.MinusToken) ? "arithmetic" : "boolean", unary.OperatorToken.Span, "");
                break;
            case LiteralExpressionSyntax literal:
                foreach (string other in Constants(literal)) yield return ("constant", literal.Span, other);
                break;
            case IfStatementSyntax branch:
                yield return ("condition", branch.Condition.Span, $"!({branch.Condition})");
                break;
            case ConditionalExpressionSyntax choice:
                yield return ("condition", choice.Condition.Span, $"!({choice.Condition})");
                break;
            case ReturnStatementSyntax { Expression: { } value }:
                foreach (string other in Returns(value, model)) yield return ("return", value.Span, other);
                break;
            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or PropertyDeclarationSyntax } arrow:
                foreach (string other in Returns(arrow.Expression, model)) yield return ("return", arrow.Expression.Span, other);
                break;
            case ExpressionStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax { Parent: not SwitchSectionSyntax }:
                yield return ("statement", node.Span, ";");
                break;
            case IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access } name
                when access.Name == name && Calls.TryGetValue(name.Identifier.ValueText, out string? other):
                yield return ("call", name.Span, other);
                break;
        }
    }

    private static IEnumerable<string> Constants(LiteralExpressionSyntax literal)
    {
        switch (literal.Token.Value)
        {
            case int number:
                yield return (number + 1).ToString(CultureInfo.InvariantCulture);
                yield return number == 0 ? "-1" : (number - 1).ToString(CultureInfo.InvariantCulture);
                break;
            case string text:
                yield return text.Length == 0 ? "\"~\"" : "\"\"";
                break;
            case char c:
                yield return SymbolDisplay.FormatLiteral((char)(c + 1), quote: true);
                break;
            case bool truth:
                yield return truth ? "false" : "true";
                break;
        }
    }

    private static IEnumerable<string> Returns(ExpressionSyntax value, SemanticModel model)
    {
        var type = model.GetTypeInfo(value).ConvertedType;
        switch (type?.SpecialType)
        {
            case SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double:
                yield return value.ToString() == "0" ? "1" : "0";
                if (value is not LiteralExpressionSyntax) yield return $"-({value})";
                break;
            case SpecialType.System_Boolean:
                yield return $"!({value})";
                break;
            case SpecialType.System_String:
                yield return value.ToString() == "\"\"" ? "\"~\"" : "\"\"";
                break;
            default:
                if (type is IArrayTypeSymbol array) yield return $"new {array.ElementType.ToDisplayString()}[0]".Replace("[][0]", "[0][]");
                break;
        }
    }
}
