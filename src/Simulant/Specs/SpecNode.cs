using System.Globalization;

namespace Simulant.Specs;

/// <summary>YAML (or JSON) as positioned nodes, before any meaning is given to it.</summary>
public abstract record SpecNode(SourcePosition At)
{
    /// <summary>Nodes below and including this one, aliases counted at every use.</summary>
    internal virtual long Size => 1;
}

/// <param name="Text">The scalar's text, unescaped.</param>
/// <param name="Quoted">Whether it was quoted, hence text even if it looks like a number.</param>
public sealed record SpecScalar(string Text, bool Quoted, SourcePosition At) : SpecNode(At)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The source from <see cref="SpecNode.At"/> on, quotes and escapes included; null where it is the text.</summary>
    internal string? Raw { get; init; }

    /// <summary>Where the character at <paramref name="offset"/> of <see cref="Text"/> stands in the file.</summary>
    public SourcePosition PositionOf(int offset) =>
        Raw is null ? At with { Column = At.Column + offset } : ScalarMap.Locate(Text, Raw, At, offset);

    /// <summary>The number an unquoted scalar states (underscores allowed between digits), or null.</summary>
    public double? Number => Quoted ? null : ParseNumber(Text);

    /// <summary>True or false of an unquoted scalar, or null.</summary>
    public bool? Truth => Quoted ? null : Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    internal static double? ParseNumber(string text)
    {
        string trimmed = text.TrimStart('+', '-');
        if (trimmed is ".inf" or ".Inf" or ".INF") return text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        if (trimmed.Length == 0 || !(char.IsAsciiDigit(trimmed[0]) || trimmed[0] == '.')) return null;
        string plain = text.Contains('_') ? WithoutUnderscores(text) : text;
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(plain, styles, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : null;
    }

    private static string WithoutUnderscores(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool between = i > 0 && i + 1 < text.Length && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);
            if (text[i] == '_' && !between) return text;
        }
        return text.Replace("_", "", StringComparison.Ordinal);
    }
}

public sealed record SpecList(IReadOnlyList<SpecNode> Items, SourcePosition At) : SpecNode(At)
{
    internal override long Size { get; } = 1 + Items.Sum(i => i.Size);
}

/// <summary>Entries in document order; keys are distinct (a repeated key is a fault found while parsing).</summary>
public sealed record SpecMap(IReadOnlyList<SpecEntry> Entries, SourcePosition At) : SpecNode(At)
{
    public SpecNode? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;

    internal override long Size { get; } = 1 + Entries.Sum(e => 1 + e.Value.Size);
}

public sealed record SpecEntry(string Key, SourcePosition KeyAt, SpecNode Value);
