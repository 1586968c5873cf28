namespace Simulant.Data;

/// <summary>A read-only stream that leaves out a UTF-8 byte order mark at the start of another.</summary>
internal sealed class MarklessStream(Stream inner) : Stream
{
    private bool _begun;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_begun || buffer.Length < 3) return inner.Read(buffer);
        _begun = true;
        int got = inner.ReadAtLeast(buffer, 3, throwOnEndOfStream: false);
        if (!buffer[..got].StartsWith("\uFEFF"u8)) return got;
        if (got == 3) return inner.Read(buffer);
        buffer[3..got].CopyTo(buffer);
        return got - 3;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
