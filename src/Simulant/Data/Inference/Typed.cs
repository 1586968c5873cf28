namespace Simulant.Data.Inference;

/// <summary>A column with its kind, and why.</summary>
internal sealed record Typed(Column Column, ColumnEvidence Evidence);

/// <summary>Words for evidence sentences.</summary>
internal static class Say
{
    public static string Count(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    public static string Percent(double share) =>
        share >= 0.9995 && share < 1 ? "over 99.9%"
        : $"{(100 * share).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)}%";

    public static string Quote(string text) => MessageText.Quote(text);
}
