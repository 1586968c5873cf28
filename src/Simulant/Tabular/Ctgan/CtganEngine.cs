using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Latent;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// A conditional generative adversarial network for tables (Xu, Skoularidou, Cuesta-Infante and Veeramachaneni, "Modeling tabular
/// data using conditional GAN", NeurIPS 2019), at the sizes that SDV publishes. See docs/guide/engines/ctgan.md.
/// </summary>
public sealed class CtganEngine : ITableModelEngine
{
    public string Name => "ctgan";

    public EngineOptions Options { get; } = new("ctgan",
    [
        new("epochs", OptionKind.Integer, "Passes over as many rows as the training part has.")
            { Minimum = 1, Maximum = 100_000, Default = "300" },
        new("batch", OptionKind.Integer, "Rows of one step, rounded down to whole packs; small tables take fewer.")
            { Minimum = 2, Maximum = 65_536, Default = "500" },
        new("pac", OptionKind.Integer, "Rows that the critic judges together.") { Minimum = 1, Maximum = 100, Default = "10" },
        new("latent", OptionKind.Integer, "Normal numbers that a row is made from, rounded up to a multiple of 4.")
            { Minimum = 4, Maximum = 1024, Default = "128" },
        new("width", OptionKind.Integer, "Units of each of the two hidden layers of generator and critic.")
            { Minimum = 8, Maximum = 4096, Default = "256" },
        new("learning_rate", OptionKind.Number, "Length of Adam's steps, in both networks.")
            { Minimum = 1e-7, Maximum = 0.1, Default = "0.0002" },
        new("weight_decay", OptionKind.Number, "What is added of each of the generator's weights to its gradient.")
            { Minimum = 0, Maximum = 1, Default = "1E-06" },
        new("gradient_penalty", OptionKind.Number, "Weight of the critic's gradient penalty.")
            { Minimum = 0, Maximum = 1000, Default = "10" },
        new("average", OptionKind.Number, "What a step keeps of the average of weights that rows are drawn from; 0 takes the last weights.")
            { Minimum = 0, Maximum = 0.99999, Default = "0.999" },
        new("repairs", OptionKind.Boolean, "Whether codes are bins, drawn one after the other and learned by likelihood beside the critic.")
            { Default = "false" },
        new("adversary", OptionKind.Number, "Under repairs, weight of the critic's verdict beside the likelihood.")
            { Minimum = 0, Maximum = 100, Default = "0.1" },
        new("early_stopping", OptionKind.Boolean, "Whether training ends once pairs of columns come no nearer to the training rows'.")
            { Default = "false" },
        new("patience", OptionKind.Integer, "Epochs without a gain before early stopping ends training.")
            { Minimum = 1, Maximum = 10_000, Default = "50" },
    ]);

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        var values = Options.Read(options);
        var how = new CtganOptions(values.Integer("batch"), values.Number("learning_rate"), values.Number("weight_decay"),
            values.Integer("pac"), (values.Integer("latent") + 3) / 4 * 4, values.Integer("width"), values.Number("gradient_penalty"),
            values.Number("average"), values.Number("adversary"));
        var stop = new LoopOptions(values.Integer("epochs"))
        {
            EarlyStopping = values.Truth("early_stopping"), Patience = values.Integer("patience"),
        };
        return values.Truth("repairs") ? Repaired(training, how, stop, run) : Faithful(training, how, stop, run);
    }

    private static CtganModel Faithful(ModelTable training, CtganOptions how, LoopOptions stop, RunContext run)
    {
        var layout = RowLayout.Fit(training, run);
        var rows = new EncodedRows(layout, training, run);
        double[][] frequency = [.. layout.Columns.Select((column, c) => CollapseMeter.Shares(rows.Codes[c], column.Codes))];
        var trained = new CtganTraining(layout, rows, CtganModel.ConditionsOf(layout, frequency, rows.Count), how, run);
        var curve = TrainingLoop.Run(trained, stop with { Watched = stop.EarlyStopping ? CtganTraining.Distance : -1 }, run);
        trained.Settle();
        return new CtganModel(training.Columns, layout, frequency, how.Latents, how.Width)
        {
            Training = trained.Variety.Warn(curve, training.Columns),
        }.With(trained.Store);
    }

    private static CtganChainModel Repaired(ModelTable training, CtganOptions how, LoopOptions stop, RunContext run)
    {
        var layout = ChainLayout.Fit(training, run);
        bool[] ordered = [.. training.Columns.Select(c => c.IsNumeric || c.Ordered)];
        var trained = new CtganChainTraining(layout, layout.Encode(training, run), ordered,
            CtganChainModel.ConditionsOf(training.Columns, layout), how, run);
        var curve = TrainingLoop.Run(trained, stop with
        {
            Watched = training.Rows < 20 ? -1 : CtganChainTraining.Aside, SlowAfter = SlowAfter,
        }, run);
        trained.Settle();
        return new CtganChainModel(training.Columns, layout, how.Latents, how.Width)
        {
            Training = trained.Variety.Warn(curve, [.. layout.Fields.Select(f => training.Columns[f.Column])]),
        }.With(trained.Store);
    }

    /// <summary>Under repairs, epochs without a gain on rows kept aside after which steps are halved.</summary>
    private const int SlowAfter = 8;

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => (ModelKind)from.ReadByte() switch
    {
        ModelKind.Modes => CtganModel.Load(from, columns),
        ModelKind.Chain => CtganChainModel.Load(from, columns),
        var other => throw new InvalidDataException($"there is no kind {other} of this model"),
    };
}
