using System.Text;

namespace Simulant.Specs.Schemas;

/// <summary>Date formats of C and Python (<c>%Y-%m-%d</c>) as .NET custom formats.</summary>
internal static class Strftime
{
    /// <summary>The .NET format, or null where a directive has no counterpart.</summary>
    public static string? ToNet(string format)
    {
        var net = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                if (char.IsLetter(format[i]) || format[i] is '\'' or '"' or '\\' or '%') net.Append('\\');
                net.Append(format[i]);
                continue;
            }
            if (++i == format.Length) return null;
            bool unpadded = format[i] is '-' or '#' && i + 1 < format.Length;
            if (unpadded) i++;
            string? part = format[i] switch
            {
                'Y' => "yyyy",
                'y' => "yy",
                'm' => unpadded ? "M" : "MM",
                'd' => unpadded ? "d" : "dd",
                'H' => unpadded ? "H" : "HH",
                'I' => unpadded ? "h" : "hh",
                'M' => unpadded ? "m" : "mm",
                'S' => unpadded ? "s" : "ss",
                'f' => "ffffff",
                'p' => "tt",
                'b' => "MMM",
                'B' => "MMMM",
                'a' => "ddd",
                'A' => "dddd",
                'z' => "zzz",
                'Z' => "K",
                'T' => "HH:mm:ss",
                'F' => "yyyy-MM-dd",
                'D' => "MM/dd/yy",
                'R' => "HH:mm",
                '%' => "\\%",
                _ => null,
            };
            if (part is null) return null;
            net.Append(part);
        }
        return net.ToString();
    }

    public static bool HasTime(string format) => format.Contains("%H", StringComparison.Ordinal)
        || format.Contains("%I", StringComparison.Ordinal) || format.Contains("%T", StringComparison.Ordinal)
        || format.Contains("%-H", StringComparison.Ordinal) || format.Contains("%R", StringComparison.Ordinal);

    public static bool HasDate(string format) => format.Contains("%Y", StringComparison.Ordinal)
        || format.Contains("%y", StringComparison.Ordinal) || format.Contains("%F", StringComparison.Ordinal)
        || format.Contains("%D", StringComparison.Ordinal);
}
