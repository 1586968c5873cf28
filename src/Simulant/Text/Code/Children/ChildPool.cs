using System.Collections.Concurrent;

namespace Simulant.Text.Code.Children;

/// <summary>Warm children of one language and one set of limits; any number of threads may ask, each gets a child of its own.</summary>
internal sealed class ChildPool(Launch launch, CodeLimits limits) : IDisposable
{
    private readonly ConcurrentBag<Child> _idle = [];
    private int _started;

    /// <summary>How many children were started so far.</summary>
    public int Started => _started;

    public Reply Run(IReadOnlyDictionary<string, string> job, CancellationToken cancel)
    {
        Child? child = null;
        while (child is null && !limits.Unruly && _idle.TryTake(out child))
        {
            if (child.IsFit) continue;
            child.Dispose();
            child = null;
        }
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
            return reply;
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
