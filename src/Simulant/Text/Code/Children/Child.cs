using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Simulant.Text.Code.Children;

/// <summary>What a host found of one program.</summary>
internal sealed record Reply(CodeOutcome Outcome, string Message, string Output, int Case, long CpuMs)
{
    public CodeVerdict Verdict => new(Outcome, Message, Output, [], Case);
}

/// <summary>
/// A child process that runs programs one after another: jobs go down its standard input and verdicts come up its standard output
/// as frames (four bytes of length, then JSON). A program that takes too long takes its child with it. Not for two threads at once.
/// </summary>
internal sealed class Child : IDisposable
{
    private const int MostReplyBytes = 8 << 20, MostErrorBytes = 8 << 10, MostPrograms = 500, GraceMs = 200, StartMs = 30_000;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CodeLimits _limits;
    private long _cpuMs;
    private int _programs;
    private bool _ready, _dead;

    public Child(Launch launch, CodeLimits limits)
    {
        _limits = limits;
        var start = new ProcessStartInfo(launch.Command[0], launch.Command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = WorkFolder.OfThisProcess.Empty,
        };
        start.Environment.Clear();
        foreach (var (name, value) in launch.Environment) start.Environment.Add(name, value);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{launch.Command[0]}' did not start");
        _errors = DrainAsync(_process.StandardError.BaseStream);
    }

    /// <summary>Whether it can take another program: alive, and not worn out.</summary>
    public bool IsFit => !_dead && _programs < MostPrograms && _cpuMs < Launch.ChildCpuSeconds * 1000L && !_process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Runs one program. Throws only on cancellation; the child is unfit afterwards where the program spoilt it.</summary>
    /// <param name="job">Members of the job, beside its nonce.</param>
    public Reply Run(IReadOnlyDictionary<string, string> job, CancellationToken cancel)
    {
        // Starting is not the program's time; a busy machine takes a while.
        if (!_ready && !(_ready = Within(StartMs, Receive, cancel) is { Body.Length: 2 }))
            return Dead(spoke: false) with { Outcome = CodeOutcome.Refused };
        _programs++;
        string nonce = Nonce.Next();
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(job) { ["nonce"] = nonce });
        var (body, late) = Within(_limits.WallMs + GraceMs, () => Send(text) ? Receive() : null, cancel);
        if (body is not null && Read(body, nonce) is { } reply)
        {
            _cpuMs += reply.CpuMs;
            return reply;
        }
        Kill();
        return late ? new(CodeOutcome.TimedOut, $"more than {_limits.WallMs} ms", "", -1, 0) : Dead(body is not null);
    }

    // A pipe cannot be read with a time limit; a dead child's pipe ends.
    private (byte[]? Body, bool Late) Within(int ms, Func<byte[]?> exchange, CancellationToken cancel)
    {
        bool late = false;
        byte[]? body;
        using (var deadline = new CancellationTokenSource(ms))
        using (deadline.Token.Register(() => { late = true; Kill(); }))
        using (cancel.Register(Kill))
            body = exchange();
        cancel.ThrowIfCancellationRequested();
        return (body, late);
    }

    private bool Send(byte[] job)
    {
        try
        {
            byte[] head = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(head, job.Length);
            var to = _process.StandardInput.BaseStream;
            to.Write(head);
            to.Write(job);
            to.Flush();
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            return false;
        }
    }

    private byte[]? Receive()
    {
        try
        {
            byte[] head = new byte[4];
            var from = _process.StandardOutput.BaseStream;
            from.ReadExactly(head);
            int length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is < 2 or > MostReplyBytes) return [];
            byte[] body = new byte[length];
            from.ReadExactly(body);
            return body;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static Reply? Read(byte[] body, string nonce)
    {
        try
        {
            using var reply = JsonDocument.Parse(body);
            var root = reply.RootElement;
            if (root.GetProperty("nonce").GetString() != nonce) return null;
            return Enum.TryParse(root.GetProperty("outcome").GetString(), out CodeOutcome outcome)
                ? new(outcome, root.GetProperty("message").GetString()!, root.GetProperty("output").GetString()!,
                    root.GetProperty("case").GetInt32(), root.GetProperty("cpuMs").GetInt64())
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // What the dead process said last tells a stack overflow from an exit.
    private Reply Dead(bool spoke)
    {
        string errors = _errors.GetAwaiter().GetResult();
        if (spoke) return new(CodeOutcome.Died, "it wrote to the channel of verdicts", "", -1, 0);
        if (errors.Contains("Stack overflow", StringComparison.Ordinal)) return new(CodeOutcome.Died, "stack overflow", "", -1, 0);
        if (errors.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || errors.Contains("heap limit", StringComparison.Ordinal)
            || errors.Contains("heap out of memory", StringComparison.Ordinal))
            return new(CodeOutcome.OutOfMemory, $"more than {_limits.MemoryMb} MiB", "", -1, 0);
        string first = errors.Split('\n', 2)[0].Trim();
        return new(CodeOutcome.Died, $"its process ended before it gave a verdict{(first.Length > 0 ? $": {first}" : "")}", "", -1, 0);
    }

    /// <summary>Reads to the end and keeps the first of it, so that no amount of it blocks the child or fills this process.</summary>
    private static async Task<string> DrainAsync(Stream from)
    {
        byte[] kept = new byte[MostErrorBytes], spare = new byte[4096];
        int length = 0;
        try
        {
            while (true)
            {
                bool room = length < kept.Length;
                int read = await from.ReadAsync(room ? kept.AsMemory(length) : spare).ConfigureAwait(false);
                if (read == 0) break;
                if (room) length += read;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe broke: what was read is what there is.
            return Encoding.UTF8.GetString(kept, 0, length);
        }
        return Encoding.UTF8.GetString(kept, 0, length);
    }

    private void Kill()
    {
        _dead = true;
        Processes.End(_process);
    }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit(2_000);
        _process.Dispose();
    }
}
