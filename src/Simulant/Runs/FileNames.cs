using System.Text;

namespace Simulant.Runs;

/// <summary>Names of other people's making, as names of files.</summary>
internal static class FileNames
{
    // Bytes of UTF-8: file systems allow 255 for a name, and ours gets endings such as .partial.
    private const int Longest = 200;

    /// <summary>The name with everything that a path could misread replaced; never empty, never <c>.</c> or <c>..</c>.</summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder();
        int bytes = 0;
        foreach (char c in name)
        {
            char plain = char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-';
            bytes += Encoding.UTF8.GetByteCount([plain]);
            if (bytes > Longest) break;
            safe.Append(plain);
        }
        return safe.ToString().Trim('.') is { Length: > 0 } kept ? kept : "unnamed";
    }
}
