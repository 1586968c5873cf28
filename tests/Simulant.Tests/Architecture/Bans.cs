using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Simulant.Tests.Architecture;

/// <summary>A ban on names: what it catches, where it does not hold, and why it is there.</summary>
internal sealed record Ban(string Name, Func<Reference, bool> Catches, Func<string, bool> Exempt, string Why);

/// <summary>What no source file may do, beside the few named places.</summary>
internal static class Bans
{
    /// <summary>The one place that asks for the time or for a fresh identifier.</summary>
    public const string ClockSeam = "src/Simulant/Runs/Clock.cs";

    /// <summary>The one scheduler of work.</summary>
    public const string Scheduler = "src/Simulant/Data/Work.cs";

    /// <summary>What binds DuckDB's C API.</summary>
    public const string NativeBinding = "src/Simulant/Data/DuckDb.cs";

    /// <summary>Networks of ONNX files are run by a library that is used where it is installed.</summary>
    public const string NetworkBinding = "src/Simulant/Validation/Images/OnnxExtractor.cs";

    /// <summary>Writes that must reach the disk before a rename: .NET cannot flush a folder, so this file calls libc.</summary>
    public const string FileSync = "src/Simulant/Runs/Files.cs";

    /// <summary>A program of its own: it runs checked code in a child process, which it may talk to and needs a stack for.</summary>
    public const string CodeHost = "src/Simulant/Text/Code/Runner/CSharpHost.cs";

    /// <summary>A word that checked code cannot guess; it reaches no result.</summary>
    public const string CodeNonce = "src/Simulant/Text/Code/Children/Nonce.cs";

    /// <summary>What asks models over HTTP, and only at the address that a spec names.</summary>
    public const string ModelTransport = "src/Simulant/Text/Models/HttpTransport.cs";

    /// <summary>Programs to be written, as text, where the word is C#'s.</summary>
    public const string Exercises = "src/Simulant/Text/Code/Exercises/";

    /// <summary>The one place that says the word.</summary>
    public const string EarnedWord = "src/Simulant/Privacy/Ledger/EarnedWord.cs";

    private static readonly Dictionary<string, string> Makers = new()
    {
        ["Simulant.Privacy.Ledger.LedgerProof"] = "src/Simulant/Privacy/Ledger/PrivacyLedger.cs",
        ["Simulant.Privacy.Ledger.AuditPass"] = "src/Simulant/Validation/Attacks/AuditResult.cs",
        ["Simulant.Validation.Attacks.AuditResult"] = "src/Simulant/Validation/Attacks/Audit.cs",
    };

    public static readonly IReadOnlyList<Ban> All =
    [
        new("random", r => r.TypeName == "System.Random", Nowhere,
            "randomness is addressed: use Simulant.Numerics.Random.RandomStream"),
        new("clock", IsClock, path => path == ClockSeam,
            $"only {ClockSeam} asks for the time or for a fresh identifier"),
        new("console", r => r.TypeName == "System.Console", path => Rooms.Of(path) is "Cli" or "Studio" || path == CodeHost,
            "only the command line writes to the console"),
        new("threads", IsThreading, path => path is Scheduler or CodeHost,
            "work is scheduled by Simulant.Data.Work"),
        new("os-randomness", r => r.TypeName == "System.Security.Cryptography.RandomNumberGenerator", path =>
            Rooms.Of(path) == "Privacy" || path == CodeNonce,
            "only privacy noise, and the secret of a child process, come from the operating system's generator"),
        new("network", IsNetwork, path => path == ModelTransport,
            $"nothing leaves the machine unless the spec names the endpoint; only {ModelTransport} speaks to one"),
        new("unsafe-class", r => r.TypeName == "System.Runtime.CompilerServices.Unsafe", InNumerics,
            "unsafe code lives in Simulant.Numerics"),
        new("native", IsNative, path => path is FileSync or NativeBinding or NetworkBinding,
            $"only {NativeBinding}, {NetworkBinding} and {FileSync} bind native code"),
        new("numerics-is-pure", r => Rooms.Of(r.File) == "Numerics" && IsOutside(r), Nowhere,
            "Numerics has no I/O, no clock and no environment"),
        new("exit", r => r.TypeName == "System.Environment" && r.MemberName is "Exit" or "FailFast", path =>
            Rooms.Of(path) == "Cli",
            "only the command line ends the process"),
    ];

    public static IEnumerable<Violation> Check(SourceModel model)
    {
        foreach (var reference in model.References)
            foreach (var ban in All)
                if (ban.Catches(reference) && !ban.Exempt(reference.File))
                    yield return new Violation(reference.File, reference.Line, ban.Name,
                        $"{reference.TypeName} {reference.MemberName}: {ban.Why}");
        foreach (var violation in UnsafeSyntax(model).Concat(MutableGlobals(model)).Concat(TheWord(model)).Concat(Unearned(model)))
            yield return violation;
    }

    private static bool Nowhere(string path) => false;

    private static bool InNumerics(string path) => Rooms.Of(path) == "Numerics";

    private static bool IsClock(Reference r) => (r.TypeName, r.MemberName) is
        ("System.DateTime" or "System.DateTimeOffset", "Now" or "UtcNow" or "Today")
        or ("System.Guid", "NewGuid" or "CreateVersion7")
        or ("System.TimeProvider", "System")
        or ("System.Environment", "TickCount" or "TickCount64");

    private static bool IsThreading(Reference r) => (r.TypeName, r.MemberName) is
        ("System.Threading.Tasks.Parallel", _)
        or ("System.Threading.Thread", "new" or "Start" or "Sleep" or "")
        or ("System.Threading.ThreadPool", _)
        or ("System.Threading.Tasks.Task", "Run")
        or ("System.Threading.Tasks.TaskFactory", "StartNew")
        or ("System.Linq.ParallelEnumerable", _);

    // Parsing an address or escaping text reaches nobody.
    private static bool IsNetwork(Reference r) =>
        r.TypeName is not ("System.Net.IPAddress" or "System.Net.IPNetwork" or "System.Net.WebUtility")
            && r.Type is { ContainingNamespace: { } space }
            && (space.ToDisplayString() + ".").StartsWith("System.Net.", StringComparison.Ordinal);

    private static bool IsNative(Reference r) => r.TypeName is
        "System.Runtime.InteropServices.DllImportAttribute"
        or "System.Runtime.InteropServices.LibraryImportAttribute"
        or "System.Runtime.InteropServices.NativeLibrary";

    // A writer that is handed in is no I/O of its own; a file, a folder or a clock is.
    private static bool IsOutside(Reference r) => r.TypeName is not ("System.IO.BinaryReader" or "System.IO.BinaryWriter"
        or "System.IO.InvalidDataException" or "System.IO.EndOfStreamException") && Reaches(r);

    private static bool Reaches(Reference r) =>
        r.TypeName is "System.Environment" or "System.Diagnostics.Stopwatch" or "System.Diagnostics.Process"
        || r.Type is { ContainingNamespace: { } space } && space.ToDisplayString() is "System.IO" or "System.IO.Compression";

    // No text of the program's holds the word but the one that takes a ledger and a passed audit.
    private static IEnumerable<Violation> TheWord(SourceModel model)
    {
        foreach (var tree in model.Trees.Where(t => t.FilePath != EarnedWord
            && !t.FilePath.StartsWith(Exercises, StringComparison.Ordinal)))
            foreach (var token in tree.GetRoot().DescendantTokens().Where(t => IsText(t) && Claims.Of(t.Text).Any()))
                yield return new Violation(tree.FilePath, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "word",
                    $"{token.Text}: only {EarnedWord} says the word, of what has a ledger and a passed audit");
    }

    private static bool IsText(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken
        or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken
        or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken;

    // What the word takes is made where it is found out, and nowhere else.
    private static IEnumerable<Violation> Unearned(SourceModel model)
    {
        foreach (var tree in model.Trees)
        {
            var semantics = model.Compilation.GetSemanticModel(tree);
            foreach (var made in tree.GetRoot().DescendantNodes()
                .Where(n => n is BaseObjectCreationExpressionSyntax or WithExpressionSyntax))
            {
                string? type = semantics.GetTypeInfo(made).Type?.ToDisplayString();
                if (type is not null && Makers.TryGetValue(type.TrimEnd('?'), out string? maker) && tree.FilePath != maker)
                    yield return new Violation(tree.FilePath, SourceModel.LineOf(made), "unearned", $"only {maker} makes a {type}");
            }
        }
    }

    private static IEnumerable<Violation> UnsafeSyntax(SourceModel model)
    {
        foreach (var tree in model.Trees.Where(t => !InNumerics(t.FilePath)))
            foreach (var token in tree.GetRoot().DescendantTokens().Where(t => t.IsKind(SyntaxKind.UnsafeKeyword)))
                yield return new Violation(tree.FilePath, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "unsafe",
                    "unsafe code lives in Simulant.Numerics");
    }

    private static IEnumerable<Violation> MutableGlobals(SourceModel model)
    {
        foreach (var tree in model.Trees.Where(t => Rooms.Of(t.FilePath) == "Numerics"))
        {
            var semantics = model.Compilation.GetSemanticModel(tree);
            foreach (var variable in tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>())
                if (semantics.GetDeclaredSymbol(variable) is IFieldSymbol { IsStatic: true, IsConst: false } field
                    && (!field.IsReadOnly || IsCollection(field.Type)))
                    yield return new Violation(tree.FilePath, SourceModel.LineOf(variable), "globals",
                        $"'{field.Name}': Numerics has no mutable globals");
            foreach (var property in tree.GetRoot().DescendantNodes().OfType<PropertyDeclarationSyntax>())
                if (semantics.GetDeclaredSymbol(property) is { IsStatic: true, SetMethod: not null } named)
                    yield return new Violation(tree.FilePath, SourceModel.LineOf(property), "globals",
                        $"'{named.Name}': Numerics has no mutable globals");
        }
    }

    // Constant tables are arrays by need; growing collections are state.
    private static bool IsCollection(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System.Collections.Concurrent"
        && type.TypeKind == TypeKind.Class;
}
