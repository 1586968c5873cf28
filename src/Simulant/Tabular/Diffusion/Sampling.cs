using Simulant.Numerics.Tensors;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// The way from noise to a row, deterministic given the noise: the multistep solver DPM-Solver++(2M) (Lu and others 2022,
/// algorithm 2), one use of the network a step, on the levels of Karras and others 2022, equation 5, where sigma is the noise's
/// standard deviation, D the denoised row, h the step in ln sigma and r the step before in units of it.
/// </summary>
internal sealed class Sampling(RowLayout layout, Mixing mixing, Denoiser network, DrawingOptions options)
{
    private const double SigmaMin = 0.01, SigmaMax = 40, Rho = 7;

    private readonly float[] _sigma = Levels(options.Steps);

    /// <summary>Deviation of the noise that all begins with.</summary>
    public float First => _sigma[0];

    private static float[] Levels(int steps)
    {
        double low = Math.Pow(SigmaMin, 1 / Rho), high = Math.Pow(SigmaMax, 1 / Rho);
        float[] sigma = new float[steps];
        for (int i = 0; i < steps; i++)
            sigma[i] = (float)Math.Pow(high + (double)i / Math.Max(1, steps - 1) * (low - high), Rho);
        return sigma;
    }

    /// <summary>Turns rows of noise into rows: scores and the choices' probabilities.</summary>
    /// <param name="x">[rows, numbers of a row]; changed in place.</param>
    /// <param name="given">The given columns' numbers, of all rows; empty where none is given.</param>
    /// <param name="mask">By column, 1 where it is given.</param>
    public void Run(Tape tape, float[] x, int rows, ReadOnlySpan<float> given, float[] mask, CancellationToken cancel)
    {
        int width = layout.Width;
        float[] d = new float[x.Length], before = new float[x.Length];
        float[] unguided = given.IsEmpty || options.Guidance == 1 ? [] : new float[x.Length];
        for (int i = 0; i < _sigma.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            float sigma = _sigma[i];
            Denoise(tape, x, rows, sigma, given, mask, d);
            if (unguided.Length > 0) Guide(tape, x, rows, sigma, unguided, d);
            Settle(given, mask, rows, d);
            if (i + 1 == _sigma.Length) break;
            float ratio = _sigma[i + 1] / sigma, h = -MathF.Log(ratio);
            float ahead = i == 0 ? 0 : h / (2 * MathF.Log(_sigma[i - 1] / sigma)); // 1 / (2 r)
            for (int k = 0; k < x.Length; k++)
                x[k] = ratio * x[k] + (1 - ratio) * (d[k] + ahead * (d[k] - before[k]));
            (d, before) = (before, d);
        }
        for (int r = 0; r < rows; r++) mixing.Join(d.AsSpan(r * width, width), x.AsSpan(r * width, width));
        for (int r = 0; r < rows; r++)
            d.AsSpan(r * width + layout.Scores, width - layout.Scores).CopyTo(x.AsSpan(r * width + layout.Scores));
    }

    /// <summary>Classifier-free guidance (Ho and Salimans 2022): away from what would be drawn if nothing were given.</summary>
    private void Guide(Tape tape, float[] x, int rows, float sigma, float[] unguided, float[] d)
    {
        Denoise(tape, x, rows, sigma, [], [], unguided);
        for (int k = 0; k < d.Length; k++) d[k] = unguided[k] + (float)options.Guidance * (d[k] - unguided[k]);
    }

    /// <summary>What is given is known whatever the network says.</summary>
    private void Settle(ReadOnlySpan<float> given, float[] mask, int rows, float[] d)
    {
        int width = layout.Width;
        for (int r = 0; r < rows && !given.IsEmpty; r++)
        {
            var row = d.AsSpan(r * width, width);
            mixing.Join(row, row);
            layout.Keep(mask, given.Slice(r * width, width), row);
            mixing.Part(row);
        }
    }

    private void Denoise(Tape tape, float[] x, int rows, float sigma, ReadOnlySpan<float> given, float[] mask, float[] into)
    {
        int width = layout.Width;
        tape.Reset();
        Tensor inputs = tape.New(rows, network.Inputs), level = tape.New(rows, Denoiser.LevelWidth);
        for (int r = 0; r < rows; r++)
            network.Describe(x.AsSpan(r * width, width), sigma, given.IsEmpty ? [] : given.Slice(r * width, width),
                mask, inputs.Row(r), level.Row(r));
        var f = network.Apply(tape, inputs, level);
        float cSkip = Preconditioning.CSkip(sigma), cOut = Preconditioning.COut(sigma);
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = f.Row(r), at = x.AsSpan(r * width, width);
            var to = into.AsSpan(r * width, width);
            for (int i = 0; i < layout.Scores; i++) to[i] = cSkip * at[i] + cOut * row[i];
            foreach (var block in layout.Blocks) Choose(block, row, at, sigma, to);
        }
    }

    /// <summary>The choice's probabilities, by Bayes' theorem from its own numbers and what the network adds.</summary>
    private static void Choose(RowLayout.Block block, ReadOnlySpan<float> f, ReadOnlySpan<float> x, float sigma, Span<float> to)
    {
        int end = block.Start + block.Size;
        float most = float.NegativeInfinity, sum = 0;
        for (int k = block.Start; k < end; k++)
        {
            to[k] = f[k] + Preconditioning.OwnLogit(sigma, x[k]);
            most = MathF.Max(most, to[k]);
        }
        for (int k = block.Start; k < end; k++) sum += to[k] = MathF.Exp(to[k] - most);
        for (int k = block.Start; k < end; k++) to[k] *= RowLayout.Height / sum;
    }
}
