using System.Runtime.CompilerServices;

// Compiled here, and again, as text, beside every mutant.

/// <summary>
/// Counts the steps of a mutant, so that a loop without end ends at the same step on every machine, and a recursion without end before
/// the stack does.
/// </summary>
internal static class Fuel
{
    private static long left = 20_000_000;

    /// <summary>Set where the steps are to be counted short, as for the original, which must leave room.</summary>
    public static long Left { get => left; set => left = value; }

    /// <summary>One step: a turn of a loop, or a call.</summary>
    public static void Spend()
    {
        if (--left < 0) throw new TimeoutException("out of steps");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }
}
