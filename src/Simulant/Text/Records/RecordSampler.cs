using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Text.Records;

/// <summary>A recipe without a model as a sampler: its options and the number of records are all that it stores.</summary>
public sealed class RecordSampler : ISampler
{
    private const int PieceRecords = 256;
    private const string StoredName = "the stored recipe";

    private readonly IRecordRecipe _recipe;
    private readonly OptionValues _values;
    private readonly long _records;
    private readonly string _layout;
    private readonly RecordShape _shape;
    private readonly Lock _opening = new();
    private (ulong Seed, IRecordSource Source)? _open;

    /// <param name="recipe">What makes the records.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="values">Options without fault.</param>
    /// <param name="records">Records that the set has, at least 1.</param>
    /// <param name="layout">One of <see cref="RecordShape.Names"/> that the recipe's roles allow.</param>
    public RecordSampler(IRecordRecipe recipe, string name, OptionValues values, long records, string layout)
    {
        (_recipe, _values, _records, _layout) = (recipe, values, records, layout);
        _shape = new RecordShape(layout, recipe.Columns, recipe.Roles);
        Schema = new DatasetSchema([new TableSchema(name, _shape.Columns)]);
    }

    public DatasetSchema Schema { get; }

    public Dataset Sample(ItemRange items, RunContext run)
    {
        var source = Source(run.Seed);
        source.Prepare(items, run);
        var columns = _recipe.Columns;
        var texts = columns.Select(c => c.IsNumericStorage ? [] : new string?[items.Count]).ToArray();
        double[][] numbers = [.. columns.Select(c => c.IsNumericStorage ? new double[items.Count] : [])];
        Work.For((items.Count + PieceRecords - 1) / PieceRecords, run, piece =>
        {
            var row = new RecordRow(columns.Count);
            int end = Math.Min(items.Count, (piece + 1) * PieceRecords);
            for (int i = piece * PieceRecords; i < end; i++)
            {
                row.Clear();
                source.Write(items.Start + i, row);
                for (int c = 0; c < columns.Count; c++)
                {
                    if (columns[c].IsNumericStorage) numbers[c][i] = row.Number(c);
                    else texts[c][i] = row.Text(c);
                }
            }
        });
        return Dataset.Of(new Table(Schema.Single.Name, _shape.Of(
        [
            .. columns.Select((column, c) => column.IsNumericStorage ? (Column)new NumericColumn(column, numbers[c])
                : CodedColumn.From(column, texts[c])),
        ])));
    }

    public void Save(Stream to)
    {
        var model = new JsonObject
        {
            ["name"] = Schema.Single.Name, ["records"] = _records, ["shape"] = _layout, ["options"] = _values.ToJson(),
        };
        to.Write(Encoding.UTF8.GetBytes(model.ToJsonString(PlainJson.Serializer)));
    }

    /// <summary>Reads back what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a program with other options.</exception>
    public static RecordSampler Load(IRecordRecipe recipe, Stream from)
    {
        using var reader = new StreamReader(from, Encoding.UTF8);
        var faults = new DiagnosticBag();
        if (JsonNodes.Read(reader.ReadToEnd(), StoredName, faults) is not SpecMap map
            || map["name"] is not SpecScalar name || map["options"] is not SpecMap options
            || map["shape"] is not SpecScalar layout
            || map["records"] is not SpecScalar count || SpecScalar.ParseNumber(count.Text) is not { } records)
            throw new InvalidDataException(faults.All is [var first, ..] ? first.Message : "it holds no recipe");
        var values = recipe.Options.Read(options, faults);
        recipe.Check(values, options, (long)records, faults);
        if (faults.All.FirstOrDefault(f => f.Severity == Severity.Error) is { } fault) throw new InvalidDataException(fault.Message);
        if (!RecordShape.Names.Contains(layout.Text) || RecordShape.Lacks(layout.Text, recipe.Roles) is not null)
            throw new InvalidDataException($"it has no layout '{layout.Text}'");
        return new RecordSampler(recipe, name.Text, values, (long)records, layout.Text);
    }

    /// <summary>Opened once a seed; the last is kept, since a run has one.</summary>
    private IRecordSource Source(ulong seed)
    {
        lock (_opening)
        {
            if (_open is { } open && open.Seed == seed) return open.Source;
            var source = _recipe.Open(_values, _records, seed);
            _open = (seed, source);
            return source;
        }
    }
}
