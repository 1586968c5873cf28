using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Tables;

/// <summary>Writes a table in one of three common forms, chosen by the wording.</summary>
internal static class Grid
{
    public static string Write(ItemDraws wording, string[] headers, IEnumerable<string[]> rows) => wording.Below(3) switch
    {
        0 => Markdown(headers, rows),
        1 => string.Join("\n", rows.Prepend(headers).Select(row => string.Join(',', row))),
        _ => string.Join("\n", rows.Select(row => string.Join("; ", row.Select((value, i) => $"{headers[i]}: {value}")))),
    };

    private static string Markdown(string[] headers, IEnumerable<string[]> rows) => string.Join("\n",
        rows.Prepend([.. headers.Select(_ => "---")]).Prepend(headers).Select(row => "| " + string.Join(" | ", row) + " |"));

    /// <summary>So many names, none twice.</summary>
    public static string[] Names(ItemDraws wording, int count) => wording.Sample(People.All, count);
}
