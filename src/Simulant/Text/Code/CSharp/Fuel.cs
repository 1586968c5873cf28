using System.Runtime.CompilerServices;

// Compiled here, and again, as text, beside every mutant.

/// <summary>
/// Counts the steps of a mutant and what it allocates, so that a loop without end ends at the same step on every machine, a text or a
/// list that grows without end long before the memory does, and a recursion without end before the stack does.
/// </summary>
internal static class Fuel
{
    private const int StepsBetweenLooks = 256;

    private static long left, most;

    static Fuel() => Fill(20_000_000, 400_000_000);

    /// <summary>Sets what is left from here on, on this thread.</summary>
    /// <param name="steps">Turns of loops, and calls.</param>
    /// <param name="bytes">Allocated in all, whether collected since or not.</param>
    public static void Fill(long steps, long bytes)
    {
        left = steps;
        most = GC.GetAllocatedBytesForCurrentThread() + bytes;
    }

    /// <summary>One step: a turn of a loop, or a call.</summary>
    public static void Spend()
    {
        if (--left < 0) throw new TimeoutException("out of steps");
        if (left % StepsBetweenLooks == 0 && GC.GetAllocatedBytesForCurrentThread() > most) throw new TimeoutException("out of bytes");
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }
}
