using System.Diagnostics;
using System.Text;

namespace Simulant.Text.Models;

/// <summary>
/// A program on this machine that answers each line with a line. One process serves many lines, one at a time; it is started
/// without a shell when first needed, and again after it died or was too slow. A line is bounded, and so is the time; what it
/// writes to standard error is kept, the last of it, for messages.
/// </summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="folder">Where it runs; null for the current folder.</param>
internal sealed class LineProcess(IReadOnlyList<string> command, string? folder, TimeSpan limit) : IDisposable
{
    /// <summary>Longest line that is read.</summary>
    public const int MaxLineChars = 4 << 20;

    private const int KeptOfErrors = 2000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly StringBuilder _errors = new();
    private Process? _process;
    private char[] _buffer = new char[4096];
    private int _start, _end;

    /// <summary>Sends a line and waits for the answer.</summary>
    /// <exception cref="ModelException">It could not be started, died, was too slow, or wrote too much.</exception>
    public async Task<string> Exchange(string line, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            bound.CancelAfter(limit);
            var process = Running();
            try
            {
                await process.StandardInput.WriteAsync((line + "\n").AsMemory(), bound.Token).ConfigureAwait(false);
                await process.StandardInput.FlushAsync(bound.Token).ConfigureAwait(false);
                return await ReadLine(process, bound.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                Stop();
                throw new ModelException(FaultKind.Timeout, $"{Shown}: no answer within {limit.TotalSeconds:0.###} s");
            }
            catch (OperationCanceledException)
            {
                Stop(); // what it still answers would be taken for the answer to the next line
                throw;
            }
            catch (IOException e)
            {
                Stop();
                throw new ModelException(FaultKind.Network, $"{Shown}: {e.Message}{Said()}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the program; a line sent later starts it again.</summary>
    public void Dispose() => Stop();

    private string Shown => Path.GetFileName(command[0]);

    private Process Running()
    {
        if (_process is { HasExited: false } running) return running;
        Stop();
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        try
        {
            var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, said) => Keep(said.Data);
            process.BeginErrorReadLine();
            (_start, _end) = (0, 0);
            return _process = process;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ModelException(FaultKind.Forbidden, $"{Shown}: cannot be started: {e.Message}");
        }
    }

    private async Task<string> ReadLine(Process process, CancellationToken cancel)
    {
        int scanned = _start;
        while (true)
        {
            int at = _buffer.AsSpan(scanned, _end - scanned).IndexOf('\n');
            if (at >= 0)
            {
                string line = new(_buffer.AsSpan(_start, scanned + at - _start));
                _start = scanned + at + 1;
                return line.TrimEnd('\r');
            }
            scanned = _end;
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (scanned, _end, _start) = (scanned - _start, _end - _start, 0);
            }
            if (_end > MaxLineChars) throw new IOException($"its line is longer than {MaxLineChars} characters");
            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            int read = await process.StandardOutput.ReadAsync(_buffer.AsMemory(_end), cancel).ConfigureAwait(false);
            if (read == 0) throw new IOException("it ended before it answered");
            _end += read;
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_errors)
        {
            _errors.Append(line.AsSpan(0, Math.Min(line.Length, KeptOfErrors))).Append(' ');
            if (_errors.Length > KeptOfErrors) _errors.Remove(0, _errors.Length - KeptOfErrors);
        }
    }

    private string Said()
    {
        lock (_errors) return _errors.Length == 0 ? "" : $" ({Specs.Nearest.Printable(_errors.ToString().Trim())})";
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process) return;
        Processes.End(process);
        process.Dispose();
    }
}
