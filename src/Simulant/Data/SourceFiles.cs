using System.IO.Enumeration;
using System.Text;

namespace Simulant.Data;

/// <summary>Finds the files a path or glob names, and opens them: gzip looked through, formats told by name and first bytes.</summary>
internal static class SourceFiles
{
    /// <summary>Existing files in ordinal order. <c>*</c> and <c>?</c> match inside a name, <c>**</c> any depth of folders.</summary>
    public static IReadOnlyList<string> Find(string pathOrGlob)
    {
        if (string.IsNullOrWhiteSpace(pathOrGlob)) throw new DataException("no file was named");
        if (pathOrGlob.Contains('\0')) throw new DataException("the file name holds a NUL character");
        if (File.Exists(pathOrGlob)) return [pathOrGlob];
        if (Directory.Exists(pathOrGlob))
            throw new DataException($"{pathOrGlob} is a folder; name a file or a glob such as {Path.Combine(pathOrGlob, "*.csv")}",
                pathOrGlob);
        if (pathOrGlob.AsSpan().IndexOfAny('*', '?') < 0)
            throw new DataException($"{pathOrGlob}: no such file", pathOrGlob);
        string[] parts = pathOrGlob.Split(['/', Path.DirectorySeparatorChar]);
        string root = parts[0].Length == 0 ? "/" : "";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Expand(root, parts.AsSpan(root.Length == 0 ? 0 : 1), found);
        return found.Count > 0 ? [.. found] : throw new DataException($"{pathOrGlob}: no file matches", pathOrGlob);
    }

    private static void Expand(string folder, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        string part = parts[0];
        bool last = parts.Length == 1;
        string here = folder.Length == 0 ? "." : folder;
        if (part.AsSpan().IndexOfAny('*', '?') < 0)
        {
            string next = Path.Combine(folder, part);
            if (last ? File.Exists(next) : Directory.Exists(next))
            {
                if (last) found.Add(next);
                else Expand(next, parts[1..], found);
            }
            return;
        }
        if (part == "**" && !last)
        {
            Expand(folder, parts[1..], found);
            foreach (string sub in Directory.EnumerateDirectories(here)) Expand(Path.Combine(folder, Path.GetFileName(sub)), parts, found);
            return;
        }
        foreach (string entry in last ? Directory.EnumerateFiles(here) : Directory.EnumerateDirectories(here))
        {
            string name = Path.GetFileName(entry);
            if (name.StartsWith('.') && !part.StartsWith('.')) continue;
            if (!FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false)) continue;
            if (last) found.Add(Path.Combine(folder, name));
            else Expand(Path.Combine(folder, name), parts[1..], found);
        }
    }

    /// <summary>csv, tsv, json, jsonl or parquet: as declared, else by extension, else by the first bytes.</summary>
    public static string FormatOf(string file, string? declared)
    {
        if (declared is not null)
        {
            string known = declared.ToLowerInvariant() switch
            {
                "csv" => "csv",
                "tsv" => "tsv",
                "json" => "json",
                "jsonl" or "ndjson" => "jsonl",
                "parquet" => "parquet",
                _ => throw new DataException($"unknown format '{declared}'; known: csv, tsv, json, jsonl, parquet", file),
            };
            return known;
        }
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        switch (Path.GetExtension(name).ToLowerInvariant())
        {
            case ".csv": return "csv";
            case ".tsv" or ".tab": return "tsv";
            case ".json": return "json";
            case ".jsonl" or ".ndjson": return "jsonl";
            case ".parquet" or ".pq": return "parquet";
        }
        using var stream = Open(file);
        Span<byte> head = stackalloc byte[256];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith("PAR1"u8)) return "parquet";
        string? foreign = head.StartsWith("PK"u8) ? "a workbook or another zip archive" : head.StartsWith("ARROW1"u8) ? "an Arrow file"
            : head.StartsWith("SQLite format 3"u8) ? "an SQLite database" : null;
        if (foreign is not null) throw new DataException($"this is {foreign}, which is not read; export it as csv or parquet", file);
        var start = head.TrimStart(" \t\r\n\uFEFF"u8);
        return start.Length == 0 ? "csv" : start[0] == '[' ? "json" : start[0] == '{' ? "jsonl" : "csv";
    }

    /// <summary>The file's bytes, unzipped where they are gzip by their magic number.</summary>
    public static Stream Open(string file)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            Span<byte> magic = stackalloc byte[2];
            int got = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
            stream.Position = 0;
            return got == 2 && magic[0] == 0x1F && magic[1] == 0x8B ? new GzipFileStream(stream, file) : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            stream?.Dispose();
            throw Unreadable(file, e);
        }
    }

    public static DataException Unreadable(string file, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => new DataException($"{file}: no such file", file, inner: cause),
        UnauthorizedAccessException => new DataException($"{file}: permission to read it is denied", file, inner: cause),
        InvalidDataException => new DataException($"{file}: damaged gzip data ({cause.Message.TrimEnd('.')})", file, inner: cause),
        _ => new DataException($"{file}: cannot be read ({cause.Message.TrimEnd('.')})", file, inner: cause),
    };

    /// <summary>The file's name without folders and extensions, as a table's name.</summary>
    public static string TableName(string file)
    {
        string name = Path.GetFileName(file);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        name = Path.GetFileNameWithoutExtension(name);
        return name.Length == 0 ? "table" : name;
    }

    /// <summary>The named encoding; null for UTF-8, which needs no change.</summary>
    public static Encoding? EncodingNamed(string name, string file) => name.ToLowerInvariant()
        .Replace("_", "-", StringComparison.Ordinal) switch
    {
        "utf-8" or "utf8" or "ascii" or "us-ascii" => null,
        "latin-1" or "latin1" or "iso-8859-1" or "iso8859-1" => Encoding.Latin1,
        "utf-16" or "utf16" or "utf-16le" or "utf-16-le" => Encoding.Unicode,
        "utf-16be" or "utf-16-be" => Encoding.BigEndianUnicode,
        _ => throw new DataException($"unknown encoding '{name}'; known: utf-8, latin-1, utf-16, utf-16be", file),
    };
}
