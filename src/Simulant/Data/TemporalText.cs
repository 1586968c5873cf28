using System.Globalization;
using System.Text;

namespace Simulant.Data;

/// <summary>
/// Dates, times and timestamps as text. A format is a .NET custom format; parsing and writing by one format are inverse to
/// each other on every text it was chosen for.
/// </summary>
internal static class TemporalText
{
    public const double MicrosecondsPerDay = 86_400e6;
    private static readonly long EpochTicks = DateTime.UnixEpoch.Ticks;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>ISO 8601 forms, used where a schema states no format.</summary>
    public static string IsoFormat(ColumnKind kind) => kind switch
    {
        ColumnKind.Date => "yyyy-MM-dd",
        ColumnKind.Time => "HH:mm:ss.FFFFFF",
        ColumnKind.Timestamp => "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        _ => throw new ArgumentException($"{kind} is not a date or time", nameof(kind)),
    };

    /// <summary>Storage units (days or microseconds) of the text under the format.</summary>
    public static bool TryParse(ColumnKind kind, ReadOnlySpan<char> text, string format, out double value)
    {
        value = double.NaN;
        if (HasOffset(format))
        {
            if (!DateTimeOffset.TryParseExact(text, format, Culture, DateTimeStyles.AssumeUniversal, out var at)) return false;
            value = (at.UtcTicks - EpochTicks) / TimeSpan.TicksPerMicrosecond;
            return true;
        }
        // NoCurrentDateDefault: a time alone must not depend on today.
        if (!DateTime.TryParseExact(text, format, Culture, DateTimeStyles.NoCurrentDateDefault, out var date)) return false;
        value = kind switch
        {
            ColumnKind.Date => (date.Ticks - EpochTicks) / TimeSpan.TicksPerDay,
            ColumnKind.Time => date.TimeOfDay.Ticks / TimeSpan.TicksPerMicrosecond,
            _ => (date.Ticks - EpochTicks) / TimeSpan.TicksPerMicrosecond,
        };
        return true;
    }

    /// <summary>Writes the value; 0 where it does not fit.</summary>
    public static int Write(ColumnKind kind, double value, string format, Span<byte> to)
    {
        if (format == "yyyy-MM-dd" && kind == ColumnKind.Date && to.Length >= 10) return WriteIsoDate(value, to);
        var at = ToDateTime(kind, value);
        int written;
        bool fits = HasOffset(format)
            ? new DateTimeOffset(at, TimeSpan.Zero).TryFormat(to, out written, format, Culture)
            : at.TryFormat(to, out written, format, Culture);
        return fits ? written : 0;
    }

    /// <summary>The instant in storage units as a DateTime; throws <see cref="DataException"/> outside years 1 to 9999.</summary>
    public static DateTime ToDateTime(ColumnKind kind, double value) => TryToDateTime(kind, value, out var at) ? at
        : throw new DataException(
            $"{value.ToString(Culture)} is no {kind.ToString().ToLowerInvariant()} between the years 1 and 9999");

    /// <summary>As <see cref="ToDateTime"/>; false outside those years.</summary>
    public static bool TryToDateTime(ColumnKind kind, double value, out DateTime at)
    {
        at = default;
        if (!(Math.Abs(value) < 1e18)) return false;
        // In integers: ticks as a double are not exact, and the last of the year 9999 would round past its end.
        long whole = (long)(kind == ColumnKind.Date ? Math.Floor(value) : Math.Round(value));
        Int128 ticks = (Int128)whole * (kind == ColumnKind.Date ? TimeSpan.TicksPerDay : TimeSpan.TicksPerMicrosecond)
            + (kind == ColumnKind.Time ? 0 : EpochTicks);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        at = new DateTime((long)ticks, DateTimeKind.Utc);
        return true;
    }

    private static int WriteIsoDate(double value, Span<byte> to)
    {
        var (year, month, day) = DateOnly.FromDateTime(ToDateTime(ColumnKind.Date, value));
        Digits(to, 0, year, 4);
        to[4] = to[7] = (byte)'-';
        Digits(to, 5, month, 2);
        Digits(to, 8, day, 2);
        return 10;
    }

    private static void Digits(Span<byte> to, int at, int value, int count)
    {
        for (int i = count - 1; i >= 0; i--, value /= 10) to[at + i] = (byte)('0' + value % 10);
    }

    private static bool HasOffset(string format) => format.Contains("zzz", StringComparison.Ordinal) || format.EndsWith('K');

    /// <summary>Widens a short text for parsing; false where it is too long to be a date.</summary>
    public static bool TryWiden(ReadOnlySpan<byte> text, Span<char> buffer, out ReadOnlySpan<char> widened)
    {
        widened = default;
        if (text.Length > buffer.Length || !Ascii.IsValid(text)) return false;
        Encoding.ASCII.GetChars(text, buffer);
        widened = buffer[..text.Length];
        return true;
    }
}
