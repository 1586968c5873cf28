using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Tvae;

/// <summary>
/// A variational autoencoder for tables (Xu, Skoularidou, Cuesta-Infante and Veeramachaneni, "Modeling tabular data using
/// conditional GAN", NeurIPS 2019, section 4.5), at the sizes that SDV publishes. See docs/guide/engines/tvae.md.
/// </summary>
public sealed class TvaeEngine : ITableModelEngine
{
    public string Name => "tvae";

    public EngineOptions Options { get; } = new("tvae",
    [
        new("epochs", OptionKind.Integer, "Passes over the training rows.") { Minimum = 1, Maximum = 100_000, Default = "300" },
        new("batch", OptionKind.Integer, "Rows of one step.") { Minimum = 2, Maximum = 65_536, Default = "500" },
        new("latent", OptionKind.Integer, "Normal numbers that a row is made from, rounded up to a multiple of 4.")
            { Minimum = 4, Maximum = 1024, Default = "128" },
        new("width", OptionKind.Integer, "Units of each of the two hidden layers of encoder and decoder.")
            { Minimum = 8, Maximum = 4096, Default = "128" },
        new("learning_rate", OptionKind.Number, "Length of Adam's steps.") { Minimum = 1e-7, Maximum = 0.1, Default = "0.001" },
        new("weight_decay", OptionKind.Number, "What is added of each weight to its gradient.")
            { Minimum = 0, Maximum = 1, Default = "1E-05" },
        new("loss_factor", OptionKind.Number, "Weight of the reconstruction over the divergence of the latent numbers.")
            { Minimum = 0.01, Maximum = 100, Default = "2" },
        new("repairs", OptionKind.Boolean, "Whether codes are bins and drawn one after the other, each given those before it.")
            { Default = "false" },
        new("early_stopping", OptionKind.Boolean, "Whether training ends once rows kept aside gain nothing more.") { Default = "false" },
        new("validation", OptionKind.Number, "Share of the training rows kept aside for that, where it is on; under repairs always.")
            { Minimum = 0.01, Maximum = 0.5, Default = "0.1" },
        new("patience", OptionKind.Integer, "Epochs without a gain before early stopping ends training.")
            { Minimum = 1, Maximum = 10_000, Default = "20" },
    ]);

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        var values = Options.Read(options);
        bool early = values.Truth("early_stopping") && training.Rows >= 20, repairs = values.Truth("repairs");
        var how = new TvaeOptions(values.Integer("batch"), values.Number("learning_rate"), values.Number("weight_decay"),
            (values.Integer("latent") + 3) / 4 * 4, values.Integer("width"), values.Number("loss_factor"),
            early || repairs ? values.Number("validation") : 0);
        var stop = new LoopOptions(values.Integer("epochs")) { EarlyStopping = early, Patience = values.Integer("patience") };
        return repairs ? Repaired(training, how, stop, run) : Faithful(training, how, stop, run);
    }

    private static TvaeModel Faithful(ModelTable training, TvaeOptions how, LoopOptions stop, RunContext run)
    {
        var layout = RowLayout.Fit(training, run);
        var trained = new TvaeTraining(layout, new EncodedRows(layout, training, run), how, run);
        var curve = TrainingLoop.Run(trained, stop with { Watched = stop.EarlyStopping ? TvaeTraining.Aside : -1 }, run);
        return new TvaeModel(training.Columns, layout, how.Latents, how.Width)
        {
            Training = trained.Variety.Warn(curve, training.Columns),
        }.With(trained.Store);
    }

    private static TvaeChainModel Repaired(ModelTable training, TvaeOptions how, LoopOptions stop, RunContext run)
    {
        var layout = ChainLayout.Fit(training, run);
        var trained = new TvaeChainTraining(layout, layout.Encode(training, run), how with { WeightDecay = ChainDecay }, run);
        var curve = TrainingLoop.Run(trained, stop with
        {
            Watched = training.Rows < 20 ? -1 : TvaeChainTraining.Aside, SlowAfter = SlowAfter,
        }, run);
        trained.Settle();
        return new TvaeChainModel(training.Columns, layout, how.Latents, how.Width)
        {
            Training = trained.Variety.Warn(curve, [.. layout.Fields.Select(f => training.Columns[f.Column])]),
        }.With(trained.Store);
    }

    /// <summary>Under repairs weights decay apart from their gradient (AdamW).</summary>
    private const double ChainDecay = 0.01;

    /// <summary>Under repairs, epochs without a gain on rows kept aside after which steps are halved.</summary>
    private const int SlowAfter = 5;

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => (ModelKind)from.ReadByte() switch
    {
        ModelKind.Modes => TvaeModel.Load(from, columns),
        ModelKind.Chain => TvaeChainModel.Load(from, columns),
        var other => throw new InvalidDataException($"there is no kind {other} of this model"),
    };
}
