using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Ctgan;

/// <summary>The fitted generator.</summary>
internal sealed class CtganModel : LatentModel
{
    private readonly ConditionCodes _conditions;
    private readonly ParameterStore _store;
    private readonly Generator _generator;
    private readonly int _width;
    private readonly Lazy<ReadyNetwork> _ready;

    public CtganModel(IReadOnlyList<ModelColumn> columns, RowLayout layout, double[][] frequency, int latents, int width)
        : base(columns, layout)
    {
        (Latents, _width) = (latents, width);
        _conditions = ConditionsOf(layout, frequency, 1);
        _store = new ParameterStore(new RandomStream(0, "ctgan generator"));
        _generator = new Generator(_store, layout.Width, _conditions.Width, latents, width);
        _ready = new Lazy<ReadyNetwork>(_generator.Ready);
    }

    protected override int Latents { get; }

    /// <summary>Takes over trained weights of the same shape.</summary>
    public CtganModel With(ParameterStore trained)
    {
        trained.Values.CopyTo(_store.Values);
        return this;
    }

    /// <summary>Columns without modes can be named by a condition.</summary>
    public static ConditionCodes ConditionsOf(RowLayout layout, double[][] frequency, int rows) =>
        new([.. Enumerable.Range(0, layout.Columns.Count).Where(c => layout.Columns[c].IsDiscrete)], frequency, rows);

    protected override ConditionPlan PlanOf(DrawBatch batch)
    {
        if (_conditions.Width == 0) return new ConditionPlan(-1, null, null);
        var (named, codes, columns) = _conditions.Plan(batch, (allowed, code) => Layout.Columns[allowed.Column].Share(code, 0, allowed));
        return new ConditionPlan(named, codes, columns);
    }

    protected override ReadyNetwork Network => _ready.Value;

    protected override void Conditions(ConditionPlan plan, int start, Span<int> numbers)
    {
        if (plan is { Codes: { } codes, Columns: { } columns })
            for (int r = 0; r < numbers.Length; r++) numbers[r] = _conditions.Number(columns[start + r], codes[start + r]);
        else numbers.Clear();
    }

    /// <summary>One column that a condition can name follows the conditional distribution that the generator learned.</summary>
    public override bool RestrictsExactly(IReadOnlyList<int> columns) =>
        columns.Count == 0 || (columns.Count == 1 && _conditions.CanName(columns[0]));

    public override void Save(BinaryWriter to)
    {
        to.Write((byte)ModelKind.Modes);
        to.Write(Latents);
        to.Write(_width);
        Layout.Save(to);
        foreach (double[] column in _conditions.Frequency)
            foreach (double share in column) to.Write(share);
        to.Write(Training is not null);
        if (Training is not null) TrainingCurves.Write(Training, to);
        ModelWeights.Write(to, _store);
    }

    public static CtganModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        var (latents, width) = ReadSizes(from);
        var layout = RowLayout.Load(from, columns);
        double[][] frequency = [.. layout.Columns.Select(c => new double[c.Codes])];
        foreach (double[] column in frequency)
            for (int k = 0; k < column.Length; k++) column[k] = from.ReadDouble();
        var model = new CtganModel(columns, layout, frequency, latents, width) { Training = ReadCurve(from) };
        ModelWeights.Read(from, model._store);
        return model;
    }

    public static (int Latents, int Width) ReadSizes(BinaryReader from)
    {
        int latents = from.ReadInt32(), width = from.ReadInt32();
        return latents is >= 4 and <= 4096 && latents % 4 == 0 && width is >= 1 and <= 8192
            ? (latents, width) : throw new InvalidDataException("the generator's sizes are damaged");
    }
}
