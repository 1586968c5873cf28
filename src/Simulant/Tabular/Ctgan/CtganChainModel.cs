using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Ctgan;

/// <summary>The fitted repaired generator.</summary>
internal sealed class CtganChainModel : ChainModel
{
    private readonly ConditionCodes _conditions;
    private readonly ParameterStore _store;
    private readonly CtganChain _network;
    private readonly int _width;

    public CtganChainModel(IReadOnlyList<ModelColumn> columns, ChainLayout layout, int latents, int width) : base(columns, layout)
    {
        (Latents, _width) = (latents, width);
        _conditions = ConditionsOf(columns, layout);
        _store = new ParameterStore(new RandomStream(0, "ctgan generator"));
        _network = new CtganChain(_store, layout, _conditions.Width, latents, width, null);
    }

    protected override int Latents { get; }

    protected override Chain Chain => _network.Chain;

    /// <summary>Columns of levels that one code tells apart can be named by a condition.</summary>
    public static ConditionCodes ConditionsOf(IReadOnlyList<ModelColumn> columns, ChainLayout layout) =>
        new([.. Enumerable.Range(0, columns.Count).Where(c => !columns[c].IsNumeric && !layout.IsSplit(c))],
            [.. layout.Bins.Select(b => CollapseMeter.Normal(b.Counts))], layout.Bins.Length == 0 ? 0 : layout.Bins[0].Counts.Sum());

    /// <summary>Takes over trained weights of the same shape.</summary>
    public CtganChainModel With(ParameterStore trained)
    {
        trained.Values.CopyTo(_store.Values);
        return this;
    }

    protected override (int Column, int[]? Numbers, int[]? Bins) Force(DrawBatch batch)
    {
        if (_conditions.Width == 0) return (-1, null, null);
        var (named, codes, columns) = _conditions.Plan(batch, (allowed, bin) =>
        {
            var (low, high) = Layout.Bins[allowed.Column].AllowedShare(bin, allowed);
            return high - low;
        });
        int[] numbers = new int[codes.Length];
        for (int r = 0; r < numbers.Length; r++) numbers[r] = _conditions.Number(columns[r], codes[r]);
        return (named, numbers, codes);
    }

    protected override Tensor Context(Tape tape, Tensor z, (int Column, int[]? Numbers, int[]? Bins) forced, int start) =>
        _network.Context(tape, z, forced.Numbers is null ? new int[z.Rows] : forced.Numbers[start..(start + z.Rows)], momentum: 0);

    /// <summary>One column that a condition can name follows the conditional distribution that the generator learned.</summary>
    public override bool RestrictsExactly(IReadOnlyList<int> restricted) =>
        restricted.Count == 0 || (restricted.Count == 1 && _conditions.CanName(restricted[0]));

    public override void Save(BinaryWriter to)
    {
        to.Write((byte)ModelKind.Chain);
        to.Write(Latents);
        to.Write(_width);
        Layout.Save(to);
        to.Write(Training is not null);
        if (Training is not null) TrainingCurves.Write(Training, to);
        ModelWeights.Write(to, _store);
    }

    public static CtganChainModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        var (latents, width) = CtganModel.ReadSizes(from);
        var model = new CtganChainModel(columns, ChainLayout.Load(from, columns), latents, width) { Training = ReadCurve(from) };
        ModelWeights.Read(from, model._store);
        return model;
    }
}
