using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters;

/// <summary>How near-duplicates are found. The defaults are FineWeb's (Penedo et al., NeurIPS 2024, section 3.4).</summary>
public sealed record NearDuplicateOptions
{
    /// <summary>Words in a shingle, at least 1; a text of fewer words is one shingle.</summary>
    public int Words { get; init; } = 5;

    /// <summary>Bands of a signature, at least 1.</summary>
    public int Bands { get; init; } = 14;

    /// <summary>Hashes in a band, at least 1: two texts of Jaccard similarity s match with probability 1 - (1 - s^Rows)^Bands.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>Seed of the hash functions.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>
/// Near-duplicates by MinHash and locality-sensitive hashing (Broder 1997; Indyk, Motwani 1998): texts that share a band of their
/// signatures are joined, and of every cluster the first is kept. Texts stream past; 8 bytes a band and text stay in memory
/// (124 in all by default), and one more band's worth a thread while clusters are made.
/// </summary>
public sealed class NearDuplicates
{
    private const int Piece = 64;

    private readonly NearDuplicateOptions _options;
    private readonly MinHash _hash;
    private readonly List<ulong[]> _blocks = []; // band-major within a block
    private readonly List<int> _sizes = [];

    public NearDuplicates(NearDuplicateOptions? options = null)
    {
        _options = options ?? new NearDuplicateOptions();
        _hash = new MinHash(_options.Bands * _options.Rows, _options.Seed);
    }

    /// <summary>Texts so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the next texts; null, or a text without a word, is like nothing else.</summary>
    public void Add(IReadOnlyList<string?> texts, RunContext run)
    {
        int bands = _options.Bands, size = texts.Count;
        if (size == 0) return;
        var keys = new ulong[bands * size];
        Work.For((size + Piece - 1) / Piece, run, p =>
        {
            var scratch = new Scratch(_hash.Hashes, bands);
            for (int i = p * Piece; i < Math.Min(size, (p + 1) * Piece); i++)
            {
                Keys(texts[i], scratch);
                for (int band = 0; band < bands; band++) keys[band * size + i] = scratch.Keys[band];
            }
        });
        _blocks.Add(keys);
        _sizes.Add(size);
        Count = checked(Count + size);
    }

    /// <summary>For each text the first of its cluster: itself where it is alone or the first.</summary>
    public int[] Clusters(RunContext run)
    {
        var pairs = new List<(int A, int B)>[_options.Bands];
        Work.For(pairs.Length, run, band => pairs[band] = Matches(band));
        var sets = new DisjointSets();
        for (int i = 0; i < Count; i++) sets.Add();
        foreach (var band in pairs)
            foreach (var (a, b) in band) sets.Join(a, b);
        var least = new int[Count];
        for (int i = 0; i < Count; i++) least[i] = sets.Least(i);
        return least;
    }

    /// <summary>Texts with equal keys in the band, each with the one before it in a run of equals.</summary>
    private List<(int A, int B)> Matches(int band)
    {
        var keys = new ulong[Count];
        var items = new int[Count];
        for (int b = 0, at = 0; b < _blocks.Count; at += _sizes[b++])
            _blocks[b].AsSpan(band * _sizes[b], _sizes[b]).CopyTo(keys.AsSpan(at));
        for (int i = 0; i < items.Length; i++) items[i] = i;
        Array.Sort(keys, items);
        var pairs = new List<(int A, int B)>();
        for (int i = 1; i < keys.Length; i++)
            if (keys[i] == keys[i - 1] && keys[i] != 0) pairs.Add((items[i - 1], items[i]));
        return pairs;
    }

    private void Keys(string? text, Scratch scratch)
    {
        scratch.Words.Clear();
        if (text is not null) WordScanner.Hashes(text, scratch.Words);
        if (scratch.Words.Count == 0)
        {
            scratch.Keys.AsSpan().Clear();
            return;
        }
        var words = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Words);
        int n = Math.Min(_options.Words, words.Length), count = NGramHashes.Count(words.Length, n);
        if (scratch.Shingles.Length < count) scratch.Shingles = new ulong[count * 2];
        NGramHashes.Write(words, n, scratch.Shingles);
        _hash.Sign(scratch.Shingles.AsSpan(0, count), scratch.Signature);
        MinHash.BandKeys(scratch.Signature, scratch.Keys);
    }

    private sealed class Scratch(int hashes, int bands)
    {
        public readonly List<ulong> Words = [];
        public ulong[] Shingles = new ulong[1024];
        public readonly uint[] Signature = new uint[hashes];
        public readonly ulong[] Keys = new ulong[bands];
    }
}

/// <summary><see cref="NearDuplicates"/> as a step of filtering.</summary>
internal sealed class NearDuplicateFilter(NearDuplicateOptions? options = null) : ITextFilter
{
    public const string Name = "near-duplicate";

    private readonly NearDuplicates _index = new(options);
    private readonly List<long> _rows = [];

    public bool Whole => true;

    public void Look(TextBatch batch, RunContext run)
    {
        var texts = new List<string?>();
        for (int i = 0; i < batch.Items.Count; i++)
        {
            if (batch.Found[i] is not null) continue;
            texts.Add(batch.Items[i].Text);
            _rows.Add(batch.First + i);
        }
        _index.Add(texts, run);
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run)
    {
        int[] least = _index.Clusters(run);
        for (int i = 0; i < least.Length; i++)
            if (least[i] != i)
                yield return KeyValuePair.Create(_rows[i], new Finding(Name,
                    string.Create(CultureInfo.InvariantCulture,
                        $"in the cluster of record {_rows[least[i]] + 1}, by shared bands of MinHash")));
    }
}
