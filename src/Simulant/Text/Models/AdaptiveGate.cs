using System.Diagnostics;

namespace Simulant.Text.Models;

/// <summary>How a request ended, as the gate needs to know it.</summary>
internal enum GateOutcome
{
    Answered,

    /// <summary>The server is asked too much: 429, 503, no reply in time.</summary>
    Overloaded,

    /// <summary>Anything that says nothing about load.</summary>
    Neutral,
}

/// <summary>
/// Lets as many requests to one endpoint be in flight as it bears: additive increase, multiplicative decrease (Chiu and Jain 1989).
/// Each answer widens the window by one request a window's worth of answers; an overload, or answers that take four times as long as
/// the quickest spell seen (and no less than 50 ms), narrow it, once for all requests that were in flight together. The window starts
/// at its ceiling, because the spec named it. Waiting is first come, first served.
/// </summary>
/// <param name="ceiling">Most in flight, at least 1.</param>
internal sealed class AdaptiveGate(int ceiling)
{
    private const double OnOverload = 0.7, OnSlowness = 0.9, Slow = 4, SlowSeconds = 0.05, Smoothing = 0.1;
    private const int Warm = 20;

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private double _window = ceiling;
    private int _inFlight, _answers;
    private long _narrowedAt, _pausedUntil;
    private double _latency, _quickest = double.MaxValue;

    public int Window
    {
        get
        {
            lock (_gate) return Math.Max(1, (int)_window);
        }
    }

    public int InFlight
    {
        get
        {
            lock (_gate) return _inFlight;
        }
    }

    /// <summary>Waits for a place; returns when it was given, which <see cref="Leave"/> takes back.</summary>
    public async ValueTask<long> Enter(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        TaskCompletionSource? turn = null;
        lock (_gate)
        {
            if (_inFlight < Math.Max(1, (int)_window))
            {
                _inFlight++;
            }
            else
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.AddLast(turn);
            }
        }
        if (turn is not null) await Turn(turn, cancel).ConfigureAwait(false);
        while (Pause() is var pause && pause > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(pause, cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Leave(0, GateOutcome.Neutral);
                throw;
            }
        }
        return Stopwatch.GetTimestamp();
    }

    /// <param name="entered">What <see cref="Enter"/> returned.</param>
    /// <param name="leaveAlone">How long the server asks to be left alone.</param>
    public void Leave(long entered, GateOutcome outcome, TimeSpan? leaveAlone = null)
    {
        lock (_gate)
        {
            _inFlight--;
            long now = Stopwatch.GetTimestamp();
            if (outcome == GateOutcome.Overloaded) Narrow(entered, now, OnOverload);
            else if (outcome == GateOutcome.Answered) Answered(entered, now);
            if (leaveAlone is { } rest && rest > TimeSpan.Zero)
                _pausedUntil = Math.Max(_pausedUntil, now + (long)(rest.TotalSeconds * Stopwatch.Frequency));
            while (_waiting.First is { } first && _inFlight < Math.Max(1, (int)_window))
            {
                _waiting.RemoveFirst();
                if (first.Value.TrySetResult()) _inFlight++;
            }
        }
    }

    private TimeSpan Pause()
    {
        lock (_gate) return Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _pausedUntil);
    }

    private static async Task Turn(TaskCompletionSource turn, CancellationToken cancel)
    {
        await using var registration = cancel.Register(static state => ((TaskCompletionSource)state!).TrySetCanceled(), turn)
            .ConfigureAwait(false);
        await turn.Task.ConfigureAwait(false);
    }

    private void Answered(long entered, long now)
    {
        double seconds = Stopwatch.GetElapsedTime(entered, now).TotalSeconds;
        _answers++;
        _latency = _answers == 1 ? seconds : _latency + Smoothing * (seconds - _latency);
        if (_answers >= Warm) _quickest = Math.Min(_quickest, _latency);
        if (_answers >= Warm && _latency > Math.Max(SlowSeconds, Slow * _quickest)) Narrow(entered, now, OnSlowness);
        else _window = Math.Min(ceiling, _window + 1 / _window);
    }

    // Requests that were sent before the last narrowing say nothing about the window that holds since.
    private void Narrow(long entered, long now, double factor)
    {
        if (entered < _narrowedAt) return;
        _window = Math.Max(1, _window * factor);
        _narrowedAt = now;
    }
}
