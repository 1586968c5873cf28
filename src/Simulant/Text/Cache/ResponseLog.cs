using Microsoft.Win32.SafeHandles;
using Simulant.Data;

namespace Simulant.Text.Cache;

/// <summary>
/// Answers of models on disk: append-only, checksummed, one process at a time. An answer counts as recorded when
/// <see cref="Append"/> returns, which is after the disk has it; answers that arrive while the disk is busy share its next turn. In
/// memory stand hashes and offsets alone. An end torn by a crash is cut off when the log is opened; damage in the middle is reported
/// and never served.
/// </summary>
public sealed class ResponseLog : IDisposable
{
    /// <summary>The log's file in its folder.</summary>
    public const string FileName = "answers.log";

    private const string LockName = "answers.lock";

    private readonly SafeFileHandle _file;
    private readonly FileStream _lock;
    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, long> _whole = [], _cut = [];
    private readonly Dictionary<ulong, (long Input, long Output, long CostNano)> _asked = [];
    private List<Waiting> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _busy, _closed;
    private Exception? _broken;
    private long _end;

    private ResponseLog(SafeFileHandle file, FileStream held) => (_file, _lock) = (file, held);

    /// <summary>What opening found.</summary>
    public LogReport Report { get; private set; } = new(0, 0, 0, -1);

    /// <summary>Answers that can be served.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _whole.Count + _cut.Count;
        }
    }

    /// <summary>Opens the folder's log, or begins one.</summary>
    /// <exception cref="DataException">Another process holds it, it cannot be read, or it is no log of answers.</exception>
    public static ResponseLog Open(string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileStream? held = null;
        SafeFileHandle? file = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = Hold(Path.Combine(folder, LockName), path);
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var log = new ResponseLog(file, held);
            log.Load(path);
            return log;
        }
        catch (Exception e)
        {
            file?.Dispose();
            held?.Dispose();
            if (e is IOException or UnauthorizedAccessException) throw new DataException($"{path}: {e.Message}");
            throw;
        }
    }

    /// <summary>Tokens and cost of the answers that a run has asked for so far, in this process and before.</summary>
    public (long Input, long Output, decimal Cost) AskedBy(ulong run)
    {
        lock (_gate)
        {
            var (input, output, cost) = _asked.GetValueOrDefault(run);
            return (input, output, cost / RecordedAnswer.Nano);
        }
    }

    /// <summary>The recorded answer to a request, or null. Read from disk and checked; a damaged one is not served.</summary>
    public RecordedAnswer? Find(UInt128 key, int maxTokens)
    {
        long whole, cut;
        lock (_gate)
        {
            whole = _whole.GetValueOrDefault(key, -1);
            cut = _cut.GetValueOrDefault(CutKey(key, maxTokens), -1);
        }
        if (whole >= 0 && Read(whole) is { } answer && answer.Key == key && answer.Serves(maxTokens)) return answer;
        return cut >= 0 && Read(cut) is { } part && part.Key == key && part.Serves(maxTokens) ? part : null;
    }

    /// <summary>Records an answer: returns when the disk has it.</summary>
    /// <exception cref="IOException">The disk would not have it; nothing further is recorded.</exception>
    public Task Append(RecordedAnswer answer)
    {
        var entry = new Waiting(answer, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_broken is not null) return Task.FromException(_broken);
            _waiting.Add(entry);
            if (!_busy)
            {
                _busy = true;
                _writing = Write();
            }
        }
        return entry.Done.Task;
    }

    /// <summary>Waits for what is being written, then closes.</summary>
    public void Dispose()
    {
        Task writing;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            writing = _writing;
        }
        writing.GetAwaiter().GetResult();
        _file.Dispose();
        _lock.Dispose();
    }

    private static FileStream Hold(string path, string log)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new DataException($"{log}: another process is recording answers here; wait for it, or give this run a cache of its own");
        }
    }

    private void Load(string path)
    {
        long length = RandomAccess.GetLength(_file);
        byte[] start = new byte[LogFormat.Magic.Length];
        int read = RandomAccess.Read(_file, start, 0);
        bool named = start.AsSpan().SequenceEqual(LogFormat.Magic);
        // A crash may have come between making the file and naming it.
        if (!named && (length >= start.Length || !LogFormat.Magic[..read].SequenceEqual(start.AsSpan(0, read))))
            throw new DataException($"{path}: not a log of answers; move it away or name another folder for the cache");
        if (!named)
        {
            RandomAccess.Write(_file, LogFormat.Magic, 0);
            RandomAccess.FlushToDisk(_file);
        }
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan))
            (Report, _end) = new LogScanner(stream).Run(Index);
        if (Report.TornBytes == 0) return;
        RandomAccess.SetLength(_file, _end);
        RandomAccess.FlushToDisk(_file);
    }

    private void Index(long offset, RecordedAnswer.Head head)
    {
        if (head.Whole) _whole[head.Key] = offset;
        else _cut[CutKey(head.Key, head.Asked)] = offset;
        var (input, output, cost) = _asked.GetValueOrDefault(head.Run);
        _asked[head.Run] = (input + head.InputTokens, output + head.OutputTokens, cost + head.CostNano);
    }

    // Parts cut off at different lengths are different answers.
    private static UInt128 CutKey(UInt128 key, int asked) => key ^ (UInt128)(uint)asked * 0x9E3779B97F4A7C15UL;

    private RecordedAnswer? Read(long offset)
    {
        byte[] frame = new byte[LogFormat.FrameBytes];
        if (RandomAccess.Read(_file, frame, offset) < frame.Length || LogFormat.ReadLength(frame) is not (>= 0 and var length)) return null;
        byte[] content = new byte[length];
        int read = 0;
        while (read < length)
        {
            int got = RandomAccess.Read(_file, content.AsSpan(read), offset + frame.Length + read);
            if (got == 0) return null;
            read += got;
        }
        return LogFormat.Holds(frame, content) ? RecordedAnswer.Decode(content) : null;
    }

    private async Task Write()
    {
        await Task.Yield(); // the caller goes on; the disk is waited for here
        var batch = new List<Waiting>();
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _busy = false;
                    return;
                }
                (batch, _waiting) = (_waiting, batch);
            }
            Exception? fault = Store(batch);
            foreach (var entry in batch)
            {
                if (fault is null) entry.Done.SetResult();
                else entry.Done.SetException(fault);
            }
            batch.Clear();
        }
    }

    private Exception? Store(List<Waiting> batch)
    {
        var offsets = new long[batch.Count];
        using var bytes = new MemoryStream();
        Span<byte> frame = stackalloc byte[LogFormat.FrameBytes];
        for (int i = 0; i < batch.Count; i++)
        {
            byte[] content = batch[i].Answer.Encode();
            LogFormat.WriteFrame(frame, content);
            offsets[i] = _end + bytes.Length;
            bytes.Write(frame);
            bytes.Write(content);
        }
        try
        {
            if (_broken is not null) return _broken;
            RandomAccess.Write(_file, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), _end);
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException e)
        {
            lock (_gate) return _broken = e;
        }
        lock (_gate)
        {
            _end += bytes.Length;
            for (int i = 0; i < batch.Count; i++)
            {
                var a = batch[i].Answer;
                Index(offsets[i], new RecordedAnswer.Head(a.Key, a.Run, a.Whole, a.Asked, a.InputTokens, a.OutputTokens, a.CostNano));
            }
        }
        return null;
    }

    private readonly record struct Waiting(RecordedAnswer Answer, TaskCompletionSource Done);
}
