namespace Simulant.Data;

/// <summary>A read-only stream that leaves out a UTF-8 byte order mark at the start of another.</summary>
internal sealed class MarklessStream(Stream inner) : ForwardStream
{
    private bool _begun;

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

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
