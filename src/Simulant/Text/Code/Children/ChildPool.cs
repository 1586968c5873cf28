using System.Collections.Concurrent;

namespace Simulant.Text.Code.Children;

/// <summary>Warm children of one language and one set of limits; any number of threads may ask, each gets a child of its own.</summary>
internal sealed class ChildPool(Launch launch, CodeLimits limits) : IDisposable
{
    private readonly ConcurrentBag<Child> _idle = [];
    private int _started;

    /// <summary>How many children were started so far.</summary>
    public int Started => _started;

    /// <summary>
    /// The job's reply. What ends a child that ran other programs before may be what these left behind, so such an end is not believed:
    /// the job is run again in a child of its own.
    /// </summary>
    public Reply Run(IReadOnlyDictionary<string, string> job, CancellationToken cancel)
    {
        var (reply, used) = Run(job, fresh: false, cancel);
        return used && reply.Verdict.Outcome is (CodeOutcome.Died or CodeOutcome.OutOfMemory)
            ? Run(job, fresh: true, cancel).Reply : reply;
    }

    private (Reply Reply, bool Used) Run(IReadOnlyDictionary<string, string> job, bool fresh, CancellationToken cancel)
    {
        Child? child = null;
        while (child is null && !fresh && !limits.Unruly && _idle.TryTake(out child))
        {
            if (child.IsFit) continue;
            child.Dispose();
            child = null;
        }
        bool used = child is not null;
        if (child is null)
        {
            child = new Child(launch, limits);
            Interlocked.Increment(ref _started);
        }
        bool keep = false;
        try
        {
            var reply = child.Run(job, cancel);
            keep = child.IsFit && !limits.Unruly;
            return (reply, used);
        }
        finally
        {
            if (keep) _idle.Add(child);
            else child.Dispose();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var child)) child.Dispose();
    }
}
