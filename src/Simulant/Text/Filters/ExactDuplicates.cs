using Simulant.Data;

namespace Simulant.Text.Filters;

/// <summary>Drops records whose normalised text (<see cref="TextDigest"/>), input and output stood before; the first is kept.</summary>
internal sealed class ExactDuplicates : ITextFilter
{
    public const string Name = "exact-duplicate";

    private readonly Dictionary<UInt128, long> _seen = [];

    public bool Whole => false;

    public void Look(TextBatch batch, RunContext run)
    {
        const int piece = 256;
        var digests = new UInt128[batch.Items.Count];
        Work.For((digests.Length + piece - 1) / piece, run, p =>
        {
            for (int i = p * piece; i < Math.Min(digests.Length, (p + 1) * piece); i++)
                if (batch.Found[i] is null && batch.Items[i] is var item)
                    digests[i] = TextDigest.Of(item.Text, item.Input ?? "", item.Output ?? "");
        });
        for (int i = 0; i < digests.Length; i++)
            if (batch.Found[i] is null && !_seen.TryAdd(digests[i], batch.First + i))
                batch.Found[i] = new Finding(Name, $"the same as record {_seen[digests[i]] + 1} but for case and white space at most");
    }

    public IEnumerable<KeyValuePair<long, Finding>> Finish(RunContext run) => [];
}
