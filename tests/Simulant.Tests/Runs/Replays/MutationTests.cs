using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Simulant.Tests.Architecture;
using Xunit;

namespace Simulant.Tests.Runs.Replays;

/// <summary>
/// Seeded privacy bugs, each a change of the sources: the program is compiled with it, and the audit, compiled along, must find it.
/// </summary>
public class MutationTests
{
    private const string Session = "Privacy/Mechanisms/PrivacySession.cs", Sampler = "Privacy/Mechanisms/ExactSampler.cs",
        Protected = "Privacy/Mechanisms/Protected.cs", Rho = "Privacy/Mechanisms/Rho.cs", Plan = "Privacy/Accounting/PrivacyPlan.cs",
        Encoding = "Tabular/Frame/Protected/Encoding.cs", Generator = "Tabular/Frame/Protected/ProtectedGenerator.cs",
        Mst = "Tabular/Marginals/MstEngine.cs", Aim = "Tabular/Marginals/AimEngine.cs";

    /// <summary>What is wrong; the file; what stands there; what stands there then.</summary>
    private static readonly (string Bug, string File, string Before, string After)[] All =
    [
        ("noise of half the size", Session, "n + _sampler.Gaussian(variance))], []", "n + _sampler.Gaussian(variance) / 2)], []"),
        ("no noise", Session, "n + _sampler.Gaussian(variance))], []", "n)], []"),
        ("one noise for all cells", Session, "exact => new Outcome([.. exact.Values.Select(n => n + _sampler.Gaussian(variance))], [])",
            "exact => { long same = _sampler.Gaussian(variance); return new Outcome([.. exact.Values.Select(n => n + same)], []); }"),
        ("floating-point noise", Session, "n + _sampler.Gaussian(variance))], []",
            "n + (long)Math.Round(0.99 * _sampler.Gaussian(variance)))], []"),
        ("a spend that is not deducted", Session, "Remaining -= cost;", "Remaining -= new Rho(cost.Units / 2);"),
        ("rows of one owner counted as one", Session, "var variance = Variance.For(amount, bound);\n        var outcome",
            "var variance = Variance.For(amount, 1);\n        var outcome"),
        ("weights left out of the sensitivity of choices", Session,
            "checked(rows.Bound * Candidate.Scale * candidates.Max(c => c.Weight))",
            "checked(rows.Bound * Candidate.Scale)"),
        ("the scale left out of the sensitivity of choices", Session,
            "checked(rows.Bound * Candidate.Scale * candidates.Max(c => c.Weight))",
            "checked(rows.Bound * candidates.Max(c => c.Weight))"),
        ("the best is always chosen", Session, "_sampler.Choose([.. exact.Values], sensitivity, epsilon)",
            "exact.Values.ToList().IndexOf(exact.Values.Max())"),
        ("written down after the mechanism ran", Session,
            "_log.Record(spend);\n        var outcome = noised(exact ?? answer());",
                "var outcome = noised(exact ?? answer());\n        _log.Record(spend);"),
        ("asked again although the answer is known", Session, "if (_log.Recorded(spend) is { } known) return known;",
            "_log.Recorded(spend);"),
        ("rare texts come out", Session, ".Where(t => t.Count > threshold)", ".Where(t => t.Count > 0)"),
        ("a threshold that knows nothing of delta", Plan,
            "return bound + 1 + (long)Math.Ceiling(Math.Sqrt(2 * sigma2 * Math.Log(bound / delta)));",
            "return bound + 1;"),
        ("all rows of an owner are kept", "Privacy/Mechanisms/Contributions.cs", ".Take(bound)", ""),
        ("rows kept by their place among all rows", "Privacy/Mechanisms/Contributions.cs", "Rank(secret, name, place)",
            "Rank(secret, name, row)"),
        ("a value counted in two stretches", Protected, "if (k >= 0 && value <= cells[k].High) counts[k]++;",
            "if (k >= 0 && value <= cells[k].High) { counts[k]++; counts[(k + 1) % counts.Length]++; }"),
        ("squared distances under the sensitivity of plain ones", Protected,
            "Math.Abs(counts[k] * Scale - Estimate[k])", "(counts[k] * Scale - Estimate[k]) * (counts[k] * Scale - Estimate[k])"),
        ("noise priced at half", Rho, "2 * (BigInteger)variance.Numerator);", "4 * (BigInteger)variance.Numerator);"),
        ("choices priced at half", Rho, "8 * BigInteger.Pow(2, 2 * ChoiceEpsilon.Bits));",
            "16 * BigInteger.Pow(2, 2 * ChoiceEpsilon.Bits));"),
        ("prices rounded down", Rho, "(numerator + denominator - 1) / denominator", "numerator / denominator"),
        ("variances rounded down", Rho, "if (!rest.IsZero) whole++;", ""),
        ("a sampler of too little noise", Sampler, "UInt128 p = variance.Numerator,", "UInt128 p = variance.Numerator * 4 / 5,"),
        ("choices of twice the epsilon", Sampler, "checked(2 * (UInt128)(ulong)sensitivity << ChoiceEpsilon.Bits)",
            "checked((UInt128)(ulong)sensitivity << ChoiceEpsilon.Bits)"),
        ("noise from a fixed seed", "Privacy/Mechanisms/NoiseSource.cs", "RandomNumberGenerator.Fill(_block);",
            "for (int i = 0; i < _block.Length; i++) _block[i] = (byte)new Simulant.Numerics.Random.RandomStream(1, \"noise\").Bits(i, "
                + "0).R0;"),
        ("bounds of the data", Encoding, "long? low = OnGrid(spec.Minimum, step), high = OnGrid(spec.Maximum, step);\n        const",
            "long? low = OnGrid(spec.Minimum ?? column.Values.ToArray().Append(0).Where(double.IsFinite).Min(), step), "
            + "high = OnGrid(spec.Maximum ?? column.Values.ToArray().Append(0).Where(double.IsFinite).Max(), step);\n        const"),
        ("the vocabulary of the data", Encoding, "[.. spec.Levels ?? Found(column, amount)]", "[.. spec.Levels ?? column.Levels]"),
        ("unknown levels learned", Encoding, "[.. spec.Levels ?? Found(column, amount)]",
            "[.. (spec.Levels ?? Found(column, amount)).Union(spec.Levels is null ? [] : column.Levels)]"),
        ("the exact number of rows", "Runs/Fitting.cs", "session is null ? training.RowCount : session.RowsTold!.Value",
            "training.RowCount"),
        ("balance laid out by the rows", Generator, "StrataPlan.Of(wanted, drawn,", "StrataPlan.Of(wanted, table,"),
        ("the order of the rows decides their part", "Runs/StableSplit.cs", "text.Clear().Append(seed).Append(Between);",
            "text.Clear().Append(seed).Append(r).Append(Between);"),
        ("a round too many", Mst, "var ofPair = d == 1 ? Rho.Zero : third.Part(1, d - 1);",
            "var ofPair = d == 1 ? Rho.Zero : third.Part(1, d - 2);"),
        ("rounds without end", Aim, "session.Remaining >= least; number++", "true; number++"),
    ];

    public static TheoryData<string> Bugs => [.. All.Select(b => b.Bug)];

    [Fact]
    public void The_program_without_a_bug_passes() => Assert.Null(Found(Compiled(null, "", ""), 60));

    [Theory, MemberData(nameof(Bugs)), Trait("Suite", "long")]
    public void A_bug_is_found(string bug)
    {
        var (_, file, before, after) = All.Single(b => b.Bug == bug);
        string? found = Found(Compiled(file, before, after), 400);
        Assert.True(found is not null, $"not found: {bug}");
    }

    [Fact]
    public void Every_bug_changes_what_stands_in_the_sources_once()
    {
        Assert.True(All.Length >= 20);
        var sources = Repository.Read("src", "*.cs").ToDictionary(f => f.Path, f => f.Text.Replace("\r", "", StringComparison.Ordinal));
        foreach (var (bug, file, before, _) in All)
        {
            string text = sources[$"src/Simulant/{file}"];
            Assert.True(text.Split(before).Length == 2, $"'{bug}': {file} holds it {text.Split(before).Length - 1} times");
        }
    }

    private static string? Found(Assembly program, int pairs)
    {
        object? Call(string type, string method, params object[] arguments) => program.GetType($"Simulant.Runs.Replays.{type}")!
            .GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, arguments);
        return (string?)Call("SamplerLaw", "Check") ?? (string?)Call("ReplayAudit", "Run", pairs, 3ul, CancellationToken.None);
    }

    /// <summary>The library as it would be with the change, apart from the one that these tests run on.</summary>
    private static Assembly Compiled(string? file, string before, string after)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Preview);
        const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using "
            + "System.Linq; "
            + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";
        var trees = new List<SyntaxTree> { CSharpSyntaxTree.ParseText(Usings, parse) };
        foreach (var (path, text) in Repository.Read("src", "*.cs").Where(f => f.Path.StartsWith("src/Simulant/",
            StringComparison.Ordinal)))
        {
            string written = text.Replace("\r", "", StringComparison.Ordinal);
            if (path == $"src/Simulant/{file}") written = written.Replace(before, after, StringComparison.Ordinal);
            trees.Add(CSharpSyntaxTree.ParseText(written, parse, path, System.Text.Encoding.UTF8));
        }
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var references = all.Split(Path.PathSeparator).Where(p => Path.GetFileName(p) is not ("Simulant.dll" or "Simulant.Tests.dll"))
            .Select(p => MetadataReference.CreateFromFile(p));
        Compilation compilation = CSharpCompilation.Create("Simulant", trees, references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(SdkGenerators.Load(), parseOptions: parse).RunGeneratorsAndUpdateCompilation(compilation,
            out compilation, out _);
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        stream.Position = 0;
        return new AssemblyLoadContext("mutant", isCollectible: true).LoadFromStream(stream);
    }
}
