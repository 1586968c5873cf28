using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Simulant.Text.Code.CSharp;

/// <summary>A compiled program, or what is wrong with its text.</summary>
/// <param name="Program">The assembly; null where it does not compile or is banned.</param>
/// <param name="Banned">Whether it compiles and names what it may not use.</param>
/// <param name="Faults">Errors, by place.</param>
internal sealed record CompiledCode(byte[]? Program, bool Banned, IReadOnlyList<CodeDiagnostic> Faults);

/// <summary>
/// Compiles checked C# with Roslyn: nullable, without unsafe code, deterministic, against the assemblies this process runs on.
/// Roslyn is loaded on first use. Compilations share one basis, so that the references are bound once.
/// </summary>
internal static class CSharpCompiler
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Globalization; global using System.Linq;
        global using System.Text;
        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly Lazy<CSharpCompilation> Basis = new(() => Create("program",
        OutputKind.DynamicallyLinkedLibrary, Usings, Resources.Text("Expect.cs")));

    private static readonly Lazy<byte[]> Host = new(() =>
    {
        var made = Emit(Create("host", OutputKind.ConsoleApplication, Usings + "global using System.IO; global using System.Threading;",
            Resources.Text("CSharpHost.cs"),
            "static class Program { static int Main(string[] a) => Simulant.Text.Code.Runner.CSharpHost.Serve(a); }"), rules: false);
        return made.Program ?? throw new InvalidOperationException($"the host does not compile: {made.Faults[0]}");
    });

    /// <summary>The child's own program.</summary>
    public static byte[] HostProgram => Host.Value;

    /// <summary>Compiles a solution with its tests.</summary>
    /// <param name="rules">Whether to hold them to <see cref="AllowedSymbols"/>.</param>
    public static CompiledCode Compile(string solution, string tests, bool rules = true) =>
        Emit(Basis.Value.AddSyntaxTrees(Parse(solution, "solution"), Parse(tests, "tests")), rules);

    /// <summary>As <see cref="Compile(string, string, bool)"/>, of trees that are parsed already.</summary>
    internal static CompiledCode Compile(IEnumerable<SyntaxTree> trees, bool rules) =>
        Emit(Basis.Value.AddSyntaxTrees(trees), rules);

    internal static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), Parsing, path);

    /// <summary>The program as its compiler understands it; for those who rewrite it.</summary>
    internal static CSharpCompilation Bind(params SyntaxTree[] trees) => Basis.Value.AddSyntaxTrees(trees);

    private static CompiledCode Emit(CSharpCompilation compilation, bool rules)
    {
        using var to = new MemoryStream();
        var result = compilation.Emit(to);
        var faults = Faults(result.Diagnostics);
        if (!result.Success) return new(null, false, faults);
        if (rules && SymbolCheck.Run(compilation) is { Count: > 0 } banned) return new(null, true, banned);
        return new(to.ToArray(), false, []);
    }

    private static List<CodeDiagnostic> Faults(ImmutableArray<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => At(d.Location, d.Id, d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)))
            .OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)];

    internal static CodeDiagnostic At(Location place, string code, string message)
    {
        var start = place.GetLineSpan().StartLinePosition;
        string file = place.SourceTree?.FilePath is { Length: > 0 } path ? path : "program";
        return new(file, start.Line + 1, start.Character + 1, code, message.ReplaceLineEndings(" "));
    }

    private static CSharpCompilation Create(string name, OutputKind kind, params string[] texts) =>
        CSharpCompilation.Create(name, texts.Select(t => Parse(t, "")), Platform(),
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release, allowUnsafe: false, deterministic: true,
                nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false,
                metadataImportOptions: MetadataImportOptions.Public));

    // The framework's own assemblies and nothing of this program's.
    private static List<MetadataReference> Platform()
    {
        string folder = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        return [.. Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal)
            .Where(path => Path.GetFileName(path) is ['S', 'y', 's', 't', 'e', 'm', '.', ..] or "netstandard.dll" or "mscorlib.dll")
            .Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path))];
    }

    private static bool IsManaged(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new System.Reflection.PortableExecutable.PEReader(file);
        return image.HasMetadata;
    }
}
