using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Diffusion;

/// <summary>How a model draws.</summary>
/// <param name="Steps">Levels of noise on the way from noise to a row.</param>
/// <param name="Guidance">How far beyond the conditional distribution given columns pull: 1 is not at all.</param>
internal sealed record DrawingOptions(int Steps, double Guidance);

/// <summary>The fitted network and what turns its numbers into values. Rows are independent of each other and of the batch.</summary>
internal sealed class DiffusionModel : ITableModel, ITrained
{
    /// <summary>Rows that go through the network together.</summary>
    private const int BlockRows = 256;

    private const int NoiseSlot = 1 << 20;
    private const int MostWidth = 4096, MostDepth = 64, MostSteps = 10_000;

    private readonly IReadOnlyList<ModelColumn> _columns;
    private readonly RowLayout _layout;
    private readonly Mixing _mixing;
    private readonly Denoiser _network;
    private readonly DrawingOptions _options;
    private readonly Sampling _sampling;

    public DiffusionModel(IReadOnlyList<ModelColumn> columns, RowLayout layout, Mixing mixing, Denoiser network, DrawingOptions options)
    {
        (_columns, _layout, _mixing, _network, _options) = (columns, layout, mixing, network, options);
        _sampling = new Sampling(layout, mixing, network, options);
    }

    public TrainingCurve? Training { get; init; }

    public void Draw(DrawBatch batch, CancellationToken cancel)
    {
        var given = new GivenValues(_columns, _layout, batch);
        float[] noise = Noise(batch, cancel);
        int width = _layout.Width;
        using var tape = new Tape(recording: false);
        for (int start = 0; start < batch.Count; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, batch.Count - start);
            float[] x = noise.AsSpan(start * width, rows * width).ToArray();
            if (width > 0) _sampling.Run(tape, x, rows, given.Rows(start, rows), given.Mask, cancel);
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < _columns.Count; c++)
                    batch.Values[c][start + r] = given.Of(c, start + r) ?? _layout.Read(c, x.AsSpan(r * width, width));
        }
    }

    /// <summary>Each number of a row has its noise from strata of its own.</summary>
    private float[] Noise(DrawBatch batch, CancellationToken cancel)
    {
        int width = _layout.Width;
        double[] uniform = new double[batch.Count];
        float[] noise = new float[batch.Count * width];
        for (int i = 0; i < width; i++)
        {
            cancel.ThrowIfCancellationRequested();
            StratifiedUniforms.Fill(uniform, batch, NoiseSlot + i);
            for (int r = 0; r < batch.Count; r++)
                noise[r * width + i] = (float)(_sampling.First * NormalQuantile.At(Math.Max(uniform[r], 1e-12)));
        }
        return noise;
    }

    public bool RestrictsExactly(IReadOnlyList<int> columns) => columns.Count <= 1;

    /// <summary>
    /// Single values are given to the network, any number of them; one set or interval alone is drawn from the column's own
    /// distribution, and given then. Sets beside anything else are left to chance, and the frame chooses.
    /// </summary>
    public bool RestrictsExactly(IReadOnlyList<Allowed> allowed) => allowed.Count <= 1 || allowed.All(GivenValues.IsPoint);

    public void Save(BinaryWriter to)
    {
        int[] numbers = [_network.Width, _network.Depth, _options.Steps];
        foreach (int number in numbers) to.Write(number);
        to.Write(_options.Guidance);
        foreach (var plan in _layout.Plans) plan.Bins.Save(to);
        foreach (float f in _mixing.Factor) to.Write(f);
        ModelWeights.Write(to, _network.Store);
        to.Write(Training is not null);
        if (Training is not null) TrainingCurves.Write(Training, to);
    }

    public static DiffusionModel Load(BinaryReader from, IReadOnlyList<ModelColumn> columns)
    {
        int width = from.ReadInt32(), depth = from.ReadInt32(), steps = from.ReadInt32();
        double guidance = from.ReadDouble();
        if (width is < 1 or > MostWidth || depth is < 0 or > MostDepth || steps is < 1 or > MostSteps || !double.IsFinite(guidance))
            throw new InvalidDataException("the shape of the network is damaged");
        var bins = new ColumnBins[columns.Count];
        for (int c = 0; c < bins.Length; c++) bins[c] = ColumnBins.Load(from, columns[c]);
        var layout = RowLayout.Of(columns, bins);
        float[] factor = new float[layout.Scores * layout.Scores];
        for (int i = 0; i < factor.Length; i++) factor[i] = from.ReadSingle();
        var mixing = new Mixing(factor, layout.Scores);
        if (!mixing.IsSound) throw new InvalidDataException("the correlations are damaged");
        var network = new Denoiser(layout, mixing, width, depth, 0);
        ModelWeights.Read(from, network.Store);
        return new DiffusionModel(columns, layout, mixing, network, new DrawingOptions(steps, guidance))
        {
            Training = from.ReadBoolean() ? TrainingCurves.Read(from) : null,
        };
    }
}
