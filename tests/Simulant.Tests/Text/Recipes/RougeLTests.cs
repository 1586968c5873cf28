using Simulant.Numerics.Random;
using Simulant.Text.Recipes;
using Xunit;

namespace Simulant.Tests.Text.Recipes;

public class RougeLTests
{
    [Theory]
    [InlineData("the cat sat on the mat", "the cat sat on the mat", 1)]
    [InlineData("The CAT, sat!", "the cat sat", 1)]
    [InlineData("police killed the gunman", "police kill the gunman", 0.75)] // Lin 2004, section 3.1
    [InlineData("police killed the gunman", "the gunman kill police", 0.5)]
    [InlineData("a b", "c d", 0)]
    [InlineData("", "a", 0)]
    [InlineData("", "", 0)]
    public void Published_examples(string a, string b, double score) => Assert.Equal(score, RougeL.Score(a, b), 12);

    /// <summary>Against the table of Wagner and Fischer, over lengths on both sides of a block of bits.</summary>
    [Fact]
    public void The_row_of_bits_counts_as_the_table_does()
    {
        var stream = new RandomStream(9, "test.rouge");
        for (int i = 0; i < 400; i++)
        {
            string[] a = Words(stream, i, 0), b = Words(stream, i, 1);
            double expected = a.Length + b.Length == 0 ? 0 : 2.0 * Longest(a, b) / (a.Length + b.Length);
            string x = string.Join(' ', a), y = string.Join(' ', b);
            Assert.Equal(expected, RougeL.Score(x, y), 12);
            foreach (double limit in (double[])[0, 0.3, 0.5, expected, 0.7, 1])
                Assert.Equal(expected > limit, RougeL.Instance.Above(RougeL.Instance.Prepare(x), RougeL.Instance.Prepare(y), limit));
        }
    }

    private static string[] Words(RandomStream stream, int item, int slot)
    {
        var draws = stream.Draws(item, slot);
        int length = draws.Below(item % 4 == 0 ? 200 : 20), alphabet = 2 + draws.Below(12);
        string[] words = new string[length];
        for (int i = 0; i < length; i++) words[i] = "w" + draws.Below(alphabet);
        return words;
    }

    private static int Longest(string[] a, string[] b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
        return table[a.Length, b.Length];
    }
}
