using Simulant.Numerics.Kernels;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// Rows of the training table under noise, as the network is taught by: each by its address (pass, place), so that no order and
/// no thread changes it.
/// </summary>
/// <param name="values">[column][row].</param>
internal sealed class NoisyRows(RowLayout layout, Mixing mixing, double[][] values, RandomStream random)
{
    /// <summary>Share of the rows some of whose columns are given.</summary>
    public double Given { get; init; }

    /// <summary>Share of the hidden values left out.</summary>
    public float Dropout { get; init; }

    /// <summary>ln sigma is normal with this mean and deviation (Karras and others 2022, table 1: P_mean and P_std).</summary>
    private const double PMean = -1, PStd = 1.4;

    private const int LevelSlot = -1, GivenSlot = -2, ShareSlot = -3, NoiseSlot = -4;

    /// <summary>Loss of F over rows, summed: squares of the scores' errors and the choices' cross-entropy.</summary>
    /// <param name="rows">Which rows of the table.</param>
    /// <param name="address">Of the first row; the others follow.</param>
    /// <param name="of">Rows that share the levels of noise among them evenly, and which of them is the first here.</param>
    public Tensor Loss(Tape tape, Denoiser network, ReadOnlySpan<int> rows, long address, (int First, int Count) of)
    {
        int count = rows.Length, width = layout.Width, blocks = layout.Blocks.Count;
        Tensor inputs = tape.New(count, network.Inputs), level = tape.New(count, Denoiser.LevelWidth);
        Tensor target = tape.New(count, layout.Scores), own = tape.New(count, width - layout.Scores);
        var noise = tape.Normal(count, width, random, address, NoiseSlot);
        int[] digits = new int[count * blocks];
        float[] y = new float[width], x = new float[width], clean = new float[width], mask = new float[layout.Columns];
        for (int r = 0; r < count; r++)
        {
            long item = address + r;
            Array.Clear(y);
            WriteRow(rows[r], item, y, digits.AsSpan(r * blocks, blocks));
            bool some = Give(item, y, clean, mask);
            mixing.Part(y.AsSpan(0, layout.Scores));
            float sigma = Level(item, of.First + r, of.Count);
            var n = noise.Row(r);
            for (int i = 0; i < width; i++) x[i] = y[i] + sigma * n[i];
            network.Describe(x, sigma, some ? clean : [], some ? mask : [], inputs.Row(r), level.Row(r));
            Span<float> t = target.Row(r), o = own.Row(r);
            float cSkip = Preconditioning.CSkip(sigma), cOut = Preconditioning.COut(sigma);
            for (int i = 0; i < t.Length; i++) t[i] = (y[i] - cSkip * x[i]) / cOut;
            for (int i = 0; i < o.Length; i++) o[i] = Preconditioning.OwnLogit(sigma, x[t.Length + i]);
        }
        var f = network.Apply(tape, inputs, level, Dropout, random, address);
        Tensor? loss = null;
        if (layout.Scores > 0)
        {
            var error = tape.Subtract(tape.Columns(f, 0, layout.Scores), target);
            loss = tape.Sum(tape.Square(error));
        }
        if (blocks > 0)
        {
            int numbers = width - layout.Scores;
            var logits = tape.Add(tape.Columns(f, layout.Scores, numbers), own);
            var entropy = tape.Sum(tape.CrossEntropy(logits, layout.Offsets, digits));
            loss = loss is null ? entropy : tape.Add(loss, entropy);
        }
        return loss ?? tape.Sum(f);
    }

    private void WriteRow(int row, long item, Span<float> y, Span<int> digits)
    {
        for (int c = 0; c < layout.Columns; c++)
        {
            var (u, v) = random.UniformPair(item, c);
            layout.Write(c, values[c][row], u, NormalQuantile.At(Math.Max(v, 1e-9)), y, digits);
        }
    }

    /// <summary>In some rows, each column with a chance that is the row's own.</summary>
    private bool Give(long item, ReadOnlySpan<float> y, Span<float> clean, Span<float> mask)
    {
        if (Given <= 0 || random.Uniform(item, GivenSlot) >= Given) return false;
        double share = random.Uniform(item, ShareSlot);
        clean.Clear();
        mask.Clear();
        for (int c = 0; c < layout.Columns; c++)
            if (random.Uniform(item, ShareSlot, 1 + c) < share) layout.Give(c, y, clean, mask);
        return true;
    }

    private float Level(long item, int place, int count)
    {
        double u = (place + random.Uniform(item, LevelSlot)) / count;
        return (float)Math.Exp(PMean + PStd * NormalQuantile.At(Math.Clamp(u, 1e-6, 1 - 1e-6)));
    }
}
