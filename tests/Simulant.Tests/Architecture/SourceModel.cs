using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Tests.Architecture;

/// <summary>A rule broken at a place.</summary>
internal sealed record Violation(string File, int Line, string Rule, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Rule}: {Message}";
}

/// <summary>A name in a source file, and the symbol that it means.</summary>
internal sealed record Reference(string File, int Line, ISymbol Symbol)
{
    /// <summary>The type itself, or the type whose member it is; null for locals, parameters and namespaces.</summary>
    public INamedTypeSymbol? Type { get; } = Symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => Symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    public string TypeName => Type?.ToDisplayString(NameOnly) ?? "";
    public string MemberName =>
        Symbol is INamedTypeSymbol ? "" : Symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new" : Symbol.Name;

    private static readonly SymbolDisplayFormat NameOnly = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}

/// <summary>
/// Source files bound as one program, so that rules are judged by what a name means and not by how it is spelled. The
/// references are the assemblies this test process runs on.
/// </summary>
internal sealed class SourceModel
{
    private const string GlobalUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(LoadPlatform);
    private static readonly Lazy<SourceModel> Shared = new(() => new SourceModel(Repository.Read("src", "*.cs"), generate: true));

    private SourceModel(IEnumerable<(string Path, string Text)> files, bool generate)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        Trees = [.. files.Select(f => CSharpSyntaxTree.ParseText(f.Text, options, f.Path, Encoding.UTF8))];
        Compilation written = CSharpCompilation.Create("Architecture",
            [.. Trees, CSharpSyntaxTree.ParseText(GlobalUsings, options)], Platform.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        if (generate)
            CSharpGeneratorDriver.Create(SdkGenerators.Load(), parseOptions: options)
                .RunGeneratorsAndUpdateCompilation(written, out written, out _);
        Compilation = written;
        var found = new List<Reference>[Trees.Count];
        var unknown = new List<string>[Trees.Count];
        Parallel.For(0, Trees.Count, i =>
        {
            (found[i], unknown[i]) = ([], []);
            Collect(Trees[i], Compilation.GetSemanticModel(Trees[i]), found[i], unknown[i]);
        });
        References = [.. found.SelectMany(list => list)];
        UnknownNames = [.. unknown.SelectMany(list => list)];
    }

    public IReadOnlyList<SyntaxTree> Trees { get; }
    public Compilation Compilation { get; }
    public IReadOnlyList<Reference> References { get; }

    /// <summary>The program under src, bound once for all tests.</summary>
    public static SourceModel OfSources() => Shared.Value;

    /// <summary>Snippets that stand as if they lay at the given paths.</summary>
    public static SourceModel Of(params (string Path, string Text)[] files) => new(files, generate: false);

    /// <summary>As <see cref="Of"/>, with the members that the SDK's source generators write.</summary>
    public static SourceModel OfGenerated(params (string Path, string Text)[] files) => new(files, generate: true);

    /// <summary>Names that mean nothing here, and leave the rules blind.</summary>
    public IReadOnlyList<string> UnknownNames { get; }

    /// <summary>Whatever does not compile.</summary>
    public IReadOnlyList<string> BindingErrors() =>
        [.. Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];

    /// <summary>The folder path a symbol is declared in; null where it comes from an assembly.</summary>
    public static string? DeclaredIn(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Length == 0 ? null : symbol.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static void Collect(SyntaxTree tree, SemanticModel model, List<Reference> found, List<string> unknown)
    {
        foreach (var node in tree.GetRoot().DescendantNodes(n =>
            n is not (UsingDirectiveSyntax or NameSyntax { Parent: BaseNamespaceDeclarationSyntax })))
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax)) continue;
            var info = model.GetSymbolInfo(node);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            if (symbol is null && node is IdentifierNameSyntax name && !IsKeyword(name.Identifier.ValueText))
                unknown.Add($"{tree.FilePath}:{LineOf(node)}: {name.Identifier.ValueText}");
            if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol) continue;
            if (symbol is IMethodSymbol { ReducedFrom: { } whole }) symbol = whole;
            found.Add(new Reference(tree.FilePath, LineOf(node), symbol));
        }
    }

    // Words that are names to the parser and keywords to the language.
    private static bool IsKeyword(string word) =>
        word is "nameof" or "_" or "var" or "dynamic" or "unmanaged" or "notnull" or "field" or "value" or "args";

    private static List<MetadataReference> LoadPlatform()
    {
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. all.Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Simulant", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];
    }
}
