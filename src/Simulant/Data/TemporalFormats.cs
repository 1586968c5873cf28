namespace Simulant.Data;

/// <summary>A way of writing dates, times or timestamps that every text of a column follows.</summary>
/// <param name="Ambiguous">Day and month could be the other way round: no value says which.</param>
internal sealed record TemporalFormat(ColumnKind Kind, string Format, bool Ambiguous);

/// <summary>Finds the one format all texts of a column were written in, among those in use.</summary>
internal static class TemporalFormats
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "yyyy-M-d", "yyyy/M/d",
        "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yy", "M/d/yy", "dd/MM/yy", "d/M/yy",
        "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yy", "d.M.yy",
        "MM-dd-yyyy", "M-d-yyyy", "dd-MM-yyyy", "d-M-yyyy", "MM-dd-yy", "dd-MM-yy",
        "dd-MMM-yyyy", "d-MMM-yyyy", "dd-MMM-yy", "d-MMM-yy", "dd MMM yyyy", "d MMM yyyy", "d MMMM yyyy", "dd MMMM yyyy",
        "MMM d yyyy", "MMM dd yyyy", "MMM d, yyyy", "MMM dd, yyyy", "MMMM d, yyyy", "MMMM dd, yyyy", "MMM yyyy", "MMMM yyyy", "yyyy-MM",
        "ddd MMM dd yyyy", "ddd, dd MMM yyyy",
    ];

    private static readonly string[] Times =
    [
        "HH:mm:ss", "HH:mm", "HH:mm:ss.FFFFFF", "H:mm", "H:mm:ss", "h:mm tt", "hh:mm tt", "h:mm:ss tt", "hh:mm:ss tt",
        "HH:mm:ss.f", "HH:mm:ss.ff", "HH:mm:ss.fff", "HH:mm:ss.ffffff",
    ];

    private static readonly string[] Zones = ["", "'Z'", "zzz", "' UTC'", "' GMT'"];

    private static readonly TemporalFormat[] All = Build();

    private static TemporalFormat[] Build()
    {
        var all = new List<TemporalFormat>();
        foreach (string date in Dates) all.Add(new(ColumnKind.Date, date, false));
        foreach (string time in Times) all.Add(new(ColumnKind.Time, time, false));
        foreach (string date in Dates)
            foreach (string between in (string[])[" ", "'T'", ", "])
                foreach (string time in Times)
                    foreach (string zone in Zones)
                        all.Add(new(ColumnKind.Timestamp, date + between + time + zone, false));
        all.Add(new(ColumnKind.Date, "yyyyMMdd", false));
        all.Add(new(ColumnKind.Timestamp, "yyyyMMddHHmmss", false));
        return [.. all];
    }

    /// <summary>
    /// The first format under which every text parses and is written back as it stood; null where there is none. Timestamps
    /// that are midnight throughout are dates whose format writes the time as it is.
    /// </summary>
    /// <param name="digitsOnly">Whether texts of eight or fourteen digits may be dates.</param>
    public static TemporalFormat? Find(TextStore store, IReadOnlyList<int> codes, bool digitsOnly)
    {
        Span<char> buffer = stackalloc char[48];
        if (codes.Count == 0 || !Plausible(store[codes[0]], digitsOnly)) return null;
        List<TemporalFormat>? left = null;
        foreach (int code in codes)
        {
            if (!TemporalText.TryWiden(store[code], buffer, out var text)) return null;
            if (left is null)
            {
                left = [];
                foreach (var format in All)
                    if (Fits(format, text)) left.Add(format);
            }
            else
            {
                for (int i = left.Count - 1; i >= 0; i--)
                    if (!Fits(left[i], text)) left.RemoveAt(i);
            }
            if (left.Count == 0) return null;
        }
        var chosen = left![0];
        bool ambiguous = left.Any(other => other.Kind == chosen.Kind && DayFirst(other.Format) != DayFirst(chosen.Format));
        return AsDate(store, codes, chosen) with { Ambiguous = ambiguous };
    }

    private static bool Plausible(ReadOnlySpan<byte> text, bool digitsOnly)
    {
        if (text.Length is < 4 or > 48 || !text.ContainsAnyInRange((byte)'0', (byte)'9')) return false;
        return digitsOnly || text.ContainsAny("-/.: "u8);
    }

    private static bool DayFirst(string format) => format.StartsWith('d') && !format.StartsWith("ddd", StringComparison.Ordinal);

    private static bool Fits(TemporalFormat format, ReadOnlySpan<char> text)
    {
        if (!TemporalText.TryParse(format.Kind, text, format.Format, out double value)) return false;
        // A double of microseconds has no place for the last instants of the year 9999: they round past it.
        if (!TemporalText.TryToDateTime(format.Kind, value, out _)) return false;
        Span<byte> written = stackalloc byte[64];
        int length = TemporalText.Write(format.Kind, value, format.Format, written);
        if (length != text.Length)
            return format.Format.Contains("zzz", StringComparison.Ordinal);       // offsets are turned into UTC
        for (int i = 0; i < length; i++)
            if (written[i] != text[i] && !format.Format.Contains("zzz", StringComparison.Ordinal)) return false;
        return true;
    }

    private static TemporalFormat AsDate(TextStore store, IReadOnlyList<int> codes, TemporalFormat found)
    {
        if (found.Kind != ColumnKind.Timestamp || found.Format.Contains("zzz", StringComparison.Ordinal)) return found;
        string? tail = null;
        Span<char> buffer = stackalloc char[48];
        foreach (int code in codes)
        {
            TemporalText.TryWiden(store[code], buffer, out var text);
            TemporalText.TryParse(found.Kind, text, found.Format, out double value);
            if (value % TemporalText.MicrosecondsPerDay != 0) return found;
            int clock = text.IndexOf(':');
            int cut = clock < 0 ? -1 : text[..clock].LastIndexOfAny(' ', 'T', ',');
            if (cut < 0) return found;
            if (cut > 0 && text[cut - 1] == ',') cut--;
            string here = text[cut..].ToString();
            if (tail is not null && tail != here) return found;
            tail = here;
        }
        foreach (string date in Dates)
            if (found.Format.StartsWith(date, StringComparison.Ordinal) && found.Format[date.Length] is ' ' or '\'' or ',')
                return new TemporalFormat(ColumnKind.Date, $"{date}'{tail}'", found.Ambiguous);
        return found;
    }
}
