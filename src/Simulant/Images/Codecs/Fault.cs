using Simulant.Data;

namespace Simulant.Images.Codecs;

/// <summary>Refusals of files: what was found, where, and what to do.</summary>
internal static class Fault
{
    public static DataException At(string file, long offset, string message) => new($"at byte {offset}: {message}", file);

    public static void CheckSize(string file, long offset, long width, long height, ImageLimits limits)
    {
        if (width < 1 || height < 1) throw At(file, offset, $"the picture is {width} x {height}; both must be at least 1");
        if (width > limits.MaxSide || height > limits.MaxSide || width * height > Math.Min(limits.MaxPixels, 500_000_000))
            throw At(file, offset, $"the picture is {width} x {height}, more than the {limits.MaxPixels:N0} pixels, or "
                + $"{limits.MaxSide:N0} a side, that are read; make it smaller");
    }
}
