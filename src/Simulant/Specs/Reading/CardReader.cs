using System.Globalization;
using Simulant.Data;

namespace Simulant.Specs.Reading;

/// <summary>What the spec claims of the data set: licence, creator, citation, address, date.</summary>
internal static class CardReader
{
    private const int LongestLine = 500, LongestCitation = 5000;

    public static CardSpec Read(Fields root, DiagnosticBag faults) => new()
    {
        License = License(root, faults),
        Creator = Line(root, "creator", faults),
        Citation = Citation(root, faults),
        Url = Url(root, faults),
        Published = Published(root, faults),
    };

    /// <summary>A misspelt identifier is a warning: other words than SPDX's are allowed.</summary>
    private static string? License(Fields root, DiagnosticBag faults)
    {
        if (Line(root, "license", faults) is not { } text) return null;
        if (Licenses.Find(text) is { } id) return id;
        if (Licenses.LooksLikeIdentifier(text) && Nearest.Find(text, Licenses.Known) is { } near)
            faults.Warn(Codes.BadValue, root.Node("license")!.At,
                $"'license' is '{Nearest.Printable(text)}', no common SPDX identifier; did you mean '{near}'?");
        return text;
    }

    private static string? Line(Fields root, string key, DiagnosticBag faults)
    {
        if (root.Text(key)?.Trim() is not { } text) return null;
        if (text.Length <= LongestLine && !text.Any(char.IsControl)) return text;
        faults.Error(Codes.BadValue, root.Node(key)!.At, $"'{key}' must be one line of at most {LongestLine} characters");
        return null;
    }

    private static string? Citation(Fields root, DiagnosticBag faults)
    {
        if (root.Text("citation")?.Trim() is not { } text) return null;
        if (text.Length <= LongestCitation && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) return text;
        faults.Error(Codes.BadValue, root.Node("citation")!.At,
            $"'citation' must be text of at most {LongestCitation} characters, without control characters");
        return null;
    }

    private static string? Url(Fields root, DiagnosticBag faults)
    {
        if (Line(root, "url", faults) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0) return text;
        faults.Error(Codes.BadValue, root.Node("url")!.At,
            $"'url' is '{Nearest.Printable(text)}'; write a web address, such as https://example.org/data");
        return null;
    }

    private static DateOnly? Published(Fields root, DiagnosticBag faults)
    {
        if (root.Text("published")?.Trim() is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        faults.Error(Codes.BadValue, root.Node("published")!.At,
            $"'published' is '{Nearest.Printable(text)}'; write a date, such as 2024-01-31");
        return null;
    }
}
