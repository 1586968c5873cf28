using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs.Records;
using Simulant.Specs;
using Simulant.Text.Embeddings;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Facts;
using Simulant.Text.Filters.Overlap;
using Simulant.Text.Filters.Rules;

namespace Simulant.Runs;

/// <summary>Records of text, those removed that a rule names, every one of them listed with the rule and what it found.</summary>
internal sealed class Filtering(Corridor corridor, FilterRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private readonly RunContext _run = new(request.Seed, request.Threads, progress, cancel);

    public FilterOutcomes Run()
    {
        string format = SingleFile.FormatOf(request.Output);
        string removedFile = Path.ChangeExtension(request.Output, null) + ".removed.jsonl";
        SingleFile.Refuse(request.Output, request.Force);
        SingleFile.Refuse(removedFile, request.Force);
        var (rules, conflicts) = Rules();
        CheckAsked(rules.Count > 0 || conflicts);
        var notes = new List<string>();
        var given = new TextFields(request.TextField ?? "", request.InputField, request.OutputField);
        var records = TextRecords.Open(request.Data, given, format, request.Threads, cancel);
        var filters = new List<ITextFilter>();
        if (rules.Count > 0) filters.Add(new RuleFilter(rules));
        if (conflicts) filters.Add(new ConflictFilter());
        if (request.Decontaminate.Count > 0) filters.Add(Decontamination(given, notes));
        if (request.Facts is { } facts) filters.Add(new FactFilter(new FactChecker(Known(facts))));
        if (request.Dedup.Contains("exact")) filters.Add(new ExactDuplicates());
        if (request.Dedup.Contains("minhash")) filters.Add(new NearDuplicateFilter(new NearDuplicateOptions { Seed = request.Seed }));
        if (request.Dedup.Contains("embedding")) filters.Add(new EmbeddingDuplicateFilter(SentenceEncoder.Default, (float)request.Cosine));
        if (request.Against.Count > 0)
            filters.Add(new RougeFilter(request.Against.SelectMany(file => Open(file, given).Texts()),
                new RougeOptions { Threshold = request.Similarity }));
        if (request.Good is not null) filters.Add(Quality(given, notes));
        var outcome = FilterChain.Run(records.Batches, filters, _run);
        SingleFile.Write(corridor.Files, removedFile, stream => List(records, outcome, stream));
        SingleFile.Write(corridor.Files, request.Output, stream => records.Write(stream, row => !outcome.Removed.ContainsKey(row)));
        return new FilterOutcomes(outcome.Count, outcome.Count - outcome.Removed.Count, outcome.Counts, removedFile, notes);
    }

    private void CheckAsked(bool rules)
    {
        foreach (string dedup in request.Dedup)
            if (dedup is not ("exact" or "minhash" or "embedding"))
                throw new UsageException($"--dedup is '{dedup}', and must be exact, minhash or embedding");
        if (request.Good is null != request.Bad is null || request.Good is null != request.Top is null)
            throw new UsageException("--good, --bad and --top go together: examples of either kind, and the fraction to keep");
        if (!rules && request.Dedup.Count + request.Decontaminate.Count + request.Against.Count == 0 && request.Good is null
            && request.Facts is null)
            throw new UsageException("there is nothing to filter by; name --rules, --dedup, --decontaminate, --against, --facts or --good");
    }

    /// <summary>The rules of every --rules, each a file or a list as a spec would write it in brackets.</summary>
    private (IReadOnlyList<(TextRule Rule, OptionValues Options)> Rules, bool Conflicts) Rules()
    {
        var faults = new DiagnosticBag();
        var lists = new List<SpecNode>();
        foreach (string asked in request.Rules)
        {
            bool file = Path.GetExtension(asked) is ".yaml" or ".yml" or ".json";
            var root = file ? YamlNodes.Read(RuleFile.Read(asked, faults, "[]"), asked, faults) : YamlNodes.Read($"[{asked}]", "--rules",
                faults);
            if (root is SpecMap { Entries: [{ Key: "rules" } only] }) root = only.Value;
            if (root is SpecList list) lists.AddRange(list.Items);
            else if (root is not null) faults.Error(Codes.WrongType, root.At, "a list of rules was expected");
        }
        var rules = RuleTable.Read(new SpecList(lists, default), faults, out bool conflicts);
        faults.ThrowIfErrors();
        return (rules, conflicts);
    }

    private DecontaminationFilter Decontamination(TextFields given, List<string> notes)
    {
        var index = new BenchmarkIndex();
        var items = new List<BenchmarkItem>();
        foreach (string file in request.Decontaminate)
        {
            long row = 0;
            foreach (string text in Open(file, given).Texts())
            {
                index.Add(text);
                items.Add(new BenchmarkItem(Path.GetFileName(file), row++));
            }
        }
        if (index.TooShort > 0)
            notes.Add($"{index.TooShort} of {index.Count} benchmark items are too short for any run of words to give them away");
        return new DecontaminationFilter(index, items);
    }

    private KnowledgeBase Known(string file)
    {
        var table = TableReader.Read(file, new ReadOptions { MaxThreads = request.Threads }, cancel).Table;
        try
        {
            return KnowledgeBase.Of(table);
        }
        catch (ArgumentException)
        {
            throw new DataException("facts take a table whose first column names what the others tell of, or triples under subject, "
                + "relation and object", file);
        }
    }

    private TopFractionFilter Quality(TextFields given, List<string> notes)
    {
        string[] good = [.. Open(request.Good!, given).Texts()], bad = [.. Open(request.Bad!, given).Texts()];
        foreach (var (file, texts) in new[] { (request.Good!, good), (request.Bad!, bad) })
            if (texts.Length < 10) throw new DataException($"{texts.Length} examples, and at least 10 of each kind are needed", file);
        var classifier = QualityClassifier.Fit(good, bad, _run);
        double auc = Validation.Statistics.RankedScores.Auc([.. classifier.HeldOutScores], [.. classifier.HeldOutGood]);
        notes.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"the classifier tells {classifier.HeldOutScores.Count} examples that it had not seen apart with AUC {auc:0.000}"));
        return new TopFractionFilter(classifier, request.Top!.Value);
    }

    /// <summary>A file beside the one that is filtered: the same field where it has it, else the usual ones.</summary>
    private TextRecords Open(string file, TextFields given) =>
        TextRecords.Open(file, new TextFields(given.Text, null, null), "jsonl", request.Threads, cancel, strict: false);

    private static void List(TextRecords records, FilterOutcome outcome, Stream to)
    {
        using var buffered = new BufferedStream(to, 1 << 16);
        foreach (var (record, line, fields) in records.Chosen(outcome.Removed.ContainsKey))
        {
            var finding = outcome.Removed[record];
            PlainJson.Line(buffered, json => new JsonObject
            {
                ["record"] = record + 1, ["line"] = line, ["rule"] = finding.Rule, ["evidence"] = finding.Evidence, ["fields"] = fields,
            }.WriteTo(json));
        }
        buffered.Flush();
    }
}
