using System.Text;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>
/// The training rows, and rows made for what they have too few of: item i below <see cref="RealCount"/> is training row i, every later one
/// is drawn under a condition. Keys, personal data and free text are made up for all of them, since they are never given out as they are.
/// The real rows lie in the model, so a set can be drawn and verified again without its source.
/// </summary>
public sealed class SupplementedSampler : IConditionalSampler, IScoringSampler, ITrained
{
    private const uint Magic = 0x4C_50_50_53; // "SPPL"
    private const int Format = 1;

    private readonly TableSampler _inner;
    private readonly RealRows _real;
    private readonly string? _mark;

    internal SupplementedSampler(TableSampler inner, Table training, string? mark)
        : this(inner, RealRows.Of(training, inner.Generated), mark)
    {
    }

    private SupplementedSampler(TableSampler inner, RealRows real, string? mark)
    {
        (_inner, _real, _mark) = (inner, real, mark);
        var schema = inner.Schema.Single;
        Schema = mark is null ? inner.Schema : new DatasetSchema([schema with { Columns = [.. schema.Columns, MarkSchema(mark)] }]);
    }

    public DatasetSchema Schema { get; }
    public TrainingCurve? Training => _inner.Training;

    /// <summary>Items below are real rows.</summary>
    public int RealCount => _real.Count;

    /// <summary>Real rows, and those that were to be made.</summary>
    public long Rows => RealCount + _inner.Conditions.Total;

    /// <summary>What the made rows come from, without the real ones and the mark.</summary>
    public ISampler Made => _inner;

    public IReadOnlyList<string> Learned => _inner.Learned;
    public bool CanScore => _inner.CanScore;

    public Dataset Sample(ItemRange items, RunContext run)
    {
        run.Cancel.ThrowIfCancellationRequested();
        int real = (int)Math.Clamp(RealCount - items.Start, 0, items.Count);
        var parts = new List<Table>();
        if (real > 0)
        {
            int start = (int)items.Start;
            long[] index = [.. Enumerable.Range(0, real).Select(r => (long)start + r)];
            parts.Add(_inner.Complete(name => _real.Column(name, start, real), (name, r) => _real.IsMissing(name, start + r), index,
                run.Seed));
        }
        if (real < items.Count || real == 0) parts.Add(_inner.Sample(new ItemRange(items.Start + real, items.Count - real), run).Single);
        var columns = _inner.Schema.Single.Columns.Select((schema, c) => Joined(schema, [.. parts.Select(p => p.Columns[c])])).ToList();
        if (_mark is not null)
            columns.Add(new CodedColumn(MarkSchema(_mark), [.. Enumerable.Range(0, items.Count).Select(r => r < real ? 0 : 1)],
                [SupplementSpec.Real, SupplementSpec.Made]));
        return Dataset.Of(new Table(_inner.Schema.Single.Name, columns));
    }

    /// <summary>Rows under a condition are made ones, without the mark.</summary>
    public ISampler Where(Expression condition) => _inner.Where(condition);

    /// <inheritdoc cref="Where"/>
    public ISampler Given(Func<long, string> textOf, Func<string, long, Expression> parse) => _inner.Given(textOf, parse);

    /// <inheritdoc cref="Where"/>
    public ISampler Given(Table known, bool fill, Func<long, string> textOf, Func<string, long, Expression> parse) =>
        _inner.Given(known, fill, textOf, parse);

    public RowScores Score(Table rows, int orders, RunContext run) => _inner.Score(rows, orders, run);

    private static ColumnSchema MarkSchema(string name) => new(name, ColumnKind.Category);

    private static Column Joined(ColumnSchema schema, Column[] parts)
    {
        if (parts.Length == 1) return parts[0].With(schema);
        if (schema.IsNumericStorage)
            return new NumericColumn(schema, [.. parts.SelectMany(p => ((NumericColumn)p).Values.ToArray())]);
        var place = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new List<int>();
        foreach (CodedColumn part in parts.Cast<CodedColumn>())
        {
            int[] moved = [.. part.Levels.Select(level => place.TryGetValue(level, out int at) ? at : place[level] = place.Count)];
            foreach (int code in part.Codes) codes.Add(code < 0 ? -1 : moved[code]);
        }
        return new CodedColumn(schema, [.. codes], [.. place.OrderBy(p => p.Value).Select(p => p.Key)]);
    }

    public void Save(Stream to)
    {
        using (var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(_mark ?? "");
            _real.Write(writer);
        }
        _inner.Save(to);
    }

    /// <summary>Whether the stream, which stays where it is, goes on with a supplemented sampler.</summary>
    internal static bool IsNext(Stream from) => TableSamplerFile.StartsWith(from, Magic);

    internal static SupplementedSampler Load(Stream from, Func<Stream, TableSampler> inner)
    {
        string mark;
        Func<TableSchema, RealRows> real;
        using (var reader = new BinaryReader(from, Encoding.UTF8, leaveOpen: true))
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Format)
                throw new InvalidDataException("these are not the bytes of a supplemented model of this version");
            mark = reader.ReadString();
            real = RealRows.Read(reader);
        }
        var sampler = inner(from);
        return new SupplementedSampler(sampler, real(sampler.Schema.Single), mark.Length == 0 ? null : mark);
    }
}
