namespace Simulant.Specs;

/// <summary>A place in a spec: 1-based line and column.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

public enum Severity { Warning, Error }

/// <summary>One fault: what was found, what was expected, what to do. Printed as <c>path:line:col: error SIM014:
/// message</c>.</summary>
public sealed record Diagnostic(Severity Severity, string Code, SourcePosition At, string Message)
{
    public override string ToString() => $"{At}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}";
}

/// <summary>Collects every fault of a spec in one pass.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _all = [];

    public IReadOnlyList<Diagnostic> All => _all;
    public bool HasErrors => _all.Exists(d => d.Severity == Severity.Error);

    public void Add(Diagnostic diagnostic) => _all.Add(diagnostic);
    public void Error(string code, SourcePosition at, string message) => _all.Add(new(Severity.Error, code, at, message));
    public void Warn(string code, SourcePosition at, string message) => _all.Add(new(Severity.Warning, code, at, message));

    /// <summary>Throws <see cref="SpecException"/> with everything collected, where any of it is an error.</summary>
    public void ThrowIfErrors()
    {
        if (HasErrors) throw new SpecException(_all);
    }
}

/// <summary>The user's spec is at fault; carries every diagnostic. Exit code 2.</summary>
public sealed class SpecException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
