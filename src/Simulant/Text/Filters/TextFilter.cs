using Simulant.Data;

namespace Simulant.Text.Filters;

/// <summary>A record as filters see it.</summary>
/// <param name="Text">What is judged: a document, an instruction, a question.</param>
/// <param name="Input">The instance's input, where the record has one.</param>
/// <param name="Output">The instance's output or answer, where the record has one.</param>
public readonly record struct TextItem(string Text, string? Input = null, string? Output = null);

/// <summary>Why a record was removed.</summary>
/// <param name="Rule">The rule's name, as the table of removed records and the counts carry it.</param>
/// <param name="Evidence">What was found against what was allowed, one line.</param>
public sealed record Finding(string Rule, string Evidence);

/// <summary>Consecutive records.</summary>
/// <param name="First">Number of the first, from 0.</param>
/// <param name="Items">The records.</param>
/// <param name="Found">One a record: null while it stands. Filters pass over records that fell before, and set their own findings.</param>
public sealed record TextBatch(long First, IReadOnlyList<TextItem> Items, Finding?[] Found)
{
    /// <summary>Judges every record that still stands, on as many threads as there are; the judge is a function of the record.</summary>
    public void Judge(RunContext run, Func<int, Finding?> judge)
    {
        const int piece = 64;
        Work.For((Items.Count + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(Items.Count, (p + 1) * piece); i++) Found[i] ??= judge(i);
        });
    }
}

/// <summary>
/// One step of filtering. It sees the records that earlier steps left standing, batch by batch in their order; findings do not
/// depend on threads or on how records were cut into batches.
/// </summary>
public interface ITextFilter
{
    /// <summary>Whether it judges only when it has seen all: later steps then take a pass of their own.</summary>
    bool Whole { get; }

    void Look(TextBatch batch, RunContext run);

    /// <summary>Findings of records that were not judged as they passed; called once, after the last batch.</summary>
    IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run);
}

/// <summary>What became of every record.</summary>
/// <param name="Count">Records seen.</param>
/// <param name="Removed">By number of the record; all others were kept.</param>
public sealed record FilterOutcome(long Count, IReadOnlyDictionary<long, Finding> Removed)
{
    /// <summary>How many fell to each rule, in ordinal order of the rules; they and the kept sum to <see cref="Count"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts =>
    [
        .. Removed.Values.GroupBy(f => f.Rule).Select(g => KeyValuePair.Create(g.Key, g.LongCount())).OrderBy(g => g.Key,
            StringComparer.Ordinal),
    ];
}

/// <summary>Filters in a row over records that can be read again: a record falls to the first that finds something.</summary>
public static class FilterChain
{
    /// <param name="batches">Reads the records from the start, in batches of any size; the same records every time.</param>
    public static FilterOutcome Run(Func<IEnumerable<IReadOnlyList<TextItem>>> batches, IReadOnlyList<ITextFilter> filters, RunContext run)
    {
        var removed = new Dictionary<long, Finding>();
        long count = 0;
        int at = 0;
        do
        {
            // Filters that judge as they go share a pass; one that has to see all first ends it.
            int end = at;
            while (end < filters.Count && !filters[end].Whole) end++;
            end = Math.Min(filters.Count, end + 1);
            count = Pass(batches(), filters, at, end, removed, run);
            for (int f = at; f < end; f++)
                foreach (var (row, finding) in filters[f].Finish(run)) removed.Add(row, finding);
            at = end;
        }
        while (at < filters.Count);
        return new FilterOutcome(count, removed);
    }

    private static long Pass(IEnumerable<IReadOnlyList<TextItem>> batches, IReadOnlyList<ITextFilter> filters, int from, int to,
        Dictionary<long, Finding> removed, RunContext run)
    {
        long first = 0;
        foreach (var items in batches)
        {
            run.Cancel.ThrowIfCancellationRequested();
            var batch = new TextBatch(first, items, new Finding?[items.Count]);
            for (int i = 0; i < items.Count; i++) batch.Found[i] = removed.GetValueOrDefault(first + i);
            for (int f = from; f < to; f++) filters[f].Look(batch, run);
            for (int i = 0; i < items.Count; i++)
                if (batch.Found[i] is { } finding) removed.TryAdd(first + i, finding);
            first += items.Count;
            run.Progress.Report(new StageProgress("filtering", first, 0, "records"));
        }
        return first;
    }
}
