namespace Simulant.Numerics.Tensors;

/// <summary>
/// Square windows that slide over an image. Images lie as [images * height * width, channels], a row a place, so that a
/// convolution is a linear layer on windows.
/// </summary>
/// <param name="Height">Of the image, at least 1.</param>
/// <param name="Width">Of the image, at least 1.</param>
/// <param name="Size">Side of a window.</param>
/// <param name="Stride">Between windows, at least 1.</param>
/// <param name="Padding">Zeros around the image, less than Size.</param>
public readonly record struct Patches(int Height, int Width, int Size, int Stride = 1, int Padding = 0)
{
    /// <summary>Windows from top to bottom.</summary>
    public int Down => (Height + 2 * Padding - Size) / Stride + 1;

    /// <summary>Windows from left to right.</summary>
    public int Across => (Width + 2 * Padding - Size) / Stride + 1;

    /// <summary>Places of an image.</summary>
    public int Places => Height * Width;

    /// <summary>Windows of an image.</summary>
    public int Count => Down * Across;

    internal void Check()
    {
        if (Height < 1 || Width < 1 || Size < 1 || Stride < 1 || Padding < 0 || Padding >= Size
            || Height + 2 * Padding < Size || Width + 2 * Padding < Size)
            throw new ArgumentException(
                $"no windows of {Size} by {Size} slide over {Height} by {Width}, {Stride} apart, with {Padding} around");
    }

    /// <summary>
    /// The runs of places that lie next to each other both in a window and in the image: row by row of the window, those inside
    /// the image. Empty runs have a length of 0.
    /// </summary>
    /// <param name="line">Row of the window, 0 to Size - 1.</param>
    internal (int InWindow, int InImage, int Length) Run(int window, int line)
    {
        int top = window / Across * Stride - Padding + line, left = window % Across * Stride - Padding;
        int from = Math.Max(0, -left), to = Math.Min(Size, Width - left);
        return top < 0 || top >= Height || to <= from ? default : (line * Size + from, top * Width + left + from, to - from);
    }
}
