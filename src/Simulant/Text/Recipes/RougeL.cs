using Simulant.Numerics.Text;
using Simulant.Text.Filters.Overlap;

namespace Simulant.Text.Recipes;

/// <summary>
/// How alike two texts are, 0 to 1, by ROUGE-L (Lin 2004): F1 of the longest common subsequence of words, these as
/// <see cref="WordScanner"/> finds them; on ASCII, those of the published scorer without stemming. Exact.
/// </summary>
public static class RougeL
{
    /// <summary>The F1; 0 where a text has no words.</summary>
    public static double Score(string a, string b)
    {
        var numbers = new WordNumbers();
        int[] x = Words(a, numbers), y = Words(b, numbers);
        if (x.Length == 0 || y.Length == 0) return 0;
        var common = new CommonSubsequence();
        common.SetPattern(x, numbers.Count);
        return RougeIndex.F(common.With(y), x.Length, y.Length);
    }

    internal static int[] Words(string text, WordNumbers numbers)
    {
        var hashes = new List<ulong>();
        WordScanner.Hashes(text, hashes);
        return numbers.Of([.. hashes]);
    }
}
