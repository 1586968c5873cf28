using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Tvae;

/// <summary>The fitted decoder; the encoder stays with it, so that a model can be looked into.</summary>
internal sealed class TvaeModel : LatentModel
{
    private readonly ParameterStore _store;
    private readonly TvaeNetwork _network;
    private readonly int _width;
    private readonly Lazy<ReadyNetwork> _ready;

    public TvaeModel(IReadOnlyList<ModelColumn> columns, RowLayout layout, int latents, int width) : base(columns, layout)
    {
        (Latents, _width) = (latents, width);
        _store = new ParameterStore(new RandomStream(0, "tvae network"));
        _network = new TvaeNetwork(_store, layout, latents, width);
        _ready = new Lazy<ReadyNetwork>(_network.Ready);
    }

    protected override int Latents { get; }

    /// <summary>Takes over trained weights of the same shape.</summary>
    public TvaeModel With(ParameterStore trained)
    {
        trained.Values.CopyTo(_store.Values);
        return this;
    }

    protected override ConditionPlan PlanOf(DrawBatch batch) => new(-1, null, null);

    protected override ReadyNetwork Network => _ready.Value;

    protected override float[]? Spread => _network.Spread;

    /// <summary>What a restriction says of the latent numbers is not known beforehand.</summary>
    public override bool RestrictsExactly(IReadOnlyList<int> columns) => columns.Count == 0;

    public override void Save(BinaryWriter to)
    {
        to.Write((byte)ModelKind.Modes);
        to.Write(Latents);
        to.Write(_width);
        Layout.Save(to);
        to.Write(Training is not null);
        if (Training is not null) TrainingCurves.Write(Training, to);
        ModelWeights.Write(to, _store);
    }

    public static TvaeModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        var (latents, width) = ReadSizes(from);
        var model = new TvaeModel(columns, RowLayout.Load(from, columns), latents, width) { Training = ReadCurve(from) };
        ModelWeights.Read(from, model._store);
        return model;
    }

    public static (int Latents, int Width) ReadSizes(BinaryReader from)
    {
        int latents = from.ReadInt32(), width = from.ReadInt32();
        return latents is >= 4 and <= 4096 && latents % 4 == 0 && width is >= 1 and <= 8192
            ? (latents, width) : throw new InvalidDataException("the network's sizes are damaged");
    }
}
