using System.Buffers.Binary;

namespace Simulant.Text.Cache;

/// <summary>What a scan found beside sound entries.</summary>
/// <param name="Entries">Sound entries.</param>
/// <param name="TornBytes">Bytes at the end that no entry ends: a write that was cut short; they are cut off.</param>
/// <param name="DamagedBytes">Bytes between sound entries that belong to none: the disk, or a hand, changed them.</param>
/// <param name="FirstDamage">Where the first of them lies; -1 for nowhere.</param>
public sealed record LogReport(long Entries, long TornBytes, long DamagedBytes, long FirstDamage)
{
    /// <summary>One line for people, or null where all is well.</summary>
    public string? Note => (TornBytes, DamagedBytes) switch
    {
        (0, 0) => null,
        ( > 0, 0) => $"the log of answers ended in the middle of an entry; {TornBytes} bytes were cut off, and what they held "
            + "is asked again",
        _ => $"the log of answers is damaged from byte {FirstDamage} on ({DamagedBytes} bytes in all); what they held is asked again"
            + (TornBytes > 0 ? $", and {TornBytes} bytes at its end were cut off" : ""),
    };
}

/// <summary>Walks a log from its start in bounded memory, and finds its way again behind damage.</summary>
internal sealed class LogScanner(Stream log)
{
    private byte[] _buffer = new byte[1 << 18];
    private int _filled;
    private long _bufferAt;
    private bool _ended;

    /// <summary>Calls <paramref name="entry"/> with (offset, head) of every sound entry; returns the report and where the sound part
    /// ends.</summary>
    public (LogReport Report, long End) Run(Action<long, RecordedAnswer.Head> entry)
    {
        long at = LogFormat.Magic.Length, entries = 0, damaged = 0, first = -1;
        log.Position = _bufferAt = at;
        while (true)
        {
            int length = SoundAt(at);
            if (length < 0)
            {
                long next = NextSound(at + 1);
                if (next < 0) return (new LogReport(entries, log.Length - at, damaged, first), at);
                if (first < 0) first = at;
                damaged += next - at;
                at = next;
                continue;
            }
            entry(at, RecordedAnswer.Head.Read(At(at).Slice(LogFormat.FrameBytes, length)));
            entries++;
            at += LogFormat.FrameBytes + length;
        }
    }

    // The content's length where a sound entry begins here, else -1.
    private int SoundAt(long at)
    {
        if (!Ensure(at, LogFormat.FrameBytes)) return -1;
        int length = LogFormat.ReadLength(At(at));
        if (length < 0 || !Ensure(at, LogFormat.FrameBytes + length)) return -1;
        var bytes = At(at);
        return LogFormat.Holds(bytes, bytes.Slice(LogFormat.FrameBytes, length)) ? length : -1;
    }

    private long NextSound(long from)
    {
        while (Ensure(from, LogFormat.FrameBytes))
        {
            int found = At(from).IndexOf(LogFormat.Mark);
            if (found < 0)
            {
                from = _bufferAt + _filled - (LogFormat.Mark.Length - 1); // a mark may straddle the buffer's end
                continue;
            }
            from += found;
            if (SoundAt(from) >= 0) return from;
            from++;
        }
        return -1;
    }

    private ReadOnlySpan<byte> At(long offset) => _buffer.AsSpan((int)(offset - _bufferAt), (int)(_bufferAt + _filled - offset));

    private bool Ensure(long offset, int count)
    {
        while (offset + count > _bufferAt + _filled)
        {
            if (_ended) return false;
            int skip = (int)Math.Min(offset - _bufferAt, _filled);
            if (skip > 0 && (_filled == _buffer.Length || skip > _buffer.Length / 2))
            {
                _buffer.AsSpan(skip, _filled - skip).CopyTo(_buffer);
                _filled -= skip;
                _bufferAt += skip;
            }
            if (_filled == _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, count));
            int read = log.Read(_buffer, _filled, _buffer.Length - _filled);
            if (read == 0) _ended = true;
            _filled += read;
        }
        return true;
    }
}
