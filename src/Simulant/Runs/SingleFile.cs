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

    /// <summary>The format that a name's ending asks for.</summary>
    /// <exception cref="UsageException">It asks for none that can be written.</exception>
    public static string FormatOf(string path)
    {
        string format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return format is "csv" or "jsonl" or "parquet" ? format
            : throw new UsageException($"'{path}': the name must end in .csv, .jsonl or .parquet, which says what to write");
    }

    /// <summary>A model file, or the one in a published folder.</summary>
    public static string ModelIn(string path) => Directory.Exists(path) ? Path.Combine(path, ModelFile.PublishedName) : path;

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
