using Simulant.Data.Inference;

namespace Simulant.Data;

/// <summary>
/// Numbers with commas: before their decimals (3,5), as much of Europe writes them, or between their thousands (12,345.6). They are
/// read as numbers and written with a point alone; a column's format says which of the two its source has.
/// </summary>
internal static class NumberCommas
{
    public const string Decimals = "0,#";

    private const string Thousands = "#,##0";

    /// <summary>Fewest distinct values with a comma that show thousands where no single value proves them.</summary>
    private const int FewestGrouped = 5;

    public static bool Marks(ColumnSchema schema) => schema.IsNumericStorage && schema.Format is { } format
        && (format == Decimals || format.StartsWith(Thousands, StringComparison.Ordinal));

    /// <summary>The schema of a column with such commas, from that of the same numbers without them.</summary>
    public static ColumnSchema Marked(ColumnSchema plain, string notation) =>
        plain with { Format = notation == Thousands && plain.Format is ['0', .. var rest] ? notation + rest : notation };

    /// <summary>Which of the two all kept texts have, and how sure that is; null where it is neither, or cannot be told.</summary>
    public static (string Notation, double Confidence)? Find(DistinctValues values)
    {
        if (AreDecimals(values)) return (Decimals, 0.9);
        int grouped = 0;
        bool proven = false;
        foreach (int code in values.Kept)
        {
            var digits = Unsigned(values.Store[code]);
            int point = digits.IndexOf((byte)'.');
            var whole = point < 0 ? digits : digits[..point];
            if (!IsGrouped(whole) || (point >= 0 && !AreDigits(digits[(point + 1)..]))) return null;
            int commas = whole.Count((byte)',');
            if (commas > 0) grouped++;
            proven |= commas > 1 || (commas > 0 && point >= 0);
        }
        return proven ? (Thousands, 0.9) : grouped >= FewestGrouped ? (Thousands, 0.65) : null;
    }

    /// <summary>The same rows without commas, as <see cref="NumberText"/> reads numbers.</summary>
    public static TextStore Plain(TextStore store, string format)
    {
        var plain = new TextStore();
        byte[][] texts = new byte[store.Distinct][];
        for (int code = 0; code < texts.Length; code++)
        {
            byte[] text = store[code].ToArray();
            if (format == Decimals) text.AsSpan().Replace((byte)',', (byte)'.');
            else if (IsGrouped(Whole(text))) text = [.. text.Where(b => b != ',')];
            texts[code] = text;
        }
        foreach (int code in store.ToCodes())
        {
            if (code < 0) plain.AddMissing();
            else plain.Add(texts[code]);
        }
        return plain;
    }

    /// <summary>Whether every kept text is digits with at most one comma, and one of them cannot be a thousands separator:
    /// it stands after a zero, or before other than three digits.</summary>
    private static bool AreDecimals(DistinctValues values)
    {
        bool proven = false;
        foreach (int code in values.Kept)
        {
            var digits = Unsigned(values.Store[code]);
            int comma = digits.IndexOf((byte)',');
            if (comma < 0)
            {
                if (!AreDigits(digits)) return false;
                continue;
            }
            if (!AreDigits(digits[..comma]) || !AreDigits(digits[(comma + 1)..])) return false;
            proven |= digits.Length - comma - 1 != 3 || comma > 3 || digits[0] == '0';
        }
        return proven;
    }

    // One to three digits, then groups of three behind commas; digits alone only up to 999, or commas would stand there too.
    private static bool IsGrouped(ReadOnlySpan<byte> whole)
    {
        int comma = whole.IndexOf((byte)',');
        var first = comma < 0 ? whole : whole[..comma];
        if (first.Length > 3 || !AreDigits(first) || (comma > 0 && first[0] == '0')) return false;
        for (var rest = whole[first.Length..]; !rest.IsEmpty; rest = rest[4..])
            if (rest.Length < 4 || rest[0] != ',' || !AreDigits(rest[1..4])) return false;
        return true;
    }

    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> text)
    {
        var digits = Unsigned(text);
        int point = digits.IndexOf((byte)'.');
        return point < 0 ? digits : digits[..point];
    }

    private static ReadOnlySpan<byte> Unsigned(ReadOnlySpan<byte> text)
    {
        text = NumberText.Trim(text);
        return !text.IsEmpty && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
