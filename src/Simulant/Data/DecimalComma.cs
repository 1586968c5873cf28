namespace Simulant.Data;

/// <summary>
/// Numbers with a comma before their decimals, as much of Europe writes them. They are read as numbers and written with a
/// point; <see cref="Format"/> in a column's schema says that the source has commas.
/// </summary>
internal static class DecimalComma
{
    public const string Format = "0,#";

    public static bool Marks(ColumnSchema schema) => schema.Kind == ColumnKind.Decimal && schema.Format == Format;

    /// <summary>Whether every kept text is digits with at most one comma, and one of them cannot be a thousands separator:
    /// it stands after a zero, or before other than three digits.</summary>
    public static bool Fits(Inference.DistinctValues values)
    {
        bool proven = false;
        foreach (int code in values.Kept)
        {
            var text = NumberText.Trim(values.Store[code]);
            var digits = text.TrimStart("-+"u8);
            int comma = digits.IndexOf((byte)',');
            if (digits.IsEmpty || comma == 0 || comma == digits.Length - 1 || text.Length - digits.Length > 1) return false;
            if (comma < 0)
            {
                if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
                continue;
            }
            if (digits[..comma].ContainsAnyExceptInRange((byte)'0', (byte)'9')
                || digits[(comma + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            proven |= digits.Length - comma - 1 != 3 || comma > 3 || digits[0] == '0';
        }
        return proven;
    }

    /// <summary>The same rows with points for commas.</summary>
    public static TextStore Pointed(TextStore store)
    {
        var pointed = new TextStore();
        byte[][] texts = new byte[store.Distinct][];
        for (int code = 0; code < texts.Length; code++)
        {
            texts[code] = store[code].ToArray();
            texts[code].AsSpan().Replace((byte)',', (byte)'.');
        }
        foreach (int code in store.ToCodes())
        {
            if (code < 0) pointed.AddMissing();
            else pointed.Add(texts[code]);
        }
        return pointed;
    }
}
