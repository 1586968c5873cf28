using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Simulant.Data;

namespace Simulant.Provenance;

/// <summary>One way in which a directory is not what its manifest says.</summary>
/// <param name="Path">Relative to the directory, with forward slashes.</param>
/// <param name="What">What was found against what was expected, one line.</param>
public sealed record Difference(string Path, string What)
{
    public override string ToString() => $"{Path}: {What}";
}

/// <summary>
/// Compares a published directory with its manifest, byte for byte: every file is hashed again, files too many or too few are
/// named, and the manifest must be exactly what its own records write, so no byte of it can differ unnoticed either.
/// </summary>
public static class ManifestCheck
{
    /// <summary>Of a run under differential privacy, what is not for release lies here, and no hash of it is told.</summary>
    private const string InternalFolder = "internal/";

    /// <summary>All differences; the first is the one to report. Empty where the directory is intact.</summary>
    /// <param name="progress">Told the bytes hashed of all bytes listed.</param>
    /// <exception cref="DataException">The directory or its manifest cannot be read at all.</exception>
    public static IReadOnlyList<Difference> Check(
        string directory, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        if (!Directory.Exists(directory)) throw new DataException("there is no such directory", directory);
        var found = new List<Difference>();
        string manifestPath = Path.Combine(directory, Manifest.FileName);
        byte[] bytes = Manifest.ReadFile(manifestPath);
        var manifest = Manifest.Parse(bytes, manifestPath);
        CheckManifest(manifest, bytes, found);

        var listed = new HashSet<string>(StringComparer.Ordinal) { Manifest.FileName };
        long total = manifest.Content.Outputs.Sum(f => f.Bytes), done = 0;
        foreach (var file in manifest.Content.Outputs)
        {
            cancel.ThrowIfCancellationRequested();
            if (!listed.Add(file.Path)) found.Add(new(Manifest.FileName, $"lists '{file.Path}' twice"));
            else CheckFile(directory, file, found, cancel);
            progress?.Report(new("checking files", done += file.Bytes, total, "bytes"));
        }
        foreach (string path in FilesOf(directory))
            if (!listed.Contains(path) && !IsInternal(manifest, path))
                found.Add(new(path, "is not in the manifest; remove it or publish again"));
        return found;
    }

    private static bool IsInternal(Manifest manifest, string path) =>
        manifest.Content.Privacy is not null && path.StartsWith(InternalFolder, StringComparison.Ordinal);

    private static void CheckManifest(Manifest manifest, byte[] bytes, List<Difference> found)
    {
        byte[] expected = manifest.ToBytes();
        if (bytes.AsSpan().SequenceEqual(expected)) return;
        var written = JsonNode.Parse(bytes)!;
        string claimed = written["contentSha256"]?.ToString() ?? "nothing", actual = manifest.ContentSha256;
        if (claimed != actual)
        {
            found.Add(new(Manifest.FileName, $"its content hashes to {actual}, but it says {claimed}"));
            return;
        }
        int at = bytes.AsSpan().CommonPrefixLength(expected);
        found.Add(new(Manifest.FileName, $"differs at byte {at} from what its own records write"));
    }

    private static void CheckFile(string directory, OutputFile file, List<Difference> found, CancellationToken cancel)
    {
        if (!IsInside(file.Path))
        {
            found.Add(new(Manifest.FileName, $"lists '{file.Path}', which is not a path inside the directory"));
            return;
        }
        string path = Path.Combine(directory, file.Path);
        if (!File.Exists(path))
        {
            found.Add(new(file.Path, "is in the manifest but not in the directory"));
            return;
        }
        var (sha256, length) = FileHash.Of(path, cancel);
        if (length != file.Bytes) found.Add(new(file.Path, $"has {length} bytes, but the manifest says {file.Bytes}"));
        else if (sha256 != file.Sha256) found.Add(new(file.Path, $"hashes to {sha256}, but the manifest says {file.Sha256}"));
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !path.Contains('\\') && !path.Contains('\0') && !Path.IsPathRooted(path)
        && !path.Split('/').Any(part => part is "" or "." or "..");

    // A link is named like any file and never followed, so that no loop of links can hold the check.
    private static IEnumerable<string> FilesOf(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var files = new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(entry.Attributes),
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(entry.Attributes),
        };
        return files
            .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal);
    }

    private static bool IsLink(FileAttributes attributes) => attributes.HasFlag(FileAttributes.ReparsePoint);
}
