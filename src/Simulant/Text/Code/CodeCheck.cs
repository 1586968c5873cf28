using System.Collections.Concurrent;
using Simulant.Text.Code.Children;
using Simulant.Text.Code.CSharp;

namespace Simulant.Text.Code;

/// <summary>
/// Checks generated programs by running them: a solution with its tests, in a child process that is held in by every means this
/// machine offers. C# is compiled and held to an allow-list of symbols first; Python and JavaScript are held to the rules of their
/// hosts. Usable from any number of threads; children are kept warm between checks.
/// </summary>
/// <remarks>
/// Tests are text of the same language. C#: a <c>static class Tests</c> whose public parameterless methods are the tests, with
/// <c>Expect.Equal(expected, actual)</c>, <c>Expect.True(condition)</c> and <c>Expect.Case(index)</c> at hand. Python: statements
/// with <c>assert</c>, and the same helpers as <c>expect_equal</c>, <c>expect_case</c>. JavaScript: statements with <c>assert</c>,
/// <c>expectEqual</c>, <c>expectCase</c>.
/// </remarks>
public sealed class CodeCheck : IDisposable
{
    private readonly Confinement _around;
    private readonly ConcurrentDictionary<(CodeLanguage, CodeLimits), Lazy<ChildPool>> _pools = new();

    /// <summary>A checker with this machine's means.</summary>
    public CodeCheck() : this(Confinement.OfThisMachine)
    {
    }

    internal CodeCheck(Confinement around) => _around = around;

    /// <summary>The layers around children, and which of them hold here.</summary>
    public IReadOnlyList<Layer> Layers => _around.Layers;

    /// <summary>Children started so far, for figures.</summary>
    internal int Started => _pools.Values.Sum(p => p.Value.Started);

    /// <summary>Why programs of the language cannot be run here; null where they can.</summary>
    public string? RefusalOf(CodeLanguage language) => Launch.Of(language, new CodeLimits(), _around).Refusal;

    /// <summary>Compiles where there is something to compile, runs, and says how it ended.</summary>
    /// <param name="language">The language of both texts.</param>
    /// <param name="solution">What is checked.</param>
    /// <param name="tests">What checks it.</param>
    /// <param name="limits">Defaults where null.</param>
    /// <param name="cancel">Kills the child, and throws.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public CodeVerdict Run(CodeLanguage language, string solution, string tests, CodeLimits? limits = null,
        CancellationToken cancel = default)
    {
        limits ??= new CodeLimits();
        limits.Validate();
        var launch = Launch.Of(language, limits, _around);
        if (launch.Refusal is { } refusal) return CodeVerdict.Of(CodeOutcome.Refused, refusal);
        if (language != CodeLanguage.CSharp)
            return Run(language, limits, launch,
                new() { ["solution"] = solution, ["tests"] = tests, ["unruly"] = limits.Unruly ? "1" : "" }, cancel);
        var compiled = CSharpCompiler.Compile(solution, tests, rules: !limits.Unruly);
        return compiled.Program is { } program
            ? RunCompiled(program, limits, cancel)
            : new(compiled.Banned ? CodeOutcome.Banned : CodeOutcome.NotCompiled, compiled.Faults[0].ToString(), "", compiled.Faults);
    }

    /// <summary>Runs an assembly that <see cref="CSharpCompiler"/> made.</summary>
    internal CodeVerdict RunCompiled(byte[] program, CodeLimits limits, CancellationToken cancel = default) =>
        Run(CodeLanguage.CSharp, limits, Launch.Of(CodeLanguage.CSharp, limits, _around),
            new() { ["program"] = Convert.ToBase64String(program) }, cancel);

    private CodeVerdict Run(CodeLanguage language, CodeLimits limits, Launch launch, Dictionary<string, string> job,
        CancellationToken cancel)
    {
        var pool = _pools.GetOrAdd((language, limits), _ => new Lazy<ChildPool>(() => new ChildPool(launch, limits)));
        return pool.Value.Run(job, cancel).Verdict;
    }

    /// <summary>Ends the children.</summary>
    public void Dispose()
    {
        foreach (var pool in _pools.Values) pool.Value.Dispose();
    }
}
