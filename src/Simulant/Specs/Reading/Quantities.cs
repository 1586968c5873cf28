using System.Globalization;

namespace Simulant.Specs.Reading;

/// <summary>Counts, shares and durations as people write them.</summary>
internal static class Quantities
{
    private static readonly (string Suffix, double Seconds)[] Units =
        [("ms", 0.001), ("s", 1), ("sec", 1), ("m", 60), ("min", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>50000, 50_000, 50k, 1.5M, 2G: whole, or null.</summary>
    public static double? Count(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return null;
        double scale = text[^1] switch { 'k' or 'K' => 1e3, 'm' or 'M' => 1e6, 'g' or 'G' or 'b' or 'B' => 1e9, _ => 1 };
        string number = scale == 1 ? text : text[..^1].TrimEnd();
        if (SpecScalar.ParseNumber(number) is not { } value) return null;
        // In decimal digits 1.1M is whole; in binary 1.1 * 1e6 may miss it by a hair.
        double scaled = Math.Round(value * scale, 3);
        return double.IsInteger(scaled) ? scaled : null;
    }

    /// <summary>0.25 or 25%, or null.</summary>
    public static double? Share(string text)
    {
        text = text.Trim();
        bool percent = text.EndsWith('%');
        return SpecScalar.ParseNumber(percent ? text[..^1].TrimEnd() : text) is { } value ? percent ? value / 100 : value : null;
    }

    /// <summary>Plain seconds, or numbers with units in a row: 90, 30s, 1h30m. Null where it is neither or not
    /// positive.</summary>
    public static TimeSpan? Duration(string text)
    {
        text = text.Trim();
        double seconds = 0;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double plain))
        {
            seconds = plain;
        }
        else
        {
            for (int i = 0; i < text.Length;)
            {
                int digits = i;
                while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) digits++;
                int letters = digits;
                while (letters < text.Length && char.IsAsciiLetter(text[letters])) letters++;
                string suffix = text[digits..letters];
                double unit = Array.Find(Units, u => u.Suffix == suffix).Seconds;
                if (unit == 0 || !double.TryParse(text.AsSpan(i, digits - i), NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out double amount)) return null;
                seconds += amount * unit;
                i = letters;
                while (i < text.Length && text[i] == ' ') i++;
            }
        }
        const double mostSeconds = 365 * 86_400.0;
        return seconds > 0 && seconds <= mostSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
