using System.Diagnostics;
using Simulant.Data;

namespace Simulant.Cli;

/// <summary>
/// One line on standard error, rewritten in place: stage, share, rate and time left. Shown only on a terminal, at most ten times
/// a second, and wiped before anything else is printed.
/// </summary>
internal sealed class ProgressLine(TextWriter error, bool shown, int width) : IProgress<StageProgress>, IDisposable
{
    private const long RedrawMs = 100, SettleMs = 500;
    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _stage = "";
    private long _stageBeganMs, _stageBeganAt, _drawnMs = -RedrawMs;
    private bool _visible;

    public void Report(StageProgress value)
    {
        if (!shown) return;
        lock (_lock)
        {
            long now = _watch.ElapsedMilliseconds;
            if (value.Stage != _stage) (_stage, _stageBeganMs, _stageBeganAt) = (value.Stage, now, value.Done);
            else if (now - _drawnMs < RedrawMs) return;
            _drawnMs = now;
            string line = Describe(value, value.Done - _stageBeganAt, now - _stageBeganMs);
            error.Write("\r\e[K" + (line.Length < width ? line : line[..Math.Max(0, width - 1)]));
            error.Flush();
            _visible = true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_visible) return;
            error.Write("\r\e[K");
            error.Flush();
            _visible = false;
        }
    }

    /// <summary>What the line says; a pure function of where the stage stands.</summary>
    internal static string Describe(StageProgress at, long done, long elapsedMs)
    {
        string text = at.Stage;
        if (at.Total > 0) text += $"  {100.0 * at.Done / at.Total:0}%  {at.Done:N0} of {at.Total:N0} {at.Unit}";
        else if (at.Done > 0) text += $"  {at.Done:N0} {at.Unit}";
        if (at.Note is { } note) text += $"  {note}";
        if (elapsedMs < SettleMs || done <= 0) return text;
        double perSecond = done * 1000.0 / elapsedMs;
        if (perSecond >= 10) text += $"  {perSecond:N0} {at.Unit}/s";
        if (at.Total > at.Done) text += $"  {Left((at.Total - at.Done) / perSecond)} left";
        return text;
    }

    private static string Left(double seconds) => seconds switch
    {
        < 60 => $"{Math.Ceiling(seconds):0} s",
        < 3600 => $"{Math.Floor(seconds / 60):0} min {seconds % 60:00} s",
        _ => $"{Math.Floor(seconds / 3600):0} h {seconds % 3600 / 60:00} min",
    };
}
