namespace Simulant.Data;

/// <summary>
/// The one work scheduler: independent pieces, each a pure function of its index, on at most
/// <see cref="RunContext.MaxThreads"/> threads. Pieces write to places of their own, so the outcome never depends on
/// scheduling.
/// </summary>
public static class Work
{
    /// <summary>The same scheduler as kernels of <see cref="Numerics"/> take it.</summary>
    public static Numerics.ParallelLoop Loop(RunContext run) =>
        new(run.MaxThreads, (count, piece) => For(count, run, piece));

    /// <summary>Runs piece 0..count-1. Throws <see cref="OperationCanceledException"/> on cancellation, else the first
    /// exception by piece index.</summary>
    public static void For(int count, RunContext run, Action<int> piece) => For(count, run.MaxThreads, piece, run.Cancel);

    /// <inheritdoc cref="For(int, RunContext, Action{int})"/>
    public static void For(int count, int maxThreads, Action<int> piece, CancellationToken cancel)
    {
        int threads = Math.Min(maxThreads, count);
        if (threads <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                piece(i);
            }
            return;
        }
        int next = -1;
        var failures = new Exception?[count];
        int failed = 0;
        void Loop()
        {
            while (Volatile.Read(ref failed) == 0 && !cancel.IsCancellationRequested)
            {
                int i = Interlocked.Increment(ref next);
                if (i >= count) return;
                try
                {
                    piece(i);
                }
                catch (Exception e)
                {
                    failures[i] = e;
                    Volatile.Write(ref failed, 1);
                }
            }
        }
        var helpers = new Thread[threads - 1];
        for (int t = 0; t < helpers.Length; t++)
        {
            // Deep trees recurse; the default stack of a helper thread is stated rather than inherited.
            helpers[t] = new Thread(Loop, 16 << 20) { IsBackground = true, Name = $"work {t + 1}" };
            helpers[t].Start();
        }
        Loop();
        foreach (var helper in helpers) helper.Join();
        cancel.ThrowIfCancellationRequested();
        foreach (var failure in failures)
            if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }
}
