using Simulant.Text.Filters.Overlap;

namespace Simulant.Text.Recipes.Steps;

/// <summary>Sets a field to a template's text.</summary>
public sealed class SetStep(string name, string field, PromptTemplate text) : LocalStep(name, text.Fields, [field])
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        draft.Set(field, text.Fill(draft.Fields));
        return [draft];
    }

    public override void Foresee(Forecast forecast) => forecast[field] = text.Tokens(forecast);
}

/// <summary>Computes fields from fields.</summary>
/// <param name="compute">The texts of the written fields in their order; null rejects by <paramref name="rule"/>.</param>
public sealed class ComputeStep(string name, IReadOnlyList<string> reads, IReadOnlyList<string> writes, string rule,
    Func<Draft, IReadOnlyList<string>?> compute) : LocalStep(name, reads, writes)
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        if (compute(draft) is not { } texts) draft.Reject(Name, rule);
        else for (int i = 0; i < Writes.Count; i++) draft.Set(Writes[i], texts[i]);
        return [draft];
    }
}

/// <summary>Draws one of some texts, each as likely as its weight says; the draw is addressed by the candidate.</summary>
public sealed class DrawStep : LocalStep
{
    private readonly IReadOnlyList<string> _texts;
    private readonly double[] _until;

    /// <param name="weights">At least 0, some above; null for all alike.</param>
    public DrawStep(string name, string field, IReadOnlyList<string> texts, IReadOnlyList<double>? weights = null) : base(name, [], [field])
    {
        ArgumentOutOfRangeException.ThrowIfZero(texts.Count);
        _texts = texts;
        _until = new double[texts.Count];
        double sum = 0;
        for (int i = 0; i < texts.Count; i++) _until[i] = sum += weights?[i] ?? 1;
    }

    public override void Foresee(Forecast forecast) =>
        forecast[Writes[0]] = _texts.Average(t => (double)Models.TokenCount.Estimate(t));

    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        double at = context.Stream(Name).Uniform(draft.Index, 0) * _until[^1];
        int chosen = Array.FindIndex(_until, u => at < u);
        draft.Set(Writes[0], _texts[chosen < 0 ? _texts.Count - 1 : chosen]);
        return [draft];
    }
}

/// <summary>Makes a record of each text of a list; all go on alone.</summary>
/// <param name="expected">About how many, for the estimate.</param>
public sealed class SplitStep(string name, string list, string field, double expected) : LocalStep(name, [list], [field])
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        if (TextList.Read(draft[list]) is not { Count: > 0 } texts)
        {
            draft.Reject(Name, "nothing in the list");
            return [draft];
        }
        var parts = new Draft[texts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = draft.Fork(i);
            parts[i].Set(field, texts[i]);
        }
        return parts;
    }

    public override void Foresee(Forecast forecast)
    {
        forecast[field] = forecast[list] / Math.Max(1, expected);
        forecast.Records *= expected;
    }
}

/// <summary>
/// Rejects records too like one that the pool held when their round began. The rest of the round is compared when they are accepted,
/// by <see cref="NovelAcceptance"/>.
/// </summary>
public sealed class NovelStep(string name, string field, NovelTexts texts) : LocalStep(name, [field], [])
{
    public override bool SeesPool => true;

    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        if (texts.Nearest(draft[field], context.Pool, 0, context.Cancel) is { } like) draft.Reject(Name, NovelTexts.Rule, $"like {like}");
        return [draft];
    }
}

/// <summary>The other half of <see cref="NovelStep"/>: members that came after the record's round began.</summary>
public sealed class NovelAcceptance(string name, string field, NovelTexts texts) : IAcceptance, IAcceptanceRun
{
    public string Name { get; } = name;
    public IReadOnlyList<string> Reads { get; } = [field];

    public IAcceptanceRun Start() => this;

    public Rejection? Judge(TextRecord record, Pool pool, int seen) =>
        texts.Nearest(record[field], pool.Now(), seen, CancellationToken.None) is { } like
            ? new Rejection(Name, NovelTexts.Rule, $"like {like}") : null;

    public void Accepted(TextRecord record)
    {
    }
}

/// <summary>
/// Compares a text with a field of pool members by ROUGE-L, through an index that grows as the pool does. Any number of steps may ask; one
/// at a time is answered, each in a small part of the time that a look at every member takes.
/// </summary>
/// <param name="limit">Above which two texts are too alike, 0 to 1.</param>
public sealed class NovelTexts(string field, double limit)
{
    private readonly RougeIndex.Search _search = new();
    private readonly Lock _gate = new();
    private Pool? _pool;
    private WordNumbers _words = new();
    private RougeIndex _index = null!;

    public const string Rule = "too like another";

    /// <summary>The first member from <paramref name="from"/> on that is too like the text, or null.</summary>
    public string? Nearest(string text, PoolView pool, int from, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // Another pool is another run's.
            if (_pool != pool.Whole) (_pool, _words, _index) = (pool.Whole, new WordNumbers(), null!);
            _index ??= new RougeIndex(_words, limit);
            while (_index.Count < pool.Count) _index.Add(RougeL.Words(pool[_index.Count].Fields.Find(field) ?? "", _words));
            return _index.First(RougeL.Words(text, _words), _search, from, pool.Count) is { } like ? pool[like.Item].Id : null;
        }
    }
}

/// <summary>Rejects records whose fields an accepted one has, spaces and case aside.</summary>
public sealed class UniqueAcceptance(string name, IReadOnlyList<string> fields) : IAcceptance
{
    public string Name { get; } = name;
    public IReadOnlyList<string> Reads { get; } = fields;

    public IAcceptanceRun Start() => new Run(this);

    private sealed class Run(UniqueAcceptance rule) : IAcceptanceRun
    {
        private readonly HashSet<ulong> _seen = [];

        public Rejection? Judge(TextRecord record, Pool pool, int seen) =>
            _seen.Contains(Normal(record)) ? new Rejection(rule.Name, "the same as another") : null;

        public void Accepted(TextRecord record) => _seen.Add(Normal(record));

        private ulong Normal(TextRecord record) => TextRecord.Of(rule.Reads.Select(f => KeyValuePair.Create(f,
            string.Join(' ', (record.Find(f) ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))
            .Hash();
    }
}
