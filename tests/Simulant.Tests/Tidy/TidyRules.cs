using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Tests.Tidy;

/// <summary>Where a file breaks a rule of style, and which.</summary>
internal sealed record Blemish(string File, int Line, string Rule, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Rule}: {Message}";
}

/// <summary>The part of the style that a program can judge, one text at a time. What is listed as exempt says why.</summary>
internal static class TidyRules
{
    /// <summary>As .editorconfig says to editors.</summary>
    public const int MaxColumns = 140;

    public const int MaxLines = 400, HardMaxLines = 600, MaxFunctionLines = 70;

    // In pieces, so that this file does not break its own rules.
    private static readonly Regex Promise = new(@"\b(TO" + "DO|FIX" + "ME|HA" + "CK|XX" + "X)\\b|NotImplemented" + "Exception");
    private static readonly Regex MachinePath = new(@"(?<![\w./~-])/(" + "work|root|home)/[A-Za-z]");
    private static readonly Regex RegistryHost = new(
        @"registry\.npmjs|arti" + @"factory|api\.nuget\.org|https?://[^/\s""]*(registry|nexus|mirror)[^/\s""]*");

    /// <summary>Everything wrong with one file.</summary>
    public static IEnumerable<Blemish> Check(string path, string text) =>
        path.EndsWith(".cs", StringComparison.Ordinal) ? Characters(path, text).Concat(Length(path, text))
            .Concat(Code(path, text)) : Characters(path, text);

    private static IEnumerable<Blemish> Characters(string path, string text)
    {
        if (text.Length == 0) yield break;
        if (text[0] == '\uFEFF') yield return new(path, 1, "bom", "the file begins with a byte-order mark");
        if (text[^1] != '\n') yield return new(path, Lines(text).Length, "newline", "the file does not end with a newline");
        if (text.Contains('\r')) yield return new(path, 1, "line-ends", "lines end with LF alone");
        string[] lines = Lines(text);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Contains('\t')) yield return new(path, i + 1, "tab", "indent with spaces");
            if (line.Length > 0
                && char.IsWhiteSpace(line[^1])) yield return new(path, i + 1, "trailing-space", "the line ends with a space");
            if (Promise.IsMatch(line)) yield return new(path, i + 1, "promise", "finish it or leave it out");
            if (MachinePath.IsMatch(line)) yield return new(path, i + 1, "machine-path", "a path of one machine");
            if (RegistryHost.IsMatch(line)) yield return new(path, i + 1, "registry-host",
                "where packages come from is each machine's own affair");
        }
    }

    private static IEnumerable<Blemish> Length(string path, string text)
    {
        string[] lines = Lines(text);
        if (lines.Length > MaxLines) yield return new(path, lines.Length, "file-length",
            $"{lines.Length} lines, more than {MaxLines}");
        if (lines.Length > HardMaxLines) yield return new(path, lines.Length, "file-length-hard",
            $"{lines.Length} lines, more than {HardMaxLines}");
        for (int i = 0; i < lines.Length; i++)
            if (lines[i].Length > MaxColumns)
                yield return new(path, i + 1, "line-length", $"{lines[i].Length} columns, more than {MaxColumns}");
    }

    private static IEnumerable<Blemish> Code(string path, string text)
    {
        var root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path).GetRoot();
        foreach (var node in root.DescendantNodes())
        {
            if (node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                && LineCount(node) > MaxFunctionLines)
                yield return new(path, LineOf(node), "function-length",
                    $"{NameOf(node)}: {LineCount(node)} lines, more than {MaxFunctionLines}");
            if (node is CatchClauseSyntax { Block.Statements.Count: 0 })
                yield return new(path, LineOf(node), "swallowed", "an exception is caught and nothing is done");
            if (node is AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip" })
                yield return new(path, LineOf(node), "skip", "a test skips at run time, with its reason");
            if (node is NamespaceDeclarationSyntax)
                yield return new(path, LineOf(node), "namespace", "namespaces are file-scoped");
        }
    }

    private static string[] Lines(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    // Attributes are no part of a function's length: a theory lists its cases there.
    private static int LineCount(SyntaxNode node)
    {
        var first = node.ChildNodesAndTokens().First(child => !child.IsKind(SyntaxKind.AttributeList));
        int start = first.GetLocation()!.GetLineSpan().StartLinePosition.Line;
        return node.GetLocation().GetLineSpan().EndLinePosition.Line - start + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}
