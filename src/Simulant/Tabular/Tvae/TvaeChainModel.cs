using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Tvae;

/// <summary>The fitted repaired network.</summary>
internal sealed class TvaeChainModel : ChainModel
{
    private readonly ParameterStore _store;
    private readonly TvaeChain _network;
    private readonly int _width;

    public TvaeChainModel(IReadOnlyList<ModelColumn> columns, ChainLayout layout, int latents, int width) : base(columns, layout)
    {
        (Latents, _width) = (latents, width);
        _store = new ParameterStore(new RandomStream(0, "tvae network"));
        _network = new TvaeChain(_store, layout, latents, width, null);
    }

    protected override int Latents { get; }

    protected override Chain Chain => _network.Chain;

    /// <summary>Takes over trained weights of the same shape.</summary>
    public TvaeChainModel With(ParameterStore trained)
    {
        trained.Values.CopyTo(_store.Values);
        return this;
    }

    protected override Tensor Context(Tape tape, Tensor z, (int Column, int[]? Numbers, int[]? Bins) forced, int start) =>
        _network.Context(tape, z);

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

    public static TvaeChainModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        var (latents, width) = TvaeModel.ReadSizes(from);
        var model = new TvaeChainModel(columns, ChainLayout.Load(from, columns), latents, width) { Training = ReadCurve(from) };
        ModelWeights.Read(from, model._store);
        return model;
    }
}
