namespace Simulant.Text.Code;

/// <summary>What a checked program may use up. Children are kept by their limits, so use few different ones.</summary>
public sealed record CodeLimits
{
    /// <summary>Wall time of one program, milliseconds, at least 10. Past it the child is killed.</summary>
    public int WallMs { get; init; } = 5_000;

    /// <summary>Processor time of one program in seconds, at least 1 (RLIMIT_CPU, where prlimit is present).</summary>
    public int CpuSeconds { get; init; } = 5;

    /// <summary>Memory in MiB, at least 32: the garbage-collected heap of C# and JavaScript, the address space of Python.</summary>
    public int MemoryMb { get; init; } = 256;

    /// <summary>Characters of output that are kept, at least 0; a program that writes more is stopped.</summary>
    public int OutputCharacters { get; init; } = 20_000;

    /// <summary>
    /// Runs what the rules of the language would refuse, in a child of its own, so that tests can show what the operating
    /// system holds back by itself.
    /// </summary>
    internal bool Unruly { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> where a limit is out of its range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WallMs, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(CpuSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryMb, 32);
        ArgumentOutOfRangeException.ThrowIfNegative(OutputCharacters);
    }
}
