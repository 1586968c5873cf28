using System.Runtime.InteropServices;

namespace Simulant.Data;

/// <summary>
/// Arrays that nobody needs any more, kept by each thread for its next picture of the same size: asking the system for fresh megabytes
/// takes longer than most operations take on them, and collecting them longer still. What stands in an array is unknown.
/// </summary>
internal static class KeptArrays<T> where T : unmanaged
{
    /// <summary>Arrays that a thread keeps: as many of one kind as a labelled and coloured frame has.</summary>
    private const int Most = 6;

    private const int SmallestBytes = 1 << 16, LargestBytes = 1 << 26;

    [ThreadStatic]
    private static T[]?[]? _kept;

    public static T[] Take(int length)
    {
        var kept = _kept;
        for (int i = 0; kept is not null && i < Most; i++)
            if (kept[i] is { } array && array.Length == length)
            {
                kept[i] = null;
                return array;
            }
        return GC.AllocateUninitializedArray<T>(length);
    }

    /// <summary>Takes an array back; whoever gives it must not touch it again.</summary>
    public static void Give(T[] array)
    {
        if (MemoryMarshal.AsBytes<T>(array).Length is < SmallestBytes or > LargestBytes) return;
        var kept = _kept ??= new T[]?[Most];
        for (int i = Most - 1; i > 0; i--)
            if (kept[0] is not null) (kept[i], kept[i - 1]) = (kept[i - 1], kept[i]);
        kept[0] = array;
    }
}
