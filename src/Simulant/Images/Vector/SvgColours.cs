using System.Globalization;

namespace Simulant.Images.Vector;

/// <summary>Colours as CSS writes them: #rgb, #rrggbb, with alpha too, rgb(), rgba(), names.</summary>
internal static class SvgColours
{
    public static Ink Read(string text, Ink current)
    {
        string word = text.Trim();
        if (word.StartsWith('#')) return Hex(word);
        if (word.Equals("currentcolor", StringComparison.OrdinalIgnoreCase)) return current;
        if (word.Equals("transparent", StringComparison.OrdinalIgnoreCase)) return default;
        if (word.StartsWith("rgb", StringComparison.OrdinalIgnoreCase)) return Function(word);
        // The platform's named colours are those of CSS, and some of a desktop's own.
        var named = System.Drawing.Color.FromName(word);
        return named.IsKnownColor && !named.IsSystemColor ? new(named.R / 255.0, named.G / 255.0, named.B / 255.0, 1)
            : throw new SvgFault($"'{word}' is no colour; use #rrggbb, rgb(…) or a name of CSS");
    }

    private static Ink Hex(string word)
    {
        string digits = word[1..];
        if (digits.Length is 3 or 4) digits = string.Concat(digits.Select(d => new string(d, 2)));
        if (digits.Length is not (6 or 8)
            || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint n))
            throw new SvgFault($"'{word}' is no colour; use #rgb or #rrggbb");
        if (digits.Length == 6) n = n << 8 | 255;
        return new((n >> 24) / 255.0, (n >> 16 & 255) / 255.0, (n >> 8 & 255) / 255.0, (n & 255) / 255.0);
    }

    private static Ink Function(string word)
    {
        int open = word.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || word[^1] != ')' || word[..open].ToUpperInvariant() is not ("RGB" or "RGBA"))
            throw new SvgFault($"'{word}' is no colour; use rgb(r, g, b)");
        string[] parts = word[(open + 1)..^1].Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (3 or 4)) throw new SvgFault($"'{word}' has not three or four numbers");
        double Part(int i, double whole) => Math.Clamp(parts[i].EndsWith('%') ? SvgText.Length(parts[i], 1)
            : SvgText.Length(parts[i], 1) / whole, 0, 1);
        return new(Part(0, 255), Part(1, 255), Part(2, 255), parts.Length == 4 ? Part(3, 1) : 1);
    }
}
