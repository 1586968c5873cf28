namespace Simulant.Specs;

/// <summary>What the spec claims of the data set beside its content: for the card, Croissant and the manifest. Null where the
/// spec is silent; nothing is claimed then.</summary>
public sealed record CardSpec
{
    /// <summary>An SPDX identifier in its own spelling, a web address, or other words.</summary>
    public string? License { get; init; }

    public string? Creator { get; init; }

    /// <summary>How to cite it, ideally BibTeX.</summary>
    public string? Citation { get; init; }

    /// <summary>http or https.</summary>
    public string? Url { get; init; }

    /// <summary>The declared day; a clock's would make equal runs differ.</summary>
    public DateOnly? Published { get; init; }
}
