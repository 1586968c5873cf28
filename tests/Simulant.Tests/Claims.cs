using System.Text.RegularExpressions;

namespace Simulant.Tests;

/// <summary>The word that data and models must earn, and other words for the same claim.</summary>
internal static partial class Claims
{
    /// <summary>Each with what stands around it.</summary>
    public static IEnumerable<string> Of(string text) => Words().Matches(text)
        .Select(m => text[Math.Max(0, m.Index - 40)..Math.Min(text.Length, m.Index + m.Length + 40)]);

    [GeneratedRegex(@"\b(private|privately|privatised|privatized|anonymous|anonymously|anonymi[sz]ed|de-?identified)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
