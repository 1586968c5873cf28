using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Xunit;

namespace Simulant.Tests.Numerics.Text;

public class MinHashTests
{
    private static ulong[] Elements(int count, int item)
    {
        var stream = new RandomStream(5, "test/elements");
        return [.. Enumerable.Range(0, count).Select(i => stream.Bits(item, i) is var (a, b, _, _) ? (ulong)a << 32 | b : 0)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(112)]
    [InlineData(130)]
    public void Slots_are_the_least_hashes_one_at_a_time(int hashes)
    {
        var hash = new MinHash(hashes, 3);
        ulong[] set = Elements(50, hashes);
        var signature = new uint[hashes];
        hash.Sign(set, signature);
        Assert.Equal(Enumerable.Range(0, hashes).Select(slot => set.Min(x => hash.Hash(x, slot))), signature);
        // Order and repeats are no part of a set.
        var again = new uint[hashes];
        hash.Sign([.. set.Reverse(), .. set], again);
        Assert.Equal(signature, again);
    }

    [Fact]
    public void An_empty_set_has_no_least()
    {
        var signature = new uint[5];
        new MinHash(5, 1).Sign([], signature);
        Assert.All(signature, slot => Assert.Equal(uint.MaxValue, slot));
        Assert.Throws<ArgumentException>(() => new MinHash(5, 1).Sign([], new uint[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MinHash(0, 1));
    }

    /// <summary>Pairs of sets of known Jaccard similarity share a band as often as theory says, within 2 points.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.65)]
    [InlineData(0.7)]
    [InlineData(0.75)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void Matches_are_as_likely_as_theory_says(double similarity)
    {
        const int pairs = 6000, union = 200; // one deviation is at most .65 points
        int shared = (int)Math.Round(similarity * union), matched = 0;
        double s = (double)shared / union, agreement = 0;
        var hash = new MinHash(112, 11);
        var (a, b, ka, kb) = (new uint[112], new uint[112], new ulong[14], new ulong[14]);
        for (int pair = 0; pair < pairs; pair++)
        {
            ulong[] all = Elements(union, 1000 + pair);
            int own = (union - shared) / 2;
            hash.Sign([.. all[..shared], .. all[shared..(shared + own)]], a);
            hash.Sign([.. all[..shared], .. all[(shared + own)..]], b);
            agreement += MinHash.Agreement(a, b) / pairs;
            MinHash.BandKeys(a, ka);
            MinHash.BandKeys(b, kb);
            if (ka.Zip(kb).Any(k => k.First == k.Second)) matched++;
        }
        Assert.Equal(s, agreement, 0.005);
        Assert.Equal(1 - Math.Pow(1 - Math.Pow(s, 8), 14), (double)matched / pairs, 0.02);
        Assert.Equal(1 - Math.Pow(1 - Math.Pow(s, 8), 14), MinHash.MatchProbability(s, 14, 8), 1e-15);
    }

    [Fact]
    public void Keys_agree_where_bands_do_and_bands_are_told_apart()
    {
        uint[] a = [1, 2, 3, 4, 1, 2], b = [1, 2, 3, 5, 1, 2];
        ulong[] ka = new ulong[3], kb = new ulong[3];
        MinHash.BandKeys(a, ka);
        MinHash.BandKeys(b, kb);
        Assert.Equal([true, false, true], ka.Zip(kb).Select(k => k.First == k.Second));
        Assert.NotEqual(ka[0], ka[2]); // the same slots, another band
        Assert.Throws<ArgumentException>(() => MinHash.BandKeys(a, new ulong[4]));
    }
}
