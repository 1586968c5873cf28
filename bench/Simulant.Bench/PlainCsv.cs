using System.Globalization;
using System.Text;
using Simulant.Data;

namespace Simulant.Bench;

/// <summary>
/// A small CSV reader for measurements alone: numbers are numeric storage, everything else categories, the empty field missing.
/// It infers nothing else, so that figures do not move with type inference.
/// </summary>
internal static class PlainCsv
{
    /// <param name="like">A table whose kinds the columns take; null infers them.</param>
    public static Table Read(string path, Table? like)
    {
        var lines = Records(File.ReadAllText(path));
        string[] header = lines[0];
        var columns = new Column[header.Length];
        for (int c = 0; c < header.Length; c++)
        {
            int at = c;
            string?[] texts = [.. lines.Skip(1).Select(l => l[at].Length == 0 ? null : l[at])];
            var kind = like?.Find(header[c])?.Schema.Kind ?? Kind(texts);
            var schema = new ColumnSchema(header[c], kind);
            columns[c] = schema.IsNumericStorage
                ? new NumericColumn(schema, [.. texts.Select(t => t is null ? double.NaN : Parse(t))])
                : CodedColumn.From(schema, texts);
        }
        return new Table(Path.GetFileNameWithoutExtension(path), columns);
    }

    private static ColumnKind Kind(string?[] texts)
    {
        bool integer = true, any = false;
        foreach (string? text in texts)
        {
            if (text is null) continue;
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out double v)) return ColumnKind.Category;
            integer &= v == Math.Floor(v);
            any = true;
        }
        return any ? integer ? ColumnKind.Integer : ColumnKind.Decimal : ColumnKind.Category;
    }

    private static double Parse(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double v) ? v : double.NaN;

    private static List<string[]> Records(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string first = end < 0 ? text : text[..end];
        char delimiter = first.Contains(';', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal) ? ';' : ',';
        var records = new List<string[]>();
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char ch = text[i];
            if (quoted)
            {
                if (ch != '"') field.Append(ch);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (ch == '"') quoted = true;
            else if (ch == delimiter || ch == '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (ch != '\n') continue;
                records.Add([.. fields]);
                fields.Clear();
            }
            else if (ch != '\r') field.Append(ch);
        }
        if (field.Length > 0 || fields.Count > 0) records.Add([.. fields, field.ToString()]);
        return records;
    }
}
