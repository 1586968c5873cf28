using System.Text;
using System.Text.RegularExpressions;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Xunit;

namespace Simulant.Tests.Numerics.Text;

public class WordScannerTests
{
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var scan = new WordScanner(text);
        while (scan.Next()) words.Add(text.Substring(scan.Start, scan.Length));
        return words;
    }

    private static ulong[] Hashes(string text)
    {
        var hashes = new List<ulong>();
        WordScanner.Hashes(text, hashes);
        return [.. hashes];
    }

    [Fact]
    public void On_ASCII_it_is_the_usual_tokeniser()
    {
        var stream = new RandomStream(1, "test/ascii");
        for (int item = 0; item < 500; item++)
        {
            string text = string.Concat(Enumerable.Range(0, 80).Select(i => (char)stream.Below(128, item, i)));
            string plain = Regex.Replace(text.ToLowerInvariant(), "[^a-z0-9]+", " ").Trim();
            string[] expected = plain.Length == 0 ? [] : plain.Split(' ');
            Assert.Equal(expected, Words(text).Select(w => w.ToLowerInvariant()));
        }
    }

    [Theory]
    [InlineData("don't stop", "don|t|stop")]
    [InlineData("Größe, naïve café", "Größe|naïve|café")]
    [InlineData("東京に行く", "東|京|に|行|く")]
    [InlineData("abc東def", "abc|東|def")]
    [InlineData("हिन्दी में", "हिन्दी|में")]
    [InlineData("a\u0301b c", "a\u0301b|c")]
    [InlineData("a\uD800b", "a|b")]
    [InlineData("\uDC00", "")]
    [InlineData("𝒜𠀀x", "𝒜|𠀀|x")]
    [InlineData("", "")]
    [InlineData("\0\u0001 --", "")]
    public void Words_of_other_scripts(string text, string words) =>
        Assert.Equal(words.Length == 0 ? [] : words.Split('|'), Words(text));

    [Fact]
    public void Case_does_not_matter_and_words_do()
    {
        Assert.Equal(Hashes("Straße ÄRGER Ωmega"), Hashes("straße ärger ωMEGA"));
        Assert.Equal(5, Hashes("ab ba a b aa").Distinct().Count());
        string many = string.Join(' ', Enumerable.Range(0, 100_000));
        Assert.Equal(100_000, Hashes(many).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(13)]
    public void Windows_hash_alike_exactly_where_they_are_alike(int n)
    {
        var stream = new RandomStream(2, "test/grams");
        ulong[] tokens = [.. Enumerable.Range(0, 3000).Select(i => WordScanner.Mix((ulong)stream.Below(3, 0, i) + 1))];
        var hashes = new ulong[NGramHashes.Count(tokens.Length, n)];
        Assert.Equal(hashes.Length, NGramHashes.Write(tokens, n, hashes));
        var byText = Enumerable.Range(0, hashes.Length).ToLookup(i => string.Join(',', tokens[i..(i + n)]), i => hashes[i]);
        Assert.All(byText, group => Assert.Single(group.Distinct()));
        Assert.Equal(byText.Count, hashes.Distinct().Count());
        Assert.Equal(hashes[17], NGramHashes.Whole(tokens.AsSpan(17, n)));
    }

    [Fact]
    public void There_are_no_windows_of_fewer_tokens()
    {
        Assert.Equal(0, NGramHashes.Write([1, 2], 3, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => NGramHashes.Write([1, 2], 0, []));
    }
}
