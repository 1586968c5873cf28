namespace Simulant.Validation.Images;

/// <summary>
/// Pictures of one size, each with a class where there are classes. Immutable by agreement: arrays are not copied.
/// </summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue), sRGB.</param>
/// <param name="Pixels">[picture][row][column][channel], 0 to 255.</param>
/// <param name="Classes">[picture], each 0 to ClassCount - 1; empty where pictures have no class.</param>
public sealed record PictureSet(int Width, int Height, int Channels, byte[] Pixels, int[] Classes, int ClassCount)
{
    /// <summary>Samples of one picture.</summary>
    public int Length => Width * Height * Channels;

    public int Count => Pixels.Length / Length;

    public ReadOnlySpan<byte> Picture(int i) => Pixels.AsSpan(i * Length, Length);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Fault() =>
        Width < 1 || Height < 1 || Channels is not (1 or 3) ? $"pictures of {Width} x {Height} x {Channels}; 1 or 3 channels are judged"
        : Pixels.Length % Length != 0 ? $"{Pixels.Length} samples are no whole number of pictures of {Length}"
        : Classes.Length != 0 && Classes.Length != Count ? $"{Classes.Length} classes for {Count} pictures"
        : Classes.Any(c => c < 0 || c >= ClassCount) ? $"a class is not within 0 to {ClassCount - 1}" : null;

    /// <summary>Some of the pictures, in the order given.</summary>
    public PictureSet Take(IReadOnlyList<int> chosen)
    {
        byte[] pixels = new byte[chosen.Count * Length];
        for (int i = 0; i < chosen.Count; i++) Picture(chosen[i]).CopyTo(pixels.AsSpan(i * Length));
        return this with { Pixels = pixels, Classes = Classes.Length == 0 ? [] : [.. chosen.Select(i => Classes[i])] };
    }
}
