namespace Simulant.Runs;

/// <summary>One file that appears whole or not at all, beside other people's files.</summary>
internal static class SingleFile
{
    /// <exception cref="UsageException">The place is taken and <paramref name="force"/> is not given.</exception>
    public static void Refuse(string path, bool force)
    {
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder; name a file");
        if (File.Exists(path) && !force)
            throw new UsageException($"'{path}' is there already; choose another name, or replace it with --force");
    }

    public static void Write(IFiles files, string path, Action<Stream> content)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        files.CreateFolder(folder);
        string aside = path + ".partial";
        bool whole = false;
        try
        {
            using (var stream = files.Create(aside)) content(stream);
            files.MoveFile(aside, path);
            whole = true;
            files.SyncFolder(folder);
        }
        finally
        {
            if (!whole && File.Exists(aside)) File.Delete(aside);
        }
    }
}
