using System.Globalization;

namespace Simulant.Specs.Expressions;

/// <summary>Dates, times and timestamps as text and as the numbers that columns store.</summary>
internal static class Instants
{
    public const double MicrosecondsPerSecond = 1e6;
    public const double MicrosecondsPerDay = 86_400e6;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy-M-d"];
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] TimestampFormats =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Days since 1970-01-01, or null where the text is no ISO date.</summary>
    public static double? Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber
            : null;

    /// <summary>Microseconds since midnight, or null.</summary>
    public static double? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Ticks / 10
            : null;

    /// <summary>Microseconds since 1970-01-01 UTC, or null; a date alone is its midnight, no zone means UTC.</summary>
    public static double? Timestamp(string text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (Date(text) is { } days) return days * MicrosecondsPerDay;
        return DateTime.TryParseExact(text.Trim(), TimestampFormats, CultureInfo.InvariantCulture, utc, out var instant)
            ? (instant - DateTime.UnixEpoch).Ticks / 10
            : null;
    }

    /// <summary>The calendar instant, or null outside the years 1 to 9999.</summary>
    public static DateTime? FromMicroseconds(double microseconds)
    {
        // Whole microseconds first: ticks of our era do not fit a double exactly.
        const double first = -62_135_596_800e6, end = 253_402_300_800e6;
        return microseconds >= first && microseconds < end
            ? DateTime.UnixEpoch.AddTicks((long)Math.Floor(microseconds) * 10)
            : null;
    }

    public static double ToMicroseconds(DateTime instant) => (instant - DateTime.UnixEpoch).Ticks / 10;

    /// <summary>ISO 8601, or null where the value is missing or outside the calendar.</summary>
    public static string? Format(ValueKind kind, double value)
    {
        const double midnight = MicrosecondsPerDay;
        if (kind == ValueKind.Time)
        {
            return value >= 0 && value < midnight
                ? new TimeOnly((long)value * 10).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
                : null;
        }
        var instant = FromMicroseconds(kind == ValueKind.Date ? value * MicrosecondsPerDay : value);
        string format = kind == ValueKind.Date ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFF";
        return instant?.ToString(format, CultureInfo.InvariantCulture);
    }
}
