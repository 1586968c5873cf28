using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Autoregressive;

/// <summary>
/// A small network a column, trained under random column orders so that any columns can be the condition of the others (Tiwald and
/// others, "TabularARGN", 2025). See docs/guide/engines/autoregressive.md.
/// </summary>
public sealed class AutoregressiveEngine : ITableModelEngine
{
    public string Name => "autoregressive";

    public EngineOptions Options { get; } = new("autoregressive",
    [
        new("max_epochs", OptionKind.Integer, "Passes over the training rows at most.")
            { Minimum = 1, Maximum = 10_000, Default = "200" },
        new("batch", OptionKind.Integer, "Rows of one step at most, in blocks of 64; small tables take fewer.")
            { Minimum = 64, Maximum = 16_384, Default = "512" },
        new("learning_rate", OptionKind.Number, "Length of the first steps; it is halved where the loss no longer falls.")
            { Minimum = 1e-6, Maximum = 1, Default = "0.003" },
        new("hidden_scale", OptionKind.Number, "Hidden units of a column are 16 ln(codes) times this.")
            { Minimum = 0.1, Maximum = 32, Default = "1" },
        new("dropout", OptionKind.Number, "Share of the hidden values left out at random while training, in eighths.")
            { Minimum = 0, Maximum = 0.75, Default = "0.125" },
        new("weight_decay", OptionKind.Number, "Share of every weight that a step of length 1 would take away.")
            { Minimum = 0, Maximum = 10, Default = "0.01" },
        new("validation", OptionKind.Number, "Share of the training rows kept aside to judge when to stop.")
            { Minimum = 0.01, Maximum = 0.5, Default = "0.1" },
        new("early_stopping", OptionKind.Boolean, "Whether training ends once the rows kept aside gain nothing more.")
            { Default = "true" },
        new("patience", OptionKind.Integer, "Passes without a gain before training ends; half as many halve the learning rate.")
            { Minimum = 1, Maximum = 1000, Default = "6" },
    ]);

    public ITableModel Fit(ModelTable training, SpecMap? options, RunContext run)
    {
        var values = Options.Read(options);
        int columns = training.Columns.Count;
        var codes = new ColumnCodes[columns];
        int[][] binOf = new int[columns][];
        Work.For(columns, run, c =>
        {
            var bins = ColumnBins.Fit(training.Columns[c], training.Values[c]);
            codes[c] = ColumnCodes.Of(bins);
            binOf[c] = Array.ConvertAll(training.Values[c], bins.BinOf);
        });
        int[] plain = [.. Enumerable.Range(0, columns).OrderBy(c => codes[c].Bins.Count).ThenBy(c => c)];
        var shape = AutoregressiveModel.ShapeOf(codes, plain, values.Number("hidden_scale"));
        int[][] fields = new int[shape.Fields.Count][];
        for (int f = 0; f < fields.Length; f++)
        {
            int column = shape.Fields[f].Column, part = f > 0 && shape.Fields[f - 1].Column == column ? 1 : 0;
            fields[f] = Array.ConvertAll(binOf[column], bin => codes[column].Code(bin, part));
        }
        var how = new TrainingOptions(values.Integer("max_epochs"), values.Integer("batch"), values.Number("learning_rate"),
            values.Number("weight_decay"), values.Number("validation"), values.Truth("early_stopping"), values.Integer("patience"),
            (int)Math.Round(8 * values.Number("dropout")));
        float[] first = FirstWeights(shape, codes, training, run);
        var trained = new Training(shape, first, fields, training.Rows, plain, how, run);
        var curve = trained.Fit();
        return new AutoregressiveModel(training.Columns, codes, plain, shape, trained.Outcome) { Training = curve };
    }

    public ITableModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns) => AutoregressiveModel.Load(from, columns);

    /// <summary>
    /// Before training every column follows its own distribution: the logits begin as the logs of the shares, and nothing depends
    /// on anything. Neighbouring codes of numbers and ordered levels begin with embeddings near each other.
    /// </summary>
    private static float[] FirstWeights(NetworkShape shape, ColumnCodes[] codes, ModelTable training, RunContext run)
    {
        float[] weights = new float[shape.Weights];
        var random = new RandomStream(run.Seed, "autoregressive weights");
        for (int f = 0; f < shape.Fields.Count; f++)
        {
            var field = shape.Fields[f];
            var own = codes[field.Column];
            int part = f > 0 && shape.Fields[f - 1].Column == field.Column ? 1 : 0;
            for (int c = 0; c < field.Codes; c++)
                for (int i = 0; i < field.Dim; i++)
                    weights[field.Embedding + c * field.Dim + i] = c >= own.Ordered
                        ? (float)random.Normal(f, 0, c * field.Dim + i)
                        : Wave((double)c / Math.Max(1, own.Ordered - 1), i, field.Dim);
            double reach = Math.Sqrt(2.0 / shape.Inputs);
            for (int k = 0; k < shape.Inputs * field.Hidden; k++) weights[field.First + k] = (float)(reach * random.Normal(f, 1, k));
            for (int k = 0; k < field.Codes * field.Hidden; k++) weights[field.Last + k] = (float)(0.02 * random.Normal(f, 2, k));
            for (int k = 0; k < field.WaveCount * field.Hidden; k++) weights[field.Bend + k] = (float)(0.02 * random.Normal(f, 3, k));
            int[] counts = own.Counts(part);
            for (int c = 0; c < field.Codes; c++)
                weights[field.LastBias + c] = (float)Math.Log(Math.Max(counts[c], 1e-4) / training.Rows);
        }
        return weights;
    }

    /// <summary>Cosines of growing frequency.</summary>
    private static float Wave(double at, int i, int dim) => (float)(1.4 * Math.Cos(Math.PI * (i + 1) * at));
}
