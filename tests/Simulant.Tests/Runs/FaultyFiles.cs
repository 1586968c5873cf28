using Simulant.Runs;

namespace Simulant.Tests.Runs;

/// <summary>
/// The disk, failing at the Nth call: each creation, write, flush, rename, removal and folder is a call. From then on it either
/// works again (a passing fault) or never does (the process is as good as dead). A failing write leaves half of its bytes.
/// </summary>
internal sealed class FaultyFiles(int failAt, bool stayDead) : IFiles
{
    private readonly DiskFiles _disk = DiskFiles.Instance;
    private int _calls;

    /// <summary>Bytes that fit on the disk; beyond them every write fails as a full disk does.</summary>
    public long Room { get; init; } = long.MaxValue;

    public int Calls => _calls;
    public bool Fired { get; private set; }

    private long _used;

    public Stream Create(string path)
    {
        Count(path);
        return new Counted(_disk.Create(path), this, path);
    }

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        if (Fails())
        {
            _disk.Append(path, bytes[..(bytes.Length / 2)]);
            throw Failure(path);
        }
        Take(path, bytes.Length);
        _disk.Append(path, bytes);
    }

    public void CreateFolder(string path) => Do(path, () => _disk.CreateFolder(path));
    public void MoveFile(string from, string to) => Do(to, () => _disk.MoveFile(from, to));
    public void MoveFolder(string from, string to) => Do(to, () => _disk.MoveFolder(from, to));
    public void DeleteFile(string path) => Do(path, () => _disk.DeleteFile(path));
    public void DeleteFolder(string path) => Do(path, () => _disk.DeleteFolder(path));
    public void SyncFolder(string path) => Do(path, () => _disk.SyncFolder(path));

    private void Do(string path, Action call)
    {
        Count(path);
        call();
    }

    private void Count(string path)
    {
        if (Fails()) throw Failure(path);
    }

    private bool Fails()
    {
        int call = Interlocked.Increment(ref _calls);
        bool fails = call == failAt || stayDead && failAt > 0 && call > failAt;
        Fired |= fails;
        return fails;
    }

    private void Take(string path, long bytes)
    {
        _used += bytes;
        if (_used <= Room) return;
        Fired = true;
        throw new IOException($"No space left on device : '{path}'", 28);
    }

    private static IOException Failure(string path) => new($"Input/output error : '{path}'", 5);

    private sealed class Counted(Stream inner, FaultyFiles owner, string path) : Stream
    {
        private bool _closed;

        public override bool CanRead => false;
        public override bool CanSeek => inner.CanSeek;
        public override bool CanWrite => true;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => inner.Position = value; }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
        public override void SetLength(long value) => inner.SetLength(value);
        public override void Flush() => inner.Flush();
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (owner.Fails())
            {
                inner.Write(buffer[..(buffer.Length / 2)]);
                throw Failure(path);
            }
            owner.Take(path, buffer.Length);
            inner.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || _closed) return;
            _closed = true;
            bool fails = owner.Fails();
            inner.Dispose();
            if (fails) throw Failure(path);
        }
    }
}
