using System.Globalization;
using System.Text.RegularExpressions;

namespace Simulant.Text.Filters.Facts;

/// <summary>A number as people write it, and how exactly: <c>1,840.75</c>, <c>$29.9</c>, <c>about 1.3 million</c>, <c>27 %</c>.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">What its last digit counts; after "about", the last digit that is not 0.</param>
internal readonly partial record struct StatedNumber(double Value, double Unit)
{
    [GeneratedRegex(@"^\s*(?<about>(?:about|around|roughly|approximately|nearly|almost|some)\s+)?[$€£]?"
        + @"(?<number>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?!\w)(?!-\w)(?:\s*(?<scale>thousand|million|billion)\b)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>The number that a text begins with, or null.</summary>
    public static StatedNumber? At(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return null;
        string digits = match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
        double scale = match.Groups["scale"].Value.ToLowerInvariant() switch { "thousand" => 1e3, "million" => 1e6, "billion" => 1e9, _ =>
            1 };
        int point = digits.IndexOf('.');
        double unit = scale * Math.Pow(10, point < 0 ? 0 : point + 1 - digits.Length);
        if (match.Groups["about"].Success && point < 0)
            for (int i = digits.Length - 1; i > 0 && digits[i] == '0'; i--) unit *= 10;
        return new StatedNumber(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture) * scale, unit);
    }

    /// <summary>Whether a value, rounded as this number is, gives it.</summary>
    public bool Agrees(double value) => Math.Abs(value - Value) <= Unit / 2 * (1 + 1e-9) + 1e-12 * Math.Abs(value);
}
