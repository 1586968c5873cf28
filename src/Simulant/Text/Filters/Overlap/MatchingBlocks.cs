namespace Simulant.Text.Filters.Overlap;

/// <summary>
/// How much of a sequence is found in another, in the order it has there: the longest common block, then the same left and right of it.
/// Source: Ratcliff and Metzener, Dr. Dobb's Journal, July 1988; of blocks of equal length the first in both is taken.
/// </summary>
internal static class MatchingBlocks
{
    /// <summary>Tokens in all matching blocks.</summary>
    public static int Total(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var places = new Dictionary<ulong, List<int>>();
        for (int j = 0; j < b.Length; j++)
        {
            if (!places.TryGetValue(b[j], out var list)) places.Add(b[j], list = []);
            list.Add(j);
        }
        int total = 0;
        var open = new Stack<(int AFrom, int ATo, int BFrom, int BTo)>();
        open.Push((0, a.Length, 0, b.Length));
        while (open.TryPop(out var part))
        {
            var (i, j, length) = Longest(a, places, part);
            if (length == 0) continue;
            total += length;
            open.Push((part.AFrom, i, part.BFrom, j));
            open.Push((i + length, part.ATo, j + length, part.BTo));
        }
        return total;
    }

    private static (int I, int J, int Length) Longest(ReadOnlySpan<ulong> a, Dictionary<ulong, List<int>> places,
        (int AFrom, int ATo, int BFrom, int BTo) part)
    {
        var best = (I: part.AFrom, J: part.BFrom, Length: 0);
        if (part.AFrom >= part.ATo || part.BFrom >= part.BTo) return best;
        // Lengths of the blocks that end at (i - 1, j), by j.
        var before = new Dictionary<int, int>();
        for (int i = part.AFrom; i < part.ATo; i++)
        {
            var now = new Dictionary<int, int>();
            if (places.TryGetValue(a[i], out var at))
            {
                foreach (int j in at)
                {
                    if (j < part.BFrom) continue;
                    if (j >= part.BTo) break;
                    int length = now[j] = before.GetValueOrDefault(j - 1) + 1;
                    if (length > best.Length) best = (i - length + 1, j - length + 1, length);
                }
            }
            before = now;
        }
        return best;
    }
}
