namespace Simulant.Reports;

/// <summary>What a report shows of a set of frames.</summary>
public sealed record SceneStory(IReadOnlyList<ShownFrame> Frames, IReadOnlyList<ShownParameter> Parameters,
    IReadOnlyList<ShownClass> Classes)
{
    /// <summary>Changed copies of some frames side by side, their labels drawn: PNG or JPEG; null where there are none.</summary>
    public byte[]? Copies { get; init; }
}

/// <summary>A frame, made small.</summary>
/// <param name="Key">Its number as files are called by it.</param>
/// <param name="Picture">JPEG.</param>
/// <param name="Masks">PNG or JPEG of what is seen of each actor, in a colour of its own.</param>
/// <param name="Width">Of the whole picture, in pixels: boxes are told in them.</param>
public sealed record ShownFrame(string Key, byte[] Picture, byte[] Masks, int Width, int Height, IReadOnlyList<ShownBox> Boxes,
    IReadOnlyList<ShownBone> Bones);

/// <param name="Colour">Number of the class among those that are counted, from 0.</param>
public sealed record ShownBox(string Class, int Colour, double Left, double Top, double Width, double Height, double Visibility);

public sealed record ShownBone(double FromX, double FromY, double ToX, double ToY);

/// <summary>How one parameter fell out.</summary>
/// <param name="Law">How it was drawn, as a spec writes it.</param>
/// <param name="Cells">By cell: what it holds, how many draws fell there, and how many were expected.</param>
public sealed record ShownParameter(string Name, string Meaning, string Law, IReadOnlyList<ShownCell> Cells);

public sealed record ShownCell(string Label, long Count, double Expected);

/// <summary>How often a class is seen.</summary>
/// <param name="Members">Actors of which something is seen, over all frames.</param>
/// <param name="Frames">Frames in which at least one is.</param>
/// <param name="Hidden">Part of the members of which less than half is seen.</param>
/// <param name="MedianPixels">Of what is seen of a member.</param>
public sealed record ShownClass(string Name, long Members, long Frames, double Hidden, double MedianPixels);
