using Simulant.Data;

namespace Simulant.Text.Filters;

/// <summary>
/// Drops every record whose text and input stand elsewhere with another output: which of the answers is right cannot be told.
/// Source: Wang et al., "Self-Instruct", ACL 2023. 48 bytes a record are kept, whatever its length.
/// </summary>
internal sealed class ConflictFilter : ITextFilter
{
    public const string Name = "instance-conflict";

    private readonly Dictionary<UInt128, (long First, UInt128 Output, bool Conflict)> _seen = [];
    private readonly List<(long Row, UInt128 Key)> _rows = [];

    public bool Whole => true;

    public void Look(TextBatch batch, RunContext run)
    {
        for (int i = 0; i < batch.Items.Count; i++)
        {
            if (batch.Found[i] is not null || batch.Items[i].Output is not { } answer) continue;
            var key = TextDigest.Of(batch.Items[i].Text, batch.Items[i].Input ?? "");
            var output = TextDigest.Of(answer);
            _rows.Add((batch.First + i, key));
            if (!_seen.TryGetValue(key, out var before)) _seen.Add(key, (batch.First + i, output, false));
            else if (before.Output != output) _seen[key] = before with { Conflict = true };
        }
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run)
    {
        foreach (var (row, key) in _rows)
            if (_seen[key] is { Conflict: true } found)
                yield return KeyValuePair.Create(row, new Finding(Name,
                    $"the same text and input have different outputs; they first stand in record {found.First + 1}"));
    }
}
