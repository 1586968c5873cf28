using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Overlap;

/// <summary>When a record is too like an item of a benchmark. Words are those of <see cref="WordScanner"/>.</summary>
public sealed record DecontaminationOptions
{
    /// <summary>A shared run of so many words is enough. Source: Brown et al., "Language Models are Few-Shot Learners", 2020, appendix
    /// C.</summary>
    public int Run { get; init; } = 13;

    /// <summary>Length of the runs of which a share is enough. Source: Chowdhery et al., "PaLM", JMLR 2023, section 8.</summary>
    public int ShareRun { get; init; } = 8;

    /// <summary>The share of the item's runs that is enough.</summary>
    public double Share { get; init; } = 0.7;

    /// <summary>
    /// A shared run of so many words makes the two be compared whole, and matching blocks (<see cref="MatchingBlocks"/>) of more than
    /// <see cref="Difference"/> of the item's words are enough. Source: Ben Allal et al., "Cosmopedia", 2024.
    /// </summary>
    public int CompareRun { get; init; } = 10;

    /// <inheritdoc cref="CompareRun"/>
    public double Difference { get; init; } = 0.5;
}

/// <summary>What an overlap is.</summary>
/// <param name="Rule">Which of the three it is: <c>overlap-run</c>, <c>overlap-share</c> or <c>overlap-difference</c>.</param>
/// <param name="Item">The benchmark item, from 0, in the order they were added.</param>
/// <param name="Amount">Words of the run; share of runs; share of words in matching blocks.</param>
/// <param name="Start">Where the shared run begins in the record, in UTF-16 units.</param>
/// <param name="Length">Its length.</param>
public readonly record struct Overlap(string Rule, int Item, double Amount, int Start, int Length);

/// <summary>
/// Benchmark items, and which of them a text gives away. Every shared run is found: runs are looked up by hash and confirmed word by
/// word. Items are told apart by the least number; a text falls to the first rule in the order run, share, difference.
/// </summary>
public sealed class BenchmarkIndex
{
    public const string RunRule = "overlap-run", ShareRule = "overlap-share", DifferenceRule = "overlap-difference";

    private readonly DecontaminationOptions _options;
    private readonly List<ulong[]> _items = [];
    private readonly Dictionary<ulong, List<(int Item, int At)>> _runs = [], _shares = [], _compared = [];

    public BenchmarkIndex(DecontaminationOptions? options = null)
    {
        _options = options ?? new DecontaminationOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(Math.Min(_options.Run, _options.ShareRun), _options.CompareRun), 1,
            nameof(options));
    }

    public int Count => _items.Count;

    /// <summary>Items of fewer words than the shortest run, which only a whole copy of the text could give away, and no rule
    /// sees.</summary>
    public int TooShort { get; private set; }

    /// <summary>Adds an item.</summary>
    public void Add(string text)
    {
        var list = new List<ulong>();
        WordScanner.Hashes(text, list);
        ulong[] words = [.. list];
        int item = _items.Count;
        _items.Add(words);
        if (words.Length < Math.Min(_options.ShareRun, Math.Min(_options.Run, _options.CompareRun))) TooShort++;
        Enter(_runs, words, item, _options.Run);
        Enter(_shares, words, item, _options.ShareRun);
        Enter(_compared, words, item, _options.CompareRun);
    }

    /// <summary>The first overlap of the text with an item, or null.</summary>
    public Overlap? Find(string text)
    {
        var hashes = new List<ulong>();
        var places = new List<(int Start, int Length)>();
        var scan = new WordScanner(text);
        while (scan.Next())
        {
            hashes.Add(scan.Hash);
            places.Add((scan.Start, scan.Length));
        }
        ulong[] words = [.. hashes];
        return LongRun(words, places) ?? ShareOfRuns(words, places) ?? Difference(words, places);
    }

    private Overlap? LongRun(ulong[] words, List<(int Start, int Length)> places)
    {
        Overlap? best = null;
        foreach (var (at, item, start) in Shared(_runs, words, _options.Run))
        {
            if (best is { } before && before.Item <= item) continue;
            int length = _options.Run;
            ulong[] other = _items[item];
            while (at + length < words.Length && start + length < other.Length && words[at + length] == other[start + length]) length++;
            best = Place(RunRule, item, length, at, length, places);
        }
        return best;
    }

    private Overlap? ShareOfRuns(ulong[] words, List<(int Start, int Length)> places)
    {
        var held = new Dictionary<int, (HashSet<int> Runs, int At)>();
        foreach (var (at, item, start) in Shared(_shares, words, _options.ShareRun))
        {
            if (!held.TryGetValue(item, out var runs)) held.Add(item, runs = ([], at));
            runs.Runs.Add(start);
        }
        foreach (var (item, (runs, at)) in held.OrderBy(h => h.Key))
        {
            double share = (double)runs.Count / NGramHashes.Count(_items[item].Length, _options.ShareRun);
            if (share >= _options.Share) return Place(ShareRule, item, share, at, _options.ShareRun, places);
        }
        return null;
    }

    private Overlap? Difference(ulong[] words, List<(int Start, int Length)> places)
    {
        var first = new SortedDictionary<int, int>();
        foreach (var (at, item, _) in Shared(_compared, words, _options.CompareRun)) first.TryAdd(item, at);
        foreach (var (item, at) in first)
        {
            double share = (double)MatchingBlocks.Total(words, _items[item]) / _items[item].Length;
            if (share > _options.Difference) return Place(DifferenceRule, item, share, at, _options.CompareRun, places);
        }
        return null;
    }

    /// <summary>Every run of n words that the text shares with an item: its word in the text, the item, its word in the item.</summary>
    private IEnumerable<(int At, int Item, int Start)> Shared(Dictionary<ulong, List<(int Item, int At)>> index, ulong[] words, int n)
    {
        var grams = new ulong[NGramHashes.Count(words.Length, n)];
        NGramHashes.Write(words, n, grams);
        for (int at = 0; at < grams.Length; at++)
        {
            if (!index.TryGetValue(grams[at], out var entries)) continue;
            foreach (var (item, start) in entries)
                if (words.AsSpan(at, n).SequenceEqual(_items[item].AsSpan(start, n))) yield return (at, item, start);
        }
    }

    private static void Enter(Dictionary<ulong, List<(int Item, int At)>> index, ulong[] words, int item, int n)
    {
        var grams = new ulong[NGramHashes.Count(words.Length, n)];
        NGramHashes.Write(words, n, grams);
        for (int at = 0; at < grams.Length; at++)
        {
            if (!index.TryGetValue(grams[at], out var entries)) index.Add(grams[at], entries = []);
            entries.Add((item, at));
        }
    }

    private static Overlap Place(string rule, int item, double amount, int at, int words, List<(int Start, int Length)> places)
    {
        var (start, (end, length)) = (places[at].Start, places[at + words - 1]);
        return new Overlap(rule, item, amount, start, end + length - start);
    }
}

/// <summary>An item's place among the benchmarks it came from.</summary>
/// <param name="Benchmark">The benchmark's name.</param>
/// <param name="Row">From 0.</param>
public readonly record struct BenchmarkItem(string Benchmark, long Row);

/// <summary><see cref="BenchmarkIndex"/> as a step of filtering: the record's text, and its input with it where there is one.</summary>
internal sealed class DecontaminationFilter(BenchmarkIndex index, IReadOnlyList<BenchmarkItem> items) : ITextFilter
{
    private const int Longest = 120;

    public bool Whole => false;

    public void Look(TextBatch batch, RunContext run) => batch.Judge(run, i => Judge(batch.Items[i]));

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run) => [];

    private Finding? Judge(TextItem item)
    {
        string text = item.Input is { Length: > 0 } input ? $"{item.Text}\n{input}" : item.Text;
        if (index.Find(text) is not { } found) return null;
        string amount = found.Rule switch
        {
            BenchmarkIndex.RunRule => $"shares {found.Amount:0} words in a row with",
            BenchmarkIndex.ShareRule => string.Create(CultureInfo.InvariantCulture, $"shares {found.Amount:0.###} of the runs of"),
            _ => string.Create(CultureInfo.InvariantCulture, $"matches {found.Amount:0.###} of the words of"),
        };
        string quote = text.Substring(found.Start, Math.Min(found.Length, Longest)).ReplaceLineEndings(" ");
        return new Finding(found.Rule, $"{amount} {items[found.Item].Benchmark}:{items[found.Item].Row + 1}, "
            + $"from character {found.Start + 1}: {quote}{(found.Length > Longest ? "…" : "")}");
    }
}
