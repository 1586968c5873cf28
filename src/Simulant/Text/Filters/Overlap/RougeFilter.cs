using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Text;

namespace Simulant.Text.Filters.Overlap;

/// <summary>How like the pool a text may be.</summary>
public sealed record RougeOptions
{
    /// <summary>ROUGE-L F above which a text falls, from 0 to 1. Default: that of Self-Instruct.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>Records judged at once, at least 1. It does not change the outcome.</summary>
    public int Round { get; init; } = 1024;
}

/// <summary>
/// A growing pool of texts that are not alike by ROUGE-L. Texts come in rounds: each is compared with the pool as it stands at its
/// round's start, on many threads; then, in their order, with those of its round that were accepted. So the outcome is that of taking texts
/// one at a time, at any number of threads and any size of round.
/// </summary>
public sealed class RougePool
{
    private const int Piece = 64;

    private readonly RougeOptions _options;
    private readonly WordNumbers _words = new();
    private readonly RougeIndex _index;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RougePool(RougeOptions? options = null)
    {
        _options = options ?? new RougeOptions();
        if (!(_options.Threshold is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), "the threshold lies in (0, 1]");
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Round, 1, nameof(options));
        _index = new RougeIndex(_words, _options.Threshold);
    }

    /// <summary>Texts in the pool; the next to be accepted gets this number.</summary>
    public int Count => _index.Count;

    /// <summary>Adds a text whatever it is like.</summary>
    public void Add(string text) => _index.Add(_words.Of(Hashes(text)));

    /// <summary>Offers texts in their order. Each is accepted into the pool, or refused for the first text of the pool it is
    /// like.</summary>
    /// <returns>One a text: null where it was accepted, else the pool's number of the other, and their F.</returns>
    public (int Other, double F)?[] Offer(IReadOnlyList<string> texts, RunContext run)
    {
        var outcome = new (int Other, double F)?[texts.Count];
        for (int from = 0; from < texts.Count; from += _options.Round)
            Round(texts, from, Math.Min(texts.Count, from + _options.Round), outcome, run);
        return outcome;
    }

    private void Round(IReadOnlyList<string> texts, int from, int to, (int Other, double F)?[] outcome, RunContext run)
    {
        int count = to - from;
        var hashes = new ulong[count][];
        Split(count, run, (i, _) => hashes[i] = Hashes(texts[from + i]));
        var items = new int[count][];
        for (int i = 0; i < count; i++) items[i] = _words.Of(hashes[i]);
        Split(count, run, (i, search) => outcome[from + i] = _index.First(items[i], search));

        // What stands is compared among itself; who was accepted is settled in order.
        int[] standing = [.. Enumerable.Range(0, count).Where(i => outcome[from + i] is null)];
        var among = new RougeIndex(_words, _options.Threshold);
        foreach (int i in standing) among.Add(items[i]);
        var like = new List<(int Item, double F)>[standing.Length];
        Split(standing.Length, run, (s, search) => like[s] = among.All(items[standing[s]], search));
        var number = new int[standing.Length];
        for (int s = 0; s < standing.Length; s++)
        {
            (int Item, double F)? first = null;
            foreach (var pair in like[s])
                if (pair.Item < s && number[pair.Item] >= 0 && (first is null || pair.Item < first.Value.Item)) first = pair;
            number[s] = first is null ? Count : -1;
            if (first is { } other) outcome[from + standing[s]] = (number[other.Item], other.F);
            else _index.Add(items[standing[s]]);
        }
    }

    private static void Split(int count, RunContext run, Action<int, RougeIndex.Search> each) =>
        Work.For((count + Piece - 1) / Piece, run, p =>
        {
            var search = new RougeIndex.Search();
            for (int i = p * Piece; i < Math.Min(count, (p + 1) * Piece); i++) each(i, search);
        });

    private static ulong[] Hashes(string text)
    {
        var words = new List<ulong>();
        WordScanner.Hashes(text, words);
        return [.. words];
    }
}

/// <summary><see cref="RougePool"/> as a step of filtering: records against given texts, and against the records accepted before.</summary>
internal sealed class RougeFilter : ITextFilter
{
    public const string Name = "rouge-l";

    private readonly RougePool _pool;
    private readonly int _given;
    private readonly double _threshold;
    private readonly List<long> _rows = [];

    public RougeFilter(IEnumerable<string> pool, RougeOptions? options = null)
    {
        _pool = new RougePool(options);
        _threshold = (options ?? new RougeOptions()).Threshold;
        foreach (string text in pool) _pool.Add(text);
        _given = _pool.Count;
    }

    public bool Whole => false;

    public void Look(TextBatch batch, RunContext run)
    {
        int[] standing = [.. Enumerable.Range(0, batch.Items.Count).Where(i => batch.Found[i] is null)];
        var outcome = _pool.Offer([.. standing.Select(i => batch.Items[i].Text)], run);
        for (int s = 0; s < standing.Length; s++)
        {
            if (outcome[s] is not { } like) _rows.Add(batch.First + standing[s]);
            else
                batch.Found[standing[s]] = new Finding(Name, string.Create(CultureInfo.InvariantCulture,
                    $"ROUGE-L F {like.F:0.###} with {Who(like.Other)}, more than {_threshold:0.###}"));
        }
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run) => [];

    private string Who(int other) => other < _given ? $"text {other + 1} of the pool" : $"record {_rows[other - _given] + 1}";
}
