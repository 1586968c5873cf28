namespace Simulant.Images.Sets;

/// <summary>A class of things in pictures.</summary>
/// <param name="Number">As subjects and masks hold it.</param>
/// <param name="Name">As files write it.</param>
public sealed record LabelClass(int Number, string Name)
{
    /// <summary>Names of its keypoints, in the order in which subjects hold them; empty where it has none.</summary>
    public IReadOnlyList<string> Keypoints { get; init; } = [];

    /// <summary>Pairs of keypoints, by index from 0, that a line joins.</summary>
    public IReadOnlyList<(int From, int To)> Skeleton { get; init; } = [];

    /// <summary>The kind that it belongs to; empty for none.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Whether its members are counted (cars), or are stuff (sky, road) that only masks know.</summary>
    public bool Countable { get; init; } = true;
}
