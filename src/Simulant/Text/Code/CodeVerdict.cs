namespace Simulant.Text.Code;

/// <summary>How a check ended.</summary>
public enum CodeOutcome
{
    /// <summary>It compiled, ran to its end, and every test passed.</summary>
    Passed,

    /// <summary>A test failed, or the program threw.</summary>
    Failed,

    /// <summary>It does not compile; the diagnostics say where.</summary>
    NotCompiled,

    /// <summary>It names what checked programs may not use; the diagnostics say where. It was not run.</summary>
    Banned,

    /// <summary>It used more wall or processor time than it had.</summary>
    TimedOut,

    /// <summary>It asked for more memory than it had.</summary>
    OutOfMemory,

    /// <summary>It wrote more than it may.</summary>
    TooMuchOutput,

    /// <summary>Its process ended before it gave a verdict: a stack overflow, an exit in the middle, a forged verdict.</summary>
    Died,

    /// <summary>It was not run, since this machine cannot run it safely; the message says what is missing.</summary>
    Refused,
}

/// <summary>A fault of a program's text.</summary>
/// <param name="File">"solution" or "tests".</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Code">The compiler's code, or "ban".</param>
/// <param name="Message">One line.</param>
public sealed record CodeDiagnostic(string File, int Line, int Column, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Code}: {Message}";
}

/// <summary>What a check found.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">One line that says why; empty where it passed.</param>
/// <param name="Output">What the program wrote, as far as it is kept.</param>
/// <param name="Diagnostics">Faults of the text, in order of place; empty where there is none.</param>
/// <param name="Case">The test case that failed, from 0, where the tests number their cases; else -1.</param>
public sealed record CodeVerdict(CodeOutcome Outcome, string Message, string Output, IReadOnlyList<CodeDiagnostic> Diagnostics,
    int Case = -1)
{
    /// <summary>Whether the program passed every test.</summary>
    public bool Passed => Outcome == CodeOutcome.Passed;

    /// <summary>A verdict without output.</summary>
    internal static CodeVerdict Of(CodeOutcome outcome, string message) => new(outcome, message, "", []);
}
