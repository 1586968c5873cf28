namespace Simulant.Numerics.Text;

/// <summary>
/// 64-bit hashes of every window of n tokens, by a rolling polynomial over their hashes modulo 2^64 (Karp, Rabin 1987) and a
/// finaliser. One multiplication and two additions a window, whatever n is.
/// </summary>
public static class NGramHashes
{
    private const ulong Base = 0x9E3779B97F4A7C15; // odd, so that no token's part vanishes

    /// <summary>How many windows there are of so many tokens.</summary>
    public static int Count(int tokens, int n) => Math.Max(0, tokens - n + 1);

    /// <summary>Writes one hash a window; returns how many.</summary>
    /// <param name="tokens">Well-mixed hashes of tokens.</param>
    /// <param name="n">At least 1.</param>
    /// <param name="to">At least <see cref="Count"/> long.</param>
    public static int Write(ReadOnlySpan<ulong> tokens, int n, Span<ulong> to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        int count = Count(tokens.Length, n);
        if (count == 0) return 0;
        ulong leading = 1, sum = 0;
        for (int i = 1; i < n; i++) leading *= Base;
        for (int i = 0; i < n - 1; i++) sum = sum * Base + tokens[i];
        for (int i = 0; i < count; i++)
        {
            sum = sum * Base + tokens[i + n - 1];
            to[i] = WordScanner.Mix(sum);
            sum -= tokens[i] * leading;
        }
        return count;
    }

    /// <summary>The hash of all tokens as one window; the same value as <see cref="Write"/> gives it.</summary>
    public static ulong Whole(ReadOnlySpan<ulong> tokens)
    {
        ulong sum = 0;
        foreach (ulong token in tokens) sum = sum * Base + token;
        return WordScanner.Mix(sum);
    }
}
