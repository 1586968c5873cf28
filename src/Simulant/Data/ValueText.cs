using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Simulant.Data;

/// <summary>
/// The one place where values become text and text becomes values, by <see cref="ColumnSchema"/>: whole numbers, decimals
/// with their precision, dates in their format, the missing text. Every text writer and reader goes through it.
/// </summary>
public static class ValueText
{
    /// <summary>Room that any number, date or time fits in, in bytes.</summary>
    public const int Longest = 400;

    private static readonly string[] StrongMarkers =
        ["?", "NA", "N/A", "n/a", "#N/A", "#NA", "NULL", "null", "NaN", "nan", "NAN", "\\N", "<NA>", "NaT", "(null)"];

    private static readonly string[] WeakMarkers =
    [
        "-", "--", "---", ".", "..", "...", "*", "na", "Null", "none", "None", "NONE", "nil", "unknown", "Unknown", "UNKNOWN",
        "missing", "Missing", "MISSING", "undefined", "not available", "Not available", "Not Available", "not applicable",
        "Not applicable", "Not Applicable", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "(blank)", "-NaN", "-nan", "-1.#IND", "1.#QNAN",
    ];

    private static readonly HashSet<string> Strong = new(StrongMarkers, StringComparer.Ordinal);
    private static readonly HashSet<string> Weak = new(WeakMarkers, StringComparer.Ordinal);

    /// <summary>Texts such as <c>?</c> and <c>NA</c> that stand for a missing value wherever they occur (spaces aside).</summary>
    public static bool IsStrongMarker(string text) => Strong.Contains(text.Trim());

    /// <summary>Texts such as <c>-</c> and <c>unknown</c> that stand for a missing value among numbers or dates only.</summary>
    public static bool IsWeakMarker(string text) => Weak.Contains(text.Trim());

    /// <summary>The value's text; missing gives <see cref="ColumnSchema.MissingText"/>.</summary>
    public static string Format(ColumnSchema schema, double value)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        return double.IsNaN(value) ? schema.MissingText : Encoding.UTF8.GetString(buffer[..Write(schema, value, buffer)]);
    }

    /// <summary>The row's text in any column.</summary>
    public static string Format(Column column, int row) => column switch
    {
        NumericColumn numbers => Format(column.Schema, numbers.Values[row]),
        CodedColumn coded => coded[row] is { } level ? Level(column.Schema, level) : column.Schema.MissingText,
        _ => throw new ArgumentException("unknown storage", nameof(column)),
    };

    /// <summary>A level as it is written: booleans by their format (<c>True|False</c>), others as they are.</summary>
    public static string Level(ColumnSchema schema, string level)
    {
        if (schema.Kind != ColumnKind.Boolean || schema.Format is not { } format) return level;
        int bar = format.IndexOf('|');
        return bar < 0 ? level : level == "true" ? format[..bar] : format[(bar + 1)..];
    }

    /// <summary>Writes a value that is not missing as UTF-8; <paramref name="to"/> holds at least <see cref="Longest"/>.</summary>
    public static int Write(ColumnSchema schema, double value, Span<byte> to)
    {
        if (double.IsInfinity(value)) return Copy(value > 0 ? "Infinity"u8 : "-Infinity"u8, to);
        return schema.Kind switch
        {
            ColumnKind.Integer => WriteFixed(value, 0, MinimumDecimals(schema), to),
            ColumnKind.Decimal when schema.Decimals >= 0 => WriteFixed(value, schema.Decimals, MinimumDecimals(schema), to),
            ColumnKind.Decimal => WriteShortest(value, MinimumDecimals(schema), to),
            _ => TemporalText.Write(schema.Kind, value, schema.Format ?? TemporalText.IsoFormat(schema.Kind), to),
        };
    }

    /// <summary>Reads a text under the schema; false where it is no such value. Missing texts are the caller's matter.</summary>
    public static bool TryParse(ColumnSchema schema, ReadOnlySpan<byte> text, out double value)
    {
        value = double.NaN;
        switch (schema.Kind)
        {
            case ColumnKind.Integer:
            case ColumnKind.Decimal:
                if (!NumberText.TryParse(text, out var shape) || (schema.Kind == ColumnKind.Integer && !shape.Whole)) return false;
                value = shape.Value;
                return schema.Kind == ColumnKind.Decimal || !shape.TooLarge;
            case ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp:
                Span<char> buffer = stackalloc char[64];
                if (!TemporalText.TryWiden(NumberText.Trim(text), buffer, out var widened)) return false;
                if (schema.Format is { } format && TemporalText.TryParse(schema.Kind, widened, format, out value)) return true;
                return TryIso(schema.Kind, widened, out value);
            default:
                throw new ArgumentException($"{schema.Kind} is not stored as numbers", nameof(schema));
        }
    }

    /// <inheritdoc cref="TryParse(ColumnSchema, ReadOnlySpan{byte}, out double)"/>
    public static bool TryParse(ColumnSchema schema, string text, out double value) =>
        TryParse(schema, Encoding.UTF8.GetBytes(text), out value);

    private static bool TryIso(ColumnKind kind, ReadOnlySpan<char> text, out double value)
    {
        string[] formats = kind switch
        {
            ColumnKind.Date => ["yyyy-MM-dd"],
            ColumnKind.Time => ["HH:mm:ss.FFFFFF", "HH:mm"],
            _ => ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd"],
        };
        foreach (string format in formats)
            if (TemporalText.TryParse(kind, text, format, out value)) return true;
        value = double.NaN;
        return false;
    }

    // A number's format is 0.0### and the like: the zeros after its point are always written.
    internal static int MinimumDecimals(ColumnSchema schema)
    {
        if (schema.Format is not { } format) return 0;
        int point = format.IndexOf('.'), zeros = 0;
        while (point >= 0 && point + 1 + zeros < format.Length && format[point + 1 + zeros] == '0') zeros++;
        return zeros;
    }

    private static int WriteFixed(double value, int decimals, int minimum, Span<byte> to)
    {
        double scaled = Math.Round(value * NumberText.PowersOfTen[Math.Min(decimals, 15)], MidpointRounding.AwayFromZero);
        if (!(Math.Abs(scaled) < NumberShape.ExactLimit)) return WriteLarge(value, decimals, minimum, to);
        long mantissa = (long)scaled;
        int at = 0;
        if (mantissa < 0)
        {
            to[at++] = (byte)'-';
            mantissa = -mantissa;
        }
        // Trailing zeros go, down to the minimum.
        while (decimals > minimum && mantissa % 10 == 0)
        {
            mantissa /= 10;
            decimals--;
        }
        if (decimals == 0)
        {
            Utf8Formatter.TryFormat(mantissa, to[at..], out int whole);
            at += whole;
        }
        else
        {
            long power = (long)NumberText.PowersOfTen[decimals];
            Utf8Formatter.TryFormat(mantissa / power, to[at..], out int whole);
            at += whole;
            to[at++] = (byte)'.';
            long fraction = mantissa % power;
            for (int i = decimals - 1; i >= 0; i--, fraction /= 10) to[at + i] = (byte)('0' + fraction % 10);
            at += decimals;
        }
        return Pad(to, at, decimals, minimum);
    }

    // Beyond 2^53 steps of its precision a double has no digits left to round: all the digits it has, no exponent.
    private static int WriteLarge(double value, int decimals, int minimum, Span<byte> to)
    {
        value.TryFormat(to, out int written, decimals == 0 ? "F0" : "F" + decimals.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        if (decimals > 0)
        {
            while (decimals > minimum && to[written - 1] == '0')
            {
                written--;
                decimals--;
            }
            if (decimals == 0) written--;
        }
        return Pad(to, written, decimals, minimum);
    }

    private static int WriteShortest(double value, int minimum, Span<byte> to)
    {
        if (value == 0) value = 0;                                         // no minus before zero
        value.TryFormat(to, out int written, default, CultureInfo.InvariantCulture);
        return minimum > 0 && to[..written].IndexOfAny((byte)'.', (byte)'E') < 0 ? Pad(to, written, 0, minimum) : written;
    }

    private static int Pad(Span<byte> to, int at, int decimals, int minimum)
    {
        if (decimals >= minimum) return at;
        if (decimals == 0) to[at++] = (byte)'.';
        for (; decimals < minimum; decimals++) to[at++] = (byte)'0';
        return at;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
