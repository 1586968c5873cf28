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
    /// <summary>Slot of the uniform that chooses a free row's condition.</summary>
    private const int ConditionSlot = 4 << 20;

    private readonly ConditionCodes _conditions;
    private readonly ParameterStore _store;
    private readonly Generator _generator;
    private readonly int _width;

    public CtganModel(IReadOnlyList<ModelColumn> columns, RowLayout layout, double[][] frequency, int latents, int width)
        : base(columns, layout)
    {
        (Latents, _width) = (latents, width);
        _conditions = new ConditionCodes(layout, frequency, 1);
        _store = new ParameterStore(new RandomStream(0, "ctgan generator"));
        _generator = new Generator(_store, layout, _conditions.Width, latents, width);
    }

    protected override int Latents { get; }

    /// <summary>Takes over trained weights of the same shape.</summary>
    public CtganModel With(ParameterStore trained)
    {
        trained.Values.CopyTo(_store.Values);
        return this;
    }

    /// <summary>
    /// Every row has a condition: the first restricted column that one can name, with an allowed code by its frequency, or else any
    /// column and code, as in the training rows.
    /// </summary>
    protected override ConditionPlan PlanOf(DrawBatch batch)
    {
        if (_conditions.Width == 0) return new ConditionPlan(-1, null, null);
        var named = batch.Allowed.FirstOrDefault(a => _conditions.CanName(a.Column));
        int[] codes = new int[batch.Count], columns = new int[batch.Count];
        double[] uniforms = new double[batch.Count];
        StratifiedUniforms.Fill(uniforms, batch, ConditionSlot);
        for (int r = 0; r < codes.Length; r++)
        {
            (columns[r], codes[r]) = named is null ? _conditions.ForSampling(uniforms[r])
                : (named.Column, _conditions.ForAllowed(Layout.Columns[named.Column], named, uniforms[r]));
            if (codes[r] >= 0) continue;
            // No code has an allowed value: an ordinary row, which the frame will refuse.
            named = null;
            (columns[r], codes[r]) = _conditions.ForSampling(uniforms[r]);
        }
        return new ConditionPlan(named?.Column ?? -1, codes, columns);
    }

    protected override NetworkAnswer Answer(Tape tape, Tensor z, ConditionPlan plan, int start)
    {
        int[] numbers = new int[z.Rows];
        if (plan is { Codes: { } codes, Columns: { } columns })
            for (int r = 0; r < numbers.Length; r++) numbers[r] = _conditions.Number(columns[start + r], codes[start + r]);
        var answer = _generator.Apply(tape, z, numbers, momentum: 0);
        return new NetworkAnswer(tape.Softmax(tape.Columns(answer, 0, Layout.Codes), Layout.Offsets),
            Layout.Places == 0 ? tape.New(z.Rows, 0) : _generator.Places(tape, answer), null);
    }

    /// <summary>One column that a condition can name follows the conditional distribution that the generator learned.</summary>
    public override bool RestrictsExactly(IReadOnlyList<int> columns) =>
        columns.Count == 0 || (columns.Count == 1 && _conditions.CanName(columns[0]));

    public override void Save(BinaryWriter to)
    {
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
        int latents = from.ReadInt32(), width = from.ReadInt32();
        if (latents is < 4 or > 4096 || latents % 4 != 0 || width is < 1 or > 8192)
            throw new InvalidDataException("the generator's sizes are damaged");
        var layout = RowLayout.Load(from, columns);
        double[][] frequency = [.. layout.Columns.Select(c => new double[c.Codes])];
        foreach (double[] column in frequency)
            for (int k = 0; k < column.Length; k++) column[k] = from.ReadDouble();
        var model = new CtganModel(columns, layout, frequency, latents, width) { Training = ReadCurve(from) };
        ModelWeights.Read(from, model._store);
        return model;
    }
}
