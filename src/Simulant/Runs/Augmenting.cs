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
        var copies = Copies(augmenter, records);
        SingleFile.Write(corridor.Files, rejectedFile, stream => List(records, copies, stream));
        SingleFile.Write(corridor.Files, request.Output, stream => records.WriteChanged(stream, request.Originals,
            record => [.. copies[(int)record].Where(c => c.Text is not null).Select(c => c.Text!)]));
        var all = copies.SelectMany(c => c).ToList();
        return new AugmentOutcome(copies.Count, all.Count(c => c.Rule is null),
        [
            .. all.Where(c => c.Rule is not null).GroupBy(c => c.Rule!).Select(g => KeyValuePair.Create(g.Key, g.LongCount()))
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

    /// <summary>By record, its copies in their order.</summary>
    private List<AugmentedText[]> Copies(TextAugmenter augmenter, TextRecords records)
    {
        var all = new List<AugmentedText[]>();
        foreach (var batch in records.Batches())
        {
            var made = new AugmentedText[batch.Count][];
            int first = all.Count;
            Work.For((made.Length + PieceRecords - 1) / PieceRecords, _run, piece =>
            {
                for (int i = piece * PieceRecords; i < Math.Min(made.Length, (piece + 1) * PieceRecords); i++)
                    made[i] = Copies(augmenter, batch[i], first + i);
            });
            all.AddRange(made);
            _run.Progress.Report(new StageProgress("changing", all.Count, 0, "records"));
        }
        return all;
    }

    private AugmentedText[] Copies(TextAugmenter augmenter, TextItem item, int record)
    {
        var spans = TextAugmenter.Occurrences(item.Text, request.LabelField is null ? null : item.Input);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, request.Copies).Select(copy => augmenter.Change(item.Text, record, copy, spans))
            .Select(c => c.Text is null || seen.Add(c.Text) ? c : new AugmentedText(null, [], Repeated))];
    }

    private static void List(TextRecords records, List<AugmentedText[]> copies, Stream to)
    {
        using var buffered = new BufferedStream(to, 1 << 16);
        foreach (var (record, line, fields) in records.Chosen(r => copies[(int)r].Any(c => c.Rule is not null)))
            for (int copy = 0; copy < copies[(int)record].Length; copy++)
            {
                if (copies[(int)record][copy].Rule is not { } rule) continue;
                int number = copy + 1;
                PlainJson.Line(buffered, json => new JsonObject
                {
                    ["record"] = record + 1, ["line"] = line, ["copy"] = number, ["rule"] = rule, ["fields"] = fields.DeepClone(),
                }.WriteTo(json));
            }
        buffered.Flush();
    }
}
