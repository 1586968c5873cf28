using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs.Records;
using Simulant.Specs;
using Simulant.Text.Augmentation;
using Simulant.Text.Filters;
using Simulant.Text.WordNet;

namespace Simulant.Runs;

/// <summary>Changed copies of records of text; their other fields stay, and every copy that a rule rejects is listed.</summary>
internal sealed class Augmenting(Corridor corridor, AugmentRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private const int PieceRecords = 64;

    /// <summary>The rule that rejects a copy that came out like another of its record; the others are the augmenter's.</summary>
    private const string Repeated = "repeated";

    private readonly RunContext _run = new(request.Seed, request.Threads, progress, cancel);

    public AugmentOutcome Run()
    {
        string format = SingleFile.FormatOf(request.Output);
        string rejectedFile = Path.ChangeExtension(request.Output, null) + ".rejected.jsonl";
        SingleFile.Refuse(request.Output, request.Force);
        SingleFile.Refuse(rejectedFile, request.Force);
        var augmenter = Augmenter();
        var given = new TextFields(request.TextField ?? "", request.LabelField, null);
        var records = TextRecords.Open(request.Data, given, format, request.Threads, cancel);
        var copies = new CopyStream(this, augmenter, records);
        // The list stands before the file whose rejected copies it lists.
        SingleFile.Write(corridor.Files, request.Output, stream =>
        {
            using (copies) records.WriteChanged(stream, request.Originals, record => copies.Texts(record));
            SingleFile.Write(corridor.Files, rejectedFile, list => List(records, copies.Rejected, list));
        });
        return new AugmentOutcome(copies.Records, copies.Made,
        [
            .. copies.Rejected.Values.SelectMany(r => r).GroupBy(r => r.Rule).Select(g => KeyValuePair.Create(g.Key, g.LongCount()))
                .OrderBy(g => g.Key, StringComparer.Ordinal),
        ], rejectedFile);
    }

    private TextAugmenter Augmenter()
    {
        if (request.Copies < 1) throw new UsageException($"--copies is {request.Copies}, and must be at least 1");
        if (request.By.Count == 0) throw new UsageException($"there is no way to change texts by; name some of {Ways}");
        var changes = TextChanges.None;
        foreach (string name in request.By)
        {
            int way = AugmentRequest.Ways.TakeWhile(w => w != name).Count();
            if (way == AugmentRequest.Ways.Count)
                throw new UsageException(Nearest.Unknown("way to change a text", name, AugmentRequest.Ways));
            changes |= (TextChanges)(1 << way);
        }
        bool words = (changes & (TextChanges.Synonyms | TextChanges.Insert)) != 0;
        try
        {
            return new TextAugmenter(new AugmentOptions(changes, request.Rate, request.MostChanged), words ? WordNetDatabase.Default : null,
                request.Seed);
        }
        catch (ArgumentException)
        {
            throw new UsageException("--rate and --most-changed lie above 0 and at most at 1");
        }
    }

    private static string Ways => string.Join(", ", AugmentRequest.Ways);

    private AugmentedText[] Copies(TextAugmenter augmenter, TextItem item, long record)
    {
        var spans = TextAugmenter.Occurrences(item.Text, request.LabelField is null ? null : item.Input);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, request.Copies).Select(copy => augmenter.Change(item.Text, record, copy, spans))
            .Select(c => c.Text is null || seen.Add(c.Text) ? c : new AugmentedText(null, [], Repeated))];
    }

    private static void List(TextRecords records, Dictionary<long, (int Copy, string Rule)[]> rejected, Stream to)
    {
        using var buffered = new BufferedStream(to, 1 << 16);
        foreach (var (record, line, fields) in records.Chosen(rejected.ContainsKey))
            foreach (var (copy, rule) in rejected[record])
                PlainJson.Line(buffered, json => new JsonObject
                {
                    ["record"] = record + 1, ["line"] = line, ["copy"] = copy, ["rule"] = rule, ["fields"] = fields.DeepClone(),
                }.WriteTo(json));
        buffered.Flush();
    }

    /// <summary>The copies of record after record, made a batch at a time: of those behind, only the rejected are kept, by their
    /// rules.</summary>
    private sealed class CopyStream(Augmenting owner, TextAugmenter augmenter, TextRecords records) : IDisposable
    {
        private readonly IEnumerator<IReadOnlyList<TextItem>> _batches = records.Batches().GetEnumerator();
        private AugmentedText[][] _batch = [];
        private long _first;

        /// <summary>By record: copies, numbered from 1, and the rules that rejected them.</summary>
        public Dictionary<long, (int Copy, string Rule)[]> Rejected { get; } = [];

        public long Records => _first + _batch.Length;

        public long Made { get; private set; }

        /// <summary>The copies of a record that stand; records are asked for in order, each once.</summary>
        public IReadOnlyList<string> Texts(long record)
        {
            if (record == _first + _batch.Length) Next();
            var copies = _batch[record - _first];
            string[] made = [.. copies.Where(c => c.Text is not null).Select(c => c.Text!)];
            if (made.Length < copies.Length)
                Rejected[record] = [.. copies.Index().Where(c => c.Item.Rule is not null).Select(c => (c.Index + 1, c.Item.Rule!))];
            Made += made.Length;
            return made;
        }

        public void Dispose() => _batches.Dispose();

        private void Next()
        {
            _first += _batch.Length;
            _batches.MoveNext();
            var items = _batches.Current;
            _batch = new AugmentedText[items.Count][];
            Work.For((_batch.Length + PieceRecords - 1) / PieceRecords, owner._run, piece =>
            {
                for (int i = piece * PieceRecords; i < Math.Min(_batch.Length, (piece + 1) * PieceRecords); i++)
                    _batch[i] = owner.Copies(augmenter, items[i], _first + i);
            });
            owner._run.Progress.Report(new StageProgress("changing", Records, 0, "records"));
        }
    }
}
