using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Simulant.Runs;

/// <summary>
/// The seam through which everything that is published reaches the disk: each member is one call that can fail, so that
/// a test can fail the Nth of them for every N. Reading needs no seam: a failed read harms nothing that is stored.
/// </summary>
internal interface IFiles
{
    /// <summary>Creates or empties a file. Each write and the closing flush to the disk are calls of their own.</summary>
    Stream Create(string path);

    /// <summary>Adds bytes at the end of a file, flushed to the disk.</summary>
    void Append(string path, ReadOnlySpan<byte> bytes);

    void CreateFolder(string path);

    /// <summary>Atomic rename of a file, replacing one that is there.</summary>
    void MoveFile(string from, string to);

    /// <summary>Atomic rename of a folder to a path where nothing is.</summary>
    void MoveFolder(string from, string to);

    void DeleteFile(string path);

    /// <summary>Removes a folder and all it holds.</summary>
    void DeleteFolder(string path);

    /// <summary>Makes the folder's entries (new names, renames) outlast a power failure.</summary>
    void SyncFolder(string path);
}

/// <summary>The real disk.</summary>
internal sealed class DiskFiles : IFiles
{
    public static readonly DiskFiles Instance = new();

    public Stream Create(string path) => new SyncedStream(path, FileMode.Create);

    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new SyncedStream(path, FileMode.Append);
        stream.Write(bytes);
    }

    public void CreateFolder(string path) => Directory.CreateDirectory(path);
    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);
    public void MoveFolder(string from, string to) => Directory.Move(from, to);
    public void DeleteFile(string path) => File.Delete(path);
    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    public void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals its names; a folder cannot be flushed there
        int handle = OpenFolder(path, 0);
        if (handle < 0) throw LastError(path);
        try
        {
            // Some network file systems cannot flush a folder and say EINVAL (22): their renames are durable already.
            if (Flush(handle) != 0 && Marshal.GetLastPInvokeError() != 22) throw LastError(path);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException LastError(string path)
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {new Win32Exception(code).Message}", code);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true),
        DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);

    /// <summary>A file stream whose closing waits for the disk.</summary>
    private sealed class SyncedStream(string path, FileMode mode)
        : FileStream(path, mode, FileAccess.Write, FileShare.Read, 1 << 16)
    {
        private bool _closed;

        protected override void Dispose(bool disposing)
        {
            bool first = disposing && !_closed;
            _closed = true;
            try
            {
                if (first) Flush(flushToDisk: true);
            }
            finally
            {
                base.Dispose(disposing);
            }
        }
    }
}
