using Simulant.Images.Sets;

namespace Simulant.Runs;

/// <param name="Data">A COCO file, a YOLO file, or a folder of an annotated set or of a folder a class.</param>
/// <param name="Policy">A file with a list of operations, or with that list under the key augment.</param>
/// <param name="Output">The folder that is made; null for none.</param>
public sealed record PicturesRequest(string Data, string Policy, string? Output)
{
    /// <summary>Names of layouts.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. SetWriter.All.Select(w => w.Name)];

    /// <summary>The layout that is written; null for that of the input.</summary>
    public string? Format { get; init; }

    /// <summary>Where the pictures of a COCO file lie; null to look for them.</summary>
    public string? Images { get; init; }

    /// <summary>A PNG that shows the first changed pictures with their labels; null for none.</summary>
    public string? Preview { get; init; }

    /// <summary>Copies of every picture, from 1.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Whether pictures stand beside their copies, byte for byte.</summary>
    public bool Originals { get; init; }

    public ulong Seed { get; init; } = 1;
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <param name="Pictures">Pictures of the input.</param>
/// <param name="Made">Changed copies.</param>
/// <param name="Format">The layout that was written, or would be.</param>
/// <param name="Subjects">Labelled things in the copies.</param>
/// <param name="Empty">Labelled things of the input that had no area, and were left out.</param>
public sealed record PicturesOutcome(int Pictures, long Made, string Format, long Subjects, int Empty);
