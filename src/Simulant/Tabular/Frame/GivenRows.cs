using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>
/// A condition for each item, known when it is drawn. Items of a block that have the same condition are drawn together; nothing
/// is kept from block to block, so millions of distinct conditions need no more memory than one block's.
/// </summary>
internal sealed class GivenRows(FrameColumns frame, Func<long, string> textOf, Func<string, long, Expression> parse) : IStrata
{
    public IEnumerable<(Stratum Stratum, int[] Rows)> Divide(ReadOnlyMemory<long> items, RandomStream stream)
    {
        var groups = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < items.Length; i++)
        {
            string text = textOf(items.Span[i]);
            if (groups.TryGetValue(text, out var rows)) rows.Add(i);
            else groups.Add(text, [i]);
        }
        foreach (var (text, rows) in groups)
        {
            if (text.Length == 0)
            {
                yield return (new Stratum("", [], [], [], 1), [.. rows]); // nothing is known of these
                continue;
            }
            var condition = parse(text, items.Span[rows[0]]);
            yield return (new Stratum(text, frame.AllowedBy(condition), [condition], [], 1), [.. rows]);
        }
    }
}
