using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// Joint diffusion of numbers and categories in the space of the data: Karras and others, "Elucidating the design space of
/// diffusion-based generative models" (2022), on normal scores without their correlations, and Dieleman and others, "Continuous
/// diffusion for categorical data" (2022). See docs/guide/engines/diffusion.md.
/// </summary>
public sealed class DiffusionEngine : ITableModelEngine
{
    /// <summary>Rows whose scores tell the correlations.</summary>
    private const int MixedRows = 20_000;

    public string Name => "diffusion";

    public EngineOptions Options { get; } = new("diffusion",
    [
        new("max_steps", OptionKind.Integer, "Steps of training at most; 0 takes as many as there are rows, 500 to 12000.")
            { Minimum = 0, Maximum = 10_000_000, Default = "0" },
        new("batch", OptionKind.Integer, "Rows of a step at most; small tables take fewer.")
            { Minimum = 32, Maximum = 16_384, Default = "512" },
        new("learning_rate", OptionKind.Number, "Length of the first steps; it falls to 0 along half a cosine.")
            { Minimum = 1e-6, Maximum = 1, Default = "0.002" },
        new("width", OptionKind.Integer, "Hidden units; 0 takes 64 below 2,000 rows, 128 below 8,000 and 256 above.")
            { Minimum = 0, Maximum = 4096, Default = "0" },
        new("depth", OptionKind.Integer, "Residual blocks of two layers each.") { Minimum = 0, Maximum = 32, Default = "3" },
        new("dropout", OptionKind.Number, "Share of the hidden values left out at random while training.")
            { Minimum = 0, Maximum = 0.9, Default = "0.1" },
        new("weight_decay", OptionKind.Number, "Share of every weight that a step of length 1 would take away.")
            { Minimum = 0, Maximum = 10, Default = "0.01" },
        new("given", OptionKind.Number, "Share of the training rows that teach how columns follow from given ones.")
            { Minimum = 0, Maximum = 1, Default = "0.1" },
        new("guidance", OptionKind.Number, "How strongly given columns pull; 1 draws from the conditional distribution itself.")
            { Minimum = 0, Maximum = 20, Default = "1" },
        new("sampling_steps", OptionKind.Integer, "Levels of noise on the way to a row.") { Minimum = 2, Maximum = 1000, Default = "30" },
        new("validation", OptionKind.Number, "Share of the training rows kept aside to judge when to stop.")
            { Minimum = 0.01, Maximum = 0.5, Default = "0.05" },
        new("early_stopping", OptionKind.Boolean, "Whether training ends once the rows kept aside gain nothing more.")
            { Default = "true" },
        new("patience", OptionKind.Integer, "Epochs without a gain before training ends.")
            { Minimum = 1, Maximum = 1000, Default = "40" },
    ]);

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        var v = Options.Read(options);
        var bins = new ColumnBins[training.Columns.Count];
        Work.For(bins.Length, run, c => bins[c] = ColumnBins.Fit(training.Columns[c], training.Values[c]));
        var layout = RowLayout.Of(training.Columns, bins);
        var mixing = Mix(layout, training, run);
        var network = new Denoiser(layout, mixing, v.Integer("width") is > 0 and var width ? width : WidthFor(training.Rows),
            v.Integer("depth"), run.Seed);
        var how = new TrainingOptions(v.Integer("max_steps") is > 0 and var steps ? steps : StepsFor(training.Rows),
            v.Integer("batch"), v.Number("learning_rate"), v.Number("weight_decay"), v.Number("validation"),
            v.Truth("early_stopping"), v.Integer("patience"));
        NoisyRows Noisy(string name, double given, double dropout) => new(layout, mixing, training.Values,
            new RandomStream(run.Seed, name)) { Given = given, Dropout = (float)dropout };
        // Where every column is constant there is nothing to learn.
        var curve = layout.Width == 0 ? null : new Training(network, Noisy("diffusion noise", v.Number("given"), v.Number("dropout")),
            Noisy("diffusion judge", 0, 0), training.Rows, how, run.Seed).Fit(run);
        return new DiffusionModel(training.Columns, layout, mixing, network,
            new DrawingOptions(v.Integer("sampling_steps"), v.Number("guidance"))) { Training = curve };
    }

    /// <summary>A small table can teach a small network, and has no use for a long training.</summary>
    private static int WidthFor(int rows) => rows < 2000 ? 64 : rows < 8000 ? 128 : 256;

    private static int StepsFor(int rows) => Math.Clamp(rows, 500, 12_000);

    private static Mixing Mix(RowLayout layout, ModelTable training, RunContext run)
    {
        var random = new RandomStream(run.Seed, "diffusion scores");
        double[][] scores = new double[layout.Scores][];
        int rows = Math.Min(training.Rows, MixedRows);
        Work.For(layout.Columns, run, c =>
        {
            int at = layout.ScoreOf(c);
            if (at < 0) return;
            var plan = layout.Plans[c];
            scores[at] = new double[rows];
            for (int r = 0; r < rows; r++)
            {
                double value = training.Values[c][r], u = random.Uniform(r, c);
                scores[at][r] = plan.HasScore(plan.CodeOf(value)) ? plan.Scale!.Score(value, u) : NormalQuantile.At(Math.Max(u, 1e-9));
            }
        });
        return Mixing.Of(scores);
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => DiffusionModel.Load(from, columns);
}
