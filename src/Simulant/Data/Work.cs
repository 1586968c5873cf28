using System.Collections.Concurrent;

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
        var helpers = new Helper[threads - 1];
        for (int t = 0; t < helpers.Length; t++) helpers[t] = Helper.Start(Loop);
        Loop();
        foreach (var helper in helpers) helper.Join();
        cancel.ThrowIfCancellationRequested();
        foreach (var failure in failures)
            if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// A thread that waits for its next work instead of ending: training shares out thousands of products of a millisecond
    /// each, and a new thread for each costs its stack and the buffers that the array pool keeps by thread.
    /// </summary>
    private sealed class Helper
    {
        private static readonly ConcurrentStack<Helper> Idle = new();
        private readonly object _gate = new();
        private Action? _work;

        public static Helper Start(Action work)
        {
            if (!Idle.TryPop(out var helper))
            {
                helper = new Helper();
                // Deep trees recurse; the default stack of a helper thread is stated rather than inherited.
                new Thread(helper.Live, 16 << 20) { IsBackground = true, Name = "work" }.Start();
            }
            helper.Hand(work);
            return helper;
        }

        public void Join()
        {
            Await(given: false);
            Idle.Push(this);
        }

        private void Live()
        {
            while (true)
            {
                Await(given: true)!.Invoke();
                Hand(null);
            }
        }

        private void Hand(Action? work)
        {
            lock (_gate)
            {
                _work = work;
                Monitor.Pulse(_gate);
            }
        }

        private Action? Await(bool given)
        {
            lock (_gate)
            {
                while (_work is not null != given) Monitor.Wait(_gate);
                return _work;
            }
        }
    }
}
