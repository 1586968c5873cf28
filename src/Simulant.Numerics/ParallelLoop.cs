namespace Simulant.Numerics;

/// <summary>
/// How a kernel runs independent pieces: the scheduler is passed in, never ambient. Pieces write to places of their own, so
/// results do not depend on <see cref="Threads"/>.
/// </summary>
/// <param name="Threads">How many pieces may run at once, at least 1: a hint for how finely to cut.</param>
/// <param name="Run">Runs piece 0..count-1, each once, and returns when all are done.</param>
public sealed record ParallelLoop(int Threads, Action<int, Action<int>> Run)
{
    /// <summary>On the caller's thread, in order.</summary>
    public static ParallelLoop Sequential { get; } = new(1, (count, piece) =>
    {
        for (int i = 0; i < count; i++) piece(i);
    });
}
