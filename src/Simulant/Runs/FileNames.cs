using System.Text;

namespace Simulant.Runs;

/// <summary>Names of other people's making, as names of files.</summary>
internal static class FileNames
{
    private const int Longest = 100;

    /// <summary>The name with everything that a path could misread replaced; never empty, never <c>.</c> or <c>..</c>.</summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder();
        foreach (char c in name.Length > Longest ? name[..Longest] : name)
            safe.Append(char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-');
        return safe.ToString().Trim('.') is { Length: > 0 } kept ? kept : "unnamed";
    }
}
