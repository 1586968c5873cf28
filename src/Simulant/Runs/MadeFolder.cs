namespace Simulant.Runs;

/// <summary>
/// A folder of files that appears whole or not at all: made in OUT.partial under a lock, flushed to the disk, renamed. What a killed run
/// left there is cleared by the next.
/// </summary>
internal sealed class MadeFolder : IDisposable
{
    private const string LockName = "made.lock";

    private readonly IFiles _files;
    private readonly string _target;
    private readonly FolderLock _lock;

    private MadeFolder(IFiles files, string target, FolderLock held) => (_files, _target, _lock) = (files, target, held);

    private string Root => _target + ".partial";

    private string Result => Path.Combine(Root, "result");

    private string Old => Path.Combine(Root, "old");

    /// <exception cref="UsageException">OUT holds something and <paramref name="force"/> is not given, holds the input, or is being made by
    /// another.</exception>
    public static MadeFolder Open(IFiles files, string target, string input, bool force)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (File.Exists(target)) throw new UsageException($"'{target}' is a file; name a folder");
        if ((Path.GetFullPath(input) + Path.DirectorySeparatorChar).StartsWith(target + Path.DirectorySeparatorChar,
            StringComparison.Ordinal))
            throw new UsageException($"'{target}' holds the input, and would be replaced; name another folder");
        if (!force && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new UsageException($"'{target}' is not empty; choose another name, or replace it with --force");
        string root = target + ".partial", path = Path.Combine(root, LockName);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(path))
            throw new UsageException($"'{root}' stands where the work is done, and is not of this program's making; move it away");
        files.CreateFolder(root);
        var held = FolderLock.TryTake(path) ?? throw new UsageException($"another process is making '{target}'; wait for it to end");
        try
        {
            var made = new MadeFolder(files, target, held);
            made.PutBack();
            if (Directory.Exists(made.Result)) files.DeleteFolder(made.Result);
            files.CreateFolder(made.Result);
            return made;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file; any thread may, each its own.</summary>
    public void Write(string name, byte[] content)
    {
        string path = Path.Combine(Result, name);
        _files.CreateFolder(Path.GetDirectoryName(path)!);
        using var stream = _files.Create(path);
        stream.Write(content);
    }

    /// <summary>Makes the folder visible; the last step.</summary>
    public void Publish()
    {
        foreach (string folder in Directory.EnumerateDirectories(Result, "*", SearchOption.AllDirectories)) _files.SyncFolder(folder);
        _files.SyncFolder(Result);
        if (Directory.Exists(Old)) _files.DeleteFolder(Old);
        if (Directory.Exists(_target)) _files.MoveFolder(_target, Old);
        _files.MoveFolder(Result, _target);
        _files.SyncFolder(Path.GetDirectoryName(_target)!);
    }

    /// <summary>Clears away what is not published; what was to be replaced, and was not, is put back.</summary>
    public void Dispose()
    {
        try
        {
            PutBack();
            if (Directory.Exists(Root)) _files.DeleteFolder(Root);
        }
        finally
        {
            _lock.Dispose();
        }
    }

    // Between the two renames of a replacement the old folder stands aside.
    private void PutBack()
    {
        if (Directory.Exists(Old) && !Directory.Exists(_target)) _files.MoveFolder(Old, _target);
    }
}
