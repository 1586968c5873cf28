using System.Text;

namespace Simulant.Specs;

/// <summary>A spec's text from disk: UTF-8 and of bounded size, or a fault.</summary>
internal static class SpecText
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int MaxBytes = 4 << 20;

    private static readonly string[] FolderFiles = ["spec.yaml", "spec.yml", "spec.json"];

    /// <summary>The spec file that a path means: itself, or the spec inside a folder. Null after a fault.</summary>
    public static string? Resolve(string path, DiagnosticBag faults)
    {
        var at = new SourcePosition(path, 0, 0);
        if (path.Length == 0 || path.Contains('\0'))
        {
            faults.Error(Codes.Unreadable, at, "no spec is named; give a file, or a folder that holds spec.yaml");
            return null;
        }
        if (!Directory.Exists(path)) return path;
        foreach (string name in FolderFiles)
        {
            string file = Path.Combine(path, name);
            if (File.Exists(file)) return file;
        }
        faults.Error(Codes.Unreadable, at,
            "the folder holds no spec.yaml; name the spec file itself, or make one with 'simulant init'");
        return null;
    }

    /// <summary>The whole text, or null after a fault.</summary>
    public static string? Read(string file, DiagnosticBag faults)
    {
        var at = new SourcePosition(file, 0, 0);
        byte[] bytes;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var buffer = new MemoryStream();
            byte[] block = new byte[81_920];
            for (int read; buffer.Length <= MaxBytes && (read = stream.Read(block)) > 0;) buffer.Write(block, 0, read);
            bytes = buffer.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string why = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Nearest.Printable(e.Message);
            faults.Error(Codes.Unreadable, at, $"cannot be read: {why}");
            return null;
        }
        return Decode(bytes, file, faults);
    }

    public static string? Decode(byte[] bytes, string file, DiagnosticBag faults)
    {
        var at = new SourcePosition(file, 0, 0);
        if (bytes.Length > MaxBytes)
        {
            faults.Error(Codes.TooLarge, at, $"more than {MaxBytes >> 20} MB; a spec describes data, it does not hold it");
            return null;
        }
        int skip = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, skip, bytes.Length - skip);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index + skip, 0, bytes.Length)).Count((byte)'\n');
            faults.Error(Codes.Unreadable, new SourcePosition(file, line, 1),
                $"byte {e.Index + skip + 1} of the file is not UTF-8; save the file as UTF-8");
            return null;
        }
    }
}
