using System.Buffers;

namespace Simulant.Data;

/// <summary>
/// Cuts delimited text (RFC 4180, any one-byte delimiter, any line end) into records and fields, over a buffer that grows to
/// the longest record. Strict where silence would corrupt: an open quote or text after a closing quote is an error.
/// </summary>
internal sealed class DelimitedScanner : IDisposable
{
    private const int FirstBuffer = 1 << 18;

    private readonly Stream _stream;
    private readonly byte _delimiter;
    private readonly SearchValues<byte> _stops;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private byte[] _scratch = [];
    private int _at, _end;
    private bool _ended;
    private Field[] _fields = new Field[64];
    private long _nextLine = 1;

    private struct Field
    {
        public int Start, Length;
        public bool Quoted, Escaped;
    }

    /// <param name="stream">UTF-8 without byte order mark; disposed with the scanner.</param>
    public DelimitedScanner(Stream stream, string file, byte delimiter)
    {
        _stream = stream;
        File = file;
        _delimiter = delimiter;
        _stops = SearchValues.Create([delimiter, (byte)'\n', (byte)'\r']);
    }

    public string File { get; }

    /// <summary>1-based line on which the current record starts.</summary>
    public long Line { get; private set; }

    public int FieldCount { get; private set; }

    /// <summary>Whether the current record ended with the stream.</summary>
    public bool AtEnd => _ended && _at == _end;

    /// <summary>Whether the current record is an empty line.</summary>
    public bool Blank => FieldCount == 1 && _fields[0] is { Length: 0, Quoted: false };

    /// <summary>The field's text with quotes undone; valid until the next field with doubled quotes or the next record.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            Field f = _fields[field];
            var span = _buffer.AsSpan(f.Start, f.Length);
            return f.Escaped ? Unescape(span) : span;
        }
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    public bool Next()
    {
        while (true)
        {
            if (_at == _end && (_ended || !Fill())) return false;
            if (Scan()) return true;
            if (!Fill() && !_ended) throw new InvalidOperationException("the buffer did not grow");
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _stream.Dispose();
    }

    // One record from _at; false where the buffer ends before the record does and more may come.
    private bool Scan()
    {
        int p = _at, count = 0;
        long lines = 1;
        var data = _buffer.AsSpan(0, _end);
        while (true)
        {
            if (count == _fields.Length) Array.Resize(ref _fields, count * 2);
            ref Field field = ref _fields[count++];
            bool quoted = p < data.Length && data[p] == '"';
            if (quoted)
            {
                if (!ScanQuoted(data, p, _nextLine + lines - 1, ref field)) return false;
                lines += data.Slice(field.Start, field.Length).Count((byte)'\n');
                p = field.Start + field.Length + 1;
            }
            else
            {
                int length = data[p..].IndexOfAny(_stops);
                if (length < 0)
                {
                    if (!_ended) return false;
                    length = data.Length - p;
                }
                field = new Field { Start = p, Length = length };
                p += length;
            }
            if (p < data.Length && data[p] == _delimiter)
            {
                p++;
                continue;
            }
            if (p < data.Length && data[p] is not ((byte)'\n' or (byte)'\r'))
                throw Fault(_nextLine + lines - 1, $"field {count}: text after a closing quote; double the quotes inside a quoted field");
            if (!_ended && p + 1 >= data.Length) return false;          // a carriage return's line feed may still come
            int ended = p < data.Length && data[p] == '\r' && p + 1 < data.Length && data[p + 1] == '\n' ? 2 : 1;
            Line = _nextLine;
            _nextLine += lines;
            _at = Math.Min(p + ended, data.Length);
            FieldCount = count;
            return true;
        }
    }

    private bool ScanQuoted(ReadOnlySpan<byte> data, int p, long line, ref Field field)
    {
        int start = p + 1, from = start;
        bool escaped = false;
        while (true)
        {
            int quote = data[from..].IndexOf((byte)'"');
            if (quote < 0 || (from + quote + 1 == data.Length && !_ended))
            {
                if (!_ended) return false;
                throw Fault(line, "a quote opens here and is never closed");
            }
            int close = from + quote;
            if (close + 1 < data.Length && data[close + 1] == '"')
            {
                escaped = true;
                from = close + 2;
                if (from >= data.Length && !_ended) return false;
                continue;
            }
            field = new Field { Start = start, Length = close - start, Quoted = true, Escaped = escaped };
            return true;
        }
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_scratch.Length < raw.Length) _scratch = new byte[Math.Max(raw.Length, 256)];
        int to = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            _scratch[to++] = raw[i];
            if (raw[i] == '"') i++;
        }
        return _scratch.AsSpan(0, to);
    }

    // Moves the unfinished record to the front, doubles the buffer where it is full, and reads on; false at the end.
    private bool Fill()
    {
        if (_ended) return false;
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            _end -= _at;
            _at = 0;
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length > 1 << 29) throw Fault(_nextLine, "a record of more than 512 MB; is a quote or the delimiter wrong?");
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        try
        {
            int got = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += got;
            _ended = got == 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SourceFiles.Unreadable(File, e);
        }
        return !_ended;
    }

    public DataException Fault(long line, string what, string? column = null) => new($"{File}:{line}: {what}", File, line, column);
}
