using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Simulant.Text.Code.CSharp;

namespace Simulant.Text.Code.Mutation;

/// <summary>
/// Judges many programs by one compilation and one run: each stands in a namespace of its own with a copy of the tests, and has its own
/// fuel. A compilation costs the same whatever it holds, so this is many times cheaper than one by one, and judges alike.
/// </summary>
/// <param name="check">Runs the batch.</param>
/// <param name="limits">Of the whole batch.</param>
internal sealed class MutantBatch(CodeCheck check, CodeLimits limits)
{
    private const int MostDrops = 8;

    // What a program prints is not heard, so the lines are the judge's alone.
    private const string Judge = """
        static class Batch
        {
            public static void Judge(int place, params Action[] tests)
            {
                var lines = Console.Out;
                Console.SetOut(System.IO.TextWriter.Null);
                Fuel.Fill(20_000_000, 400_000_000);
                Expect.Case(-1);
                string found = "-";
                try
                {
                    foreach (var test in tests) test();
                }
                catch (Exception)
                {
                    found = Expect.At.ToString(CultureInfo.InvariantCulture);
                }
                Console.SetOut(lines);
                Console.WriteLine(place.ToString(CultureInfo.InvariantCulture) + " " + found);
            }
        }
        """;

    private static readonly Lazy<SyntaxTree[]> Shared =
        new(() => [CSharpCompiler.Parse(Resources.Text("Fuel.cs"), ""), CSharpCompiler.Parse(Judge, "")]);

    /// <summary>What the tests say of one program.</summary>
    /// <param name="Compiled">Whether it compiles.</param>
    /// <param name="Passed">Whether it passes.</param>
    /// <param name="Case">The case it fails; -1 where none has begun.</param>
    public readonly record struct Finding(bool Compiled, bool Passed, int Case);

    /// <summary>
    /// One finding a program; null where the batch gives none, and the program has to be asked by itself: it brought the batch down, or
    /// stands behind one that did, or has text that fits into no namespace.
    /// </summary>
    /// <param name="programs">Whole texts.</param>
    /// <param name="tests">A class <c>Tests</c>.</param>
    /// <param name="cancel">Ends the run.</param>
    public Finding?[] Run(IReadOnlyList<string> programs, SyntaxTree tests, CancellationToken cancel)
    {
        var found = new Finding?[programs.Count];
        if (!Fits(tests) || Names(tests) is not { Length: > 0 } names) return found;
        string judge = tests.GetRoot(cancel).ToFullString();
        var trees = new Dictionary<string, (int Place, SyntaxTree Tree)>(StringComparer.Ordinal);
        for (int i = 0; i < programs.Count; i++)
        {
            var tree = CSharpCompiler.Parse(programs[i], "solution");
            if (!Fits(tree)) continue;
            string path = Space(i), text = new FuelRewriter().Visit(tree.GetRoot(cancel)).ToFullString();
            trees.Add(path, (i, CSharpCompiler.Parse($"namespace {path}\n{{\n{text}\n{judge}\n}}\n", path)));
        }
        if (Compile(trees, names, found, cancel) is not { } program) return found;
        foreach (string line in check.RunCompiled(program, limits, cancel).Output.Split('\n'))
            if (line.Trim().Split(' ') is [var place, var at] && int.TryParse(place, CultureInfo.InvariantCulture, out int i))
                found[i] = new(true, at == "-", at == "-" ? -1 : int.Parse(at, CultureInfo.InvariantCulture));
        return found;
    }

    /// <summary>The batch without what does not compile, which is found so; null where nothing is left.</summary>
    private static byte[]? Compile(Dictionary<string, (int Place, SyntaxTree Tree)> trees, string[] names, Finding?[] found,
        CancellationToken cancel)
    {
        for (int drop = 0; drop < MostDrops && trees.Count > 0; drop++)
        {
            cancel.ThrowIfCancellationRequested();
            var to = new StringBuilder("public static class Tests\n{\n    public static void All()\n    {\n");
            foreach (var (space, (place, _)) in trees)
                to.Append(CultureInfo.InvariantCulture, $"        Batch.Judge({place}")
                    .AppendJoin("", names.Select(n => $", {space}.Tests.{n}")).Append(");\n");
            var all = CSharpCompiler.Parse(to.Append("    }\n}\n").ToString(), "");
            var compiled = CSharpCompiler.Compile([.. Shared.Value, all, .. trees.Values.Select(t => t.Tree)], rules: false);
            if (compiled.Program is { } program) return program;
            string[] broken = [.. compiled.Faults.Select(f => f.File).Where(trees.ContainsKey).Distinct()];
            if (broken.Length == 0) return null;
            foreach (string space in broken)
            {
                found[trees[space].Place] = new(false, false, -1);
                trees.Remove(space);
            }
        }
        return null;
    }

    private static string Space(int place) => string.Create(CultureInfo.InvariantCulture, $"M{place}");

    /// <summary>Whether the text may stand inside a namespace: types alone.</summary>
    private static bool Fits(SyntaxTree tree) => tree.GetRoot() is CompilationUnitSyntax { Usings.Count: 0, Externs.Count: 0,
        AttributeLists.Count: 0 } root && root.Members.All(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    // As the child finds them: public, static, void, without parameters, in their order.
    private static string[] Names(SyntaxTree tests) =>
    [
        .. tests.GetRoot().ChildNodes().OfType<ClassDeclarationSyntax>().Where(c => c.Identifier.ValueText == "Tests")
            .SelectMany(c => c.Members.OfType<MethodDeclarationSyntax>())
            .Where(m => m.Modifiers.Any(SyntaxKind.PublicKeyword) && m.Modifiers.Any(SyntaxKind.StaticKeyword)
                && m is { ParameterList.Parameters.Count: 0, TypeParameterList: null }
                && m.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword })
            .Select(m => m.Identifier.ValueText),
    ];
}
