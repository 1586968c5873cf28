using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Text;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Overlap;

namespace Simulant.Bench.Speed;

/// <summary>
/// Filters of text: near-duplicates of documents of 300 words; ROUGE-L among 10,000 instructions beside the plain way, one pair at a
/// time; GSM8K's training questions against its test.
/// </summary>
internal static class FiltersBench
{
    public static readonly Benchmark Benchmark = new("filters", "MinHash documents a second, ROUGE-L against brute force, GSM8K", Run);

    private static readonly RandomStream Stream = new(77, "bench/filters");

    private static void Run(BenchContext context)
    {
        NearDuplicates(context);
        Rouge(context);
        Contamination(context);
        Facts(context);
    }

    /// <summary>A word whose frequency falls as in real text: rank by the power law that log-uniform ranks follow.</summary>
    private static string Word(long item, int slot, int vocabulary) =>
        "word" + (int)Math.Pow(vocabulary, Stream.Uniform(item, slot));

    private static string Document(int item, int words) => string.Join(' ', Enumerable.Range(0, words).Select(w => Word(item, w, 50_000)));

    private static void NearDuplicates(BenchContext context)
    {
        int count = context.Tiny ? 400 : 20_000;
        string[] texts = new string[count];
        for (int i = 0; i < count; i++) texts[i] = i % 10 == 9 ? Changed(texts[i - 1], i) : Document(i, 300);
        int[] clusters = [];
        void Find(int threads)
        {
            var index = new NearDuplicates();
            foreach (string[] batch in texts.Chunk(4096)) index.Add(batch, RunContext.Quiet(1, threads));
            clusters = index.Clusters(RunContext.Quiet(1, threads));
        }
        double cpu = context.CpuSeconds(() => Find(1), 3);
        int[] one = clusters;
        double wall = context.WallSeconds(() => Find(2), 3);
        context.Check(one.SequenceEqual(clusters), "clusters do not depend on threads");
        context.Result(MemoryMarshal.AsBytes<int>(clusters));
        int found = Enumerable.Range(0, count).Count(i => i % 10 == 9 && clusters[i] == i - 1), strangers =
            Enumerable.Range(0, count).Count(i => i % 10 != 9 && clusters[i] != i);
        // One word of 300 changed leaves a similarity of 291 / 301 at least: a match is all but certain; strangers share nothing.
        context.Check(found >= 0.999 * (count / 10) && strangers == 0, "near-duplicates are found and no others");
        context.Figure("MinHash, 300 words: documents a CPU second", count / cpu, "1/s");
        context.Figure("MinHash, 300 words: documents a second, 2 threads", count / wall, "1/s");
        Theory(context);
    }

    private static string Changed(string text, int item)
    {
        string[] words = text.Split(' ');
        words[Stream.Below(words.Length, item, 1000)] = "changed";
        return string.Join(' ', words);
    }

    /// <summary>Match probability of pairs of known similarity against 1 - (1 - s^8)^14.</summary>
    private static void Theory(BenchContext context)
    {
        int pairs = context.Tiny ? 100 : 20_000;
        const int union = 200;
        var hash = new MinHash(112, 3);
        uint[] a = new uint[112], b = new uint[112];
        ulong[] ka = new ulong[14], kb = new ulong[14];
        double worst = 0;
        foreach (int shared in new[] { 100, 130, 150, 160, 180 })
        {
            int matched = 0;
            for (int pair = 0; pair < pairs; pair++)
            {
                ulong[] all = [.. Enumerable.Range(0, union).Select(i => WordScanner.Mix((ulong)((shared * 100_000L + pair) * union + i)))];
                int own = (union - shared) / 2;
                hash.Sign(all.AsSpan(0, shared + own), a);
                hash.Sign([.. all[..shared], .. all[(shared + own)..]], b);
                MinHash.BandKeys(a, ka);
                MinHash.BandKeys(b, kb);
                if (ka.Zip(kb).Any(k => k.First == k.Second)) matched++;
            }
            worst = Math.Max(worst, Math.Abs((double)matched / pairs - MinHash.MatchProbability((double)shared / union, 14, 8)));
        }
        context.Check(context.Tiny || worst < 0.02, "match probability is theory's");
        context.Figure("MinHash: match probability off theory, at most", worst * 100, "points");
    }

    private static void Rouge(BenchContext context)
    {
        int count = context.Tiny ? 300 : 10_000;
        string[] texts = new string[count];
        for (int i = 0; i < count; i++)
            texts[i] = i > 10 && Stream.Uniform(i, 2000) < 0.3 ? Varied(texts[Stream.Below(i, i, 2001)], i)
                : string.Join(' ', Enumerable.Range(0, 5 + Stream.Below(26, i, 2002)).Select(w => Word(i, 3000 + w, 8000)));
        (int Other, double F)?[] outcome = [];
        double cpu = context.CpuSeconds(() => outcome = new RougePool().Offer(texts, RunContext.Quiet(1)), 3);
        var (expected, brute) = ByBruteForce(texts);
        context.Check(expected.SequenceEqual(outcome), "the ROUGE-L filter is brute force's");
        context.Check(outcome.SequenceEqual(new RougePool(new RougeOptions { Round = 100 }).Offer(texts, RunContext.Quiet(1, 2))),
            "rounds and threads change nothing");
        context.Figure("ROUGE-L, instructions that fall", outcome.Count(o => o is not null), "of " + count);
        context.Figure("ROUGE-L, the filter", cpu, "CPU s");
        context.Figure("ROUGE-L, every pair by the table", brute, "CPU s");
        context.Figure("ROUGE-L, times faster", brute / cpu, "x");
    }

    private static string Varied(string text, int item)
    {
        var words = text.Split(' ').ToList();
        for (int c = 0; c < 1 + Stream.Below(Math.Max(1, words.Count / 2), item, 2003); c++)
            words[Stream.Below(words.Count, item, 2004, c)] = Word(item, 4000 + c, 8000);
        return string.Join(' ', words);
    }

    /// <summary>One text at a time against all accepted, by the table over word numbers, two rows of it in memory.</summary>
    private static ((int Other, double F)?[] Outcome, double Seconds) ByBruteForce(string[] texts)
    {
        var numbers = new Dictionary<string, int>();
        int[][] items = [.. texts.Select(t => t.Split(' ').Select(w => numbers.TryGetValue(w, out int n) ? n
            : numbers[w] = numbers.Count).ToArray())];
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var pool = new List<int[]>();
        var outcome = new (int Other, double F)?[texts.Length];
        int[] rows = new int[2 * 64];
        for (int i = 0; i < items.Length; i++)
        {
            for (int p = 0; p < pool.Count && outcome[i] is null; p++)
            {
                double f = 2.0 * Table(items[i], pool[p], rows) / (items[i].Length + pool[p].Length);
                if (f > 0.7) outcome[i] = (p, f);
            }
            if (outcome[i] is null) pool.Add(items[i]);
        }
        process.Refresh();
        return (outcome, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static int Table(int[] a, int[] b, int[] rows)
    {
        Span<int> above = rows.AsSpan(0, b.Length + 1), here = rows.AsSpan(64, b.Length + 1);
        above.Clear();
        foreach (int token in a)
        {
            int left = 0;
            for (int j = 0; j < b.Length; j++)
            {
                left = token == b[j] ? above[j] + 1 : Math.Max(above[j + 1], left);
                here[j + 1] = left;
            }
            var swap = above;
            above = here;
            here = swap;
            here[0] = 0;
        }
        return above[b.Length];
    }

    private static void Contamination(BenchContext context)
    {
        if (BenchContext.SharedData is not { } data || !File.Exists(Path.Combine(data, "text", "gsm8k_test.jsonl")) || context.Tiny) return;
        string[] Questions(string file) => [.. File.ReadLines(Path.Combine(data, "text", file))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question").GetString()!)];
        string[] train = Questions("gsm8k_train.jsonl"), test = Questions("gsm8k_test.jsonl");
        var index = new BenchmarkIndex();
        foreach (string question in test) index.Add(question);
        int self = test.Count(question => index.Find(question) is not null);
        context.Check(self == test.Length - index.TooShort, "the test is found in itself");
        int flagged = 0;
        double cpu = context.CpuSeconds(() => flagged = train.Count(question => index.Find(question) is not null), 3);
        context.Check(flagged <= 0.01 * train.Length, "few training questions are flagged");
        context.Figure("GSM8K train against test: flagged", flagged, $"of {train.Length}");
        context.Figure("GSM8K train against test", cpu, "CPU s");
    }

    private static void Facts(BenchContext context)
    {
        if (BenchContext.SharedData is not { } data || !File.Exists(Path.Combine(data, "tabular", "telco_churn.csv"))) return;
        var (caught, planted, alarms, trues) = PlantedFacts.Measure(Path.Combine(data, "tabular", "telco_churn.csv"),
            context.Tiny ? 200 : 20_000);
        context.Check(caught >= 0.95 * planted && alarms <= 0.05 * trues, "planted facts are caught and few true ones accused");
        context.Figure("facts: planted false ones caught", 100.0 * caught / planted, $"% of {planted}");
        context.Figure("facts: true ones accused", 100.0 * alarms / trues, $"% of {trues}");
    }
}
