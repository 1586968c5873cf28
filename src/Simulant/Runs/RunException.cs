using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>A request that cannot be met as it was made, decidable without opening data: an output folder that is taken, a shard
/// that does not exist, a damaged model. Exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>The spec names what the data lacks; carries every diagnostic, at its place in the spec. Exit code 3.</summary>
public sealed class MismatchException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics))
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
