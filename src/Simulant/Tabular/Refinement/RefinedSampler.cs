using System.Text;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Refinement;

/// <summary>
/// A fitted sampler whose rows were chosen from a pool: row i is the pool's row <c>chosen[i]</c>. The choice was made for one seed
/// and one number of rows, so it holds for these alone; keys and made-up values follow the index of the delivered row, unless
/// a constraint or condition reads them.
/// </summary>
public sealed class RefinedSampler : IConditionalSampler, IScoringSampler, ITrained
{
    private const uint Magic = 0x44_4E_46_52; // "RFND"
    private const int Format = 1;

    private readonly TableSampler _inner;
    private readonly long[] _chosen;
    private readonly bool _keepNames;

    internal RefinedSampler(TableSampler inner, ulong seed, long poolRows, long[] chosen)
    {
        (_inner, Seed, PoolRows, _chosen) = (inner, seed, poolRows, chosen);
        _keepNames = inner.RulesReadTheIndex;
    }

    public DatasetSchema Schema => _inner.Schema;

    public TrainingCurve? Training => _inner.Training;

    /// <summary>The sample seed that the rows were chosen under.</summary>
    public ulong Seed { get; }

    /// <summary>Rows there are.</summary>
    public long Rows => _chosen.Length;

    /// <summary>Rows they were chosen from.</summary>
    public long PoolRows { get; }

    /// <summary>The sampler without the choice.</summary>
    public ISampler Unrefined => _inner;

    /// <exception cref="ArgumentException">Another seed, or a row past the last: ask for neither.</exception>
    public Dataset Sample(ItemRange items, RunContext run)
    {
        if (run.Seed != Seed) throw new ArgumentException($"the rows were chosen under seed {Seed}, not {run.Seed}", nameof(run));
        if (items.Start < 0 || items.End > Rows)
            throw new ArgumentException($"rows up to {items.End} were asked for, and {Rows} were chosen", nameof(items));
        long[] drawn = _chosen.AsSpan((int)items.Start, items.Count).ToArray();
        long[] named = new long[items.Count];
        for (int r = 0; r < named.Length; r++) named[r] = items.Start + r;
        return Dataset.Of(_inner.SampleItems(drawn, _keepNames ? drawn : named, run));
    }

    /// <summary>Rows under a condition are drawn afresh, not chosen.</summary>
    public ISampler Where(Expression condition) => _inner.Where(condition);

    /// <inheritdoc cref="Where"/>
    public ISampler Given(Func<long, string> textOf, Func<string, long, Expression> parse) => _inner.Given(textOf, parse);

    /// <inheritdoc cref="Where"/>
    public ISampler Given(Table known, bool fill, Func<long, string> textOf, Func<string, long, Expression> parse) =>
        _inner.Given(known, fill, textOf, parse);

    public IReadOnlyList<string> Learned => _inner.Learned;

    public bool CanScore => _inner.CanScore;

    public RowScores Score(Table rows, int orders, RunContext run) => _inner.Score(rows, orders, run);

    public void Save(Stream to)
    {
        using (var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(Seed);
            writer.Write(PoolRows);
            writer.Write(_chosen.Length);
            long before = -1;
            foreach (long row in _chosen)
            {
                writer.Write7BitEncodedInt64(row - before);
                before = row;
            }
        }
        _inner.Save(to);
    }

    /// <summary>Whether the stream, which stays where it is, goes on with a refined sampler.</summary>
    internal static bool IsNext(Stream from) => TableSamplerFile.StartsWith(from, Magic);

    internal static RefinedSampler Load(Stream from, Func<Stream, TableSampler> inner)
    {
        ulong seed;
        long poolRows;
        long[] chosen;
        using (var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true))
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Format)
                throw new InvalidDataException("these are not the bytes of a refined model of this version");
            seed = reader.ReadUInt64();
            poolRows = reader.ReadInt64();
            int count = reader.ReadInt32();
            if (count < 0 || count > poolRows || poolRows > RefineSpec.MostPoolRows)
                throw new InvalidDataException("the model's bytes are damaged: an impossible number of chosen rows");
            chosen = new long[count];
            long before = -1;
            for (int i = 0; i < count; i++)
            {
                long step = reader.Read7BitEncodedInt64();
                if (step <= 0 || step > poolRows - 1 - before)
                    throw new InvalidDataException("the model's bytes are damaged: a chosen row outside the pool");
                chosen[i] = before += step;
            }
        }
        return new RefinedSampler(inner(from), seed, poolRows, chosen);
    }
}
