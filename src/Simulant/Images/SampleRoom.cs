namespace Simulant.Images;

/// <summary>
/// Buffers of samples that nobody needs any more, kept by each thread for its next picture of the same size: asking the system for a fresh
/// megabyte takes longer than most operations take on it. What stands in a buffer is unknown.
/// </summary>
internal static class SampleRoom
{
    private const int Most = 4, Smallest = 1 << 16, Largest = 1 << 26;

    [ThreadStatic]
    private static byte[]?[]? _kept;

    public static byte[] Take(int length)
    {
        var kept = _kept;
        for (int i = 0; kept is not null && i < Most; i++)
            if (kept[i] is { } buffer && buffer.Length == length)
            {
                kept[i] = null;
                return buffer;
            }
        return GC.AllocateUninitializedArray<byte>(length);
    }

    /// <summary>Takes a buffer back; whoever gives it must not touch it again.</summary>
    public static void Give(byte[] buffer)
    {
        if (buffer.Length is < Smallest or > Largest) return;
        var kept = _kept ??= new byte[]?[Most];
        for (int i = Most - 1; i > 0; i--)
            if (kept[0] is not null) (kept[i], kept[i - 1]) = (kept[i - 1], kept[i]);
        kept[0] = buffer;
    }
}
